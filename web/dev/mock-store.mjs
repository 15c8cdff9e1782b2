// Records in memory, with the history that timeline and undo are drawn from.
import { fieldsOf, kinds, sources, stages, statuses, users } from './mock-meta.mjs';

export const store = { rows: {}, ops: [], history: [], listeners: new Set(), lang: 'it' };
let lastId = 1000;
const now = () => new Date().toISOString();

export const titleOf = (r) =>
  r.entity === 'lead' || r.entity === 'contact'
    ? [r.first_name, r.last_name].filter(Boolean).join(' ') || r.company_name || r.email || `#${r.id}`
    : r.name || r.subject || r.kind || `#${r.id}`;

export function make(entity, fields, days = 0, id = ++lastId) {
  const at = new Date(Date.now() + days * 864e5).toISOString();
  const r = { id, entity, version: 1, created_at: at, updated_at: at, created_by: 1, removed_at: null };
  for (const f of fieldsOf(entity)) r[f.name] = null;
  Object.assign(r, fields);
  (store.rows[entity] ??= new Map()).set(id, r);
  return r;
}
make.all = (entity) => [...(store.rows[entity]?.values() ?? [])];

export function shown(r) {
  const agenda =
    r.next_action_at && !r.converted_at && (r.status_type === 'open' || r.state === 'open')
      ? new Date(r.next_action_at) <= new Date()
        ? 'todo'
        : 'standby'
      : null;
  return { ...r, title: titleOf(r), agenda, custom: {} };
}
export function begin(kind, text, user = 1, undoes = null) {
  const op = {
    id: ++lastId,
    at: now(),
    user_id: user,
    user: users.find((u) => u.id === user).name,
    kind,
    text,
    entity: null,
    record_id: null,
    title: null,
    records: 0,
    undone_by: null,
    undoes,
    state: 'done',
    progress: null,
  };
  store.ops.unshift(op);
  return op;
}
export function touch(op, r, fields, created = false) {
  const changes = [];
  for (const [field, value] of Object.entries(fields)) {
    if (r[field] !== value && !created) changes.push({ field, old: r[field], new: value });
    r[field] = value;
  }
  r.updated_at = now();
  if (!created) r.version++;
  op.records++;
  op.entity ??= r.entity;
  op.record_id ??= r.id;
  op.title ??= titleOf(r);
  store.history.unshift({
    type: 'change',
    at: now(),
    user_id: op.user_id,
    user: op.user,
    operation_id: op.id,
    kind: op.kind,
    entity: r.entity,
    id: r.id,
    title: titleOf(r),
    created,
    changes,
  });
}
export function tell(op) {
  const records = store.history
    .filter((h) => h.operation_id === op.id)
    .map((h) => ({ entity: h.entity, id: h.id }));
  const data = { operation_id: op.id, kind: op.kind, user_id: op.user_id, user: op.user, records };
  for (const l of store.listeners) l('change', data);
}
export function linkName(to, id) {
  const from = { user: users, source: sources }[to];
  if (from) return from.find((x) => x.id === id)?.name ?? null;
  if (to === 'lead_status') return statuses.find((s) => s.id === id)?.n[store.lang] ?? null;
  if (to === 'stage') return stages.find((s) => s.id === id)?.n[store.lang] ?? null;
  const r = store.rows[to]?.get(id);
  return r ? titleOf(r) : null;
}
export function namesOf(list) {
  const names = {};
  for (const r of list)
    for (const f of fieldsOf(r.entity)) if (f.to && r[f.name]) names[r[f.name]] = linkName(f.to, r[f.name]);
  return names;
}
export function change(h) {
  const fields = fieldsOf(h.entity, store.lang);
  const say = (f, v) =>
    v == null
      ? null
      : f?.to
        ? linkName(f.to, v)
        : (f?.choices?.find((c) => c.value === v)?.label ?? String(v));
  return {
    ...h,
    record_id: h.id,
    text: h.kind,
    changes: h.changes
      .filter((c) => c.field !== 'status_type')
      .map((c) => {
        const f = fields.find((x) => x.name === c.field);
        return { ...c, label: f?.label ?? c.field, old_text: say(f, c.old), new_text: say(f, c.new) };
      }),
  };
}
export function undo(id, skip) {
  const op = store.ops.find((o) => o.id === id);
  if (!op || op.undone_by)
    return {
      status: 409,
      body: {
        problem: 'conflict',
        title: 'Già annullata',
        detail: 'Questa operazione è già stata annullata.',
      },
    };
  const mine = store.history.filter((h) => h.operation_id === id);
  const conflicts = [];
  for (const h of mine)
    for (const c of h.changes) {
      const r = store.rows[h.entity].get(h.id);
      if (r[c.field] !== c.new)
        conflicts.push({
          entity: h.entity,
          id: h.id,
          title: titleOf(r),
          field: c.field,
          label: fieldsOf(h.entity, store.lang).find((f) => f.name === c.field)?.label ?? c.field,
          now: r[c.field],
          was: c.new,
          would_be: c.old,
        });
    }
  if (conflicts.length && !skip)
    return {
      status: 409,
      body: {
        problem: 'conflict',
        title: 'Modificato nel frattempo',
        detail: 'Alcuni campi sono stati cambiati dopo.',
        conflicts,
      },
    };
  const back = begin('undo', `Annullato: ${op.text}`, 1, id);
  for (const h of mine) {
    const r = store.rows[h.entity].get(h.id);
    const fields = {};
    for (const c of h.changes) if (r[c.field] === c.new) fields[c.field] = c.old;
    if (h.created) fields.removed_at = now();
    touch(back, r, fields);
  }
  op.undone_by = back.id;
  op.state = 'undone';
  tell(back);
  return { status: 200, body: back, op: back };
}
export const kindWord = (k) => kinds.find((x) => x[0] === k)?.[1][store.lang] ?? k;
