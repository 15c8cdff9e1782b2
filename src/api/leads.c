/* The doors of leads. */
#include <string.h>

#include "api/handlers.h"
#include "api/plans.h"
#include "crm/conversion.h"
#include "crm/lead.h"
#include "crm/lead_win.h"
#include "crm/open_leads.h"

bool read_plan(struct ctx *cx, const struct api_call *call, struct plan *plan)
{
	const json_t *done = json_object_get(call->body, "done");
	const char *kind = "", *note = "";

	*plan = (struct plan){ 0 };
	if (!body_only(cx, call, "at kind note done") || !body_time(cx, call, "at", &plan->at) ||
		!body_text(cx, call, "kind", &kind) || !body_text(cx, call, "note", &note))
		return false;
	if (!plan->at)
		return refuse_field(cx, "at", "field.required");
	plan->kind = kind;
	plan->note = note;
	if (!done || json_is_null(done))
		return true;
	plan->done_kind = json_string_value(json_object_get(done, "kind"));
	plan->done_body = json_string_value(json_object_get(done, "body"));
	if (!plan->done_body)
		plan->done_body = "";
	return plan->done_kind ? true : refuse_field(cx, "done", "field.object");
}

bool leads_card(struct ctx *cx, struct api_call *call)
{
	const char *text = NULL;

	if (!body_only(cx, call, "text") || !body_text(cx, call, "text", &text))
		return false;
	if (!text || !*text)
		return refuse_field(cx, "text", "field.required");
	return lead_card_write(cx, &call->out, text);
}

/* The one number a body brings; required unless it may be none. */
static bool one_id(struct ctx *cx, const struct api_call *call, const char *name, int64_t *id)
{
	*id = 0;
	if (!body_int(cx, call, name, id))
		return false;
	return *id > 0 || refuse_field(cx, name, "field.required");
}

bool leads_move(struct ctx *cx, struct api_call *call)
{
	struct record *lead;
	int64_t status;

	return body_only(cx, call, "status_id") && one_id(cx, call, "status_id", &status) &&
	       lead_move(cx, call->id, status, &lead) && write_record(cx, call, lead);
}

bool leads_next_action(struct ctx *cx, struct api_call *call)
{
	struct record *lead;
	struct plan plan;

	return read_plan(cx, call, &plan) && lead_next_action(cx, call->id, &plan, &lead) &&
	       write_record(cx, call, lead);
}

bool leads_conclude(struct ctx *cx, struct api_call *call)
{
	const char *reason = "";
	struct record *lead;
	int64_t status;

	return body_only(cx, call, "status_id reason") && one_id(cx, call, "status_id", &status) &&
	       body_text(cx, call, "reason", &reason) &&
	       lead_conclude(cx, call->id, status, reason, &lead) && write_record(cx, call, lead);
}

bool leads_reopen(struct ctx *cx, struct api_call *call)
{
	struct record *lead;
	int64_t status = 0;

	return body_only(cx, call, "status_id") && body_int(cx, call, "status_id", &status) &&
	       lead_reopen(cx, call->id, status, &lead) && write_record(cx, call, lead);
}

bool leads_progress(struct ctx *cx, struct api_call *call)
{
	return lead_progress_write(cx, &call->out, call->id);
}

bool leads_conversion(struct ctx *cx, struct api_call *call)
{
	return conversion_write(cx, &call->out, call->id);
}

/* Absent, null, {"id":7}, or fields. */
static bool read_part(
	struct ctx *cx, const struct api_call *call, const char *name, struct part *part)
{
	const json_t *given = json_object_get(call->body, name);
	const json_t *id = json_object_get(given, "id");

	*part = (struct part){ .wish = PART_DEFAULT };
	if (!given)
		return true;
	if (json_is_null(given)) {
		part->wish = PART_NONE;
		return true;
	}
	if (!json_is_object(given) || (id && (json_object_size(given) > 1 || !json_is_integer(id))))
		return refuse_field(cx, name, "field.object");
	part->wish = id ? PART_EXISTING : PART_NEW;
	part->id = id ? json_integer_value(id) : 0;
	part->fields = id ? NULL : given;
	return true;
}

static void write_part(
	struct ctx *cx, struct json_out *j, const char *name, const struct record *rec)
{
	json_key(j, name);
	if (rec)
		record_write(cx, j, rec);
	else
		json_none(j);
}

/* Whoever is handed what came of it may have his hands full (S5.18). */
static bool write_handed_over(
	struct ctx *cx, struct json_out *j, const struct conversion_outcome *made)
{
	bool ok;

	json_key(j, "warnings");
	json_open(j, '[');
	ok = !made->is_handed_over ||
	     open_leads_warn_owner(cx, j, record_int(made->lead, "owner_id"));
	json_close(j, ']');
	return ok;
}

bool leads_convert(struct ctx *cx, struct api_call *call)
{
	struct conversion_outcome made = { 0 };
	struct conversion how = { 0 };

	if (!body_only(cx, call, "company contact opportunity owner_id") ||
		!read_part(cx, call, "company", &how.company) ||
		!read_part(cx, call, "contact", &how.contact) ||
		!read_part(cx, call, "opportunity", &how.opportunity) ||
		!body_int(cx, call, "owner_id", &how.owner_id))
		return false;
	if (how.opportunity.wish == PART_EXISTING)
		return refuse_field(cx, "opportunity", "field.object");
	if (!lead_convert(cx, call->id, &how, &made))
		return false;
	json_open(&call->out, '{');
	write_part(cx, &call->out, "lead", made.lead);
	write_part(cx, &call->out, "company", made.company);
	write_part(cx, &call->out, "contact", made.contact);
	write_part(cx, &call->out, "opportunity", made.opportunity);
	if (!write_handed_over(cx, &call->out, &made))
		return false;
	json_close(&call->out, '}');
	return true;
}

bool leads_win(struct ctx *cx, struct api_call *call)
{
	struct lead_win_outcome outcome;
	struct json_out *j = &call->out;
	struct said_win said;

	if (!read_win(cx, call, &said) || !lead_win(cx, call->id, &said.win, &outcome))
		return false;
	json_open(j, '{');
	json_put_bool(j, "became_customer", outcome.won.became_customer);
	write_part(cx, j, "lead", outcome.made.lead);
	write_part(cx, j, "company", outcome.won.company);
	write_part(cx, j, "contact", outcome.made.contact);
	write_part(cx, j, "opportunity", outcome.won.opportunity);
	write_part(cx, j, "renewal", outcome.won.renewal);
	json_close(j, '}');
	return true;
}

bool leads_lose(struct ctx *cx, struct api_call *call)
{
	const char *reason = "";
	struct record *lead;

	return body_only(cx, call, "reason") && body_text(cx, call, "reason", &reason) &&
	       lead_lose(cx, call->id, reason, &lead) && write_record(cx, call, lead);
}
