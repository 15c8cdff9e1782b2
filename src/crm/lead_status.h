/* lead_status - the statuses of a lead's way, in the firm's own words.
 *
 * Any number of rows over five fixed types: open, frozen, qualified,
 * not_interested, abandoned. */
#pragma once

#include "crm/entities.h"
#include "record/record.h"

/* The first active one of a type, by position; NULL when there is none. */
bool lead_status_first(struct ctx *cx, const char *type, struct record **status);

/* One that is there: PROBLEM_INVALID on status_id when it is not,
 * PROBLEM_CONFLICT when it is not active. */
bool lead_status_load(struct ctx *cx, int64_t id, struct record **status);

/* Its name in the caller's language. */
const char *lead_status_name(struct ctx *cx, const struct record *status);
