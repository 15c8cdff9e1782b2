/* Who contributed (S1.16, S1.19): conversions and wins from what is kept, work
 * from the operations, of which an index holds all that is asked for; what was
 * undone is in neither. */
#include "crm/entities.h"
#include "crm/kpi_parts.h"
#include "record/op.h"

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
	buf_add(sql, " and o.at >= $2 and o.at < $3 and o.user_id in (select t.owner_id from"
		     " (select m.ws, m.id as owner_id from member m where m.ws = $1) t"
		     " where t.ws = $1");
	kpi_owners(cx, k, &lead_entity, sql, args);
	buf_add(sql, ")");
	if (k->ask.source_id)
		buf_addf(sql, " and o.source_id = $%zu", args_add(args, v_int(k->ask.source_id)));
	if (k->ask.campaign_id)
		buf_addf(sql, " and o.campaign_id = $%zu",
			args_add(args, v_int(k->ask.campaign_id)));
}

static void take_work(void *arg, const struct work_done *done)
{
	struct kpi_person *p = kpi_person(arg, done->user_id);

	p->steps += done->steps;
	p->worked += done->things;
}

bool kpi_contributors(struct ctx *cx, struct kpi *k)
{
	struct args args;
	struct buf where;

	if (!ended(cx, k))
		return false;
	ask_work(cx, k, &where, &args);
	return work_read(cx, where.s, &args, take_work, k);
}
