/* timeline - all that happened with a record, newest first: activities and
 * changes; a company's holds its contacts', its opportunities' and those of
 * the leads it came from. */
#pragma once

#include "record/record.h"

struct timeline_ask {
	const struct entity *of;
	int64_t id;
	size_t limit;	    /* 0: LIST_DEFAULT; at most LIST_MAX */
	const char *cursor; /* "" or NULL: the newest */
};

/* {"items":[...],"next"}
 *
 * PROBLEM_NOT_FOUND  no such record, or not for this user
 * PROBLEM_INVALID    limit, cursor */
bool timeline_write(struct ctx *cx, struct json_out *j, const struct timeline_ask *ask);
