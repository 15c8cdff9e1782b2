/* Whose story is told together. */
#include <stdlib.h>

#include "base/arena.h"
#include "crm/entities.h"
#include "crm/timeline_parts.h"

/* Of each kind of related record the newest are told. */
enum { RELATED_MAX = 200 };

/* The link that leads from one to the other. */
static const struct relation {
	const struct entity *of, *related;
	const char *condition; /* on the related t: $2 is the record's id */
} relations[] = {
	{ &company_entity, &contact_entity, "t.company_id = $2" },
	{ &company_entity, &opportunity_entity, "t.company_id = $2" },
	{ &company_entity, &lead_entity, "t.company_id = $2" },
	/* put into a client folder after the lead was converted */
	{ &company_entity, &lead_entity,
		"t.id in (select o.lead_id from opportunity o where o.ws = $1"
		" and o.company_id = $2 and o.lead_id is not null)" },
	{ &contact_entity, &opportunity_entity, "t.contact_id = $2" },
	{ &contact_entity, &lead_entity, "t.contact_id = $2" },
	{ &opportunity_entity, &lead_entity,
		"t.id = (select o.lead_id from opportunity o"
		" where o.ws = $1 and o.id = $2)" },
	/* what was said before there was a lead */
	{ &lead_entity, &prospect_entity, "t.lead_id = $2" },
	{ &company_entity, &prospect_entity,
		"t.lead_id in (select l.id from lead l where l.ws = $1 and l.company_id = $2)" },
};

static const struct {
	const struct entity *of;
	const char *link;
	bool is_touched; /* a campaign may touch it */
} links[] = {
	{ &lead_entity, "lead_id", true },
	{ &company_entity, "company_id", false },
	{ &contact_entity, "contact_id", true },
	{ &opportunity_entity, "opportunity_id", false },
	{ &prospect_entity, "prospect_id", true },
};

enum { ANCHORS_MAX = 1 + (COUNT(relations) + 2) * RELATED_MAX };

static void add_anchor(struct story *s, const struct entity *of, int64_t id, int64_t created_at)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->anchors[i].id == id)
			return;
	s->anchors[s->n++] = (struct anchor){ .of = of, .id = id };
	if (created_at < s->since)
		s->since = created_at;
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
	buf_addf(&sql,
		"select t.id, t.created_at from %s t where t.ws = $1 and t.removed_at is null and %s",
		entity_table(relation->related), relation->condition);
	rights_where(cx, relation->related, RIGHT_READ, &sql, &args);
	buf_addf(&sql, " order by t.id desc limit %d", RELATED_MAX);
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r))
		add_anchor(s, relation->related, rows_int(r, 0), rows_int(r, 1));
	return rows_end(r);
}

/* What was merged into an anchor tells its part of the story. */
static bool add_merged(struct ctx *cx, struct story *s, struct anchor into)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	if (!into.of->join)
		return true;
	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(into.id));
	buf_addf(&sql,
		"select t.id, t.created_at from %s t where t.ws = $1 and t.merged_into_id = $2",
		entity_table(into.of));
	rights_where(cx, into.of, RIGHT_READ, &sql, &args);
	buf_addf(&sql, " order by t.id desc limit %d", RELATED_MAX);
	r = db_query(cx, sql.s, args.v, args.n);
	while (s->n < ANCHORS_MAX && rows_next(r))
		add_anchor(s, into.of, rows_int(r, 0), rows_int(r, 1));
	return rows_end(r);
}

bool story_find(struct ctx *cx, struct story *s, const struct record *rec)
{
	bool ok = true;

	s->since = INT64_MAX;
	s->anchors = arena_alloc(cx->mem, ANCHORS_MAX * sizeof(*s->anchors));
	add_anchor(s, rec->of, rec->id, rec->created_at);
	for (size_t i = 0; ok && i < COUNT(relations); i++)
		if (entity_is(rec->of, relations[i].of))
			ok = add_related(cx, s, &relations[i], rec->id);
	/* the list grows while it is walked: what was merged may hold others */
	for (size_t i = 0; ok && i < s->n; i++)
		ok = add_merged(cx, s, s->anchors[i]);
	return ok;
}

bool story_ids(const struct story *s, const struct entity *of, struct buf *sql, struct args *args)
{
	bool any = false;

	for (size_t i = 0; i < s->n; i++) {
		if (of && !entity_is(s->anchors[i].of, of))
			continue;
		buf_addf(sql, "%s$%zu", any ? ", " : "", args_add(args, v_int(s->anchors[i].id)));
		any = true;
	}
	return any;
}

static void add_links(const struct story *s, bool touches, struct buf *sql, struct args *args)
{
	buf_add(sql, " and (1 = 0");
	for (size_t i = 0; i < COUNT(links); i++) {
		struct buf ids;

		if (touches && !links[i].is_touched)
			continue;
		buf_init(&ids, sql->mem);
		if (story_ids(s, links[i].of, &ids, args)) {
			buf_addf(sql, " or t.%s in (", links[i].link);
			buf_add(sql, ids.s);
			buf_add(sql, ")");
		}
	}
	buf_add(sql, ")");
}

void story_where(struct ctx *cx, const struct story *s, struct buf *sql, struct args *args)
{
	(void)cx;
	add_links(s, false, sql, args);
}

void story_touched(const struct story *s, struct buf *sql, struct args *args)
{
	add_links(s, true, sql, args);
}

bool story_page(struct ctx *cx, struct story *s, size_t limit, const char *cursor)
{
	char *end = "";

	s->limit = limit ? limit : LIST_DEFAULT;
	s->before = INT64_MAX;
	if (s->limit > LIST_MAX)
		refuse_field(cx, "limit", "query.limit", textf(cx, "%d", LIST_MAX));
	if (cursor && *cursor)
		s->before = strtoll(cursor, &end, 10);
	if (*end || s->before <= 0)
		refuse_field(cx, "cursor", "query.cursor");
	return cx->problem.kind == PROBLEM_NONE;
}
