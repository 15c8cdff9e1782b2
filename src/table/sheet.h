/* sheet - rows written into a file that spreadsheets open: text with separators
 * (base/csv.h), or an XLSX workbook.
 *
 * A file holds one table or several, each with headings of its own: in text one
 * below the other with an empty line between, in a workbook each on a sheet of
 * its name.  More rows than a sheet holds go on on a further sheet, under the
 * same headings.  Rows go out as they come; however many there are, memory
 * holds one.  A workbook is put together in files without a name in SHEET_PLACE.
 *
 * What a cell says comes as it is inside (whole cents, ms UTC) and is written as
 * its form asks: in text as imports read it again, "12,50" or "12.50" by the
 * language, RFC 3339; in a workbook as numbers and dates in the zone of cx with
 * a format of the language.  A text is a text: in a workbook never a formula
 * nor a link, in text guarded (csv_add_cell).
 *
 * Life: sheet_begin, then for each table sheet_table and its rows, sheet_end;
 * one that is not ended is dropped with cx's memory.  cx must outlive it.  false
 * from any of them: where the bytes go there is no room (PROBLEM_UNAVAILABLE),
 * or out() said so. */
#pragma once

#include "base/ctx.h"

struct sheet;

#define SHEET_PLACE "/var/tmp"

enum sheet_form { SHEET_CSV, SHEET_XLSX };

/* "csv", "xlsx"; false when it is neither. */
bool sheet_form_named(const char *word, enum sheet_form *form);
const char *sheet_form_word(enum sheet_form form);
const char *sheet_form_type(enum sheet_form form); /* for Content-Type */

enum cell_kind {
	CELL_NONE,
	CELL_TEXT,
	CELL_INT,
	CELL_MONEY,   /* whole cents */
	CELL_DECIMAL, /* whole millionths */
	CELL_PERCENT, /* 7: seven of a hundred; in text without a sign */
	CELL_RATE,    /* in ten-thousandths: 1234 is 12,34% */
	CELL_DATE,    /* s: "2026-01-31" */
	CELL_TIME,    /* ms since 1970 UTC */
};

struct cell {
	enum cell_kind kind;
	int64_t n;
	const char *s; /* of a text or a date; of a number what text says, NULL: as usual */
};

static inline struct cell cell_text(const char *s)
{
	return (struct cell){ s && *s ? CELL_TEXT : CELL_NONE, 0, s };
}
static inline struct cell cell_of(enum cell_kind kind, int64_t n)
{
	return (struct cell){ kind, n, NULL };
}

/* Where the bytes go, piece by piece; rows: that one sheet holds, headings
 * included (0: as many as Excel opens, 1,048,576). */
struct sheet_to {
	bool (*out)(void *arg, const char *bytes, size_t n);
	void *arg;
	size_t rows;
};

bool sheet_begin(
	struct ctx *cx, enum sheet_form form, const struct sheet_to *to, struct sheet **begun);
/* name: of its sheet, cut to what Excel takes; no two alike. */
bool sheet_table(struct sheet *s, const char *name, const char *const *headings, size_t n);
/* As many cells as there are headings. */
bool sheet_row(struct sheet *s, const struct cell *cells);
bool sheet_end(struct sheet *s);
