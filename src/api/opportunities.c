/* The doors of opportunities, and the one of companies. */
#include <string.h>

#include "api/handlers.h"
#include "api/plans.h"
#include "crm/company.h"
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

bool opportunities_win(struct ctx *cx, struct api_call *call)
{
	struct win win = { .closed_on = "", .customer_code = "" };
	struct win_outcome made = { 0 };
	struct val amount = v_int(0);
	bool given;

	if (!body_only(cx, call, "amount closed_on customer_code") ||
		!body_money(cx, call, "amount", &amount.i, &given) ||
		!body_text(cx, call, "closed_on", &win.closed_on) ||
		!body_text(cx, call, "customer_code", &win.customer_code))
		return false;
	win.amount = given ? &amount : NULL;
	if (!opportunity_win(cx, call->id, &win, &made))
		return false;
	json_open(&call->out, '{');
	json_put_bool(&call->out, "became_customer", made.became_customer);
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

bool companies_potential(struct ctx *cx, struct api_call *call)
{
	struct record *company;

	return body_only(cx, call, "") && company_potential(cx, call->id, &company) &&
	       write_record(cx, call, company);
}
