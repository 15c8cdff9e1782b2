/* Who brought something to its end. */
#include "crm/ended_by.h"

bool ended_by_settle(struct record *rec, const char *when, const char *who)
{
	if (rec->was && !record_has(rec, when))
		record_set(rec, who, v_null());
	return true;
}

bool ended_by_find(struct ctx *cx, struct record *rec, const char *when, const char *who)
{
	int64_t id;

	if (!record_has(rec, when) || record_has(rec, who))
		return true;
	if (!db_int(cx, &id, 0,
		    "select o.user_id from change c join op o on o.ws = c.ws and o.id = c.op_id"
		    " where c.ws = $1 and c.record_id = $2 and o.undone_by is null and o.kind in"
		    " ('lead.convert', 'lead.win', 'opportunity.win', 'opportunity.lose')"
		    " order by c.id desc limit 1",
		    ARGS(v_int(cx->ws), v_int(rec->id))))
		return false;
	record_set(rec, who, v_id(id));
	return true;
}
