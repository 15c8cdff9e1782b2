/* What the firm says of its cards, laid over the fields. */
#include "record/layout.h"

#include <string.h>

#include "base/arena.h"

enum { ROWS_MAX = 1000, PANELS_MAX = 400 };

/* One field of one card; -1 is nothing said. */
struct row {
	const char *entity, *field, *it, *en, *panel;
	int64_t position;
	int hidden, list, quick, required;
};

struct own_panel {
	const char *entity;
	struct panel panel;
};

struct layout {
	struct row *rows;
	struct own_panel *panels;
	size_t n, panel_n;
};

static const char *text_at(struct arena *mem, const struct rows *r, size_t column)
{
	const char *s = rows_text(r, column);

	return *s ? arena_dup(mem, s) : NULL;
}

/* The columns in the order of the statement. */
enum {
	AT_ENTITY,
	AT_FIELD,
	AT_IT,
	AT_EN,
	AT_PANEL,
	AT_POSITION,
	AT_HIDDEN,
	AT_LIST,
	AT_QUICK,
	AT_REQUIRED
};

static bool read_rows(struct ctx *cx, struct arena *mem, struct layout *l)
{
	struct rows *r = db_query(cx,
		"select entity, field, label_it, label_en, panel, coalesce(position, -1), hidden,"
		" coalesce(list, -1), coalesce(quick, -1), coalesce(required, -1)"
		" from field_layout where ws = $1 and removed_at is null order by id",
		ARGS(v_int(cx->ws)));

	while (l->n < ROWS_MAX && rows_next(r))
		l->rows[l->n++] = (struct row){ .entity = text_at(mem, r, AT_ENTITY),
			.field = text_at(mem, r, AT_FIELD),
			.it = text_at(mem, r, AT_IT),
			.en = text_at(mem, r, AT_EN),
			.panel = text_at(mem, r, AT_PANEL),
			.position = rows_int(r, AT_POSITION),
			.hidden = (int)rows_int(r, AT_HIDDEN),
			.list = (int)rows_int(r, AT_LIST),
			.quick = (int)rows_int(r, AT_QUICK),
			.required = (int)rows_int(r, AT_REQUIRED) };
	return rows_end(r);
}

static bool read_panels(struct ctx *cx, struct arena *mem, struct layout *l)
{
	struct rows *r = db_query(cx,
		"select entity, name, title_it, title_en, case when position is null then 0 else 1 end"
		" from field_panel where ws = $1 and removed_at is null"
		" order by case when position is null then 1 else 0 end, position, id",
		ARGS(v_int(cx->ws)));

	while (l->panel_n < PANELS_MAX && rows_next(r)) {
		struct own_panel *own = &l->panels[l->panel_n++];

		own->entity = text_at(mem, r, 0);
		own->panel = (struct panel){ .name = text_at(mem, r, 1),
			.it = text_at(mem, r, 2),
			.en = text_at(mem, r, 3),
			.placed = rows_int(r, 4) };
		if (!own->panel.en)
			own->panel.en = own->panel.it;
	}
	return rows_end(r);
}

bool layout_read(struct ctx *cx, struct arena *mem, struct layout **layout)
{
	struct layout *l = arena_alloc(mem, sizeof(*l));

	l->rows = arena_alloc(mem, ROWS_MAX * sizeof(*l->rows));
	l->panels = arena_alloc(mem, PANELS_MAX * sizeof(*l->panels));
	*layout = l;
	return read_rows(cx, mem, l) && read_panels(cx, mem, l);
}

bool layout_is_own_panel(const struct entity *e, const char *name)
{
	for (size_t i = 0; i < e->field_count; i++)
		if (e->fields[i].group && !strcmp(e->fields[i].group, name))
			return true;
	return !strcmp(name, "notes");
}

static bool is_panel(const struct entity *wide, const char *name)
{
	for (size_t i = 0; i < wide->panel_count; i++)
		if (!strcmp(wide->panels[i].name, name))
			return true;
	return layout_is_own_panel(wide, name);
}

static bool say(bool as_it_is, int said)
{
	return said < 0 ? as_it_is : said;
}

/* A panel that is gone holds nothing: its fields are back where they were. */
static void lay_one(const struct row *row, const struct entity *wide, struct field *f)
{
	if (row->it) {
		f->it = row->it;
		f->en = row->en ? row->en : row->it;
	} else if (row->en) {
		f->en = row->en;
	}
	if (row->panel && is_panel(wide, row->panel))
		f->group = row->panel;
	if (row->position >= 0)
		f->place = row->position * 2 + 1;
	f->hidden = row->hidden;
	f->list = say(f->list, row->list);
	if (f->custom)
		f->sort = f->list;
	f->quick = say(f->quick, row->quick);
	f->asked = say(f->asked, row->required) && !f->hidden;
}

static size_t take_panels(const struct layout *l, struct arena *mem, struct entity *wide)
{
	struct panel *panels = arena_alloc(mem, (l->panel_n + 1) * sizeof(*panels));

	for (size_t i = 0; i < l->panel_n; i++)
		if (!strcmp(l->panels[i].entity, wide->name))
			panels[wide->panel_count++] = l->panels[i].panel;
	wide->panels = panels;
	return wide->panel_count;
}

/* Behind the last one of its panel that has a place; of a panel without any,
 * behind them all. */
static int64_t last_place(const struct entity *wide, const struct field *fields, const char *group)
{
	int64_t last = 0;

	for (size_t i = 0; i < wide->field_count; i++)
		if (fields[i].place % 2 && !strcmp(fields[i].group ? fields[i].group : "", group) &&
			fields[i].place > last)
			last = fields[i].place;
	return last ? last + 1 : INT64_MAX - 1;
}

static void place_others(const struct entity *wide, struct field *fields)
{
	bool any = false;

	for (size_t i = 0; i < wide->field_count; i++)
		any |= fields[i].place % 2;
	for (size_t i = 0; any && i < wide->field_count; i++)
		if (!fields[i].place)
			fields[i].place = last_place(
				wide, fields, fields[i].group ? fields[i].group : "notes");
}

bool layout_lay(
	const struct layout *l, struct arena *mem, struct entity *wide, struct field *fields)
{
	bool any = take_panels(l, mem, wide) > 0;

	for (size_t i = 0; i < l->n; i++) {
		int at = strcmp(l->rows[i].entity, wide->name)
				 ? -1
				 : entity_find(wide, l->rows[i].field);

		if (at < 0 || (size_t)at >= wide->field_count)
			continue;
		lay_one(&l->rows[i], wide, &fields[at]);
		any = true;
	}
	place_others(wide, fields);
	return any;
}
