/* sheet_parts - what the two forms of a sheet share. */
#pragma once

#include "base/buf.h"
#include "table/sheet.h"

struct workbook;

struct sheet {
	struct ctx *cx;
	enum sheet_form form;
	struct sheet_to to;
	size_t columns, tables;
	struct buf line, coded; /* texts under way, used again and again */
	struct workbook *book;
};

/* Pass bytes on; what was wrong is said when nobody did. */
bool sheet_pass(struct sheet *s, const char *bytes, size_t n);

/* sheet_xlsx.c: the same steps for a workbook. */
bool workbook_begin(struct sheet *s);
bool workbook_table(struct sheet *s, const char *name, const char *const *headings);
bool workbook_row(struct sheet *s, const struct cell *cells);
bool workbook_end(struct sheet *s);
