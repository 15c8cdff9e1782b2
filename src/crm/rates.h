/* rates - sums of many currencies as one, by the rate of each day (C21). */
#pragma once

#include "record/record.h"

struct rates;

bool rates_load(struct ctx *cx, struct rates **rates);
const char *rates_base(const struct rates *r);

/* Whether it is the base currency or has a rate at all. */
bool rates_know(const struct rates *r, const char *currency);

/* cents of that currency in the base currency by the last rate up to the day
 * (ISO; the first one there is for days before it), told in the one or in the
 * other; without any by way of a third currency in which rates are told: one
 * that the firm counted in before.  A currency without any rate counts nothing, and is
 * remembered as lacking. */
int64_t rates_convert(struct rates *r, int64_t cents, const char *currency, const char *day);

/* ["EUR",…]: the base and those with a rate first, then all others. */
bool currencies_write(struct ctx *cx, struct json_out *j);
/* Whether it is worth the same on all days from first to last. */
bool rates_steady(const struct rates *r, const char *currency, const char *first, const char *last);

/* a + b, as far as numbers go: absurd amounts must not wrap around. */
int64_t rates_add(int64_t a, int64_t b);

/* ["JPY"] */
void rates_write_lacking(const struct rates *r, struct json_out *j);
