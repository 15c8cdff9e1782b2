/* agenda - To do and Stand-by: open leads and opportunities by next action. */
#pragma once

#include "record/record.h"

struct agenda_ask {
	const char *list;   /* "todo", "standby"; NULL: todo */
	const char *who;    /* "me", "team", "all"; NULL: me */
	size_t limit;	    /* 0: LIST_DEFAULT; at most LIST_MAX */
	const char *cursor; /* "" or NULL: the first page */
};

/* {"items":[...],"next","todo","todo_is","standby","standby_is"}
 *
 * PROBLEM_INVALID    list, who, limit or cursor */
bool agenda_write(struct ctx *cx, struct json_out *j, const struct agenda_ask *ask);

/* For the board too: " and t.owner_id in (...)" for who; false and
 * PROBLEM_INVALID when it is no such word.  NULL: me. */
bool who_where(struct ctx *cx, const char *who, struct buf *sql, struct args *args);
