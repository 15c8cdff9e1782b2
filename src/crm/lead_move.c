/* A lead's way through the statuses that are not conclusions. */
#include <string.h>

#include "crm/lead.h"
#include "crm/lead_status.h"
#include "record/op.h"

/* From each type of status: where move may lead.  Conclusions are reached by
 * lead_conclude and left by lead_reopen alone. */
static const struct move {
	const char *from, *to;
} moves[] = {
	{ "open", "open" },
	{ "open", "frozen" },
	{ "open", "abandoned" },
	{ "frozen", "open" },
	{ "frozen", "frozen" },
	{ "frozen", "abandoned" },
	{ "abandoned", "open" },
	{ "abandoned", "frozen" },
	{ "abandoned", "abandoned" },
};

static bool there_must_be_such_a_move(
	struct ctx *cx, const struct record *lead, const struct record *status)
{
	const char *from = record_text(lead, "status_type"), *to = record_text(status, "type");

	for (size_t i = 0; i < COUNT(moves); i++)
		if (!strcmp(moves[i].from, from) && !strcmp(moves[i].to, to))
			return true;
	if (!strcmp(to, "qualified") || !strcmp(to, "not_interested"))
		return refuse(cx, PROBLEM_CONFLICT, "lead.conclude_instead",
			lead_status_name(cx, status));
	return refuse(cx, PROBLEM_CONFLICT, "lead.reopen_first");
}

/* Staying where one is does not begin the days anew (C24). */
static bool enter(struct ctx *cx, struct record *lead, const struct record *status)
{
	if (record_int(lead, "status_id") != status->id)
		lead_enter(cx, lead, status);
	return true;
}

bool lead_move(struct ctx *cx, int64_t id, int64_t status_id, struct record **lead)
{
	struct record *status;

	bool ok = op_begin(cx, "lead.move") && lead_load(cx, id, lead) &&
		  lead_status_load(cx, status_id, &status) &&
		  there_must_be_such_a_move(cx, *lead, status) && enter(cx, *lead, status) &&
		  record_store(cx, *lead);

	return op_end(cx, ok);
}
