// Which dialog is open. One at a time, but a dialog may hand over to the next.
import type { Rec } from '../data/types';
import type { Conflict } from '../data/types';
import type { Proposal } from '../screens/folder/types';

type Of = { record: Rec };
/** Each with what it is told. */
export interface Told {
  palette: object;
  help: object;
  more: object;
  create: { entity: string; fields?: Record<string, unknown> };
  plan: Of & { done: boolean };
  conclude: Of & { choice?: number | 'win' | 'lose' };
  finish: Of & { choice?: number | 'win' | 'lose' };
  convert: { id: number };
  park: Of;
  parkable: { owner: number };
  request: Of;
  heat: Of;
  needs: Of & { step: { id: number; name: string }; asked: string[] };
  duplicate: Of;
  merge: { entity: string; ids: number[]; done?: () => void };
  folder: Of & { proposal: Proposal };
  touch: { campaign?: Rec; met?: Rec };
  cost: { campaign: Rec };
  letter: { campaign: Rec };
  undo: { operation: number; conflicts: Conflict[] };
}
export type Overlay = { [K in keyof Told]: { kind: K } & Told[K] }[keyof Told];

let current = $state.raw<Overlay | null>(null);

export const overlay = (): Overlay | null => current;
export const open = (o: Overlay): void => void (current = o);
export const close = (): void => void (current = null);
