/* What the firm declared of its own, read into widened entities; and its zone. */
#include "record/custom.h"

#include <string.h>

#include "base/arena.h"
#include "record/layout.h"

/* Shared by all requests; lives in its own memory. */
struct custom {
	struct shared shared; /* first */
	struct arena *mem;
	int64_t ws;
	const struct entity **from; /* without what is the firm's */
	const struct entity **entities;
	const char *zone;
};

static const struct {
	const char *word;
	enum field_type type;
} types[] = {
	{ "text", FIELD_TEXT },
	{ "longtext", FIELD_LONGTEXT },
	{ "int", FIELD_INT },
	{ "money", FIELD_MONEY },
	{ "percent", FIELD_PERCENT },
	{ "bool", FIELD_BOOL },
	{ "date", FIELD_DATE },
	{ "time", FIELD_TIME },
	{ "email", FIELD_EMAIL },
	{ "phone", FIELD_PHONE },
	{ "url", FIELD_URL },
	{ "choice", FIELD_CHOICE },
	{ "currency", FIELD_CURRENCY },
};

bool custom_type(const char *word, enum field_type *type)
{
	for (size_t i = 0; i < COUNT(types); i++)
		if (!strcmp(types[i].word, word)) {
			*type = types[i].type;
			return true;
		}
	return false;
}

/* The columns of custom_field, in the order of the statement. */
enum {
	AT_ID,
	AT_ENTITY,
	AT_NAME,
	AT_IT,
	AT_EN,
	AT_TYPE,
	AT_CHOICES,
	AT_MAX,
	AT_REQUIRED,
	AT_LIST,
	AT_QUICK,
	AT_SEARCHABLE,
	AT_PANEL,
	AT_GONE
};

static const char ask[] =
	"select id, entity, name, label_it, label_en, type, choices, max, required, list, quick,"
	" searchable, panel, case when active = 1 and removed_at is null then 0 else 1 end"
	" from custom_field where ws = $1 order by position, id";

static const char *text_at(struct arena *mem, const struct rows *r, size_t column)
{
	return arena_dup(mem, rows_text(r, column));
}

/* What was taken away keeps its values, and is shown no more. */
static bool take_field(struct arena *mem, const struct rows *r, struct field *f)
{
	bool gone = rows_int(r, AT_GONE);

	*f = (struct field){ .custom = true, .id = rows_int(r, AT_ID) };
	if (!custom_type(rows_text(r, AT_TYPE), &f->type))
		return false;
	f->name = text_at(mem, r, AT_NAME);
	f->it = text_at(mem, r, AT_IT);
	f->en = *rows_text(r, AT_EN) ? text_at(mem, r, AT_EN) : f->it;
	f->group = *rows_text(r, AT_PANEL) ? text_at(mem, r, AT_PANEL) : "notes";
	f->max = (unsigned)rows_int(r, AT_MAX);
	if (f->type == FIELD_CHOICE)
		f->choices = custom_choices(mem, rows_text(r, AT_CHOICES));
	f->secret = gone;
	f->list = f->sort = rows_int(r, AT_LIST);
	f->asked = !gone && rows_int(r, AT_REQUIRED);
	f->quick = rows_int(r, AT_QUICK);
	f->searchable = !gone && rows_int(r, AT_SEARCHABLE);
	return true;
}

struct declared {
	const char *entity;
	struct field field;
};

/* All that was read. */
struct reading {
	struct declared *fields;
	size_t n;
	struct layout *layout;
};

/* A field of the program's own by the same name, of a later version, wins. */
static const struct entity *widen(
	struct arena *mem, const struct entity *e, const struct reading *read)
{
	const struct declared *all = read->fields;
	size_t n = read->n;
	struct entity *wide = arena_alloc(mem, sizeof(*wide));
	struct field *fields = arena_alloc(mem, (e->field_count + n) * sizeof(*fields));

	*wide = *e;
	memcpy(fields, e->fields, e->field_count * sizeof(*fields));
	for (size_t i = 0; i < n && wide->custom_count < CUSTOM_FIELDS_MAX; i++)
		if (!strcmp(all[i].entity, e->name) && entity_find(e, all[i].field.name) < 0) {
			fields[wide->field_count++] = all[i].field;
			wide->custom_count++;
		}
	wide->fields = fields;
	wide->from = e;
	return layout_lay(read->layout, mem, wide, fields) || wide->custom_count ? wide : e;
}

static const struct entity *plain(const struct entity *e)
{
	return e->from ? e->from : e;
}

static bool is_ours(const struct ctx *cx, const struct custom *c)
{
	size_t i = 0;

	if (!c || c->ws != cx->ws)
		return false;
	while (cx->entities[i] && c->from[i] == plain(cx->entities[i]))
		i++;
	return !cx->entities[i] && !c->from[i];
}

static bool read_declared(
	struct ctx *cx, struct arena *mem, struct declared *all, size_t max, size_t *n)
{
	struct rows *r = db_query(cx, ask, ARGS(v_int(cx->ws)));

	*n = 0;
	while (*n < max && rows_next(r))
		if (take_field(mem, r, &all[*n].field))
			all[(*n)++].entity = text_at(mem, r, AT_ENTITY);
	return rows_end(r);
}

/* Of a workspace that is only being made the ctx knows better. */
static bool read_zone(struct ctx *cx, struct custom *c)
{
	struct rows *r = db_query(cx,
		"select time_zone from firm where ws = $1 and removed_at is null"
		" order by id limit 1",
		ARGS(v_int(cx->ws)));

	c->zone = arena_dup(c->mem, rows_next(r) ? rows_text(r, 0) : cx->zone);
	return rows_end(r);
}

static void end_custom(struct shared *shared)
{
	arena_free(((struct custom *)shared)->mem);
}

static struct custom *custom_new(struct ctx *cx)
{
	enum { ALL_MAX = CUSTOM_FIELDS_MAX * 8 };
	struct arena *mem = arena_new();
	struct custom *c = arena_alloc(mem, sizeof(*c));
	struct reading read = { .fields = arena_alloc(cx->mem, ALL_MAX * sizeof(*read.fields)) };
	size_t count = 0;

	*c = (struct custom){ .shared = { .free = end_custom, .state = shared_state(cx->db) },
		.mem = mem,
		.ws = cx->ws };
	if (!read_declared(cx, mem, read.fields, ALL_MAX, &read.n) ||
		!layout_read(cx, mem, &read.layout) || !read_zone(cx, c)) {
		arena_free(mem);
		return NULL;
	}
	while (cx->entities[count])
		count++;
	c->from = arena_alloc(mem, (count + 1) * sizeof(*c->from));
	c->entities = arena_alloc(mem, (count + 1) * sizeof(*c->entities));
	for (size_t i = 0; i < count; i++) {
		c->from[i] = plain(cx->entities[i]);
		c->entities[i] =
			c->from[i]->extensible ? widen(mem, c->from[i], &read) : c->from[i];
	}
	return c;
}

bool custom_see(struct ctx *cx)
{
	struct custom *c = (struct custom *)shared_take(cx->db, cx->mem);

	if (!is_ours(cx, c)) {
		c = custom_new(cx);
		if (!c)
			return false;
		shared_put(cx->db, &c->shared, cx->mem);
	}
	cx->entities = c->entities;
	cx->zone = c->zone;
	return true;
}
