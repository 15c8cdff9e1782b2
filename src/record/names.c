/* Titles of linked records, asked for in one query an entity; of those that
 * the user may not read nothing is told. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "record/record.h"

struct wanted {
	const struct entity *of;
	struct args ids;     /* the first is ws */
	const char **titles; /* of ids, once they are read; NULL: not told */
	struct buf marks;
};

struct names {
	struct ctx *cx;
	struct wanted wanted[32];
	size_t n;
};

struct names *names_new(struct ctx *cx)
{
	struct names *n = arena_alloc(cx->mem, sizeof(*n));

	n->cx = cx;
	return n;
}

static struct wanted *wanted_of(struct names *n, const struct entity *of)
{
	struct wanted *w;

	for (size_t i = 0; i < n->n; i++)
		if (n->wanted[i].of == of)
			return &n->wanted[i];
	if (n->n == COUNT(n->wanted))
		return NULL;
	w = &n->wanted[n->n++];
	w->of = of;
	args_init(&w->ids, n->cx->mem);
	args_add(&w->ids, v_int(n->cx->ws));
	buf_init(&w->marks, n->cx->mem);
	return w;
}

void names_want(struct names *n, const struct entity *of, int64_t id)
{
	struct wanted *w = id ? wanted_of(n, of) : NULL;

	if (!w)
		return;
	for (size_t i = 1; i < w->ids.n; i++)
		if (w->ids.v[i].i == id)
			return;
	buf_add(&w->marks, w->ids.n > 1 ? ", " : "");
	buf_addf(&w->marks, "$%zu", args_add(&w->ids, v_int(id)));
}

void names_want_links(struct names *n, const struct record *rec)
{
	for (size_t i = 0; i < entity_width(rec->of); i++) {
		const struct field *f = entity_field(rec->of, i);

		if (f->type == FIELD_LINK && f->to && rec->v[i].type == VAL_INT)
			names_want(n, f->to, rec->v[i].i);
	}
}

static void found(struct wanted *w, int64_t id, const char *title)
{
	for (size_t i = 1; i < w->ids.n; i++)
		if (w->ids.v[i].i == id)
			w->titles[i] = title;
}

/* The set-up's rows have a name in each language: their titles are made anew
 * for the reader. */
static bool read_setup(struct ctx *cx, struct wanted *w)
{
	struct record **all;
	size_t n;

	if (!record_all(cx, w->of, &all, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		found(w, all[i]->id, record_title(cx, all[i]));
	return true;
}

static bool read_titles(struct ctx *cx, struct wanted *w)
{
	struct args args = w->ids;
	struct rows *r;
	struct buf sql;

	w->titles = arena_alloc(cx->mem, w->ids.n * sizeof(*w->titles));
	if (w->of->setup && entity_find(w->of, "name_en") >= 0)
		return read_setup(cx, w);
	buf_init(&sql, cx->mem);
	buf_addf(&sql, "select t.id, t.title from %s t where t.ws = $1 and t.id in (",
		entity_table(w->of));
	buf_add(&sql, w->marks.s);
	buf_add(&sql, ")");
	rights_where(cx, w->of, RIGHT_READ, &sql, &args);
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r))
		found(w, rows_int(r, 0), rows_text(r, 1));
	return rows_end(r);
}

bool names_read(struct ctx *cx, struct names *n)
{
	for (size_t i = 0; i < n->n; i++)
		if (!read_titles(cx, &n->wanted[i]))
			return false;
	return true;
}

const char *names_title(const struct names *n, const struct entity *of, int64_t id)
{
	for (size_t i = 0; i < n->n; i++)
		for (size_t k = 1; n->wanted[i].of == of && k < n->wanted[i].ids.n; k++)
			if (n->wanted[i].ids.v[k].i == id && n->wanted[i].titles[k])
				return n->wanted[i].titles[k];
	return "";
}

bool names_write(struct ctx *cx, struct names *n, struct json_out *j)
{
	bool ok = names_read(cx, n);

	json_key(j, "names");
	json_open(j, '{');
	for (size_t i = 0; ok && i < n->n; i++)
		for (size_t k = 1; k < n->wanted[i].ids.n; k++)
			if (n->wanted[i].titles[k])
				json_put_text(j, textf(cx, "%" PRId64, n->wanted[i].ids.v[k].i),
					n->wanted[i].titles[k]);
	json_close(j, '}');
	return ok;
}
