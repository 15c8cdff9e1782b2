/* How long leads stood in each status, opportunities in each stage. */
#include "crm/entities.h"
#include "crm/kpi_parts.h"

static void take(struct kpi_line *line, const struct counted *row)
{
	line->left += row->n;
	line->stayed += row->sum[0];
}

static void take_status(struct kpi *k, const struct counted *row)
{
	take(kpi_line(&k->statuses, row->by[2]), row);
}

static void take_stage(struct kpi *k, const struct counted *row)
{
	take(kpi_line(&k->stages, row->by[2]), row);
}

bool kpi_steps(struct ctx *cx, struct kpi *k)
{
	bool plain = kpi_is_plain(k);
	const struct kpi_read leads = { &lead_entity, plain ? COUNT_LEAD_LEFT_ALL : COUNT_LEAD_LEFT,
		k->spans, k->span_n, take_status };
	const struct kpi_read deals = { &opportunity_entity,
		plain ? COUNT_DEAL_LEFT_ALL : COUNT_DEAL_LEFT, k->spans, k->span_n, take_stage };

	return kpi_read(cx, k, &leads) && kpi_read(cx, k, &deals);
}
