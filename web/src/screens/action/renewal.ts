// When what is won is to be sold again (S5.35).
import { num, str, type Rec } from '../../data/types';

export interface Renewal {
  kind: 'none' | 'months' | 'date';
  months: number;
  on: string;
}
export function renewalOf(r: Rec | null): Renewal {
  const months = (r && num(r, 'renewal_months')) || 0;
  const on = r ? str(r, 'renewal_on') : '';
  return { kind: on ? 'date' : months ? 'months' : 'none', months: months || 12, on };
}
/** As the server wants to hear it. */
export function renewalBody(r: Renewal): Record<string, unknown> {
  if (r.kind === 'none') return { renewal_months: 0 };
  return r.kind === 'months' ? { renewal_months: r.months } : { renewal_on: r.on || null };
}
