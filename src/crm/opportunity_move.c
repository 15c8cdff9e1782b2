/* An opportunity's way through the stages, and what comes next about it. */
#include "crm/opportunity_parts.h"
#include "crm/stage.h"
#include "record/op.h"

/* The stage's probability, unless somebody had judged this one himself. */
static bool enter(struct ctx *cx, struct record *opportunity, const struct record *stage)
{
	struct record *before;

	if (!record_find(
		    cx, &stage_entity, "id", v_int(record_int(opportunity, "stage_id")), &before))
		return false;
	if (!record_has(opportunity, "probability") ||
		(before && record_int(opportunity, "probability") ==
				   record_int(before, "probability")))
		record_copy(opportunity, stage, "probability");
	opportunity_enter(opportunity, stage);
	return true;
}

/* What the stage asks for may come along. */
static bool take_fields(struct ctx *cx, struct record *opportunity, const json_t *fields)
{
	return !fields || record_fill(cx, opportunity, fields);
}

bool opportunity_move(
	struct ctx *cx, int64_t id, const struct stage_move *to, struct record **opportunity)
{
	struct record *stage;

	bool ok = op_begin(cx, "opportunity.move") &&
		  record_load(cx, &opportunity_entity, id, RIGHT_WRITE, opportunity) &&
		  opportunity_must_be_open(cx, *opportunity) &&
		  stage_load(cx, to->stage_id, &stage) &&
		  take_fields(cx, *opportunity, to->fields) && enter(cx, *opportunity, stage) &&
		  stage_is_ready(cx, *opportunity, stage) && record_store(cx, *opportunity);

	return op_end(cx, ok);
}

bool opportunity_next_action(
	struct ctx *cx, int64_t id, const struct plan *plan, struct record **opportunity)
{
	bool ok = op_begin(cx, "opportunity.next_action") &&
		  record_load(cx, &opportunity_entity, id, RIGHT_WRITE, opportunity) &&
		  opportunity_must_be_open(cx, *opportunity) &&
		  next_action_set(cx, *opportunity, plan) &&
		  next_action_done(cx, *opportunity, plan) && record_store(cx, *opportunity) &&
		  op_about(cx, *opportunity);

	return op_end(cx, ok);
}
