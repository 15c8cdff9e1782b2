// Which dialog ends the work: a lead is concluded, an opportunity won or lost; in simple mode a lead too (C9).
import { open } from '../../app/overlays.svelte';
import type { LeadStatus } from '../../meta/meta.svelte';
import { isSimple } from '../../meta/meta.svelte';
import type { Rec } from '../../data/types';

export type Ending = number | 'win' | 'lose';
export const isFinished = (r: Rec): boolean => r.entity === 'opportunity' || isSimple();

export function end(record: Rec, choice?: Ending): void {
  open({
    kind: isFinished(record) ? 'finish' : 'conclude',
    record,
    ...(choice === undefined ? {} : { choice }),
  });
}
/** The same, towards a status in which the work ends. */
export function endAs(record: Rec, status: Pick<LeadStatus, 'id' | 'type'>): void {
  if (isSimple()) end(record, status.type === 'qualified' ? 'win' : 'lose');
  else end(record, status.id);
}
