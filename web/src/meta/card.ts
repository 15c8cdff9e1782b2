// What a lead or an opportunity shows of itself on a card or a line.
import { num, str, type Names, type Rec } from '../data/types';

export const worth = (r: Rec): number | null => num(r, r.entity === 'lead' ? 'budget' : 'amount');
export const worthCurrency = (r: Rec): string => str(r, r.entity === 'lead' ? 'budget_currency' : 'currency');
export function subtitle(r: Rec, names: Names = {}): string {
  const firm = r.entity === 'lead' ? str(r, 'company_name') : (names[str(r, 'company_id')] ?? '');
  if (firm && firm !== r.title) return firm;
  const person = names[str(r, 'contact_id')] ?? '';
  return [person, str(r, 'city'), str(r, 'job_title'), str(r, 'email'), str(r, 'phone')].find(Boolean) ?? '';
}
