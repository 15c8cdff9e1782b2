/* csv - tables in text, as the world writes them (RFC 4180 and its kin).
 *
 * Reads UTF-8 with or without BOM, UTF-16 either way (with BOM, or guessed
 * from its zero bytes), Windows-1252 otherwise; separators , ; tab and |,
 * guessed from the first lines, or said by a first line "sep=;"; cells in
 * quotes with line breaks and doubled quotes inside.  The whole text is in
 * memory (at most 100 MiB come in at the door); rows are cut out one by one,
 * so a million rows cost no more than the text.
 *
 * Life: csv_open, csv_next until CSV_END; what it holds belongs to the arena
 * given to csv_open, a row's cells to the arena given to csv_next. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct csv;

enum csv_result { CSV_ROW, CSV_END, CSV_BROKEN };

struct csv_row {
	const char *const *cells; /* count of them; empty cells are "" */
	size_t count;
	int64_t line; /* where the row begins in the file, from 1 */
};

struct csv *csv_open(struct arena *mem, const char *bytes, size_t n);
/* "utf-8", "utf-16le", "utf-16be", "windows-1252", and the separator. */
const char *csv_encoding(const struct csv *c);
char csv_separator(const struct csv *c);
/* Wholly empty lines are passed over.  CSV_BROKEN: a quote that never ends,
 * a cell over 1 MiB, more than 1,000 columns, a NUL; reading ends there and
 * why is a key of locales (csv.quote, csv.cell, csv.columns, csv.nul). */
enum csv_result csv_next(struct csv *c, struct arena *mem, struct csv_row *row, const char **why);
/* Bytes read so far, of all: for progress. */
void csv_progress(const struct csv *c, size_t *done, size_t *all);

/* One cell for output, quoted when it must be; a leading = + - @ tab or CR
 * gets a ' in front so that no spreadsheet runs it, except numbers and phone
 * numbers such as "+39 02 1234" and "-12,50" (digits, blanks and . , / ( ) -
 * only).  csv_next does not take the ' back: import does (csv_unguard). */
void csv_add_cell(struct buf *out, const char *s, char separator);
/* The cell without the guard that csv_add_cell put there. */
const char *csv_unguard(const char *s);
