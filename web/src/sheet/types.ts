// What a sheet is shown of, and what it tells.
export interface Col {
  key: string;
  label: string;
  width: number;
  /** What is typed is shown at the right: numbers, amounts, days. */
  right: boolean;
  /** The keyboard a phone shows. */
  mode: 'text' | 'tel' | 'email' | 'url' | 'numeric' | 'decimal';
  /** Drawn by the source, never typed into. */
  fixed: boolean;
  /** A leading + begins a telephone number here. */
  plus: boolean;
  /** The source's own heading menu and filter stand over it. */
  headed: boolean;
}
/** One typed, pasted or emptied cell. A row at or past the end is a new one. */
export interface Edit {
  row: number;
  key: string;
  value: string;
}
export interface Source {
  text: (row: number, col: Col) => string;
  draw: (row: number, col: Col) => Node;
  /** Classes of a cell: `bad`, `flash`, `found`. */
  look: (row: number, col: Col) => string;
  /** Why a cell is marked. */
  note: (row: number, col: Col) => string;
  filter: (col: Col) => string;
  filterWord: string;
}
export type Act = 'lead' | 'menu' | 'open' | 'insert' | 'up' | 'down' | 'remove';
export interface Deeds {
  set: (edits: Edit[]) => void;
  act: (what: Act, row: number, at: DOMRect) => void;
  undo: () => void;
  redo: () => void;
  find: () => void;
  leave: () => void;
  sort: (key: string) => void;
  filter: (key: string, text: string) => void;
  menu: (key: string, at: DOMRect) => void;
  order: (keys: string[]) => void;
  width: (key: string, width: number) => void;
}
export interface Spot {
  row: number;
  col: number;
}
export interface Box {
  top: number;
  left: number;
  bottom: number;
  right: number;
}
