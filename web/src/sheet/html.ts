// The clipboard's tables as markup: what a page or a document gives that has no text beside it, and what a
// spreadsheet takes in preference, since it says of each cell that it is a text.

const mark: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\n': '<br>' };

function cellText(cell: Element): string {
  for (const br of cell.querySelectorAll('br')) br.replaceWith('\n');
  return (cell.textContent ?? '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}
/** The rows of the first table; none when there is no table. A cell over several columns is followed by empty ones. */
export function readHtml(html: string): string[][] {
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table');
  return [...(table?.rows ?? [])].map((row) =>
    [...row.cells].flatMap((c) => [cellText(c), ...Array<string>(Math.min(c.colSpan, 100) - 1).fill('')]),
  );
}
/** `mso-number-format` keeps the zeros of a postcode and the plus of a telephone number. */
export const writeHtml = (rows: string[][]): string => {
  const cell = (text: string) =>
    `<td style="mso-number-format:'\\@'">${text.replace(/[&<>\n]/g, (c) => mark[c]!)}</td>`;
  return `<table>${rows.map((r) => `<tr>${r.map(cell).join('')}</tr>`).join('')}</table>`;
};
