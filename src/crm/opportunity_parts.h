/* opportunity_parts - what the verbs of opportunities share. */
#pragma once

#include "crm/opportunity.h"

bool opportunity_must_be_open(struct ctx *cx, const struct record *opportunity);
/* No next action any more, from closed_at on. */
void opportunity_close(struct record *opportunity, const char *state, int64_t closed_at);
