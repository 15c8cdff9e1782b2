// What a lead or an opportunity shows of itself on a card or a line.
import { num, str, type Names, type Rec } from '../data/types';

export const worth = (r: Rec): number | null => num(r, r.entity === 'lead' ? 'budget' : 'amount');
export const worthCurrency = (r: Rec): string => str(r, r.entity === 'lead' ? 'budget_currency' : 'currency');
export function subtitle(r: Rec, names: Names = {}): string {
  const firm = r.entity === 'lead' ? str(r, 'company_name') : (names[str(r, 'company_id')] ?? '');
  return firm === r.title ? str(r, 'city') : firm;
}
