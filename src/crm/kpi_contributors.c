/* Who contributed: read from the history, undone operations left out (S1.16,
 * S1.19).  An index of op and one of activities hold what is asked for, so the
 * records themselves are looked up only where a filter needs it. */
#include <string.h>

#include "base/arena.h"
#include "crm/entities.h"
#include "crm/kpi_parts.h"
#include "record/op.h"

enum { GONE_MAX = 20000 };

/* Whom a record was worked on by, each once; and what is removed. */
struct merits {
	struct kpi *k;
	struct count_table seen, gone;
	bool looks_up; /* the records are joined: a filter, or too many removed */
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

/* Filters by owner and team, and the reach, are of the people here. */
static bool is_asked(const struct ctx *cx, const struct kpi *k, int64_t user_id)
{
	return rights_covers(cx->who, &lead_entity, RIGHT_READ, user_id) &&
	       (!k->ask.owner_id || k->ask.owner_id == user_id) &&
	       (!k->ask.team_id || k->ask.team_id == kpi_team_of(k, user_id));
}

/* What is done by somebody for a record; true: for the first time. */
static bool note(struct count_table *t, int64_t what, int64_t user_id, int64_t record_id)
{
	const struct counted key = { .kind = what, .owner_id = user_id, .period = record_id };
	struct counts c = { t, NULL, 1 };
	size_t before = t->n;

	counts_add(&c, &key);
	return t->n > before;
}

enum merit { MERIT_WORKED, MERIT_CONVERTED, MERIT_WON };

static enum merit merit_of(const char *kind)
{
	if (!strcmp(kind, "opportunity.win"))
		return MERIT_WON;
	return !strcmp(kind, "lead.convert") || !strcmp(kind, "lead.win") ? MERIT_CONVERTED
									  : MERIT_WORKED;
}

static void add(
	struct ctx *cx, struct merits *m, enum merit what, int64_t user_id, int64_t record_id)
{
	const struct counted key = { .period = record_id };
	size_t gone = m->gone.n;
	struct kpi_person *p;

	if (!record_id || !is_asked(cx, m->k, user_id))
		return;
	if (gone && count_table_has(&m->gone, &key))
		return;
	if (!note(&m->seen, what, user_id, record_id))
		return;
	p = kpi_person(m->k, user_id);
	p->worked += what == MERIT_WORKED;
	p->converted += what == MERIT_CONVERTED;
	p->won += what == MERIT_WON;
}

/* Ids of what is removed, as far as it is little. */
static bool find_gone(struct ctx *cx, struct merits *m)
{
	struct rows *r = db_query(cx,
		"select id from lead where ws = $1 and removed_at is not null union all"
		" select id from opportunity where ws = $1 and removed_at is not null limit 20001",
		ARGS(v_int(cx->ws)));

	while (rows_next(r))
		note(&m->gone, 0, 0, rows_int(r, 0));
	if (m->gone.n > GONE_MAX)
		m->looks_up = true;
	return rows_end(r);
}

static void begin(struct ctx *cx, const struct kpi *k, struct buf *sql, struct args *args)
{
	buf_init(sql, cx->mem);
	args_init(args, cx->mem);
	args_add(args, v_int(cx->ws));
	args_add(args, v_int(k->from));
	args_add(args, v_int(k->to));
}

/* The records that count, by source and campaign, not removed. */
static void add_lookup(const struct kpi *k, const char *column, const struct entity *of,
	struct buf *sql, struct args *args)
{
	buf_addf(sql,
		"%s in (select t.id from %s t where t.ws = $1 and t.id = %s"
		" and t.removed_at is null",
		column, entity_table(of), column);
	if (k->ask.source_id)
		buf_addf(sql, " and t.source_id = $%zu", args_add(args, v_int(k->ask.source_id)));
	if (k->ask.campaign_id)
		buf_addf(sql, " and t.campaign_id = $%zu",
			args_add(args, v_int(k->ask.campaign_id)));
	buf_add(sql, ")");
}

static void add_lookups(const struct merits *m, const char *lead, const char *deal, struct buf *sql,
	struct args *args)
{
	if (!m->looks_up)
		return;
	buf_add(sql, " and (");
	add_lookup(m->k, lead, &lead_entity, sql, args);
	buf_add(sql, " or ");
	add_lookup(m->k, deal, &opportunity_entity, sql, args);
	buf_add(sql, ")");
}

/* Steps and conversions; wins are looked at by themselves, for one may have
 * been opened again. */
static bool operations(struct ctx *cx, struct merits *m)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	begin(cx, m->k, &sql, &args);
	buf_add(&sql, "select o.user_id, o.record_id, o.kind from op o where o.ws = $1"
		      " and o.at >= $2 and o.at < $3 and o.undone_by is null"
		      " and o.user_id is not null and o." OP_MERITS
		      " and o.entity in ('lead', 'opportunity')");
	add_lookups(m, "o.record_id", "o.record_id", &sql, &args);
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r)) {
		enum merit what = merit_of(rows_text(r, 2));

		if (what != MERIT_WON)
			add(cx, m, what, rows_int(r, 0), rows_int(r, 1));
	}
	return rows_end(r);
}

static bool activities(struct ctx *cx, struct merits *m)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	begin(cx, m->k, &sql, &args);
	buf_add(&sql, "select a.created_by, a.lead_id, a.opportunity_id from activity a"
		      " where a.ws = $1 and a.created_at >= $2 and a.created_at < $3"
		      " and a.removed_at is null and a.created_by is not null");
	add_lookups(m, "a.lead_id", "a.opportunity_id", &sql, &args);
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r)) {
		add(cx, m, MERIT_WORKED, rows_int(r, 0), rows_int(r, 1));
		add(cx, m, MERIT_WORKED, rows_int(r, 0), rows_int(r, 2));
	}
	return rows_end(r);
}

/* Won as opportunities, or from the lead in one step, and still so. */
static bool wins(struct ctx *cx, struct merits *m)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	begin(cx, m->k, &sql, &args);
	buf_add(&sql,
		"select o.user_id, t.id from op o left join lead l on l.ws = o.ws"
		" and l.id = o.record_id and o.kind = 'lead.win' join opportunity t on t.ws = o.ws"
		" and t.id = coalesce(l.opportunity_id, o.record_id) where o.ws = $1"
		" and o.at >= $2 and o.at < $3 and o.undone_by is null and o.user_id is not null"
		" and o." OP_MERITS " and o.kind in ('opportunity.win', 'lead.win')"
		" and t.ws = $1 and t.state = 'won' and t.removed_at is null");
	if (m->k->ask.source_id)
		buf_addf(&sql, " and t.source_id = $%zu",
			args_add(&args, v_int(m->k->ask.source_id)));
	if (m->k->ask.campaign_id)
		buf_addf(&sql, " and t.campaign_id = $%zu",
			args_add(&args, v_int(m->k->ask.campaign_id)));
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r))
		add(cx, m, MERIT_WON, rows_int(r, 0), rows_int(r, 1));
	return rows_end(r);
}

bool kpi_contributors(struct ctx *cx, struct kpi *k)
{
	struct merits m = { .k = k, .looks_up = !kpi_is_plain(k) };

	count_table_init(&m.seen, cx->mem);
	count_table_init(&m.gone, cx->mem);
	return (m.looks_up || find_gone(cx, &m)) && operations(cx, &m) && activities(cx, &m) &&
	       wins(cx, &m);
}
