/* The invented year: what happens when. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "crm/demo_parts.h"

#define MINUTE (INT64_C(60) * 1000)
#define HOUR (60 * MINUTE)

/* How many of each fate, and how early in the year they came in: the higher,
 * the later. */
static const struct {
	enum demo_fate fate;
	int n, lateness;
} fates[] = {
	{ FATE_CONVERTED, DEMO_CONVERTED, 60 },
	{ FATE_ABANDONED, 15, 20 },
	{ FATE_JUNK, 25, 40 },
	{ FATE_FROZEN, 15, 50 },
	{ FATE_QUALIFIED, 10, 110 },
	{ FATE_WORKED, 55, 90 },
	{ FATE_CALLED, 60, 120 },
	{ FATE_NEW, 70, 210 },
};

/* An instant of a working day, in office hours. */
static int64_t at_work(struct demo *d, int day)
{
	char date[DATE_TEXT];
	int64_t weekday;

	date_add(d->first_day, day, date);
	weekday = date_days("1970-01-05", date) % 7; /* from Monday */
	if (weekday > 4)
		date_add(date, 4 - weekday, date);
	return instant_of(date, 8 * HOUR + 30 * MINUTE + demo_random(d, 540) * MINUTE, d->cx->zone);
}

static struct demo_event *add(struct demo *d, enum demo_what what, int subject, int64_t at)
{
	struct demo_event *e = &d->events[d->event_n];

	if (d->event_n == DEMO_EVENTS)
		abort();
	*e = (struct demo_event){
		.at = at, .what = what, .subject = subject, .order = (int)d->event_n
	};
	d->event_n++;
	return e;
}

/* For this lead or deal, not before what was planned last. */
static struct demo_event *then(struct demo *d, struct demo_subject *s, enum demo_what what, int day)
{
	bool is_lead = s >= d->leads && s < d->leads + DEMO_LEADS;
	int64_t at = at_work(d, day);

	if (at <= s->last)
		at = s->last + (5 + demo_random(d, 40)) * MINUTE;
	if (at > d->until - MINUTE)
		at = d->until - MINUTE;
	s->last = at > s->last ? at : s->last + 1;
	return add(d, what, (int)(is_lead ? s - d->leads : s - d->deals), s->last);
}

/* The next step, some days on, leaving room for those to come. */
static int step_on(struct demo *d, int *day, int pace, int left)
{
	int room = (d->days - 1 - *day) / (left + 1);
	int step = 1 + demo_random(d, pace);

	*day += step < room ? step : room > 0 ? room : 0;
	return *day;
}

/* What is still open has its next action late, today, or to come. */
static void plan_open(struct demo *d, struct demo_subject *s, enum demo_what what)
{
	int chance = demo_random(d, 100), day = d->days - 1 - demo_random(d, 9);
	struct demo_event *e = then(d, s, what, day);
	int64_t today = at_work(d, d->days);

	if (chance < 22)
		e->next = today - (1 + demo_random(d, 6)) * 24 * HOUR;
	else if (chance < 42)
		e->next = today;
	else
		e->next = at_work(d, d->days + 1 + demo_random(d, 25));
	if (e->next <= e->at)
		e->next = e->at + 2 * HOUR;
	e->was_done = demo_random(d, 3) > 0;
}

static void plan_call(struct demo *d, struct demo_subject *s, enum demo_what what, int day)
{
	struct demo_event *e = then(d, s, what, day);

	e->next = at_work(d, day + 1 + demo_random(d, 10));
	if (e->next <= e->at)
		e->next = e->at + 24 * HOUR;
	e->was_done = true;
}

static void plan_deal_end(struct demo *d, struct demo_subject *deal, int day)
{
	bool is_old = d->days - day > 45;
	int chance = demo_random(d, 100);

	if (chance < (is_old ? 36 : 5))
		then(d, deal, DEAL_WIN, step_on(d, &day, 12, 0));
	else if (chance < (is_old ? 62 : 12))
		then(d, deal, DEAL_LOSE, step_on(d, &day, 20, 0));
	else
		plan_open(d, deal, DEAL_PLAN);
}

/* Through some of the stages, with a visit or a call now and then. */
static void plan_deal(struct demo *d, int which, int day)
{
	struct demo_subject *deal = &d->deals[which];
	int stages = demo_random(d, (int)d->stage_n);

	for (int i = 1; i <= stages; i++) {
		then(d, deal, DEAL_MOVE, step_on(d, &day, 14, stages - i + 2))->step = i;
		if (demo_random(d, 2))
			plan_call(d, deal, DEAL_PLAN, day);
		if (demo_random(d, 4) == 0)
			then(d, deal, DEAL_COMMENT, day);
		if (demo_random(d, 4) == 0)
			then(d, deal, DEAL_MEETING, day);
	}
	plan_deal_end(d, deal, day);
}

static void plan_work(struct demo *d, struct demo_subject *lead, int *day, int rounds)
{
	for (int i = 0; i < rounds; i++) {
		plan_call(d, lead, LEAD_PLAN, step_on(d, day, 8, rounds - i + 2));
		if (demo_random(d, 3) == 0)
			then(d, lead, LEAD_COMMENT, *day);
	}
}

static void plan_conversion(struct demo *d, struct demo_subject *lead, int day)
{
	struct demo_subject *deal = &d->deals[lead->deal];

	if (demo_random(d, 2))
		then(d, lead, LEAD_CONCLUDE, step_on(d, &day, 4, 3))->step = 3;
	then(d, lead, LEAD_CONVERT, step_on(d, &day, 4, 2));
	deal->last = lead->last;
	deal->owner = DEMO_FIRST_SELLER + 1 + demo_random(d, DEMO_SELLERS - 1);
	plan_deal(d, lead->deal, day);
}

static void plan_end(struct demo *d, struct demo_subject *lead, int day)
{
	switch (lead->fate) {
	case FATE_QUALIFIED:
		then(d, lead, LEAD_CONCLUDE, step_on(d, &day, 6, 0))->step = 3;
		break;
	case FATE_CONVERTED:
		plan_conversion(d, lead, day);
		break;
	case FATE_FROZEN:
		then(d, lead, LEAD_MOVE, step_on(d, &day, 10, 0))->step = 4;
		break;
	case FATE_JUNK:
		then(d, lead, LEAD_CONCLUDE, step_on(d, &day, 10, 0))->step = 5;
		break;
	case FATE_ABANDONED:
		then(d, lead, LEAD_MOVE, step_on(d, &day, 40, 0))->step = 6;
		break;
	default:
		if (lead->fate != FATE_NEW || demo_random(d, 4))
			plan_open(d, lead, LEAD_PLAN);
	}
}

static void plan_lead(struct demo *d, int which, int day)
{
	struct demo_subject *lead = &d->leads[which];

	lead->owner = demo_random(d, 5) < 3
			      ? demo_random(d, DEMO_MARKETING)
			      : DEMO_FIRST_SELLER + 1 + demo_random(d, DEMO_SELLERS - 1);
	then(d, lead, LEAD_NEW, day);
	if (demo_random(d, 5) == 0)
		then(d, lead, LEAD_COMMENT, day);
	if (lead->fate != FATE_NEW && lead->fate != FATE_ABANDONED) {
		then(d, lead, LEAD_MOVE, step_on(d, &day, 3, 4))->step = 1;
		plan_work(d, lead, &day, 1);
	}
	if (lead->fate == FATE_WORKED || lead->fate == FATE_QUALIFIED ||
		lead->fate == FATE_CONVERTED) {
		then(d, lead, LEAD_MOVE, step_on(d, &day, 5, 4))->step = 2;
		plan_work(d, lead, &day, 1 + demo_random(d, 2));
	}
	plan_end(d, lead, day);
}

struct lot {
	enum demo_fate fate;
	int weight, order;
};

static int by_weight(const void *a, const void *b)
{
	const struct lot *x = a, *y = b;

	return x->weight != y->weight ? x->weight - y->weight : x->order - y->order;
}

/* Which fate comes in when: drawn, the later ones later. */
static void draw_fates(struct demo *d)
{
	struct lot lots[DEMO_LEADS];
	int n = 0, deals = 0;

	for (size_t i = 0; i < COUNT(fates); i++)
		for (int k = 0; k < fates[i].n; k++, n++)
			lots[n] = (struct lot){ fates[i].fate,
				fates[i].lateness + demo_random(d, 200), n };
	qsort(lots, (size_t)n, sizeof(*lots), by_weight);
	for (int i = 0; i < n; i++) {
		struct demo_subject *lead = &d->leads[i];

		lead->fate = lots[i].fate;
		lead->deal = lead->fate == FATE_CONVERTED ? deals++ : -1;
		lead->is_person = lead->deal >= 0 ? lead->deal % 8 == 7 : demo_random(d, 14) == 0;
	}
}

/* The firms known before the year began, and all that is not born of leads. */
static void plan_others(struct demo *d)
{
	for (int i = 0; i < DEMO_OLD_COMPANIES; i++)
		add(d, COMPANY_NEW, i, at_work(d, 1 + i / 4) + i);
	for (int i = DEMO_CONVERTED + DEMO_OLD_COMPANIES; i < DEMO_CONTACTS; i++)
		add(d, CONTACT_NEW, i, at_work(d, 60 + demo_random(d, d->days - 65)));
	for (int i = DEMO_CONVERTED; i < DEMO_DEALS; i++) {
		int day = 15 + demo_random(d, d->days - 20);

		d->deals[i].owner = DEMO_FIRST_SELLER + 1 + demo_random(d, DEMO_SELLERS - 1);
		then(d, &d->deals[i], DEAL_NEW, day);
		plan_deal(d, i, day);
	}
}

static int by_time(const void *a, const void *b)
{
	const struct demo_event *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->order - y->order;
}

void demo_plan(struct demo *d)
{
	d->events = arena_alloc(d->cx->mem, DEMO_EVENTS * sizeof(*d->events));
	draw_fates(d);
	plan_others(d);
	for (int i = 0; i < DEMO_LEADS; i++)
		plan_lead(d, i, 6 + (int)((d->days - 8) * pow((double)i / DEMO_LEADS, 0.75)));
	qsort(d->events, d->event_n, sizeof(*d->events), by_time);
}
