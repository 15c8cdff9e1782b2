// Whether the server answers, which operations were made in this tab, and what others changed that is not shown yet.
import { SvelteSet } from 'svelte/reactivity';

class Net {
  offline = $state(false);
  /** Edits that wait for a line (unsent.ts). */
  unsent = $state(0);
  own = new Set<number>();
  /** `entity:id` of colleagues' changes that lists under the pointer have not taken in. */
  behind = new SvelteSet<string>();
}
export const net = new Net();
