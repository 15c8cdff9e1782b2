/* A whole card put in order: the panels first, then what stands in them. */
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "crm/field_layout.h"
#include "crm/field_panel.h"
#include "record/custom.h"
#include "record/layout.h"
#include "record/op.h"

enum { PANELS_MAX = 40, TITLE_MAX = 60 };

/* A card while it is put in order. */
struct card {
	const char *entity;
	const struct entity *of;
	const json_t *panels;
	const char *kept[PANELS_MAX]; /* names of its panels, in order */
	size_t n;
	struct page *arranged;
	int64_t placed; /* fields that have their place */
};

static bool find_card(struct ctx *cx, struct card *card)
{
	const struct entity *of = entity_named(card->entity);

	if (!of || !of->extensible || strcmp(of->name, card->entity) != 0)
		return refuse_field(cx, "entity", "field.choice");
	card->of = entity_of(cx, of);
	if (!json_is_array(card->panels) || !json_array_size(card->panels))
		return refuse_field(cx, "panels", "layout.panels");
	return json_array_size(card->panels) <= PANELS_MAX ||
	       refuse_field(cx, "panels", "layout.too_many", textf(cx, "%d", PANELS_MAX));
}

static const char *text_of(const json_t *panel, const char *key)
{
	const char *s = json_string_value(json_object_get(panel, key));

	return s ? s : "";
}

static bool is_said(const char *const *all, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(all[i], name))
			return true;
	return false;
}

static bool check_panel(struct ctx *cx, const json_t *panel)
{
	static const char *const known[] = { "name", "title_it", "title_en", "fields" };
	const char *key;
	json_t *value;

	if (!json_is_object(panel) || !json_is_array(json_object_get(panel, "fields")))
		return refuse_field(cx, "panels", "layout.panels");
	json_object_foreach((json_t *)panel, key, value)
	{
		bool fits = !strcmp(key, "fields") || json_is_string(value) || json_is_null(value);

		if (!fits || !is_said(known, COUNT(known), key))
			return refuse_field(cx, "panels", "layout.panels");
	}
	return true;
}

/* What is wrong with a title is told where it stands in the body. */
static bool fill_title(struct ctx *cx, const struct card *card, struct record *panel,
	const json_t *given, const char *name)
{
	const char *at = textf(cx, "panels.%zu.%s", card->n, name), *s = text_of(given, name);

	if (!json_object_get(given, name))
		return true;
	if (utf8_length(s) > TITLE_MAX)
		return refuse_field(cx, at, "field.too_long", textf(cx, "%d", TITLE_MAX));
	if (!custom_label_is_plain(s))
		return refuse_field(cx, at, "custom_field.label");
	record_set_text(panel, name, s);
	return true;
}

/* One of the program's under its own title needs no row but for its place. */
static bool name_panel(struct ctx *cx, const struct card *card, const json_t *given,
	struct record **panel, const char **name)
{
	const char *it = text_of(given, "title_it"), *en = text_of(given, "title_en");
	const char *title = *it ? it : en;

	*panel = NULL;
	*name = arena_dup(cx->mem, text_of(given, "name"));
	if (**name && !panel_find(cx, card->entity, *name, panel))
		return false;
	if (*panel || layout_is_own_panel(card->of, *name))
		return true;
	if (!*title)
		return refuse_field(
			cx, textf(cx, "panels.%zu.title_it", card->n), "layout.panel_name");
	return **name || panel_name(cx, card->entity, title, name);
}

static bool put_panel(struct ctx *cx, struct card *card, const json_t *given)
{
	struct record *panel;
	const char *name;

	if (!check_panel(cx, given) || !name_panel(cx, card, given, &panel, &name))
		return false;
	if (is_said(card->kept, card->n, name))
		return refuse_field(cx, "panels", "layout.panel_twice", name);
	if (!panel) {
		panel = record_new(cx, &field_panel_entity);
		record_set_text(panel, "entity", card->entity);
		record_set_text(panel, "name", name);
	}
	if (!fill_title(cx, card, panel, given, "title_it") ||
		!fill_title(cx, card, panel, given, "title_en"))
		return false;
	record_set(panel, "removed_at", v_null());
	record_set(panel, "position", v_int((int64_t)card->n + 1));
	card->arranged->items[card->arranged->n++] = panel;
	card->kept[card->n++] = name;
	return record_store(cx, panel) && (card->n > 1 || op_about(cx, panel));
}

static bool put_panels(struct ctx *cx, struct card *card)
{
	const json_t *given;
	size_t i;

	*card->arranged = (struct page){ .items = arena_alloc(cx->mem,
						 PANELS_MAX * sizeof(*card->arranged->items)) };
	json_array_foreach(card->panels, i, given) if (!put_panel(cx, card, given)) return false;
	return true;
}

/* The firm's own that are not among them; the program's only lose their place. */
static bool drop_panels(struct ctx *cx, const struct card *card)
{
	struct args args;
	struct page page;

	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_text(card->entity));
	if (!list_select(cx, &field_panel_entity,
		    " where t.ws = $1 and t.entity = $2 and t.removed_at is null order by t.id",
		    &args, LIST_MAX, &page))
		return false;
	for (size_t i = 0; i < page.n; i++) {
		struct record *panel = page.items[i];

		if (is_said(card->kept, card->n, record_text(panel, "name")))
			continue;
		record_set(panel, "removed_at", v_int(cx->now));
		if (!record_store(cx, panel))
			return false;
	}
	return true;
}

static bool put_field(struct ctx *cx, struct card *card, const char *panel, const char *name)
{
	struct record *layout;

	if (!name || !layout_field(cx, card->entity, name))
		return refuse_field(
			cx, "panels", "layout.unknown_field", name ? textf(cx, "%.60s", name) : "");
	if (!layout_find(cx, card->entity, name, &layout))
		return false;
	if (!layout) {
		layout = record_new(cx, &field_layout_entity);
		record_set_text(layout, "entity", card->entity);
		record_set_text(layout, "field", name);
	}
	record_set_text(layout, "panel", panel);
	record_set(layout, "position", v_int(++card->placed));
	return record_store(cx, layout);
}

/* One that is there twice would stand where it is named last. */
static bool must_be_there_once(struct ctx *cx, const struct card *card)
{
	const char **said = arena_alloc(cx->mem, (card->of->field_count + 1) * sizeof(*said));
	const json_t *panel, *field;
	size_t i, k, n = 0;

	json_array_foreach(card->panels, i, panel)
		json_array_foreach(json_object_get(panel, "fields"), k, field)
	{
		const char *name = json_string_value(field);

		if (name && is_said(said, n, name))
			return refuse_field(cx, "panels", "layout.twice", textf(cx, "%.60s", name));
		if (name && n < card->of->field_count)
			said[n++] = name;
	}
	return true;
}

static bool put_fields(struct ctx *cx, struct card *card)
{
	const json_t *panel, *field;
	size_t i, k;

	json_array_foreach(card->panels, i, panel)
		json_array_foreach(json_object_get(panel, "fields"), k,
			field) if (!put_field(cx, card, card->kept[i],
					   json_string_value(field))) return false;
	return true;
}

bool layout_arrange(struct ctx *cx, const char *entity, const json_t *panels, struct page *arranged)
{
	struct card card = { .entity = entity, .panels = panels, .arranged = arranged };
	bool ok = op_begin(cx, "card.arrange") &&
		  rights_demand(cx, &field_layout_entity, RIGHT_WRITE) && find_card(cx, &card) &&
		  put_panels(cx, &card) && must_be_there_once(cx, &card) && put_fields(cx, &card) &&
		  drop_panels(cx, &card);

	return op_end(cx, ok);
}
