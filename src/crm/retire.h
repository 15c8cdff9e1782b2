/* retire - a status or a stage goes, and what stands in it moves on first.
 *
 * Nothing that is still being worked may stand in a step that is not there:
 * its leads or opportunities are moved to another one, and then the step is
 * removed; all of it one operation, that can be undone. */
#pragma once

#include "record/record.h"

struct retirement {
	const struct entity *of; /* lead_status_entity or stage_entity */
	int64_t id, to;		 /* to 0: nothing may stand in it */
	struct record *step;	 /* as removed */
	int64_t moved;
};

/* For administrators.
 *
 * PROBLEM_NOT_FOUND  no such step
 * PROBLEM_INVALID    to: something stands in it and to is 0; no such step, the
 *                    same one, of another pipeline, or a status of a type that
 *                    leads may not be moved to
 * PROBLEM_CONFLICT   it is the last of its kind, or others name it */
bool step_retire(struct ctx *cx, struct retirement *r);
