/* What follows from a lead's fields and the set-up. */
#include "base/arena.h"
#include "crm/lead.h"
#include "crm/lead_temperature.h"
#include "crm/qualification.h"
#include "record/op.h"

struct ways {
	struct qualification *profile;
	struct heat heat;
};

bool ways_load(struct ctx *cx, struct ways **ways)
{
	*ways = arena_alloc(cx->mem, sizeof(**ways));
	return qualification_load(cx, &(*ways)->profile) && heat_load(cx, &(*ways)->heat);
}

/* Once an operation: an import stores thousands of leads in one. */
static bool in_hand(struct ctx *cx, struct ways **ways)
{
	*ways = cx->op->kept;
	if (*ways)
		return true;
	if (!ways_load(cx, ways))
		return false;
	cx->op->kept = *ways;
	return true;
}

/* The temperature asks for the qualification. */
bool lead_settle_by(struct ctx *cx, struct ways *ways, struct record *lead)
{
	return qualification_settle(cx, ways->profile, lead) &&
	       temperature_settle(cx, &ways->heat, lead);
}

bool lead_settle(struct ctx *cx, struct record *lead)
{
	struct ways *ways;

	if (!cx->op)
		return true;
	return in_hand(cx, &ways) && lead_settle_by(cx, ways, lead);
}
