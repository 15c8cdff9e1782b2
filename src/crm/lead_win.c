/* A lead won or lost in one step (C9). */
#include "crm/lead_win.h"

#include <string.h>

#include "crm/lead.h"
#include "crm/lead_status.h"
#include "record/op.h"

/* Whoever had put it off and now buys is qualified by that. */
static bool take_up(struct ctx *cx, int64_t id)
{
	struct record *lead, *status;

	if (!lead_load(cx, id, &lead))
		return false;
	if (!record_is(lead, "status_type", "frozen"))
		return true;
	if (!lead_status_first(cx, "qualified", &status))
		return false;
	if (!status)
		return refuse(cx, PROBLEM_CONFLICT, "conversion.no_status");
	return lead_conclude(cx, id, status->id, "", &lead);
}

static bool convert(struct ctx *cx, int64_t id, struct conversion_outcome *made)
{
	struct conversion as_it_suggests = { 0 };

	return lead_convert(cx, id, &as_it_suggests, made);
}

static bool win_it(struct ctx *cx, const struct win *win, struct lead_win_outcome *outcome)
{
	return opportunity_win(cx, outcome->made.opportunity->id, win, &outcome->won);
}

bool lead_win(struct ctx *cx, int64_t id, const struct win *win, struct lead_win_outcome *outcome)
{
	*outcome = (struct lead_win_outcome){ 0 };

	bool ok = op_begin(cx, "lead.win") && take_up(cx, id) && convert(cx, id, &outcome->made) &&
		  win_it(cx, win, outcome) && op_about(cx, outcome->made.lead);

	return op_end(cx, ok);
}

static bool must_say_why(struct ctx *cx, const char *reason)
{
	return reason[strspn(reason, " \t\r\n")] ||
	       refuse_field(cx, "reason", "opportunity.why_lost");
}

static bool must_not_be_lost(struct ctx *cx, const struct record *lead)
{
	return !record_is(lead, "status_type", "not_interested") ||
	       refuse(cx, PROBLEM_CONFLICT, "lead.is_lost");
}

static bool find_loss(struct ctx *cx, struct record **status)
{
	return lead_status_first(cx, "not_interested", status) &&
	       (*status || refuse(cx, PROBLEM_CONFLICT, "lead.no_loss"));
}

bool lead_lose(struct ctx *cx, int64_t id, const char *reason, struct record **lead)
{
	struct record *status;

	bool ok = op_begin(cx, "lead.conclude") && lead_load(cx, id, lead) &&
		  must_not_be_lost(cx, *lead) && must_say_why(cx, reason) &&
		  find_loss(cx, &status) && lead_conclude(cx, id, status->id, reason, lead);

	return op_end(cx, ok);
}
