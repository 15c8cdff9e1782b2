/* lead_win - a lead ends in one step: won or lost.
 *
 * For teams that sell to the lead itself (the firm's simple_mode, C9), and
 * legal for all: a lead won is converted as its data suggest, and its
 * opportunity won, by one operation that is undone as one. */
#pragma once

#include "crm/conversion.h"
#include "crm/opportunity.h"

struct lead_win_outcome {
	struct conversion_outcome made; /* as they were converted */
	struct win_outcome won;		/* as they stand now */
};

/* A frozen lead is concluded as qualified first.  Whoever wins needs the
 * rights of conversion and of winning.
 *
 * PROBLEM_NOT_FOUND, PROBLEM_FORBIDDEN
 * PROBLEM_CONFLICT   it is converted already, not interested or abandoned;
 *                    the customer code is taken
 * PROBLEM_INVALID    what lead_convert and opportunity_win say */
bool lead_win(struct ctx *cx, int64_t id, const struct win *win, struct lead_win_outcome *outcome);

/* Concluded as the first active status of type not_interested.
 *
 * PROBLEM_INVALID    reason is missing or too long
 * PROBLEM_CONFLICT   it is converted, or not interested already; or there is
 *                    no such status */
bool lead_lose(struct ctx *cx, int64_t id, const char *reason, struct record **lead);
