/* A record's stays: written when it goes on, taken away when it goes back. */
#include <string.h>

#include "base/arena.h"
#include "record/custom.h"
#include "record/op.h"
#include "record/parts.h"
#include "record/stay_parts.h"

/* In memory: a list that grows by one at a time. */
struct stays {
	struct stay *all;
	size_t n, size;
};

static void add(struct ctx *cx, struct stays *s, const struct stay *one)
{
	if (s->n == s->size) {
		struct stay *all = s->all;

		s->size = s->size ? s->size * 2 : 16;
		s->all = arena_raw(cx->mem, s->size * sizeof(*all));
		if (s->n)
			memcpy(s->all, all, s->n * sizeof(*all));
	}
	s->all[s->n++] = *one;
}

static bool has_ended(const struct stand *at)
{
	return at->until != 0;
}

/* What a change makes of them: those that begin at from or later go, up to two
 * come.  A stay of no time is none. */
struct step_change {
	int64_t from; /* 0: none goes */
	struct stay come[2];
	size_t n;
};

static void come(struct step_change *c, const struct stand *at, int64_t left_at)
{
	if (at->step_id && left_at > at->since)
		c->come[c->n++] = (struct stay){ at->step_id, at->since, left_at };
}

/* Going on: the stay there is over, unless it was.  Going back, or opened
 * again as if it had never ended: what began since is not true any more. */
static struct step_change between(const struct stand *was, const struct stand *is)
{
	struct step_change c = { 0 };
	bool back = is->since < was->since;
	bool reopened = is->since == was->since && has_ended(was) && is->until != was->until;

	if (back || reopened)
		c.from = is->since;
	else if (is->since > was->since && !has_ended(was))
		come(&c, was, is->since);
	if (has_ended(is) && (is->since != was->since || is->until != was->until))
		come(&c, is, is->until);
	return c;
}

static void apply(struct ctx *cx, struct stays *s, const struct step_change *c)
{
	while (c->from && s->n && s->all[s->n - 1].entered_at >= c->from)
		s->n--;
	for (size_t i = 0; i < c->n; i++)
		add(cx, s, &c->come[i]);
}

bool stay_read(struct ctx *cx, int64_t record_id, struct stay **stays, size_t *n)
{
	struct stays s = { 0 };
	struct rows *r = db_query(cx,
		"select step_id, entered_at, left_at from stay where ws = $1 and record_id = $2"
		" order by entered_at",
		ARGS(v_int(cx->ws), v_int(record_id)));

	while (rows_next(r)) {
		const struct stay one = { rows_int(r, 0), rows_int(r, 1), rows_int(r, 2) };

		add(cx, &s, &one);
	}
	*stays = s.all;
	*n = s.n;
	return rows_end(r);
}

static bool put(struct ctx *cx, int64_t record_id, const struct stay *s)
{
	return db_run(cx,
		"insert into stay (ws, record_id, entered_at, step_id, left_at)"
		" values ($1, $2, $3, $4, $5)",
		ARGS(v_int(cx->ws), v_int(record_id), v_int(s->entered_at), v_int(s->step_id),
			v_int(s->left_at)));
}

static bool write(struct ctx *cx, int64_t record_id, const struct step_change *c)
{
	bool ok =
		!c->from ||
		db_run(cx, "delete from stay where ws = $1 and record_id = $2 and entered_at >= $3",
			ARGS(v_int(cx->ws), v_int(record_id), v_int(c->from)));

	for (size_t i = 0; ok && i < c->n; i++)
		ok = put(cx, record_id, &c->come[i]);
	return ok;
}

static void count_all_of(struct ctx *cx, const struct record *rec, const struct val *v,
	const struct stays *s, int sign)
{
	struct counts c = { cx->op->counts, NULL, sign };

	if (!counts_with(rec, v))
		return;
	c.zone = counted_in(rec, v);
	for (size_t i = 0; i < s->n; i++)
		rec->of->count_stay(rec, v, &s->all[i], &c);
}

/* Whether any stay would be counted otherwise than before. */
static bool counts_otherwise(struct ctx *cx, const struct record *rec)
{
	const struct stay any = { 1, 0, 1 };
	struct count_table t;
	struct counts c = { &t, NULL, -1 };
	bool was = counts_with(rec, rec->was), is = counts_with(rec, rec->v);

	if (!was || !is)
		return was != is;
	if (strcmp(counted_in(rec, rec->was), counted_in(rec, rec->v)) != 0)
		return true;
	count_table_init(&t, cx->mem);
	c.zone = "UTC";
	rec->of->count_stay(rec, rec->was, &any, &c);
	c.sign = 1;
	rec->of->count_stay(rec, rec->v, &any, &c);
	for (size_t i = 0; i < t.n; i++)
		if (t.rows[i].n)
			return true;
	return false;
}

bool stay_store(struct ctx *cx, const struct record *rec)
{
	struct stays before = { 0 }, after = { 0 };
	struct step_change change;
	struct stand was, is;
	bool all;

	if (!rec->was)
		return true;
	rec->of->stand(rec, rec->was, &was);
	rec->of->stand(rec, rec->v, &is);
	change = between(&was, &is);
	all = change.from || counts_otherwise(cx, rec);
	if (all && !stay_read(cx, rec->id, &before.all, &before.n))
		return false;
	before.size = before.n;
	for (size_t i = 0; i < before.n; i++)
		add(cx, &after, &before.all[i]);
	apply(cx, &after, &change);
	count_all_of(cx, rec, rec->was, &before, -1);
	count_all_of(cx, rec, rec->v, &after, 1);
	return write(cx, rec->id, &change);
}

/* Step back over a change. */
static void go_back(struct ctx *cx, const struct record *rec, const char *old, struct val *v)
{
	json_t *tree = old ? json_loads(old, 0, NULL) : NULL, *value;
	const char *name;

	json_object_foreach(tree, name, value)
	{
		int at = entity_find(rec->of, name);

		if (at >= 0)
			v[at] = custom_val(
				entity_field(rec->of, (size_t)at), val_of_json(cx, value));
	}
	json_decref(tree);
}

/* Before it was written down since when a record stands there, the changes of
 * the step themselves tell it. */
static void mend(
	const struct record *rec, const struct change *changes, struct stand *then, size_t n)
{
	bool is_told = true;

	for (size_t i = 0; i < n && is_told; i++)
		is_told = then[i].step_id == then[i + 1].step_id ||
			  then[i].since != then[i + 1].since;
	if (is_told)
		return;
	then[n].since = rec->created_at;
	for (size_t i = n; i-- > 0;)
		then[i].since =
			then[i].step_id == then[i + 1].step_id ? then[i + 1].since : changes[i].at;
}

/* Where it stood: now, before the last change, before the one before that. */
static struct stand *stands_of(
	struct ctx *cx, const struct record *rec, const struct change *changes, size_t n)
{
	size_t size = entity_width(rec->of) * sizeof(*rec->v);
	struct stand *then = arena_alloc(cx->mem, (n + 1) * sizeof(*then));
	struct val *v = arena_raw(cx->mem, size);

	memcpy(v, rec->v, size);
	rec->of->stand(rec, v, &then[0]);
	for (size_t i = 0; i < n; i++) {
		go_back(cx, rec, changes[i].old, v);
		rec->of->stand(rec, v, &then[i + 1]);
	}
	mend(rec, changes, then, n);
	return then;
}

bool stay_since(struct ctx *cx, const struct record *rec, int64_t *since)
{
	struct change *changes;
	size_t n;

	if (!history_of(cx, rec->of, rec->id, &changes, &n))
		return false;
	*since = stands_of(cx, rec, changes, n)[0].since;
	return true;
}

bool stays_of(struct ctx *cx, const struct record *rec, struct stay **stays, size_t *n)
{
	struct change *changes;
	struct stays s = { 0 };
	struct stand *then;
	size_t i;

	if (!history_of(cx, rec->of, rec->id, &changes, &i))
		return false;
	then = stands_of(cx, rec, changes, i);
	while (i-- > 0) {
		struct step_change c = between(&then[i + 1], &then[i]);

		apply(cx, &s, &c);
	}
	*stays = s.all;
	*n = s.n;
	return true;
}

bool stay_fill(struct ctx *cx, const struct record *rec)
{
	struct stay *stays;
	size_t n;

	if (!stay_read(cx, rec->id, &stays, &n) || n)
		return n > 0;
	if (!stays_of(cx, rec, &stays, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!put(cx, rec->id, &stays[i]))
			return false;
	return true;
}
