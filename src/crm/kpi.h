/* kpi - the figures: leads generated and converted, the way through the
 * phases, what was won and lost, what is to come, and who contributed (S1.16,
 * S1.18, S1.19, S3.1, S3.21-S3.23, C15, C16, C21).
 *
 * Counts and sums are read from what is kept (record/count.h), so they cost
 * the same whatever the number of leads.  Each tells the list that stands
 * behind it, and a sentence that defines it; doc/API.md has the shape. */
#pragma once

#include "record/record.h"
#include "table/sheet.h"

struct kpi_ask {
	const char *from, *to;	     /* local days, both included; NULL: this year */
	int64_t owner_id, source_id; /* 0: any */
	int64_t team_id, campaign_id;
};

/* PROBLEM_INVALID    from or to is no day, or to comes before from; a filter
 *                    that names nothing, or a field hidden from the user */
bool kpi_write(struct ctx *cx, struct json_out *j, const struct kpi_ask *ask);

/* The same as rows of a file: section, line, figure, value, definition. */
bool kpi_export(
	struct ctx *cx, const struct kpi_ask *ask, enum sheet_form form, const struct sheet_to *to);
