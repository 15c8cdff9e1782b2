// The clipboard's tables, without a browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import ts from 'typescript';

const source = readFileSync(new URL('../src/sheet/tsv.ts', import.meta.url), 'utf8');
const { outputText } = ts.transpileModule(source, {
  compilerOptions: { module: 'esnext', target: 'es2022' },
});
const { readTsv, writeTsv } = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);

describe('the clipboard of spreadsheets', () => {
  const cases = [
    [
      'rows and cells, the last line break of Excel',
      'a\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a line break inside a quoted cell',
      '"Via Roma 1\n20100 Milano"\tx',
      [['Via Roma 1\n20100 Milano', 'x']],
    ],
    ['a tab inside a quoted cell', '"a\tb"\tc', [['a\tb', 'c']]],
    ['doubled quotes beside a line break', '"detto ""il Moro""\ndi Bari"', [['detto "il Moro"\ndi Bari']]],
    [
      'quotes that belong to the text, as Excel leaves them',
      'tubo 5"\t"Da Gino" srl',
      [['tubo 5"', '"Da Gino" srl']],
    ],
    ['a quoted name alone', '"Da Gino"\tx', [['"Da Gino"', 'x']]],
    ['a quote that nothing closes', '"aperto\tx', [['"aperto', 'x']]],
    ['empty cells and rows', '\t\n\n\tx', [['', ''], [''], ['', 'x']]],
    ['one value', 'x', [['x']]],
    ['line breaks of old Macs', 'a\rb', [['a'], ['b']]],
    ['a Windows line break inside a cell', '"a\r\nb"', [['a\nb']]],
  ];
  for (const [name, text, table] of cases)
    test(`S5.39 is read: ${name}`, () => assert.deepEqual(readTsv(text), table));

  test('S5.39 what is written is read as it was', () => {
    const table = [
      ['', '"', '""', '"x"', 'a"b'],
      ['a\tb', 'a\nb', '\n', '"a"\n"b"', ' x '],
    ];
    assert.deepEqual(readTsv(writeTsv(table)), table);
  });
});
