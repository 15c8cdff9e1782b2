/* A lead: personal and company data of someone who may become a customer. */
#include "crm/lead.h"

#include <string.h>

#include "crm/counts.h"
#include "crm/customer.h"
#include "crm/ended_by.h"
#include "crm/firm.h"
#include "crm/headings.h"
#include "crm/lead_expiry.h"
#include "crm/lead_phase.h"
#include "crm/lead_status.h"
#include "crm/naming.h"
#include "crm/next_action.h"
#include "crm/lead_temperature.h"
#include "crm/open_leads.h"
#include "crm/qualification.h"
#include "crm/prospect.h"
#include "record/op.h"

static const struct choice types[] = {
	{ "open", "Aperto", "Open" },
	{ "frozen", "Congelato", "Frozen" },
	{ "qualified", "Qualificato", "Qualified" },
	{ "not_interested", "Non interessato", "Not interested" },
	{ "abandoned", "Abbandonato", "Abandoned" },
	{ NULL },
};

static const struct field fields[] = {
	{ "salutation", FIELD_TEXT, "Titolo", "Salutation", "person", .max = 40,
		.also = ALSO_SALUTATION },
	{ "first_name", FIELD_TEXT, "Nome", "First name", "person", .max = 100, .searchable = true,
		.quick = true, .also = ALSO_FIRST_NAME },
	/* a list without names has its number for one */
	{ "last_name", FIELD_TEXT, "Cognome", "Last name", "person", .max = 150, .searchable = true,
		.quick = true,
		.also = ALSO_LAST_NAME
		"|Nominativo|Nome e cognome|Cognome e nome|"
		"Nome completo|Full Name|Name|Lead Name|Contact Name|Person - Name|Lead Number|"
		"Prospect Number|Numero prospect" },
	{ "job_title", FIELD_TEXT, "Ruolo aziendale", "Job title", "person", .max = 150,
		.list = true, .quick = true, .searchable = true, .also = ALSO_JOB_TITLE },
	{ "company_name", FIELD_TEXT, "Azienda", "Company", "company", .max = 250, .list = true,
		.quick = true, .searchable = true, .match = 'n', .also = ALSO_COMPANY_NAME },
	{ "email", FIELD_EMAIL, "E-mail", "E-mail", "contact", .max = 254, .list = true,
		.quick = true, .searchable = true, .match = 'e', .also = ALSO_EMAIL },
	{ "email_secondary", FIELD_EMAIL, "E-mail secondaria", "Second e-mail", "contact",
		.max = 254, .searchable = true, .match = 'e', .also = ALSO_EMAIL_2 },
	{ "pec", FIELD_EMAIL, "PEC", "Certified e-mail (PEC)", "contact", .max = 254,
		.searchable = true, .match = 'e', .also = ALSO_PEC },
	{ "phone", FIELD_PHONE, "Telefono ufficio", "Office phone", "contact", .max = 200,
		.list = true, .quick = true, .searchable = true, .match = 'p',
		.also = ALSO_PHONE "|Telefono" },
	{ "phone_home", FIELD_PHONE, "Telefono casa", "Home phone", "contact", .max = 200,
		.searchable = true, .match = 'p', .also = ALSO_PHONE_HOME },
	{ "mobile", FIELD_PHONE, "Cellulare", "Mobile", "contact", .max = 200, .searchable = true,
		.match = 'p', .also = ALSO_MOBILE },
	{ "fax", FIELD_PHONE, "Fax", "Fax", "contact", .max = 200, .also = ALSO_FAX },
	{ "website", FIELD_URL, "Sito internet", "Website", "contact", .max = 500,
		.also = ALSO_WEBSITE },
	{ "linkedin", FIELD_URL, "LinkedIn", "LinkedIn", "contact", .max = 500,
		.also = ALSO_LINKEDIN },
	{ "street", FIELD_TEXT, "Indirizzo", "Address", "address", .max = 250,
		.also = ALSO_STREET },
	{ "postal_code", FIELD_TEXT, "CAP", "Postcode", "address", .max = 20,
		.also = ALSO_POSTAL_CODE },
	{ "city", FIELD_TEXT, "Città", "City", "address", .max = 100, .list = true,
		.searchable = true, .also = ALSO_CITY },
	{ "province", FIELD_TEXT, "Provincia", "Province", "address", .max = 100,
		.also = ALSO_PROVINCE },
	{ "region", FIELD_TEXT, "Regione", "Region", "address", .max = 100, .also = ALSO_REGION },
	{ "country", FIELD_TEXT, "Nazione", "Country", "address", .max = 100,
		.also = ALSO_COUNTRY },
	{ "vat_number", FIELD_VAT, "Partita IVA", "VAT number", "company", .max = 40,
		.searchable = true, .match = 'v', .also = ALSO_VAT },
	{ "tax_code", FIELD_TAX_CODE, "Codice fiscale", "Tax code", "company", .max = 40,
		.searchable = true, .match = 't', .also = ALSO_TAX_CODE },
	{ "sector", FIELD_TEXT, "Settore", "Industry", "company", .max = 150, .list = true,
		.also = ALSO_SECTOR },
	{ "turnover", FIELD_MONEY, "Fatturato", "Annual revenue", "company",
		.also = ALSO_TURNOVER },
	{ "turnover_currency", FIELD_CURRENCY, "Valuta del fatturato", "Revenue currency",
		"company", .max = 3, .also = ALSO_TURNOVER_CURRENCY },
	{ "employees", FIELD_INT, "Numero dipendenti", "Employees", "company",
		.also = ALSO_EMPLOYEES },
	{ "emails", FIELD_LIST, "Altre e-mail", "More e-mails", "contact", .searchable = true,
		.match = 'e' },
	{ "phones", FIELD_LIST, "Altri telefoni", "More phones", "contact", .searchable = true,
		.match = 'p' },
	{ "need", FIELD_TEXT, "Bisogno", "Need", "sales", .max = 500, .searchable = true,
		.also = "Esigenza|Necessità|Richiesta|Interesse|Interessato a|Prodotto richiesto|"
			"Request|Interest|Interested In|Requirement|Subject|Oggetto" },
	{ "budget", FIELD_MONEY, "Budget", "Budget", "sales",
		.also = "Budget previsto|Budget disponibile|Valore|Importo|Valore stimato|Amount|Value|"
			"Lead Value|Lead - Value|Deal Value|Expected Revenue|Estimated Value" },
	{ "budget_currency", FIELD_CURRENCY, "Valuta del budget", "Budget currency", "sales",
		.max = 3, .also = "Valuta|Divisa|Currency|Lead Currency|Deal Currency" },
	{ "source_id", FIELD_LINK, "Origine", "Lead source", "origin", .to = &source_entity,
		.list = true, .also = ALSO_SOURCE },
	{ "campaign_id", FIELD_LINK, "Campagna", "Campaign", "origin", .to = &campaign_entity,
		.readonly = true, .list = true },
	{ "owner_id", FIELD_LINK, "Assegnato a", "Assigned to", "origin", .to = &user_entity,
		.required = true, .list = true, .also = ALSO_OWNER },
	{ "description", FIELD_LONGTEXT, "Descrizione", "Description", "notes",
		.also = ALSO_DESCRIPTION },
	{ "status_id", FIELD_LINK, "Stato lead", "Lead status", "sales", .to = &lead_status_entity,
		.required = true, .readonly = true, .list = true },
	{ "status_type", FIELD_CHOICE, "Tipo di stato", "State type", "sales", .choices = types,
		.required = true, .readonly = true },
	{ "status_since", FIELD_TIME, "In questo stato dal", "In this status since", "sales",
		.required = true, .readonly = true },
	{ "expiry_days", FIELD_INT, "Giorni fino alla scadenza", "Days to the deadline", "sales",
		.derived = true, .secret = true, .select = LEAD_EXPIRY_DAYS },
	{ "expires_on", FIELD_DATE, "Scadenza fase", "Stage deadline", "sales", .readonly = true,
		.derived = true, .list = true },
	{ "expired", FIELD_BOOL, "Scaduto", "Expired", "sales", .readonly = true, .derived = true,
		.by_clock = true },
	{ "qualification", FIELD_CHOICE, "Qualificazione", "Qualification", "sales",
		.choices = verdicts, .readonly = true, .follows = true, .list = true },
	{ "temperature", FIELD_CHOICE, "Temperatura", "Temperature", "sales",
		.choices = temperatures, .readonly = true, .derived = true, .by_clock = true,
		.sort = true, .sort_by = "warm_until" },
	{ "phase", FIELD_CHOICE, "Fase di acquisizione", "Phase of acquisition", "sales",
		.choices = lead_phases, .readonly = true, .derived = true, .by_clock = true },
	{ "temperature_override", FIELD_CHOICE, "Temperatura decisa a mano",
		"Temperature set by hand", "sales", .choices = temperatures },
	{ "temperature_reason", FIELD_TEXT, "Perché questa temperatura", "Why this temperature",
		"sales", .max = 500 },
	{ "last_activity_at", FIELD_TIME, "Ultima attività", "Last activity", "sales",
		.readonly = true, .follows = true },
	{ "last_answer_at", FIELD_TIME, "Ultima risposta", "Last answer", "sales", .readonly = true,
		.follows = true },
	{ "purchase_request_at", FIELD_TIME, "Richiesta d'acquisto", "Purchase request", "sales",
		.readonly = true, .follows = true },
	{ "hot_until", FIELD_TIME, "Caldo fino al", "Hot until", "sales", .readonly = true,
		.follows = true },
	{ "warm_until", FIELD_TIME, "Tiepido fino al", "Warm until", "sales", .readonly = true,
		.follows = true },
	{ "parked_until", FIELD_DATE, "Congelato fino al", "Parked until", "sales",
		.readonly = true },
	{ "parked_note", FIELD_TEXT, "Da fare quando torna", "To do when it is back", "sales",
		.max = 500, .readonly = true },
	{ "nurture_campaign_id", FIELD_LINK, "Intanto nella campagna", "Meanwhile in the campaign",
		"sales", .to = &campaign_entity, .readonly = true },
	{ "came_back_for", FIELD_DATE, "Tornato da solo il", "Came back by itself on", "sales",
		.readonly = true, .follows = true },
	{ "conclusion_reason", FIELD_TEXT, "Motivo della conclusione", "Reason for the conclusion",
		"sales", .max = 500, .readonly = true, .suggest = "not_interested" },
	{ "conclusion_reason_id", FIELD_LINK, "Motivo", "Reason", "sales", .to = &reason_entity,
		.readonly = true },
	{ "converted_at", FIELD_TIME, "Convertito il", "Converted on", "sales", .readonly = true },
	{ "converted_by", FIELD_LINK, "Convertito da", "Converted by", "sales", .to = &user_entity,
		.readonly = true, .carried = true },
	{ "customer_at", FIELD_TIME, "Cliente dal", "Customer since", "sales", .readonly = true,
		.follows = true, .carried = true },
	{ "company_id", FIELD_LINK, "Azienda creata", "Resulting company", "sales",
		.to = &company_entity, .readonly = true },
	{ "contact_id", FIELD_LINK, "Contatto creato", "Resulting contact", "sales",
		.to = &contact_entity, .readonly = true },
	{ "opportunity_id", FIELD_LINK, "Opportunità creata", "Resulting opportunity", "sales",
		.to = &opportunity_entity, .readonly = true },
	{ "next_action_at", FIELD_TIME, "Prossima azione il", "Next action on", "sales",
		.readonly = true, .list = true },
	{ "next_action_kind", FIELD_CHOICE, "Prossima azione", "Next action", "sales",
		.choices = action_kinds, .readonly = true, .list = true },
	{ "next_action_note", FIELD_TEXT, "Nota della prossima azione", "Note on the next action",
		"sales", .max = 500, .readonly = true },
	{ "agenda", FIELD_CHOICE, "Da fare o in attesa", "To do or stand-by", "sales",
		.choices = agenda_lists, .readonly = true, .derived = true },
	{ "merged_into_id", FIELD_LINK, "Unito a", "Merged into", "origin", .to = &lead_entity,
		.readonly = true },
	COUNTED_IN,
};

static const char *const indexes[] = {
	"status_id, id",
	"qualification, id where removed_at is null",
	"removed_at, id where removed_at is not null",
	"hot_until, id where hot_until is not null",
	"warm_until, id",
	/* hot ones alone: the figures count them by the clock */
	"hot_until, owner_id, source_id, campaign_id, converted_at, removed_at where hot_until is not null"
	" and converted_at is null and removed_at is null",
	"parked_until, id where parked_until is not null",
	"nurture_campaign_id, id where nurture_campaign_id is not null",
	"status_id, next_action_at, id",
	"owner_id, status_id, id",
	/* of the expired: page and count are read from it alone, by owner too; what
	 * has to be null stands before the instant, so that a range says it */
	"status_id, removed_at, converted_at, status_since, id, owner_id",
	/* counted for each lead that is given to somebody: removed_at stands in it, or
	 * SQLite would look at each row */
	"owner_id, next_action_at, id, removed_at where next_action_at is not null"
	" and removed_at is null",
	"next_action_at, id where next_action_at is not null",
	/* the lists behind the figures: whatever narrows them stands in the index */
	"created_at, id, owner_id, source_id, campaign_id, created_by, converted_at, customer_at,"
	" removed_at",
	"converted_at, id, converted_by, owner_id, source_id, campaign_id, removed_at"
	" where converted_at is not null",
	"status_since, id, status_type, conclusion_reason_id, converted_at, owner_id, source_id,"
	" campaign_id, removed_at where status_type = 'not_interested'",
	"campaign_id, id where campaign_id is not null",
	"company_id, id where company_id is not null",
	"contact_id, id where contact_id is not null",
	"opportunity_id, id where opportunity_id is not null",
	"merged_into_id where merged_into_id is not null",
	NULL,
};

static const char *const work[] = { "lead.next_action", "lead.move", "lead.conclude", "lead.reopen",
	"record.edit", NULL };

static const char *const verbs[] = {
	"move",
	"next_action",
	"conclude",
	"convert",
	"win",
	"lose",
	"reopen",
	"park",
	"purchase_request",
	"merge",
	NULL,
};

/* What conversion and removal may still touch once it is converted. */
static bool is_free_when_converted(const struct ctx *cx, const struct field *f)
{
	/* what it leads to may have become part of another, or is parted again */
	bool joins = cx->op && (cx->op->undoes || !strcmp(cx->op->kind, "record.merge"));

	return f->derived || f->follows || !strcmp(f->name, "removed_at") ||
	       !strcmp(f->name, "removed_reason") || (joins && f->type == FIELD_LINK);
}

/* The undo of a conversion empties converted_at, and passes. */
static bool must_not_be_converted(struct ctx *cx, const struct record *lead)
{
	size_t at = record_at(lead, "converted_at");

	if (!lead->was || lead->was[at].type == VAL_NULL || lead->v[at].type == VAL_NULL)
		return true;
	for (size_t i = 0; i < entity_width(lead->of); i++)
		if (!is_free_when_converted(cx, entity_field(lead->of, i)) &&
			!val_same(&lead->v[i], &lead->was[i]))
			return refuse(cx, PROBLEM_CONFLICT, "lead.converted");
	return true;
}

static bool must_be_someone(struct ctx *cx, const struct record *lead)
{
	static const char *const ways[] = {
		"last_name",
		"first_name",
		"company_name",
		"email",
		"email_secondary",
		"pec",
		"phone",
		"mobile",
		"phone_home",
	};

	for (size_t i = 0; i < COUNT(ways); i++)
		if (record_has(lead, ways[i]))
			return true;
	refuse_field(cx, "last_name", "lead.nobody");
	return refuse_field(cx, "company_name", "lead.nobody");
}

static bool check(struct ctx *cx, struct record *lead)
{
	bool ok = must_not_be_converted(cx, lead) && must_be_someone(cx, lead) &&
		  ended_by_settle(lead, "converted_at", "converted_by") &&
		  currency_beside(cx, lead, "turnover", "turnover_currency") &&
		  currency_beside(cx, lead, "budget", "budget_currency") &&
		  (lead->was || lead_complete(cx, lead)) && lead_settle(cx, lead);

	if (ok)
		open_leads_note(cx, lead);
	return ok;
}

static const char *title(struct ctx *cx, const struct record *lead)
{
	static const char *const else_by[] = {
		"company_name",
		"email",
		"phone",
		"mobile",
		"email_secondary",
		"pec",
		"phone_home",
	};

	if (record_has(lead, "first_name") || record_has(lead, "last_name"))
		return person_name(cx, lead);
	for (size_t i = 0; i < COUNT(else_by); i++)
		if (record_has(lead, else_by[i]))
			return record_text(lead, else_by[i]);
	return "";
}

static const char *subtitle(struct ctx *cx, const struct record *lead)
{
	const char *company = record_text(lead, "company_name");
	bool is_title = !record_has(lead, "first_name") && !record_has(lead, "last_name");

	return both(cx, is_title ? "" : company, record_text(lead, "city"));
}

static void derive(struct ctx *cx, struct record *lead)
{
	derive_agenda(cx, lead);
	lead_derive_expiry(cx, lead);
	record_set_text(lead, "temperature", temperature_now(cx, lead));
	record_set_text(lead, "phase", lead_phase(cx, lead));
}

/* Somebody who was discarded from a list comes again (C18); an owner has more
 * open leads than one can follow (S5.18). */
static bool warn(struct ctx *cx, struct json_out *j, const struct record *lead)
{
	const char *text = NULL;

	if (!prospect_known_warn(cx, lead, &text))
		return false;
	if (text)
		record_write_warning(j,
			record_has(lead, "company_name") ? "company_name" : "last_name", text,
			NULL);
	return open_leads_warn(cx, j, lead);
}

/* Of before it was written down: since when it is a customer, and who converted
 * it. */
static bool catch_up(struct ctx *cx, struct record *lead)
{
	return (record_has(lead, "counted_in") || customer_settle(cx, lead)) &&
	       ended_by_find(cx, lead, "converted_at", "converted_by");
}

static bool where(struct ctx *cx, const struct by_clock *by, struct buf *sql, struct args *args)
{
	if (!strcmp(by->field->name, "phase"))
		return lead_phase_asked(cx, by, sql, args);
	return strcmp(by->field->name, "expired") ? temperature_where(cx, by, sql, args)
						  : lead_expired_asked(cx, by, sql, args);
}

/* Exactly one next action while it is open, on both engines (C5). */
const struct entity lead_entity = {
	.name = "lead",
	.plural = "leads",
	.it = "Lead",
	.en = "Lead",
	.its = "Lead",
	.ens = "Leads",
	.fields = fields,
	.field_count = COUNT(fields),
	.extensible = true,
	.owned = true,
	.constraints =
		"foreign key (ws, status_id, status_type) references lead_status (ws, id, type),\n"
		"check ((status_type = 'open' and converted_at is null) = (next_action_at is not null))",
	.indexes = indexes,
	.verbs = verbs,
	.check = check,
	.title = title,
	.join = lead_join,
	.subtitle = subtitle,
	.derive = derive,
	.where = where,
	.count = lead_count,
	.count_stay = lead_count_stay,
	.stand = lead_stand,
	.stored = customer_lead_stored,
	.catch_up = catch_up,
	.work = work,
	.warn = warn,
	.warn_import = open_leads_warn_import,
};

static bool has_status(struct ctx *cx, const struct record *status)
{
	return status || refuse(cx, PROBLEM_CONFLICT, "lead.no_open_status");
}

bool lead_complete(struct ctx *cx, struct record *lead)
{
	struct record *status;

	if (!owner_complete(cx, lead))
		return false;
	if (record_has(lead, "status_id"))
		return true;
	if (!lead_status_first(cx, "open", &status) || !has_status(cx, status))
		return false;
	lead_enter(cx, lead, status);
	return true;
}

void lead_enter(struct ctx *cx, struct record *lead, const struct record *status)
{
	bool was_open = record_is(lead, "status_type", "open");

	record_set(lead, "status_id", v_int(status->id));
	record_set_text(lead, "status_type", record_text(status, "type"));
	record_set(lead, "status_since", v_int(cx->now));
	record_copy(lead, status, "expiry_days");
	if (!record_is(lead, "status_type", "open"))
		next_action_clear(lead);
	else if (!was_open)
		next_action_now(cx, lead);
	if (record_is(lead, "status_type", "frozen"))
		return;
	record_set(lead, "parked_until", v_null());
	record_set(lead, "parked_note", v_null());
	record_set(lead, "nurture_campaign_id", v_null());
}

bool lead_load(struct ctx *cx, int64_t id, struct record **lead)
{
	if (!record_load(cx, &lead_entity, id, RIGHT_WRITE, lead))
		return false;
	return !record_has(*lead, "converted_at") || refuse(cx, PROBLEM_CONFLICT, "lead.converted");
}
