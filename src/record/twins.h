/* twins - records of one entity that are the same firm or person, found over
 * the whole store.
 *
 * Looking for them is work in the background: every record is taken apart
 * (record/alike.h), those that share something are compared, those that are
 * likely the same form groups.  It only reads until it writes the groups, in
 * short transactions; the groups of the search before stand until then.  After
 * a crash it starts again by itself.
 *
 * Groups are compared anew whenever they are shown, so that they tell the
 * present: whoever was changed, removed, merged or said to be another since is
 * no longer in them, and nobody sees a record that he may not see. */
#pragma once

#include "record/import.h"

/* The host is that of imports.
 *
 * PROBLEM_FORBIDDEN  this user may not write such records
 * PROBLEM_INVALID    entity: nothing says when two of it are the same
 * PROBLEM_CONFLICT   it is being done */
bool twins_find(struct ctx *cx, const struct import_host *host, const struct entity *of);
/* PROBLEM_CONFLICT when none is being done. */
bool twins_stop(struct ctx *cx, const struct entity *of);
/* {"entity","state":"none|running|stopping|done|stopped|failed","at",
 * "ended_at","progress":{"phase","done","all","groups"}} */
bool twins_write_run(struct ctx *cx, struct json_out *j, const struct entity *of);
/* At start: what a crash left running starts again. */
void twins_resume(const struct import_host *host);

/* {"items":[{"id","entity","score","reasons","records":[...],"pairs":[{"a",
 * "b","score","reasons"}]}],"next","names"}, likeliest first. */
struct twins_ask {
	const struct entity *of;
	const char *cursor;
	size_t limit;
};
bool twins_write(struct ctx *cx, struct json_out *j, const struct twins_ask *ask);

/* The members of a group that this user may see, as one answer shows them
 * together: those given must be among them. */
bool twins_members(struct ctx *cx, int64_t group_id, struct record ***members, size_t *n);

/* Whether something tells two records of it apart: a firm's name or a person's. */
bool twins_knows(const struct entity *of);
