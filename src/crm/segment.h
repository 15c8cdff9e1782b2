/* segment - a filter of a list with a name: a view to come back to, and whom a
 * campaign is for.
 *
 * What is kept is the list's query string; who is in it is asked anew each
 * time, within the reach of who asks. */
#pragma once

#include "crm/entities.h"
#include "record/list.h"

/* The people in it below an id (0: from the newest), newest first. */
bool segment_page(struct ctx *cx, const struct record *segment, int64_t below, size_t limit,
	struct page *page);
