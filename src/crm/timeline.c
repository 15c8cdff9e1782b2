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
#include "record/list.h"
#include "record/op.h"

/* Of each kind of related record the newest are told. */
enum { RELATED_MAX = 200 };

/* Whose story is told together: the link that leads from one to the other. */
static const struct relation {
	const struct entity *of, *related;
	const char *condition; /* on the related t: $2 is the record's id */
} relations[] = {
	{ &company_entity, &contact_entity, "t.company_id = $2" },
	{ &company_entity, &opportunity_entity, "t.company_id = $2" },
	{ &company_entity, &lead_entity, "t.company_id = $2" },
	{ &contact_entity, &lead_entity, "t.contact_id = $2" },
	{ &opportunity_entity, &lead_entity,
		"t.id = (select o.lead_id from opportunity o"
		" where o.ws = $1 and o.id = $2)" },
	{ &lead_entity, &prospect_entity, "t.lead_id = $2" },
	{ &company_entity, &prospect_entity,
		"t.lead_id in (select l.id from lead l where l.ws = $1 and l.company_id = $2)" },
};

static const struct {
	const struct entity *of;
	const char *link;
} links[] = {
	{ &lead_entity, "lead_id" },
	{ &company_entity, "company_id" },
	{ &contact_entity, "contact_id" },
	{ &opportunity_entity, "opportunity_id" },
	{ &prospect_entity, "prospect_id" },
};

struct anchor {
	const struct entity *of;
	int64_t id;
	struct history_walk *walk; /* where the telling of its history stands */
	struct change *changes;
	size_t change_n, told;
};

struct story {
	struct anchor *anchors;
	size_t n;
	int64_t before; /* the cursor */
	size_t limit;
	struct names *names;
};

/* One line of the timeline: an activity, or a change of an anchor. */
struct event {
	int64_t id;
	struct record *activity;
	struct anchor *anchor;
};

static void add_anchor(struct story *s, const struct entity *of, int64_t id)
{
	s->anchors[s->n++] = (struct anchor){ .of = of, .id = id };
}

static bool add_related(
	struct ctx *cx, struct story *s, const struct relation *relation, int64_t id)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(id));
	buf_addf(&sql, "select t.id from %s t where t.ws = $1 and t.removed_at is null and %s",
		entity_table(relation->related), relation->condition);
	rights_where(cx, relation->related, RIGHT_READ, &sql, &args);
	buf_addf(&sql, " order by t.id desc limit %d", RELATED_MAX);
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r))
		add_anchor(s, relation->related, rows_int(r, 0));
	return rows_end(r);
}

static bool find_anchors(struct ctx *cx, struct story *s, const struct record *rec)
{
	bool ok = true;

	s->anchors =
		arena_alloc(cx->mem, (1 + COUNT(relations) * RELATED_MAX) * sizeof(*s->anchors));
	add_anchor(s, rec->of, rec->id);
	for (size_t i = 0; ok && i < COUNT(relations); i++)
		if (relations[i].of == rec->of)
			ok = add_related(cx, s, &relations[i], rec->id);
	return ok;
}

/* "$4, $5": the anchors of an entity, or of all; false when there are none. */
static bool add_ids(
	const struct story *s, const struct entity *of, struct buf *sql, struct args *args)
{
	bool any = false;

	for (size_t i = 0; i < s->n; i++) {
		if (of && s->anchors[i].of != of)
			continue;
		buf_addf(sql, "%s$%zu", any ? ", " : "", args_add(args, v_int(s->anchors[i].id)));
		any = true;
	}
	return any;
}

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
	add_ids(s, NULL, &sql, &args);
	buf_addf(&sql, ") order by c.id desc limit %zu", s->limit + 1);
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r))
		events[(*n)++] = (struct event){ .id = rows_int(r, 0),
			.anchor = anchor_of(s, rows_int(r, 1)) };
	return rows_end(r);
}

/* Who may read a record may read what was done about it, by whomever; only a
 * role that may see no activities at all sees none here. */
static bool find_activities(struct ctx *cx, struct story *s, struct page *page)
{
	struct args args;
	struct buf sql;

	*page = (struct page){ 0 };
	if (rights_reach(cx->who, &activity_entity, RIGHT_READ) == REACH_NONE)
		return true;
	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(s->before));
	buf_add(&sql, " where t.ws = $1 and t.id < $2 and t.removed_at is null and (1 = 0");
	for (size_t i = 0; i < COUNT(links); i++) {
		struct buf ids;

		buf_init(&ids, cx->mem);
		if (add_ids(s, links[i].of, &ids, &args)) {
			buf_addf(&sql, " or t.%s in (", links[i].link);
			buf_add(&sql, ids.s);
			buf_add(&sql, ")");
		}
	}
	buf_add(&sql, ") order by t.id desc");
	return list_select(cx, &activity_entity, sql.s, &args, s->limit + 1, page);
}

static int newest_first(const void *a, const void *b)
{
	int64_t x = ((const struct event *)a)->id, y = ((const struct event *)b)->id;

	return x < y ? 1 : x > y ? -1 : 0;
}

/* Both kinds together, newest first; more than the limit when there is more. */
static bool find_events(struct ctx *cx, struct story *s, struct event **events, size_t *n)
{
	struct page page;

	*n = 0;
	*events = arena_alloc(cx->mem, (2 * s->limit + 2) * sizeof(**events));
	if (!find_changes(cx, s, *events, n) || !find_activities(cx, s, &page))
		return false;
	for (size_t i = 0; i < page.n; i++)
		(*events)[(*n)++] =
			(struct event){ .id = page.items[i]->id, .activity = page.items[i] };
	qsort(*events, *n, sizeof(**events), newest_first);
	return true;
}

static void write_activity(
	struct ctx *cx, struct json_out *j, struct story *s, const struct record *activity)
{
	json_open(j, '{');
	json_put_text(j, "type", "activity");
	json_put_time(j, "at", activity->created_at);
	json_key(j, "activity");
	record_write(cx, j, activity);
	json_close(j, '}');
	names_want_links(s->names, activity);
	names_want(s->names, &user_entity, record_int(activity, "created_by"));
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
		if (events[i].activity)
			write_activity(cx, j, s, events[i].activity);
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

static bool read_ask(struct ctx *cx, const struct timeline_ask *ask, struct story *s)
{
	char *end = "";

	s->limit = ask->limit ? ask->limit : LIST_DEFAULT;
	s->before = INT64_MAX;
	if (s->limit > LIST_MAX)
		refuse_field(cx, "limit", "query.limit", textf(cx, "%d", LIST_MAX));
	if (ask->cursor && *ask->cursor)
		s->before = strtoll(ask->cursor, &end, 10);
	if (*end || s->before <= 0)
		refuse_field(cx, "cursor", "query.cursor");
	return cx->problem.kind == PROBLEM_NONE;
}

bool timeline_write(struct ctx *cx, struct json_out *j, const struct timeline_ask *ask)
{
	struct story s = { .names = names_new(cx) };
	struct record *rec;

	return record_load(cx, ask->of, ask->id, RIGHT_READ, &rec) && read_ask(cx, ask, &s) &&
	       find_anchors(cx, &s, rec) && write_events(cx, j, &s);
}
