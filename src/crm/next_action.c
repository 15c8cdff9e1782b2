/* The one next action of whatever is open. */
#include "crm/next_action.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fold.h"
#include "crm/activity.h"
#include "crm/entities.h"

/* A century: further off is a slip of the pen. */
#define FAR_AHEAD (INT64_C(36525) * 86400 * 1000)
#define DAY (INT64_C(86400) * 1000)
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

/* "03/12/2026 15:00" or "2026-12-03 15:00", by the firm's clock. */
static const char *when(struct ctx *cx, int64_t at)
{
	int minute = (int)(clock_local(at, cx->zone) % DAY / 60000);
	char day[DATE_TEXT];

	date_of(at, cx->zone, day);
	if (cx->lang != LANG_IT)
		return textf(cx, "%s %02d:%02d", day, minute / 60, minute % 60);
	return textf(
		cx, "%.2s/%.2s/%.4s %02d:%02d", day + 8, day + 5, day, minute / 60, minute % 60);
}

static const char *kind_label(const struct ctx *cx, const char *kind)
{
	const struct choice *c = action_kinds;

	while (c->value && strcmp(c->value, kind) != 0)
		c++;
	return !c->value ? "" : cx->lang == LANG_IT ? c->it : c->en;
}

/* As much of it as a note holds. */
static const char *cut(struct ctx *cx, const char *text)
{
	size_t n = 0;
	const char *at = text;

	for (; *at; at++)
		if (((unsigned char)*at & 0xc0) != 0x80 && n++ == NOTE_MAX)
			break;
	return textf(cx, "%.*s", (int)(at - text), text);
}

void next_action_hurry(struct ctx *cx, struct record *rec, const char *what)
{
	bool waits = record_int(rec, "next_action_at") > cx->now;
	const char *kind = kind_label(cx, record_text(rec, "next_action_kind"));
	const char *note = record_text(rec, "next_action_note");

	if (record_has(rec, "next_action_at") && !waits)
		return;
	if (waits)
		what = textf(cx, "%s · %s%s%s%s%s", what,
			when(cx, record_int(rec, "next_action_at")), *kind ? " " : "", kind,
			*note ? ": " : "", note);
	next_action_now(cx, rec);
	record_set_text(rec, "next_action_note", cut(cx, what));
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
