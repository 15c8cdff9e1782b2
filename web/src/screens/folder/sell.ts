// Something else to sell to the same customer (S5.29).
import { open } from '../../app/overlays.svelte';
import type { Rec } from '../../data/types';

export function sellMore(r: Rec): void {
  const names: Record<string, string> = { ...r.names, [r.id]: r.title };
  const fields: Record<string, unknown> = { [`${r.entity}_id`]: r.id, names };
  if (r.entity === 'contact' && r['company_id']) fields['company_id'] = r['company_id'];
  open({ kind: 'create', entity: 'opportunity', fields });
}
