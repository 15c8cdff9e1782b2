/* What a currency was worth on a day (C21). */
#include "crm/firm.h"
#include "crm/lead_renewal.h"

static const struct field fields[] = {
	{ "currency", FIELD_CURRENCY, "Valuta", "Currency", "sales", .max = 3, .required = true,
		.list = true },
	{ "base", FIELD_CURRENCY, "Espressa in", "Told in", "sales", .max = 3, .required = true,
		.list = true },
	{ "day", FIELD_DATE, "Dal giorno", "From the day", "sales", .required = true,
		.list = true },
	{ "rate", FIELD_DECIMAL, "Cambio per un'unità", "Rate for one unit", "sales",
		.required = true, .list = true },
};

static bool must_be_positive(struct ctx *cx, const struct record *rate)
{
	int64_t millionths = record_int(rate, "rate");

	return !record_has(rate, "rate") ||
	       (millionths > 0 && millionths <= INT64_C(1000000000000)) ||
	       refuse_field(cx, "rate", "rate.positive");
}

/* It goes on holding when the firm counts in another one. */
static bool told_in(struct ctx *cx, struct record *rate)
{
	return currency_beside(cx, rate, "currency", "base") &&
	       (!record_has(rate, "base") ||
		       !record_is(rate, "currency", record_text(rate, "base")) ||
		       refuse_field(cx, "currency", "rate.itself"));
}

/* Sums of leads are judged by it (S1.9). */
static bool check(struct ctx *cx, struct record *rate)
{
	return told_in(cx, rate) && must_be_positive(cx, rate) && lead_renewal_ask(cx);
}

static const char *title(struct ctx *cx, const struct record *rate)
{
	return textf(cx, "%s %s", record_text(rate, "currency"), record_text(rate, "day"));
}

static const char *const indexes[] = { "currency, day, id", NULL };

const struct entity rate_entity = {
	.name = "rate",
	.plural = "rates",
	.it = "Cambio",
	.en = "Exchange rate",
	.its = "Cambi",
	.ens = "Exchange rates",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.constraints = "unique (ws, currency, base, day)",
	.indexes = indexes,
	.check = check,
	.title = title,
};
