/* stage - the steps of a negotiation, in the firm's own words.
 *
 * Each belongs to a pipeline, and may name fields that an opportunity must
 * have filled before it gets so far. */
#pragma once

#include "crm/entities.h"
#include "record/record.h"

/* The first active one of a pipeline (0: of the first) by position; NULL when
 * there is none. */
bool stage_first(struct ctx *cx, int64_t pipeline_id, struct record **stage);
/* One that is there: PROBLEM_INVALID on stage_id when it is not,
 * PROBLEM_CONFLICT when it is not active. */
bool stage_load(struct ctx *cx, int64_t id, struct record **stage);
/* The opportunity has what this stage and those before it ask for:
 * PROBLEM_INVALID on each field that is empty. */
bool stage_is_ready(struct ctx *cx, const struct record *opportunity, const struct record *stage);
