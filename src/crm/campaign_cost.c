/* What a campaign really cost: one entry each time money was spent. */
#include <string.h>

#include "base/clock.h"
#include "crm/campaign.h"
#include "crm/firm.h"

static const struct field fields[] = {
	{ "campaign_id", FIELD_LINK, "Campagna", "Campaign", "campaign", .to = &campaign_entity,
		.required = true, .list = true, .quick = true },
	{ "spent_on", FIELD_DATE, "Data", "Date", "campaign", .list = true, .quick = true,
		.also = "Data spesa|Spent on" },
	{ "what", FIELD_TEXT, "Che cosa", "What for", "campaign", .max = 250, .list = true,
		.quick = true, .also = "Descrizione|Description" },
	{ "amount", FIELD_MONEY, "Importo", "Amount", "campaign", .required = true, .list = true,
		.quick = true, .also = "Costo|Cost" },
	{ "currency", FIELD_CURRENCY, "Valuta", "Currency", "campaign", .max = 3, .list = true,
		.quick = true },
	{ "owner_id", FIELD_LINK, "Registrato da", "Entered by", "campaign", .to = &user_entity,
		.required = true },
};

static const char *const indexes[] = { "campaign_id, id", NULL };

/* What will be spent is the budget's. */
static bool must_be_spent(struct ctx *cx, struct record *cost)
{
	char today[DATE_TEXT];

	date_of(cx->now, cx->zone, today);
	if (!record_has(cost, "spent_on"))
		record_set_text(cost, "spent_on", textf(cx, "%s", today));
	return strcmp(record_text(cost, "spent_on"), today) <= 0 ||
	       refuse_field(cx, "spent_on", "touch.future");
}

/* Who may not change the campaign may not change what it cost: not that of the
 * one it was entered for, nor that of another. */
static bool may_be_charged(struct ctx *cx, struct record *cost)
{
	size_t at = record_at(cost, "campaign_id");
	struct record *campaign;

	if (!cx->who || cost->v[at].type == VAL_NULL)
		return true;
	if (cost->was && record_changed(cost, "campaign_id") &&
		!record_load(cx, &campaign_entity, cost->was[at].i, RIGHT_WRITE, &campaign))
		return false;
	return record_load(cx, &campaign_entity, cost->v[at].i, RIGHT_WRITE, &campaign);
}

static bool check(struct ctx *cx, struct record *cost)
{
	if (record_int(cost, "amount") < 0)
		return refuse_field(cx, "amount", "campaign.positive");
	return must_be_spent(cx, cost) && currency_beside(cx, cost, "amount", "currency") &&
	       owner_complete(cx, cost) && may_be_charged(cx, cost);
}

static const char *title(struct ctx *cx, const struct record *cost)
{
	const char *what = record_text(cost, "what");

	return *what ? what : textf(cx, "%s", record_text(cost, "spent_on"));
}

const struct entity campaign_cost_entity = {
	.name = "campaign_cost",
	.plural = "campaign-costs",
	.it = "Costo di campagna",
	.en = "Campaign cost",
	.its = "Costi di campagna",
	.ens = "Campaign costs",
	.fields = fields,
	.field_count = COUNT(fields),
	.owned = true,
	.indexes = indexes,
	.check = check,
	.title = title,
};
