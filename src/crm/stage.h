/* stage - the steps of a negotiation, in the firm's own words. */
#pragma once

#include "crm/entities.h"
#include "record/record.h"

/* The first active one by position; NULL when there is none. */
bool stage_first(struct ctx *cx, struct record **stage);
/* One that is there: PROBLEM_INVALID on stage_id when it is not,
 * PROBLEM_CONFLICT when it is not active. */
bool stage_load(struct ctx *cx, int64_t id, struct record **stage);
