/* Leads: generated, converted, become customers (S3.22, S3.23, C15, C16). */
#include "crm/entities.h"
#include "crm/kpi_parts.h"

/* A customer is a lead whose opportunity was won; where conversion made none,
 * one of its company's won since. */
#define IS_CUSTOMER                                                                           \
	"case when t.converted_at is not null and exists (select 1 from opportunity o"        \
	" where o.ws = t.ws and o.state = 'won' and o.removed_at is null"                     \
	" and (o.lead_id = t.id or (t.opportunity_id is null and o.company_id = t.company_id" \
	" and o.closed_at >= t.converted_at))) then 1 else 0 end"

static void period(const struct kpi *k, const char *column, struct buf *sql, struct args *args)
{
	buf_addf(sql, " and t.%s >= $%zu", column, args_add(args, v_int(k->from)));
	buf_addf(sql, " and t.%s < $%zu", column, args_add(args, v_int(k->to)));
}

/* The cohort: leads created in the period, and what became of them by today. */
static bool cohort(struct ctx *cx, struct kpi *k)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	buf_add(&sql, "select t.source_id, t.owner_id, count(*),"
		      " sum(case when t.converted_at is not null then 1 else 0 end),"
		      " sum(" IS_CUSTOMER ") from lead t where ");
	kpi_scope(cx, k, &lead_entity, &sql, &args);
	period(k, "created_at", &sql, &args);
	buf_add(&sql, " group by t.source_id, t.owner_id");
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r)) {
		struct kpi_line *source = kpi_line(&k->sources, rows_int(r, 0));
		struct kpi_line *owner = kpi_line(&k->owners, rows_int(r, 1));

		source->generated += rows_int(r, 2);
		owner->generated += rows_int(r, 2);
		source->converted += rows_int(r, 3);
		owner->converted += rows_int(r, 3);
		k->generated += rows_int(r, 2);
		k->converted_cohort += rows_int(r, 3);
		k->customers += rows_int(r, 4);
	}
	return rows_end(r);
}

/* Zones differ from UTC by whole quarters of an hour: counted by those, rows
 * fall into local months. */
static bool by_quarter(struct ctx *cx, struct kpi *k, const char *column, bool converted)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	buf_addf(&sql, "select t.%s / 900000, count(*) from lead t where ", column);
	kpi_scope(cx, k, &lead_entity, &sql, &args);
	period(k, column, &sql, &args);
	buf_addf(&sql, " group by t.%s / 900000", column);
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r)) {
		struct kpi_month *m = kpi_month(k, rows_int(r, 0) * 900000);

		*(converted ? &m->converted : &m->generated) += rows_int(r, 1);
		if (converted)
			k->converted_flow += rows_int(r, 1);
	}
	return rows_end(r);
}

/* Where those that are not converted stand today. */
static bool by_status(struct ctx *cx, struct kpi *k)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	buf_add(&sql, "select t.status_id, count(*) from lead t where ");
	kpi_scope(cx, k, &lead_entity, &sql, &args);
	buf_add(&sql, " and t.converted_at is null group by t.status_id");
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r))
		kpi_line(&k->statuses, rows_int(r, 0))->count += rows_int(r, 1);
	return rows_end(r);
}

bool kpi_leads(struct ctx *cx, struct kpi *k)
{
	return cohort(cx, k) && by_quarter(cx, k, "created_at", false) &&
	       by_quarter(cx, k, "converted_at", true) && by_status(cx, k);
}
