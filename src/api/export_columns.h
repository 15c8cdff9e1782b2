/* export_columns - which columns a list is taken away with, and what a record
 * says in them.  For files of this room. */
#pragma once

#include "api/export.h"
#include "crm/prospect.h"

struct export_column {
	const char *name, *label;
	enum { FROM_ID, FROM_TITLE, FROM_CREATED, FROM_UPDATED, FROM_FIELD, FROM_CELLS } from;
	const struct field *field;
	size_t at; /* of the field, or of the list's own columns */
};

struct export_columns {
	const struct entity *of, *users;
	struct export_column *c;
	size_t n;
	int64_t list_id; /* rows of this sheet alone; 0: not so */
	const struct prospect_own *own;
	size_t own_n;
};
bool export_columns_read(struct ctx *cx, const struct entity *of, const struct export *e,
	struct export_columns *columns);

/* The titles of all that these records link to, in a few questions. */
bool export_names(struct ctx *cx, const struct export_columns *columns, struct record *const *rows,
	size_t n, struct names **names);
void export_cells(struct ctx *cx, const struct export_columns *columns, const struct names *names,
	const struct record *rec, struct cell *cells);
