/* money - whole cents inside, decimals at the doors; and other numbers that are
 * kept as so many parts of a unit: 6 places are millionths. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MONEY_TEXT = 32 };

/* A JSON number's text ("1234.5", "-0.05", "12e2") to cents, exactly; false
 * when it has more than 2 fraction digits that are not 0, or is beyond
 * +-90 trillion units (MONEY_MAX cents). */
#define MONEY_MAX INT64_C(9000000000000000)
bool money_read(const char *decimal, int64_t *cents);

/* As people write it: "1.234,56", "1234,56", "1234.56", "1,234.56",
 * "€ 1.234", "1.234 EUR", "(12,50)", "2 mln", "3,5k"; "1.234" is a thousand,
 * as in Italy.  false when it is no amount. */
bool money_read_typed(const char *typed, int64_t *cents);

/* A whole number as typed: "1.234" -> 1234. false when it has a fraction. */
bool number_read_typed(const char *typed, int64_t *n);

/* The same of a number with so many places (0 to 6).  As typed, a separator
 * that stands alone begins the fraction: "1.085" is one and a bit to all. */
bool decimal_read(const char *decimal, int places, int64_t *whole);
bool decimal_read_typed(const char *typed, int places, int64_t *whole);
/* "1.0856", "0.9", "1"; MONEY_TEXT long. */
void decimal_write(int64_t whole, int places, char *text);

void money_write(int64_t cents, char *text); /* "1234.50"; MONEY_TEXT long */

/* cents * rate / per (above 0), half away from zero. */
int64_t money_convert(int64_t cents, int64_t rate, int64_t per);

/* ISO 4217, three capital letters in use today. */
bool currency_is_known(const char *code);
/* The nth of them, in order, from 0; false when there are fewer. */
bool currency_at(size_t n, char code[4]);
