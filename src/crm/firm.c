/* The firm's own settings and people, as records need them. */
#include "crm/firm.h"

#include "base/arena.h"
#include "base/clock.h"
#include "crm/headings.h"
#include "crm/lead_renewal.h"
#include "crm/mail_server.h"
#include "crm/naming.h"
#include "record/op.h"
#include "record/schema.h"

static const struct choice langs[] = {
	{ "it", "Italiano", "Italian" },
	{ "en", "Inglese", "English" },
	{ NULL },
};

static const struct choice spoken[] = {
	{ "both", "Italiano e inglese", "Italian and English" },
	{ "it", "Solo italiano", "Italian alone" },
	{ "en", "Solo inglese", "English alone" },
	{ NULL },
};

/* S2.43: whom offers, invoices and support are addressed to. */
static const struct choice models[] = {
	{ "both", "Aziende e privati", "Companies and private persons" },
	{ "b2b", "Aziende (B2B)", "Companies (B2B)" },
	{ "b2c", "Privati (B2C)", "Private persons (B2C)" },
	{ NULL },
};

static const struct choice securities[] = {
	{ "starttls", "STARTTLS", "STARTTLS" },
	{ "tls", "TLS", "TLS" },
	{ "none", "Nessuna (solo su questo computer)", "None (this computer alone)" },
	{ NULL },
};

static const struct field fields[] = {
	{ "name", FIELD_TEXT, "Ragione sociale", "Company name", "company", .max = 250,
		.list = true },
	{ "vat_number", FIELD_VAT, "Partita IVA", "VAT number", "company", .max = 40 },
	{ "tax_code", FIELD_TAX_CODE, "Codice fiscale", "Tax code", "company", .max = 40 },
	{ "email", FIELD_EMAIL, "E-mail", "E-mail", "contact", .max = 254 },
	{ "pec", FIELD_EMAIL, "PEC", "Certified e-mail (PEC)", "contact", .max = 254 },
	{ "phone", FIELD_PHONE, "Telefono", "Phone", "contact", .max = 200 },
	{ "website", FIELD_URL, "Sito internet", "Website", "contact", .max = 500 },
	{ "street", FIELD_TEXT, "Indirizzo", "Address", "address", .max = 250 },
	{ "postal_code", FIELD_TEXT, "CAP", "Postcode", "address", .max = 20 },
	{ "city", FIELD_TEXT, "Città", "City", "address", .max = 100 },
	{ "province", FIELD_TEXT, "Provincia", "Province", "address", .max = 100 },
	{ "country", FIELD_TEXT, "Nazione", "Country", "address", .max = 100 },
	{ "languages", FIELD_CHOICE, "Lingue in uso", "Languages in use", "habits",
		.choices = spoken, .required = true, .initial = "both" },
	{ "lang", FIELD_CHOICE, "Lingua dei nuovi utenti e dei testi in uscita",
		"Language of new users and of texts that go out", "habits", .choices = langs,
		.required = true, .initial = "it" },
	{ "time_zone", FIELD_TEXT, "Fuso orario", "Time zone", "habits", .max = 60,
		.required = true, .initial = "Europe/Rome" },
	{ "currency", FIELD_CURRENCY, "Valuta di base", "Base currency", "habits", .max = 3,
		.required = true, .initial = "EUR" },
	{ "business_model", FIELD_CHOICE, "A chi vende", "Sells to", "sales", .choices = models,
		.required = true, .initial = "both" },
	{ "open_leads_warning", FIELD_INT, "Lead aperti a persona: avvisa oltre",
		"Open leads a person: warn above", "sales", .required = true, .initial = "100" },
	{ "hot_days", FIELD_INT, "Una richiesta d'acquisto scalda per giorni",
		"A purchase request is hot for days", "sales", .initial = "14" },
	{ "answer_days", FIELD_INT, "Una risposta di chi è in profilo scalda per giorni",
		"An answer of a qualified profile is hot for days", "sales", .initial = "7" },
	{ "cold_days", FIELD_INT, "Freddo dopo giorni di silenzio", "Cold after days of silence",
		"sales", .initial = "30" },
	{ "base_url", FIELD_TEXT, "Indirizzo di Crisalide (per i link nelle e-mail)",
		"Address of Crisalide (for links in e-mails)", "sender", .max = 200 },
	{ "mail_from", FIELD_EMAIL, "Indirizzo del mittente", "Sender's address", "sender",
		.max = 254 },
	{ "mail_from_name", FIELD_TEXT, "Nome del mittente", "Sender's name", "sender",
		.max = 100 },
	{ "smtp_host", FIELD_TEXT, "Server SMTP", "SMTP server", "mail", .max = 253 },
	{ "smtp_port", FIELD_INT, "Porta", "Port", "mail", .initial = "587" },
	{ "smtp_security", FIELD_CHOICE, "Sicurezza", "Security", "mail", .choices = securities,
		.initial = "starttls" },
	{ "smtp_user", FIELD_TEXT, "Utente SMTP", "SMTP user", "mail", .max = 254 },
	{ "smtp_password", FIELD_TEXT, "Password SMTP", "SMTP password", "mail", .max = 2000,
		.secret = true },
	{ "smtp_password_set", FIELD_BOOL, "Password SMTP impostata", "SMTP password is set",
		"password", .readonly = true, .derived = true },
	{ "mails_per_minute", FIELD_INT, "E-mail al minuto, al massimo", "E-mails a minute at most",
		"mail", .initial = "60" },
	{ "soft_spam", FIELD_BOOL,
		"Campagne ai clienti senza consenso (art. 130 c. 4 D.Lgs. 196/2003)",
		"Campaigns to customers without consent (art. 130 par. 4 Italian D.Lgs. 196/2003)",
		"campaign", .initial = "0" },
	{ "renewal_notice_days", FIELD_INT, "Rinnovi: da fare quanti giorni prima",
		"Renewals: to do how many days before", "sales", .initial = "30" },
	{ "simple_mode", FIELD_BOOL, "Modalità semplice: si vince e si perde dal lead",
		"Simple mode: won and lost from the lead", "sales", .initial = "0" },
};

static bool must_stay(struct ctx *cx, const struct record *firm)
{
	int64_t others;

	if (record_has(firm, "removed_at"))
		return refuse(cx, PROBLEM_CONFLICT, "firm.stays");
	if (firm->was)
		return true;
	return db_int(cx, &others, 0, "select count(*) from firm where ws = $1",
		       ARGS(v_int(cx->ws))) &&
	       (!others || refuse(cx, PROBLEM_CONFLICT, "firm.one"));
}

/* By these leads are hot or cold: all are reckoned anew. */
static bool must_be_days(struct ctx *cx, const struct record *firm)
{
	static const char *const days[] = { "hot_days", "answer_days", "cold_days" };
	bool changed = false;

	for (size_t i = 0; i < COUNT(days); i++) {
		int64_t n = record_int(firm, days[i]);

		if (record_has(firm, days[i]) && (n < 1 || n > 3650))
			refuse_field(cx, days[i], "firm.days");
		changed = changed || record_changed(firm, days[i]);
	}
	return !cx->problem.kind && (!changed || lead_renewal_ask(cx));
}

static bool check(struct ctx *cx, struct record *firm)
{
	int64_t leads = record_int(firm, "open_leads_warning");
	int64_t notice = record_int(firm, "renewal_notice_days");

	if (leads < 1 || leads > 1000000)
		refuse_field(cx, "open_leads_warning", "firm.open_leads");
	mail_server_check(cx, firm);
	if (notice < 0 || notice > 365)
		refuse_field(cx, "renewal_notice_days", "firm.renewal_notice");
	return firm_habits_check(cx, firm) && must_be_days(cx, firm) && must_stay(cx, firm);
}

static const char *title(struct ctx *cx, const struct record *firm)
{
	(void)cx;
	return record_text(firm, "name");
}

static void derive(struct ctx *cx, struct record *firm)
{
	(void)cx;
	record_set(firm, "smtp_password_set", v_int(record_has(firm, "smtp_password")));
}

const struct entity firm_entity = {
	.name = "firm",
	.plural = "settings",
	.it = "Impostazioni",
	.en = "Settings",
	.its = "Impostazioni",
	.ens = "Settings",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.shapes = true,
	.check = check,
	.title = title,
	.derive = derive,
};

/* A setting that is newer than the workspace is as it begins. */
static void fill_new_settings(struct ctx *cx, struct record *firm)
{
	const struct record *begin = record_new(cx, &firm_entity);

	for (size_t i = 0; i < firm->of->field_count; i++)
		if (firm->v[i].type == VAL_NULL)
			firm->v[i] = begin->v[i];
}

bool firm_load(struct ctx *cx, struct record **firm)
{
	int64_t id;

	*firm = ctx_recall(cx, "the firm");
	if (*firm)
		return true;
	if (!db_int(cx, &id, 0, "select min(id) from firm where ws = $1", ARGS(v_int(cx->ws))) ||
		!record_find(cx, &firm_entity, "id", v_int(id), firm))
		return false;
	if (!*firm) {
		*firm = record_new(cx, &firm_entity);
		return true;
	}
	fill_new_settings(cx, *firm);
	ctx_keep(cx, "the firm", *firm);
	return true;
}

/* What older workspaces kept in the table setting. */
static bool take_over(struct ctx *cx, struct record *firm)
{
	static const struct {
		const char *setting, *field;
	} old[] = {
		{ "firm", "name" },
		{ "lang", "lang" },
		{ "time_zone", "time_zone" },
		{ "currency", "currency" },
	};

	for (size_t i = 0; i < COUNT(old); i++) {
		const char *value;

		if (!setting_get(cx, old[i].setting, "", &value))
			return false;
		if (*value)
			record_set_text(firm, old[i].field, value);
	}
	return true;
}

bool firm_found(struct ctx *cx, const char *name, const char *lang)
{
	struct record *firm;

	if (!firm_load(cx, &firm))
		return false;
	if (firm->id)
		return true;
	record_set_text(firm, "name", name);
	record_set_text(firm, "time_zone", cx->zone);
	if (*lang)
		record_set_text(firm, "lang", lang);
	return take_over(cx, firm) && record_store(cx, firm);
}

bool firm_currency(struct ctx *cx, const char **code)
{
	struct record *firm;

	if (!firm_load(cx, &firm))
		return false;
	*code = record_text(firm, "currency");
	return true;
}

bool currency_beside(struct ctx *cx, struct record *rec, const char *money, const char *currency)
{
	const char *code;

	if (!record_has(rec, money) || record_has(rec, currency))
		return true;
	if (!firm_currency(cx, &code))
		return false;
	record_set_text(rec, currency, code);
	return true;
}

/* Without a user, the first there is. */
static bool first_user(struct ctx *cx, int64_t **id)
{
	*id = ctx_recall(cx, "the first user");
	if (*id)
		return true;
	*id = arena_alloc(cx->mem, sizeof(**id));
	if (!db_int(cx, *id, 0,
		    "select min(id) from member where ws = $1 and active = 1"
		    " and removed_at is null",
		    ARGS(v_int(cx->ws))))
		return false;
	ctx_keep(cx, "the first user", *id);
	return true;
}

bool owner_complete(struct ctx *cx, struct record *rec)
{
	int64_t own = cx->who ? cx->who->id : 0;
	int64_t *id = &own;

	if (record_has(rec, "owner_id"))
		return true;
	if (!own && !first_user(cx, &id))
		return false;
	record_set(rec, "owner_id", v_id(*id));
	return true;
}

bool must_be_a_colleague(struct ctx *cx, int64_t user_id)
{
	int64_t found;

	return db_int(cx, &found, 0,
		       "select count(*) from member where ws = $1 and id = $2"
		       " and active = 1 and removed_at is null",
		       ARGS(v_int(cx->ws), v_int(user_id))) &&
	       (found || refuse_field(cx, "owner_id", "field.link"));
}
