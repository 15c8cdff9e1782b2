/* What a record adds to the kept sums, gathered while an operation goes on. */
#include "record/count.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "record/op.h"
#include "record/parts.h"
#include "record/stay_parts.h"

enum { FIRST_SIZE = 64 };
#define AMOUNT_MAX INT64_C(1000000000000000)

void count_table_init(struct count_table *t, struct arena *mem)
{
	*t = (struct count_table){ .mem = mem, .size = FIRST_SIZE };
	t->rows = arena_raw(mem, FIRST_SIZE / 2 * sizeof(*t->rows));
	t->at = arena_alloc(mem, FIRST_SIZE * sizeof(*t->at));
}

bool counted_same(const struct counted *a, const struct counted *b)
{
	bool same = a->kind == b->kind && a->period == b->period && a->owner_id == b->owner_id;

	for (size_t i = 0; same && i < COUNT_BY; i++)
		same = a->by[i] == b->by[i];
	return same;
}

static size_t hash_of(const struct counted *c)
{
	uint64_t h = (uint64_t)c->kind;

	h = (h ^ (uint64_t)c->period) * UINT64_C(0x9e3779b97f4a7c15);
	h = (h ^ (uint64_t)c->owner_id) * UINT64_C(0x9e3779b97f4a7c15);
	for (size_t i = 0; i < COUNT_BY; i++)
		h = (h ^ h >> 29 ^ (uint64_t)c->by[i]) * UINT64_C(0x9e3779b97f4a7c15);
	h = (h ^ h >> 32) * UINT64_C(0xff51afd7ed558ccd);
	return (size_t)(h ^ h >> 32);
}

static uint32_t *place(const struct count_table *t, const struct counted *row)
{
	size_t i = hash_of(row) & (t->size - 1);

	while (t->at[i] && !counted_same(&t->rows[t->at[i] - 1], row))
		i = (i + 1) & (t->size - 1);
	return &t->at[i];
}

static void grow(struct count_table *t)
{
	struct counted *rows = t->rows;

	t->size *= 2;
	t->at = arena_alloc(t->mem, t->size * sizeof(*t->at));
	t->rows = arena_raw(t->mem, t->size / 2 * sizeof(*t->rows));
	memcpy(t->rows, rows, t->n * sizeof(*rows));
	for (size_t i = 0; i < t->n; i++)
		*place(t, &t->rows[i]) = (uint32_t)i + 1;
}

struct counted *count_table_row(struct count_table *t, const struct counted *key)
{
	uint32_t *at = place(t, key);

	if (!*at && t->n == t->size / 2) {
		grow(t);
		at = place(t, key);
	}
	if (!*at) {
		t->rows[t->n] = *key;
		t->rows[t->n].n = 0;
		memset(t->rows[t->n].sum, 0, sizeof(key->sum));
		*at = (uint32_t)++t->n;
	}
	return &t->rows[*at - 1];
}

void counts_add(struct counts *c, const struct counted *row)
{
	struct counted *to = count_table_row(c->to, row);

	to->n += c->sign * row->n;
	for (size_t i = 0; i < COUNT_SUMS; i++)
		to->sum[i] += c->sign * row->sum[i];
}

int64_t count_month(const char *day)
{
	return strtoll(day, NULL, 10) * 100 + strtoll(day + 5, NULL, 10);
}

int64_t count_day(const char *day)
{
	return COUNT_DAYS + count_month(day) * 100 + strtoll(day + 8, NULL, 10);
}

void counts_add_on(struct counts *c, struct counted row, const char *day)
{
	row.period = count_day(day);
	counts_add(c, &row);
	row.period = count_month(day);
	counts_add(c, &row);
}

void counts_add_at(struct counts *c, struct counted row, int64_t at)
{
	char day[DATE_TEXT];

	date_of(at, c->zone, day);
	counts_add_on(c, row, day);
}

int64_t count_amount(int64_t cents)
{
	if (cents > AMOUNT_MAX)
		return AMOUNT_MAX;
	return cents < -AMOUNT_MAX ? -AMOUNT_MAX : cents;
}

static bool put_one(struct ctx *cx, const struct counted *c)
{
	const struct val v[] = { v_int(cx->ws), v_int(c->kind), v_int(c->period),
		v_int(c->owner_id), v_int(c->by[0]), v_int(c->by[1]), v_int(c->by[2]),
		v_int(c->by[3]), v_int(c->n), v_int(c->sum[0]), v_int(c->sum[1]),
		v_int(c->sum[2]) };

	if (!db_run(cx,
		    "update counted set n = n + $9, sum1 = sum1 + $10, sum2 = sum2 + $11,"
		    " sum3 = sum3 + $12 where ws = $1 and kind = $2 and period = $3 and owner_id = $4"
		    " and by1 = $5 and by2 = $6 and by3 = $7 and by4 = $8",
		    v, COUNT(v)))
		return false;
	return db_touched(cx) > 0 ||
	       db_run(cx,
		       "insert into counted (ws, kind, period, owner_id, by1, by2, by3, by4, n, sum1,"
		       " sum2, sum3) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
		       v, COUNT(v));
}

static bool is_nothing(const struct counted *c)
{
	return !c->n && !c->sum[0] && !c->sum[1] && !c->sum[2];
}

static void add_numbers(struct ctx *cx, const struct count_table *t, size_t offset, struct val *v)
{
	struct buf b;

	buf_init(&b, cx->mem);
	for (size_t i = 0; i < t->n; i++) {
		int64_t n;

		memcpy(&n, (const char *)&t->rows[i] + offset, sizeof(n));
		if (!is_nothing(&t->rows[i]))
			buf_addf(&b, "%s%" PRId64, b.len ? "," : "{", n);
	}
	buf_add(&b, "}");
	*v = v_text(b.s);
}

/* All in one statement, each column as an array, so that its text is always
 * the same. */
static bool append(struct ctx *cx, const struct count_table *t)
{
	enum { COLUMNS = 3 + COUNT_BY + 1 + COUNT_SUMS };
	struct val v[1 + COLUMNS] = { v_int(cx->ws) };

	for (size_t i = 0; i < COLUMNS; i++)
		add_numbers(cx, t, i * sizeof(int64_t), &v[1 + i]);
	return db_run(cx,
		"insert into counted (ws, kind, period, owner_id, by1, by2, by3, by4, n, sum1, sum2,"
		" sum3) select cast($1 as bigint), * from unnest(cast($2 as bigint[]),"
		" cast($3 as bigint[]), cast($4 as bigint[]), cast($5 as bigint[]), cast($6 as bigint[]),"
		" cast($7 as bigint[]), cast($8 as bigint[]), cast($9 as bigint[]), cast($10 as bigint[]),"
		" cast($11 as bigint[]), cast($12 as bigint[]))",
		v, COUNT(v));
}

bool count_table_put(struct ctx *cx, const struct count_table *t)
{
	bool ok = true, any = false;

	for (size_t i = 0; i < t->n && !any; i++)
		any = !is_nothing(&t->rows[i]);
	if (any && db_is_postgres(cx->db))
		return append(cx, t);
	for (size_t i = 0; ok && any && i < t->n; i++)
		ok = is_nothing(&t->rows[i]) || put_one(cx, &t->rows[i]);
	return ok;
}

bool count_put(struct ctx *cx)
{
	struct count_table *t = cx->op->counts;

	cx->op->counts = NULL;
	return !t || count_table_put(cx, t);
}

const char *counted_in(const struct record *rec, const struct val *v)
{
	const struct val *zone = &v[record_at(rec, "counted_in")];

	return zone->type == VAL_TEXT ? zone->s : "";
}

bool counts_with(const struct record *rec, const struct val *v)
{
	return v && *counted_in(rec, v) && v[record_at(rec, "removed_at")].type == VAL_NULL;
}

static struct count_table *gathered_by(struct op *op)
{
	if (!op->counts) {
		op->counts = arena_alloc(op->mem, sizeof(*op->counts));
		count_table_init(op->counts, op->mem);
	}
	return op->counts;
}

/* What it is counted by is told apart from what its stays are: these are read
 * only where they change or what they are counted by does. */
bool count_store(struct ctx *cx, const struct record *rec)
{
	struct counts c = { .sign = -1 };

	if (!rec->of->count)
		return true;
	c.to = gathered_by(cx->op);
	if (counts_with(rec, rec->was)) {
		c.zone = counted_in(rec, rec->was);
		rec->of->count(rec, rec->was, &c);
	}
	if (counts_with(rec, rec->v)) {
		c.sign = 1;
		c.zone = counted_in(rec, rec->v);
		rec->of->count(rec, rec->v, &c);
	}
	return !rec->of->stand || stay_store(cx, rec);
}

bool count_begin(struct ctx *cx, struct record *rec)
{
	if (!rec->of->count)
		return true;
	if (rec->was && !*counted_in(rec, rec->was) && !count_first(cx, rec))
		return false;
	record_set_text(rec, "counted_in", cx->zone);
	return true;
}
