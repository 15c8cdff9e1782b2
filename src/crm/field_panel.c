/* A panel of a card (S2.12): its name in the layout, its titles, its place. */
#include "crm/field_panel.h"

#include <string.h>

#include "crm/custom_field.h"
#include "crm/labels.h"
#include "crm/naming.h"
#include "record/layout.h"

enum { PANELS_MAX = 60 };

static const struct field fields[] = {
	{ "entity", FIELD_CHOICE, "Scheda", "Record", "card", .choices = card_entities,
		.required = true, .list = true },
	{ "name", FIELD_TEXT, "Nome tecnico", "Technical name", "card", .max = 60, .required = true,
		.list = true },
	{ "title_it", FIELD_TEXT, "Titolo (italiano)", "Title (Italian)", "card", .max = 60,
		.list = true },
	{ "title_en", FIELD_TEXT, "Titolo (inglese)", "Title (English)", "card", .max = 60,
		.list = true },
	{ "position", FIELD_INT, "Ordine", "Order", "card", .list = true },
};

bool panel_find(struct ctx *cx, const char *entity, const char *name, struct record **found)
{
	const struct part part = { entity, "name", name };

	return part_find(cx, &field_panel_entity, &part, found);
}

static bool is_free(struct ctx *cx, const char *entity, const char *name, bool *is)
{
	const struct entity *of = entity_named(entity);
	struct record *found;

	if (!panel_find(cx, entity, name, &found))
		return false;
	*is = !found && !(of && layout_is_own_panel(entity_of(cx, of), name));
	return true;
}

bool panel_name(struct ctx *cx, const char *entity, const char *title, const char **name)
{
	const char *base = label_name(cx, title);
	bool free = false;

	*name = base;
	for (int i = 2;; i++) {
		if (!is_free(cx, entity, *name, &free))
			return false;
		if (free)
			return true;
		*name = textf(cx, "%s_%d", base, i);
	}
}

/* Those have words of the program's for a title. */
static bool is_of_the_program(const struct ctx *cx, const struct record *panel)
{
	const struct entity *of = entity_named(record_text(panel, "entity"));

	return of && layout_is_own_panel(entity_of(cx, of), record_text(panel, "name"));
}

static bool check_name(struct ctx *cx, struct record *panel)
{
	const char *entity = record_text(panel, "entity"), *name = NULL;
	struct record *other;

	if (panel->was && (record_changed(panel, "name") || record_changed(panel, "entity")))
		return refuse_field(
			cx, record_changed(panel, "name") ? "name" : "entity", "layout.fixed");
	if (!record_has(panel, "entity"))
		return true; /* told as required */
	if (!record_has(panel, "title_it") && !is_of_the_program(cx, panel))
		return refuse_field(cx, "title_it", "field.required");
	if (!record_has(panel, "name")) {
		if (!panel_name(cx, entity, record_text(panel, "title_it"), &name))
			return false;
		record_set_text(panel, "name", name);
	}
	if (!label_is_name(record_text(panel, "name")))
		return refuse_field(cx, "name", "custom_field.name");
	if (record_has(panel, "removed_at"))
		return true;
	return panel_find(cx, entity, record_text(panel, "name"), &other) &&
	       (!other || other->id == panel->id || record_has(other, "removed_at") ||
		       refuse_field(cx, "name", "layout.panel_twice", record_text(panel, "name")));
}

static bool must_not_be_too_many(struct ctx *cx, const struct record *panel)
{
	int64_t n = 0;

	return panel->was ||
	       (db_int(cx, &n, 0,
			"select count(*) from field_panel where ws = $1 and entity = $2"
			" and removed_at is null",
			ARGS(v_int(cx->ws), v_text(record_text(panel, "entity")))) &&
		       (n < PANELS_MAX || refuse_field(cx, "entity", "layout.too_many",
						  textf(cx, "%d", PANELS_MAX))));
}

static bool check(struct ctx *cx, struct record *panel)
{
	bool ok;

	name_in_both(panel, "title_it", "title_en");
	ok = check_name(cx, panel);
	ok = label_check(cx, panel, "title_it") && ok;
	ok = label_check(cx, panel, "title_en") && ok;
	return ok && must_not_be_too_many(cx, panel);
}

static const char *title(struct ctx *cx, const struct record *panel)
{
	bool english = cx->lang == LANG_EN && record_has(panel, "title_en");

	if (!record_has(panel, "title_it"))
		return record_text(panel, "name");
	return record_text(panel, english ? "title_en" : "title_it");
}

static const char *const indexes[] = { "entity, name, id", NULL };

const struct entity field_panel_entity = {
	.name = "field_panel",
	.plural = "field-panels",
	.it = "Riquadro",
	.en = "Panel",
	.its = "Riquadri",
	.ens = "Panels",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.shapes = true,
	.indexes = indexes,
	.check = check,
	.title = title,
};
