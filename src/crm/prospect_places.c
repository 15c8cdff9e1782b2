/* Where rows stand: positions with gaps, so that a row finds its place without
 * the others being touched.  When a gap is used up the next rows move on. */
#include "base/arena.h"
#include "crm/prospect_parts.h"

enum { GAP = 1 << 20, CROWD = 64, CROWD_MAX = 4096 };

/* The positions between which rows shall come; after: 0 for none below. */
struct gap {
	int64_t low, high;
	bool open; /* nothing follows */
};

static const char *memo_of(struct ctx *cx, int64_t list_id)
{
	return textf(cx, "prospect last %lld", (long long)list_id);
}

/* Nothing but this transaction adds rows: the last position is asked once. */
static bool last_place(struct ctx *cx, int64_t list_id, int64_t **last)
{
	const char *what = memo_of(cx, list_id);

	*last = ctx_recall(cx, what);
	if (*last)
		return true;
	*last = arena_alloc(cx->mem, sizeof(**last));
	if (!db_int(cx, *last, 0,
		    "select max(position) from prospect where ws = $1 and list_id = $2",
		    ARGS(v_int(cx->ws), v_int(list_id))))
		return false;
	ctx_keep(cx, what, *last);
	return true;
}

static bool find_gap(struct ctx *cx, const struct prospect_edit *where, struct gap *g)
{
	struct rows *r = db_query(cx,
		"select position from prospect where ws = $1 and list_id = $2 and id = $3",
		ARGS(v_int(cx->ws), v_int(where->list_id), v_int(where->after)));
	bool found = rows_next(r);

	*g = (struct gap){ .low = found ? rows_int(r, 0) : 0 };
	if (!rows_end(r))
		return false;
	if (where->after && !found)
		return refuse_field(
			cx, "after", "prospect.no_row", textf(cx, "%lld", (long long)where->after));
	/* of those that stand where the row does, the later ones follow it */
	r = db_query(cx,
		"select position from prospect where ws = $1 and list_id = $2"
		" and (position, id) > ($3, $4) order by position, id limit 1",
		ARGS(v_int(cx->ws), v_int(where->list_id), v_int(where->after ? g->low : INT64_MIN),
			v_int(where->after)));
	g->open = !rows_next(r);
	g->high = g->open ? 0 : rows_int(r, 0);
	if (!where->after)
		g->low = g->high - GAP * (int64_t)(PROSPECT_ADD + 1);
	return rows_end(r);
}

/* So many rows that follow move on until there is room for n more. */
static bool move_on(struct ctx *cx, const struct prospect_edit *where, int64_t low, size_t n)
{
	struct page page = { .more = true };
	int64_t end = 0, step;
	struct args args;
	size_t crowd = CROWD;

	for (bool roomy = false; !roomy; crowd *= 4) {
		args_init(&args, cx->mem);
		args_add(&args, v_int(cx->ws));
		args_add(&args, v_int(where->list_id));
		args_add(&args, v_int(low));
		args_add(&args, v_int(where->after));
		if (!list_select(cx, &prospect_entity,
			    " where t.ws = $1 and t.list_id = $2 and (t.position, t.id) > ($3, $4)"
			    " order by t.position, t.id",
			    &args, crowd + 1, &page))
			return false;
		roomy = page.n <= crowd || crowd >= CROWD_MAX;
		if (page.n > crowd) {
			end = record_int(page.items[--page.n], "position");
			roomy = roomy || end - low > (int64_t)(4 * (n + page.n));
		} else {
			end = low + GAP * (int64_t)(n + page.n + 1);
		}
	}
	step = (end - low) / (int64_t)(n + page.n + 1);
	if (!step)
		return refuse(cx, PROBLEM_CONFLICT, "prospect.no_room");
	for (size_t i = 0; i < page.n; i++)
		record_set(page.items[i], "position", v_int(end - step * (int64_t)(page.n - i)));
	return record_store_all(cx, page.items, page.n);
}

bool prospect_places(
	struct ctx *cx, const struct prospect_edit *where, size_t n, int64_t *first, int64_t *step)
{
	int64_t *last;
	struct gap g;

	if (!where->after && !where->first) {
		if (!last_place(cx, where->list_id, &last))
			return false;
		*step = GAP;
		*first = *last + GAP;
		*last += GAP * (int64_t)n;
		return true;
	}
	if (!find_gap(cx, where, &g))
		return false;
	if (g.open) {
		*step = GAP;
		*first = g.low + GAP;
		ctx_forget(cx, memo_of(cx, where->list_id));
		return true;
	}
	if (g.high - g.low <= (int64_t)n) {
		if (!move_on(cx, where, g.low, n) || !find_gap(cx, where, &g))
			return false;
		ctx_forget(cx, memo_of(cx, where->list_id));
	}
	*step = (g.high - g.low) / (int64_t)(n + 1);
	*first = g.low + *step;
	return true;
}
