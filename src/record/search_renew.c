/* Words of records that were there before their fields' words were wanted. */
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "record/custom.h"
#include "record/list.h"
#include "record/search.h"
#include "record/slices.h"

/* What others still hold of the fields is older than this by now: db/shared.c. */
enum { SETTLES_MS = 1000, SETTLES_PG_MS = 61000 };
enum { PART = 100, AT_ONCE_MS = 20000, DUE_MAX = 16 };

bool search_outdate(struct ctx *cx, const struct entity *of)
{
	return db_run(cx,
		"insert into words_due (ws, entity, at, below) values ($1, $2, $3, $4)"
		" on conflict (ws, entity) do update set at = excluded.at, below = excluded.below",
		ARGS(v_int(cx->ws), v_text(of->name), v_int(cx->now), v_int(INT64_MAX)));
}

/* What is to be done of one entity. */
struct due {
	const struct entity *of;
	int64_t at, below;
	int64_t ids[PART];
	size_t n;
};

static bool find_part(struct ctx *cx, struct due *d)
{
	struct rows *r = db_query(cx,
		textf(cx,
			"select id from %s where ws = $1 and id < $2 and custom_values is not null"
			" and removed_at is null order by id desc limit $3",
			entity_table(d->of)),
		ARGS(v_int(cx->ws), v_int(d->below), v_int(PART)));

	for (d->n = 0; d->n < PART && rows_next(r); d->n++)
		d->ids[d->n] = rows_int(r, 0);
	return rows_end(r);
}

static bool load_part(struct ctx *cx, const struct due *d, struct page *page)
{
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	buf_add(&sql, " where t.ws = $1 and t.removed_at is null and t.id in (");
	for (size_t i = 0; i < d->n; i++)
		buf_addf(&sql, "%s$%zu", i ? ", " : "", args_add(&args, v_int(d->ids[i])));
	buf_add(&sql, ")");
	return list_select(cx, d->of, sql.s, &args, PART, page);
}

static bool put_part(struct ctx *cx, const struct due *d)
{
	struct page page = { 0 };

	if (d->n && !load_part(cx, d, &page))
		return false;
	for (size_t i = 0; i < page.n; i++)
		if (!search_put_anew(cx, page.items[i]))
			return false;
	return true;
}

/* Noted anew meanwhile, it begins again: its row is another then. */
static bool keep_place(struct ctx *cx, const struct due *d)
{
	if (d->n < PART)
		return db_run(cx,
			"delete from words_due where ws = $1 and entity = $2 and at = $3 and below = $4",
			ARGS(v_int(cx->ws), v_text(d->of->name), v_int(d->at), v_int(d->below)));
	return db_run(cx,
		"update words_due set below = $5 where ws = $1 and entity = $2 and at = $3 and below = $4",
		ARGS(v_int(cx->ws), v_text(d->of->name), v_int(d->at), v_int(d->below),
			v_int(d->ids[PART - 1])));
}

static bool renew_part(struct ctx *cx, void *arg)
{
	struct due *d = arg;
	bool ok;

	if (!custom_see(cx) || !find_part(cx, d))
		return false;
	ok = tx_begin(cx) && put_part(cx, d) && keep_place(cx, d);
	return tx_end(cx, ok);
}

static const struct entity *entity_called(const struct ctx *cx, const char *name)
{
	for (const struct entity *const *e = cx->entities; *e; e++)
		if ((*e)->extensible && !strcmp((*e)->name, name))
			return *e;
	return NULL;
}

static bool find_due(struct ctx *cx, struct due *due, size_t *n)
{
	int64_t settled = cx->now - (db_is_postgres(cx->db) ? SETTLES_PG_MS : SETTLES_MS);
	struct rows *r = db_query(cx,
		"select entity, at, below from words_due where ws = $1 and at <= $2 order by entity",
		ARGS(v_int(cx->ws), v_int(settled)));

	*n = 0;
	while (*n < DUE_MAX && rows_next(r)) {
		due[*n] = (struct due){ .of = entity_called(cx, rows_text(r, 0)),
			.at = rows_int(r, 1),
			.below = rows_int(r, 2) };
		*n += due[*n].of != NULL;
	}
	return rows_end(r);
}

bool search_renew(struct ctx *cx)
{
	struct due *due = arena_alloc(cx->mem, DUE_MAX * sizeof(*due));
	int64_t until = clock_monotonic() + AT_ONCE_MS;
	size_t n;

	if (!find_due(cx, due, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		do {
			if (!in_part(cx, renew_part, &due[i]))
				return false;
			if (due[i].n == PART)
				due[i].below = due[i].ids[PART - 1];
		} while (due[i].n == PART && clock_monotonic() < until);
	return true;
}
