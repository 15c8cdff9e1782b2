/* Leads laid aside until a day, and come back on it (S3.15, S3.16). */
#include "crm/lead_park.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fold.h"
#include "crm/entities.h"
#include "crm/lead.h"
#include "crm/lead_status.h"
#include "record/op.h"

enum { NOTE_MAX = 500, YEARS_DAYS = 3653 };

static bool must_be_a_day_to_come(struct ctx *cx, const char *until)
{
	char today[DATE_TEXT], last[DATE_TEXT];

	if (!date_is_valid(until))
		return refuse_field(cx, "until", *until ? "field.date" : "field.required");
	date_of(cx->now, cx->zone, today);
	date_add(today, YEARS_DAYS, last);
	return (strcmp(until, today) > 0 && strcmp(until, last) <= 0) ||
	       refuse_field(cx, "until", "lead.park_until");
}

static bool must_be_short(struct ctx *cx, const char *note)
{
	return utf8_length(note) <= NOTE_MAX ||
	       refuse_field(cx, "note", "field.too_long", textf(cx, "%d", NOTE_MAX));
}

static bool must_nurture(struct ctx *cx, int64_t campaign_id)
{
	struct record *campaign;

	if (!campaign_id)
		return true;
	if (!record_load(cx, &campaign_entity, campaign_id, RIGHT_READ, &campaign)) {
		if (cx->problem.kind != PROBLEM_NOT_FOUND)
			return false;
		ctx_clear(cx);
		return refuse_field(cx, "campaign_id", "field.link");
	}
	return (!record_has(campaign, "removed_at") && !record_is(campaign, "state", "ended")) ||
	       refuse_field(cx, "campaign_id", "lead.park_campaign");
}

static bool must_not_be_concluded(struct ctx *cx, const struct record *lead)
{
	return (!record_is(lead, "status_type", "qualified") &&
		       !record_is(lead, "status_type", "not_interested")) ||
	       refuse(cx, PROBLEM_CONFLICT, "lead.reopen_first");
}

static bool find_frozen_status(struct ctx *cx, struct record **status)
{
	return lead_status_first(cx, "frozen", status) &&
	       (*status || refuse(cx, PROBLEM_CONFLICT, "lead.no_frozen_status"));
}

static bool park(struct ctx *cx, const struct parking *p, const struct record *status, int64_t id,
	struct record **lead)
{
	if (!lead_load(cx, id, lead) || !must_not_be_concluded(cx, *lead))
		return false;
	if (!record_is(*lead, "status_type", "frozen"))
		lead_enter(cx, *lead, status);
	record_set_text(*lead, "parked_until", p->until);
	record_set_text(*lead, "parked_note", p->note);
	record_set(*lead, "nurture_campaign_id", v_id(p->campaign_id));
	return record_store(cx, *lead);
}

static bool park_each(
	struct ctx *cx, const struct parking *p, const struct record *status, struct record **leads)
{
	for (size_t i = 0; i < p->n; i++)
		if (!park(cx, p, status, p->ids[i], &leads[i]))
			return false;
	return true;
}

bool lead_park(struct ctx *cx, const struct parking *p, struct record ***leads)
{
	struct record *status;

	*leads = arena_alloc(cx->mem, (p->n + 1) * sizeof(**leads));

	bool ok = op_begin(cx, "lead.park") && must_be_a_day_to_come(cx, p->until) &&
		  must_be_short(cx, p->note) && must_nurture(cx, p->campaign_id) &&
		  find_frozen_status(cx, &status) && park_each(cx, p, status, *leads);

	return op_end(cx, ok);
}

/* One whose day has come and who did not come back for it yet: a return that
 * was undone is not done again. */
static bool find_due(struct ctx *cx, int64_t *id)
{
	char today[DATE_TEXT];

	date_of(cx->now, cx->zone, today);
	return db_int(cx, id, 0,
		"select id from lead where ws = $1 and parked_until is not null"
		" and parked_until <= $2 and status_type = 'frozen' and removed_at is null"
		" and (came_back_for is null or came_back_for <> parked_until)"
		" order by parked_until, id limit 1",
		ARGS(v_int(cx->ws), v_text(today)));
}

static bool find_open_status(struct ctx *cx, struct record **status)
{
	return lead_status_first(cx, "open", status) &&
	       (*status || refuse(cx, PROBLEM_CONFLICT, "lead.no_open_status"));
}

static bool come_back(struct ctx *cx, struct record *lead, const struct record *status)
{
	struct val note = lead->v[record_at(lead, "parked_note")];

	record_set(lead, "came_back_for", lead->v[record_at(lead, "parked_until")]);
	lead_enter(cx, lead, status);
	record_set(lead, "next_action_note", note);
	return record_store(cx, lead);
}

bool lead_return(struct ctx *cx)
{
	struct record *lead, *status;
	int64_t id = 0;

	if (!find_due(cx, &id) || !id)
		return cx->problem.kind == PROBLEM_NONE;

	bool ok = op_begin(cx, "lead.return") && find_due(cx, &id) &&
		  (!id || (lead_load(cx, id, &lead) && find_open_status(cx, &status) &&
				  come_back(cx, lead, status)));

	return op_end(cx, ok);
}

bool lead_return_is_due(struct ctx *cx)
{
	int64_t id = 0;

	return find_due(cx, &id) && id;
}
