/* Who contributed: read from the history, undone operations left out (S1.16,
 * S1.19). */
#include "crm/entities.h"
#include "crm/kpi_parts.h"

struct period {
	size_t from, to; /* numbers of their values */
};

struct kpi_person *kpi_person(struct kpi *k, int64_t id)
{
	for (size_t i = 0; i < k->person_n; i++)
		if (k->people[i].id == id)
			return &k->people[i];
	if (k->person_n == KPI_GROUPS)
		return &k->people[KPI_GROUPS - 1];
	k->people[k->person_n] = (struct kpi_person){ .id = id };
	return &k->people[k->person_n++];
}

static struct period begin(struct ctx *cx, const struct kpi *k, struct buf *sql, struct args *args)
{
	struct period p;

	buf_init(sql, cx->mem);
	args_init(args, cx->mem);
	args_add(args, v_int(cx->ws));
	p.from = args_add(args, v_int(k->from));
	p.to = args_add(args, v_int(k->to));
	return p;
}

/* Operations of one kind on records of t that stand. */
static void add_ops(struct ctx *cx, const struct kpi *k, const struct entity *of, struct buf *sql,
	struct args *args)
{
	buf_addf(sql,
		" from op o join %s t on t.ws = o.ws and t.id = o.record_id where o.ws = $1"
		" and o.entity = '%s' and o.undone_by is null and o.user_id is not null"
		" and o.at >= $2 and o.at < $3 and ",
		entity_table(of), of->name);
	kpi_scope(cx, k, of, sql, args);
}

/* Records a person worked on: an operation of theirs, or an activity. */
static bool worked(struct ctx *cx, struct kpi *k, const struct entity *of, const char *link)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	begin(cx, k, &sql, &args);
	buf_add(&sql, "select x.user_id, count(*) from (select o.user_id as user_id, t.id as id");
	add_ops(cx, k, of, &sql, &args);
	buf_add(&sql,
		" and o.kind in ('lead.move', 'lead.next_action', 'lead.conclude', 'lead.reopen',"
		" 'opportunity.move', 'opportunity.next_action', 'opportunity.reopen', 'record.edit')"
		" union select a.created_by as user_id, t.id as id");
	buf_addf(&sql,
		" from activity a join %s t on t.ws = a.ws and t.id = a.%s where a.ws = $1"
		" and a.removed_at is null and a.created_by is not null"
		" and a.created_at >= $2 and a.created_at < $3 and ",
		entity_table(of), link);
	kpi_scope(cx, k, of, &sql, &args);
	buf_add(&sql, ") as x group by x.user_id");
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r))
		kpi_person(k, rows_int(r, 0))->worked += rows_int(r, 1);
	return rows_end(r);
}

static bool converted(struct ctx *cx, struct kpi *k)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	begin(cx, k, &sql, &args);
	buf_add(&sql, "select o.user_id, count(distinct t.id)");
	add_ops(cx, k, &lead_entity, &sql, &args);
	buf_add(&sql, " and o.kind in ('lead.convert', 'lead.win') and t.converted_at is not null"
		      " group by o.user_id");
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r))
		kpi_person(k, rows_int(r, 0))->converted += rows_int(r, 1);
	return rows_end(r);
}

/* Won as opportunities, or from the lead in one step. */
static bool won(struct ctx *cx, struct kpi *k)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	begin(cx, k, &sql, &args);
	buf_add(&sql, "select x.user_id, count(*) from (select o.user_id as user_id, t.id as id");
	add_ops(cx, k, &opportunity_entity, &sql, &args);
	buf_add(&sql,
		" and o.kind = 'opportunity.win' and t.state = 'won'"
		" union select o.user_id as user_id, t.id as id from op o"
		" join lead l on l.ws = o.ws and l.id = o.record_id"
		" join opportunity t on t.ws = l.ws and t.id = l.opportunity_id where o.ws = $1"
		" and o.entity = 'lead' and o.kind = 'lead.win' and o.undone_by is null"
		" and o.user_id is not null and o.at >= $2 and o.at < $3 and t.state = 'won' and ");
	kpi_scope(cx, k, &opportunity_entity, &sql, &args);
	buf_add(&sql, ") as x group by x.user_id");
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r))
		kpi_person(k, rows_int(r, 0))->won += rows_int(r, 1);
	return rows_end(r);
}

bool kpi_contributors(struct ctx *cx, struct kpi *k)
{
	return worked(cx, k, &lead_entity, "lead_id") &&
	       worked(cx, k, &opportunity_entity, "opportunity_id") && converted(cx, k) &&
	       won(cx, k);
}
