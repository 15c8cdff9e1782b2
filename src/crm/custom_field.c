/* A field of the firm's own (S2.12): what it is called, of which kind it is,
 * where it stands.  record/custom.c makes it a field like any other. */
#include "crm/custom_field.h"

#include <string.h>

#include "crm/labels.h"
#include "crm/lead_renewal.h"
#include "crm/naming.h"
#include "record/custom.h"
#include "record/search.h"

const struct choice card_entities[] = {
	{ "lead", "Lead", "Lead" },
	{ "company", "Azienda", "Company" },
	{ "contact", "Contatto", "Contact" },
	{ "opportunity", "Opportunità", "Opportunity" },
	{ "activity", "Attività", "Activity" },
	{ NULL },
};

static const struct choice types[] = {
	{ "text", "Testo", "Text" },
	{ "longtext", "Testo lungo", "Long text" },
	{ "int", "Numero", "Number" },
	{ "money", "Importo", "Amount" },
	{ "percent", "Percentuale", "Percentage" },
	{ "bool", "Sì o no", "Yes or no" },
	{ "date", "Data", "Date" },
	{ "time", "Data e ora", "Date and time" },
	{ "email", "E-mail", "E-mail" },
	{ "phone", "Telefono", "Phone" },
	{ "url", "Indirizzo internet", "Web address" },
	{ "choice", "Scelta da un elenco", "Choice from a list" },
	{ "currency", "Valuta", "Currency" },
	{ NULL },
};

static const struct field fields[] = {
	{ "entity", FIELD_CHOICE, "Scheda", "Record", "card", .choices = card_entities,
		.required = true, .list = true },
	{ "name", FIELD_TEXT, "Nome tecnico", "Technical name", "card", .max = 60, .required = true,
		.list = true },
	{ "label_it", FIELD_TEXT, "Etichetta (italiano)", "Label (Italian)", "card", .max = 60,
		.required = true, .list = true },
	{ "label_en", FIELD_TEXT, "Etichetta (inglese)", "Label (English)", "card", .max = 60,
		.list = true },
	{ "type", FIELD_CHOICE, "Tipo", "Kind", "card", .choices = types, .required = true,
		.initial = "text", .list = true },
	{ "choices", FIELD_LIST, "Voci", "Choices", "card" },
	{ "max", FIELD_INT, "Lunghezza massima", "Longest text", "card" },
	{ "required", FIELD_BOOL, "Obbligatorio", "Required", "card", .required = true,
		.initial = "0", .list = true },
	{ "list", FIELD_BOOL, "Negli elenchi", "In lists", "card", .required = true,
		.initial = "0" },
	{ "quick", FIELD_BOOL, "Nella scheda breve", "In the short form", "card", .required = true,
		.initial = "0" },
	{ "searchable", FIELD_BOOL, "Si trova con la ricerca", "Found by searching", "card",
		.required = true, .initial = "0" },
	{ "panel", FIELD_TEXT, "Riquadro", "Group", "card", .max = 60, .required = true,
		.initial = "notes" },
	{ "position", FIELD_INT, "Ordine", "Order", "card", .required = true },
	{ "active", FIELD_BOOL, "Attivo", "Active", "card", .required = true, .initial = "1" },
};

/* Names that mean something else in a record or in the query of a list. */
static const char *const reserved[] = { "id", "ws", "entity", "title", "title_fold", "version",
	"created_at", "updated_at", "names", "warnings", "custom_values", "q", "owner", "limit",
	"cursor", "sort", "count", "removed", "reason", NULL };

static bool is_reserved(const struct record *field, const char *name)
{
	const struct entity *of = entity_named(record_text(field, "entity"));
	size_t n = strlen(name);

	for (const char *const *r = reserved; *r; r++)
		if (!strcmp(*r, name))
			return true;
	/* beside a phone stands its number as it is dialled */
	return (of && entity_find(of, name) >= 0) || (n > 5 && !strcmp(name + n - 5, "_e164"));
}

static bool is_taken(struct ctx *cx, const struct record *field, const char *name, bool *taken)
{
	int64_t n;

	if (!db_int(cx, &n, 0,
		    "select count(*) from custom_field where ws = $1 and entity = $2 and name = $3"
		    " and id <> $4",
		    ARGS(v_int(cx->ws), v_text(record_text(field, "entity")), v_text(name),
			    v_int(field->id))))
		return false;
	*taken = n > 0 || is_reserved(field, name);
	return true;
}

/* Of its label, with a number behind it where that is taken. */
static bool make_name(struct ctx *cx, struct record *field)
{
	const char *base = label_name(cx, record_text(field, "label_it")), *name = base;
	bool taken = true;

	for (int i = 2; taken; i++) {
		if (!is_taken(cx, field, name, &taken))
			return false;
		if (taken)
			name = textf(cx, "%s_%d", base, i);
	}
	record_set_text(field, "name", name);
	return true;
}

static bool check_name(struct ctx *cx, struct record *field)
{
	const char *name = record_text(field, "name");
	bool taken;

	if (field->was && (record_changed(field, "name") || record_changed(field, "entity")))
		return refuse_field(cx, record_changed(field, "name") ? "name" : "entity",
			"custom_field.fixed");
	if (field->was || !record_has(field, "entity") || !record_has(field, "label_it"))
		return true;
	if (!record_has(field, "name"))
		return make_name(cx, field);
	if (!label_is_name(name))
		return refuse_field(cx, "name", "custom_field.name");
	if (is_reserved(field, name))
		return refuse_field(cx, "name", "custom_field.reserved");
	return is_taken(cx, field, name, &taken) &&
	       (!taken || refuse_field(cx, "name", "custom_field.taken"));
}

static bool is_used(struct ctx *cx, const struct record *field, const char *value, bool *used)
{
	int64_t n = 0;

	*used = false;
	if (!field->id)
		return true;
	if (!db_int(cx, &n, 0,
		    "select count(*) from (select 1 from custom_value where ws = $1 and field = $2"
		    " and (value = $3 or cast($3 as text) is null) limit 1) as x",
		    ARGS(v_int(cx->ws), v_int(field->id), v_text(value))))
		return false;
	*used = n > 0;
	return true;
}

static bool check_type(struct ctx *cx, const struct record *field)
{
	bool used;

	if (!field->was || !record_changed(field, "type"))
		return true;
	return is_used(cx, field, NULL, &used) &&
	       (!used || refuse_field(cx, "type", "custom_field.type_in_use"));
}

/* A choice that records have stays: they would say what nobody knows. */
static bool check_gone(struct ctx *cx, const struct record *field)
{
	const char *was = field->was ? field->was[record_at(field, "choices")].s : NULL;
	const struct choice *old = was ? custom_choices(cx->mem, was) : NULL;
	struct field now = { .choices = custom_choices(cx->mem, record_text(field, "choices")) };
	bool used;

	for (; old && old->value; old++) {
		if (field_choice(&now, old->value))
			continue;
		if (!is_used(cx, field, old->value, &used))
			return false;
		if (used)
			return refuse_field(cx, "choices", "custom_field.choice_in_use", old->it);
	}
	return true;
}

static bool check_choices(struct ctx *cx, const struct record *field)
{
	bool is_choice = record_is(field, "type", "choice");

	if (is_choice != record_has(field, "choices"))
		return refuse_field(cx, "choices",
			is_choice ? "custom_field.choices_needed" : "custom_field.no_choices");
	return !is_choice || !record_changed(field, "choices") || check_gone(cx, field);
}

static bool check_max(struct ctx *cx, struct record *field)
{
	bool is_long = record_is(field, "type", "longtext");
	int64_t most = is_long ? 20000 : 1000, max = record_int(field, "max");

	if (!record_has(field, "max"))
		return true;
	if (!is_long && !record_is(field, "type", "text"))
		return refuse_field(cx, "max", "custom_field.no_max");
	return (max >= 1 && max <= most) ||
	       refuse_field(cx, "max", "custom_field.max", textf(cx, "%lld", (long long)most));
}

static bool check_labels(struct ctx *cx, const struct record *field)
{
	bool ok = label_check(cx, field, "label_it");

	ok = label_check(cx, field, "label_en") && ok;
	return label_check(cx, field, "panel") && ok;
}

/* A new one goes last; there is an end to them. */
static bool take_place(struct ctx *cx, struct record *field)
{
	int64_t n, last;

	if (field->was)
		return true;
	if (!db_int(cx, &n, 0, "select count(*) from custom_field where ws = $1 and entity = $2",
		    ARGS(v_int(cx->ws), v_text(record_text(field, "entity")))) ||
		!db_int(cx, &last, 0, "select max(position) from custom_field where ws = $1",
			ARGS(v_int(cx->ws))))
		return false;
	if (n >= CUSTOM_FIELDS_MAX)
		return refuse_field(
			cx, "entity", "custom_field.too_many", textf(cx, "%d", CUSTOM_FIELDS_MAX));
	if (!record_has(field, "position"))
		record_set(field, "position", v_int(last + 1));
	return true;
}

static bool is_found(const struct record *field, const struct val *v)
{
	return v[record_at(field, "searchable")].i && v[record_at(field, "active")].i &&
	       v[record_at(field, "removed_at")].type == VAL_NULL;
}

/* Records have words of it already, or have none yet (S2.12). */
static bool renew_words(struct ctx *cx, const struct record *field)
{
	const struct entity *of = entity_named(record_text(field, "entity"));
	bool is = is_found(field, field->v), was = field->was && is_found(field, field->was);
	bool used = false;

	if (!field->was || !of || (is == was && !(is && record_changed(field, "choices"))))
		return true;
	return is_used(cx, field, NULL, &used) && (!used || search_outdate(cx, of));
}

static bool check(struct ctx *cx, struct record *field)
{
	bool ok;

	name_in_both(field, "label_it", "label_en");
	ok = check_name(cx, field);
	ok = check_labels(cx, field) && ok;
	ok = check_type(cx, field) && ok;
	ok = check_choices(cx, field) && ok;
	ok = check_max(cx, field) && ok;
	if (!ok || !take_place(cx, field) || !renew_words(cx, field))
		return false;
	/* a rule of qualification may ask it */
	return lead_renewal_ask(cx);
}

static const char *const indexes[] = { "position, id", NULL };

const struct entity custom_field_entity = {
	.name = "custom_field",
	.plural = "custom-fields",
	.it = "Campo personalizzato",
	.en = "Custom field",
	.its = "Campi personalizzati",
	.ens = "Custom fields",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.shapes = true,
	.constraints = "unique (ws, entity, name)",
	.indexes = indexes,
	.check = check,
	.title = label_of,
};
