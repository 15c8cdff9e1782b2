// Invented Italian firms and people, always the same ones.
import { sources, stages, statuses, users } from './mock-meta.mjs';

const first = 'Marco Giulia Paolo Elena Davide Chiara Luca Anna Matteo Sara Pietro Irene Carlo Silvia'.split(
  ' ',
);
const last =
  'Bianchi Ferrari Conti Greco Costa Gallo Ricci Marino Villa Serra Longo Riva Fontana Testa'.split(' ');
const firms = 'Alpi Vesuvio Lario Adria Nova Etna Delta Tecno Po Brenta Euganea Ligure'.split(' ');
const kinds = ['Impianti', 'Arredi', 'Logistica', 'Alimentari', 'Meccanica', 'Grafica', 'Edilizia'];
const cities = [
  ['Milano', 'MI', '02'],
  ['Torino', 'TO', '011'],
  ['Bologna', 'BO', '051'],
  ['Verona', 'VR', '045'],
  ['Napoli', 'NA', '081'],
  ['Bari', 'BA', '080'],
];
let seed = 7;
const rnd = (n) => (seed = (seed * 48271) % 2147483647) % n;
const pick = (a) => a[rnd(a.length)];
const iso = (days, h = 9) =>
  new Date(Date.now() + days * 864e5 - (Date.now() % 864e5) + h * 36e5).toISOString().replace('.000', '');
const kinds6 = ['call', 'email', 'meeting', 'demo', 'quote'];

const firm = () => `${pick(firms)} ${pick(kinds)} ${pick(['Srl', 'SpA', 'Snc'])}`;
function who() {
  const a = pick(first),
    b = pick(last),
    [city, province, code] = pick(cities);
  const tail = String(1000000 + rnd(8999999));
  return {
    first_name: a,
    last_name: b,
    city,
    province,
    phone: `${code} ${tail.slice(0, 7)}`,
    phone_e164: `+39${code}${tail.slice(0, 7)}`,
    email: `${a}.${b}@example.it`.toLowerCase(),
    job_title: pick(['Titolare', 'Responsabile acquisti', 'Direttore tecnico', 'Amministratrice']),
  };
}
const next = (open) =>
  open
    ? {
        next_action_at: iso(pick([-4, -3, -1, 0, 0, 1, 2, 4, 9]), 8),
        next_action_kind: pick(kinds6),
        next_action_note: pick([null, 'Chiedere i tempi di consegna', 'Mandare il catalogo', null]),
      }
    : { next_action_at: null, next_action_kind: null, next_action_note: null };

export function fill(make) {
  for (let i = 0; i < 26; i++) {
    const p = who();
    make('company', {
      name: firm(),
      type: rnd(3) ? 'potential' : 'customer',
      customer_code: null,
      kind: 'company',
      vat_number: null,
      email: p.email.replace(/.*@/, 'info@'),
      phone: p.phone,
      phone_e164: p.phone_e164,
      city: p.city,
      province: p.province,
      sector: pick(kinds),
      turnover: rnd(900) * 10000,
      employees: rnd(240),
      owner_id: pick(users).id,
    });
  }
  const companies = make.all('company');
  for (const c of companies) if (c.type === 'customer') c.customer_code = `C${String(c.id).padStart(5, '0')}`;
  for (let i = 0; i < 40; i++)
    make('contact', { ...who(), company_id: pick(companies).id, owner_id: pick(users).id });
  for (let i = 0; i < 60; i++) {
    const c = pick(companies),
      stage = pick(stages),
      open = rnd(5) > 0;
    make(
      'opportunity',
      {
        name: pick([
          'Fornitura arredi',
          'Impianto fotovoltaico',
          'Rinnovo licenze',
          'Manutenzione annuale',
          'Sito e-commerce',
        ]),
        amount: (1 + rnd(200)) * 250,
        currency: 'EUR',
        close_on: iso(rnd(90)).slice(0, 10),
        probability: stage.probability,
        company_id: c.id,
        contact_id: null,
        source_id: pick(sources).id,
        owner_id: pick([users[0], users[0], pick(users)]).id,
        stage_id: stage.id,
        state: open ? 'open' : pick(['won', 'lost']),
        closed_at: open ? null : iso(-rnd(200)),
        lost_reason: null,
        lead_id: null,
        ...next(open),
      },
      -rnd(250),
    );
  }
  for (let i = 0; i < 120; i++) {
    const p = who(),
      s = pick([...statuses, ...statuses.slice(1, 4)]),
      open = s.type === 'open';
    make(
      'lead',
      {
        ...p,
        company_name: rnd(8) ? firm() : null,
        sector: pick(kinds),
        turnover: rnd(400) * 10000,
        turnover_currency: 'EUR',
        employees: rnd(150),
        budget: rnd(3) ? (1 + rnd(120)) * 500 : null,
        budget_currency: 'EUR',
        source_id: pick(sources).id,
        owner_id: pick([users[0], users[0], pick(users)]).id,
        status_id: s.id,
        status_type: s.type,
        status_since: iso(-rnd(12)),
        temperature: pick(['cold', 'warm', 'hot']),
        conclusion_reason: s.type === 'not_interested' ? 'Prezzo' : null,
        converted_at: null,
        company_id: null,
        contact_id: null,
        opportunity_id: null,
        need: null,
        vat_number: i % 9 ? null : '01234567890',
        ...next(open),
      },
      -rnd(250),
    );
  }
}
