// Workbooks made by hand, good and bad ones.
import { crc32, deflateRawSync } from 'node:zlib';

const u16 = (n) => [n & 255, (n >> 8) & 255];
const u32 = (n) => [...u16(n & 0xffff), ...u16((n >>> 16) & 0xffff)];
/** A zip of `[name, text]`. */
export function zipOf(parts) {
  const bodies = [];
  const names = [];
  let at = 0;
  for (const [name, text] of parts) {
    const raw = Buffer.from(text);
    const packed = deflateRawSync(raw, { level: 9 });
    const said = [20, 0, 0, 8, 8, 0, 0, 0, 0x21, 0x58].concat(
      u32(crc32(raw)),
      u32(packed.length),
      u32(raw.length),
      u16(Buffer.byteLength(name)),
      u16(0),
    );
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4, ...said]), Buffer.from(name), packed]);
    const central = [0x50, 0x4b, 1, 2, 20, 0, ...said, ...Array(10).fill(0), ...u32(at)];
    names.push(Buffer.concat([Buffer.from(central), Buffer.from(name)]));
    bodies.push(local);
    at += local.length;
  }
  const list = Buffer.concat(names);
  const end = [0x50, 0x4b, 5, 6, 0, 0, 0, 0].concat(
    u16(parts.length),
    u16(parts.length),
    u32(list.length),
    u32(at),
    u16(0),
  );
  return Buffer.concat([...bodies, list, Buffer.from(end)]);
}
const esc = (s) => String(s).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
export function xlsxOf(rows) {
  const cell = (v) =>
    typeof v === 'number' ? `<c><v>${v}</v></c>` : `<c t="inlineStr"><is><t>${esc(v)}</t></is></c>`;
  const sheet = rows.map((r) => `<row>${r.map(cell).join('')}</row>`).join('');
  return zipOf([
    [
      '_rels/.rels',
      '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    ],
    [
      'xl/workbook.xml',
      '<workbook xmlns:r="r"><sheets><sheet name="Foglio1" r:id="r1"/></sheets></workbook>',
    ],
    [
      'xl/_rels/workbook.xml.rels',
      '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s1.xml"/></Relationships>',
    ],
    ['xl/worksheets/s1.xml', `<worksheet><sheetData>${sheet}</sheetData></worksheet>`],
  ]);
}
const ods = 'application/vnd.oasis.opendocument.spreadsheet';
export function odsOf(rows) {
  const cell = (v) =>
    `<table:table-cell office:value-type="string"><text:p>${esc(v)}</text:p></table:table-cell>`;
  const table = rows.map((r) => `<table:table-row>${r.map(cell).join('')}</table:table-row>`).join('');
  const spaces = ['office', 'table', 'text'].map(
    (n) => `xmlns:${n}="urn:oasis:names:tc:opendocument:xmlns:${n}:1.0"`,
  );
  return zipOf([
    ['mimetype', ods],
    [
      'content.xml',
      `<office:document-content ${spaces.join(' ')}><office:body><office:spreadsheet><table:table table:name="A">${table}</table:table></office:spreadsheet></office:body></office:document-content>`,
    ],
  ]);
}
/** What people bring and cannot be read: a file, and what each language says to do about it. */
export function badFiles() {
  const good = xlsxOf([['Azienda'], ['Rossi']]);
  const old = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  const secret = Buffer.from('EncryptedPackage', 'utf16le');
  const huge = `<worksheet><sheetData><row><c t="inlineStr"><is><t>${'a'.repeat(400 << 20)}</t></is></c></row></sheetData></worksheet>`;
  const bomb = zipOf([
    [
      '_rels/.rels',
      '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    ],
    ['xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>'],
    [
      'xl/_rels/workbook.xml.rels',
      '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s1.xml"/></Relationships>',
    ],
    ['xl/worksheets/s1.xml', huge],
  ]);
  return [
    ['rotto.xlsx', good.subarray(0, good.length / 2), /salval. di nuovo/, /save it again/],
    ['protetto.xlsx', Buffer.concat([old, secret]), /password/, /password/],
    ['vecchio.xls', old, /\.xlsx/, /save it as \.xlsx/],
    ['vuoto.csv', Buffer.alloc(0), /vuoto: salvalo/, /empty: save/],
    ['solo-titoli.csv', Buffer.from('Azienda;E-mail\n'), /aggiungine/, /add some/],
    ['bomba.xlsx', bomb, /CSV/, /CSV/],
    ['pagina.xlsx', Buffer.from('<html><table><tr><td>A'), /\.xlsx/, /\.xlsx/],
    [
      'lettera.docx',
      zipOf([
        ['[Content_Types].xml', '<Types/>'],
        ['word/document.xml', '<d/>'],
      ]),
      /\.xlsx/,
      /\.xlsx/,
    ],
    ['foto.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), /CSV/, /CSV/],
    ['riga-sola.csv', Buffer.from(`Azienda\n${'a'.repeat(8 << 20)}\n`), /1 MiB/, /1 MiB/],
  ];
}
