/* What happened with a record and with those that belong to it.
 *
 * Ids of all tables come from one maker and sort by time, so that activities
 * and changes merge by id and a page goes on below the last one. */
#include "crm/timeline.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "crm/entities.h"
#include "crm/timeline_parts.h"
#include "record/list.h"
#include "record/op.h"

/* One line of the timeline: an activity, a campaign's touch, or a change of an
 * anchor. */
struct event {
	int64_t id;
	struct record *fact;
	struct anchor *anchor;
};

static struct anchor *anchor_of(struct story *s, int64_t id)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->anchors[i].id == id)
			return &s->anchors[i];
	return NULL;
}

static bool find_changes(struct ctx *cx, struct story *s, struct event *events, size_t *n)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(s->before));
	buf_add(&sql, "select c.id, c.record_id from change c where c.ws = $1 and c.id < $2"
		      " and c.record_id in (");
	story_ids(s, NULL, &sql, &args);
	buf_addf(&sql, ") order by c.id desc limit %zu", s->limit + 1);
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r))
		events[(*n)++] = (struct event){ .id = rows_int(r, 0),
			.anchor = anchor_of(s, rows_int(r, 1)) };
	return rows_end(r);
}

/* Who may read a record may read what was done about it, by whomever; only a
 * role that may see no activities, or no touches, at all sees none here. */
static bool find_facts(struct ctx *cx, struct story *s, const struct entity *of, struct page *page)
{
	struct args args;
	struct buf sql;

	*page = (struct page){ 0 };
	if (rights_reach(cx->who, of, RIGHT_READ) == REACH_NONE)
		return true;
	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(s->before));
	buf_add(&sql, " where t.ws = $1 and t.id < $2 and t.removed_at is null");
	if (of == &touch_entity)
		story_touched(s, &sql, &args);
	else
		story_where(cx, s, &sql, &args);
	buf_add(&sql, " order by t.id desc");
	return list_select(cx, of, sql.s, &args, s->limit + 1, page);
}

static int newest_first(const void *a, const void *b)
{
	int64_t x = ((const struct event *)a)->id, y = ((const struct event *)b)->id;

	return x < y ? 1 : x > y ? -1 : 0;
}

static void add_facts(const struct page *page, struct event *events, size_t *n)
{
	for (size_t i = 0; i < page->n; i++)
		events[(*n)++] = (struct event){ .id = page->items[i]->id, .fact = page->items[i] };
}

/* All kinds together, newest first; more than the limit when there is more. */
static bool find_events(struct ctx *cx, struct story *s, struct event **events, size_t *n)
{
	struct page said, met;

	*n = 0;
	*events = arena_raw(cx->mem, 3 * (s->limit + 1) * sizeof(**events));
	if (!find_changes(cx, s, *events, n) || !find_facts(cx, s, &activity_entity, &said) ||
		!find_facts(cx, s, &touch_entity, &met))
		return false;
	add_facts(&said, *events, n);
	add_facts(&met, *events, n);
	qsort(*events, *n, sizeof(**events), newest_first);
	return true;
}

static void write_fact(
	struct ctx *cx, struct json_out *j, struct story *s, const struct record *fact)
{
	const char *name = entity_is(fact->of, &touch_entity) ? "touch" : "activity";

	json_open(j, '{');
	json_put_text(j, "type", name);
	json_put_time(j, "at", fact->created_at);
	json_key(j, name);
	record_write(cx, j, fact);
	json_close(j, '}');
	names_want_links(s->names, fact);
	names_want(s->names, &user_entity, record_int(fact, "created_by"));
}

static bool begin_walk(struct ctx *cx, struct anchor *a)
{
	struct record *rec;

	if (a->walk)
		return true;
	if (!record_load(cx, a->of, a->id, RIGHT_READ, &rec) ||
		!history_of(cx, a->of, a->id, &a->changes, &a->change_n))
		return false;
	a->walk = history_walk_new(cx, rec);
	return true;
}

/* Values are known by walking back from the present: over the later changes
 * in silence, this one aloud. */
static bool write_change(struct ctx *cx, struct json_out *j, struct anchor *a, int64_t id)
{
	bool ok = begin_walk(cx, a);

	for (; ok && a->told < a->change_n && a->changes[a->told].id >= id; a->told++)
		ok = history_write(
			cx, j, a->walk, &a->changes[a->told], a->changes[a->told].id == id);
	return ok;
}

static bool write_events(struct ctx *cx, struct json_out *j, struct story *s)
{
	struct event *events;
	bool ok = true;
	size_t n;

	if (!find_events(cx, s, &events, &n))
		return false;
	json_open(j, '{');
	json_key(j, "items");
	json_open(j, '[');
	for (size_t i = 0; ok && i < n && i < s->limit; i++) {
		if (events[i].fact)
			write_fact(cx, j, s, events[i].fact);
		else
			ok = write_change(cx, j, events[i].anchor, events[i].id);
	}
	json_close(j, ']');
	json_put_text(
		j, "next", n > s->limit ? textf(cx, "%" PRId64, events[s->limit - 1].id) : NULL);
	ok = ok && names_write(cx, s->names, j);
	json_close(j, '}');
	return ok;
}

bool timeline_write(struct ctx *cx, struct json_out *j, const struct timeline_ask *ask)
{
	struct story s = { .names = names_new(cx) };
	struct record *rec;

	return record_load(cx, ask->of, ask->id, RIGHT_READ, &rec) &&
	       story_page(cx, &s, ask->limit, ask->cursor) && story_find(cx, &s, rec) &&
	       write_events(cx, j, &s);
}
