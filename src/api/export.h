/* export - a list taken away, as it is asked for: its filters, its order, its
 * columns; as text with separators or as a workbook.  A page at a time, however
 * many there are, all of them as the store stands at one moment. */
#pragma once

#include "record/list.h"
#include "table/sheet.h"

/* Only what the user may read and take away is in it, and of that no field that
 * is hidden from him.  With a filter by one list the rows of a sheet come as
 * they stand in it, and with the list's own columns.
 *
 * PROBLEM_FORBIDDEN  he may take away none of them
 * PROBLEM_INVALID    columns: one that there is not, by name; or as a list */
struct export
{
	const struct entity *of;
	const struct params *filters; /* those of a list, and sort */
	const char *columns;	      /* "email,phone"; NULL: all there are */
	const int64_t *ids;	      /* just those, in that order; NULL: all */
	size_t n;
	enum sheet_form form;
	struct sheet_to to;
};
bool export_write(struct ctx *cx, const struct export *e);
