/* The end of the work on a lead: qualified, or not interested. */
#include "base/fold.h"
#include "crm/lead.h"
#include "crm/lead_status.h"
#include "crm/reason.h"
#include "record/op.h"

enum { REASON_MAX = 500 };

static bool must_be_a_conclusion(struct ctx *cx, const struct record *status)
{
	return record_is(status, "type", "qualified") ||
	       record_is(status, "type", "not_interested") ||
	       refuse(cx, PROBLEM_CONFLICT, "lead.no_conclusion", lead_status_name(cx, status));
}

static bool must_be_short(struct ctx *cx, const char *reason)
{
	return utf8_length(reason) <= REASON_MAX ||
	       refuse_field(cx, "reason", "field.too_long", textf(cx, "%d", REASON_MAX));
}

static bool conclude(
	struct ctx *cx, struct record *lead, const struct record *status, const char *reason)
{
	int64_t reason_id = 0;

	if (record_is(status, "type", "not_interested") &&
		!reason_named(cx, "not_interested", reason, &reason_id))
		return false;
	if (record_int(lead, "status_id") != status->id)
		lead_enter(cx, lead, status);
	record_set_text(lead, "conclusion_reason", reason);
	record_set(lead, "conclusion_reason_id", v_id(reason_id));
	return record_store(cx, lead);
}

bool lead_conclude(
	struct ctx *cx, int64_t id, int64_t status_id, const char *reason, struct record **lead)
{
	struct record *status;

	bool ok = op_begin(cx, "lead.conclude") && lead_load(cx, id, lead) &&
		  lead_status_load(cx, status_id, &status) && must_be_a_conclusion(cx, status) &&
		  must_be_short(cx, reason) && conclude(cx, *lead, status, reason);

	return op_end(cx, ok);
}
