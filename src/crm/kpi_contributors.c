/* Who contributed (S1.16, S1.19): conversions and wins from what is kept, work
 * from the operations, of which an index holds all that is asked for; what was
 * undone is in neither. */
#include "base/arena.h"
#include "crm/entities.h"
#include "crm/kpi_parts.h"

enum { FIRST_SIZE = 4096, ID_BITS = 53 };

/* Numbers, each once; 0 is none. */
struct id_set {
	uint64_t *at;
	size_t n, size;
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
	if (k->person_n == KPI_GROUPS) /* the last one takes what is too much */
		return &k->people[KPI_GROUPS - 1];
	k->people[k->person_n] = (struct kpi_person){ .id = id };
	return &k->people[k->person_n++];
}

static void take_converted(struct kpi *k, const struct counted *row)
{
	kpi_person(k, row->by[2])->converted += row->n;
}

static void take_won(struct kpi *k, const struct counted *row)
{
	kpi_person(k, row->by[2])->won += row->n;
}

static bool ended(struct ctx *cx, struct kpi *k)
{
	bool plain = kpi_is_plain(k);
	const struct kpi_read converted = { &lead_entity,
		plain ? COUNT_LEAD_CONVERTER_ALL : COUNT_LEAD_CONVERTER, k->spans, k->span_n,
		take_converted };
	const struct kpi_read won = { &opportunity_entity,
		plain ? COUNT_DEAL_WINNER_ALL : COUNT_DEAL_WINNER, k->spans, k->span_n, take_won };

	return kpi_read(cx, k, &converted) && kpi_read(cx, k, &won);
}

/* Filters by owner and team, and the reach, are of the people here. */
static void ask_work(struct ctx *cx, const struct kpi *k, struct buf *sql, struct args *args)
{
	buf_init(sql, cx->mem);
	args_init(args, cx->mem);
	args_add(args, v_int(cx->ws));
	args_add(args, v_int(k->from));
	args_add(args, v_int(k->to));
	buf_add(sql, "select o.user_id, o.work_on from op o where o.ws = $1 and o.user_id in"
		     " (select t.owner_id from (select m.ws, m.id as owner_id from member m"
		     " where m.ws = $1) t where t.ws = $1");
	kpi_owners(cx, k, &lead_entity, sql, args);
	buf_add(sql, ") and o.at >= $2 and o.at < $3 and o.work_on is not null"
		     " and o.undone_by is null");
	if (k->ask.source_id)
		buf_addf(sql, " and o.source_id = $%zu", args_add(args, v_int(k->ask.source_id)));
	if (k->ask.campaign_id)
		buf_addf(sql, " and o.campaign_id = $%zu",
			args_add(args, v_int(k->ask.campaign_id)));
}

/* A person's place and a record's id as one number. */
static bool worked(struct ctx *cx, struct kpi *k)
{
	struct kpi_person *p = NULL;
	struct id_set seen = { 0 };
	struct args args;
	struct rows *r;
	struct buf sql;

	ask_work(cx, k, &sql, &args);
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r)) {
		int64_t id = rows_int(r, 0);

		if (!p || p->id != id) /* they come in long rows */
			p = kpi_person(k, id);
		p->steps++;
		p->worked += put(
			cx, &seen, (uint64_t)(p - k->people) << ID_BITS | (uint64_t)rows_int(r, 1));
	}
	return rows_end(r);
}

bool kpi_contributors(struct ctx *cx, struct kpi *k)
{
	return ended(cx, k) && worked(cx, k);
}
