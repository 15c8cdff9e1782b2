/* Opportunities: what is open today, what was won and lost in the period. */
#include "crm/entities.h"
#include "crm/kpi_parts.h"

/* An amount in the base currency by today's rate. */
static bool open_ones(struct ctx *cx, struct kpi *k)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	buf_add(&sql,
		"select t.stage_id, t.currency, t.amount, t.probability from opportunity t where ");
	kpi_scope(cx, k, &opportunity_entity, &sql, &args);
	buf_add(&sql, " and t.state = 'open'");
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r)) {
		struct kpi_line *stage = kpi_line(&k->stages, rows_int(r, 0));
		int64_t amount = rates_convert(k->rates, rows_int(r, 2), rows_text(r, 1), k->today);
		int64_t weighted =
			amount / 100 * rows_int(r, 3) + amount % 100 * rows_int(r, 3) / 100;

		k->open++;
		stage->count++;
		stage->amount = rates_add(stage->amount, amount);
		k->open_amount = rates_add(k->open_amount, amount);
		k->weighted_amount = rates_add(k->weighted_amount, weighted);
	}
	return rows_end(r);
}

struct closing {
	bool is_won;
	int64_t at, amount, source_id, owner_id;
};

static void count_closing(struct kpi *k, const struct closing *c)
{
	struct kpi_month *m = kpi_month(k, c->at);
	struct kpi_line *source, *owner;

	if (!c->is_won) {
		k->lost++;
		m->lost++;
		k->lost_amount = rates_add(k->lost_amount, c->amount);
		return;
	}
	source = kpi_line(&k->sources, c->source_id);
	owner = kpi_line(&k->owners, c->owner_id);
	k->won++;
	m->won++;
	k->won_amount = rates_add(k->won_amount, c->amount);
	m->won_amount = rates_add(m->won_amount, c->amount);
	source->amount = rates_add(source->amount, c->amount);
	owner->amount = rates_add(owner->amount, c->amount);
}

/* By the rate of the day each was closed (C21). */
static bool closed_ones(struct ctx *cx, struct kpi *k)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	buf_add(&sql,
		"select case when t.state = 'won' then 1 else 0 end, t.closed_at, t.source_id,"
		" t.owner_id, t.currency, t.amount from opportunity t where ");
	kpi_scope(cx, k, &opportunity_entity, &sql, &args);
	buf_addf(&sql, " and t.closed_at >= $%zu", args_add(&args, v_int(k->from)));
	buf_addf(&sql, " and t.closed_at < $%zu", args_add(&args, v_int(k->to)));
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r)) {
		struct closing c = { rows_int(r, 0) != 0, rows_int(r, 1), 0, rows_int(r, 2),
			rows_int(r, 3) };
		char day[DATE_TEXT];

		date_of(c.at, cx->zone, day);
		c.amount = rates_convert(k->rates, rows_int(r, 5), rows_text(r, 4), day);
		count_closing(k, &c);
	}
	return rows_end(r);
}

bool kpi_opportunities(struct ctx *cx, struct kpi *k)
{
	return open_ones(cx, k) && closed_ones(cx, k);
}
