/* Who was discarded before: the keys of a discarded row stay (C18). */
#include "base/arena.h"
#include "crm/prospect_parts.h"
#include "record/search.h"

bool prospect_flag(struct ctx *cx, struct record *row)
{
	int64_t id;

	if (!keys_gone(cx, row, &prospect_entity, &id))
		return false;
	record_set(row, "flagged_by", v_id(id));
	return true;
}

bool prospect_known_warn(struct ctx *cx, const struct record *rec, const char **text)
{
	struct rows *r;
	int64_t id;

	*text = NULL;
	if (!keys_gone(cx, rec, &prospect_entity, &id) || !id)
		return cx->problem.kind == PROBLEM_NONE;
	r = db_query(cx,
		"select t.removed_reason, l.name, t.removed_at from prospect t join prospect_list l"
		" on l.ws = t.ws and l.id = t.list_id where t.ws = $1 and l.ws = $1 and t.id = $2",
		ARGS(v_int(cx->ws), v_int(id)));
	if (rows_next(r))
		*text = prospect_say_discarded(cx, rows_text(r, 0), rows_text(r, 1));
	return rows_end(r);
}
