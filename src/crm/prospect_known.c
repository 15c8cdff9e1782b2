/* Who was discarded before: the keys of a discarded row stay (C18). */
#include "base/arena.h"
#include "crm/prospect_parts.h"
#include "record/search.h"

/* The newest discarded row, of those the user may read, that shares one of
 * these keys. */
static bool find(
	struct ctx *cx, const struct record *rec, const char *const *keys, size_t n, int64_t *id)
{
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(rec->id));
	buf_add(&sql, "select max(m.record_id) from match_key m where m.ws = $1"
		      " and m.record_id <> $2 and m.entity = 'prospect' and m.key in (");
	for (size_t i = 0; i < n; i++)
		buf_addf(&sql, "%s$%zu", i ? ", " : "", args_add(&args, v_text(keys[i])));
	buf_add(&sql, ") and exists (select 1 from prospect t where t.ws = $1"
		      " and t.id = m.record_id and t.removed_reason is not null");
	rights_where(cx, &prospect_entity, RIGHT_READ, &sql, &args);
	buf_add(&sql, ")");
	return db_int(cx, id, 0, sql.s, args.v, args.n);
}

bool prospect_discarded_like(struct ctx *cx, const struct record *rec, int64_t *id)
{
	const char *keys[KEYS_MAX];
	size_t n = keys_list(cx, rec, keys);

	*id = 0;
	return !n || find(cx, rec, keys, n, id);
}

bool prospect_flag(struct ctx *cx, struct record *row)
{
	int64_t id;

	if (!prospect_discarded_like(cx, row, &id))
		return false;
	record_set(row, "flagged_by", v_id(id));
	return true;
}

bool prospect_known_warn(struct ctx *cx, const struct record *rec, const char **text)
{
	struct rows *r;
	int64_t id;

	*text = NULL;
	if (!prospect_discarded_like(cx, rec, &id) || !id)
		return cx->problem.kind == PROBLEM_NONE;
	r = db_query(cx,
		"select t.removed_reason, l.name, t.removed_at from prospect t join prospect_list l"
		" on l.ws = t.ws and l.id = t.list_id where t.ws = $1 and l.ws = $1 and t.id = $2",
		ARGS(v_int(cx->ws), v_int(id)));
	if (rows_next(r))
		*text = prospect_say_discarded(cx, rows_text(r, 0), rows_text(r, 1));
	return rows_end(r);
}
