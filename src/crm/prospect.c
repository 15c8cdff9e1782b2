/* A prospect: a row of a list, its cells as they were typed. */
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "crm/headings.h"
#include "crm/naming.h"
#include "crm/prospect_parts.h"
#include "record/op.h"

static const struct choice states[] = {
	{ "new", "Da chiamare", "To call" },
	{ "called", "Chiamato", "Called" },
	{ "callback", "Da richiamare", "To call back" },
	{ "lead", "Lead", "Lead" },
	{ NULL },
};

const struct choice prospect_outcomes[] = {
	{ "no_answer", "Non risponde", "No answer" },
	{ "call_back", "Da richiamare", "To call back" },
	{ "not_interested", "Non interessato", "Not interested" },
	{ "lead", "Diventato lead", "Became a lead" },
	{ "talked", "Parlato", "Talked" },
	{ NULL },
};

/* As much as a cell of a spreadsheet holds. */
enum { CELL = 32767, TITLE = 200 };

static const struct field fields[] = {
	{ "list_id", FIELD_LINK, "Lista", "List", "origin", .to = &prospect_list_entity,
		.required = true, .list = true },
	{ "position", FIELD_INT, "Posizione", "Position", "origin", .readonly = true,
		.sort = true },
	{ "first_name", FIELD_TEXT, "Nome", "First name", "person", .max = CELL, .searchable = true,
		.quick = true, .also = ALSO_FIRST_NAME },
	{ "last_name", FIELD_TEXT, "Cognome", "Last name", "person", .max = CELL,
		.searchable = true, .quick = true,
		.also = ALSO_LAST_NAME "|Nominativo|Nome e cognome|Cognome e nome|Nome completo|"
				       "Full Name|Name|Contact Name" },
	{ "job_title", FIELD_TEXT, "Ruolo aziendale", "Job title", "person", .max = CELL,
		.also = ALSO_JOB_TITLE },
	{ "company_name", FIELD_TEXT, "Azienda", "Company", "company", .max = CELL, .list = true,
		.searchable = true, .quick = true, .match = 'n', .also = ALSO_COMPANY_NAME },
	{ "email", FIELD_TEXT, "E-mail", "E-mail", "contact", .max = CELL, .list = true,
		.searchable = true, .quick = true, .match = 'e', .also = ALSO_EMAIL },
	{ "pec", FIELD_TEXT, "PEC", "Certified e-mail (PEC)", "contact", .max = CELL,
		.searchable = true, .match = 'e', .also = ALSO_PEC },
	{ "phone", FIELD_TEXT, "Telefono", "Phone", "contact", .max = CELL, .list = true,
		.searchable = true, .quick = true, .match = 'p',
		.also = ALSO_PHONE "|Telefono ufficio" },
	{ "mobile", FIELD_TEXT, "Cellulare", "Mobile", "contact", .max = CELL, .searchable = true,
		.match = 'p', .also = ALSO_MOBILE },
	{ "website", FIELD_TEXT, "Sito internet", "Website", "contact", .max = CELL,
		.also = ALSO_WEBSITE },
	{ "linkedin", FIELD_TEXT, "LinkedIn", "LinkedIn", "contact", .max = CELL,
		.also = ALSO_LINKEDIN },
	{ "street", FIELD_TEXT, "Indirizzo", "Address", "address", .max = CELL,
		.also = ALSO_STREET },
	{ "postal_code", FIELD_TEXT, "CAP", "Postcode", "address", .max = CELL,
		.also = ALSO_POSTAL_CODE },
	{ "city", FIELD_TEXT, "Città", "City", "address", .max = CELL, .list = true,
		.searchable = true, .also = ALSO_CITY },
	{ "province", FIELD_TEXT, "Provincia", "Province", "address", .max = CELL,
		.also = ALSO_PROVINCE },
	{ "region", FIELD_TEXT, "Regione", "Region", "address", .max = CELL, .also = ALSO_REGION },
	{ "country", FIELD_TEXT, "Nazione", "Country", "address", .max = CELL,
		.also = ALSO_COUNTRY },
	{ "vat_number", FIELD_TEXT, "Partita IVA", "VAT number", "company", .max = CELL,
		.searchable = true, .match = 'v', .also = ALSO_VAT },
	{ "tax_code", FIELD_TEXT, "Codice fiscale", "Tax code", "company", .max = CELL,
		.searchable = true, .match = 't', .also = ALSO_TAX_CODE },
	{ "sector", FIELD_TEXT, "Settore", "Industry", "company", .max = CELL,
		.also = ALSO_SECTOR },
	{ "turnover", FIELD_TEXT, "Fatturato", "Annual revenue", "company", .max = CELL,
		.also = ALSO_TURNOVER },
	{ "employees", FIELD_TEXT, "Numero dipendenti", "Employees", "company", .max = CELL,
		.also = ALSO_EMPLOYEES },
	{ "need", FIELD_TEXT, "Bisogno", "Need", "sales", .max = CELL,
		.also = "Esigenza|Necessità|Richiesta|Interesse|Interessato a|Request|Interest|Requirement" },
	{ "budget", FIELD_TEXT, "Budget", "Budget", "sales", .max = CELL,
		.also = "Budget previsto|Budget disponibile" },
	{ "description", FIELD_TEXT, "Descrizione", "Description", "notes", .max = CELL,
		.also = ALSO_DESCRIPTION },
	/* {"c1301":"text"}: of the list's own columns */
	{ "cells", FIELD_JSON, "Altre celle", "Other cells", "notes" },
	{ "state", FIELD_CHOICE, "Stato", "State", "sales", .choices = states, .required = true,
		.initial = "new", .readonly = true, .list = true },
	{ "call_at", FIELD_TIME, "Da richiamare il", "To call back on", "sales", .readonly = true,
		.list = true },
	{ "called_at", FIELD_TIME, "Chiamato il", "Called on", "sales", .readonly = true },
	{ "calls", FIELD_INT, "Telefonate", "Calls", "sales", .required = true, .initial = "0",
		.readonly = true },
	{ "last_outcome", FIELD_CHOICE, "Ultimo esito", "Last outcome", "sales",
		.choices = prospect_outcomes, .readonly = true },
	{ "lead_id", FIELD_LINK, "Lead", "Lead", "sales", .to = &lead_entity, .readonly = true },
	/* who is on the phone with it now: nobody else is offered it meanwhile */
	{ "held_by", FIELD_LINK, "Al telefono con", "On the phone with", "sales",
		.to = &user_entity, .readonly = true, .follows = true },
	{ "held_until", FIELD_TIME, "Al telefono fino al", "On the phone until", "sales",
		.readonly = true, .follows = true },
	{ "owner_id", FIELD_LINK, "Assegnato a", "Assigned to", "origin", .to = &user_entity,
		.required = true, .list = true, .also = ALSO_OWNER },
	/* a discarded row that is the same somebody; no link, for it holds nothing */
	{ "flagged_by", FIELD_INT, "Riga scartata uguale", "The same, discarded", "notes",
		.readonly = true },
};

static const char *const indexes[] = {
	"list_id, position, id",
	"list_id, state, owner_id where removed_at is null",
	"list_id, call_at where call_at is not null",
	"list_id, flagged_by where flagged_by is not null",
	/* of the discarded: those of a list in their order, and whether there are any */
	"list_id, position, id, removed_at where removed_reason is not null",
	"removed_at, id where removed_reason is not null",
	"held_by where held_by is not null",
	"lead_id, list_id where lead_id is not null",
	"owner_id, lead_id, removed_at where lead_id is not null and removed_at is null",
	NULL,
};

static bool must_be_columns(struct ctx *cx, const struct record *row)
{
	const struct prospect_columns *columns;
	const json_t *own;
	const char *key;
	json_t *value;

	if (!record_changed(row, "cells") || (cx->op && cx->op->undoes))
		return true;
	if (!prospect_columns_of(cx, record_int(row, "list_id"), &columns))
		return false;
	own = prospect_own_cells(cx, row);
	json_object_foreach((json_t *)own, key, value)
	{
		const struct prospect_column *c = prospect_column_named(columns, key);

		if (!json_is_string(value) || json_string_length(value) > CELL)
			refuse_field(cx, "cells", "field.object");
		else if (!c || !c->id)
			refuse_field(cx, "cells", "prospect.no_column", textf(cx, "%.60s", key));
	}
	return cx->problem.kind == PROBLEM_NONE;
}

/* What a row has from its first moment. */
static bool complete(struct ctx *cx, struct record *row)
{
	const struct prospect_edit last = { .list_id = record_int(row, "list_id") };
	struct record *list;
	int64_t at, step;

	if (!record_has(row, "list_id"))
		return refuse_field(cx, "list_id", "field.required");
	if (!prospect_list_load(cx, last.list_id, RIGHT_WRITE, &list))
		return false;
	/* its list's, or his who adds it when he could not see it otherwise */
	if (!record_has(row, "owner_id"))
		record_set(row, "owner_id",
			rights_covers(cx->who, row->of, RIGHT_WRITE, record_int(list, "owner_id"))
				? v_int(record_int(list, "owner_id"))
				: v_id(cx->who->id));
	if (record_has(row, "position"))
		return true;
	if (!prospect_places(cx, &last, 1, &at, &step))
		return false;
	record_set(row, "position", v_int(at));
	return true;
}

static bool changes_its_keys(const struct record *row)
{
	for (size_t i = 0; i < row->of->field_count; i++)
		if (row->of->fields[i].match && !(row->was && val_same(&row->v[i], &row->was[i])))
			return true;
	return false;
}

/* Discarded rows have a reason, by which they are told from those whose coming
 * was undone. */
static void give_reason(struct ctx *cx, struct record *row)
{
	const struct saying none = { .key = "prospect.no_reason" };

	if (record_has(row, "removed_at") && !record_has(row, "removed_reason") &&
		!(cx->op && cx->op->undoes))
		record_set_text(
			row, "removed_reason", words_say(cx->words, cx->mem, cx->lang, &none));
}

static bool check(struct ctx *cx, struct record *row)
{
	give_reason(cx, row);
	if (row->was && record_changed(row, "list_id"))
		return refuse_field(cx, "list_id", "prospect.list_stays");
	return (row->was || complete(cx, row)) && must_be_columns(cx, row) &&
	       ((cx->op && cx->op->undoes) || !changes_its_keys(row) || prospect_flag(cx, row));
}

/* Not longer than a title should be: a cell may hold a page. */
static const char *short_of(struct ctx *cx, const char *s)
{
	size_t n = strlen(s);

	if (n <= TITLE)
		return s;
	for (n = TITLE; n && ((unsigned char)s[n] & 0xc0) == 0x80; n--)
		;
	return textf(cx, "%.*s…", (int)n, s);
}

static const char *title(struct ctx *cx, const struct record *row)
{
	static const char *const else_by[] = { "company_name", "email", "phone", "mobile", "pec" };

	if (record_has(row, "first_name") || record_has(row, "last_name"))
		return short_of(cx, person_name(cx, row));
	for (size_t i = 0; i < COUNT(else_by); i++)
		if (record_has(row, else_by[i]))
			return short_of(cx, record_text(row, else_by[i]));
	return "";
}

static const char *subtitle(struct ctx *cx, const struct record *row)
{
	bool named = record_has(row, "first_name") || record_has(row, "last_name");

	return short_of(cx,
		both(cx, named ? record_text(row, "company_name") : "", record_text(row, "city")));
}

static const char *const verbs[] = { "lead", "call", "hold", NULL };

const struct entity prospect_entity = {
	.name = "prospect",
	.plural = "prospects",
	.it = "Prospect",
	.en = "Prospect",
	.its = "Prospect",
	.ens = "Prospects",
	.fields = fields,
	.field_count = COUNT(fields),
	.owned = true,
	.into = "list_id",
	.rest = "cells",
	.receive = prospect_receive,
	.keeps_keys = true,
	.indexes = indexes,
	.verbs = verbs,
	.check = check,
	.title = title,
	.subtitle = subtitle,
};

static void let_go(void *tree)
{
	json_decref(tree);
}

json_t *prospect_own_cells(struct ctx *cx, const struct record *row)
{
	json_t *own =
		record_has(row, "cells") ? json_loads(record_text(row, "cells"), 0, NULL) : NULL;

	if (!own)
		own = json_object();
	arena_defer(cx->mem, let_go, own);
	return own;
}

void prospect_set_own_cells(struct ctx *cx, struct record *row, const json_t *own)
{
	char *text = json_object_size(own) ? json_dumps(own, JSON_COMPACT | JSON_SORT_KEYS) : NULL;

	record_set_text(row, "cells", text ? arena_dup(cx->mem, text) : NULL);
	free(text);
}

const char *prospect_cell(
	const struct record *row, const struct prospect_column *column, const json_t *own)
{
	const char *s;

	if (!column->id)
		return record_text(row, column->key);
	s = json_string_value(json_object_get(own, column->key));
	return s ? s : "";
}
