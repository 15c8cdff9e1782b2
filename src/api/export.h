/* export - all records of an entity as CSV, a page at a time: no more than a
 * page is in memory, however many there are. */
#pragma once

#include "record/list.h"

/* out takes each piece in turn; false from it ends the export.  The filters are
 * those of a list; only what the user may take away is in it.
 *
 * PROBLEM_FORBIDDEN  he may take away none of them */
struct export
{
	const struct entity *of;
	const struct params *filters;
	bool (*out)(void *arg, const char *text, size_t n);
	void *arg;
};
bool export_write(struct ctx *cx, const struct export *e);
