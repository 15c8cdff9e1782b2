/* How a field of a card looks to this firm (S2.12): one row says of one field
 * what is otherwise than usual.  record/layout.c obeys it. */
#include "crm/field_layout.h"

#include <string.h>

#include "crm/custom_field.h"
#include "crm/field_panel.h"
#include "crm/labels.h"
#include "record/layout.h"

enum { ROWS_MAX = 190 };

static const struct field fields[] = {
	{ "entity", FIELD_CHOICE, "Scheda", "Record", "card", .choices = card_entities,
		.required = true, .list = true },
	{ "field", FIELD_TEXT, "Campo", "Field", "card", .max = 60, .required = true,
		.list = true },
	{ "label_it", FIELD_TEXT, "Etichetta (italiano)", "Label (Italian)", "card", .max = 60,
		.list = true },
	{ "label_en", FIELD_TEXT, "Etichetta (inglese)", "Label (English)", "card", .max = 60,
		.list = true },
	{ "panel", FIELD_TEXT, "Riquadro", "Group", "card", .max = 60, .list = true },
	{ "position", FIELD_INT, "Ordine", "Order", "card" },
	{ "hidden", FIELD_BOOL, "Nascosto", "Hidden", "card", .required = true, .initial = "0",
		.list = true },
	{ "list", FIELD_BOOL, "Negli elenchi", "In lists", "card" },
	{ "quick", FIELD_BOOL, "Nella scheda breve", "In the short form", "card" },
	{ "required", FIELD_BOOL, "Obbligatorio", "Required", "card", .list = true },
};

/* By which a card is called when it has nothing else: required in effect. */
static const struct {
	const char *entity, *field;
} names[] = {
	{ "lead", "last_name" },
	{ "contact", "last_name" },
};

bool layout_find(struct ctx *cx, const char *entity, const char *field, struct record **found)
{
	const struct part part = { entity, "field", field };

	if (!part_find(cx, &field_layout_entity, &part, found))
		return false;
	if (*found && record_has(*found, "removed_at"))
		*found = NULL;
	return true;
}

const struct field *layout_field(struct ctx *cx, const char *entity, const char *field)
{
	const struct entity *of = entity_named(entity);
	int at;

	if (!of || !of->extensible)
		return NULL;
	of = entity_of(cx, of);
	at = entity_find(of, field);
	if (at < 0 || (size_t)at >= of->field_count || of->fields[at].secret)
		return NULL;
	return &of->fields[at];
}

static bool is_needed(const struct record *layout, const struct field *f)
{
	if (f->required && !f->readonly)
		return true;
	for (size_t i = 0; i < COUNT(names); i++)
		if (record_is(layout, "entity", names[i].entity) &&
			!strcmp(f->name, names[i].field))
			return true;
	return false;
}

static bool says(const struct record *layout, const char *name, bool what)
{
	return record_has(layout, name) && !record_int(layout, name) == !what;
}

static bool check_flags(struct ctx *cx, const struct record *layout, const struct field *f)
{
	bool hides = record_int(layout, "hidden"), is_ours = f->readonly || f->derived;

	if (hides && is_needed(layout, f))
		refuse_field(cx, "hidden", "layout.hidden");
	if (hides && says(layout, "required", true))
		refuse_field(cx, "required", "layout.required_hidden");
	if (is_ours && says(layout, "required", true))
		refuse_field(cx, "required", "layout.readonly");
	if (is_ours && says(layout, "quick", true))
		refuse_field(cx, "quick", "layout.readonly");
	if (f->required && says(layout, "required", false))
		refuse_field(cx, "required", "layout.always");
	return cx->problem.kind == PROBLEM_NONE;
}

static bool check_panel(struct ctx *cx, const struct record *layout)
{
	const char *entity = record_text(layout, "entity"), *name = record_text(layout, "panel");
	struct record *panel;

	if (!*name || (layout->was && !record_changed(layout, "panel")))
		return true;
	if (!panel_find(cx, entity, name, &panel))
		return false;
	return (panel && !record_has(panel, "removed_at")) ||
	       layout_is_own_panel(entity_of(cx, entity_named(entity)), name) ||
	       refuse_field(cx, "panel", "layout.panel");
}

static bool must_be_the_only_one(struct ctx *cx, const struct record *layout)
{
	int64_t others, all;

	if (record_has(layout, "removed_at"))
		return true;
	if (!db_int(cx, &others, 0,
		    "select count(*) from field_layout where ws = $1 and entity = $2 and field = $3"
		    " and removed_at is null and id <> $4",
		    ARGS(v_int(cx->ws), v_text(record_text(layout, "entity")),
			    v_text(record_text(layout, "field")), v_int(layout->id))) ||
		!db_int(cx, &all, 0,
			"select count(*) from field_layout where ws = $1 and entity = $2"
			" and removed_at is null",
			ARGS(v_int(cx->ws), v_text(record_text(layout, "entity")))))
		return false;
	if (others)
		return refuse_field(cx, "field", "layout.taken");
	return layout->was || all < ROWS_MAX ||
	       refuse_field(cx, "entity", "layout.too_many", textf(cx, "%d", ROWS_MAX));
}

/* Of a field that is gone the row stays as it was, for when it comes back. */
static bool check(struct ctx *cx, struct record *layout)
{
	const struct field *f =
		layout_field(cx, record_text(layout, "entity"), record_text(layout, "field"));
	bool ok = true;

	if (layout->was && (record_changed(layout, "entity") || record_changed(layout, "field")))
		return refuse_field(
			cx, record_changed(layout, "field") ? "field" : "entity", "layout.fixed");
	if (!record_has(layout, "entity") || !record_has(layout, "field"))
		return true; /* told as required */
	if (!f && !layout->was)
		return refuse_field(cx, "field", "layout.unknown");
	ok = label_check(cx, layout, "label_it") && ok;
	ok = label_check(cx, layout, "label_en") && ok;
	ok = (!f || check_flags(cx, layout, f)) && ok;
	return check_panel(cx, layout) && ok && must_be_the_only_one(cx, layout);
}

static const char *title(struct ctx *cx, const struct record *layout)
{
	const struct field *f =
		layout_field(cx, record_text(layout, "entity"), record_text(layout, "field"));

	if (record_has(layout, "label_it") || record_has(layout, "label_en"))
		return label_of(cx, layout);
	return f ? field_label(f, cx->lang) : record_text(layout, "field");
}

static const char *const indexes[] = { "entity, field, id", NULL };

const struct entity field_layout_entity = {
	.name = "field_layout",
	.plural = "field-layouts",
	.it = "Disposizione di un campo",
	.en = "Field layout",
	.its = "Disposizione dei campi",
	.ens = "Field layouts",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.shapes = true,
	.indexes = indexes,
	.check = check,
	.title = title,
};
