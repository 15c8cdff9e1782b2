/* stay - how long a record stood in a step of its way.
 *
 * A lead goes through statuses, an opportunity through stages.  When one
 * leaves a step, the stay is written down: which step, from when to when.
 * What stands there follows from the record alone: going on ends a stay, going
 * back (an undo) takes away those that began since.  A stay belongs to its
 * record: it is counted under the record's owner, and not while that is
 * removed. */
#pragma once

#include "record/record.h"

/* A record's present step, 0: none yet; since when; and when it ended its way
 * there (0: it has not). */
struct stand {
	int64_t step_id, since, until;
};

struct stay {
	int64_t step_id, entered_at, left_at;
};

/* All of a record's, the earliest first, as its history tells them. */
bool stays_of(struct ctx *cx, const struct record *rec, struct stay **stays, size_t *n);
/* Since when it stands in its present step, by its history. */
bool stay_since(struct ctx *cx, const struct record *rec, int64_t *since);
