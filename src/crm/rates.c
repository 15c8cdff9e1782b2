/* The table of rates, read once and asked often. */
#include "crm/rates.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/money.h"
#include "crm/firm.h"

enum { RATES_MAX = 20000, LACKING_MAX = 20, THIRD_MAX = 8, CODE_MAX = 8, MILLION = 1000000 };

struct rate {
	const char *currency, *base, *day;
	int64_t rate; /* millionths of the base */
};

struct rates {
	const char *base;
	struct rate *all; /* by currency, then day */
	size_t n;
	const char *third[THIRD_MAX]; /* others in which rates are told */
	size_t third_n;
	char lacking[LACKING_MAX][CODE_MAX];
	size_t lacking_n;
};

static void note_third(struct rates *r, const char *currency)
{
	for (size_t i = 0; i < r->third_n; i++)
		if (!strcmp(r->third[i], currency))
			return;
	if (strcmp(currency, r->base) != 0 && r->third_n < THIRD_MAX)
		r->third[r->third_n++] = currency;
}

bool rates_load(struct ctx *cx, struct rates **rates)
{
	struct rates *r = *rates = arena_alloc(cx->mem, sizeof(*r));
	struct rows *rows;

	if (!firm_currency(cx, &r->base))
		return false;
	r->all = arena_alloc(cx->mem, RATES_MAX * sizeof(*r->all));
	rows = db_query(cx,
		"select currency, coalesce(base, $2), day, rate from rate"
		" where ws = $1 and removed_at is null order by currency, day limit 20000",
		ARGS(v_int(cx->ws), v_text(r->base)));
	while (rows_next(rows) && r->n < RATES_MAX) {
		r->all[r->n++] = (struct rate){ rows_text(rows, 0), rows_text(rows, 1),
			rows_text(rows, 2), rows_int(rows, 3) };
		note_third(r, rows_text(rows, 1));
	}
	return rows_end(rows);
}

const char *rates_base(const struct rates *r)
{
	return r->base;
}

/* Rows stand by currency, then day. */
static size_t first_of(const struct rates *r, const char *currency)
{
	size_t low = 0, high = r->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (strcmp(r->all[mid].currency, currency) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static const struct rate *rate_on(
	const struct rates *r, const char *currency, const char *base, const char *day)
{
	const struct rate *best = NULL;

	for (size_t i = first_of(r, currency); i < r->n && !strcmp(r->all[i].currency, currency);
		i++)
		if (!strcmp(r->all[i].base, base) && (!best || strcmp(r->all[i].day, day) <= 0))
			best = &r->all[i];
	return best;
}

/* One unit of a currency is rate / per of another, since a day. */
struct worth {
	int64_t rate, per;
	const char *day;
};

/* Of a rate and one told the other way round the newer holds. */
static bool worth_in(const struct rates *r, const char *from, const char *to, struct worth *w)
{
	const char *day = w->day;
	const struct rate *there = rate_on(r, from, to, day), *back = rate_on(r, to, from, day);

	*w = (struct worth){ 1, 1, day };
	if (there && (!back || strcmp(there->day, back->day) >= 0))
		*w = (struct worth){ there->rate, MILLION, there->day };
	else if (back)
		*w = (struct worth){ MILLION, back->rate, back->day };
	return there || back || !strcmp(from, to);
}

/* One step, or two by way of a currency that the firm counted in before: of
 * several the one whose older rate is the newest. */
static bool find_way(const struct rates *r, const char *currency, struct worth way[2])
{
	const char *day = way[0].day, *since = "";
	bool found = false;

	way[1] = (struct worth){ 1, 1, day };
	if (worth_in(r, currency, r->base, &way[0]))
		return true;
	for (size_t i = 0; i < r->third_n; i++) {
		struct worth a = { .day = day }, b = { .day = day };
		const char *older;

		if (!worth_in(r, currency, r->third[i], &a) ||
			!worth_in(r, r->third[i], r->base, &b))
			continue;
		older = strcmp(a.day, b.day) < 0 ? a.day : b.day;
		if (found && strcmp(older, since) <= 0)
			continue;
		since = older;
		way[0] = a;
		way[1] = b;
		found = true;
	}
	return found;
}

bool rates_know(const struct rates *r, const char *currency)
{
	return find_way(r, currency, (struct worth[2]){ { .day = "" } });
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
	struct worth way[2] = { { .day = day } };

	if (!cents || !*currency || !strcmp(currency, r->base))
		return cents;
	if (find_way(r, currency, way))
		return money_convert(
			money_convert(cents, way[0].rate, way[0].per), way[1].rate, way[1].per);
	note_lacking(r, currency);
	return 0;
}

bool rates_steady(const struct rates *r, const char *currency, const char *first, const char *last)
{
	if (!strcmp(currency, r->base))
		return true;
	/* by way of a third currency any rate may be part of it */
	for (size_t i = 0; i < r->n; i++)
		if ((r->third_n || !strcmp(r->all[i].currency, currency) ||
			    !strcmp(r->all[i].base, currency)) &&
			strcmp(r->all[i].day, first) > 0 && strcmp(r->all[i].day, last) <= 0)
			return false;
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

static bool is_in_use(const struct rates *r, const char *code)
{
	for (size_t i = 0; i < r->n; i++)
		if (!strcmp(r->all[i].currency, code) || !strcmp(r->all[i].base, code))
			return true;
	return false;
}

bool currencies_write(struct ctx *cx, struct json_out *j)
{
	struct rates *r;
	char code[4];

	if (!rates_load(cx, &r))
		return false;
	json_open(j, '[');
	json_text(j, r->base);
	for (int used = 1; used >= 0; used--)
		for (size_t i = 0; currency_at(i, code); i++)
			if (strcmp(code, r->base) != 0 && is_in_use(r, code) == used)
				json_text(j, code);
	json_close(j, ']');
	return true;
}
