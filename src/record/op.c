/* Operations: what one verb changes, as one thing. */
#include "record/op.h"

#include <string.h>

#include "base/arena.h"
#include "record/parts.h"
#include "record/stay_parts.h"

static struct op *op_new(struct ctx *cx, const char *kind)
{
	struct op *op = arena_alloc(cx->mem, sizeof(*op));

	op->kind = kind;
	op->depth = 1;
	op->mem = cx->mem;
	op->changed = arena_alloc(cx->mem, OP_TOLD * sizeof(*op->changed));
	return op;
}

bool op_begin(struct ctx *cx, const char *kind)
{
	if (!tx_begin(cx))
		return false;
	if (cx->op) {
		cx->op->depth++;
		return true;
	}
	cx->op = op_new(cx, kind);
	cx->op->id = store_id(db_store(cx->db), cx->now);
	return true;
}

bool op_resume(struct ctx *cx, int64_t id, const char *kind)
{
	if (!tx_begin(cx))
		return false;
	cx->op = op_new(cx, kind);
	cx->op->id = id;
	cx->op->is_resumed = true;
	return true;
}

static void be_about(struct op *op, const struct record *rec)
{
	op->of = rec->of;
	op->record_id = rec->id;
	work_note(op, rec);
}

bool op_about(struct ctx *cx, const struct record *rec)
{
	if (cx->op->depth == 1 || !cx->op->of)
		be_about(cx->op, rec);
	return true;
}

void op_touch(struct ctx *cx, const struct record *rec)
{
	struct op *op = cx->op;

	op->records++;
	if (!op->of)
		be_about(op, rec);
	if (op->changed_n == OP_TOLD)
		return;
	for (size_t i = 0; i < op->changed_n; i++)
		if (op->changed[i].id == rec->id)
			return;
	op->changed[op->changed_n++] = (struct op_record){ rec->of, rec->id,
		rec->of->owned ? record_int(rec, "owner_id") : 0 };
}

static bool put_row(struct ctx *cx, const struct op *op)
{
	const char *state = op->is_running ? "running" : "done";
	int64_t who = cx->who ? cx->who->id : 0;
	struct op_work work = { 0 };

	if (op->is_resumed)
		return db_run(cx,
			"update op set records = records + $3, state = $4,"
			" entity = coalesce(entity, $5), record_id = coalesce(record_id, $6)"
			" where ws = $1 and id = $2",
			ARGS(v_int(cx->ws), v_int(op->id), v_int(op->records), v_text(state),
				v_text(op->of ? op->of->name : NULL), v_id(op->record_id)));
	if (who && !work_of(cx, op, &work))
		return false;
	return db_run(cx,
		"insert into op (ws, id, kind, at, user_id, entity, record_id, records, undoes, state,"
		" work_on, source_id, campaign_id)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
		ARGS(v_int(cx->ws), v_int(op->id), v_text(op->kind), v_int(cx->now), v_id(who),
			v_text(op->of ? op->of->name : NULL), v_id(op->record_id),
			v_int(op->records), v_id(op->undoes), v_text(state), v_id(work.on),
			v_id(work.source_id), v_id(work.campaign_id)));
}

/* An operation that changed nothing leaves no trace, but when more comes. */
bool op_end(struct ctx *cx, bool ok)
{
	struct op *op = cx->op;

	if (!op)
		return tx_end(cx, false);
	if (--op->depth)
		return tx_end(cx, ok);
	ok = ok && count_put(cx);
	if (ok && (op->records || op->is_resumed || op->is_running))
		ok = gathered_put(cx) && tally_put(cx) && put_row(cx, op);
	cx->op = NULL;
	ok = tx_end(cx, ok);
	if (ok && (op->records || op->is_resumed))
		cx->done = op;
	return ok;
}

const struct op *op_done(const struct ctx *cx)
{
	return cx->done;
}
