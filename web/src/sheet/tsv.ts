// The clipboard's tables, as Excel, LibreOffice and Google Sheets write them: cells parted by tabs, rows by
// line breaks; a cell that holds either is quoted, the quotes in it doubled. Quotes around anything else are
// part of the text: these programs do not add them.

/** The end of a quoted cell that opens at `at`, or -1 when nothing closes it before a tab, a line break or the end. */
function closing(text: string, at: number): number {
  for (let i = text.indexOf('"', at + 1); i >= 0; i = text.indexOf('"', i + 2))
    if (text[i + 1] !== '"') return i + 1 === text.length || '\t\r\n'.includes(text[i + 1] ?? '') ? i : -1;
  return -1;
}
/** A cell and where it ends. */
function cell(text: string, at: number): [string, number] {
  if (text[at] === '"') {
    const end = closing(text, at);
    const inside = text.slice(at + 1, Math.max(end, at));
    if (end > 0 && /[\t\r\n]|""/.test(inside)) return [inside.replaceAll('""', '"'), end + 1];
  }
  let end = at;
  while (end < text.length && !'\t\r\n'.includes(text[end] ?? '')) end++;
  return [text.slice(at, end), end];
}
export function readTsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  for (;;) {
    const [value, end] = cell(text, at);
    rows[rows.length - 1]?.push(value.replace(/\r\n?/g, '\n'));
    if (end >= text.length) return rows;
    at = end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1);
    if (text[end] === '\t') continue;
    if (at >= text.length) return rows;
    rows.push([]);
  }
}
const quoted = (value: string): string =>
  /[\t\r\n]|^"/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

export const writeTsv = (rows: string[][]): string =>
  rows.map((row) => row.map(quoted).join('\t')).join('\r\n');
