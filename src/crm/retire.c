/* A step of the way goes, and what stands in it moves on first. */
#include "crm/retire.h"

#include <string.h>

#include "crm/lead.h"
#include "crm/lead_status.h"
#include "crm/opportunity_parts.h"
#include "crm/stage.h"
#include "record/slices.h"

enum { PART = 100 };

/* Leads come out of a status as a move or a reopening would take them; only a
 * conclusion of the same kind may stand in for a conclusion. */
static bool may_take(const struct record *from, const struct record *to)
{
	const char *type = record_text(to, "type");

	if (!strcmp(type, "qualified") || !strcmp(type, "not_interested"))
		return record_is(from, "type", type);
	return true;
}

static bool is_status(const struct retirement *r)
{
	return r->of == &lead_status_entity;
}

static bool load_target(struct ctx *cx, const struct retirement *r, struct record **to)
{
	if (!record_find(cx, r->of, "id", v_int(r->to), to))
		return false;
	if (!*to || !record_int(*to, "active") || r->to == r->id)
		return refuse_field(cx, "to", "field.link");
	if (is_status(r) ? may_take(r->step, *to)
			 : record_int(r->step, "pipeline_id") == record_int(*to, "pipeline_id"))
		return true;
	return refuse_field(cx, "to", "retire.target");
}

static bool must_be_empty(struct ctx *cx, const struct retirement *r, size_t n)
{
	return r->to || !n ||
	       refuse_field(cx, "to", is_status(r) ? "retire.leads" : "retire.opportunities");
}

static bool move_one(struct ctx *cx, const struct retirement *r, int64_t id, struct record *to)
{
	struct record *rec;

	if (!record_load(
		    cx, is_status(r) ? &lead_entity : &opportunity_entity, id, RIGHT_READ, &rec))
		return false;
	if (is_status(r))
		lead_enter(cx, rec, to);
	else
		opportunity_enter(rec, to);
	return record_store(cx, rec);
}

/* Those that are still worked; removed ones too, for they may come back. */
static bool find_some(struct ctx *cx, const struct retirement *r, int64_t *ids, size_t *n)
{
	struct rows *rows = db_query(cx,
		is_status(r) ? "select id from lead where ws = $1 and status_id = $2"
			       " and converted_at is null order by id limit 100"
			     : "select id from opportunity where ws = $1 and stage_id = $2"
			       " and state = 'open' order by id limit 100",
		ARGS(v_int(cx->ws), v_int(r->id)));

	for (*n = 0; *n < PART && rows_next(rows); ++*n)
		ids[*n] = rows_int(rows, 0);
	return rows_end(rows);
}

static bool let_go(struct ctx *cx, struct retirement *r)
{
	record_set(r->step, "removed_at", v_int(cx->now));
	return record_store(cx, r->step) && op_about(cx, r->step);
}

static bool part(struct ctx *cx, void *arg, bool *more)
{
	struct retirement *r = arg;
	struct record *to = NULL;
	int64_t ids[PART];
	size_t n;

	if (!record_load(cx, r->of, r->id, RIGHT_REMOVE, &r->step) ||
		(r->to && !load_target(cx, r, &to)) || !find_some(cx, r, ids, &n) ||
		!must_be_empty(cx, r, n))
		return false;
	for (size_t i = 0; to && i < n; i++)
		if (!move_one(cx, r, ids[i], to))
			return false;
	r->moved += to ? (int64_t)n : 0;
	*more = to && n == PART;
	return *more || let_go(cx, r);
}

bool step_retire(struct ctx *cx, struct retirement *r)
{
	r->moved = 0;
	return rights_demand(cx, r->of, RIGHT_REMOVE) &&
	       op_in_slices(cx, is_status(r) ? "lead_status.retire" : "stage.retire", part, r);
}
