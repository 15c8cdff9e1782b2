// Which dialog is open. One at a time, but a dialog may hand over to the next.
import type { Rec } from '../data/types';
import type { Conflict } from '../data/types';
import type { Proposal } from '../screens/folder/types';

export type Overlay =
  | { kind: 'palette' | 'help' | 'more' }
  | { kind: 'create'; entity: string; fields?: Record<string, unknown> }
  | { kind: 'plan'; record: Rec; done: boolean }
  | { kind: 'conclude' | 'finish'; record: Rec; choice?: number | 'win' | 'lose' }
  | { kind: 'convert'; id: number }
  | { kind: 'park' | 'request' | 'heat'; record: Rec }
  | { kind: 'parkable'; owner: number }
  | { kind: 'needs'; record: Rec; step: { id: number; name: string }; fields: string[] }
  | { kind: 'duplicate'; record: Rec }
  | { kind: 'merge'; entity: string; ids: number[]; done?: () => void }
  | { kind: 'folder'; record: Rec; proposal: Proposal }
  | { kind: 'touch'; campaign?: Rec; met?: Rec }
  | { kind: 'cost'; campaign: Rec }
  | { kind: 'undo'; operation: number; conflicts: Conflict[] };

let current = $state.raw<Overlay | null>(null);

export const overlay = (): Overlay | null => current;
export const open = (o: Overlay): void => void (current = o);
export const close = (): void => void (current = null);
