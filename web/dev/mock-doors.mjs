// The doors of doc/API.md that the screens use, each a few lines over the store.
import { fieldsOf, plurals, sources, stages, statuses, users } from './mock-meta.mjs';
import { begin, change, make, namesOf, shown, store, tell, titleOf, touch, undo } from './mock-store.mjs';

const fail = (status, problem, detail, fields) => ({
  status,
  body: { problem, title: detail, detail, status, fields, request_id: 'mock' },
});
const ok = (body, op) => ({ status: 200, body, op });
const fold = (s) =>
  String(s ?? '')
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase();
const alive = (entity) => make.all(entity).filter((r) => !r.removed_at);

function one(r) {
  const warnings = [];
  if (r.vat_number === '01234567890')
    warnings.push({ field: 'vat_number', text: 'La cifra di controllo non torna.', proposal: '01234567897' });
  return { ...shown(r), warnings, names: namesOf([r]) };
}
function matches(r, key, value) {
  const [, field, op = 'eq'] = key.match(/^(\w+)(?:\[(\w+)\])?$/);
  const v = r[field];
  if (op === 'null') return (v == null) === (value === 'true');
  if (op === 'like') return fold(v).includes(fold(value));
  if (op === 'in') return value.split(',').includes(String(v));
  if (op === 'ne') return String(v) !== value;
  if (op === 'eq') return String(v) === value;
  if (v == null) return false;
  const n = typeof v === 'number' ? v - Number(value) : v < value ? -1 : v > value ? 1 : 0;
  return { lt: n < 0, lte: n <= 0, gt: n > 0, gte: n >= 0 }[op];
}
const special = new Set(['limit', 'cursor', 'sort', 'q', 'names', 'count', 'owner', 'removed']);
function list(entity, q) {
  let rows = alive(entity).map(shown);
  if (q.get('owner') === 'me') rows = rows.filter((r) => r.owner_id === 1);
  if (q.get('q'))
    rows = rows.filter((r) => fold(JSON.stringify(Object.values(r))).includes(fold(q.get('q'))));
  for (const [k, v] of q) if (!special.has(k)) rows = rows.filter((r) => matches(r, k, v));
  const sort = q.get('sort') || '-id';
  const f = sort.replace('-', ''),
    d = sort.startsWith('-') ? -1 : 1;
  rows.sort(
    (a, b) =>
      d *
      (a[f] == null
        ? 1
        : b[f] == null
          ? -1
          : typeof a[f] === 'number'
            ? a[f] - b[f]
            : String(a[f]).localeCompare(String(b[f]), 'it')),
  );
  const from = Number(q.get('cursor') || 0),
    n = Number(q.get('limit') || 50);
  const items = rows.slice(from, from + n);
  return ok({
    items,
    next: from + n < rows.length ? String(from + n) : null,
    total: rows.length,
    total_is: 'exact',
    names: namesOf(items),
  });
}
function write(entity, body, r) {
  const fields = fieldsOf(entity, store.lang);
  for (const k of Object.keys(body))
    if (
      !fields.some((f) => f.name === k && !f.readonly) &&
      ![
        'lead_id',
        'company_id',
        'contact_id',
        'opportunity_id',
        'lang',
        'theme',
        'starts_at',
        'ends_at',
        'outcome',
      ].includes(k)
    )
      return fail(422, 'invalid', 'Campo sconosciuto', { [k]: 'Campo sconosciuto' });
  if (body.email && !/^\S+@\S+\.\S+$/.test(body.email))
    return fail(422, 'invalid', 'Ci sono campi da correggere', { email: 'Non è un indirizzo email.' });
  for (const f of fields)
    if (f.required && (r ? body[f.name] === null : !body[f.name]))
      return fail(422, 'invalid', 'Ci sono campi da correggere', { [f.name]: 'Obbligatorio.' });
  const op = begin(`${entity}.${r ? 'edit' : 'create'}`, `${r ? 'Modificato' : 'Creato'} ${body.name ?? ''}`);
  if (!r) {
    r = make(entity, {});
    const extra =
      entity === 'lead'
        ? {
            status_id: 12,
            status_type: 'open',
            status_since: new Date().toISOString(),
            next_action_at: new Date().toISOString(),
            next_action_kind: 'call',
            owner_id: 1,
          }
        : entity === 'opportunity'
          ? {
              stage_id: 21,
              state: 'open',
              currency: 'EUR',
              next_action_at: new Date().toISOString(),
              next_action_kind: 'call',
              owner_id: 1,
            }
          : entity === 'company'
            ? { type: 'potential', owner_id: 1 }
            : { owner_id: 1 };
    touch(op, r, { ...extra, ...body }, true);
  } else touch(op, r, body);
  tell(op);
  return { status: op.kind.endsWith('create') ? 201 : 200, body: one(r), op };
}
function timeline(entity, id) {
  const key = `${entity}_id`;
  const mine = alive('activity')
    .filter((a) => a[key] === id)
    .map((a) => ({ type: 'activity', at: a.created_at, activity: { ...shown(a), user: 'Laura Rossi' } }));
  const items = [
    ...mine,
    ...store.history.filter((h) => h.entity === entity && h.id === id).map(change),
  ].sort((a, b) => (a.at < b.at ? 1 : -1));
  return ok({ items, next: null });
}
function verb(entity, r, name, b) {
  const op = begin(`${entity}.${name.replace('-', '_')}`, `${name} ${titleOf(r)}`);
  const at = new Date().toISOString();
  const done = () => (tell(op), ok(one(r), op));
  if (name === 'move' && entity === 'lead') {
    const s = statuses.find((x) => x.id === b.status_id);
    if (['qualified', 'not_interested'].includes(s.type))
      return fail(409, 'conflict', 'Per questo stato usa Concludi.');
    touch(op, r, {
      status_id: s.id,
      status_type: s.type,
      status_since: at,
      ...(s.type === 'open' && !r.next_action_at ? { next_action_at: at, next_action_kind: 'call' } : {}),
    });
    return done();
  }
  if (name === 'move')
    return (
      touch(op, r, {
        stage_id: b.stage_id,
        probability: stages.find((s) => s.id === b.stage_id).probability,
      }),
      done()
    );
  if (name === 'next-action') {
    if (b.done)
      touch(
        op,
        make('activity', {
          [`${entity}_id`]: r.id,
          kind:
            b.done.kind === 'demo' || b.done.kind === 'quote' || b.done.kind === 'other'
              ? 'task'
              : b.done.kind,
          body: b.done.body ?? null,
          done_at: at,
        }),
        {},
        true,
      );
    return (
      touch(op, r, { next_action_at: b.at, next_action_kind: b.kind, next_action_note: b.note ?? null }),
      done()
    );
  }
  if (name === 'conclude') {
    const s = statuses.find((x) => x.id === b.status_id);
    return (
      touch(op, r, {
        status_id: s.id,
        status_type: s.type,
        status_since: at,
        conclusion_reason: b.reason ?? null,
        next_action_at: null,
      }),
      done()
    );
  }
  if (name === 'reopen' && entity === 'lead')
    return (
      touch(op, r, {
        status_id: 12,
        status_type: 'open',
        status_since: at,
        next_action_at: at,
        next_action_kind: 'call',
      }),
      done()
    );
  const company = store.rows.company.get(r.company_id);
  if (name === 'reopen')
    return (
      touch(op, r, { state: 'open', closed_at: null, next_action_at: at, next_action_kind: 'call' }),
      tell(op),
      ok(
        {
          opportunity: one(r),
          company: company ? one(company) : null,
          propose_potential: !!company && company.type === 'customer',
        },
        op,
      )
    );
  if (name === 'win') {
    touch(op, r, { state: 'won', closed_at: at, amount: b.amount ?? r.amount, next_action_at: null });
    const became = !!company && company.type !== 'customer';
    if (became)
      touch(op, company, {
        type: 'customer',
        customer_code: b.customer_code || `C${String(company.id).padStart(5, '0')}`,
      });
    return (
      tell(op),
      ok({ opportunity: one(r), company: company ? one(company) : null, became_customer: became }, op)
    );
  }
  if (name === 'lose') {
    if (!b.reason) return fail(422, 'invalid', 'Manca il motivo', { reason: 'Serve un motivo.' });
    return (
      touch(op, r, { state: 'lost', closed_at: at, lost_reason: b.reason, next_action_at: null }),
      done()
    );
  }
  if (name === 'potential') return (touch(op, r, { type: 'potential', customer_code: null }), done());
  return fail(404, 'not-found', 'Non esiste');
}
function progress(r) {
  const order = statuses.filter((s) => ['frozen', 'open'].includes(s.type) || s.id === r.status_id);
  const i = order.findIndex((s) => s.id === r.status_id);
  return ok({
    items: order.map((s, j) => ({
      status_id: s.id,
      name: s.n[store.lang],
      type: s.type,
      state: j < i ? (s.type === 'frozen' ? 'skipped' : 'done') : j === i ? 'current' : 'ahead',
      days: j <= i && s.type !== 'frozen' ? 3 - j + i : 0,
    })),
  });
}
function duplicates(entity, want, self) {
  const items = [];
  for (const e of ['company', 'contact', 'lead'])
    for (const r of alive(e)) {
      if (r.id === self) continue;
      const why = ['email', 'phone', 'vat_number'].filter(
        (f) => want[f] && r[f] && fold(r[f]) === fold(want[f]),
      );
      if (
        want.company_name &&
        fold(r.name ?? r.company_name).replace(/ s\w+$/, '') === fold(want.company_name).replace(/ s\w+$/, '')
      )
        why.push('name');
      if (why.length)
        items.push({
          entity: e,
          id: r.id,
          title: e === 'lead' ? (r.company_name ?? titleOf(r)) : titleOf(r),
          subtitle: r.city,
          why,
        });
    }
  return items.slice(0, 5);
}
function conversion(r) {
  const pick = (names) => Object.fromEntries(names.filter((n) => r[n] != null).map((n) => [n, r[n]]));
  const company = {
    name: r.company_name,
    ...pick(['vat_number', 'phone', 'website', 'city', 'province', 'sector', 'turnover', 'employees']),
  };
  const contact = pick(['first_name', 'last_name', 'job_title', 'email', 'phone', 'mobile']);
  const dup = duplicates('company', { company_name: r.company_name, email: r.email }, r.id);
  const of = (e) =>
    dup
      .filter((d) => d.entity === e)
      .map((d) => ({
        ...d,
        fill: { city: r.city },
        differs: { phone: { ours: r.phone, theirs: '02 555555' } },
      }));
  const rows = [
    ...Object.entries(company).map(([k, v]) => ({
      from: k === 'name' ? 'company_name' : k,
      to: `company.${k}`,
      value: v,
    })),
    ...Object.entries(contact).map(([k, v]) => ({ from: k, to: `contact.${k}`, value: v })),
    { from: 'budget', to: 'opportunity.amount', value: r.budget },
  ].filter((x) => x.value != null);
  return ok({
    possible: r.status_type === 'qualified' && !r.converted_at,
    why: null,
    company: { default: !!r.company_name, fields: company, duplicates: of('company') },
    contact: { default: !!r.last_name, fields: contact, duplicates: of('contact') },
    opportunity: {
      default: true,
      fields: {
        name: r.company_name ?? titleOf(r),
        amount: r.budget,
        currency: 'EUR',
        stage_id: 21,
        close_on: null,
      },
    },
    owner_id: r.owner_id,
    rows,
    unmapped: r.need ? ['need'] : [],
  });
}
function convert(r, b) {
  if (r.converted_at) return fail(409, 'conflict', 'Già convertito.');
  const op = begin('lead.convert', `Convertito ${titleOf(r)}`);
  const d = conversion(r).body;
  const part = (e, more) => {
    const v = b[e] === undefined ? (d[e].default ? d[e].fields : null) : b[e];
    if (!v) return null;
    if (v.id) return store.rows[e].get(v.id);
    const x = make(e, {});
    touch(op, x, { ...v, owner_id: b.owner_id ?? r.owner_id, ...more }, true);
    return x;
  };
  const company = part('company', { type: 'potential' });
  const contact = part('contact', { company_id: company?.id ?? null });
  const at = new Date().toISOString();
  const opp = part('opportunity', {
    stage_id: 21,
    state: 'open',
    probability: 20,
    company_id: company?.id ?? null,
    contact_id: contact?.id ?? null,
    lead_id: r.id,
    next_action_at: at,
    next_action_kind: 'call',
  });
  touch(op, r, {
    converted_at: at,
    company_id: company?.id ?? null,
    contact_id: contact?.id ?? null,
    opportunity_id: opp?.id ?? null,
    next_action_at: null,
  });
  tell(op);
  return ok(
    {
      lead: one(r),
      company: company && one(company),
      contact: contact && one(contact),
      opportunity: opp && one(opp),
    },
    op,
  );
}
function card(text) {
  const fields = {};
  const email = text.match(/\S+@\S+\.\w+/)?.[0];
  const phone = text.match(/\+?\d[\d /.-]{6,}\d/)?.[0];
  if (email) fields.email = email.replace(/[,;]$/, '');
  if (phone) fields.phone = phone;
  for (const raw of text.split(/[,\n;|]/)) {
    const p = raw.trim();
    if (!p || (email && p.includes(email)) || (phone && p.includes(phone))) continue;
    if (/\b(srl|spa|snc|sas|s\.r\.l|s\.p\.a)\b/i.test(p)) fields.company_name = p;
    else if (!fields.last_name)
      [fields.first_name, fields.last_name] = [p.split(' ')[0], p.split(' ').slice(1).join(' ') || null];
    else fields.job_title ??= p;
  }
  return ok({ fields, duplicates: duplicates('lead', fields) });
}
const worked = (who) =>
  [...alive('lead'), ...alive('opportunity')]
    .map(shown)
    .filter((r) => r.agenda && (who !== 'me' || r.owner_id === 1));
function agenda(q) {
  const all = worked(q.get('who') ?? 'me');
  const rows = all
    .filter((r) => r.agenda === (q.get('list') ?? 'todo'))
    .sort((a, b) => (a.next_action_at < b.next_action_at ? -1 : 1));
  const from = Number(q.get('cursor') || 0),
    n = Number(q.get('limit') || 50),
    items = rows.slice(from, from + n);
  return ok({
    items,
    next: from + n < rows.length ? String(from + n) : null,
    todo: all.filter((r) => r.agenda === 'todo').length,
    standby: all.filter((r) => r.agenda === 'standby').length,
    todo_is: 'exact',
    names: namesOf(items),
  });
}
function board(q) {
  const cols = [
    ...statuses.filter((s) => ['open', 'frozen'].includes(s.type)).map((s) => ['lead', s]),
    ...stages.map((s) => ['opportunity', s]),
  ];
  const who = q.get('who') ?? 'all';
  return ok({
    columns: cols.map(([entity, s]) => {
      const rows = alive(entity)
        .map(shown)
        .filter(
          (r) =>
            (entity === 'lead'
              ? r.status_id === s.id && !r.converted_at
              : r.stage_id === s.id && r.state === 'open') &&
            (who !== 'me' || r.owner_id === 1) &&
            (!q.get('q') || fold(`${r.title} ${r.company_name}`).includes(fold(q.get('q')))),
        );
      return {
        key: `${entity}:${s.id}`,
        entity,
        id: s.id,
        name: s.n[store.lang],
        type: s.type ?? 'open',
        count: rows.length,
        count_is: 'exact',
        sum: rows.reduce((t, r) => t + (r.amount ?? r.budget ?? 0), 0),
        currency: 'EUR',
        items: rows.slice(0, 50),
      };
    }),
    names: namesOf(alive('opportunity')),
  });
}
function kpi(q) {
  const leads = alive('lead'),
    opps = alive('opportunity');
  const sum = (a) => a.reduce((t, o) => t + (o.amount ?? 0), 0);
  const won = opps.filter((o) => o.state === 'won'),
    open = opps.filter((o) => o.state === 'open'),
    lost = opps.filter((o) => o.state === 'lost');
  const group = (all, field) =>
    all.map((x) => {
      const g = leads.filter((l) => l[field] === x.id);
      const c = g.filter((l) => l.converted_at || l.status_type === 'qualified').length;
      return {
        id: x.id,
        name: x.name,
        generated: g.length,
        converted: c,
        rate: g.length ? c / g.length : null,
        won_amount: sum(won.filter((o) => o[field] === x.id)),
      };
    });
  const c = leads.filter((l) => l.converted_at || l.status_type === 'qualified').length;
  const months = Array.from(
    { length: 12 },
    (_, i) => `${(q.get('from') ?? '2026').slice(0, 4)}-${String(i + 1).padStart(2, '0')}`,
  );
  return ok({
    from: q.get('from'),
    to: q.get('to'),
    currency: 'EUR',
    leads: {
      generated: leads.length,
      converted_cohort: c,
      rate_cohort: c / leads.length,
      converted_flow: c + 2,
      rate_flow: (c + 2) / leads.length,
      customers: won.length,
      rate_customers: won.length / leads.length,
    },
    opportunities: {
      open: open.length,
      open_amount: sum(open),
      weighted_amount: sum(open) / 2,
      won: won.length,
      won_amount: sum(won),
      lost: lost.length,
      lost_amount: sum(lost),
    },
    by_source: group(sources, 'source_id'),
    by_owner: group(users, 'owner_id'),
    by_month: months.map((month, i) => ({
      month,
      generated: leads.filter((l) => l.created_at.startsWith(month)).length,
      converted: (i * 5) % 4,
      won: won.filter((o) => o.closed_at?.startsWith(month)).length,
      lost: lost.filter((o) => o.closed_at?.startsWith(month)).length,
      won_amount: sum(won.filter((o) => o.closed_at?.startsWith(month))),
    })),
    by_status: statuses.map((s) => ({
      id: s.id,
      name: s.n[store.lang],
      type: s.type,
      count: leads.filter((l) => l.status_id === s.id).length,
    })),
    by_stage: stages.map((s) => ({
      id: s.id,
      name: s.n[store.lang],
      count: open.filter((o) => o.stage_id === s.id).length,
      amount: sum(open.filter((o) => o.stage_id === s.id)),
    })),
    contributors: users.map((u) => ({
      user_id: u.id,
      name: u.name,
      created: leads.filter((l) => l.owner_id === u.id).length,
      worked: 12,
      converted: 3,
      won: won.filter((o) => o.owner_id === u.id).length,
    })),
    definitions: {
      rate_cohort: 'Dei lead creati nel periodo, quanti sono stati convertiti fino a oggi.',
      rate_flow: 'Conversioni avvenute nel periodo divise per i lead creati nel periodo.',
      rate_customers: 'Dei lead creati nel periodo, quanti hanno portato a una vendita.',
    },
  });
}
function search(q) {
  const s = fold(q.get('q'));
  const items = ['lead', 'company', 'contact', 'opportunity'].flatMap((e) =>
    alive(e)
      .map(shown)
      .filter((r) => fold(`${r.title} ${r.company_name ?? ''} ${r.email ?? ''}`).includes(s))
      .slice(0, 5)
      .map((r) => ({ entity: e, id: r.id, title: r.title, subtitle: r.company_name ?? r.city ?? null })),
  );
  return ok({ items: s ? items : [] });
}
const page = (items, q) => {
  const from = Number(q.get('cursor') || 0),
    n = Number(q.get('limit') || 50);
  return ok({ items: items.slice(from, from + n), next: from + n < items.length ? String(from + n) : null });
};

export function answer(method, path, q, b) {
  const [head, id, tail] = path.split('/');
  if (path === 'leads/card') return card(b.text);
  if (head === 'agenda') return agenda(q);
  if (head === 'board') return board(q);
  if (head === 'search') return search(q);
  if (head === 'kpi') return kpi(q);
  if (head === 'duplicates') return ok({ items: duplicates(q.get('entity'), Object.fromEntries(q)) });
  if (head === 'operations' && tail === 'undo') return undo(Number(id), b.skip_conflicts);
  if (head === 'operations') return page(store.ops, q);
  const entity = plurals[head];
  if (!entity) return fail(404, 'not-found', 'Non esiste');
  if (!id) return method === 'GET' ? list(entity, q) : write(entity, b);
  const r = store.rows[entity]?.get(Number(id));
  if (!r) return fail(404, 'not-found', 'Non esiste, o non ti è visibile.');
  if (tail === 'timeline') return timeline(entity, r.id);
  if (tail === 'progress') return progress(r);
  if (tail === 'conversion') return conversion(r);
  if (tail === 'convert') return convert(r, b);
  if (tail === 'password') return ok({ ok: true });
  if (tail === 'restore') {
    const op = begin(`${entity}.restore`, 'Ripristinato');
    return (touch(op, r, { removed_at: null }), tell(op), ok(one(r), op));
  }
  if (tail) return verb(entity, r, tail, b);
  if (method === 'GET') return ok(one(r));
  if (method === 'DELETE') {
    const op = begin(`${entity}.remove`, `Rimosso ${titleOf(r)}`);
    return (touch(op, r, { removed_at: new Date().toISOString() }), tell(op), ok(one(r), op));
  }
  return write(entity, b, r);
}
