/* opportunity_parts - what the verbs of opportunities share. */
#pragma once

#include "crm/opportunity.h"

bool opportunity_must_be_open(struct ctx *cx, const struct record *opportunity);
/* It stands in this stage, and so in its pipeline. */
void opportunity_enter(struct record *opportunity, const struct record *stage);
/* No next action any more, from closed_at on. */
void opportunity_close(struct record *opportunity, const char *state, int64_t closed_at);
