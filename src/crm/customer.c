/* Leads that are customers, kept while opportunities are won and lost. */
#include "crm/customer.h"

#include <string.h>

#include "crm/entities.h"
#include "record/list.h"

static int64_t number(const struct record *rec, const struct val *v, const char *field)
{
	return v ? v[record_at(rec, field)].i : 0;
}

/* The first win of one of its own; 0: none. */
static bool first_win(struct ctx *cx, const struct record *lead, int64_t *at)
{
	return db_int(cx, at, 0,
		"select min(closed_at) from opportunity where ws = $1 and lead_id = $2"
		" and state = 'won' and removed_at is null",
		ARGS(v_int(cx->ws), v_int(lead->id)));
}

/* Or, where conversion made none, of its company's since. */
static bool first_win_of_company(struct ctx *cx, const struct record *lead, int64_t *at)
{
	int64_t theirs;

	if (record_has(lead, "opportunity_id") || !record_has(lead, "company_id"))
		return true;
	if (!db_int(cx, &theirs, 0,
		    "select min(closed_at) from opportunity where ws = $1 and company_id = $2"
		    " and +closed_at >= $3 and state = 'won' and removed_at is null",
		    ARGS(v_int(cx->ws), v_int(record_int(lead, "company_id")),
			    v_int(record_int(lead, "converted_at")))))
		return false;
	if (theirs && (!*at || theirs < *at))
		*at = theirs;
	return true;
}

bool customer_settle(struct ctx *cx, struct record *lead)
{
	int64_t at = 0;

	if (record_has(lead, "converted_at") &&
		!(first_win(cx, lead, &at) && first_win_of_company(cx, lead, &at)))
		return false;
	record_set(lead, "customer_at", v_id(at));
	return true;
}

static bool settle_some(struct ctx *cx, const char *where, const struct args *args)
{
	struct page page;

	if (!list_select(cx, &lead_entity, where, args, LIST_MAX, &page))
		return false;
	for (size_t i = 0; i < page.n; i++) {
		if (!customer_settle(cx, page.items[i]))
			return false;
		if (record_changed(page.items[i], "customer_at") &&
			!record_follow(cx, page.items[i]))
			return false;
	}
	return true;
}

static bool settle_leads_of(struct ctx *cx, int64_t lead_id, int64_t company_id)
{
	struct args args;

	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(lead_id));
	if (lead_id && !settle_some(cx, " where t.ws = $1 and t.id = $2", &args))
		return false;
	args.v[1] = v_int(company_id);
	return !company_id ||
	       settle_some(cx,
		       " where t.ws = $1 and t.company_id = $2 and t.converted_at is not null"
		       " and t.opportunity_id is null order by t.id",
		       &args);
}

/* Won, and there; since when it is. */
static int64_t won_at(const struct record *deal, const struct val *v)
{
	const struct val *state = v ? &v[record_at(deal, "state")] : NULL;

	if (!state || state->type != VAL_TEXT || strcmp(state->s, "won") != 0 ||
		number(deal, v, "removed_at"))
		return 0;
	return number(deal, v, "closed_at");
}

bool customer_deal_stored(struct ctx *cx, struct record *deal)
{
	static const char *const links[] = { "lead_id", "company_id" };
	int64_t was = won_at(deal, deal->was), is = won_at(deal, deal->v);
	bool moved = false;

	for (size_t i = 0; i < COUNT(links); i++)
		moved = moved ||
			number(deal, deal->was, links[i]) != number(deal, deal->v, links[i]);
	if (was == is && (!is || !moved))
		return true;
	if (was && moved &&
		!settle_leads_of(cx, number(deal, deal->was, "lead_id"),
			number(deal, deal->was, "company_id")))
		return false;
	return settle_leads_of(
		cx, number(deal, deal->v, "lead_id"), number(deal, deal->v, "company_id"));
}

bool customer_lead_stored(struct ctx *cx, struct record *lead)
{
	static const char *const from[] = { "converted_at", "company_id", "opportunity_id" };
	struct args args;
	bool same = true;
	int64_t at;

	for (size_t i = 0; i < COUNT(from); i++)
		same = same && number(lead, lead->was, from[i]) == number(lead, lead->v, from[i]);
	if (same)
		return true;
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(lead->id));
	if (!settle_some(cx, " where t.ws = $1 and t.id = $2", &args) ||
		!db_int(cx, &at, 0, "select customer_at from lead where ws = $1 and id = $2",
			ARGS(v_int(cx->ws), v_int(lead->id))))
		return false;
	record_set(lead, "customer_at", v_id(at));
	return true;
}
