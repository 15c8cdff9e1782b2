/* The doors of opportunities, and the one of companies. */
#include <string.h>

#include "api/handlers.h"
#include "api/plans.h"
#include "crm/company.h"
#include "crm/folder.h"
#include "crm/opportunity.h"

bool opportunities_move(struct ctx *cx, struct api_call *call)
{
	struct record *opportunity;
	struct stage_move to = { .fields = json_object_get(call->body, "fields") };

	if (!body_only(cx, call, "stage_id fields") ||
		!body_int(cx, call, "stage_id", &to.stage_id))
		return false;
	if (to.stage_id <= 0)
		return refuse_field(cx, "stage_id", "field.required");
	if (to.fields && !json_is_object(to.fields))
		return refuse_field(cx, "fields", "field.object");
	return opportunity_move(cx, call->id, &to, &opportunity) &&
	       write_record(cx, call, opportunity);
}

bool opportunities_next_action(struct ctx *cx, struct api_call *call)
{
	struct record *opportunity;
	struct plan plan;

	return read_plan(cx, call, &plan) &&
	       opportunity_next_action(cx, call->id, &plan, &opportunity) &&
	       write_record(cx, call, opportunity);
}

static bool write_outcome(struct ctx *cx, struct api_call *call, const struct win_outcome *made)
{
	struct json_out *j = &call->out;

	json_key(j, "opportunity");
	record_write(cx, j, made->opportunity);
	json_key(j, "company");
	if (made->company)
		record_write(cx, j, made->company);
	else
		json_none(j);
	json_close(j, '}');
	return true;
}

/* Said at all; null is none. */
static bool read_renewal(
	struct ctx *cx, const struct api_call *call, struct win *win, struct val *months)
{
	const json_t *day = json_object_get(call->body, "renewal_on");
	const char *on = "";

	if (!body_int(cx, call, "renewal_months", &months->i) ||
		!body_text(cx, call, "renewal_on", &on))
		return false;
	if (json_object_get(call->body, "renewal_months"))
		win->renewal_months = months;
	if (day)
		win->renewal_on = on;
	return true;
}

bool read_win(struct ctx *cx, const struct api_call *call, struct said_win *said)
{
	struct win *win = &said->win;
	bool given;

	*said = (struct said_win){ .win = { .closed_on = "", .customer_code = "" },
		.amount = v_int(0),
		.months = v_int(0) };
	if (!body_only(cx, call, "amount closed_on customer_code renewal_months renewal_on") ||
		!body_money(cx, call, "amount", &said->amount.i, &given) ||
		!body_text(cx, call, "closed_on", &win->closed_on) ||
		!body_text(cx, call, "customer_code", &win->customer_code) ||
		!read_renewal(cx, call, win, &said->months))
		return false;
	win->amount = given ? &said->amount : NULL;
	return true;
}

bool opportunities_win(struct ctx *cx, struct api_call *call)
{
	struct win_outcome made = { 0 };
	struct said_win said;

	if (!read_win(cx, call, &said) || !opportunity_win(cx, call->id, &said.win, &made))
		return false;
	json_open(&call->out, '{');
	json_put_bool(&call->out, "became_customer", made.became_customer);
	json_key(&call->out, "renewal");
	if (made.renewal)
		record_write(cx, &call->out, made.renewal);
	else
		json_none(&call->out);
	return write_outcome(cx, call, &made);
}

bool opportunities_lose(struct ctx *cx, struct api_call *call)
{
	struct record *opportunity;
	const char *reason = "";

	return body_only(cx, call, "reason") && body_text(cx, call, "reason", &reason) &&
	       opportunity_lose(cx, call->id, reason, &opportunity) &&
	       write_record(cx, call, opportunity);
}

bool opportunities_reopen(struct ctx *cx, struct api_call *call)
{
	struct win_outcome made = { 0 };

	if (!body_only(cx, call, "") || !opportunity_reopen(cx, call->id, &made))
		return false;
	json_open(&call->out, '{');
	json_put_bool(&call->out, "propose_potential", made.propose_potential);
	return write_outcome(cx, call, &made);
}

bool opportunities_duplicate(struct ctx *cx, struct api_call *call)
{
	struct duplicate how = { .name = "", .close_on = "" };
	struct val amount = v_int(0);
	struct record *copy;
	bool given;

	if (!body_only(cx, call, "name amount close_on") ||
		!body_text(cx, call, "name", &how.name) ||
		!body_money(cx, call, "amount", &amount.i, &given) ||
		!body_text(cx, call, "close_on", &how.close_on))
		return false;
	how.amount = given ? &amount : NULL;
	if (!opportunity_duplicate(cx, call->id, &how, &copy))
		return false;
	json_open(&call->out, '{');
	json_key(&call->out, "opportunity");
	record_write(cx, &call->out, copy);
	json_key(&call->out, "proposal");
	if (!folder_proposal_write(cx, &call->out, copy))
		return false;
	json_close(&call->out, '}');
	return true;
}

bool companies_potential(struct ctx *cx, struct api_call *call)
{
	struct record *company;

	return body_only(cx, call, "") && company_potential(cx, call->id, &company) &&
	       write_record(cx, call, company);
}
