// Whether the tour is wanted, in this browser, by this user; what of it is done is the server's to say.
import { meta } from '../meta/meta.svelte';

const name = () => `tour.${meta().me.id}`;
let said = $state<string | null>();

/** Called for or put away; null: nobody has said yet. */
export function wanted(): boolean | null {
  const word = said === undefined ? localStorage.getItem(name()) : said;
  return word === null ? null : word === 'yes';
}
export function want(it: boolean): void {
  said = it ? 'yes' : 'no';
  localStorage.setItem(name(), said);
}
