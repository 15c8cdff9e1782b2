/* board - the pipeline on one screen: leads by status, opportunities by
 * stage. */
#pragma once

#include "record/record.h"

struct board_ask {
	const char *who;     /* "me", "team", "all"; NULL: all one may see */
	const char *q;	     /* words to search, or NULL */
	const char *column;  /* "lead:12": only that one; NULL: all */
	int64_t pipeline_id; /* whose stages; 0: of all that are active */
	int64_t after;	     /* go on after this record of the column; 0: no */
	size_t limit;	     /* cards a column; 0: LIST_DEFAULT */
};

/* {"columns":[...]}.
 *
 * PROBLEM_INVALID    who, column, limit */
bool board_write(struct ctx *cx, struct json_out *j, const struct board_ask *ask);
