/* suppression - addresses that nobody may write to for marketing any more.
 *
 * Only a hash of the address is kept, in a table of its own: so it outlives
 * the records, and whoever reads the table learns no address. */
#pragma once

#include "base/ctx.h"
#include "base/json.h"
#include "db/db.h"

/* The hash of an address, without case. */
const char *suppression_hash(struct ctx *cx, const char *email);
bool suppression_has(struct ctx *cx, const char *hash, bool *has);
/* Inside a transaction; why is a word: "left", "by_hand". */
bool suppression_put(struct ctx *cx, const char *hash, const char *why);
bool suppression_lift(struct ctx *cx, const char *hash);
/* {"suppressed":true|false,"why","at"} */
bool suppression_write(struct ctx *cx, struct json_out *j, const char *email);
