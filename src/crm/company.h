/* company - a firm, public body or association: a potential customer, and
 * from its first won opportunity on a customer with a code. */
#pragma once

#include "crm/entities.h"
#include "record/record.h"

/* A customer without any won opportunity back to potential: a generated code
 * is given up, one from the ERP is remembered for the next win (C11, C12).
 *
 * PROBLEM_NOT_FOUND, PROBLEM_FORBIDDEN
 * PROBLEM_CONFLICT   it is potential already, or has a won opportunity */
bool company_potential(struct ctx *cx, int64_t id, struct record **company);

/* For opportunity_win: a customer from now on, if not already.  code "": the
 * one it had from the ERP, else the next of the series.
 *
 * PROBLEM_CONFLICT   the code is taken
 * PROBLEM_INVALID    customer_code: it has another one already */
bool company_become_customer(
	struct ctx *cx, struct record *company, const char *code, bool *became);

/* How many opportunities of this company are won. */
bool company_wins(struct ctx *cx, int64_t id, int64_t *n);

bool company_complete(struct ctx *cx, struct record *company);

/* Companies become one (record/join.h): a customer's code and standing win.
 *
 * PROBLEM_CONFLICT   two of them have different customer codes */
bool company_join(struct ctx *cx, struct joining *j);
