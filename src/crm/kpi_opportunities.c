/* Opportunities: what is open today and when it is to come, what was won and
 * lost in the period; all in the base currency (C21). */
#include <string.h>

#include "crm/entities.h"
#include "crm/kpi_parts.h"

enum { STATE_SHIFT = 24, CURRENCY_BITS = 0xffffff };
#define EVER 999912

/* By today's rate. */
static int64_t worth(struct kpi *k, int64_t cents, int64_t currency)
{
	char code[4];

	currency_text(currency, code);
	return rates_convert(k->rates, cents, code, k->today);
}

static void take_standing(struct kpi *k, const struct counted *row)
{
	int64_t currency = row->by[3] & CURRENCY_BITS, state = row->by[3] >> STATE_SHIFT;
	struct kpi_line *stage;
	int64_t amount, weighted;

	if (state == DEAL_WON)
		k->ever_won.count += row->n;
	if (state != DEAL_OPEN)
		return;
	stage = kpi_line(&k->stages, row->by[2]);
	amount = worth(k, row->sum[0], currency);
	weighted = worth(k, row->sum[1], currency);
	stage->count += row->n;
	stage->since += row->sum[2];
	kpi_deals_add(&stage->deals, row->n, amount, weighted);
	kpi_deals_add(&k->open, row->n, amount, weighted);
}

static void take_forecast(struct kpi *k, const struct counted *row)
{
	int64_t amount = worth(k, row->sum[0], row->by[2]);
	int64_t weighted = worth(k, row->sum[1], row->by[2]);
	struct kpi_deals *to = &k->undated;

	if (row->period)
		to = row->period < count_month(k->today)
			     ? &k->overdue
			     : &kpi_line(&k->to_come, row->period)->deals;
	kpi_deals_add(to, row->n, amount, weighted);
}

/* Those of this month that should be closed by now are no longer to come. */
static void take_late(struct kpi *k, const struct counted *row)
{
	int64_t amount = worth(k, row->sum[0], row->by[2]);
	int64_t weighted = worth(k, row->sum[1], row->by[2]);
	struct kpi_deals *to_come = &kpi_line(&k->to_come, count_month(k->today))->deals;

	kpi_deals_add(&k->overdue, row->n, amount, weighted);
	kpi_deals_add(to_come, -row->n, -amount, -weighted);
}

/* By the rate of the day each was closed; a month is read day by day where a
 * rate changes within it. */
static bool rate_day(struct kpi *k, const struct counted *row, const char *code, char *day)
{
	struct kpi_month *m = kpi_month(k, row->period);
	char last[DATE_TEXT];

	date_add(m->end, -1, last);
	kpi_day(row->period, day);
	if (row->period >= COUNT_DAYS || rates_steady(k->rates, code, m->first, last))
		return true;
	m->by_day = true;
	return false;
}

static void take_won(struct kpi *k, const struct counted *row, int64_t amount)
{
	struct kpi_line *lines[] = { kpi_line(&k->owners, row->owner_id),
		kpi_line(&k->teams, kpi_team_of(k, row->owner_id)),
		kpi_line(&k->sources, row->by[0]), kpi_line(&k->campaigns, row->by[1]) };
	struct kpi_month *m = kpi_month(k, row->period);

	m->won += row->n;
	m->won_amount = rates_add(m->won_amount, amount);
	kpi_deals_add(&k->won, row->n, amount, 0);
	for (size_t i = 0; i < COUNT(lines); i++) {
		lines[i]->won += row->n;
		lines[i]->won_amount = rates_add(lines[i]->won_amount, amount);
	}
}

static void take_closed(struct kpi *k, const struct counted *row)
{
	char code[4], day[DATE_TEXT];
	int64_t amount;

	currency_text(row->by[3], code);
	if (!rate_day(k, row, code, day))
		return;
	amount = rates_convert(k->rates, row->sum[0], code, day);
	if (row->by[2]) {
		take_won(k, row, amount);
		return;
	}
	kpi_month(k, row->period)->lost += row->n;
	kpi_deals_add(&k->lost, row->n, amount, 0);
}

static void take_lost(struct kpi *k, const struct counted *row)
{
	char code[4], day[DATE_TEXT];

	currency_text(row->by[3], code);
	if (rate_day(k, row, code, day))
		kpi_deals_add(&kpi_line(&k->lost_deals, row->by[2])->deals, row->n,
			rates_convert(k->rates, row->sum[0], code, day), 0);
}

/* What a month's sum could not tell. */
static void take_closed_day(struct kpi *k, const struct counted *row)
{
	struct kpi_month *m = kpi_month(k, row->period);
	char code[4], last[DATE_TEXT];

	currency_text(row->by[3], code);
	date_add(m->end, -1, last);
	if (rates_steady(k->rates, code, m->first, last))
		return;
	if (row->kind == COUNT_DEAL_CLOSED)
		take_closed(k, row);
	else
		take_lost(k, row);
}

static bool is_whole(const struct kpi_month *m)
{
	char after[DATE_TEXT];

	date_add(m->first, 31, after);
	memcpy(after + 8, "01", 2);
	return !strcmp(m->first + 8, "01") && !strcmp(after, m->end);
}

static bool by_days(struct ctx *cx, struct kpi *k, struct kpi_read read)
{
	read.each = take_closed_day;
	read.n = 1;
	for (size_t i = 0; i < k->month_n; i++) {
		const struct kpi_month *m = &k->months[i];
		const struct kpi_span days = { COUNT_DAYS + m->period * 100,
			COUNT_DAYS + m->period * 100 + 31 };

		read.spans = &days;
		if (m->by_day && is_whole(m) && !kpi_read(cx, k, &read))
			return false;
	}
	return true;
}

bool kpi_opportunities(struct ctx *cx, struct kpi *k)
{
	const struct entity *of = &opportunity_entity;
	int64_t month = count_month(k->today);
	const struct kpi_span ever[] = { { 0, EVER } };
	const struct kpi_span late[] = { { COUNT_DAYS + month * 100, count_day(k->today) - 1 } };
	const struct kpi_read closed = { of, COUNT_DEAL_CLOSED, k->spans, k->span_n, take_closed };
	const struct kpi_read lost = { of, kpi_is_plain(k) ? COUNT_DEAL_LOST_ALL : COUNT_DEAL_LOST,
		k->spans, k->span_n, take_lost };
	const struct kpi_read standing = { of, COUNT_DEAL_STANDING, NULL, 0, take_standing };
	const struct kpi_read forecast = { of, COUNT_DEAL_FORECAST, ever, 1, take_forecast };
	const struct kpi_read overdue = { of, COUNT_DEAL_FORECAST, late, 1, take_late };

	return kpi_read(cx, k, &standing) && kpi_read(cx, k, &forecast) &&
	       kpi_read(cx, k, &overdue) && kpi_read(cx, k, &closed) && by_days(cx, k, closed) &&
	       kpi_read(cx, k, &lost) && by_days(cx, k, lost);
}
