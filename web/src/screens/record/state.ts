import { str, type Rec } from '../../data/types';

/** Nothing more to do here: concluded, converted, won, lost, or removed. */
export function isClosed(r: Rec): boolean {
  if (r.removed_at || str(r, 'converted_at')) return true;
  if (r.entity === 'lead')
    return ['qualified', 'not_interested', 'abandoned'].includes(str(r, 'status_type'));
  return r.entity === 'opportunity' && str(r, 'state') !== 'open';
}
