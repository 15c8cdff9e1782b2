/* workbook - XLSX and ODS files made by hand, good and hostile. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A zip of parts: name, text, name, text, ... NULL. */
struct zipped {
	const char *bytes;
	size_t n;
};
struct zipped zip_of(struct arena *mem, const char *const *parts);
/* A workbook of one sheet "Foglio1" (rows: what stands in sheetData), with
 * shared texts "uno", "due" and styles: 1 a date, 2 a time, 3 a percentage, 4
 * five zeros, 5 a date of its own code. */
struct zipped xlsx_of(struct arena *mem, const char *rows);
/* tables: what stands in office:spreadsheet. */
struct zipped ods_of(struct arena *mem, const char *tables);
