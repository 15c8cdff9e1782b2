/* suppression - addresses that nobody may write to for marketing any more.
 *
 * Only a hash of the address is kept, in a table of its own: so it outlives
 * the records, and whoever reads the table learns no address.  Each time one
 * is put there or taken out again stands in a second table: when, by whom, and
 * why. */
#pragma once

#include "base/ctx.h"
#include "base/json.h"
#include "db/db.h"

/* The hash of an address, without case. */
const char *suppression_hash(struct ctx *cx, const char *email);
bool suppression_has(struct ctx *cx, const char *hash, bool *has);
/* Inside a transaction; why is a word: "left", "by_hand"; reason is a person's,
 * or "".  One that is there already stays as it is. */
bool suppression_put(struct ctx *cx, const char *hash, const char *why, const char *reason);

/* The verbs of people.
 *
 * PROBLEM_INVALID  reason: too long; to take an address out it is needed */
bool suppression_add(struct ctx *cx, const char *email, const char *reason);
bool suppression_lift(struct ctx *cx, const char *email, const char *reason);

/* {"suppressed":true|false,"why","at","history":[{"id","what":"left|by_hand|lifted",
 * "reason","at","user_id","user"}]}, newest first. */
bool suppression_write(struct ctx *cx, struct json_out *j, const char *email);
/* {"count","items":[the same, with "mark", the hash's beginning],"next"}: the
 * newest of all, below an id (0: from the newest). */
bool suppression_write_page(struct ctx *cx, struct json_out *j, int64_t before, size_t limit);
