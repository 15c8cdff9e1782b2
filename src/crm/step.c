/* What stands in an order of the firm's own. */
#include "crm/step.h"

bool step_take_position(struct ctx *cx, struct record *step)
{
	int64_t last;

	if (record_has(step, "position"))
		return true;
	if (!db_int(cx, &last, 0,
		    textf(cx, "select max(position) from %s where ws = $1", entity_table(step->of)),
		    ARGS(v_int(cx->ws))))
		return false;
	record_set(step, "position", v_int(last + 1));
	return true;
}

bool step_others(struct ctx *cx, const struct record *step, int64_t *n)
{
	return db_int(cx, n, 0,
		textf(cx,
			"select count(*) from %s where ws = $1 and active = 1"
			" and removed_at is null and id <> $2",
			entity_table(step->of)),
		ARGS(v_int(cx->ws), v_int(step->id)));
}

bool step_is_going(const struct record *step)
{
	return step->was && record_has(step, "removed_at") && record_changed(step, "removed_at");
}
