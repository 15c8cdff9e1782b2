/* ended_by - who converted a lead, who closed an opportunity: a link to the
 * user that stands beside the instant when it was done, and goes with it. */
#pragma once

#include "record/record.h"

/* Without the instant there is nobody either.  Always true. */
bool ended_by_settle(struct record *rec, const char *when, const char *who);

/* Of before it was written down: who did it as the history tells, by the last
 * such operation that nobody took back. */
bool ended_by_find(struct ctx *cx, struct record *rec, const char *when, const char *who);
