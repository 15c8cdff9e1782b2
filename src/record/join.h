/* join - several records that are the same become one.
 *
 * One survives.  Its empty fields are filled from the others, a choice may be
 * made field by field, other phones and e-mails go to its further ones.  Every
 * link of any record that led to the others leads to it.  The others stay in
 * the store, marked removed, with merged_into_id: old links lead on.  All of
 * it is one operation, and is taken back like any other (record/op.h): at any
 * later time, field by field. */
#pragma once

#include "record/record.h"

enum { JOIN_MAX = 100 };

/* The records while they become one. */
struct joining {
	struct record *survivor;
	struct record **others;
	size_t n;
	/* an entity's join may say that the survivor's fields stay as they are:
	 * a key of locales that says why, or NULL */
	const char *keeps;
};

struct join_ask {
	const struct entity *of;
	int64_t id; /* the one that survives */
	const int64_t *with;
	size_t n;
	const json_t *fields;	/* {"email":ID,"description":"all"}, or NULL */
	const json_t *versions; /* {"ID":3,...} as the caller knows them, or NULL */
};

/* PROBLEM_NOT_FOUND  one of them is not there, or not for this user
 * PROBLEM_FORBIDDEN  he may not write the survivor, or not remove the others
 * PROBLEM_INVALID    with, fields: what is wrong with them
 * PROBLEM_CONFLICT   they cannot be one (the entity's join says why), or one
 *                    was changed since the versions given */
bool record_join(struct ctx *cx, const struct join_ask *ask, struct record **survivor);

/* The same without writing: {"possible","why","records","result","fields",
 * "links","versions","pairs","names"} (see doc/API.md). */
bool join_write_preview(struct ctx *cx, struct json_out *j, const struct join_ask *ask);

/* Where a merged record went in the end: itself when it was not merged. */
bool join_survivor(struct ctx *cx, const struct entity *of, int64_t id, int64_t *survivor);
