/* The figures as JSON: the totals, then the sections, then what they mean. */
#include "base/words.h"
#include "crm/kpi_out.h"

static const char *leads_between(const struct kpi_out *o, const char *field, const char *more)
{
	const struct kpi *k = o->k;
	const char *what = textf(o->cx, "%s%s", kpi_between(o->cx, field, k->first, k->end), more);

	return kpi_behind(o->cx, k, &(struct kpi_behind){ "leads", what, NULL, 0 });
}

static void put_leads(struct kpi_out *o)
{
	const struct kpi *k = o->k;
	const char *made = leads_between(o, "created_at", "");
	const char *converted = leads_between(o, "created_at", "&converted_at[null]=false");
	const char *customers = leads_between(o, "created_at", "&customer_at[null]=false");
	const char *flow = leads_between(o, "converted_at", "");

	json_key(o->j, "leads");
	out_open(o);
	out_count(o, "generated", k->generated, made);
	out_count(o, "converted_cohort", k->converted_cohort, converted);
	out_rate(o, "rate_cohort", (struct kpi_rate){ k->converted_cohort, k->generated },
		converted);
	out_count(o, "converted_flow", k->converted_flow, flow);
	out_rate(o, "rate_flow", (struct kpi_rate){ k->converted_flow, k->generated }, flow);
	out_count(o, "customers", k->customers, customers);
	out_rate(o, "rate_customers", (struct kpi_rate){ k->customers, k->generated }, customers);
	out_count(o, "not_interested", k->not_interested,
		leads_between(
			o, "status_since", "&status_type=not_interested&converted_at[null]=true"));
	out_close(o);
}

static void put_opportunities(struct kpi_out *o)
{
	const struct kpi *k = o->k;
	const char *closed = kpi_between(o->cx, "closed_at", k->first, k->end);
	const struct kpi_behind lists[] = {
		{ "opportunities", "state=open", NULL, 0 },
		{ "opportunities", textf(o->cx, "state=won&%s", closed), NULL, 0 },
		{ "opportunities", textf(o->cx, "state=lost&%s", closed), NULL, 0 },
	};
	const char *open = kpi_behind(o->cx, k, &lists[0]);
	const char *won = kpi_behind(o->cx, k, &lists[1]);
	const char *lost = kpi_behind(o->cx, k, &lists[2]);

	json_key(o->j, "opportunities");
	out_open(o);
	out_count(o, "open", k->open.count, open);
	out_money(o, "open_amount", k->open.amount, open);
	out_money(o, "weighted_amount", k->open.weighted, open);
	out_count(o, "won", k->won.count, won);
	out_money(o, "won_amount", k->won.amount, won);
	out_count(o, "lost", k->lost.count, lost);
	out_money(o, "lost_amount", k->lost.amount, lost);
	out_rate(o, "rate_won", (struct kpi_rate){ k->won.count, k->won.count + k->lost.count },
		won);
	out_close(o);
}

const char *const kpi_defined[] = {
	"generated",
	"converted_cohort",
	"rate_cohort",
	"converted_flow",
	"rate_flow",
	"customers",
	"rate_customers",
	"not_interested",
	"open",
	"open_amount",
	"weighted_amount",
	"won",
	"won_amount",
	"lost",
	"lost_amount",
	"rate_won",
	"by_phase",
	"by_phase.suspect",
	"by_phase.lead",
	"by_phase.hot_lead",
	"by_phase.opportunity",
	"by_phase.won",
	"by_source",
	"by_campaign",
	"by_owner",
	"by_team",
	"by_month",
	"by_status",
	"by_stage",
	"standing_days",
	"left",
	"mean_days",
	"lost_leads",
	"lost_opportunities",
	"forecast",
	"overdue",
	"undated",
	"contributors",
	"created",
	"worked",
	"steps",
	"converted",
	"rate",
	"count",
	"amount",
	NULL,
};

/* What each figure means, in the caller's language. */
static void put_definitions(struct kpi_out *o)
{
	json_key(o->j, "definitions");
	json_open(o->j, '{');
	for (const char *const *d = kpi_defined; *d; d++) {
		struct saying s = { .key = textf(o->cx, "kpi.define.%s", *d) };

		json_put_text(o->j, *d, words_say(o->cx->words, o->cx->mem, o->cx->lang, &s));
	}
	json_close(o->j, '}');
}

bool kpi_print(struct ctx *cx, struct json_out *j, const struct kpi *k)
{
	struct kpi_out o = { .cx = cx, .j = j, .k = k };

	json_open(j, '{');
	json_put_text(j, "from", k->first);
	json_put_text(j, "to", k->last);
	json_put_text(j, "today", k->today);
	json_put_text(j, "currency", rates_base(k->rates));
	json_put_bool(j, "counting", k->is_counting);
	put_leads(&o);
	put_opportunities(&o);
	out_phases(&o);
	if (!out_lines(&o))
		return false;
	out_months(&o);
	if (!out_steps(&o) || !out_reasons(&o))
		return false;
	out_forecast(&o);
	if (!out_contributors(&o))
		return false;
	put_definitions(&o);
	json_key(j, "currencies_without_rate");
	rates_write_lacking(k->rates, j);
	json_close(j, '}');
	return true;
}
