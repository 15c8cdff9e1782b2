/* Keys of many new records, put together: sorted, so that one page of the index
 * after the other is met, and on PostgreSQL in one statement. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "record/parts.h"

enum { FIRST = 1024 };

bool gathered_add(struct ctx *cx, const struct record *rec, int64_t number)
{
	struct op *op = cx->op;

	if (op->gathered_n && op->gathered_of != rec->of && !gathered_put(cx))
		return false;
	op->gathered_of = rec->of;
	if (op->gathered_n == op->gathered_size) {
		size_t size = op->gathered_size ? op->gathered_size * 2 : FIRST;
		struct gathered *grown = arena_raw(cx->mem, size * sizeof(*grown));

		if (op->gathered_n)
			memcpy(grown, op->gathered, op->gathered_n * sizeof(*grown));
		op->gathered = grown;
		op->gathered_size = size;
	}
	op->gathered[op->gathered_n++] = (struct gathered){ number, rec->id };
	return true;
}

static int by_key(const void *a, const void *b)
{
	const struct gathered *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->record_id > y->record_id) - (x->record_id < y->record_id);
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* One after the other: before each it is asked whether it was there. */
static bool put_each(struct ctx *cx)
{
	struct op *op = cx->op;
	int64_t *alike = arena_raw(cx->mem, op->gathered_n * sizeof(*alike)), other;
	size_t n = 0;

	for (size_t i = 0; i < op->gathered_n; i++) {
		const struct gathered *g = &op->gathered[i];

		/* the last bit: more than a name */
		if (g->key & 1) {
			if (!db_int(cx, &other, 0,
				    "select record_id from likeness where ws = $1 and key = $2"
				    " limit 1",
				    ARGS(v_int(cx->ws), v_int(g->key))))
				return false;
			if (other)
				alike[n++] = g->record_id;
		}
		if (!db_run(cx,
			    "insert into likeness (ws, key, record_id, entity) values ($1, $2, $3, $4)",
			    ARGS(v_int(cx->ws), v_int(g->key), v_int(g->record_id),
				    v_text(op->gathered_of->name))))
			return false;
	}
	qsort(alike, n, sizeof(*alike), by_number);
	for (size_t i = 0; i < n; i++)
		op->alike += !i || alike[i] != alike[i - 1];
	return true;
}

#define PAIRS " from unnest(cast($2 as bigint[]), cast($3 as bigint[])) as g (key, record_id)"

static bool put_at_once(struct ctx *cx)
{
	struct op *op = cx->op;
	struct buf keys, ids;
	int64_t alike;

	buf_init(&keys, cx->mem);
	buf_init(&ids, cx->mem);
	for (size_t i = 0; i < op->gathered_n; i++) {
		buf_addf(&keys, "%c%" PRId64, i ? ',' : '{', op->gathered[i].key);
		buf_addf(&ids, "%c%" PRId64, i ? ',' : '{', op->gathered[i].record_id);
	}
	buf_add(&keys, "}");
	buf_add(&ids, "}");
	if (!db_run(cx,
		    "insert into likeness (ws, key, record_id, entity)"
		    " select $1, g.key, g.record_id, $4" PAIRS,
		    ARGS(v_int(cx->ws), v_text(keys.s), v_text(ids.s),
			    v_text(op->gathered_of->name))) ||
		!db_int(cx, &alike, 0,
			"select count(distinct g.record_id)" PAIRS
			" where g.key % 2 = 1 and exists (select 1 from likeness m"
			" where m.ws = $1 and m.key = g.key and m.record_id < g.record_id)",
			ARGS(v_int(cx->ws), v_text(keys.s), v_text(ids.s))))
		return false;
	op->alike += alike;
	return true;
}

bool gathered_put(struct ctx *cx)
{
	struct op *op = cx->op;
	bool ok;

	if (!op->gathered_n)
		return true;
	qsort(op->gathered, op->gathered_n, sizeof(*op->gathered), by_key);
	ok = db_is_postgres(cx->db) ? put_at_once(cx) : put_each(cx);
	op->gathered_n = 0;
	return ok;
}
