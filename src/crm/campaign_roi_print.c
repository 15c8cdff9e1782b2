/* What campaigns brought, as JSON. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "crm/campaign_roi_parts.h"
#include "record/list.h"

static const char *const words[] = { "first", "last", "even" };

bool attribution_read(struct ctx *cx, const char *word, enum attribution *how)
{
	*how = ATTRIBUTION_FIRST;
	if (!word || !*word)
		return true;
	for (size_t i = 0; i < COUNT(words); i++)
		if (!strcmp(words[i], word)) {
			*how = (enum attribution)i;
			return true;
		}
	return refuse_field(cx, "attribution", "field.choice");
}

static void put_money(struct json_out *j, const char *key, int64_t cents)
{
	json_key(j, key);
	json_money(j, cents);
}

/* (revenue - cost) / cost, four digits; null without costs, and while a part of
 * either has no rate: half of the costs would double the return. */
static void put_roi(struct ctx *cx, struct json_out *j, const struct roi_line *line)
{
	int64_t revenue = line->revenue, cost = line->cost;
	int64_t gain = rates_add(revenue, -cost), rest, part;

	json_key(j, "roi");
	if (cost <= 0 || line->lacks) {
		json_none(j);
		return;
	}
	rest = llabs(gain % cost);
	gain /= cost;
	for (part = cost; part > INT64_MAX / 20000; part /= 2)
		rest /= 2;
	rest = (rest * 10000 + part / 2) / part;
	part = llabs(gain) + rest / 10000;
	rest %= 10000;
	json_raw(j, textf(cx, "%s%" PRId64 ".%04" PRId64,
			    revenue < cost && (part || rest) ? "-" : "", part, rest));
}

static void put_sums(struct ctx *cx, struct json_out *j, const struct roi_line *line)
{
	put_money(j, "revenue", line->revenue);
	put_money(j, "cost", line->cost);
	put_roi(cx, j, line);
	json_put_int(j, "wins", line->wins);
}

static void put_head(struct json_out *j, const struct roi *roi)
{
	json_put_text(j, "attribution", words[roi->how]);
	json_put_text(j, "currency", rates_base(roi->rates));
}

static bool has_lacked(const struct roi *roi, size_t costs, size_t deals, const char *currency)
{
	for (size_t i = 0; i < costs; i++)
		if (!roi->costs[i].is_told && !strcmp(roi->costs[i].currency, currency))
			return true;
	for (size_t i = 0; i < deals; i++)
		if (!roi->deals[i].is_told && !strcmp(roi->deals[i].currency, currency))
			return true;
	return false;
}

/* Currencies without a rate, of this campaign alone. */
static void put_lacking(struct json_out *j, const struct roi *roi)
{
	json_key(j, "lacking");
	json_open(j, '[');
	for (size_t i = 0; i < roi->cost_n; i++)
		if (!roi->costs[i].is_told && !has_lacked(roi, i, 0, roi->costs[i].currency))
			json_text(j, roi->costs[i].currency);
	for (size_t i = 0; i < roi->deal_n; i++)
		if (!roi->deals[i].is_told &&
			!has_lacked(roi, roi->cost_n, i, roi->deals[i].currency))
			json_text(j, roi->deals[i].currency);
	json_close(j, ']');
}

/* Nothing, rather than zero, where there is no rate. */
static void put_told(struct json_out *j, const char *key, int64_t cents, bool is_told)
{
	json_key(j, key);
	if (is_told)
		json_money(j, cents);
	else
		json_none(j);
}

static void put_deals(struct json_out *j, const struct roi *roi)
{
	json_key(j, "deals");
	json_open(j, '[');
	for (size_t i = 0; i < roi->deal_n; i++) {
		const struct roi_deal *d = &roi->deals[i];

		json_open(j, '{');
		json_put_int(j, "id", d->id);
		json_put_text(j, "name", d->name);
		json_put_time(j, "closed_at", d->closed_at);
		json_put_time(j, "touched_at", d->touched_at);
		put_money(j, "amount", d->amount);
		json_put_text(j, "currency", d->currency);
		put_told(j, "base_amount", d->base, d->is_told);
		put_told(j, "share", d->share, d->is_told);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void put_costs(struct json_out *j, const struct roi *roi)
{
	json_key(j, "costs");
	json_open(j, '[');
	for (size_t i = 0; i < roi->cost_n; i++) {
		const struct roi_cost *c = &roi->costs[i];

		json_open(j, '{');
		json_put_int(j, "id", c->id);
		json_put_text(j, "spent_on", c->spent_on);
		json_put_text(j, "what", c->what);
		put_money(j, "amount", c->amount);
		json_put_text(j, "currency", c->currency);
		put_told(j, "base_amount", c->base, c->is_told);
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* How many of each kind, and how many people have shown interest: a lead and
 * the contact that came of it are one. */
static bool put_touches(struct ctx *cx, struct json_out *j, int64_t campaign)
{
	struct rows *r = db_query(cx,
		"select kind, count(*) from touch where ws = $1 and campaign_id = $2"
		" and removed_at is null group by kind order by kind",
		ARGS(v_int(cx->ws), v_int(campaign)));
	int64_t people;

	json_key(j, "touches");
	json_open(j, '{');
	while (rows_next(r))
		json_put_int(j, rows_text(r, 0), rows_int(r, 1));
	json_close(j, '}');
	if (!rows_end(r) ||
		!db_int(cx, &people, 0,
			"select count(distinct coalesce(l.contact_id, t.lead_id, t.contact_id,"
			" t.prospect_id)) from touch t left join lead l on l.ws = t.ws"
			" and l.id = t.lead_id where t.ws = $1 and t.campaign_id = $2"
			" and t.removed_at is null and t.kind <> 'sent'",
			ARGS(v_int(cx->ws), v_int(campaign))))
		return false;
	json_put_int(j, "people", people);
	return true;
}

bool campaign_roi_write(struct ctx *cx, struct json_out *j, int64_t id, enum attribution how)
{
	struct roi roi = { .how = how, .only = id };
	struct roi_line none = { .campaign = id };
	struct record *campaign;
	const struct roi_line *line;
	bool ok;

	if (!record_load(cx, &campaign_entity, id, RIGHT_READ, &campaign) || !roi_gather(cx, &roi))
		return false;
	line = roi_line(&roi, id);
	json_open(j, '{');
	put_head(j, &roi);
	put_lacking(j, &roi);
	put_sums(cx, j, line ? line : &none);
	ok = put_touches(cx, j, id);
	put_deals(j, &roi);
	put_costs(j, &roi);
	json_close(j, '}');
	return ok;
}

static void put_line(
	struct ctx *cx, struct json_out *j, const struct roi *roi, const struct record *campaign)
{
	const struct roi_line *line = roi_line(roi, campaign->id);

	json_open(j, '{');
	json_put_int(j, "id", campaign->id);
	json_put_text(j, "name", record_title(cx, campaign));
	json_put_text(j, "kind", record_text(campaign, "kind"));
	json_put_text(j, "state", record_text(campaign, "state"));
	put_sums(cx, j, line ? line : &(struct roi_line){ 0 });
	json_close(j, '}');
}

static bool put_lines(struct ctx *cx, struct json_out *j, const struct roi *roi)
{
	struct args args;
	struct page page;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	args_add(&args, v_int(cx->ws));
	buf_add(&sql, " where t.ws = $1 and t.removed_at is null");
	rights_where(cx, &campaign_entity, RIGHT_READ, &sql, &args);
	buf_add(&sql, " order by t.id desc");
	if (!list_select(cx, &campaign_entity, sql.s, &args, LIST_MAX, &page))
		return false;
	json_key(j, "items");
	json_open(j, '[');
	for (size_t i = 0; i < page.n; i++)
		put_line(cx, j, roi, page.items[i]);
	json_close(j, ']');
	json_put_bool(j, "more", page.more);
	return true;
}

bool campaign_roi_table(struct ctx *cx, struct json_out *j, enum attribution how)
{
	struct roi roi = { .how = how };
	bool ok;

	if (!rights_demand(cx, &campaign_entity, RIGHT_READ) || !roi_gather(cx, &roi))
		return false;
	json_open(j, '{');
	put_head(j, &roi);
	json_key(j, "lacking");
	rates_write_lacking(roi.rates, j);
	ok = put_lines(cx, j, &roi);
	json_close(j, '}');
	return ok;
}
