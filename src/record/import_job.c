/* Large work goes in slices, one after the other, so that others get their
 * turn between them; after a crash it goes on where it stood. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/words.h"
#include "record/custom.h"
#include "record/import_parts.h"
#include "record/undo_parts.h"

enum { FIRST_ROWS = 50, TURN_MS = 200, TELL_MS = 250, TRIES = 12 };

static bool enter(struct ctx *cx, const struct import_job *job)
{
	struct who *who = NULL;

	if (job->user_id && !rights_who(cx, job->user_id, &who))
		return false;
	if (!who) {
		/* the program itself, or one who left meanwhile: it was granted */
		who = arena_alloc(cx->mem, sizeof(*who));
		*who = (struct who){
			.id = job->user_id, .name = "", .email = "", .is_system = true
		};
	}
	cx->who = who;
	return true;
}

static struct ctx ctx_of(const struct import_job *job)
{
	struct arena *mem = arena_new();
	struct memo *memo = arena_alloc(mem, sizeof(*memo));

	return (struct ctx){ .mem = mem,
		.memo = memo,
		.db = db_session(job->host.store, mem),
		.words = job->host.words,
		.lang = job->host.lang,
		.ws = job->host.ws,
		.now = clock_now(),
		.zone = job->zone ? job->zone : "UTC",
		.request_id = "import",
		.entities = job->entities ? job->entities : job->host.entities };
}

bool import_job_enter(const struct import_job *job, struct ctx *cx)
{
	*cx = ctx_of(job);
	return enter(cx, job);
}

void import_job_rewind(struct import_job *job)
{
	import_ahead_free(job->ahead);
	job->ahead = NULL;
	import_reader_free(job->reader);
	job->reader = NULL;
}

/* Those of slices whose commit is still to come; or they were lost with it. */
static bool put_waiting_keys(struct ctx *cx, struct import_job *job)
{
	struct import *im = &job->im;
	int64_t done;

	if (!job->keys.n)
		return true;
	if (!import_done(cx, job->id, &done))
		return false;
	return done != im->counts.done ||
	       (import_keys_put(cx, &job->keys, im->plan.of, &im->counts.duplicates) &&
		       import_progress(cx, im));
}

/* It cannot go on: say why where the user looks.  A run may be taken up again;
 * a check changed nothing. */
static void give_up(struct import_job *job, const struct ctx *failed)
{
	const struct problem *p = &failed->problem;
	struct ctx cx = ctx_of(job);
	bool ok = enter(&cx, job);

	log_line("problem", "request", "import", "file", p->file ? p->file : "", "detail",
		p->detail     ? p->detail
		: p->text.key ? p->text.key
			      : "",
		NULL);
	ok = ok && tx_begin(&cx) && put_waiting_keys(&cx, job) &&
	     db_run(&cx,
		     "update op set state = 'done' where ws = $1 and id = (select i.op_id from import i"
		     " where i.ws = $1 and i.id = $2)",
		     ARGS(v_int(cx.ws), v_int(job->id))) &&
	     db_run(&cx, "update import set state = $3, problem = $4 where ws = $1 and id = $2",
		     ARGS(v_int(cx.ws), v_int(job->id), v_text(job->is_check ? "read" : "failed"),
			     v_text(words_say(cx.words, cx.mem, cx.lang, &p->text))));
	(void)tx_end(&cx, ok);
	arena_free(cx.mem);
}

static bool slice(struct import_job *job, struct ctx *cx, bool *more)
{
	for (int i = 1;; i++) {
		if (enter(cx, job) && (job->is_check ? import_check_slice(cx, job, more)
						     : import_run_slice(cx, job, more)))
			return true;
		/* what was read is not written: begin again at the last row that is */
		import_job_rewind(job);
		if (cx->problem.kind != PROBLEM_CLASH || job->is_check || i == TRIES)
			return false;
		ctx_clear(cx);
	}
}

static void job_free(struct import_job *job)
{
	import_check_free(job);
	import_job_rewind(job);
	import_links_free(job->links);
	arena_free(job->mem);
	free(job->keys.all);
	free(job);
}

/* Slices for a while; then whoever else waits for this worker. */
static void work(void *arg)
{
	struct import_job *job = arg;
	int64_t until = clock_monotonic() + TURN_MS;
	bool more = true;

	while (more && (!job->host.later || clock_monotonic() < until)) {
		struct ctx cx = ctx_of(job);

		if (!slice(job, &cx, &more)) {
			more = false;
			give_up(job, &cx);
		}
		arena_free(cx.mem);
	}
	if (!more || !job->host.later(job->host.arg, work, job))
		job_free(job);
}

void import_start(const struct import_host *host, const struct import *im, bool is_check)
{
	struct import_job *job = calloc(1, sizeof(*job));

	if (!job)
		abort();
	*job = (struct import_job){ .host = *host,
		.id = im->id,
		.user_id = im->user_id,
		.is_check = is_check,
		.rows = FIRST_ROWS,
		.links = import_links_new(),
		.mem = arena_new() };
	if (!host->later)
		work(job);
	else if (!host->later(host->arg, work, job))
		job_free(job);
}

bool import_job_load(struct ctx *cx, struct import_job *job)
{
	struct ctx own = *cx;
	bool ok = true;

	if (job->im.id)
		return true;
	own.mem = job->mem;
	ok = custom_see(&own) && import_load(&own, job->id, &job->im);
	if (ok) {
		cx->entities = job->entities = own.entities;
		cx->zone = job->zone = own.zone;
	}
	cx->problem = own.problem;
	return ok;
}

void import_tell(struct ctx *cx, struct import_job *job)
{
	const struct import *im = &job->im;
	int64_t now = clock_monotonic();
	bool ends = strcmp(im->state, "running") && strcmp(im->state, "checking");
	struct json_out j;
	struct buf text;

	if (job->host.progress)
		job->host.progress(job->host.arg, im->counts.done, im->plan.rows);
	if (!job->host.tell || (!ends && now - job->told_at < TELL_MS))
		return;
	job->told_at = now;
	json_init(&j, cx->mem);
	json_open(&j, '{');
	json_put_int(&j, "id", im->id);
	json_put_text(&j, "state", im->state);
	json_key(&j, "progress");
	import_write_counts(&j, im);
	json_put_id(&j, "operation_id", im->op_id);
	json_close(&j, '}');
	buf_init(&text, cx->mem);
	buf_addf(&text, "event: import\ndata: %s\n\n", j.text.s);
	job->host.tell(job->host.arg, im->user_id, text.s);
}

/* Half a file that never became an import. */
static bool sweep(struct ctx *cx)
{
	static const int64_t hour = 3600000;
	bool ok =
		tx_begin(cx) &&
		db_run(cx,
			"delete from import_file where ws = $1 and import_id in (select i.id from import i"
			" where i.ws = $1 and i.state = 'reading' and i.created_at < $2)",
			ARGS(v_int(cx->ws), v_int(cx->now - hour))) &&
		db_run(cx,
			"delete from import where ws = $1 and state = 'reading' and created_at < $2",
			ARGS(v_int(cx->ws), v_int(cx->now - hour))) &&
		db_run(cx, "update import set state = 'read' where ws = $1 and state = 'checking'",
			ARGS(v_int(cx->ws)));

	return tx_end(cx, ok);
}

/* Undone halfway: the rest goes now. */
static void finish_undos(void *arg)
{
	struct import_job *job = arg;
	struct ctx cx = ctx_of(job);

	if (!custom_see(&cx) || !enter(&cx, job) || !undo_resume_all(&cx))
		log_line("problem", "request", "undo", "detail",
			cx.problem.detail ? cx.problem.detail : cx.problem.text.key, NULL);
	arena_free(cx.mem);
	free(job);
}

static void resume_undos(const struct import_host *host)
{
	struct import_job *job = calloc(1, sizeof(*job));

	if (!job)
		abort();
	job->host = *host;
	if (!host->later)
		finish_undos(job);
	else if (!host->later(host->arg, finish_undos, job))
		free(job);
}

void import_resume(const struct import_host *host)
{
	struct import_job job = { .host = *host };
	struct ctx cx = ctx_of(&job);
	struct import *all;
	size_t n = 0;

	if (custom_see(&cx) && enter(&cx, &job) && sweep(&cx) && import_load_all(&cx, &all, &n)) {
		for (size_t i = 0; i < n; i++)
			if (!strcmp(all[i].state, "running"))
				import_start(host, &all[i], false);
	} else {
		log_line("problem", "request", "import", "detail",
			cx.problem.detail ? cx.problem.detail : cx.problem.text.key, NULL);
	}
	arena_free(cx.mem);
	resume_undos(host);
}
