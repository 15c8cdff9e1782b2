/* Who contributed: read from the history, undone operations left out (S1.16,
 * S1.19).  An index of op and one of activities hold what is asked for, so the
 * records themselves are looked up only where a filter needs it, each once. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "crm/entities.h"
#include "crm/kpi_parts.h"
#include "record/op.h"

enum { GONE_MAX = 20000, FIRST_SIZE = 4096, BATCH = 100, ID_BITS = 53 };
#define ID_MASK ((UINT64_C(1) << ID_BITS) - 1)

/* Numbers, each once; 0 is none. */
struct id_set {
	uint64_t *at;
	size_t n, size;
};

/* Somebody of the history, and whether he is asked for. */
struct worker {
	int64_t user_id;
	bool is_asked;
};

enum merit { MERIT_WORKED, MERIT_CONVERTED, MERIT_WON, MERITS };

struct merits {
	struct kpi *k;
	struct worker workers[KPI_GROUPS];
	size_t worker_n, last;
	struct id_set seen[MERITS]; /* a worker's place and a record's id as one number */
	struct id_set gone;	    /* ids of what is removed */
	struct id_set found;	    /* ids of what was looked up and counts */
	bool has_wins;		    /* perhaps: there were some to be looked at */
	bool looks_up;		    /* a filter of records, or too many removed */
};

static uint64_t *place(const struct id_set *s, uint64_t id)
{
	uint64_t h = id * UINT64_C(0x9e3779b97f4a7c15);
	size_t i = (h ^ h >> 32) & (s->size - 1);

	while (s->at[i] && s->at[i] != id)
		i = (i + 1) & (s->size - 1);
	return &s->at[i];
}

static void widen(struct ctx *cx, struct id_set *s)
{
	struct id_set wider = { .size = s->size ? s->size * 2 : FIRST_SIZE, .n = s->n };

	wider.at = arena_alloc(cx->mem, wider.size * sizeof(*wider.at));
	for (size_t i = 0; i < s->size; i++)
		if (s->at[i])
			*place(&wider, s->at[i]) = s->at[i];
	*s = wider;
}

/* Whether it was not there yet. */
static bool put(struct ctx *cx, struct id_set *s, uint64_t id)
{
	uint64_t *at;

	if (s->n * 2 >= s->size)
		widen(cx, s);
	at = place(s, id);
	if (*at)
		return false;
	*at = id;
	s->n++;
	return true;
}

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

/* His place among the workers; people come in long rows. */
static size_t worker_at(const struct ctx *cx, struct merits *m, int64_t user_id)
{
	size_t i = 0;

	if (m->worker_n && m->workers[m->last].user_id == user_id)
		return m->last;
	while (i < m->worker_n && m->workers[i].user_id != user_id)
		i++;
	if (i == KPI_GROUPS) /* the last one takes what is too much */
		i = KPI_GROUPS - 1;
	else if (i == m->worker_n)
		m->workers[m->worker_n++] = (struct worker){ user_id, is_asked(cx, m->k, user_id) };
	return m->last = i;
}

/* Steps, edits, conversions and wins of leads and opportunities; MERITS: what
 * is none. */
static enum merit merit_of(const char *kind, const char *entity)
{
	static const struct {
		const char *kind;
		enum merit merit;
	} kinds[] = {
		{ "lead.next_action", MERIT_WORKED },
		{ "record.edit", MERIT_WORKED },
		{ "lead.move", MERIT_WORKED },
		{ "opportunity.next_action", MERIT_WORKED },
		{ "opportunity.move", MERIT_WORKED },
		{ "lead.conclude", MERIT_WORKED },
		{ "lead.reopen", MERIT_WORKED },
		{ "opportunity.reopen", MERIT_WORKED },
		{ "lead.convert", MERIT_CONVERTED },
		{ "lead.win", MERIT_CONVERTED },
		{ "opportunity.win", MERIT_WON },
	};

	if (strcmp(entity, "lead") != 0 && strcmp(entity, "opportunity") != 0)
		return MERITS;
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (!strcmp(kinds[i].kind, kind))
			return kinds[i].merit;
	return MERITS;
}

static void credit(struct merits *m, enum merit what, size_t worker)
{
	struct kpi_person *p = kpi_person(m->k, m->workers[worker].user_id);

	p->worked += what == MERIT_WORKED;
	p->converted += what == MERIT_CONVERTED;
	p->won += what == MERIT_WON;
}

/* Each once; where the records are to be looked up it waits for that. */
static void add(
	struct ctx *cx, struct merits *m, enum merit what, int64_t user_id, int64_t record_id)
{
	size_t at = worker_at(cx, m, user_id);
	uint64_t id = (uint64_t)record_id;

	if (!record_id || !m->workers[at].is_asked || (m->gone.n && *place(&m->gone, id)) ||
		!put(cx, &m->seen[what], (uint64_t)at << ID_BITS | id))
		return;
	if (!m->looks_up || what == MERIT_WON)
		credit(m, what, at);
}

/* Ids of what is removed, as far as it is little. */
static bool find_gone(struct ctx *cx, struct merits *m)
{
	struct rows *r = db_query(cx,
		"select id from lead where ws = $1 and removed_at is not null union all"
		" select id from opportunity where ws = $1 and removed_at is not null limit 20001",
		ARGS(v_int(cx->ws)));

	while (rows_next(r))
		put(cx, &m->gone, (uint64_t)rows_int(r, 0));
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

/* Steps and conversions; wins are looked at by themselves, for one may have
 * been opened again. */
static bool operations(struct ctx *cx, struct merits *m)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	begin(cx, m->k, &sql, &args);
	buf_add(&sql, "select o.user_id, o.record_id, o.kind, o.entity from op o where o.ws = $1"
		      " and o.at >= $2 and o.at < $3 and o.undone_by is null"
		      " and o.user_id is not null and o.kind <> 'record.create'");
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r)) {
		enum merit what = merit_of(rows_text(r, 2), rows_text(r, 3));

		if (what == MERIT_WORKED || what == MERIT_CONVERTED)
			add(cx, m, what, rows_int(r, 0), rows_int(r, 1));
		m->has_wins = m->has_wins || what == MERIT_WON || what == MERIT_CONVERTED;
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
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r)) {
		add(cx, m, MERIT_WORKED, rows_int(r, 0), rows_int(r, 1));
		add(cx, m, MERIT_WORKED, rows_int(r, 0), rows_int(r, 2));
	}
	return rows_end(r);
}

static void add_origin(const struct kpi *k, struct buf *sql, struct args *args)
{
	if (k->ask.source_id)
		buf_addf(sql, " and t.source_id = $%zu", args_add(args, v_int(k->ask.source_id)));
	if (k->ask.campaign_id)
		buf_addf(sql, " and t.campaign_id = $%zu",
			args_add(args, v_int(k->ask.campaign_id)));
}

/* Won as opportunities, or from the lead in one step, and still so. */
static bool wins(struct ctx *cx, struct merits *m)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	if (!m->has_wins)
		return true;
	begin(cx, m->k, &sql, &args);
	buf_add(&sql,
		"select o.user_id, t.id from op o left join lead l on l.ws = o.ws"
		" and l.id = o.record_id and o.kind = 'lead.win' join opportunity t on t.ws = o.ws"
		" and t.id = coalesce(l.opportunity_id, o.record_id) where o.ws = $1"
		" and o.at >= $2 and o.at < $3 and o.undone_by is null and o.user_id is not null"
		" and o.kind <> 'record.create' and o.kind in ('opportunity.win', 'lead.win')"
		" and t.ws = $1 and t.state = 'won' and t.removed_at is null");
	add_origin(m->k, &sql, &args);
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r))
		add(cx, m, MERIT_WON, rows_int(r, 0), rows_int(r, 1));
	return rows_end(r);
}

/* Which of these records are there, and of the source and campaign asked for. */
static bool find_some(
	struct ctx *cx, struct merits *m, const struct entity *of, const int64_t ids[BATCH])
{
	struct args args;
	struct rows *r;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	buf_addf(&sql,
		"select t.id from %s t where t.ws = $1 and t.removed_at is null and t.id in (",
		entity_table(of));
	for (size_t i = 0; i < BATCH; i++)
		buf_addf(&sql, "%s$%zu", i ? ", " : "", args_add(&args, v_int(ids[i])));
	buf_add(&sql, ")");
	add_origin(m->k, &sql, &args);
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r))
		put(cx, &m->found, (uint64_t)rows_int(r, 0));
	return rows_end(r);
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* Each record once, in the order in which they lie in the store. */
static bool find_records(struct ctx *cx, struct merits *m)
{
	struct id_set ids = { 0 };
	size_t n = 0, size;
	int64_t *all;
	bool ok = true;

	for (int what = 0; what < MERIT_WON; what++)
		for (size_t i = 0; i < m->seen[what].size; i++)
			if (m->seen[what].at[i])
				put(cx, &ids, m->seen[what].at[i] & ID_MASK);
	size = (ids.n + BATCH - 1) / BATCH * BATCH;
	all = arena_alloc(cx->mem, (size + 1) * sizeof(*all));
	for (size_t i = 0; i < ids.size; i++)
		if (ids.at[i])
			all[n++] = (int64_t)ids.at[i];
	qsort(all, n, sizeof(*all), by_number);
	for (size_t i = 0; ok && i < size; i += BATCH)
		ok = find_some(cx, m, &lead_entity, all + i) &&
		     find_some(cx, m, &opportunity_entity, all + i);
	return ok;
}

static bool look_up(struct ctx *cx, struct merits *m)
{
	if (!m->looks_up)
		return true;
	if (!find_records(cx, m))
		return false;
	for (int what = 0; m->found.n && what < MERIT_WON; what++)
		for (size_t i = 0; i < m->seen[what].size; i++) {
			uint64_t one = m->seen[what].at[i];

			if (one && *place(&m->found, one & ID_MASK))
				credit(m, (enum merit)what, (size_t)(one >> ID_BITS));
		}
	return true;
}

bool kpi_contributors(struct ctx *cx, struct kpi *k)
{
	struct merits *m = arena_alloc(cx->mem, sizeof(*m));

	m->k = k;
	m->looks_up = !kpi_is_plain(k);
	return (m->looks_up || find_gone(cx, m)) && operations(cx, m) && activities(cx, m) &&
	       wins(cx, m) && look_up(cx, m);
}
