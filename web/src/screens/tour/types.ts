/** What `GET /tour` answers. */
export type Key = 'prospect' | 'action' | 'qualify' | 'convert' | 'win';
export interface Next {
  key: Key;
  entity: string | null;
  id: number | null;
  title: string | null;
}
export interface Told {
  demo: boolean;
  offered: boolean;
  steps: { key: Key; done: boolean }[];
  next: Next | null;
}
