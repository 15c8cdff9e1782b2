/* The invented year, done: each event by the verb that people would use. */
#include <string.h>

#include "base/arena.h"
#include "crm/conversion.h"
#include "crm/demo_parts.h"
#include "crm/lead.h"
#include "crm/opportunity.h"
#include "record/op.h"

static void act_as(struct demo *d, int user)
{
	d->cx->who = &d->users[user];
}

static bool store_new(struct ctx *cx, struct record *rec)
{
	bool ok = op_begin(cx, "record.create") && record_store(cx, rec);

	return op_end(cx, ok);
}

/* What is known of a lead grows with how far it came. */
static void add_need(struct demo *d, struct record *lead, enum demo_fate fate)
{
	bool is_vague = fate == FATE_NEW || fate == FATE_ABANDONED || demo_random(d, 4) == 0;

	if (is_vague && fate != FATE_CONVERTED)
		return;
	record_set_text(lead, "need", demo_pick(d, &demo_needs));
	if (fate == FATE_CALLED && demo_random(d, 2))
		return;
	record_set(lead, "budget", v_int(demo_amount(d)));
	if (demo_random(d, 16) == 0)
		record_set_text(lead, "budget_currency", demo_random(d, 2) ? "CHF" : "USD");
}

static bool lead_new(struct demo *d, const struct demo_event *e)
{
	struct demo_subject *s = &d->leads[e->subject];
	struct record *lead = record_new(d->cx, &lead_entity);
	const struct demo_sector *sector;
	size_t source;

	act_as(d, s->owner);
	demo_person(d, lead);
	if (s->is_person) {
		demo_private(d, lead);
	} else {
		const char *name = demo_company_name(d, &sector);

		demo_firm(d, lead, name, sector);
		record_set_text(lead, "job_title", demo_pick(d, &demo_titles));
	}
	source = (size_t)demo_random(d, (int)d->source_n);
	record_set(lead, "source_id", v_int(d->sources[source]));
	add_need(d, lead, s->fate);
	if (!store_new(d->cx, lead))
		return false;
	s->id = lead->id;
	return demo_heard_of(d, lead->id, source);
}

static bool lead_goes(struct demo *d, const struct demo_event *e)
{
	struct record *lead;

	act_as(d, d->leads[e->subject].owner);
	return lead_move(d->cx, d->leads[e->subject].id, d->statuses[e->step], &lead);
}

static struct plan plan_of(struct demo *d, const struct demo_event *e)
{
	static const char *const kinds[] = { "call", "call", "email", "meeting", "demo", "quote" };
	static const struct {
		const char *kind;
		const struct demo_list *bodies;
	} done[] = {
		{ "call", &demo_calls },
		{ "call", &demo_calls },
		{ "email", &demo_mails },
		{ "meeting", &demo_meetings },
	};
	struct plan p = { .at = e->next,
		.kind = kinds[demo_random(d, COUNT(kinds))],
		.note = demo_random(d, 3) ? demo_pick(d, &demo_notes) : "" };
	int which = demo_random(d, COUNT(done));

	if (e->was_done) {
		p.done_kind = done[which].kind;
		p.done_body = demo_pick(d, done[which].bodies);
	}
	return p;
}

static bool lead_plans(struct demo *d, const struct demo_event *e)
{
	struct plan plan = plan_of(d, e);
	struct record *lead;

	act_as(d, d->leads[e->subject].owner);
	return lead_next_action(d->cx, d->leads[e->subject].id, &plan, &lead);
}

static bool lead_ends(struct demo *d, const struct demo_event *e)
{
	bool is_red = e->step > 3;
	struct record *lead;

	act_as(d, d->leads[e->subject].owner);
	return lead_conclude(d->cx, d->leads[e->subject].id, d->statuses[e->step],
		is_red ? demo_pick(d, &demo_junk) : "", &lead);
}

static bool lead_converts(struct demo *d, const struct demo_event *e)
{
	struct demo_subject *lead = &d->leads[e->subject], *deal = &d->deals[lead->deal];
	struct conversion how = { .owner_id = d->users[deal->owner].id };
	struct conversion_outcome made;

	act_as(d, lead->owner);
	if (!lead_convert(d->cx, lead->id, &how, &made))
		return false;
	deal->id = made.opportunity->id;
	d->contact_n++;
	if (made.company)
		d->companies[d->company_n++] = made.company->id;
	return true;
}

static bool say(struct demo *d, const char *link, int64_t id, int owner)
{
	struct record *activity = record_new(d->cx, &activity_entity);

	/* a colleague of the same team, now and then */
	act_as(d, demo_random(d, 4) ? owner : owner < DEMO_FIRST_SELLER ? 0 : DEMO_FIRST_SELLER);
	record_set_text(activity, "kind", "comment");
	record_set_text(activity, "body", demo_pick(d, &demo_comments));
	record_set(activity, link, v_int(id));
	return store_new(d->cx, activity);
}

static bool lead_comment(struct demo *d, const struct demo_event *e)
{
	return say(d, "lead_id", d->leads[e->subject].id, d->leads[e->subject].owner);
}

static bool deal_comment(struct demo *d, const struct demo_event *e)
{
	return say(d, "opportunity_id", d->deals[e->subject].id, d->deals[e->subject].owner);
}

static bool contact_of(struct demo *d, int64_t company, bool is_old)
{
	struct record *contact = record_new(d->cx, &contact_entity);

	demo_person(d, contact);
	record_set_text(contact, "job_title", demo_pick(d, &demo_titles));
	record_set(contact, "company_id", v_int(company));
	if (is_old)
		record_set_text(contact, "birthday",
			textf(d->cx, "19%d-0%d-1%d", 60 + demo_random(d, 38), 1 + demo_random(d, 9),
				demo_random(d, 10)));
	d->contact_n++;
	return store_new(d->cx, contact);
}

/* Most of the old ones are customers of the ERP already. */
static bool company_new(struct demo *d, const struct demo_event *e)
{
	struct record *company = record_new(d->cx, &company_entity);
	const struct demo_sector *sector;
	const char *name = demo_company_name(d, &sector);

	act_as(d, DEMO_FIRST_SELLER + 1 + e->subject % (DEMO_SELLERS - 1));
	demo_firm(d, company, name, sector);
	if (e->subject % 8 < 5)
		record_set_text(
			company, "customer_code", textf(d->cx, "CL%04d", 310 + 7 * e->subject));
	if (e->subject % 5 == 0)
		record_set_text(company, "rating", "A");
	if (!store_new(d->cx, company))
		return false;
	d->companies[d->company_n++] = company->id;
	return contact_of(d, company->id, true);
}

static bool contact_new(struct demo *d, const struct demo_event *e)
{
	(void)e;
	act_as(d, DEMO_FIRST_SELLER + 1 + demo_random(d, DEMO_SELLERS - 1));
	return contact_of(d, d->companies[demo_random(d, (int)d->company_n)], false);
}

static bool deal_new(struct demo *d, const struct demo_event *e)
{
	struct demo_subject *s = &d->deals[e->subject];
	struct record *deal = record_new(d->cx, &opportunity_entity);
	int64_t company = d->companies[demo_random(d, (int)d->company_n)], contact;
	char day[DATE_TEXT];

	act_as(d, s->owner);
	if (!db_int(d->cx, &contact, 0,
		    "select min(id) from contact where ws = $1 and company_id = $2",
		    ARGS(v_int(d->cx->ws), v_int(company))))
		return false;
	date_of(d->cx->now, d->cx->zone, day);
	date_add(day, 30 + demo_random(d, 90), day);
	record_set_text(deal, "name", demo_pick(d, &demo_extras));
	record_set(deal, "amount", v_int(demo_amount(d)));
	record_set_text(deal, "close_on", arena_dup(d->cx->mem, day));
	record_set(deal, "source_id", v_int(d->sources[demo_random(d, (int)d->source_n)]));
	record_set(deal, "company_id", v_int(company));
	record_set(deal, "contact_id", v_id(contact));
	if (!store_new(d->cx, deal))
		return false;
	s->id = deal->id;
	return true;
}

static bool deal_moves(struct demo *d, const struct demo_event *e)
{
	struct record *deal;

	act_as(d, d->deals[e->subject].owner);
	return opportunity_move(d->cx, d->deals[e->subject].id,
		&(struct stage_move){ .stage_id = d->stages[e->step] }, &deal);
}

static bool deal_plans(struct demo *d, const struct demo_event *e)
{
	struct plan plan = plan_of(d, e);
	struct record *deal;

	act_as(d, d->deals[e->subject].owner);
	return opportunity_next_action(d->cx, d->deals[e->subject].id, &plan, &deal);
}

static bool deal_wins(struct demo *d, const struct demo_event *e)
{
	struct win win = { .closed_on = "", .customer_code = "" };
	struct val amount = v_int(demo_amount(d));
	struct win_outcome made;

	act_as(d, d->deals[e->subject].owner);
	if (demo_random(d, 3) == 0) /* in the end it was something else */
		win.amount = &amount;
	return opportunity_win(d->cx, d->deals[e->subject].id, &win, &made);
}

static bool deal_loses(struct demo *d, const struct demo_event *e)
{
	struct record *deal;

	act_as(d, d->deals[e->subject].owner);
	return opportunity_lose(d->cx, d->deals[e->subject].id, demo_pick(d, &demo_lost), &deal);
}

static bool deal_meeting(struct demo *d, const struct demo_event *e)
{
	struct record *activity = record_new(d->cx, &activity_entity);
	int64_t start = e->at + (1 + demo_random(d, 12)) * INT64_C(86400) * 1000;

	act_as(d, d->deals[e->subject].owner);
	record_set_text(activity, "kind", "meeting");
	record_set_text(activity, "subject", demo_say(d, "Visita in stabilimento"));
	record_set(activity, "starts_at", v_int(start));
	record_set(activity, "ends_at", v_int(start + INT64_C(5400) * 1000));
	record_set(activity, "opportunity_id", v_int(d->deals[e->subject].id));
	if (start < d->until) {
		record_set(activity, "done_at", v_int(start));
		record_set_text(activity, "outcome", demo_pick(d, &demo_meetings));
	}
	return store_new(d->cx, activity);
}

bool demo_play(struct demo *d, const struct demo_event *e)
{
	static bool (*const acts[])(struct demo * d, const struct demo_event *e) = {
		[LEAD_NEW] = lead_new,
		[LEAD_MOVE] = lead_goes,
		[LEAD_PLAN] = lead_plans,
		[LEAD_CONCLUDE] = lead_ends,
		[LEAD_CONVERT] = lead_converts,
		[LEAD_COMMENT] = lead_comment,
		[COMPANY_NEW] = company_new,
		[CONTACT_NEW] = contact_new,
		[DEAL_NEW] = deal_new,
		[DEAL_MOVE] = deal_moves,
		[DEAL_PLAN] = deal_plans,
		[DEAL_WIN] = deal_wins,
		[DEAL_LOSE] = deal_loses,
		[DEAL_COMMENT] = deal_comment,
		[DEAL_MEETING] = deal_meeting,
	};

	d->cx->now = e->at;
	return acts[e->what](d, e);
}
