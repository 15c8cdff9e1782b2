/* lead_temperature - is a lead hot, warm or cold? (S3.10-S3.17, C14)
 *
 * It follows from facts: an explicit purchase request makes it hot, an answer
 * of somebody who matches the profile too, for a while; silence makes it cold.
 * The facts come from its activities and from the campaigns that it answered
 * (last_activity_at, last_answer_at, purchase_request_at), and from them two instants, hot_until
 * and warm_until, are reckoned whenever one of them changes.  Whether it is hot now is asked of the
 * clock; no job cools it.  How many days are settings of the firm.
 *
 * A lead that is concluded as qualified is hot; frozen, not interested and
 * abandoned ones are cold.  temperature_override, with its reason, overrules
 * the facts of open and frozen ones. */
#pragma once

#include "record/record.h"

extern const struct choice temperatures[]; /* cold, warm, hot */

/* How many days of the settings; read once. */
struct heat {
	int64_t hot_days, answer_days, cold_days;
};
bool heat_load(struct ctx *cx, struct heat *heat);

/* For the lead's check: its facts as they stand in the store, and what follows
 * from them.  PROBLEM_INVALID when it is overruled without a reason. */
bool temperature_settle(struct ctx *cx, const struct heat *heat, struct record *lead);
/* hot_until and warm_until from the facts in hand. */
void temperature_reckon(const struct heat *heat, struct record *lead);

/* For the check of an activity or a touch: the facts of the lead it is about,
 * and of the one it was about before. */
bool temperature_hear(struct ctx *cx, const struct record *rec);

/* The word for it now. */
const char *temperature_now(struct ctx *cx, const struct record *lead);
/* The lead's filter: " and ..." for the word. */
bool temperature_where(
	struct ctx *cx, const struct by_clock *by, struct buf *sql, struct args *args);

/* {"temperature","text","why":["..."],"overruled":false,"until"} */
bool temperature_write(struct ctx *cx, struct json_out *j, int64_t lead_id);
