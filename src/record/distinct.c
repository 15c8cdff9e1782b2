/* Two records that are not the same: kept as records of their own. */
#include "record/distinct.h"

#include <string.h>

#include "base/arena.h"

enum { PAIRS_MAX = 2000 };

static const struct entity *distinctions(struct ctx *cx)
{
	for (const struct entity *const *e = cx->entities; *e; e++)
		if (!strcmp((*e)->name, "distinction"))
			return *e;
	return NULL;
}

static bool read_pairs(struct rows *r, struct distinct_pair *pairs, size_t *n)
{
	for (*n = 0; *n < PAIRS_MAX && rows_next(r); ++*n)
		pairs[*n] = (struct distinct_pair){ rows_int(r, 0), rows_int(r, 1) };
	return rows_end(r);
}

bool distinct_among(struct ctx *cx, struct record *const *records, size_t count,
	struct distinct_pair **pairs, size_t *n)
{
	struct args args;
	struct buf sql;

	*pairs = arena_alloc(cx->mem, PAIRS_MAX * sizeof(**pairs));
	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	buf_add(&sql, "select t.first_id, t.second_id from distinction t where t.ws = $1"
		      " and t.removed_at is null and t.first_id in (0");
	for (size_t i = 0; i < count; i++)
		buf_addf(&sql, ", $%zu", args_add(&args, v_int(records[i]->id)));
	buf_add(&sql, ")");
	return read_pairs(db_query(cx, sql.s, args.v, args.n), *pairs, n);
}

static bool was_said(struct ctx *cx, struct distinct_pair pair, int64_t *times)
{
	return db_int(cx, times, 0,
		"select count(*) from distinction t where t.ws = $1 and t.first_id = $2"
		" and t.second_id = $3 and t.removed_at is null",
		ARGS(v_int(cx->ws), v_int(pair.a), v_int(pair.b)));
}

bool distinct_say(struct ctx *cx, const struct entity *of, struct distinct_pair pair, bool *said)
{
	struct distinct_pair ordered = { pair.a < pair.b ? pair.a : pair.b,
		pair.a < pair.b ? pair.b : pair.a };
	struct record *rec;
	int64_t times = 0;

	*said = false;
	if (!was_said(cx, ordered, &times) || times)
		return times > 0;
	rec = record_new(cx, distinctions(cx));
	record_set_text(rec, "entity", of->name);
	record_set(rec, "first_id", v_int(ordered.a));
	record_set(rec, "second_id", v_int(ordered.b));
	*said = true;
	return record_store(cx, rec);
}

bool distinct_carry(struct ctx *cx, const struct record *from, const struct record *to)
{
	struct distinct_pair *pairs = arena_alloc(cx->mem, PAIRS_MAX * sizeof(*pairs));
	size_t n;
	bool ok = read_pairs(
		db_query(cx,
			"select t.first_id, t.second_id from distinction t where t.ws = $1"
			" and t.removed_at is null and (t.first_id = $2 or t.second_id = $2)",
			ARGS(v_int(cx->ws), v_int(from->id))),
		pairs, &n);

	for (size_t i = 0; ok && i < n; i++) {
		int64_t other = pairs[i].a == from->id ? pairs[i].b : pairs[i].a;
		bool said;

		if (other != to->id)
			ok = distinct_say(
				cx, from->of, (struct distinct_pair){ other, to->id }, &said);
	}
	return ok;
}
