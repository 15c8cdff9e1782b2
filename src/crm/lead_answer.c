/* Somebody answers: whoever was laid aside is worked on again, at once. */
#include "crm/lead.h"
#include "crm/lead_status.h"

/* Waiting, or given up; one that is qualified is to be converted anyway. */
static bool is_laid_aside(const struct record *lead)
{
	return record_is(lead, "status_type", "frozen") ||
	       record_is(lead, "status_type", "abandoned") ||
	       record_is(lead, "status_type", "not_interested");
}

static bool come_back(struct ctx *cx, struct record *lead)
{
	struct record *status;

	if (!lead_status_first(cx, "open", &status))
		return false;
	if (!status)
		return true; /* the answer is noted, whatever the set-up lacks */
	lead_enter(cx, lead, status);
	next_action_clear(lead);
	record_set(lead, "conclusion_reason", v_null());
	return true;
}

bool lead_answered(struct ctx *cx, struct record *lead, const struct answer *answer)
{
	bool aside = is_laid_aside(lead);

	if (record_has(lead, "removed_at") || record_has(lead, "converted_at") ||
		answer->at < record_int(lead, "status_since"))
		return true;
	if (aside && !come_back(cx, lead))
		return false;
	if (!record_is(lead, "status_type", "open") || (!aside && answer->is_noted_by_us))
		return true;
	next_action_hurry(cx, lead, answer->what);
	return record_store(cx, lead);
}
