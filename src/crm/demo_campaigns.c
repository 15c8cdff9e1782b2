/* What the invented firm did to be heard of: campaigns that brought some of its
 * leads, and what they cost, so that there is a return to look at. */
#include "base/arena.h"
#include "crm/campaign.h"
#include "crm/demo_parts.h"
#include "crm/entities.h"
#include "record/op.h"

enum { TIMES = 4 };

static const struct {
	const char *name, *kind, *channel, *touch;
	size_t source; /* which leads it brought, two of three */
	int64_t budget, spent;
	const char *what; /* each of the four times */
} made[DEMO_CAMPAIGNS] = {
	{ "Annunci sul web", "advert", "web", "form", 0, 300000, 70000, "Annunci" },
	{ "Fiere di settore", "fair", "in_person", "visit", 1, 1800000, 410000, "Stand" },
	{ "Newsletter", "newsletter", "email", "answered", 5, 100000, 24500, "Invio" },
};

static bool make(struct demo *d, size_t which)
{
	struct record *campaign = record_new(d->cx, &campaign_entity);

	record_set_text(campaign, "name", demo_say(d, made[which].name));
	record_set_text(campaign, "kind", made[which].kind);
	record_set_text(campaign, "channel", made[which].channel);
	record_set_text(campaign, "state", "running");
	record_set_text(campaign, "starts_on", d->first_day);
	record_set(campaign, "budget", v_int(made[which].budget));
	record_set(campaign, "source_id", v_id(d->sources[made[which].source]));
	if (!record_store(d->cx, campaign))
		return false;
	d->campaigns[which] = campaign->id;
	return true;
}

bool demo_campaigns(struct demo *d)
{
	bool ok;

	d->cx->who = &d->users[0];
	ok = op_begin(d->cx, "seed");
	for (size_t i = 0; ok && i < DEMO_CAMPAIGNS; i++)
		ok = make(d, i);
	return op_end(d->cx, ok);
}

bool demo_heard_of(struct demo *d, int64_t lead_id, size_t source)
{
	struct touch_ask ask = { .lead_id = lead_id, .note = "" };
	struct touch_made touch;

	for (size_t i = 0; i < DEMO_CAMPAIGNS; i++)
		if (made[i].source == source && d->heard++ % 3) {
			ask.kind = made[i].touch;
			return campaign_touch(d->cx, d->campaigns[i], &ask, &touch);
		}
	return true;
}

static bool spend(struct demo *d, size_t which)
{
	struct record *cost = record_new(d->cx, &campaign_cost_entity);

	record_set(cost, "campaign_id", v_int(d->campaigns[which]));
	record_set_text(cost, "what", demo_say(d, made[which].what));
	record_set(cost, "amount", v_int(made[which].spent));
	return record_store(d->cx, cost);
}

bool demo_costs(struct demo *d)
{
	int64_t now = d->cx->now;
	bool ok;

	d->cx->who = &d->users[0];
	ok = op_begin(d->cx, "seed");
	for (int time = 1; time <= TIMES; time++)
		for (size_t i = 0; ok && i < DEMO_CAMPAIGNS; i++) {
			d->cx->now = d->from + (d->until - d->from) * time / (TIMES + 1);
			ok = spend(d, i);
		}
	d->cx->now = now;
	return op_end(d->cx, ok);
}
