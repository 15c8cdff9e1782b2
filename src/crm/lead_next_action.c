/* What comes next about a lead, and what was just done. */
#include "crm/lead.h"
#include "record/op.h"

static bool must_be_open(struct ctx *cx, const struct record *lead)
{
	return record_is(lead, "status_type", "open") ||
	       refuse(cx, PROBLEM_CONFLICT, "lead.not_open");
}

bool lead_next_action(struct ctx *cx, int64_t id, const struct plan *plan, struct record **lead)
{
	bool ok = op_begin(cx, "lead.next_action") && lead_load(cx, id, lead) &&
		  must_be_open(cx, *lead) && next_action_set(cx, *lead, plan) &&
		  next_action_done(cx, *lead, plan) && record_store(cx, *lead) &&
		  op_about(cx, *lead);

	return op_end(cx, ok);
}
