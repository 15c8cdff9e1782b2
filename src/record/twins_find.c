/* Looking for twins over a whole entity, in turns: the words of the names are
 * counted, the records are put under what they say, those that meet are
 * compared, the likely ones become groups, the groups are written. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/words.h"
#include "record/parts.h"
#include "record/twins_parts.h"

enum { TURN_MS = 200, SAVE_MS = 500, TRIES = 12 };

static const char *const phases[] = { "count", "put", "compare", "write" };

static struct ctx ctx_of(const struct twins_job *job)
{
	struct arena *mem = arena_new();
	struct who *who = arena_alloc(mem, sizeof(*who));

	/* everything is compared: what a user may see of it is asked when he looks */
	*who = (struct who){ .id = job->user_id, .name = "", .email = "", .is_system = true };
	return (struct ctx){ .mem = mem,
		.db = db_session(job->host.store, mem),
		.words = job->host.words,
		.who = who,
		.ws = job->host.ws,
		.now = clock_now(),
		.zone = "UTC",
		.request_id = "twins",
		.entities = job->host.entities };
}

static const char *progress_of(struct ctx *cx, const struct twins_job *job)
{
	return textf(cx,
		"{\"phase\":\"%s\",\"done\":%" PRId64 ",\"all\":%" PRId64 ",\"groups\":%zu}",
		phases[job->phase], job->done, job->all, job->group_n);
}

static void tell(struct ctx *cx, const struct twins_job *job, const char *state)
{
	if (job->host.tell)
		job->host.tell(job->host.arg, job->user_id,
			textf(cx,
				"event: duplicates\ndata: {\"entity\":\"%s\",\"state\":\"%s\",\"progress\":%s}\n\n",
				job->of->name, state, progress_of(cx, job)));
}

/* Where it stands; *stops: somebody asked it to. */
static bool save(struct ctx *cx, const struct twins_job *job, bool *stops)
{
	int64_t going = 0;
	bool ok =
		tx_begin(cx) &&
		db_int(cx, &going, 0,
			"select count(*) from twin_run where ws = $1 and entity = $2 and id = $3"
			" and state = 'running'",
			ARGS(v_int(cx->ws), v_text(job->of->name), v_int(job->id))) &&
		db_run(cx,
			"update twin_run set progress = $4 where ws = $1 and entity = $2 and id = $3",
			ARGS(v_int(cx->ws), v_text(job->of->name), v_int(job->id),
				v_text(progress_of(cx, job))));

	*stops = !going;
	return tx_end(cx, ok);
}

static bool end(struct ctx *cx, const struct twins_job *job, const char *state, const char *problem)
{
	bool ok =
		tx_begin(cx) &&
		db_run(cx,
			"update twin_run set state = $4, ended_at = $5, progress = $6, problem = $7"
			" where ws = $1 and entity = $2 and id = $3",
			ARGS(v_int(cx->ws), v_text(job->of->name), v_int(job->id), v_text(state),
				v_int(cx->now), v_text(progress_of(cx, job)), v_text(problem)));

	ok = tx_end(cx, ok);
	if (ok)
		tell(cx, job, state);
	return ok;
}

static void give_up(struct twins_job *job, const struct ctx *failed)
{
	const struct problem *p = &failed->problem;
	const char *why = p->detail ? p->detail : p->text.key ? p->text.key : "";
	struct ctx cx = ctx_of(job);

	log_line("problem", "request", "twins", "detail", why, NULL);
	(void)end(&cx, job, "failed", words_say(cx.words, cx.mem, cx.lang, &p->text));
	arena_free(cx.mem);
}

static void job_free(struct twins_job *job)
{
	meets_free(job->meets);
	tallies_free(job->words);
	free(job->ids);
	free(job->found);
	free(job->groups);
	arena_free(job->mem);
	free(job);
}

/* One slice of the phase it is in; more: another one is to come. */
static bool slice(struct ctx *cx, struct twins_job *job, bool *more)
{
	static bool (*const runs[])(struct ctx *, struct twins_job *, bool *) = { twins_count,
		twins_put, twins_compare, twins_store };
	bool phase_goes_on = true;

	if (!runs[job->phase](cx, job, &phase_goes_on))
		return false;
	if (phase_goes_on)
		return true;
	*more = job->phase != TWINS_WRITE;
	if (!*more)
		return end(cx, job, "done", NULL);
	job->phase++;
	job->done = job->after = 0;
	return true;
}

/* A slice that met another writer is done again: nothing of it stands. */
static bool slice_until_done(struct twins_job *job, bool *more)
{
	bool ok = false, retry = true, stops = false;

	for (int i = 0; retry && i < TRIES; i++) {
		struct ctx cx = ctx_of(job);

		ok = true;
		/* before it writes it sees that it is still the one that looks */
		if (job->phase == TWINS_WRITE || clock_monotonic() - job->saved_at > SAVE_MS) {
			job->saved_at = clock_monotonic();
			ok = save(&cx, job, &stops);
			tell(&cx, job, "running");
		}
		if (ok && stops) {
			*more = false;
			ok = end(&cx, job, "stopped", NULL);
		} else {
			ok = ok && slice(&cx, job, more);
		}
		retry = !ok && cx.problem.kind == PROBLEM_CLASH;
		if (!ok && (!retry || i + 1 == TRIES))
			give_up(job, &cx);
		arena_free(cx.mem);
	}
	return ok;
}

static void work(void *arg)
{
	struct twins_job *job = arg;
	int64_t until = clock_monotonic() + TURN_MS;
	bool more = true, ok = true;

	while (ok && more && (!job->host.later || clock_monotonic() < until))
		ok = slice_until_done(job, &more);
	if (!ok || !more || !job->host.later(job->host.arg, work, job))
		job_free(job);
}

static void start(
	const struct import_host *host, const struct entity *of, int64_t id, int64_t user_id)
{
	struct twins_job *job = calloc(1, sizeof(*job));

	if (!job)
		abort();
	*job = (struct twins_job){ .host = *host,
		.of = of,
		.id = id,
		.user_id = user_id,
		.meets = meets_new(),
		.words = tallies_new(),
		.mem = arena_new(),
		.saved_at = clock_monotonic() };
	if (!host->later)
		work(job);
	else if (!host->later(host->arg, work, job))
		job_free(job);
}

bool twins_knows(const struct entity *of)
{
	return of->join != NULL;
}

static bool is_going(struct ctx *cx, const struct entity *of, int64_t *going)
{
	return db_int(cx, going, 0,
		"select count(*) from twin_run where ws = $1 and entity = $2"
		" and state in ('running', 'stopping')",
		ARGS(v_int(cx->ws), v_text(of->name)));
}

static bool put_run(struct ctx *cx, const struct entity *of, int64_t id)
{
	return db_run(cx,
		"insert into twin_run (ws, entity, id, state, user_id, at, progress)"
		" values ($1, $2, $3, 'running', $4, $5, $6) on conflict (ws, entity) do update"
		" set id = excluded.id, state = excluded.state, user_id = excluded.user_id,"
		" at = excluded.at, ended_at = null, progress = excluded.progress, problem = null",
		ARGS(v_int(cx->ws), v_text(of->name), v_int(id), v_id(cx->who->id), v_int(cx->now),
			v_text("{\"phase\":\"count\",\"done\":0,\"all\":0,\"groups\":0}")));
}

bool twins_find(struct ctx *cx, const struct import_host *host, const struct entity *of)
{
	int64_t going = 0, id = store_id(db_store(cx->db), cx->now);
	bool ok;

	if (!twins_knows(of))
		return refuse_field(cx, "entity", "twins.entity");
	ok = rights_demand(cx, of, RIGHT_WRITE) && tx_begin(cx) && is_going(cx, of, &going) &&
	     (!going || refuse(cx, PROBLEM_CONFLICT, "twins.running")) && put_run(cx, of, id);
	if (!tx_end(cx, ok))
		return false;
	start(host, of, id, cx->who->id);
	return true;
}

bool twins_stop(struct ctx *cx, const struct entity *of)
{
	bool ok = rights_demand(cx, of, RIGHT_WRITE) && tx_begin(cx) &&
		  db_run(cx,
			  "update twin_run set state = 'stopping' where ws = $1 and entity = $2"
			  " and state = 'running'",
			  ARGS(v_int(cx->ws), v_text(of->name))) &&
		  (db_touched(cx) == 1 || refuse(cx, PROBLEM_CONFLICT, "twins.not_running"));

	return tx_end(cx, ok);
}

bool twins_write_run(struct ctx *cx, struct json_out *j, const struct entity *of)
{
	struct rows *r;

	if (!rights_demand(cx, of, RIGHT_READ))
		return false;
	r = db_query(cx,
		"select state, at, ended_at, progress, problem, shown_id from twin_run"
		" where ws = $1 and entity = $2",
		ARGS(v_int(cx->ws), v_text(of->name)));
	json_open(j, '{');
	json_put_text(j, "entity", of->name);
	if (rows_next(r)) {
		json_put_text(j, "state", rows_text(r, 0));
		json_put_time(j, "at", rows_int(r, 1));
		json_key(j, "ended_at");
		if (rows_int(r, 2))
			json_time(j, rows_int(r, 2));
		else
			json_none(j);
		json_key(j, "progress");
		json_raw(j, *rows_text(r, 3) ? rows_text(r, 3) : "null");
		json_put_text(j, "problem", *rows_text(r, 4) ? rows_text(r, 4) : NULL);
		json_put_bool(j, "found", rows_int(r, 5) != 0);
	} else {
		json_put_text(j, "state", "none");
	}
	json_close(j, '}');
	return rows_end(r);
}

/* Under a number of its own: what it had written halfway is not in its way. */
static bool take_up(struct ctx *cx, const struct import_host *host, const struct entity *of)
{
	int64_t id = store_id(db_store(cx->db), cx->now), user = 0;
	bool ok = tx_begin(cx) &&
		  db_int(cx, &user, 0, "select user_id from twin_run where ws = $1 and entity = $2",
			  ARGS(v_int(cx->ws), v_text(of->name))) &&
		  db_run(cx, "update twin_run set id = $3 where ws = $1 and entity = $2",
			  ARGS(v_int(cx->ws), v_text(of->name), v_int(id)));

	if (!tx_end(cx, ok))
		return false;
	start(host, of, id, user);
	return true;
}

static bool stop_those_stopping(struct ctx *cx)
{
	bool ok =
		tx_begin(cx) &&
		db_run(cx,
			"update twin_run set state = 'stopped' where ws = $1 and state = 'stopping'",
			ARGS(v_int(cx->ws)));

	return tx_end(cx, ok);
}

void twins_resume(const struct import_host *host)
{
	struct twins_job job = { .host = *host };
	struct ctx cx = ctx_of(&job);
	bool ok = stop_those_stopping(&cx);

	for (const struct entity *const *e = host->entities; ok && *e; e++) {
		int64_t going = 0;

		ok = !twins_knows(*e) || is_going(&cx, *e, &going);
		ok = ok && (!going || take_up(&cx, host, *e));
	}
	if (!ok)
		log_line("problem", "request", "twins", "detail",
			cx.problem.detail ? cx.problem.detail : "", NULL);
	arena_free(cx.mem);
}
