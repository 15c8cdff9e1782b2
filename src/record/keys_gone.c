/* Who is alike that was removed for a reason: it is still known. */
#include "record/list.h"
#include "record/parts.h"
#include "record/search.h"

enum { SHARERS = 200 };

/* A partial index answers: where nothing was removed for a reason nothing of
 * it can be known. */
static bool has_any_gone(struct ctx *cx, const struct entity *of, bool *any)
{
	int64_t found;

	if (!db_int(cx, &found, 0,
		    textf(cx,
			    "select 1 from %s where ws = $1 and removed_reason is not null limit 1",
			    entity_table(of)),
		    ARGS(v_int(cx->ws))))
		return false;
	*any = found != 0;
	return true;
}

bool keys_gone(struct ctx *cx, const struct record *rec, const struct entity *of, int64_t *id)
{
	struct record *other;
	bool any;
	struct keys keys;
	struct args args;
	struct buf sql;

	*id = 0;
	if (!has_any_gone(cx, of, &any))
		return false;
	if (!any)
		return true;
	keys_of(cx, rec, rec->v, &keys);
	if (!keys.n)
		return true;
	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(rec->id));
	args_add(&args, v_text(of->name));
	/* of a switchboard's number the newest: thousands may share it */
	buf_add(&sql, "select max(m.record_id) from (");
	for (size_t i = 0; i < keys.n; i++)
		buf_addf(&sql,
			"%sselect * from (select l.record_id, l.entity from likeness l"
			" where l.ws = $1 and l.key = $%zu order by l.record_id desc limit %d) k%zu",
			i ? " union all " : "", args_add(&args, v_int(keys.number[i])), SHARERS, i);
	buf_addf(&sql,
		") m where m.record_id <> $2 and m.entity = $3 and exists (select 1 from %s t where t.ws = $1 and t.id = m.record_id"
		" and t.removed_reason is not null",
		entity_table(of));
	rights_where(cx, of, RIGHT_READ, &sql, &args);
	buf_add(&sql, ")");
	if (!db_int(cx, id, 0, sql.s, args.v, args.n))
		return false;
	if (!*id)
		return true;
	if (!record_load(cx, of, *id, RIGHT_READ, &other))
		return false;
	if (!keys_share_one(cx, &keys, other))
		*id = 0;
	return true;
}
