import type { Choice } from '../../meta/meta.svelte';

export interface Standing {
  leads: number;
  met: number;
  not_met: number;
  unknown: number;
  running: boolean;
  /** What rules may ask, and by which tests. */
  fields: { name: string; label: string; operators: Choice[] }[];
}
