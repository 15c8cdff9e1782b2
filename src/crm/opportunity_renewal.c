/* What renews a won opportunity: a copy that waits until it is time (S5.35). */
#include <string.h>

#include "base/clock.h"
#include "crm/entities.h"
#include "crm/firm.h"
#include "crm/opportunity_parts.h"

/* When in the day a renewal becomes something to do. */
#define MORNING (INT64_C(9) * 3600 * 1000)

static bool take_months(struct ctx *cx, struct record *opportunity, const struct val *months)
{
	if (months->i < 0 || months->i > RENEWAL_MONTHS_MAX)
		return refuse_field(cx, "renewal_months", "opportunity.renewal_months");
	record_set(opportunity, "renewal_months", v_id(months->i));
	record_set(opportunity, "renewal_on", v_null());
	return true;
}

static bool take_day(struct ctx *cx, struct record *opportunity, const char *day)
{
	if (*day && !date_is_valid(day))
		return refuse_field(cx, "renewal_on", "field.date");
	record_set_text(opportunity, "renewal_on", day);
	return true;
}

bool renewal_settle(struct ctx *cx, struct record *opportunity, const struct win *win)
{
	int64_t months;
	char closed[DATE_TEXT], on[DATE_TEXT];

	if (win->renewal_months && !take_months(cx, opportunity, win->renewal_months))
		return false;
	if (win->renewal_on && !take_day(cx, opportunity, win->renewal_on))
		return false;
	months = record_int(opportunity, "renewal_months");
	date_of(record_int(opportunity, "closed_at"), cx->zone, closed);
	date_add_months(closed, months, on);
	if (months > 0 && !record_has(opportunity, "renewal_on"))
		record_set_text(opportunity, "renewal_on", textf(cx, "%s", on));
	return !record_has(opportunity, "renewal_on") ||
	       strcmp(record_text(opportunity, "renewal_on"), closed) > 0 ||
	       refuse_field(cx, "renewal_on", "opportunity.renewal_before");
}

/* By people about what is sold, not about this one sale of it. */
static bool is_said(const struct field *f)
{
	return !f->readonly && !f->derived && !f->secret && strcmp(f->name, "close_on") != 0 &&
	       strcmp(f->name, "renewal_on") != 0 && strcmp(f->name, "probability") != 0;
}

struct record *opportunity_copy(struct ctx *cx, const struct record *opportunity)
{
	struct record *copy = record_new(cx, &opportunity_entity);

	for (size_t i = 0; i < copy->of->field_count; i++)
		if (is_said(&copy->of->fields[i]))
			copy->v[i] = opportunity->v[i];
	record_copy(copy, opportunity, "custom");
	return copy;
}

static bool find_renewal(struct ctx *cx, const struct record *opportunity, struct record **renewal)
{
	return record_find(
		cx, &opportunity_entity, "renewal_of_id", v_int(opportunity->id), renewal);
}

/* In Stand-by until the firm wants to be reminded. */
static bool wait(struct ctx *cx, struct record *renewal)
{
	struct record *firm;
	char day[DATE_TEXT];
	int64_t at;

	if (!firm_load(cx, &firm))
		return false;
	date_add(record_text(renewal, "close_on"), -record_int(firm, "renewal_notice_days"), day);
	at = instant_of(day, MORNING, cx->zone);
	record_set(renewal, "next_action_at", v_int(at > cx->now ? at : cx->now));
	return true;
}

bool renewal_make(struct ctx *cx, const struct record *opportunity, struct record **renewal)
{
	*renewal = NULL;
	if (!record_has(opportunity, "renewal_on"))
		return true;
	if (!find_renewal(cx, opportunity, renewal) || *renewal)
		return *renewal != NULL;
	*renewal = opportunity_copy(cx, opportunity);
	record_set_text(*renewal, "close_on", record_text(opportunity, "renewal_on"));
	record_set(*renewal, "renewal_of_id", v_int(opportunity->id));
	return wait(cx, *renewal) && record_store(cx, *renewal);
}

/* Changed since it was made, or something leads to it. */
static bool is_worked(struct ctx *cx, const struct record *renewal, bool *worked)
{
	*worked = renewal->version > 1;
	for (const struct entity *const *e = cx->entities; *e && !*worked; e++)
		for (size_t i = 0; i < (*e)->field_count && !*worked; i++) {
			const struct field *f = &(*e)->fields[i];
			int64_t n;

			if (f->type != FIELD_LINK || f->to != renewal->of || f->derived)
				continue;
			if (!db_int(cx, &n, 0,
				    textf(cx,
					    "select count(*) from %s t where t.ws = $1 and t.%s = $2"
					    " and t.removed_at is null",
					    entity_table(*e), f->name),
				    ARGS(v_int(cx->ws), v_int(renewal->id))))
				return false;
			*worked = n > 0;
		}
	return true;
}

bool renewal_take_back(struct ctx *cx, struct record *opportunity)
{
	struct record *renewal;
	bool worked;

	if (record_int(opportunity, "renewal_months") && record_is(opportunity, "state", "won"))
		record_set(opportunity, "renewal_on", v_null());
	if (!find_renewal(cx, opportunity, &renewal))
		return false;
	if (!renewal)
		return true;
	if (!is_worked(cx, renewal, &worked))
		return false;
	if (worked)
		return true;
	record_set(renewal, "removed_at", v_int(cx->now));
	return record_store(cx, renewal);
}
