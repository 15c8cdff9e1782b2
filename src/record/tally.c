/* How many records there are, by owner: sums of kept differences. */
#include "base/arena.h"
#include "record/list.h"
#include "record/parts.h"

static bool put(struct ctx *cx, const struct tally *t)
{
	/* SQLite has one writer: there the difference joins the owner's row.  By
	 * rowid, since an update that might touch several rows makes the index of
	 * words write its pages. */
	if (!db_is_postgres(cx->db)) {
		if (!db_run(cx,
			    "update tally set n = n + $4 where ws = $1 and rowid = (select t.rowid from tally t"
			    " where t.ws = $1 and t.entity = $2 and t.owner_id = $3 limit 1)",
			    ARGS(v_int(cx->ws), v_text(t->of->name), v_int(t->owner_id),
				    v_int(t->n))))
			return false;
		if (db_touched(cx) > 0)
			return true;
	}
	return db_run(cx, "insert into tally (ws, entity, owner_id, n) values ($1, $2, $3, $4)",
		ARGS(v_int(cx->ws), v_text(t->of->name), v_int(t->owner_id), v_int(t->n)));
}

bool tally_put(struct ctx *cx)
{
	struct op *op = cx->op;
	bool ok = true;

	for (size_t i = 0; ok && i < op->tally_n; i++)
		ok = !op->tally[i].n || put(cx, &op->tally[i]);
	op->tally_n = 0;
	return ok;
}

bool tally_add(struct ctx *cx, const struct entity *of, int64_t owner_id, int64_t n)
{
	struct op *op = cx->op;

	for (size_t i = 0; i < op->tally_n; i++)
		if (op->tally[i].of == of && op->tally[i].owner_id == owner_id) {
			op->tally[i].n += n;
			return true;
		}
	if (op->tally_n == TALLIES && !tally_put(cx))
		return false;
	op->tally[op->tally_n++] = (struct tally){ of, owner_id, n };
	return true;
}

bool tally_sum(struct ctx *cx, const struct entity *of, enum right right, int64_t *n)
{
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_text(of->name));
	buf_add(&sql,
		"select cast(coalesce(sum(t.n), 0) as bigint) from tally t where t.ws = $1 and t.entity = $2");
	rights_where(cx, of, right, &sql, &args);
	return db_int(cx, n, 0, sql.s, args.v, args.n);
}

bool tally_compact(struct ctx *cx)
{
	bool ok = tx_begin(cx);
	struct rows *r =
		ok ? db_query(cx,
			     "select entity, owner_id, cast(sum(n) as bigint), count(*) from tally"
			     " where ws = $1 group by entity, owner_id having count(*) > 1",
			     ARGS(v_int(cx->ws)))
		   : NULL;

	while (ok && rows_next(r)) {
		struct val entity = rows_val(r, 0), owner = rows_val(r, 1), n = rows_val(r, 2);

		ok = db_run(cx, "delete from tally where ws = $1 and entity = $2 and owner_id = $3",
			     ARGS(v_int(cx->ws), entity, owner)) &&
		     db_run(cx,
			     "insert into tally (ws, entity, owner_id, n) values ($1, $2, $3, $4)",
			     ARGS(v_int(cx->ws), entity, owner, n));
	}
	ok = (!r || rows_end(r)) && ok;
	return tx_end(cx, ok);
}
