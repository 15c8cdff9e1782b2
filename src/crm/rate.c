/* What a currency was worth on a day (C21). */
#include "crm/entities.h"
#include "crm/lead_renewal.h"
#include "record/record.h"

static const struct field fields[] = {
	{ "currency", FIELD_CURRENCY, "Valuta", "Currency", "sales", .max = 3, .required = true,
		.list = true },
	{ "day", FIELD_DATE, "Dal giorno", "From the day", "sales", .required = true,
		.list = true },
	{ "rate", FIELD_INT, "Cambio (milionesimi della valuta di base per un'unità)",
		"Rate (millionths of the base currency for one unit)", "sales", .required = true,
		.list = true },
};

static bool must_be_positive(struct ctx *cx, const struct record *rate)
{
	int64_t millionths = record_int(rate, "rate");

	return !record_has(rate, "rate") ||
	       (millionths > 0 && millionths <= INT64_C(1000000000000)) ||
	       refuse_field(cx, "rate", "rate.positive");
}

/* Sums of leads are judged by it (S1.9). */
static bool check(struct ctx *cx, struct record *rate)
{
	return must_be_positive(cx, rate) && lead_renewal_ask(cx);
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
	.constraints = "unique (ws, currency, day)",
	.indexes = indexes,
	.check = check,
	.title = title,
};
