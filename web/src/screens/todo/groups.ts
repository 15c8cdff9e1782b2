import { daysTo } from '../../meta/format';
import { str, type Rec } from '../../data/types';
import type { Word } from '../../app/words.svelte';

export interface Group {
  word: Word;
  items: Rec[];
}
function wordOf(r: Rec, list: string): Word {
  const days = daysTo(str(r, 'next_action_at'));
  if (list === 'todo') return days < 0 ? 'todo.overdue' : 'todo.today';
  if (days <= 0) return 'todo.today';
  if (days === 1) return 'todo.tomorrow';
  return days < 7 ? 'todo.week' : 'todo.later';
}
/** The agenda in its groups, in the order the server gave. */
export function grouped(items: Rec[], list: string): Group[] {
  const groups: Group[] = [];
  for (const r of items) {
    const word = wordOf(r, list);
    const group = groups.find((g) => g.word === word);
    if (group) group.items.push(r);
    else groups.push({ word, items: [r] });
  }
  return groups;
}
