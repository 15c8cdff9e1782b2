/* table - a file of rows, whatever wrote it: text with separators (base/csv.h),
 * or a sheet of an XLSX or ODS workbook.
 *
 * What a file is, its bytes say, not its name.  A workbook is unpacked and read
 * as a stream: a row at a time, whatever its size; no more than the texts that
 * an XLSX shares between cells is held.  What could be a trap is refused: a
 * document type (entities), more than 1 GiB when unpacked, a token or a cell
 * without end, an encrypted or a broken archive.
 *
 * Cells come as people see them, but in one form: dates as 2026-01-31 or
 * 2026-01-31 09:30:00 where the cell's number format says that a number is one,
 * booleans as TRUE and FALSE, numbers with a point and without exponents, a
 * percentage with its sign, of a formula the value that was last counted.  A
 * text that begins with = is a text.
 *
 * Life: as csv's.  What a table holds belongs to the arena given to table_open,
 * a row's cells to the arena given to table_next. */
#pragma once

#include "base/csv.h"

struct table;

/* sheet: its name, or its number from 1; NULL or "": the first that is not
 * hidden.  NULL with *why, a key of locales, when the file is no table:
 * table.old_excel table.encrypted table.broken table.no_sheets table.xlsb
 * table.bomb table.trap table.no_sheet table.xml table.not_text table.empty */
struct table *table_open(
	struct arena *mem, const char *bytes, size_t n, const char *sheet, const char **why);
/* As csv_next; of a workbook also table.trap, table.bomb, table.broken,
 * table.rows. */
enum csv_result table_next(
	struct table *t, struct arena *mem, struct csv_row *row, const char **why);
/* "utf-8" ..., "xlsx", "ods"; the separator of a text, ';' for a workbook. */
const char *table_encoding(const struct table *t);
char table_separator(const struct table *t);
/* The sheets of a workbook in their order, and which one is read; none of a
 * text. */
struct table_sheet {
	const char *name;
	bool is_hidden;
};
size_t table_sheets(const struct table *t, const struct table_sheet **sheets);
const char *table_sheet_read(const struct table *t); /* "" of a text */
