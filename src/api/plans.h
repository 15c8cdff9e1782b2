/* plans - bodies that leads and opportunities share: the next action, the win. */
#pragma once

#include "api/api.h"
#include "crm/next_action.h"
#include "crm/opportunity.h"

bool read_plan(struct ctx *cx, const struct api_call *call, struct plan *plan);

/* The win, and the values that it points to. */
struct said_win {
	struct win win;
	struct val amount, months;
};
bool read_win(struct ctx *cx, const struct api_call *call, struct said_win *said);
