// A card as the firm has it, and the doors that change it.
import { t } from '../../app/words.svelte';
import { call, get, post } from '../../data/api';
import { refresh, refreshAll } from '../../data/cache';
import type { Page, Rec } from '../../data/types';
import { act } from '../../data/write';
import { loadMeta, panelTitle, type Entity, type Field } from '../../meta/meta.svelte';
import { member } from '../../app/words.svelte';

export const cards = ['lead', 'company', 'contact', 'opportunity', 'activity'];
export interface Slot {
  id: string;
  field: Field;
}
export interface PanelView {
  name: string;
  title: string;
  /** One of the firm's own: it may go. */
  own: boolean;
  slots: Slot[];
}
/** What the program says of every record belongs to no card. */
const common = new Set(['created_by', 'removed_at', 'removed_reason', 'custom']);
const onCard = (f: Field): boolean => !common.has(f.name) && !f.name.endsWith('_e164');

export function panelsOf(e: Entity): PanelView[] {
  return e.panels.map((p) => ({
    name: p.name,
    title: panelTitle(p),
    own: member('group', p.name) === p.name,
    slots: e.all.filter((f) => f.group === p.name && onCard(f)).map((field) => ({ id: field.name, field })),
  }));
}
interface PanelBody {
  name?: string;
  title_it?: string;
  title_en?: string;
  fields: string[];
}
const bodyOf = (p: PanelView): PanelBody => ({ name: p.name, fields: p.slots.map((s) => s.id) });

/** Every change of a card: said with its undo, and drawn everywhere at once. */
export async function change<T>(run: Parameters<typeof act<T>>[0], text: string): Promise<T | null> {
  const body = await act<T>(run, () => text);
  await loadMeta();
  refreshAll();
  return body;
}
export const arrange = (entity: string, panels: PanelView[], text: string) =>
  change(() => post('field-layouts/arrange', { entity, panels: panels.map(bodyOf) }), text);

/** The whole card again with one panel more, or one under another title. Throws what is refused. */
export async function keepPanel(
  entity: string,
  panels: PanelView[],
  name: string | null,
  titles: { title_it: string; title_en: string },
): Promise<number | null> {
  const all: PanelBody[] = panels.map(bodyOf).map((p) => (p.name === name ? { ...p, ...titles } : p));
  if (name === null) all.push({ ...titles, fields: [] });
  const { operation } = await post('field-layouts/arrange', { entity, panels: all });
  await loadMeta();
  return operation;
}
const rowsOf = async (plural: string, query: Record<string, string>) =>
  (await get<Page<Rec>>(plural, query)).items;
export const layoutOf = async (entity: string, field: string): Promise<Rec | undefined> =>
  (await rowsOf('field-layouts', { entity, field }))[0];
export const customOf = async (entity: string, name: string): Promise<Rec | undefined> =>
  (await rowsOf('custom-fields', { entity, name }))[0];

/** Say of one field what is otherwise than usual. */
export async function layOut(entity: string, field: string, changes: Record<string, unknown>) {
  const row = await layoutOf(entity, field);
  return row
    ? call<Rec>('PATCH', `field-layouts/${row.id}`, { body: changes })
    : post<Rec>('field-layouts', { entity, field, ...changes });
}
export async function addField(entity: string, body: Record<string, unknown>): Promise<number | null> {
  const { operation } = await post<Rec>('custom-fields', { entity, ...body });
  await loadMeta();
  refresh(entity);
  return operation;
}
export const removeField = (entity: string, f: Field) =>
  change(
    async () => call('DELETE', `custom-fields/${(await customOf(entity, f.name))?.id ?? 0}`),
    t('fields.removed', f.label),
  );

/** Where it goes by one step: within its panel, or into the one before or after. */
export function stepped(panels: PanelView[], id: string, by: 1 | -1): PanelView[] | null {
  const from = panels.findIndex((p) => p.slots.some((s) => s.id === id));
  const at = panels[from]?.slots.findIndex((s) => s.id === id) ?? -1;
  const to = at + by;
  if (from < 0) return null;
  if (to >= 0 && to < panels[from]!.slots.length) return placed(panels, id, panels[from]!.name, to);
  const next = panels[from + by];
  return next ? placed(panels, id, next.name, by > 0 ? 0 : next.slots.length) : null;
}
export function placed(panels: PanelView[], id: string, panel: string, at: number): PanelView[] {
  const slot = panels.flatMap((p) => p.slots).find((s) => s.id === id);
  if (!slot) return panels;
  return panels.map((p) => {
    const slots = p.slots.filter((s) => s.id !== id);
    return { ...p, slots: p.name === panel ? slots.toSpliced(at, 0, slot) : slots };
  });
}
