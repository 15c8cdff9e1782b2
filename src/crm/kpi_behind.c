/* The list that stands behind a figure, as a query string. */
#include <inttypes.h>
#include <string.h>

#include "crm/entities.h"
#include "crm/kpi_parts.h"

const char *kpi_between(struct ctx *cx, const char *field, const char *first, const char *end)
{
	return textf(cx, "%s[gte]=%s&%s[lt]=%s", field, first, field, end);
}

static void add(struct buf *b, const char *part)
{
	if (*part)
		buf_addf(b, "%s%s", strchr(b->s, '=') ? "&" : "", part);
}

/* What was asked for narrows every list; a line's own filter takes its place. */
static void add_asked(
	struct ctx *cx, const struct kpi *k, const struct kpi_behind *b, struct buf *out)
{
	const struct {
		const char *name;
		int64_t id;
	} asked[] = {
		{ "owner_id", k->ask.owner_id },
		{ "team_id", k->ask.team_id },
		{ "source_id", k->ask.source_id },
		{ "campaign_id", k->ask.campaign_id },
	};

	for (size_t i = 0; i < COUNT(asked); i++)
		if (asked[i].id && (!b->by || strcmp(b->by, asked[i].name) != 0))
			add(out, textf(cx, "%s=%" PRId64, asked[i].name, asked[i].id));
}

const char *kpi_behind(struct ctx *cx, const struct kpi *k, const struct kpi_behind *b)
{
	struct buf out;

	buf_init(&out, cx->mem);
	buf_addf(&out, "%s?", b->plural);
	add(&out, b->what);
	if (b->by && b->id)
		add(&out, textf(cx, "%s=%" PRId64, b->by, b->id));
	else if (b->by)
		add(&out, textf(cx, "%s[null]=true", b->by));
	add_asked(cx, k, b, &out);
	return out.s;
}

/* Fields without which a figure, or the section of its lines, is not told. */
static const struct need {
	const char *figure;
	const struct entity *of;
	const char *field;
} needs[] = {
	{ "converted", &lead_entity, "converted_at" },
	{ "converted_cohort", &lead_entity, "converted_at" },
	{ "converted_flow", &lead_entity, "converted_at" },
	{ "rate", &lead_entity, "converted_at" },
	{ "rate_cohort", &lead_entity, "converted_at" },
	{ "rate_flow", &lead_entity, "converted_at" },
	{ "customers", &lead_entity, "customer_at" },
	{ "rate_customers", &lead_entity, "customer_at" },
	{ "not_interested", &lead_entity, "status_type" },
	{ "open", &opportunity_entity, "state" },
	{ "won", &opportunity_entity, "state" },
	{ "lost", &opportunity_entity, "state" },
	{ "rate_won", &opportunity_entity, "state" },
	{ "open_amount", &opportunity_entity, "amount" },
	{ "won_amount", &opportunity_entity, "amount" },
	{ "lost_amount", &opportunity_entity, "amount" },
	{ "amount", &opportunity_entity, "amount" },
	{ "weighted_amount", &opportunity_entity, "amount" },
	{ "weighted_amount", &opportunity_entity, "probability" },
	{ "by_phase", &lead_entity, "temperature" },
	{ "by_phase", &lead_entity, "status_type" },
	{ "by_phase", &opportunity_entity, "state" },
	{ "by_source", &lead_entity, "source_id" },
	{ "by_source", &opportunity_entity, "source_id" },
	{ "by_campaign", &lead_entity, "campaign_id" },
	{ "by_campaign", &opportunity_entity, "campaign_id" },
	{ "by_owner", &lead_entity, "owner_id" },
	{ "by_owner", &opportunity_entity, "owner_id" },
	{ "by_team", &lead_entity, "owner_id" },
	{ "by_team", &opportunity_entity, "owner_id" },
	{ "by_status", &lead_entity, "status_id" },
	{ "by_stage", &opportunity_entity, "stage_id" },
	{ "lost_leads", &lead_entity, "conclusion_reason_id" },
	{ "lost_leads", &lead_entity, "status_type" },
	{ "lost_opportunities", &opportunity_entity, "lost_reason_id" },
	{ "lost_opportunities", &opportunity_entity, "state" },
	{ "contributors.converted", &lead_entity, "converted_by" },
	{ "contributors.won", &opportunity_entity, "closed_by" },
	{ "forecast", &opportunity_entity, "close_on" },
	{ "forecast", &opportunity_entity, "state" },
};

bool kpi_shows(const struct ctx *cx, const char *figure)
{
	for (size_t i = 0; i < COUNT(needs); i++)
		if (!strcmp(needs[i].figure, figure) &&
			rights_field(cx->who, needs[i].of, needs[i].field) == FIELD_HIDDEN)
			return false;
	return true;
}
