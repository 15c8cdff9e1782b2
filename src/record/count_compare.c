/* What is kept, beside what the records themselves say. */
#include <string.h>

#include "base/arena.h"
#include "record/list.h"
#include "record/stay_parts.h"

enum { PAGE = 500 };

/* The stays of a page's records, in the order of these. */
static bool count_stays(
	struct ctx *cx, struct count_table *to, struct record *const *recs, size_t n)
{
	struct rows *r = db_query(cx,
		"select record_id, step_id, entered_at, left_at from stay where ws = $1"
		" and record_id >= $2 and record_id <= $3 order by record_id",
		ARGS(v_int(cx->ws), v_int(recs[0]->id), v_int(recs[n - 1]->id)));
	size_t i = 0;

	while (rows_next(r)) {
		const struct stay s = { rows_int(r, 1), rows_int(r, 2), rows_int(r, 3) };
		struct counts c = { to, NULL, 1 };

		while (i < n && recs[i]->id < rows_int(r, 0))
			i++;
		if (i == n || recs[i]->id != rows_int(r, 0) || !counts_with(recs[i], recs[i]->v))
			continue;
		c.zone = counted_in(recs[i], recs[i]->v);
		recs[i]->of->count_stay(recs[i], recs[i]->v, &s, &c);
	}
	return rows_end(r);
}

static bool count_page(
	struct ctx *cx, const struct entity *of, struct count_table *to, int64_t *after)
{
	struct args args;
	struct page page;

	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(*after));
	if (!list_select(
		    cx, of, " where t.ws = $1 and t.id > $2 order by t.id", &args, PAGE, &page))
		return false;
	for (size_t i = 0; i < page.n; i++) {
		const struct record *rec = page.items[i];
		struct counts c = { to, counted_in(rec, rec->v), 1 };

		if (counts_with(rec, rec->v))
			of->count(rec, rec->v, &c);
	}
	*after = page.more ? page.items[page.n - 1]->id : 0;
	return !page.n || !of->count_stay || count_stays(cx, to, page.items, page.n);
}

static void end_memory(void *mem)
{
	arena_free(mem);
}

/* A page at a time, in memory of its own. */
static bool count_entity(struct ctx *cx, const struct entity *of, struct count_table *to)
{
	int64_t after = 0;

	do {
		struct ctx part = *cx;

		part.mem = arena_new();
		part.layout = NULL;
		if (!count_page(&part, of, to, &after)) {
			cx->problem = part.problem;
			arena_defer(cx->mem, end_memory, part.mem);
			return false;
		}
		arena_free(part.mem);
	} while (after);
	return true;
}

static bool read_kept(struct ctx *cx, struct count_table *kept)
{
	struct counts c = { kept, NULL, 1 };
	struct rows *r = db_query(cx,
		"select kind, period, owner_id, by1, by2, by3, by4, n, sum1, sum2, sum3"
		" from counted where ws = $1",
		ARGS(v_int(cx->ws)));

	while (rows_next(r)) {
		const struct counted row = { rows_int(r, 0), rows_int(r, 1), rows_int(r, 2),
			{ rows_int(r, 3), rows_int(r, 4), rows_int(r, 5), rows_int(r, 6) },
			rows_int(r, 7), { rows_int(r, 8), rows_int(r, 9), rows_int(r, 10) } };

		counts_add(&c, &row);
	}
	return rows_end(r);
}

static bool is_equal(const struct counted *a, const struct counted *b)
{
	return a->n == b->n && !memcmp(a->sum, b->sum, sizeof(a->sum));
}

bool count_compare(struct ctx *cx, count_differs *tell, void *arg)
{
	struct count_table kept, found;

	count_table_init(&kept, cx->mem);
	count_table_init(&found, cx->mem);
	if (!read_kept(cx, &kept))
		return false;
	for (const struct entity *const *e = cx->entities; *e; e++)
		if ((*e)->count && !count_entity(cx, *e, &found))
			return false;
	for (size_t i = 0; i < found.n; i++) {
		const struct counted *one = count_table_row(&kept, &found.rows[i]);

		if (!is_equal(one, &found.rows[i]))
			tell(arg, one, &found.rows[i]);
	}
	for (size_t i = 0; i < kept.n; i++) {
		const struct counted *one = count_table_row(&found, &kept.rows[i]);

		if (is_equal(one, &(struct counted){ 0 }) && !is_equal(one, &kept.rows[i]))
			tell(arg, &kept.rows[i], one);
	}
	return true;
}
