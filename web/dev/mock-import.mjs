// Imports, enough of them for the wizard: split lines, map by heading, make leads.
import { fieldsOf, plurals } from './mock-meta.mjs';
import { begin, make, store, tell, touch } from './mock-store.mjs';

const all = new Map();
let last = 0;
const guess = {
  nome: 'first_name',
  cognome: 'last_name',
  azienda: 'company_name',
  'ragione sociale': 'company_name',
  email: 'email',
  telefono: 'phone',
  città: 'city',
  fatturato: 'turnover',
};

function read(q, raw) {
  const separator = raw.split('\n')[0].includes(';') ? ';' : ',';
  const lines = raw
    .trim()
    .split(/\r?\n/)
    .map((l) => l.split(separator));
  const [head, ...rows] = lines;
  const fields = fieldsOf(plurals[q.get('entity') ?? 'leads']);
  const columns = head.map((heading, at) => ({
    at,
    heading,
    field: guess[heading.toLowerCase()] ?? fields.find((f) => f.label === heading)?.name ?? null,
    samples: rows.slice(0, 5).map((r) => r[at] ?? ''),
  }));
  const i = {
    id: ++last,
    entity: plurals[q.get('entity') ?? 'leads'],
    name: q.get('name'),
    state: 'read',
    rows: rows.length,
    encoding: 'UTF-8',
    separator,
    columns,
    mode: 'create',
    key: null,
    mapping: Object.fromEntries(columns.map((c) => [c.at, c.field])),
    skip_lines: [],
    report: null,
    progress: null,
    operation_id: null,
  };
  all.set(i.id, { ...i, data: rows });
  return all.get(i.id);
}
function look(i) {
  const refused = [],
    dup = [];
  i.data.forEach((r, n) => {
    const rec = Object.fromEntries(
      Object.entries(i.mapping)
        .filter(([, f]) => f)
        .map(([at, f]) => [f, r[at]]),
    );
    if (!rec.last_name && !rec.company_name && !rec.email && !rec.phone)
      refused.push({ line: n + 2, fields: { email: 'Non è un indirizzo email.' } });
    else if (rec.email && make.all('lead').some((l) => l.email === rec.email))
      dup.push({
        line: n + 2,
        title: rec.company_name ?? rec.email,
        matches: [{ entity: 'lead', id: 1, title: rec.email, why: ['email'] }],
      });
  });
  i.report = {
    rows: i.data.length,
    good: i.data.length - refused.length,
    refused: refused.length,
    duplicates: dup.length,
    in_file: 0,
    refused_rows: refused,
    duplicate_rows: dup,
  };
}
function run(i) {
  const bad = new Set(i.report.refused_rows.map((r) => r.line));
  const op = begin('import', `Importate ${i.rows} righe da ${i.name}`);
  i.data.forEach((r, n) => {
    if (bad.has(n + 2) || i.skip_lines.includes(n + 2)) return;
    const rec = Object.fromEntries(
      Object.entries(i.mapping)
        .filter(([, f]) => f)
        .map(([at, f]) => [f, r[at]]),
    );
    touch(
      op,
      make(i.entity, {
        status_id: 12,
        status_type: 'open',
        owner_id: 1,
        next_action_at: new Date().toISOString(),
        next_action_kind: 'call',
      }),
      rec,
      true,
    );
  });
  i.state = 'done';
  i.operation_id = op.id;
  i.progress = {
    done: i.rows,
    all: i.rows,
    created: op.records,
    updated: 0,
    skipped: i.skip_lines.length,
    refused: bad.size,
  };
  tell(op);
}
function say(i) {
  for (const l of store.listeners) l('import', { id: i.id, state: i.state, progress: i.progress });
}
export function imports(method, path, q, raw) {
  const [, id, tail] = path.split('/');
  if (!id && method === 'POST') return { status: 201, body: { ...read(q, raw), data: undefined } };
  if (!id)
    return {
      status: 200,
      body: { items: [...all.values()].map((i) => ({ ...i, data: undefined })), next: null },
    };
  const i = all.get(Number(id));
  if (!i) return { status: 404, body: { problem: 'not-found', title: 'Non esiste' } };
  if (tail === 'refused')
    return {
      status: 200,
      type: 'text/csv',
      body: `riga;motivo\n${i.report.refused_rows.map((r) => `${r.line};${Object.values(r.fields)}`).join('\n')}`,
    };
  if (tail === 'check')
    ((i.state = 'checking'), setTimeout(() => (look(i), (i.state = 'checked'), say(i)), 300));
  else if (tail === 'run') {
    i.state = 'running';
    i.progress = { done: 0, all: i.rows, created: 0, updated: 0, skipped: 0, refused: 0 };
    setTimeout(() => ((i.progress.done = Math.floor(i.rows / 2)), say(i)), 200);
    setTimeout(() => (run(i), say(i)), 700);
  } else if (method === 'PATCH') Object.assign(i, JSON.parse(raw));
  return { status: 200, body: { ...i, data: undefined } };
}
