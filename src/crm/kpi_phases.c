/* The four phases of acquisition, and what was won: how many stand in each
 * today (S3.1, S1.30).  Suspects are prospects that are no leads yet. */
#include "crm/entities.h"
#include "crm/kpi_parts.h"

/* Rows of lists, less those that became leads. */
static bool suspects(struct ctx *cx, struct kpi *k)
{
	struct args args;
	struct buf sql;
	int64_t leads;

	if (!kpi_is_plain(k))
		return true; /* they have neither source nor campaign */
	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	buf_add(&sql, "select cast(coalesce(sum(t.n), 0) as bigint) from tally t where t.ws = $1"
		      " and t.entity = 'prospect'");
	kpi_owners(cx, k, &prospect_entity, &sql, &args);
	if (!db_int(cx, &k->suspects, 0, sql.s, args.v, args.n))
		return false;
	buf_init(&sql, cx->mem);
	args.n = 0;
	buf_add(&sql, "select count(*) from prospect t where ");
	kpi_scope(cx, k, &prospect_entity, &sql, &args);
	buf_add(&sql, " and t.lead_id is not null");
	if (!db_int(cx, &leads, 0, sql.s, args.v, args.n))
		return false;
	k->suspects -= leads;
	return true;
}

/* It cools by the clock, so it is asked of an index that holds nothing else. */
static bool hot_leads(struct ctx *cx, struct kpi *k)
{
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	buf_add(&sql, "select count(*) from lead t where ");
	kpi_scope(cx, k, &lead_entity, &sql, &args);
	buf_addf(&sql, " and t.converted_at is null and t.hot_until > $%zu",
		args_add(&args, v_int(cx->now)));
	return db_int(cx, &k->hot_leads, 0, sql.s, args.v, args.n);
}

/* Worked, laid aside or qualified; not those that came to nothing. */
static bool leads(struct ctx *cx, struct kpi *k)
{
	struct rows *r = db_query(cx,
		"select id from lead_status where ws = $1"
		" and type in ('open', 'frozen', 'qualified')",
		ARGS(v_int(cx->ws)));

	k->leads = -k->hot_leads;
	while (rows_next(r)) {
		const struct kpi_line *line = kpi_line_of(&k->statuses, rows_int(r, 0));

		k->leads += line ? line->count : 0;
	}
	return rows_end(r);
}

bool kpi_phases(struct ctx *cx, struct kpi *k)
{
	return suspects(cx, k) && hot_leads(cx, k) && leads(cx, k);
}
