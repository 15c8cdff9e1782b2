/* Leads that are the same: what may be one, and what comes next about it. */
#include <string.h>

#include "crm/lead.h"
#include "record/join.h"

static bool is_converted(const struct record *lead)
{
	return record_has(lead, "converted_at");
}

/* What one was converted to is kept with it: it is the one that stays. */
static bool must_not_lose_conversion(struct ctx *cx, const struct joining *j)
{
	for (size_t i = 0; i < j->n; i++)
		if (is_converted(j->others[i]) && !is_converted(j->survivor))
			return refuse(cx, PROBLEM_CONFLICT, "lead.merge_converted",
				record_title(cx, j->others[i]));
	return true;
}

static bool led_to_another(const struct record *a, const struct record *b, const char *link)
{
	return record_has(a, link) && record_has(b, link) &&
	       record_int(a, link) != record_int(b, link);
}

/* Two conversions are one when they made the same company and contact. */
static bool must_have_become_the_same(struct ctx *cx, const struct joining *j)
{
	for (size_t i = 0; i < j->n; i++)
		if (is_converted(j->others[i]) &&
			(led_to_another(j->survivor, j->others[i], "company_id") ||
				led_to_another(j->survivor, j->others[i], "contact_id")))
			return refuse(cx, PROBLEM_CONFLICT, "lead.merge_two_conversions",
				record_title(cx, j->survivor), record_title(cx, j->others[i]));
	return true;
}

/* The soonest of what was planned, so that nothing planned is forgotten. */
static void take_next_action(struct joining *j)
{
	static const char *const fields[] = { "next_action_at", "next_action_kind",
		"next_action_note" };

	for (size_t i = 0; i < j->n; i++) {
		const struct record *other = j->others[i];

		if (!record_has(other, "next_action_at") ||
			record_int(other, "next_action_at") >=
				record_int(j->survivor, "next_action_at"))
			continue;
		for (size_t k = 0; k < COUNT(fields); k++)
			record_copy(j->survivor, other, fields[k]);
	}
}

bool lead_join(struct ctx *cx, struct joining *j)
{
	if (!must_not_lose_conversion(cx, j) || !must_have_become_the_same(cx, j))
		return false;
	if (is_converted(j->survivor))
		j->keeps = "lead.converted";
	else if (record_has(j->survivor, "next_action_at"))
		take_next_action(j);
	return true;
}
