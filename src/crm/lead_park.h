/* lead_park - leads laid aside until a day.
 *
 * A parked lead stands in a status of type frozen, without a next action (C5),
 * and says on which day it comes back to To do.  No clock can do that by
 * itself, since coming back is a change of status: the serving program does
 * it, in the first minute of that day or whenever it runs again after it, as
 * an operation of its own that can be undone. */
#pragma once

#include "record/record.h"

enum { PARK_MAX = 100 };

struct parking {
	const int64_t *ids;
	size_t n;
	const char *until;   /* "2026-01-31", after today */
	const char *note;    /* "": none; the note of the next action when it is back */
	int64_t campaign_id; /* whose message it gets meanwhile (C14); 0: none */
};

/* All of them by one operation, or none.
 *
 * PROBLEM_NOT_FOUND, PROBLEM_FORBIDDEN
 * PROBLEM_INVALID    until, note; campaign_id: no such one, or ended
 * PROBLEM_CONFLICT   one is concluded or converted; there is no active status
 *                    of type frozen */
bool lead_park(struct ctx *cx, const struct parking *p, struct record ***leads);

/* One lead whose day has come goes back to the first open status, To do at
 * once; nothing when there is none.  Safe to run twice, and at once on several
 * programs. */
bool lead_return(struct ctx *cx);
bool lead_return_is_due(struct ctx *cx);
