/* Titles of linked records, asked for in one query an entity; of those that
 * the user may not read nothing is told. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "record/record.h"

struct wanted {
	const struct entity *of;
	struct args ids;
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

/* The set-up's rows have a name in each language: their titles are made anew
 * for the reader. */
static bool write_setup(struct ctx *cx, const struct wanted *w, struct json_out *j)
{
	struct record **all;
	size_t n;

	if (!record_all(cx, w->of, &all, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 1; k < w->ids.n; k++)
			if (w->ids.v[k].i == all[i]->id)
				json_put_text(j, textf(cx, "%" PRId64, all[i]->id),
					record_title(cx, all[i]));
	return true;
}

bool names_write(struct ctx *cx, struct names *n, struct json_out *j)
{
	bool ok = true;

	json_key(j, "names");
	json_open(j, '{');
	for (size_t i = 0; ok && i < n->n; i++) {
		struct wanted *w = &n->wanted[i];
		struct rows *r;
		struct buf sql;

		if (w->of->setup && entity_find(w->of, "name_en") >= 0) {
			ok = write_setup(cx, w, j);
			continue;
		}
		buf_init(&sql, cx->mem);
		buf_addf(&sql, "select t.id, t.title from %s t where t.ws = $1 and t.id in (",
			entity_table(w->of));
		buf_add(&sql, w->marks.s);
		buf_add(&sql, ")");
		rights_where(cx, w->of, RIGHT_READ, &sql, &w->ids);
		r = db_query(cx, sql.s, w->ids.v, w->ids.n);
		while (rows_next(r))
			json_put_text(j, textf(cx, "%" PRId64, rows_int(r, 0)), rows_text(r, 1));
		ok = rows_end(r);
	}
	json_close(j, '}');
	return ok;
}
