/* firm - what the workspace itself decides for its records. */
#pragma once

#include "record/record.h"

/* The currency the firm counts in. */
bool firm_currency(struct ctx *cx, const char **code);
/* A sum of money without a currency is in the firm's own. */
bool currency_beside(struct ctx *cx, struct record *rec, const char *money, const char *currency);
/* A record without an owner is its creator's; the program's own are the first
 * user's. */
bool owner_complete(struct ctx *cx, struct record *rec);
