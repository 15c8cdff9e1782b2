// The headings of a sheet: a click sorts, a button opens the column's menu, a field under it filters.
import type { Col, Deeds, Source } from './types';

export function headCell(node: HTMLElement, col: Col, deeds: Deeds): void {
  node.setAttribute('aria-label', col.label);
  if (!col.headed) return;
  node.classList.add('headed');
  node.title = col.label;
  node.addEventListener('click', (e) => {
    if (!(e.target as Element).closest('.slick-resizable-handle, .more')) deeds.sort(col.key);
  });
  const more = document.createElement('button');
  more.className = 'more';
  more.type = 'button';
  more.tabIndex = -1;
  more.setAttribute('aria-hidden', 'true');
  more.addEventListener('click', (e) => {
    e.stopPropagation();
    deeds.menu(col.key, more.getBoundingClientRect());
  });
  node.append(more);
}
export function filterCell(
  node: HTMLElement,
  col: Col,
  source: Source,
  deeds: Deeds,
  back: () => void,
): void {
  if (!col.headed) return;
  const field = document.createElement('input');
  field.type = 'search';
  field.tabIndex = -1;
  field.value = source.filter(col);
  field.dataset['filter'] = col.key;
  field.placeholder = source.filterWord;
  field.setAttribute('aria-label', `${source.filterWord}: ${col.label}`);
  field.addEventListener('input', () => deeds.filter(col.key, field.value));
  field.addEventListener('keydown', (e) => {
    if (e.key === 'Escape' && field.value) {
      field.value = '';
      deeds.filter(col.key, '');
    } else if (!['Enter', 'Escape', 'ArrowDown'].includes(e.key)) return e.stopPropagation();
    else back();
    e.preventDefault();
    e.stopPropagation();
  });
  node.append(field);
}
