/* What campaigns brought, from three facts: what they cost, whom they touched,
 * and what was won (S3.24, C17). */
#include "crm/campaign_roi_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"

enum { TOUCHED_MAX = 64 };

/* A won opportunity, and the campaigns that touched its people, the first
 * touch first; of one that touched again only the last time moves. */
struct won {
	struct roi_deal deal;
	int64_t until; /* the end of its closing day */
	struct {
		int64_t campaign, first, last;
	} by[TOUCHED_MAX];
	size_t n;
};

static int by_campaign(const void *a, const void *b)
{
	int64_t x = ((const struct roi_line *)a)->campaign;
	int64_t y = ((const struct roi_line *)b)->campaign;

	return x < y ? -1 : x > y;
}

static struct roi_line *line_of(const struct roi *roi, int64_t campaign)
{
	struct roi_line wanted = { .campaign = campaign };

	if (!roi->line_n)
		return NULL;
	return bsearch(&wanted, roi->lines, roi->line_n, sizeof(wanted), by_campaign);
}

const struct roi_line *roi_line(const struct roi *roi, int64_t campaign)
{
	return line_of(roi, campaign);
}

/* Room for one more of a growing list. */
static void *one_more(struct ctx *cx, void *list, size_t n, size_t *size, size_t item)
{
	void *wider = list;

	if (n == *size) {
		*size = *size ? *size * 2 : 64;
		wider = arena_alloc(cx->mem, *size * item);
		if (n)
			memcpy(wider, list, n * item);
	}
	return wider;
}

static bool lay_out_lines(struct ctx *cx, struct roi *roi)
{
	struct rows *r = db_query(
		cx, "select id from campaign where ws = $1 order by id", ARGS(v_int(cx->ws)));
	size_t size = 0;

	while (rows_next(r)) {
		roi->lines = one_more(cx, roi->lines, roi->line_n, &size, sizeof(*roi->lines));
		roi->lines[roi->line_n++] = (struct roi_line){ .campaign = rows_int(r, 0) };
	}
	return rows_end(r);
}

static void keep_cost(struct ctx *cx, struct roi *roi, const struct roi_cost *cost)
{
	roi->costs = one_more(cx, roi->costs, roi->cost_n, &roi->cost_size, sizeof(*roi->costs));
	roi->costs[roi->cost_n++] = *cost;
}

static bool add_costs(struct ctx *cx, struct roi *roi)
{
	struct rows *r = db_query(cx,
		"select campaign_id, id, amount, currency, spent_on, what from campaign_cost"
		" where ws = $1 and removed_at is null order by spent_on desc, id desc",
		ARGS(v_int(cx->ws)));

	while (rows_next(r)) {
		struct roi_line *line = line_of(roi, rows_int(r, 0));
		struct roi_cost cost = { .id = rows_int(r, 1),
			.amount = rows_int(r, 2),
			.currency = rows_text(r, 3),
			.spent_on = rows_text(r, 4),
			.what = rows_text(r, 5) };

		cost.base = rates_convert(roi->rates, cost.amount, cost.currency, cost.spent_on);
		cost.is_told = rates_know(roi->rates, cost.currency);
		if (line) {
			line->cost = rates_add(line->cost, cost.base);
			line->lacks = line->lacks || (cost.amount && !cost.is_told);
		}
		if (line && line->campaign == roi->only)
			keep_cost(cx, roi, &cost);
	}
	return rows_end(r);
}

static void give(
	struct ctx *cx, struct roi *roi, const struct won *won, size_t which, int64_t share)
{
	struct roi_line *line = line_of(roi, won->by[which].campaign);

	if (!line)
		return;
	line->revenue = rates_add(line->revenue, share);
	line->wins++;
	line->lacks = line->lacks || (won->deal.amount && !won->deal.is_told);
	if (line->campaign != roi->only)
		return;
	roi->deals = one_more(cx, roi->deals, roi->deal_n, &roi->deal_size, sizeof(*roi->deals));
	roi->deals[roi->deal_n] = won->deal;
	roi->deals[roi->deal_n].share = share;
	roi->deals[roi->deal_n++].touched_at = won->by[which].first;
}

/* The cents that do not divide go to those who touched first. */
static void attribute(struct ctx *cx, struct roi *roi, const struct won *won)
{
	int64_t n = (int64_t)won->n;
	size_t last = 0;

	if (!n)
		return;
	if (roi->how == ATTRIBUTION_FIRST) {
		give(cx, roi, won, 0, won->deal.base);
		return;
	}
	for (size_t i = 1; i < won->n; i++)
		if (won->by[i].last >= won->by[last].last)
			last = i;
	if (roi->how == ATTRIBUTION_LAST) {
		give(cx, roi, won, last, won->deal.base);
		return;
	}
	for (size_t i = 0; i < won->n; i++)
		give(cx, roi, won, i,
			won->deal.base / n + ((int64_t)i < llabs(won->deal.base % n)
							     ? (won->deal.base < 0 ? -1 : 1)
							     : 0));
}

static void begin_won(struct ctx *cx, struct roi *roi, const struct rows *r, struct won *won)
{
	char day[DATE_TEXT], after[DATE_TEXT];

	*won = (struct won){ .deal = { .id = rows_int(r, 0),
				     .name = rows_text(r, 1),
				     .closed_at = rows_int(r, 2),
				     .amount = rows_int(r, 3),
				     .currency = rows_text(r, 4) } };
	date_of(won->deal.closed_at, cx->zone, day);
	date_add(day, 1, after);
	won->until = date_start(after, cx->zone);
	won->deal.base = rates_convert(roi->rates, won->deal.amount, won->deal.currency, day);
	won->deal.is_told = rates_know(roi->rates, won->deal.currency);
}

static void add_touch(struct won *won, int64_t campaign, int64_t at)
{
	size_t i = 0;

	if (at >= won->until)
		return;
	while (i < won->n && won->by[i].campaign != campaign)
		i++;
	if (i == TOUCHED_MAX)
		return;
	if (i == won->n) {
		won->by[won->n].campaign = campaign;
		won->by[won->n++].first = at;
	}
	won->by[i].last = at;
}

/* Touches of the lead or of the contact of what was won. */
static void add_half(struct ctx *cx, const char *link, struct buf *sql, struct args *args)
{
	buf_addf(sql,
		"select t.id, t.name, t.closed_at, t.amount, t.currency, u.campaign_id, u.at,"
		" u.id as touch_id from opportunity t join touch u on u.ws = t.ws and u.%s = t.%s"
		" where t.ws = $1 and u.ws = $1 and t.state = 'won' and t.removed_at is null"
		" and u.removed_at is null and u.kind <> 'sent'",
		link, link);
	rights_where(cx, &opportunity_entity, RIGHT_READ, sql, args);
}

static bool add_deals(struct ctx *cx, struct roi *roi)
{
	struct won *won = arena_alloc(cx->mem, sizeof(*won));
	struct args args;
	struct rows *r;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	args_add(&args, v_int(cx->ws));
	buf_add(&sql, "select x.id, x.name, x.closed_at, x.amount, x.currency, x.campaign_id, x.at"
		      " from (");
	add_half(cx, "lead_id", &sql, &args);
	buf_add(&sql, " union all ");
	add_half(cx, "contact_id", &sql, &args);
	buf_add(&sql, ") x order by x.id desc, x.at, x.touch_id");
	r = db_query(cx, sql.s, args.v, args.n);
	*won = (struct won){ 0 };
	while (rows_next(r)) {
		if (rows_int(r, 0) != won->deal.id) {
			attribute(cx, roi, won);
			begin_won(cx, roi, r, won);
		}
		add_touch(won, rows_int(r, 5), rows_int(r, 6));
	}
	attribute(cx, roi, won);
	return rows_end(r);
}

bool roi_gather(struct ctx *cx, struct roi *roi)
{
	return rates_load(cx, &roi->rates) && lay_out_lines(cx, roi) && add_costs(cx, roi) &&
	       add_deals(cx, roi);
}
