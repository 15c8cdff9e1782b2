/* A lead that was given up, frozen or concluded comes back to work. */
#include "crm/lead.h"
#include "crm/lead_status.h"
#include "record/op.h"

static bool must_not_be_open(struct ctx *cx, const struct record *lead)
{
	return !record_is(lead, "status_type", "open") ||
	       refuse(cx, PROBLEM_CONFLICT, "lead.is_open");
}

static bool find_open_status(struct ctx *cx, int64_t id, struct record **status)
{
	if (!id)
		return lead_status_first(cx, "open", status) &&
		       (*status || refuse(cx, PROBLEM_CONFLICT, "lead.no_open_status"));
	return lead_status_load(cx, id, status) &&
	       (record_is(*status, "type", "open") ||
		       refuse(cx, PROBLEM_CONFLICT, "lead.no_way_back",
			       lead_status_name(cx, *status)));
}

static bool come_back(struct ctx *cx, struct record *lead, const struct record *status)
{
	lead_enter(cx, lead, status);
	record_set(lead, "conclusion_reason", v_null());
	return record_store(cx, lead);
}

bool lead_reopen(struct ctx *cx, int64_t id, int64_t status_id, struct record **lead)
{
	struct record *status;

	bool ok = op_begin(cx, "lead.reopen") && lead_load(cx, id, lead) &&
		  must_not_be_open(cx, *lead) && find_open_status(cx, status_id, &status) &&
		  come_back(cx, *lead, status);

	return op_end(cx, ok);
}
