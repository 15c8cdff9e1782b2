/* Leads: generated, converted, become customers (S3.22, S3.23, C15, C16), and
 * those that came to nothing, by reason. */
#include "crm/entities.h"
#include "crm/kpi_parts.h"

static void add_made(struct kpi_line *line, const struct counted *row)
{
	line->generated += row->n;
	line->converted += row->sum[0];
	line->customers += row->sum[1];
}

/* The cohort: leads created in the period, and what became of them by today. */
static void take_made(struct kpi *k, const struct counted *row)
{
	struct kpi_month *m = kpi_month(k, row->period);

	k->generated += row->n;
	k->converted_cohort += row->sum[0];
	k->customers += row->sum[1];
	m->generated += row->n;
	m->converted_cohort += row->sum[0];
	m->customers += row->sum[1];
	add_made(kpi_line(&k->owners, row->owner_id), row);
	add_made(kpi_line(&k->teams, kpi_team_of(k, row->owner_id)), row);
	add_made(kpi_line(&k->sources, row->by[0]), row);
	add_made(kpi_line(&k->campaigns, row->by[1]), row);
	if (row->by[2] && row->n)
		kpi_person(k, row->by[2])->created += row->n;
}

static void take_converted(struct kpi *k, const struct counted *row)
{
	k->converted_flow += row->n;
	kpi_month(k, row->period)->converted += row->n;
}

/* Where those that are not converted stand today. */
static void take_standing(struct kpi *k, const struct counted *row)
{
	struct kpi_line *line = kpi_line(&k->statuses, row->by[2]);

	line->count += row->n;
	line->since += row->sum[0];
}

static void take_lost(struct kpi *k, const struct counted *row)
{
	k->not_interested += row->n;
	kpi_line(&k->lost_leads, row->by[2])->count += row->n;
}

bool kpi_leads(struct ctx *cx, struct kpi *k)
{
	const struct kpi_read reads[] = {
		{ &lead_entity, COUNT_LEAD_MADE, k->spans, k->span_n, take_made },
		{ &lead_entity, COUNT_LEAD_CONVERTED, k->spans, k->span_n, take_converted },
		{ &lead_entity, COUNT_LEAD_STANDING, NULL, 0, take_standing },
		{ &lead_entity, kpi_is_plain(k) ? COUNT_LEAD_LOST_ALL : COUNT_LEAD_LOST, k->spans,
			k->span_n, take_lost },
	};

	for (size_t i = 0; i < COUNT(reads); i++)
		if (!kpi_read(cx, k, &reads[i]))
			return false;
	return true;
}
