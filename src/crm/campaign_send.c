/* A sending: begun by somebody, carried on a few people at a time. */
#include "crm/campaign_send.h"

#include <string.h>

#include "base/arena.h"
#include "crm/campaign_parts.h"
#include "crm/firm.h"
#include "mail/mail.h"
#include "record/op.h"

/* People of one turn at writing, and turns of one minute. */
enum { TURN = 25, TURNS = 60, UNDER_WAY = 20 };

struct run {
	int64_t id, campaign, user, last;
	int64_t queued, left_out;
	bool more;
};

bool sending_must_be_ready(struct ctx *cx, const struct sending *s)
{
	static const char *const needed[] = { "subject", "body" };

	for (size_t i = 0; i < COUNT(needed); i++)
		if (!record_has(s->campaign, needed[i]))
			refuse_field(cx, needed[i], "field.required");
	if (cx->problem.kind != PROBLEM_NONE)
		return false;
	if (record_has(s->campaign, "removed_at"))
		return refuse(cx, PROBLEM_CONFLICT, "touch.removed", record_title(cx, s->campaign));
	if (!record_has(s->firm, "smtp_host") || !record_has(s->firm, "mail_from"))
		return refuse(cx, PROBLEM_CONFLICT, "mail.not_ready");
	return record_has(s->firm, "base_url") ||
	       refuse(cx, PROBLEM_CONFLICT, "campaign.no_base_url");
}

static bool keep_touch(struct ctx *cx, const struct sending *s, const struct reader *reader)
{
	struct record *touch = record_new(cx, &touch_entity);

	record_set(touch, "campaign_id", v_int(s->campaign->id));
	record_set(touch, reader_link(cx, reader->rec->of), v_int(reader->rec->id));
	if (entity_is(reader->rec->of, &prospect_entity))
		record_copy(touch, reader->rec, "lead_id");
	record_set_text(touch, "kind", "sent");
	record_set(touch, "at", v_int(cx->now));
	return record_store(cx, touch);
}

static bool write_to_each(
	struct ctx *cx, const struct sending *s, const struct page *page, struct run *run)
{
	for (size_t i = 0; i < page->n; i++) {
		enum verdict verdict;
		struct reader reader;

		if (!reader_judge(cx, s, page->items[i], &reader, &verdict))
			return false;
		if (verdict != READER_READY) {
			run->left_out++;
			continue;
		}
		if (!letter_queue(cx, s, &reader, NULL) || !keep_touch(cx, s, &reader))
			return false;
		run->queued++;
	}
	run->more = page->more;
	return true;
}

/* Counted at its end, unless somebody has stopped it. */
static bool keep_run(struct ctx *cx, const struct run *run)
{
	return db_run(cx,
		"update campaign_run set last_id = $3, queued = $4, left_out = $5,"
		" state = case when state = 'running' and $6 = 0 then 'done' else state end,"
		" ended_at = case when $6 = 0 then cast($7 as bigint) else ended_at end"
		" where ws = $1 and id = $2",
		ARGS(v_int(cx->ws), v_int(run->id), v_int(run->last), v_int(run->queued),
			v_int(run->left_out), v_int(run->more), v_int(cx->now)));
}

static bool load_run(struct ctx *cx, int64_t id, struct run *run)
{
	struct rows *r = db_query(cx,
		"select campaign_id, user_id, last_id, queued, left_out from campaign_run"
		" where ws = $1 and id = $2 and state = 'running'",
		ARGS(v_int(cx->ws), v_int(id)));

	*run = (struct run){ .id = id };
	if (rows_next(r)) {
		run->campaign = rows_int(r, 0);
		run->user = rows_int(r, 1);
		run->last = rows_int(r, 2);
		run->queued = rows_int(r, 3);
		run->left_out = rows_int(r, 4);
	}
	return rows_end(r);
}

static bool write_some(struct ctx *cx, struct run *run)
{
	struct sending s;
	struct page page;

	return sending_load(cx, run->campaign, RIGHT_WRITE, &s) && sending_must_be_ready(cx, &s) &&
	       audience_page(cx, &s, &run->last, TURN, &page) &&
	       write_to_each(cx, &s, &page, run) && keep_run(cx, run) && op_about(cx, s.campaign);
}

/* A few more; *more says whether there are others.  A run that was stopped
 * meanwhile has none. */
static bool take_turn(struct ctx *cx, int64_t id, bool *more)
{
	struct run run;

	bool ok = op_begin(cx, "campaign.send") && load_run(cx, id, &run) &&
		  (!run.campaign || write_some(cx, &run));

	*more = ok && run.campaign && run.more;
	return op_end(cx, ok);
}

static bool must_not_run(struct ctx *cx, int64_t campaign)
{
	int64_t n = 0;

	return db_int(cx, &n, 0,
		       "select count(*) from campaign_run where ws = $1 and campaign_id = $2"
		       " and state = 'running'",
		       ARGS(v_int(cx->ws), v_int(campaign))) &&
	       (!n || refuse(cx, PROBLEM_CONFLICT, "campaign.is_running"));
}

static bool begin_run(struct ctx *cx, int64_t campaign, int64_t *id)
{
	*id = store_id(db_store(cx->db), cx->now);
	return db_run(cx,
		"insert into campaign_run (ws, id, campaign_id, user_id, state, last_id, queued,"
		" left_out, started_at) values ($1, $2, $3, $4, 'running', 0, 0, 0, $5)",
		ARGS(v_int(cx->ws), v_int(*id), v_int(campaign), v_int(cx->who->id),
			v_int(cx->now)));
}

bool campaign_send(struct ctx *cx, int64_t id)
{
	struct sending s;
	int64_t run;
	bool more;

	bool ok = tx_begin(cx) && sending_load(cx, id, RIGHT_WRITE, &s) &&
		  sending_must_be_ready(cx, &s) && must_not_run(cx, id) &&
		  begin_run(cx, id, &run) && take_turn(cx, run, &more);

	return tx_end(cx, ok);
}

bool campaign_stop(struct ctx *cx, int64_t id)
{
	struct record *campaign;
	int64_t run = 0;

	bool ok = tx_begin(cx) && record_load(cx, &campaign_entity, id, RIGHT_WRITE, &campaign) &&
		  db_int(cx, &run, 0,
			  "update campaign_run set state = 'stopped', ended_at = $3 where ws = $1"
			  " and campaign_id = $2 and state = 'running' returning id",
			  ARGS(v_int(cx->ws), v_int(id), v_int(cx->now))) &&
		  (run || refuse(cx, PROBLEM_CONFLICT, "campaign.not_running"));

	return tx_end(cx, ok);
}

bool campaign_try(struct ctx *cx, int64_t id, const char *to)
{
	struct reader reader = { 0 };
	struct sending s;
	struct page page;
	int64_t at = 0;

	bool ok = tx_begin(cx) && sending_load(cx, id, RIGHT_WRITE, &s) &&
		  sending_must_be_ready(cx, &s) && audience_page(cx, &s, &at, 1, &page);

	if (ok) {
		enum verdict verdict;
		struct record *rec = page.n ? page.items[0] : record_new(cx, &lead_entity);

		ok = reader_judge(cx, &s, rec, &reader, &verdict) &&
		     letter_queue(cx, &s, &reader, to);
	}
	return tx_end(cx, ok);
}

bool campaign_run_write(struct ctx *cx, struct json_out *j, int64_t id)
{
	struct record *campaign;
	struct rows *r;
	bool any;

	if (!record_load(cx, &campaign_entity, id, RIGHT_READ, &campaign))
		return false;
	r = db_query(cx,
		"select state, queued, left_out, started_at, ended_at from campaign_run"
		" where ws = $1 and campaign_id = $2 order by id desc limit 1",
		ARGS(v_int(cx->ws), v_int(id)));
	any = rows_next(r);
	json_open(j, '{');
	json_put_text(j, "state", any ? rows_text(r, 0) : "none");
	json_put_int(j, "queued", any ? rows_int(r, 1) : 0);
	json_put_int(j, "left_out", any ? rows_int(r, 2) : 0);
	json_put_time(j, "started_at", any ? rows_int(r, 3) : 0);
	json_put_time(j, "ended_at", any ? rows_int(r, 4) : 0);
	json_close(j, '}');
	return rows_end(r);
}

/* Who began it goes on with his rights; without him it ends. */
static bool go_on(struct ctx *cx, int64_t run, int64_t user)
{
	const struct who *system = cx->who;
	bool more = true, ok = true;
	struct who *who;

	if (!rights_who(cx, user, &who))
		return false;
	cx->who = who ? who : system;
	for (int i = 0; ok && more && i < TURNS; i++) {
		struct arena *mem = arena_new();
		struct ctx turn = *cx;

		turn.mem = mem;
		ok = take_turn(&turn, run, &more);
		if (!ok)
			cx->problem.kind = turn.problem.kind;
		arena_free(mem);
	}
	cx->who = system;
	return ok;
}

/* What stands in its way ends it: its author sees that it stopped. */
static bool give_up(struct ctx *cx, int64_t run)
{
	bool lasting = cx->problem.kind != PROBLEM_CLASH && cx->problem.kind != PROBLEM_UNAVAILABLE;

	ctx_clear(cx);
	if (!lasting)
		return true;

	bool ok = tx_begin(cx) && db_run(cx,
					  "update campaign_run set state = 'stopped', ended_at = $3"
					  " where ws = $1 and id = $2 and state = 'running'",
					  ARGS(v_int(cx->ws), v_int(run), v_int(cx->now)));

	return tx_end(cx, ok);
}

bool campaigns_go_on(struct ctx *cx)
{
	int64_t runs[UNDER_WAY], users[UNDER_WAY];
	size_t n = 0;
	struct rows *r = db_query(cx,
		"select id, user_id from campaign_run where ws = $1 and state = 'running'"
		" order by id limit 20",
		ARGS(v_int(cx->ws)));
	bool ok;

	while (n < UNDER_WAY && rows_next(r)) {
		runs[n] = rows_int(r, 0);
		users[n++] = rows_int(r, 1);
	}
	ok = rows_end(r);
	for (size_t i = 0; ok && i < n; i++)
		ok = go_on(cx, runs[i], users[i]) || give_up(cx, runs[i]);
	return ok;
}

bool campaigns_have_more(struct ctx *cx)
{
	int64_t running = 0, waiting = 0, minute;
	struct record *firm;

	if (!db_int(cx, &running, 0,
		    "select 1 from campaign_run where ws = $1 and state = 'running' limit 1",
		    ARGS(v_int(cx->ws))) ||
		!running || !firm_load(cx, &firm))
		return false;
	minute = record_int(firm, "mails_per_minute");
	return mail_waiting(cx, minute, &waiting) && waiting < minute;
}
