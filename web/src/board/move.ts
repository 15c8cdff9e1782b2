// A card goes to a column: shown at once, told to the server, taken back if refused.
import { client } from '../data/client';
import type { Board, Column, Rec } from '../data/types';
import { verb } from '../data/write';
import { t } from '../app/words.svelte';
import { moved } from './model';

export async function moveCard(r: Rec, to: Column, at = 0): Promise<boolean> {
  client.setQueriesData<Board>({ queryKey: ['board'] }, (b) => (b ? moved(b, r, to.key, at) : b));
  const field = r.entity === 'lead' ? 'status_id' : 'stage_id';
  const answer = await verb(r, 'move', { [field]: to.id }, () => t('board.moved', r.title, to.name), {
    [field]: to.id,
  });
  if (!answer) void client.invalidateQueries({ queryKey: ['board'] });
  return answer !== null;
}
