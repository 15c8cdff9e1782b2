// What the stand-in server says of itself: entities, fields, words in two languages.
const L = (it, en) => ({ it, en });

export const users = [
  { id: 1, name: 'Laura Rossi', initials: 'LR', active: true, team_id: 1, email: 'laura@crisalide.example' },
  { id: 2, name: 'Gino Bosio', initials: 'GB', active: true, team_id: 1, email: 'gino@crisalide.example' },
  { id: 3, name: 'Marta Ferri', initials: 'MF', active: true, team_id: 1, email: 'marta@crisalide.example' },
];
export const teams = [{ id: 1, name: 'Vendite' }];
export const sources = [
  { id: 1, name: 'Fiera di Bologna 2026' },
  { id: 2, name: 'Passaparola' },
  { id: 3, name: 'Modulo del sito' },
  { id: 4, name: 'Lista acquistata' },
];
export const statuses = [
  { id: 11, n: L('Congelato', 'Frozen'), type: 'frozen', expiry_days: 0 },
  { id: 12, n: L('Aperto', 'Open'), type: 'open', expiry_days: 7 },
  { id: 13, n: L('Da contattare', 'Attempting contact'), type: 'open', expiry_days: 5 },
  { id: 14, n: L('In lavoro', 'Working'), type: 'open', expiry_days: 15 },
  { id: 15, n: L('Qualificato', 'Qualified'), type: 'qualified', expiry_days: 0 },
  { id: 16, n: L('Cancellato', 'Junk'), type: 'not_interested', expiry_days: 0 },
  { id: 17, n: L('Abbandonato', 'Ignored'), type: 'abandoned', expiry_days: 0 },
];
export const stages = [
  { id: 21, n: L('Analisi', 'Analysis'), probability: 20 },
  { id: 22, n: L('Preventivo', 'Quote'), probability: 50 },
  { id: 23, n: L('Trattativa', 'Negotiation'), probability: 70 },
  { id: 24, n: L('Firma', 'Signature'), probability: 90 },
];
export const kinds = [
  ['call', L('Chiamata', 'Call')],
  ['email', L('Email', 'Email')],
  ['meeting', L('Incontro', 'Meeting')],
  ['demo', L('Demo', 'Demo')],
  ['quote', L('Inviare preventivo', 'Send quote')],
  ['other', L('Altro', 'Other')],
];
// name type group it en flags (l list, s sort, q quick, r required, R readonly, f filter)
const person = `first_name text person Nome|First_name q
last_name text person Cognome|Last_name sqf
job_title text person Ruolo_aziendale|Job_title lqf`;
const reach = `email email contact Email|Email lqf
email_secondary email contact Email_secondaria|Second_email
pec email contact PEC|PEC
phone phone contact Telefono|Phone lq
mobile phone contact Cellulare|Mobile`;
const place = `street text address Indirizzo|Address
postal_code text address CAP|Postcode
city text address Città|City lfs
province text address Provincia|Province f
region text address Regione|Region f
country text address Nazione|Country`;
const fiscal = `vat_number vat_number company Partita_IVA|VAT_number
tax_code tax_code company Codice_fiscale|Tax_code`;
const action = `next_action_at time sales Prossima_azione|Next_action Rlsf
next_action_kind choice sales Tipo_azione|Action_kind R
next_action_note text sales Nota_azione|Action_note R`;
const common = `owner_id link:user sales Assegnato_a|Owner lf
description longtext notes Descrizione|Description`;
const tables = {
  lead: `salutation text person Titolo|Salutation
${person}
company_name text company Ragione_sociale|Company lsqf
${reach}
website url contact Sito_internet|Website
linkedin url contact LinkedIn|LinkedIn
${place}
${fiscal}
sector text company Settore|Industry f
turnover money company Fatturato|Annual_revenue sf
turnover_currency currency company Valuta_fatturato|Revenue_currency
employees int company Dipendenti|Employees sf
need longtext sales Bisogno|Need
budget money sales Budget|Budget sf
budget_currency currency sales Valuta_budget|Budget_currency
source_id link:source origin Origine|Source lf
status_id link:lead_status sales Stato|Status Rlf
status_since time sales Nello_stato_dal|In_status_since R
temperature choice sales Temperatura|Temperature Rf
conclusion_reason text sales Motivo|Reason R
converted_at time sales Convertito_il|Converted_on R
company_id link:company sales Azienda|Company R
contact_id link:contact sales Contatto|Contact R
opportunity_id link:opportunity sales Opportunità|Opportunity R
${action}
${common}`,
  company: `name text company Ragione_sociale|Company_name rsqf
kind choice company Natura|Kind f
type choice sales Tipologia|Type Rlf
customer_code text sales Codice_cliente|Customer_code lf
${fiscal.replace('Codice_fiscale|Tax_code', 'Codice_fiscale|Tax_code').replace('VAT_number', 'VAT_number q')}
sdi_code text company Codice_destinatario|SDI_code
${reach}
emails list contact Altre_email|More_emails
phones list contact Altri_telefoni|More_phones
website url contact Sito_internet|Website q
${place}
sector text company Settore|Industry lf
turnover money company Fatturato|Annual_revenue sf
employees int company Dipendenti|Employees sf
rating int company Rating|Rating
${common}`,
  contact: `salutation text person Titolo|Salutation
${person}
company_id link:company company Azienda|Company lqf
reports_to_id link:contact company Riporta_a|Reports_to
${reach}
emails list contact Altre_email|More_emails
phones list contact Altri_telefoni|More_phones
birthday date person Compleanno|Birthday
${place}
${common}`,
  opportunity: `name text sales Nome|Name rsqf
amount money sales Valore|Amount lsqf
currency currency sales Valuta|Currency
close_on date sales Chiusura_prevista|Expected_close lsqf
probability percent sales Probabilità|Probability lsf
company_id link:company company Azienda|Company lqf
contact_id link:contact person Contatto|Contact qf
source_id link:source origin Origine|Source f
stage_id link:stage sales Fase|Stage Rlf
state choice sales Stato|State Rlf
closed_at time sales Chiusa_il|Closed_on R
lost_reason text sales Motivo_della_perdita|Lost_reason R
lead_id link:lead origin Lead_di_origine|From_lead R
${action}
${common}`,
  lead_status: `name text sales Nome|Name rlq
position int sales Ordine|Order lq
active bool sales Attivo|Active lq
expiry_days int sales Scadenza_fase_(giorni)|Deadline_(days) lq
type choice sales Tipo|Type lq`,
  source: `name text origin Nome|Name rlq`,
  user: `name text person Nome|Name rlq
email email contact Email|Email rlq`,
  activity: `kind choice sales Tipo|Kind q
subject text sales Oggetto|Subject lq
body longtext notes Testo|Text q
due_at time sales Scadenza|Due lq
done_at time sales Fatta_il|Done_on lq
owner_id link:user sales Assegnata_a|Owner lq`,
};
const choices = {
  temperature: [
    ['cold', L('Freddo', 'Cold')],
    ['warm', L('Tiepido', 'Warm')],
    ['hot', L('Caldo', 'Hot')],
  ],
  kind: [
    ['company', L('Azienda', 'Company')],
    ['public_body', L('Ente pubblico', 'Public body')],
    ['association', L('Associazione', 'Association')],
    ['sole_trader', L('Ditta individuale', 'Sole trader')],
    ['other', L('Altro', 'Other')],
  ],
  type: [
    ['potential', L('Potenziale', 'Potential')],
    ['customer', L('Cliente', 'Customer')],
  ],
  state: [
    ['open', L('Aperta', 'Open')],
    ['won', L('Vinta', 'Won')],
    ['lost', L('Persa', 'Lost')],
  ],
  next_action_kind: kinds,
};
const statusTypes = [
  ['open', L('Aperto', 'Open')],
  ['frozen', L('Congelato', 'Frozen')],
  ['qualified', L('Qualificato', 'Qualified')],
  ['not_interested', L('Non interessato', 'Not interested')],
  ['abandoned', L('Abbandonato', 'Abandoned')],
];
const activityKinds = [
  ['task', L('Compito', 'Task')],
  ['call', L('Telefonata', 'Call')],
  ['email', L('Email', 'Email')],
  ['meeting', L('Appuntamento', 'Appointment')],
  ['comment', L('Commento', 'Comment')],
];
const names = {
  lead: [
    'leads',
    L('Lead', 'Lead'),
    L('Lead', 'Leads'),
    ['move', 'next_action', 'conclude', 'convert', 'reopen'],
  ],
  company: ['companies', L('Azienda', 'Company'), L('Aziende', 'Companies'), []],
  contact: ['contacts', L('Contatto', 'Contact'), L('Contatti', 'Contacts'), []],
  opportunity: [
    'opportunities',
    L('Opportunità', 'Opportunity'),
    L('Opportunità', 'Opportunities'),
    ['move', 'next_action', 'win', 'lose', 'reopen'],
  ],
  activity: ['activities', L('Attività', 'Activity'), L('Attività', 'Activities'), []],
  lead_status: [
    'lead-statuses',
    L('Stato dei lead', 'Lead status'),
    L('Stati dei lead', 'Lead statuses'),
    [],
  ],
  source: ['sources', L('Origine', 'Source'), L('Origini', 'Sources'), []],
  user: ['users', L('Utente', 'User'), L('Utenti', 'Users'), []],
};
export const plurals = Object.fromEntries(Object.entries(names).map(([n, v]) => [v[0], n]));
plurals.stages = 'stage';

function field(entity, line, lang) {
  const [name, kind, group, words, flags = ''] = line.split(' ');
  const [type, to = null] = kind.split(':');
  const label = words.split('|')[lang === 'it' ? 0 : 1].replaceAll('_', ' ');
  let list = choices[name];
  if (entity === 'lead_status' && name === 'type') list = statusTypes;
  if (entity === 'activity' && name === 'kind') list = activityKinds;
  const has = (c) => flags.includes(c);
  return {
    name,
    type,
    label,
    group,
    to,
    required: has('r'),
    readonly: has('R'),
    list: has('l'),
    sort: has('s'),
    filter: has('f'),
    quick: has('q'),
    max: type === 'longtext' ? 10000 : 200,
    choices: type === 'choice' && list ? list.map(([value, l]) => ({ value, label: l[lang] })) : null,
    suggest:
      name === 'sector'
        ? ['Edilizia', 'Logistica', 'Alimentare', 'Meccanica']
        : name === 'lost_reason' || name === 'conclusion_reason'
          ? ['Prezzo', 'Tempi', 'Ha scelto un altro', 'Nessun bisogno']
          : null,
  };
}
export function meta(lang, me) {
  return {
    version: 'mock',
    lang,
    langs: ['it', 'en'],
    firm: { name: 'Ferri Arredi Srl', currency: 'EUR', time_zone: 'Europe/Rome', open_leads_warning: 100 },
    me,
    entities: Object.keys(names).map((name) => ({
      name,
      plural: names[name][0],
      label: names[name][1][lang],
      labels: names[name][2][lang],
      setup: ['lead_status', 'source', 'user'].includes(name),
      can: { create: true, read: 'all', write: 'all', remove: 'all', export: 'all' },
      fields: tables[name].split('\n').map((l) => field(name, l, lang)),
      verbs: names[name][3],
    })),
    action_kinds: kinds.map(([value, l]) => ({ value, label: l[lang] })),
    lead_statuses: statuses.map((s, i) => ({
      id: s.id,
      name: s.n[lang],
      type: s.type,
      position: i,
      active: true,
      expiry_days: s.expiry_days,
    })),
    stages: stages.map((s, i) => ({
      id: s.id,
      name: s.n[lang],
      position: i,
      probability: s.probability,
      active: true,
    })),
    sources,
    users: users.map(({ email: _, ...u }) => u),
    teams,
  };
}
export const fieldsOf = (entity, lang = 'it') =>
  tables[entity]?.split('\n').map((l) => field(entity, l, lang)) ?? [];
