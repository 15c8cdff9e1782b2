// The cells a sheet draws itself: the row's start with its (+), and where the row stands.
import { t } from '../../app/words.svelte';
import { relativeDay, shortTime } from '../../meta/format';
import { profileText, profileTone } from './profile';
import type { Rows } from './rows.svelte';
import type { Row } from './types';

function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  text: string,
  more: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(name), { textContent: text, tabIndex: -1, ...more });
}
export function titleOf(rows: Rows, row: Row): string {
  const person = [rows.text(row, 'first_name'), rows.text(row, 'last_name')].filter(Boolean).join(' ');
  return rows.text(row, 'company_name') || person || rows.text(row, 'email') || rows.text(row, 'phone');
}
function button(act: string, text: string, name: string): HTMLButtonElement {
  const b = make('button', text, { type: 'button', title: name, className: `act ${act}` });
  b.dataset['act'] = act;
  b.setAttribute('aria-label', name);
  return b;
}
export function start(rows: Rows, row: Row, n: number, writable: boolean): Node {
  const all = document.createDocumentFragment();
  const name = titleOf(rows, row);
  if (row.lead_id) {
    const link = make('a', '✓', { href: `/leads/${row.lead_id}`, className: 'act done' });
    link.title = t('sheet.openLead', name);
    link.setAttribute('aria-label', link.title);
    all.append(link);
  } else if (writable && rows.shown === 'discarded')
    all.append(button('lead', '↺', t('sheet.restore', name)));
  else if (writable) all.append(button('lead', '+', t('sheet.makeLead', name)));
  if (writable) all.append(button('menu', String(n), t('sheet.rowMenu', n)));
  else all.append(make('span', String(n), { className: 'act' }));
  return all;
}
export function profile(row: Row): Node {
  return make('span', profileText(row), { className: `tag ${profileTone(row)}` });
}
export function state(rows: Rows, row: Row): Node {
  const text = rows.stateText(row);
  if (rows.shown === 'discarded') return make('span', row.removed_reason ?? '', { className: 'muted' });
  if (row.lead_id)
    return make('a', text, {
      href: `/leads/${row.lead_id}`,
      className: 'link',
      title: t('sheet.openLead', text),
    });
  const tones = { new: '', called: 'ok', callback: 'info', lead: 'ok' };
  const due = row.state === 'callback' && row.call_at ? ` ${relativeDay(row.call_at, true)}` : '';
  const late = due && new Date(row.call_at!) < new Date() ? 'warn' : tones[row.state];
  const tag = make('span', text + due, { className: `tag ${late}` });
  if (row.call_at) tag.title = shortTime(row.call_at);
  else if (row.calls) tag.title = t('sheet.calls', row.calls);
  return tag;
}
