/* Large operations, part by part. */
#include "record/slices.h"

#include "base/arena.h"
#include "record/undo_parts.h"

enum { TRIES = 12, HALVES = 20, HOUR = 3600000 };

struct work {
	const char *kind;
	int64_t op_id; /* 0 until the first part is through */
	slice_fn *part;
	void *arg;
};

static bool do_part(struct ctx *cx, const struct work *w, bool *more)
{
	bool ok;

	*more = true;
	db_patient(cx->db, PATIENT_MS);
	ok = (w->op_id ? op_resume(cx, w->op_id, w->kind) : op_begin(cx, w->kind)) &&
	     w->part(cx, w->arg, more);
	if (cx->op)
		cx->op->is_running = *more;
	db_patient(cx->db, ok && *more ? PATIENT_MS : 0);
	return op_end(cx, ok);
}

static void end_memory(void *mem)
{
	arena_free(mem);
}

bool in_part(struct ctx *cx, part_fn *fn, void *arg)
{
	struct arena *mem = arena_new();
	struct ctx part = *cx;
	bool ok = false;

	part.mem = mem;
	part.done = NULL;
	part.layout = NULL;
	for (int i = 0; !ok && i < TRIES; i++) {
		ctx_clear(&part);
		ok = fn(&part, arg);
		if (part.problem.kind != PROBLEM_CLASH)
			break;
	}
	if (ok) {
		arena_free(mem);
		return true;
	}
	cx->problem = part.problem;
	arena_defer(cx->mem, end_memory, mem);
	return false;
}

static bool next_part(struct ctx *cx, struct work *w, bool *more)
{
	struct arena *mem = arena_new();
	struct ctx part = *cx;
	bool ok = false;

	part.mem = mem;
	part.done = NULL;
	for (int i = 0; !ok && i < TRIES; i++) {
		ctx_clear(&part);
		ok = do_part(&part, w, more);
		if (part.problem.kind != PROBLEM_CLASH)
			break;
	}
	if (ok && part.done) {
		w->op_id = part.done->id;
		if (!*more)
			cx->done = part.done;
	}
	if (!ok)
		cx->problem = part.problem;
	/* the last one's records, and the reasons of a failure, are the caller's */
	if (ok && *more)
		arena_free(mem);
	else
		arena_defer(cx->mem, end_memory, mem);
	return ok;
}

static bool close_half(struct ctx *cx, int64_t op_id)
{
	bool ok = tx_begin(cx) && db_run(cx,
					  "update op set state = 'done' where ws = $1 and id = $2"
					  " and state = 'running'",
					  ARGS(v_int(cx->ws), v_int(op_id)));

	return tx_end(cx, ok);
}

/* What others changed meanwhile stays as they left it. */
static bool take_back(struct ctx *cx, int64_t op_id)
{
	return close_half(cx, op_id) && op_undo(cx, op_id, true);
}

bool op_in_slices(struct ctx *cx, const char *kind, slice_fn *part, void *arg)
{
	struct work w = { kind, 0, part, arg };
	struct problem why;
	bool more = true;

	while (more)
		if (!next_part(cx, &w, &more)) {
			why = cx->problem;
			ctx_clear(cx);
			if (w.op_id)
				(void)!take_back(cx, w.op_id);
			cx->problem = why;
			cx->done = NULL;
			return false;
		}
	return true;
}

bool slices_sweep(struct ctx *cx)
{
	struct rows *r = db_query(cx,
		"select id from op where ws = $1 and state = 'running' and undoes is null"
		" and kind <> 'import' and at < $2 order by id limit 20",
		ARGS(v_int(cx->ws), v_int(cx->now - (db_is_postgres(cx->db) ? HOUR : 0))));
	int64_t ids[HALVES];
	size_t n = 0;
	bool ok;

	while (n < HALVES && rows_next(r))
		ids[n++] = rows_int(r, 0);
	ok = rows_end(r);
	for (size_t i = 0; ok && i < n; i++)
		ok = take_back(cx, ids[i]);
	return ok;
}
