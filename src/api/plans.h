/* plans - the body of a next action, the same for leads and opportunities. */
#pragma once

#include "api/api.h"
#include "crm/next_action.h"

bool read_plan(struct ctx *cx, const struct api_call *call, struct plan *plan);
