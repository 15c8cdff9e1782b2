/* What a new workspace begins with. */
#include "crm/seed.h"

#include <string.h>

#include "base/clock.h"
#include "base/words.h"
#include "crm/demo.h"
#include "crm/entities.h"
#include "crm/firm.h"
#include "crm/pipeline.h"
#include "crm/reason.h"
#include "crm/qualification.h"
#include "crm/series.h"
#include "record/op.h"

#define YEAR (INT64_C(365) * 86400 * 1000)

/* Marketing works leads and hands them over; sales sees its own; a manager
 * sees the team's. */
static const struct {
	const char *it, *en, *rights;
} roles[] = {
	{ "Amministratore", "Admin",
		"{\"*\":{\"read\":\"all\",\"write\":\"all\",\"remove\":\"all\",\"export\":\"all\"},"
		"\"setup\":{\"read\":\"all\",\"write\":\"all\",\"remove\":\"all\",\"export\":\"all\"}}" },
	{ "Responsabile", "Manager",
		"{\"*\":{\"read\":\"team\",\"write\":\"team\",\"remove\":\"team\",\"export\":\"team\"},"
		"\"campaign\":{\"read\":\"all\",\"write\":\"team\",\"remove\":\"team\",\"export\":\"team\"},"
		"\"source\":{\"read\":\"all\",\"write\":\"all\",\"remove\":\"none\",\"export\":\"all\"}}" },
	{ "Marketing", "Marketing",
		"{\"*\":{\"read\":\"team\",\"write\":\"own\",\"remove\":\"own\",\"export\":\"none\"},"
		"\"lead\":{\"read\":\"team\",\"write\":\"team\",\"remove\":\"own\",\"export\":\"team\"},"
		"\"campaign\":{\"read\":\"all\",\"write\":\"team\",\"remove\":\"own\",\"export\":\"team\"},"
		"\"source\":{\"read\":\"all\",\"write\":\"all\",\"remove\":\"none\",\"export\":\"all\"}}" },
	{ "Vendite", "Sales",
		"{\"*\":{\"read\":\"own\",\"write\":\"own\",\"remove\":\"own\",\"export\":\"none\"},"
		"\"campaign\":{\"read\":\"all\",\"write\":\"none\",\"remove\":\"none\",\"export\":\"none\"},"
		"\"source\":{\"read\":\"all\",\"write\":\"all\",\"remove\":\"none\",\"export\":\"none\"}}" },
	{ "Sola lettura", "Read-only",
		"{\"*\":{\"read\":\"all\",\"write\":\"none\",\"remove\":\"none\",\"export\":\"none\"}}" },
};

/* The seven of S4.5-S4.11, the way forward first (S4.27). */
static const struct {
	const char *it, *en, *type;
	int expiry_days;
} statuses[] = {
	{ "Aperto", "Open", "open", 7 },
	{ "Da contattare", "Attempting contact", "open", 7 },
	{ "In lavoro", "Working", "open", 30 },
	{ "Qualificato", "Qualified", "qualified", 15 },
	{ "Congelato", "Not engaged", "frozen", 0 },
	{ "Cancellato", "Junk", "not_interested", 0 },
	{ "Abbandonato", "Ignored", "abandoned", 0 },
};

static const struct {
	const char *it, *en;
	int probability;
} stages[] = {
	{ "Analisi", "Analysis", 10 },
	{ "Proposta", "Proposal", 40 },
	{ "Trattativa", "Negotiation", 60 },
	{ "Firma", "Signature", 90 },
};

static const struct {
	const char *it, *en, *channel;
} sources[] = {
	{ "Sito web", "Web site", "web" },
	{ "Fiera", "Trade fair", "fair" },
	{ "Passaparola", "Referral", "referral" },
	{ "Lista acquistata", "Purchased list", "list" },
	{ "Telefono", "Incoming call", "phone" },
	{ "E-mail", "Incoming e-mail", "email" },
	{ "Evento", "Event", "fair" },
	{ "Social", "Social media", "social" },
	{ "Rete personale", "Own network", "network" },
};

/* S2.5-S2.8; of several rows to one field the first with a value counts. */
static const struct {
	const char *lead_field, *entity, *field;
} mappings[] = {
	{ "company_name", "company", "name" },
	{ "vat_number", "company", "vat_number" },
	{ "tax_code", "company", "tax_code" },
	{ "pec", "company", "pec" },
	{ "email", "company", "email" },
	{ "phone", "company", "phone" },
	{ "fax", "company", "fax" },
	{ "website", "company", "website" },
	{ "street", "company", "street" },
	{ "postal_code", "company", "postal_code" },
	{ "city", "company", "city" },
	{ "province", "company", "province" },
	{ "region", "company", "region" },
	{ "country", "company", "country" },
	{ "sector", "company", "sector" },
	{ "turnover", "company", "turnover" },
	{ "turnover_currency", "company", "turnover_currency" },
	{ "employees", "company", "employees" },
	{ "salutation", "contact", "salutation" },
	{ "first_name", "contact", "first_name" },
	{ "last_name", "contact", "last_name" },
	{ "job_title", "contact", "job_title" },
	{ "email", "contact", "email" },
	{ "email_secondary", "contact", "email_secondary" },
	{ "emails", "contact", "emails" },
	{ "phone", "contact", "phone" },
	{ "phone_home", "contact", "phone_home" },
	{ "mobile", "contact", "mobile" },
	{ "phones", "contact", "phones" },
	{ "linkedin", "contact", "linkedin" },
	{ "street", "contact", "street" },
	{ "postal_code", "contact", "postal_code" },
	{ "city", "contact", "city" },
	{ "province", "contact", "province" },
	{ "region", "contact", "region" },
	{ "country", "contact", "country" },
	{ "need", "opportunity", "name" },
	{ "description", "opportunity", "description" },
	{ "budget", "opportunity", "amount" },
	{ "budget_currency", "opportunity", "currency" },
	{ "source_id", "opportunity", "source_id" },
};

/* Round figures to begin with; the firm keeps them up to date. */
static const struct {
	const char *currency;
	int64_t millionths;
} rates[] = {
	{ "USD", 900000 },
	{ "GBP", 1160000 },
	{ "CHF", 1050000 },
};

static bool make_roles(struct ctx *cx, int64_t *admin)
{
	for (size_t i = 0; i < COUNT(roles); i++) {
		struct record *role = record_new(cx, &role_entity);

		record_set_text(role, "name_it", roles[i].it);
		record_set_text(role, "name_en", roles[i].en);
		record_set_text(role, "rights", roles[i].rights);
		if (!record_store(cx, role))
			return false;
		if (!i)
			*admin = role->id;
	}
	return true;
}

static bool make_statuses(struct ctx *cx)
{
	for (size_t i = 0; i < COUNT(statuses); i++) {
		struct record *status = record_new(cx, &lead_status_entity);

		record_set_text(status, "name_it", statuses[i].it);
		record_set_text(status, "name_en", statuses[i].en);
		record_set_text(status, "type", statuses[i].type);
		record_set(status, "position", v_int((int64_t)i + 1));
		record_set(status, "expiry_days", v_int(statuses[i].expiry_days));
		if (!record_store(cx, status))
			return false;
	}
	return true;
}

static bool make_stages(struct ctx *cx)
{
	for (size_t i = 0; i < COUNT(stages); i++) {
		struct record *stage = record_new(cx, &stage_entity);

		record_set_text(stage, "name_it", stages[i].it);
		record_set_text(stage, "name_en", stages[i].en);
		record_set(stage, "position", v_int((int64_t)i + 1));
		record_set(stage, "probability", v_int(stages[i].probability));
		if (!record_store(cx, stage))
			return false;
	}
	return true;
}

static bool make_sources(struct ctx *cx)
{
	for (size_t i = 0; i < COUNT(sources); i++) {
		struct record *source = record_new(cx, &source_entity);

		record_set_text(
			source, "name", cx->lang == LANG_IT ? sources[i].it : sources[i].en);
		record_set_text(source, "channel", sources[i].channel);
		if (!record_store(cx, source))
			return false;
	}
	return true;
}

static bool make_mappings(struct ctx *cx)
{
	for (size_t i = 0; i < COUNT(mappings); i++) {
		struct record *mapping = record_new(cx, &mapping_entity);

		record_set_text(mapping, "lead_field", mappings[i].lead_field);
		record_set_text(mapping, "entity", mappings[i].entity);
		record_set_text(mapping, "field", mappings[i].field);
		record_set(mapping, "position", v_int((int64_t)i + 1));
		if (!record_store(cx, mapping))
			return false;
	}
	return true;
}

static bool make_rates(struct ctx *cx)
{
	char day[DATE_TEXT];

	date_of(cx->now, cx->zone, day);
	memcpy(day + 5, "01-01", 5);
	for (size_t i = 0; i < COUNT(rates); i++) {
		struct record *rate = record_new(cx, &rate_entity);

		record_set_text(rate, "currency", rates[i].currency);
		record_set_text(rate, "day", day);
		record_set(rate, "rate", v_int(rates[i].millionths));
		if (!record_store(cx, rate))
			return false;
	}
	return true;
}

static bool make_series(struct ctx *cx)
{
	struct record *series = record_new(cx, &series_entity);

	record_set_text(series, "name", SERIES_CUSTOMERS);
	record_set_text(series, "pattern", "C{n:5}");
	return record_store(cx, series);
}

static bool make_admin(struct ctx *cx, const struct seed *s, int64_t role)
{
	struct record *user = record_new(cx, &user_entity);
	const char *name = s->name && *s->name
				   ? s->name
				   : textf(cx, "%.*s", (int)strcspn(s->email, "@"), s->email);

	record_set_text(user, "email", s->email);
	record_set_text(user, "name", name);
	record_set_text(user, "lang", s->lang);
	record_set_text(user, "password_hash", s->password_hash);
	record_set(user, "role_id", v_int(role));
	return record_store(cx, user);
}

static bool must_be_new(struct ctx *cx)
{
	int64_t users;

	return db_int(cx, &users, 0, "select count(*) from member where ws = $1",
		       ARGS(v_int(cx->ws))) &&
	       (!users || refuse(cx, PROBLEM_CONFLICT, "seed.twice"));
}

static bool read_seed(struct ctx *cx, const struct seed *s)
{
	const char *at = strchr(s->email, '@');
	bool ok = true;

	if (!at || at == s->email || !strchr(at, '.') || strlen(s->email) > 254)
		ok = refuse_field(cx, "email", "field.email");
	if (!lang_read(s->lang, &cx->lang))
		ok = refuse_field(cx, "lang", "field.choice");
	return ok;
}

static bool lay_foundations(struct ctx *cx, const struct seed *s)
{
	int64_t admin = 0;

	bool ok = op_begin(cx, "seed") && must_be_new(cx) &&
		  firm_found(cx, s->firm ? s->firm : "", s->lang) && make_roles(cx, &admin) &&
		  make_statuses(cx) && pipeline_found(cx) && make_stages(cx) && reasons_found(cx) &&
		  make_sources(cx) && make_mappings(cx) && make_rates(cx) && make_series(cx) &&
		  qualification_found(cx) && make_admin(cx, s, admin);

	return op_end(cx, ok);
}

/* The invented firm has a year behind it, so its workspace begins then: what
 * is made later has later ids. */
bool seed_workspace(struct ctx *cx, const struct seed *s)
{
	int64_t now = cx->now;
	bool ok;

	if (s->demo)
		cx->now -= YEAR;
	ok = tx_begin(cx) && read_seed(cx, s) && lay_foundations(cx, s) &&
	     (!s->demo || demo_fill(cx, now, s->password_hash));
	cx->now = now;
	return tx_end(cx, ok);
}
