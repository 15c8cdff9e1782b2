/* kpi - the figures: leads generated and converted, what was won, and who
 * contributed (C15, C16). */
#pragma once

#include "record/record.h"

struct kpi_ask {
	const char *from, *to;	     /* local days, both included; NULL: this year */
	int64_t owner_id, source_id; /* 0: any */
};

/* PROBLEM_INVALID    from or to is no day, or to comes before from */
bool kpi_write(struct ctx *cx, struct json_out *j, const struct kpi_ask *ask);
