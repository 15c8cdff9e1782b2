/* The table of rates, read once and asked often. */
#include "crm/rates.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/money.h"
#include "crm/firm.h"

enum { RATES_MAX = 20000, LACKING_MAX = 20, CODE_MAX = 8 };

struct rate {
	const char *currency, *day;
	int64_t millionths;
};

struct rates {
	const char *base;
	struct rate *all; /* by currency, then day */
	size_t n;
	char lacking[LACKING_MAX][CODE_MAX];
	size_t lacking_n;
};

bool rates_load(struct ctx *cx, struct rates **rates)
{
	struct rates *r = *rates = arena_alloc(cx->mem, sizeof(*r));
	struct rows *rows;

	if (!firm_currency(cx, &r->base))
		return false;
	r->all = arena_alloc(cx->mem, RATES_MAX * sizeof(*r->all));
	rows = db_query(cx,
		"select currency, day, rate from rate where ws = $1 and removed_at is null"
		" order by currency, day limit 20000",
		ARGS(v_int(cx->ws)));
	while (rows_next(rows) && r->n < RATES_MAX)
		r->all[r->n++] =
			(struct rate){ rows_text(rows, 0), rows_text(rows, 1), rows_int(rows, 2) };
	return rows_end(rows);
}

const char *rates_base(const struct rates *r)
{
	return r->base;
}

static const struct rate *rate_on(const struct rates *r, const char *currency, const char *day)
{
	const struct rate *best = NULL;

	for (size_t i = 0; i < r->n; i++)
		if (!strcmp(r->all[i].currency, currency) &&
			(!best || strcmp(r->all[i].day, day) <= 0))
			best = &r->all[i];
	return best;
}

bool rates_know(const struct rates *r, const char *currency)
{
	return !strcmp(currency, r->base) || rate_on(r, currency, "");
}

static void note_lacking(struct rates *r, const char *currency)
{
	for (size_t i = 0; i < r->lacking_n; i++)
		if (!strcmp(r->lacking[i], currency))
			return;
	if (r->lacking_n < LACKING_MAX)
		snprintf(r->lacking[r->lacking_n++], CODE_MAX, "%s", currency);
}

int64_t rates_convert(struct rates *r, int64_t cents, const char *currency, const char *day)
{
	const struct rate *rate;

	if (!cents || !*currency || !strcmp(currency, r->base))
		return cents;
	rate = rate_on(r, currency, day);
	if (rate)
		return money_convert(cents, rate->millionths);
	note_lacking(r, currency);
	return 0;
}

bool rates_steady(const struct rates *r, const char *currency, const char *first, const char *last)
{
	for (size_t i = 0; i < r->n; i++)
		if (!strcmp(r->all[i].currency, currency) && strcmp(r->all[i].day, first) > 0 &&
			strcmp(r->all[i].day, last) <= 0)
			return !strcmp(currency, r->base);
	return true;
}

int64_t rates_add(int64_t a, int64_t b)
{
	int64_t sum;

	if (!__builtin_add_overflow(a, b, &sum))
		return sum;
	return b > 0 ? INT64_MAX : INT64_MIN;
}

void rates_write_lacking(const struct rates *r, struct json_out *j)
{
	json_open(j, '[');
	for (size_t i = 0; i < r->lacking_n; i++)
		json_text(j, r->lacking[i]);
	json_close(j, ']');
}
