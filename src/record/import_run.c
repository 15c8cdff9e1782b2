/* Writing the rows of a file, a slice at a time. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "record/import_parts.h"
#include "record/search.h"

enum { SLICE_MS = 8, POSTGRES_MS = 100, ROWS_MIN = 8, ROWS_MAX = 2000 };
enum { ALONE_MS = 600000, CAREFUL_FIRST = 2000 };

struct slice {
	struct import *im;
	struct import_going *rows;
	size_t n;
	struct import_going *failed; /* the row at which the engine said no */
	bool stale;		     /* the store stands elsewhere than we do */
	bool is_exact;		     /* statements are waited for */
	size_t keys_before;	     /* of the job's, that waited when it began */
};

static bool is_skipped(const struct import_plan *plan, int64_t line)
{
	size_t low = 0, high = plan->skip_n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (plan->skip[mid] == line)
			return true;
		if (plan->skip[mid] < line)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

static bool put_refused(struct ctx *cx, const struct slice *s, const struct import_going *g)
{
	s->im->counts.refused++;
	return import_put_refused(cx, s->im->id, &g->row.from, g->why);
}

/* What is wrong with the row itself refuses the row alone. */
static bool refuse_row(struct ctx *cx, const struct slice *s, struct import_going *g)
{
	enum problem_kind kind = cx->problem.kind;

	if (kind != PROBLEM_INVALID && kind != PROBLEM_FORBIDDEN && kind != PROBLEM_NOT_FOUND)
		return false;
	g->why = import_reasons(cx);
	return put_refused(cx, s, g);
}

/* When the store says no, something was written already: the slice is taken
 * back and begun again without this row. */
static bool store(struct ctx *cx, struct slice *s, struct import_going *g, struct record *rec)
{
	int64_t *count = rec->id ? &s->im->counts.updated : &s->im->counts.created;

	if (cx->problem.kind != PROBLEM_NONE)
		return refuse_row(cx, s, g);
	if (record_store(cx, rec)) {
		++*count;
		return true;
	}
	if (cx->problem.kind == PROBLEM_CONFLICT)
		s->failed = g;
	return refuse_row(cx, s, g);
}

static bool update_known(struct ctx *cx, struct slice *s, struct import_going *g, int64_t id)
{
	struct record *rec;

	if (!record_load(cx, s->im->plan.of, id, RIGHT_WRITE, &rec))
		return refuse_row(cx, s, g);
	import_row_fill(cx, &g->row, rec);
	return store(cx, s, g, rec);
}

static bool put_row(struct ctx *cx, struct slice *s, struct import_going *g)
{
	const struct import_plan *plan = &s->im->plan;
	struct record *rec;
	int64_t known = 0;

	s->im->counts.done++;
	if (g->why && !is_skipped(plan, g->row.from.line))
		return put_refused(cx, s, g);
	rec = g->rec;
	if (!rec) {
		rec = record_new(cx, plan->of);
		import_row_fill(cx, &g->row, rec);
	}
	if (plan->mode != IMPORT_CREATE && !keys_known(cx, rec, key_letters(plan->key), &known))
		return false;
	if (is_skipped(plan, g->row.from.line) || (known && plan->mode == IMPORT_SKIP)) {
		ctx_clear(cx);
		s->im->counts.skipped++;
		return true;
	}
	if (known) {
		ctx_clear(cx);
		return update_known(cx, s, g, known);
	}
	return store(cx, s, g, rec);
}

static bool open_op(struct ctx *cx, const struct import *im)
{
	return im->op_id ? op_resume(cx, im->op_id, "import") : op_begin(cx, "import");
}

/* As many rows as take a few ms of the one writer's time, or more where there
 * are many; one slow slice may be another process's doing. */
static void pace(struct import_job *job, int64_t ms)
{
	int64_t most = store_is_postgres(job->host.store) ? POSTGRES_MS : SLICE_MS;

	if (ms > most)
		job->rows -= job->rows / 3;
	else if (ms < most / 2)
		job->rows += job->rows / 2;
	if (job->rows < ROWS_MIN)
		job->rows = ROWS_MIN;
	if (job->rows > ROWS_MAX)
		job->rows = ROWS_MAX;
}

/* Slices that shared a commit may have been lost with it: then what we hold
 * is ahead of the store, and the work goes on from there. */
static bool must_stand_where_we_think(struct ctx *cx, struct slice *s)
{
	int64_t done;

	if (!import_done(cx, s->im->id, &done))
		return false;
	s->stale = done != s->im->counts.done;
	return !s->stale || refuse(cx, PROBLEM_UNAVAILABLE, "problem.unavailable");
}

bool import_is_careful(const struct import_job *job)
{
	return job->im.counts.done < job->careful_until;
}

/* A row that the store refused took slices with it that shared its commit:
 * from where that began each has its own, so that it is met alone; for longer
 * each time, should there be many such rows. */
static void be_careful(struct import_job *job, const struct slice *s)
{
	job->careful_rows = job->careful_rows ? job->careful_rows * 2 : CAREFUL_FIRST;
	job->careful_until = job->im.counts.done + (int64_t)s->n + job->careful_rows;
}

/* Keys of its rows, with those of slices before it that waited; *waits: they go
 * on waiting. */
static bool put_keys(struct ctx *cx, struct import_job *job, struct slice *s, bool *waits)
{
	int64_t *alike = &s->im->counts.duplicates;
	bool ok = true;

	if (*waits || job->keys.rows)
		import_keys_keep(cx, &job->keys, s->n);
	*waits = *waits && !import_keys_full(&job->keys);
	if (!*waits && job->keys.rows)
		ok = import_keys_put(cx, &job->keys, s->im->plan.of, alike);
	ok = ok && gathered_put(cx);
	*alike += cx->op->alike;
	return ok;
}

static bool write_rows(struct ctx *cx, struct import_job *job, struct slice *s, bool last)
{
	int64_t patience = last || import_is_careful(job) ? 0 : PATIENT_MS;
	bool waits = !last && import_keys_wait(job), waited = waits || job->keys.rows;
	struct import *im = s->im;
	int64_t began;
	bool ok;

	db_patient(cx->db, waits ? ALONE_MS : import_is_careful(job) ? 0 : PATIENT_MS);
	ok = open_op(cx, im) && must_stand_where_we_think(cx, s);
	began = clock_monotonic();
	if (ok) {
		cx->op->looks = im->plan.mode == IMPORT_CREATE;
		cx->op->is_running = !last;
	}
	for (size_t i = 0; ok && i < s->n; i++)
		ok = put_row(cx, s, &s->rows[i]);
	ok = ok && put_keys(cx, job, s, &waits);
	if (ok && cx->op->records)
		im->op_id = cx->op->id;
	im->state = last ? "done" : "running";
	ok = ok && import_progress(cx, im) && (!last || import_file_drop(cx, im->id));
	pace(job, clock_monotonic() - began);
	db_patient(cx->db, waits ? ALONE_MS : waited ? 0 : patience);
	return op_end(cx, ok);
}

/* PostgreSQL plans for tables as it last saw them: empty, when a large import
 * comes first.  Now and then it is told to look. */
static bool look_at_sizes(struct ctx *cx, const struct import *im, int64_t before)
{
	if (!db_is_postgres(cx->db))
		return true;
	for (int64_t at = 500; at <= im->plan.rows; at *= 10)
		if (before < at && im->counts.done >= at)
			return db_run(cx, "analyze likeness", NO_ARGS) &&
			       db_run(cx, textf(cx, "analyze %s", entity_table(im->plan.of)),
				       NO_ARGS);
	return true;
}

static bool begin_again(struct ctx *cx, struct import_job *job, bool *more)
{
	ctx_clear(cx);
	import_job_rewind(job);
	job->im.id = 0;
	job->keys.n = job->keys.rows = 0;
	*more = true;
	return true;
}

/* One row's conflict takes the slice back: it is begun again without that row;
 * where statements are not waited for, once more just to learn which it is. */
static bool is_mended(struct ctx *cx, struct slice *s)
{
	if (cx->problem.kind != PROBLEM_CONFLICT)
		return false;
	if (db_is_postgres(cx->db) && !s->is_exact) {
		ctx_clear(cx);
		s->is_exact = true;
		db_exact(cx->db, true);
	} else if (s->failed) {
		s->failed->why = import_reasons(cx);
	} else {
		return false;
	}
	s->failed = NULL;
	return true;
}

/* Those of a slice that was taken back are new again, and have no keys. */
static void renew(struct import_job *job, struct slice *s)
{
	if (s->keys_before < job->keys.n)
		job->keys.n = s->keys_before;
	for (size_t i = 0; i < s->n; i++)
		if (s->rows[i].rec) {
			s->rows[i].rec->id = 0;
			s->rows[i].rec->was = NULL;
		}
}

static bool write_slice(struct ctx *cx, struct import_job *job, struct import_ahead *a, bool *more)
{
	struct import im;
	struct slice s = { .im = &im, .rows = a->rows, .n = a->n, .keys_before = job->keys.n };
	bool ok;

	do {
		renew(job, &s);
		im = job->im;
		ok = write_rows(cx, job, &s, !*more);
	} while (!ok && is_mended(cx, &s));
	db_exact(cx->db, false);
	if (job->ahead)
		import_ahead_wait(job->ahead); /* it reads the plan in job->im */
	if (s.stale) {
		be_careful(job, &s);
		return begin_again(cx, job, more);
	}
	if (!ok)
		return false;
	ok = look_at_sizes(cx, &im, job->im.counts.done);
	job->im = im;
	import_tell(cx, job);
	return ok;
}

/* The problem's words lie in memory that ends: they are said anew. */
static bool pass_on(struct ctx *cx, const struct import_ahead *a)
{
	const struct problem *p = &a->cx.problem;

	refuse(cx, p->kind, p->text.key);
	cx->problem.file = p->file;
	cx->problem.line = p->line;
	cx->problem.detail = p->detail ? arena_dup(cx->mem, p->detail) : NULL;
	return false;
}

bool import_run_slice(struct ctx *cx, struct import_job *job, bool *more)
{
	struct import_ahead *a;
	bool ok;

	if (!import_job_load(cx, job))
		return false;
	*more = !strcmp(job->im.state, "running");
	if (!*more)
		return true;
	if (job->im.plan.of->receive && !job->im.plan.is_received)
		return import_into_receive(cx, job);
	a = job->ahead ? job->ahead : import_ahead_start(job);
	job->ahead = NULL;
	import_ahead_wait(a);
	*more = a->more;
	if (a->ok && a->more)
		job->ahead = import_ahead_start(job);
	ok = a->ok ? write_slice(cx, job, a, more) : pass_on(cx, a);
	import_ahead_free(a);
	return ok;
}

static bool must_have_key(struct ctx *cx, const struct import *im)
{
	return im->plan.mode == IMPORT_CREATE || im->plan.key ||
	       refuse_field(cx, "key", "field.required");
}

/* Half an import that was undone is not finished. */
static bool must_not_be_undone(struct ctx *cx, const struct import *im)
{
	int64_t undone = 0;

	return db_int(cx, &undone, 0, "select undone_by from op where ws = $1 and id = $2",
		       ARGS(v_int(cx->ws), v_int(im->op_id))) &&
	       (!undone || refuse(cx, PROBLEM_CONFLICT, "import.undone"));
}

bool import_run(struct ctx *cx, const struct import_host *host, int64_t id)
{
	struct import im;

	if (!import_load(cx, id, &im) || !must_have_key(cx, &im) || !must_not_be_undone(cx, &im) ||
		!import_turn(cx, id, "|read|checked|failed|", "running"))
		return false;
	import_start(host, &im, false);
	return true;
}

bool import_check(struct ctx *cx, const struct import_host *host, int64_t id)
{
	struct import im;

	if (!import_load(cx, id, &im) || !must_have_key(cx, &im) ||
		!import_turn(cx, id, "|read|checked|", "checking"))
		return false;
	import_start(host, &im, true);
	return true;
}
