// The list one came from, so that a page can go to the one before and after it.
import { href } from '../meta/meta.svelte';
import { go } from './router.svelte';

interface Step {
  entity: string;
  id: number;
}
let steps: Step[] = [];
let from = $state('');

export function follow(list: Step[], place: string): void {
  steps = list.map(({ entity, id }) => ({ entity, id }));
  from = place;
}
export const cameFrom = (): string => from;

export function along(entity: string, id: number, by: 1 | -1): void {
  const next = steps[steps.findIndex((s) => s.entity === entity && s.id === id) + by];
  if (next && steps.some((s) => s.entity === entity && s.id === id)) go(href(next), true);
}
