/* opportunity - a negotiation: something a company or a person may buy.
 *
 * It stands in one of the stages and is open until it is won or lost; while
 * open it has exactly one next action. */
#pragma once

#include "crm/entities.h"
#include "crm/next_action.h"
#include "record/record.h"

/* Every verb loads the opportunity with the user's right to write it
 * (PROBLEM_NOT_FOUND, PROBLEM_FORBIDDEN) and leaves it, as stored, in its
 * last argument. */

struct stage_move {
	int64_t stage_id;
	const json_t *fields; /* changed with it: what the stage asks for; NULL: none */
};

/* To another active stage, of the same pipeline or another.
 *
 * PROBLEM_INVALID    stage_id: there is no such stage; or a field that the
 *                    stage, or one before it, asks for is empty
 * PROBLEM_CONFLICT   the opportunity is not open, or the stage not active */
bool opportunity_move(
	struct ctx *cx, int64_t id, const struct stage_move *to, struct record **opportunity);

/* PROBLEM_CONFLICT   the opportunity is not open
 * PROBLEM_INVALID    at, kind, note */
bool opportunity_next_action(
	struct ctx *cx, int64_t id, const struct plan *plan, struct record **opportunity);

struct win {
	const struct val *amount;	  /* cents; NULL: as it is */
	const char *closed_on;		  /* a local day, not in the future; "": now */
	const char *customer_code;	  /* "": of the series, where one is needed */
	const struct val *renewal_months; /* NULL: as it is; 0: none */
	const char *renewal_on;		  /* a local day; "": none; NULL: as it is */
};

struct win_outcome {
	struct record *opportunity, *company; /* company NULL: a person's */
	struct record *renewal;		      /* NULL: none */
	bool became_customer, propose_potential;
};

/* Won.  A company's first win makes it a customer, with the customer code
 * given or the next of the series.
 *
 * With a renewal (a day, or a number of months after the closing) the same
 * operation makes the opportunity that renews it: a copy in Stand-by until
 * renewal_notice_days before that day, linked by renewal_of_id, which renews
 * itself by the same months when it is won (S5.35).  An opportunity has one
 * renewal at most: won again after a reopening, it keeps the one that is
 * there.  Undoing the win takes the renewal back, and is refused with the
 * conflict listed when somebody has worked on it since.  Losing makes none.
 *
 * PROBLEM_CONFLICT   it is not open; the customer code is taken
 * PROBLEM_INVALID    amount, closed_on; customer_code given for a company
 *                    that has one, or where there is no company;
 *                    renewal_months, renewal_on not after the closing */
bool opportunity_win(struct ctx *cx, int64_t id, const struct win *win, struct win_outcome *made);

/* Lost, for a reason.
 *
 * PROBLEM_INVALID    reason is missing or too long
 * PROBLEM_CONFLICT   it is not open */
bool opportunity_lose(struct ctx *cx, int64_t id, const char *reason, struct record **opportunity);

/* Open again, To do at once.  When it was its company's only win,
 * propose_potential says that the company may go back to potential
 * (company_potential); it does not by itself (C12).  A renewal nobody has
 * touched is taken back with it; one that was worked on stays.
 *
 * PROBLEM_CONFLICT   it is open already */
bool opportunity_reopen(struct ctx *cx, int64_t id, struct win_outcome *made);

struct duplicate {
	const char *name, *close_on; /* "" for as it is */
	const struct val *amount;    /* cents; NULL: as it is */
};

/* An open copy in the first stage, To do, for the same company or person,
 * linked by duplicate_of_id (S5.36).  What was said and done stays with the
 * original; a close date that has passed is not copied.  The copy's owner is
 * the original's, where the user may give it to him, else the user.
 *
 * PROBLEM_NOT_FOUND  no such opportunity, or not for this user
 * PROBLEM_INVALID    name, close_on, amount
 * PROBLEM_CONFLICT   it was removed */
bool opportunity_duplicate(
	struct ctx *cx, int64_t id, const struct duplicate *how, struct record **copy);

/* What an opportunity has from its first moment: name, stage, probability,
 * currency, owner, next action. */
bool opportunity_complete(struct ctx *cx, struct record *opportunity);
