// What the sheet asks of the rows: texts, looks, reasons.
import { t } from '../../app/words.svelte';
import type { Source } from '../../sheet/types';
import { profile, start, state } from './draw';
import type { Rows } from './rows.svelte';

export function sourceOf(
  rows: Rows,
  writable: () => boolean,
  found: () => { row: number; key: string } | null,
): Source {
  return {
    text: (at, col) => {
      const row = rows.view[at];
      return row ? rows.text(row, col.key) : '';
    },
    draw: (at, col) => {
      const row = rows.view[at]!;
      if (col.key === '@start') return start(rows, row, at + 1, writable());
      return col.key === '@profile' ? profile(row) : state(rows, row);
    },
    look: (at, col) => {
      const row = rows.view[at];
      if (!row) return '';
      const all = col.fixed ? [col.key.slice(1)] : [];
      if (row.wrong?.[col.key]) all.push('bad');
      if (rows.fresh.has(`${row.id}:${col.key}`)) all.push('flash');
      const hit = found();
      if (hit?.row === at && hit.key === col.key) all.push('found');
      return all.join(' ');
    },
    note: (at, col) => rows.view[at]?.wrong?.[col.key] ?? '',
    filter: (col) => rows.filters[col.key] ?? '',
    filterWord: t('list.filter'),
  };
}
