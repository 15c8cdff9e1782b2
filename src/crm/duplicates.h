/* duplicates - who is there already: leads, companies and contacts that share
 * an identifier with what is being typed. */
#pragma once

#include "record/record.h"

/* {"items":[{"entity","id","title","subtitle","why","score","reasons"}]}; like
 * need not be stored. */
bool duplicates_write(struct ctx *cx, struct json_out *j, const struct record *like);

/* "They are not the same": of the members of a group (record/twins.h) that are
 * given, all when n is 0, each pair; with only, the pairs of that one alone.
 * *said is how many are new.
 *
 * PROBLEM_NOT_FOUND  no such group, or not for this user
 * PROBLEM_INVALID    ids, only: not in it */
struct dismissal {
	int64_t group_id, only;
	const int64_t *ids;
	size_t n;
};
bool duplicates_dismiss(struct ctx *cx, const struct dismissal *what, int64_t *said);
