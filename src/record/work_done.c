/* Who did how much work: operations are read from an index that holds all that
 * is asked for, and what each is about counts once a person. */
#include <string.h>

#include "base/arena.h"
#include "record/op.h"

enum { FIRST_SIZE = 4096 };

/* Numbers, each once; 0 is none. */
struct id_set {
	uint64_t *at;
	size_t n, size;
};

static uint64_t *place(const struct id_set *s, uint64_t id)
{
	uint64_t h = id * UINT64_C(0x9e3779b97f4a7c15);
	size_t i = (h ^ h >> 32) & (s->size - 1);

	while (s->at[i] && s->at[i] != id)
		i = (i + 1) & (s->size - 1);
	return &s->at[i];
}

static void widen(struct ctx *cx, struct id_set *s)
{
	struct id_set wider = { .size = s->size ? s->size * 2 : FIRST_SIZE, .n = s->n };

	wider.at = arena_alloc(cx->mem, wider.size * sizeof(*wider.at));
	for (size_t i = 0; i < s->size; i++)
		if (s->at[i])
			*place(&wider, s->at[i]) = s->at[i];
	*s = wider;
}

/* Whether it was not there yet. */
static bool put(struct ctx *cx, struct id_set *s, uint64_t id)
{
	uint64_t *at;

	if (s->n * 2 >= s->size)
		widen(cx, s);
	at = place(s, id);
	if (*at)
		return false;
	*at = id;
	s->n++;
	return true;
}

static void forget(struct id_set *s)
{
	if (s->n)
		memset(s->at, 0, s->size * sizeof(*s->at));
	s->n = 0;
}

/* One person after the other: SQLite has them so in the index, and would be
 * slower to put each of their things aside than we are. */
static bool read_each(struct ctx *cx, struct rows *r, work_fn *each, void *arg)
{
	struct work_done done = { 0 };
	struct id_set seen = { 0 };

	while (rows_next(r)) {
		if (rows_int(r, 0) != done.user_id) {
			if (done.steps)
				each(arg, &done);
			done = (struct work_done){ rows_int(r, 0), 0, 0 };
			forget(&seen);
		}
		done.steps++;
		done.things += put(cx, &seen, (uint64_t)rows_int(r, 1));
	}
	if (done.steps)
		each(arg, &done);
	return rows_end(r);
}

/* PostgreSQL sends a line a person instead of an operation. */
static bool read_sums(struct rows *r, work_fn *each, void *arg)
{
	while (rows_next(r)) {
		const struct work_done done = { rows_int(r, 0), rows_int(r, 1), rows_int(r, 2) };

		each(arg, &done);
	}
	return rows_end(r);
}

bool work_read(struct ctx *cx, const char *where, const struct args *args, work_fn *each, void *arg)
{
	bool pg = db_is_postgres(cx->db);
	struct rows *r;

	r = db_query(cx,
		textf(cx,
			"select o.user_id, %s from op o where o.ws = $1 and o.work_on is not null"
			" and o.undone_by is null%s %s by o.user_id",
			pg ? "count(*), count(distinct o.work_on)" : "o.work_on", where,
			pg ? "group" : "order"),
		args->v, args->n);
	return pg ? read_sums(r, each, arg) : read_each(cx, r, each, arg);
}
