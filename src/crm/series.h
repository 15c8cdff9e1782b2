/* series - numbers given in order: customer codes, later documents.
 *
 * A pattern such as "C{n:5}" or "C{year}-{n:4}"; with {year} the count begins
 * again each year. */
#pragma once

#include "crm/entities.h"
#include "record/record.h"

/* The one that codes of customers come from: it keeps its name and stays. */
#define SERIES_CUSTOMERS "customer_code"

/* The next text of the series of that name, inside an operation: what fails
 * later gives the number back.
 *
 * PROBLEM_CONFLICT   there is no such series */
bool series_next(struct ctx *cx, const char *name, const char **text);

/* Whether a pattern can be used: one {n} or {n:digits}, at most one {year}. */
bool series_pattern_is_good(const char *pattern);
