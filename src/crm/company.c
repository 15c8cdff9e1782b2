/* A company, potential or customer. */
#include "crm/company.h"

#include <string.h>

#include "crm/firm.h"
#include "crm/headings.h"
#include "crm/naming.h"
#include "crm/series.h"
#include "record/op.h"

static const struct choice kinds[] = {
	{ "company", "Azienda", "Company" },
	{ "public_body", "Ente pubblico", "Public body" },
	{ "association", "Associazione", "Association" },
	{ "sole_trader", "Ditta individuale", "Sole trader" },
	{ "other", "Altro", "Other" },
	{ NULL },
};

static const struct choice types[] = {
	{ "potential", "Azienda potenziale", "Potential company" },
	{ "customer", "Azienda cliente", "Customer company" },
	{ NULL },
};

static const struct field fields[] = {
	{ "name", FIELD_TEXT, "Ragione sociale", "Company name", "company", .max = 250,
		.required = true, .searchable = true, .quick = true, .match = 'n',
		.also = ALSO_COMPANY_NAME "|Nome|Azienda|Name|Company" },
	{ "kind", FIELD_CHOICE, "Natura", "Kind", "company", .choices = kinds, .required = true,
		.initial = "company",
		.also = "Forma|Tipo di soggetto|Natura giuridica|Type of organisation" },
	{ "type", FIELD_CHOICE, "Tipologia", "Type", "company", .choices = types, .required = true,
		.initial = "potential", .readonly = true, .list = true },
	{ "customer_code", FIELD_TEXT, "Codice cliente", "Customer code", "company", .max = 40,
		.unique = true, .searchable = true, .list = true,
		.also = "Cod. cliente|Codice anagrafica|Codice gestionale|Cod. gestionale|Customer Number|"
			"Customer No|Customer No.|Customer ID|Account Number|Account No|ERP Code|Client Code" },
	{ "vat_number", FIELD_VAT, "Partita IVA", "VAT number", "company", .max = 40, .quick = true,
		.searchable = true, .match = 'v', .also = ALSO_VAT },
	{ "tax_code", FIELD_TAX_CODE, "Codice fiscale", "Tax code", "company", .max = 40,
		.searchable = true, .match = 't', .also = ALSO_TAX_CODE },
	{ "sdi_code", FIELD_TEXT, "Codice destinatario", "SDI recipient code", "company", .max = 7,
		.also = "Codice SDI|Codice univoco|Cod. destinatario|SDI|Codice univoco ufficio|"
			"Recipient Code|SDI Code" },
	{ "pec", FIELD_EMAIL, "PEC", "Certified e-mail (PEC)", "contact", .max = 254,
		.searchable = true, .match = 'e', .also = ALSO_PEC },
	{ "email", FIELD_EMAIL, "E-mail", "E-mail", "contact", .max = 254, .list = true,
		.quick = true, .searchable = true, .match = 'e', .also = ALSO_EMAIL },
	{ "email_secondary", FIELD_EMAIL, "E-mail secondaria", "Second e-mail", "contact",
		.max = 254, .searchable = true, .match = 'e', .also = ALSO_EMAIL_2 },
	{ "emails", FIELD_LIST, "Altre e-mail", "More e-mails", "contact", .searchable = true,
		.match = 'e' },
	{ "phone", FIELD_PHONE, "Telefono", "Phone", "contact", .max = 200, .list = true,
		.quick = true, .searchable = true, .match = 'p',
		.also = ALSO_PHONE "|Telefono ufficio" },
	{ "phones", FIELD_LIST, "Altri telefoni", "More phones", "contact", .searchable = true,
		.match = 'p' },
	{ "fax", FIELD_PHONE, "Fax", "Fax", "contact", .max = 200, .also = ALSO_FAX },
	{ "website", FIELD_URL, "Sito internet", "Website", "contact", .max = 500, .quick = true,
		.also = ALSO_WEBSITE },
	{ "street", FIELD_TEXT, "Indirizzo", "Address", "address", .max = 250,
		.also = ALSO_STREET },
	{ "postal_code", FIELD_TEXT, "CAP", "Postcode", "address", .max = 20,
		.also = ALSO_POSTAL_CODE },
	{ "city", FIELD_TEXT, "Città", "City", "address", .max = 100, .list = true, .quick = true,
		.searchable = true, .also = ALSO_CITY },
	{ "province", FIELD_TEXT, "Provincia", "Province", "address", .max = 100, .list = true,
		.also = ALSO_PROVINCE },
	{ "region", FIELD_TEXT, "Regione", "Region", "address", .max = 100, .also = ALSO_REGION },
	{ "country", FIELD_TEXT, "Nazione", "Country", "address", .max = 100,
		.also = ALSO_COUNTRY "|Stato" },
	{ "sector", FIELD_TEXT, "Settore", "Industry", "company", .max = 150, .list = true,
		.also = ALSO_SECTOR },
	{ "turnover", FIELD_MONEY, "Fatturato", "Annual revenue", "company",
		.also = ALSO_TURNOVER },
	{ "turnover_currency", FIELD_CURRENCY, "Valuta del fatturato", "Revenue currency",
		"company", .max = 3, .also = ALSO_TURNOVER_CURRENCY },
	{ "employees", FIELD_INT, "Numero dipendenti", "Employees", "company",
		.also = ALSO_EMPLOYEES },
	{ "rating", FIELD_TEXT, "Rating", "Rating", "sales", .max = 40,
		.also = "Valutazione|Account Rating" },
	{ "financial_rating", FIELD_TEXT, "Rating finanziario", "Credit rating", "sales", .max = 40,
		.also = "Affidabilità|Classe di rischio|Merito creditizio|Credit Score" },
	{ "owner_id", FIELD_LINK, "Assegnato a", "Assigned to", "origin", .to = &user_entity,
		.required = true, .list = true, .also = ALSO_OWNER },
	{ "description", FIELD_LONGTEXT, "Descrizione", "Description", "notes",
		.also = ALSO_DESCRIPTION },
	{ "became_customer_at", FIELD_TIME, "Cliente dal", "Customer since", "sales",
		.readonly = true },
	/* kept apart so that a code given by the ERP is never thrown away */
	{ "code_generated", FIELD_BOOL, "Codice cliente assegnato dal programma",
		"Customer code made by the program", "sales", .readonly = true },
	{ "former_customer_code", FIELD_TEXT, "Codice cliente precedente", "Former customer code",
		"sales", .max = 40, .searchable = true, .readonly = true },
	{ "merged_into_id", FIELD_LINK, "Unita a", "Merged into", "origin", .to = &company_entity,
		.readonly = true },
};

/* On a potential company there is no code (S1.22, C11), on both engines. */
static const char constraints[] = "check (customer_code is null or type = 'customer')";

static bool is(const struct record *rec, const struct val *v, const char *field, const char *value)
{
	const struct val *found = v ? &v[record_at(rec, field)] : NULL;

	return found && found->type == VAL_TEXT && !strcmp(found->s, value);
}

bool company_wins(struct ctx *cx, int64_t id, int64_t *n)
{
	return db_int(cx, n, 0,
		"select count(*) from opportunity o where o.ws = $1"
		" and o.company_id = $2 and o.state = 'won' and o.removed_at is null",
		ARGS(v_int(cx->ws), v_int(id)));
}

static bool takes_back_merge(struct ctx *cx, bool *is)
{
	int64_t n = 0;
	bool ok = db_int(cx, &n, 0,
		"select count(*) from op where ws = $1 and id = $2 and kind = 'record.merge'",
		ARGS(v_int(cx->ws), v_int(cx->op->undoes)));

	*is = n > 0;
	return ok;
}

/* Undoing a win leaves what it is a company that has won others since, or
 * whose code somebody gave (C11, C12). */
static bool keep_customer(struct ctx *cx, struct record *company)
{
	static const char *const kept[] = {
		"type",
		"customer_code",
		"became_customer_at",
		"code_generated",
		"former_customer_code",
	};
	int64_t wins;
	bool merge;

	if (!cx->op || !cx->op->undoes || !is(company, company->was, "type", "customer") ||
		!record_is(company, "type", "potential"))
		return true;
	if (!company_wins(cx, company->id, &wins) || !takes_back_merge(cx, &merge))
		return false;
	if (!wins && merge)
		return true;
	if (!wins && company->was[record_at(company, "code_generated")].i)
		return true;
	for (size_t i = 0; i < COUNT(kept); i++) {
		size_t at = record_at(company, kept[i]);

		/* the code came with the one it is parted from, and goes back to it */
		if (!merge || strcmp(kept[i], "customer_code") != 0)
			company->v[at] = company->was[at];
	}
	return true;
}

static bool code_of_customers(struct ctx *cx, const struct record *company)
{
	if (!record_has(company, "customer_code") || record_is(company, "type", "customer"))
		return true;
	return refuse_field(cx, "customer_code", "company.code_of_potential");
}

static bool check(struct ctx *cx, struct record *company)
{
	return currency_beside(cx, company, "turnover", "turnover_currency") &&
	       (company->was || company_complete(cx, company)) && keep_customer(cx, company) &&
	       code_of_customers(cx, company);
}

static const char *title(struct ctx *cx, const struct record *company)
{
	(void)cx;
	return record_text(company, "name");
}

static const char *subtitle(struct ctx *cx, const struct record *company)
{
	return both(cx, record_text(company, "city"), record_text(company, "customer_code"));
}

static const char *const verbs[] = { "potential", "merge", NULL };
static const char *const indexes[] = { "merged_into_id where merged_into_id is not null", NULL };

const struct entity company_entity = {
	.name = "company",
	.plural = "companies",
	.it = "Azienda",
	.en = "Company",
	.its = "Aziende",
	.ens = "Companies",
	.fields = fields,
	.field_count = COUNT(fields),
	.extensible = true,
	.owned = true,
	.constraints = constraints,
	.indexes = indexes,
	.verbs = verbs,
	.check = check,
	.title = title,
	.join = company_join,
	.subtitle = subtitle,
};

/* One that is made with a code comes from the ERP: a customer already. */
bool company_complete(struct ctx *cx, struct record *company)
{
	if (record_has(company, "customer_code") && !record_is(company, "type", "customer")) {
		record_set_text(company, "type", "customer");
		record_set(company, "became_customer_at", v_int(cx->now));
		record_set(company, "code_generated", v_int(0));
	}
	return owner_complete(cx, company);
}

static bool may_have_code(struct ctx *cx, const struct record *company, const char *code)
{
	if (!*code || !record_is(company, "type", "customer") ||
		record_is(company, "customer_code", code))
		return true;
	return refuse_field(
		cx, "customer_code", "company.has_code", record_text(company, "customer_code"));
}

static bool find_holder(
	struct ctx *cx, const struct record *company, const char *code, struct record **other)
{
	if (!record_find(cx, &company_entity, "customer_code", v_text(code), other))
		return false;
	if (*other && (*other)->id == company->id)
		*other = NULL;
	return true;
}

static bool code_must_be_free(struct ctx *cx, const struct record *company, const char *code)
{
	struct record *other;

	if (!find_holder(cx, company, code, &other))
		return false;
	if (!other)
		return true;
	refuse(cx, PROBLEM_CONFLICT, "company.code_taken", code);
	return refuse_field(cx, "customer_code", "company.code_taken", code);
}

/* The next of the series that nobody was given by hand. */
static bool generate(struct ctx *cx, const struct record *company, const char **code)
{
	struct record *other;

	do
		if (!series_next(cx, SERIES_CUSTOMERS, code) ||
			!find_holder(cx, company, *code, &other))
			return false;
	while (other);
	return true;
}

/* The code given, else the one it had from the ERP, else a new one. */
static bool choose_code(struct ctx *cx, struct record *company, const char *code)
{
	bool generated = !*code && !record_has(company, "former_customer_code");

	if (!*code)
		code = record_text(company, "former_customer_code");
	if (generated ? !generate(cx, company, &code) : !code_must_be_free(cx, company, code))
		return false;
	record_set_text(company, "customer_code", code);
	record_set(company, "code_generated", v_int(generated));
	record_set(company, "former_customer_code", v_null());
	return true;
}

bool company_become_customer(struct ctx *cx, struct record *company, const char *code, bool *became)
{
	*became = record_is(company, "type", "potential");
	if (!may_have_code(cx, company, code))
		return false;
	if (!*became)
		return true;
	record_set_text(company, "type", "customer");
	record_set(company, "became_customer_at", v_int(cx->now));
	return choose_code(cx, company, code) && record_store(cx, company);
}

static bool must_be_customer(struct ctx *cx, const struct record *company)
{
	return record_is(company, "type", "customer") ||
	       refuse(cx, PROBLEM_CONFLICT, "company.is_potential");
}

static bool must_have_no_win(struct ctx *cx, const struct record *company)
{
	int64_t wins;

	return company_wins(cx, company->id, &wins) &&
	       (!wins || refuse(cx, PROBLEM_CONFLICT, "company.has_won"));
}

static bool give_up_code(struct record *company)
{
	if (!record_int(company, "code_generated"))
		record_set_text(
			company, "former_customer_code", record_text(company, "customer_code"));
	record_set_text(company, "type", "potential");
	record_set(company, "customer_code", v_null());
	record_set(company, "became_customer_at", v_null());
	record_set(company, "code_generated", v_null());
	return true;
}

bool company_potential(struct ctx *cx, int64_t id, struct record **company)
{
	bool ok = op_begin(cx, "company.potential") &&
		  record_load(cx, &company_entity, id, RIGHT_WRITE, company) &&
		  must_be_customer(cx, *company) && must_have_no_win(cx, *company) &&
		  give_up_code(*company) && record_store(cx, *company);

	return op_end(cx, ok);
}
