/* The one next action of whatever is open. */
#include "crm/next_action.h"

#include <string.h>

#include "base/fold.h"
#include "crm/activity.h"
#include "crm/entities.h"

/* A century: further off is a slip of the pen. */
#define FAR_AHEAD (INT64_C(36525) * 86400 * 1000)
#define LONG_PAST (INT64_C(3653) * 86400 * 1000)

enum { NOTE_MAX = 500, BODY_MAX = 20000 };

const struct choice action_kinds[] = {
	{ "call", "Chiamata", "Call" },
	{ "email", "E-mail", "E-mail" },
	{ "meeting", "Appuntamento", "Meeting" },
	{ "demo", "Dimostrazione", "Demo" },
	{ "quote", "Preventivo", "Quote" },
	{ "other", "Altro", "Other" },
	{ NULL },
};

const struct choice agenda_lists[] = {
	{ "todo", "Da fare", "To do" },
	{ "standby", "In attesa", "Stand-by" },
	{ NULL },
};

static bool is_one_of(const struct choice *choices, const char *value)
{
	for (; choices->value; choices++)
		if (!strcmp(choices->value, value))
			return true;
	return false;
}

void next_action_now(struct ctx *cx, struct record *rec)
{
	record_set(rec, "next_action_at", v_int(cx->now));
	record_set(rec, "next_action_kind", v_null());
	record_set(rec, "next_action_note", v_null());
}

void next_action_clear(struct record *rec)
{
	record_set(rec, "next_action_at", v_null());
	record_set(rec, "next_action_kind", v_null());
	record_set(rec, "next_action_note", v_null());
}

bool next_action_set(struct ctx *cx, struct record *rec, const struct plan *plan)
{
	bool ok = true;

	if (plan->at < cx->now - LONG_PAST || plan->at > cx->now + FAR_AHEAD)
		ok = refuse_field(cx, "at", "next_action.at");
	if (*plan->kind && !is_one_of(action_kinds, plan->kind))
		ok = refuse_field(cx, "kind", "field.choice");
	if (utf8_length(plan->note) > NOTE_MAX)
		ok = refuse_field(cx, "note", "field.too_long", textf(cx, "%d", NOTE_MAX));
	record_set(rec, "next_action_at", v_int(plan->at));
	record_set_text(rec, "next_action_kind", plan->kind);
	record_set_text(rec, "next_action_note", plan->note);
	return ok;
}

/* What was done by the word of a plan is called by that of an activity. */
static const char *activity_kind(const char *kind)
{
	if (!strcmp(kind, "demo"))
		return "meeting";
	if (!strcmp(kind, "quote") || !strcmp(kind, "other"))
		return "task";
	return kind;
}

static void link_to(struct record *activity, const struct record *rec)
{
	bool is_lead = entity_is(rec->of, &lead_entity);

	record_set(activity, is_lead ? "lead_id" : "opportunity_id", v_int(rec->id));
	if (is_lead)
		return;
	record_copy(activity, rec, "company_id");
	record_copy(activity, rec, "contact_id");
}

bool next_action_done(struct ctx *cx, const struct record *rec, const struct plan *plan)
{
	struct record *activity;
	bool ok = true;

	if (!plan->done_kind)
		return true;
	if (!is_one_of(activity_kinds, activity_kind(plan->done_kind)))
		ok = refuse_field(cx, "done", "field.choice");
	if (utf8_length(plan->done_body) > BODY_MAX)
		ok = refuse_field(cx, "done", "field.too_long", textf(cx, "%d", BODY_MAX));
	if (!ok)
		return false;
	activity = record_new(cx, &activity_entity);
	activity->unasked = true;
	record_set_text(activity, "kind", activity_kind(plan->done_kind));
	record_set_text(activity, "body", plan->done_body);
	record_set(activity, "done_at", v_int(cx->now));
	link_to(activity, rec);
	return record_store(cx, activity);
}

void derive_agenda(struct ctx *cx, struct record *rec)
{
	int64_t at = record_int(rec, "next_action_at");

	if (!record_has(rec, "next_action_at"))
		record_set(rec, "agenda", v_null());
	else
		record_set_text(rec, "agenda", at <= cx->now ? "todo" : "standby");
}
