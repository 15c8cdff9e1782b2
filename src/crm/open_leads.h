/* open_leads - how many leads one person can look after (S5.18, C22).
 *
 * Beyond open_leads_warning of the settings whoever makes or gives a lead is
 * warned, never stopped, and shown which ones could be parked: the longest
 * silent first. */
#pragma once

#include "record/record.h"

/* The open leads of one owner, as far as a thousand beyond the limit. */
struct open_leads {
	int64_t owner_id, n, limit;
};
/* leaving_out: one not counted, 0 for none. */
bool open_leads_count(struct ctx *cx, int64_t owner_id, int64_t leaving_out, struct open_leads *o);

/* For the lead's check: this operation gives the lead to its owner. */
void open_leads_note(struct ctx *cx, const struct record *lead);
/* After it: the further member of "warnings", where the owner has too many. */
bool open_leads_warn(struct ctx *cx, struct json_out *j, const struct record *lead);
/* The same for somebody who is given an opportunity, or many leads at once. */
bool open_leads_warn_owner(struct ctx *cx, struct json_out *j, int64_t owner_id);
/* Of all whom this import gave leads. */
bool open_leads_warn_import(struct ctx *cx, struct json_out *j, int64_t op_id);

/* {"owner_id","open","limit","items":[{"lead":{},"reason","silent_days"}]}:
 * up to 20.  owner_id 0: the caller himself. */
bool open_leads_write_parkable(struct ctx *cx, struct json_out *j, int64_t owner_id);
