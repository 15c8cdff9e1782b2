/* How an opportunity ends: won or lost; and how it is opened again. */
#include <string.h>

#include "base/clock.h"
#include "base/fold.h"
#include "base/money.h"
#include "crm/company.h"
#include "crm/opportunity_parts.h"
#include "crm/reason.h"
#include "crm/stage.h"
#include "record/op.h"

enum { REASON_MAX = 500, CODE_MAX = 40 };

bool opportunity_must_be_open(struct ctx *cx, const struct record *opportunity)
{
	return record_is(opportunity, "state", "open") ||
	       refuse(cx, PROBLEM_CONFLICT, "opportunity.not_open");
}

/* No next action any more, from closed_at on. */
static void end_as(
	const struct ctx *cx, struct record *opportunity, const char *state, int64_t closed_at)
{
	next_action_clear(opportunity);
	record_set_text(opportunity, "state", state);
	record_set(opportunity, "closed_at", v_int(closed_at));
	record_set(opportunity, "closed_by", v_id(cx->who->id));
}

/* Today is now; an earlier day counts from its noon, which is that day in any
 * reading of the figures. */
static bool read_closing(struct ctx *cx, const char *closed_on, int64_t *at)
{
	char today[DATE_TEXT];

	*at = cx->now;
	date_of(cx->now, cx->zone, today);
	if (!*closed_on || !strcmp(closed_on, today))
		return true;
	if (!date_is_valid(closed_on))
		return refuse_field(cx, "closed_on", "field.date");
	if (strcmp(closed_on, today) > 0)
		return refuse_field(cx, "closed_on", "opportunity.closed_ahead");
	*at = instant_of(closed_on, INT64_C(12) * 3600 * 1000, cx->zone);
	return true;
}

static bool take_win(struct ctx *cx, struct record *opportunity, const struct win *win)
{
	int64_t at;
	bool ok = read_closing(cx, win->closed_on, &at);

	if (win->amount && win->amount->i < 0)
		ok = refuse_field(cx, "amount", "money.negative");
	if (utf8_length(win->customer_code) > CODE_MAX)
		ok = refuse_field(cx, "customer_code", "field.too_long", textf(cx, "%d", CODE_MAX));
	if (!ok)
		return false;
	if (win->amount)
		record_set(opportunity, "amount", *win->amount);
	record_set(opportunity, "probability", v_int(100));
	record_set(opportunity, "lost_reason", v_null());
	record_set(opportunity, "lost_reason_id", v_null());
	end_as(cx, opportunity, "won", at);
	return renewal_settle(cx, opportunity, win);
}

/* Whose company one may not see is made a customer all the same. */
static bool find_company(struct ctx *cx, const struct record *opportunity, struct record **company)
{
	*company = NULL;
	if (!record_has(opportunity, "company_id"))
		return true;
	return record_find(
		cx, &company_entity, "id", v_int(record_int(opportunity, "company_id")), company);
}

static bool make_customer(struct ctx *cx, const struct win *win, struct win_outcome *made)
{
	if (made->company)
		return company_become_customer(
			cx, made->company, win->customer_code, &made->became_customer);
	return !*win->customer_code || refuse_field(cx, "customer_code", "company.none");
}

/* Its company is told to whom may read it. */
static bool tell(struct ctx *cx, bool ok, struct win_outcome *made)
{
	struct record *company = made->company;

	if (company &&
		!rights_covers(cx->who, company->of, RIGHT_READ, record_int(company, "owner_id")))
		made->company = NULL;
	return op_end(cx, ok);
}

/* The company first: undone newest first, it then sees which wins are left;
 * the renewal last: it goes before the win it came from. */
bool opportunity_win(struct ctx *cx, int64_t id, const struct win *win, struct win_outcome *made)
{
	*made = (struct win_outcome){ 0 };

	bool ok = op_begin(cx, "opportunity.win") &&
		  record_load(cx, &opportunity_entity, id, RIGHT_WRITE, &made->opportunity) &&
		  opportunity_must_be_open(cx, made->opportunity) &&
		  take_win(cx, made->opportunity, win) &&
		  find_company(cx, made->opportunity, &made->company) &&
		  make_customer(cx, win, made) && record_store(cx, made->opportunity) &&
		  renewal_make(cx, made->opportunity, &made->renewal) &&
		  op_about(cx, made->opportunity);

	return tell(cx, ok, made);
}

static bool take_loss(struct ctx *cx, struct record *opportunity, const char *reason)
{
	int64_t reason_id;

	if (!reason[strspn(reason, " \t\r\n")])
		return refuse_field(cx, "reason", "opportunity.why_lost");
	if (utf8_length(reason) > REASON_MAX)
		return refuse_field(cx, "reason", "field.too_long", textf(cx, "%d", REASON_MAX));
	if (!reason_named(cx, "lost", reason, &reason_id))
		return false;
	record_set_text(opportunity, "lost_reason", reason);
	record_set(opportunity, "lost_reason_id", v_id(reason_id));
	record_set(opportunity, "probability", v_int(0));
	end_as(cx, opportunity, "lost", cx->now);
	return true;
}

bool opportunity_lose(struct ctx *cx, int64_t id, const char *reason, struct record **opportunity)
{
	bool ok = op_begin(cx, "opportunity.lose") &&
		  record_load(cx, &opportunity_entity, id, RIGHT_WRITE, opportunity) &&
		  opportunity_must_be_open(cx, *opportunity) &&
		  take_loss(cx, *opportunity, reason) && record_store(cx, *opportunity);

	return op_end(cx, ok);
}

static bool open_again(struct ctx *cx, struct win_outcome *made)
{
	struct record *opportunity = made->opportunity, *stage;

	if (record_is(opportunity, "state", "open"))
		return refuse(cx, PROBLEM_CONFLICT, "opportunity.is_open");
	if (!record_find(
		    cx, &stage_entity, "id", v_int(record_int(opportunity, "stage_id")), &stage))
		return false;
	made->propose_potential = record_is(opportunity, "state", "won");
	record_set_text(opportunity, "state", "open");
	record_set(opportunity, "closed_at", v_null());
	record_set(opportunity, "lost_reason", v_null());
	record_set(opportunity, "lost_reason_id", v_null());
	if (stage)
		record_copy(opportunity, stage, "probability");
	next_action_now(cx, opportunity);
	return record_store(cx, opportunity);
}

/* A customer without a win left may go back to potential; people decide. */
static bool see_what_is_left(struct ctx *cx, struct win_outcome *made)
{
	int64_t wins = 0;

	if (made->company && !company_wins(cx, made->company->id, &wins))
		return false;
	made->propose_potential = made->propose_potential && made->company && !wins &&
				  record_is(made->company, "type", "customer");
	return true;
}

bool opportunity_reopen(struct ctx *cx, int64_t id, struct win_outcome *made)
{
	*made = (struct win_outcome){ 0 };

	bool ok = op_begin(cx, "opportunity.reopen") &&
		  record_load(cx, &opportunity_entity, id, RIGHT_WRITE, &made->opportunity) &&
		  renewal_take_back(cx, made->opportunity) && open_again(cx, made) &&
		  op_about(cx, made->opportunity) &&
		  find_company(cx, made->opportunity, &made->company) && see_what_is_left(cx, made);

	return tell(cx, ok, made);
}
