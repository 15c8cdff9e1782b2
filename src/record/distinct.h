/* distinct - two records that look the same and are not: somebody said so, and
 * is not asked again.
 *
 * What was said is a record itself (entity "distinction": entity, first_id <
 * second_id), so that it stands in the history and can be taken back. */
#pragma once

#include "record/record.h"

struct distinct_pair {
	int64_t a, b;
};

/* Those said among these records, whoever said it. */
bool distinct_among(struct ctx *cx, struct record *const *records, size_t count,
	struct distinct_pair **pairs, size_t *n);

/* Say it of two of one entity, inside an operation; nothing when it was said.
 * *said: it is new. */
bool distinct_say(struct ctx *cx, const struct entity *of, struct distinct_pair pair, bool *said);

/* One becomes part of another: what was said of it holds of the other. */
bool distinct_carry(struct ctx *cx, const struct record *from, const struct record *to);
