/* Counting records anew: by another zone, or for the first time. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "record/list.h"
#include "record/op.h"
#include "record/parts.h"
#include "record/schema.h"
#include "record/slices.h"
#include "record/stay_parts.h"

/* While others write it goes by a few; alone by many, whose sums meet. */
enum { SLICE = 200, SLICE_ALONE = 4000, TURN_MS = 1000 };

static const char setting[] = "count_anew";

/* Which entity, and after which of its records; "": all is done. */
struct standing {
	const struct entity *of;
	int64_t after;
};

/* The first one that is counted, from there on. */
static const struct entity *next_counted(const struct entity *const *e)
{
	while (*e && !(*e)->count)
		e++;
	return *e;
}

static const struct entity *after_entity(const struct ctx *cx, const struct entity *of)
{
	const struct entity *const *e = cx->entities;

	while (*e && *e != of)
		e++;
	return *e ? next_counted(e + 1) : NULL;
}

/* "lead 123" */
static bool read_standing(struct ctx *cx, struct standing *s)
{
	const char *text, *blank;

	*s = (struct standing){ 0 };
	if (!setting_get(cx, setting, "", &text))
		return false;
	blank = strchr(text, ' ');
	for (const struct entity *const *e = cx->entities; blank && *e; e++)
		if (!strncmp((*e)->name, text, (size_t)(blank - text)) && !(*e)->name[blank - text])
			s->of = *e;
	s->after = blank ? strtoll(blank, NULL, 10) : 0;
	return true;
}

static bool write_standing(struct ctx *cx, const struct standing *s)
{
	return setting_set(
		cx, setting, s->of ? textf(cx, "%s %" PRId64, s->of->name, s->after) : "");
}

bool count_anew_ask(struct ctx *cx)
{
	struct standing s = { next_counted(cx->entities), 0 };

	return write_standing(cx, &s);
}

bool count_anew_is_due(struct ctx *cx, bool *due)
{
	struct standing s;
	bool ok = read_standing(cx, &s);

	*due = s.of != NULL;
	return ok;
}

static bool select_some(struct ctx *cx, const struct standing *s, size_t limit, struct page *page)
{
	struct args args;

	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(s->after));
	return list_select(
		cx, s->of, " where t.ws = $1 and t.id > $2 order by t.id", &args, limit, page);
}

static bool differs(const struct record *rec)
{
	for (size_t i = 0; i < entity_width(rec->of); i++)
		if (!val_same(&rec->v[i], &rec->was[i]))
			return true;
	return false;
}

/* What it has of before is brought into the present form with it. */
static bool count_one(struct ctx *cx, struct record *rec)
{
	const char *zone = counted_in(rec, rec->was);

	if ((rec->of->catch_up && !rec->of->catch_up(cx, rec)) ||
		(!*zone && rec->of->stand && !stay_fill(cx, rec)))
		return false;
	return (!strcmp(zone, cx->zone) && !differs(rec)) || record_follow(cx, rec);
}

/* It is counted as it stands in the store; what that brings comes into the
 * record in hand. */
bool count_first(struct ctx *cx, struct record *rec)
{
	struct record *stored;
	struct args args;
	struct page page;

	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(rec->id));
	if (!list_select(cx, rec->of, " where t.ws = $1 and t.id = $2", &args, 1, &page))
		return false;
	stored = page.n ? page.items[0] : NULL;
	if (!stored || !count_one(cx, stored))
		return !stored;
	for (size_t i = 0; i < entity_width(rec->of); i++) {
		if (val_same(&stored->v[i], &rec->was[i]))
			continue;
		if (val_same(&rec->v[i], &rec->was[i]))
			rec->v[i] = stored->v[i];
		rec->was[i] = stored->v[i];
	}
	return true;
}

static bool count_some(struct ctx *cx, size_t limit, bool *more)
{
	struct standing s;
	struct page page;

	if (!read_standing(cx, &s))
		return false;
	*more = s.of != NULL;
	if (!s.of)
		return true;
	if (!select_some(cx, &s, limit, &page))
		return false;
	for (size_t i = 0; i < page.n; i++)
		if (!count_one(cx, page.items[i]))
			return false;
	if (page.n)
		s.after = page.items[page.n - 1]->id;
	if (!page.more)
		s = (struct standing){ after_entity(cx, s.of), 0 };
	*more = s.of != NULL;
	return write_standing(cx, &s);
}

struct turn {
	size_t limit;
	bool more;
};

static bool slice(struct ctx *cx, void *arg)
{
	struct turn *t = arg;
	bool ok = op_begin(cx, "count") && count_some(cx, t->limit, &t->more);

	return op_end(cx, ok);
}

static bool work(struct ctx *cx, int64_t until, size_t limit)
{
	struct turn t = { limit, true };

	while (t.more && clock_monotonic() < until)
		if (!in_part(cx, slice, &t))
			return false;
	return true;
}

bool count_anew_turn(struct ctx *cx)
{
	return work(cx, clock_monotonic() + TURN_MS, SLICE);
}

bool count_anew_finish(struct ctx *cx)
{
	return work(cx, INT64_MAX, SLICE);
}

static bool forget_all(struct ctx *cx)
{
	if (!db_run(cx, "delete from counted where ws = $1", ARGS(v_int(cx->ws))))
		return false;
	for (const struct entity *const *e = cx->entities; *e; e++)
		if ((*e)->count &&
			!db_run(cx,
				textf(cx, "update %s set counted_in = null where ws = $1",
					entity_table(*e)),
				ARGS(v_int(cx->ws))))
			return false;
	return count_anew_ask(cx);
}

/* Rows of one key become one, in one statement; on SQLite they are one. */
bool count_compact(struct ctx *cx)
{
	bool ok = tx_begin(cx);

	ok = ok &&
	     (!db_is_postgres(cx->db) ||
		     db_run(cx,
			     "with twice as (select kind, period, owner_id, by1, by2, by3, by4 from counted"
			     " where ws = $1 group by kind, period, owner_id, by1, by2, by3, by4"
			     " having count(*) > 1 limit 50000), gone as (delete from counted t using twice s"
			     " where t.ws = $1 and t.kind = s.kind and t.period = s.period"
			     " and t.owner_id = s.owner_id and t.by1 = s.by1 and t.by2 = s.by2"
			     " and t.by3 = s.by3 and t.by4 = s.by4 returning t.*)"
			     " insert into counted (ws, kind, period, owner_id, by1, by2, by3, by4, n, sum1,"
			     " sum2, sum3) select ws, kind, period, owner_id, by1, by2, by3, by4,"
			     " cast(sum(n) as bigint), cast(sum(sum1) as bigint),"
			     " cast(sum(sum2) as bigint), cast(sum(sum3) as bigint) from gone"
			     " group by ws, kind, period, owner_id, by1, by2, by3, by4",
			     ARGS(v_int(cx->ws))));
	return tx_end(cx, ok);
}

bool count_all(struct ctx *cx)
{
	bool ok = tx_begin(cx) && forget_all(cx);

	return tx_end(cx, ok) && work(cx, INT64_MAX, SLICE_ALONE) && count_compact(cx);
}
