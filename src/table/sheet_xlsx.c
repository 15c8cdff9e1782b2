/* A workbook by libxlsxwriter, in its mode that keeps one row in memory: what
 * is behind it lies in files without a name, and so does the workbook until it
 * is whole. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fold.h"
#include "base/money.h"
#include "table/sheet_parts.h"

/* NAME: characters of a sheet's name; CELL: UTF-16 units of a cell's text;
 * EXACT: numbers below it a double, and Excel, hold to the last digit. */
enum { ROWS = 1048576, NAME = 31, CELL = 32767, WIDTH_MIN = 8, WIDTH_MAX = 60, SPARE = 2 };

#define EXACT INT64_C(1000000000000000)
/* A sheet larger than this would want an archive that not all programs open. */
#define BYTES INT64_C(3000000000)

enum look {
	LOOK_HEAD,
	LOOK_MONEY,
	LOOK_DECIMAL,
	LOOK_PERCENT,
	LOOK_RATE,
	LOOK_DATE,
	LOOK_TIME,
	LOOKS
};

static const char *const looks[LOOKS][LANG_COUNT] = {
	[LOOK_MONEY] = { "#,##0.00", "#,##0.00" },
	[LOOK_DECIMAL] = { "#,##0.00####", "#,##0.00####" },
	[LOOK_PERCENT] = { "0%", "0%" },
	[LOOK_RATE] = { "0.00%", "0.00%" },
	[LOOK_DATE] = { "dd/mm/yyyy", "yyyy-mm-dd" },
	[LOOK_TIME] = { "dd/mm/yyyy hh:mm", "yyyy-mm-dd hh:mm" },
};

struct workbook {
	lxw_workbook *book; /* NULL: written */
	lxw_worksheet *on;
	lxw_format *look[LOOKS];
	int file;
	const char *name; /* of the table, and its headings */
	const char **headings;
	size_t *width;
	size_t parts, row, rows; /* sheets of the table; rows of the one at hand */
	int64_t bytes;
};

/* One that is given up: the library forgets its files. */
static void drop(void *arg)
{
	struct workbook *w = arg;
	lxw_worksheet *one;

	if (w->book) {
		STAILQ_FOREACH(one, w->book->worksheets, list_pointers)
		{
			if (one->optimize_tmpfile)
				fclose(one->optimize_tmpfile);
			one->optimize_tmpfile = NULL;
		}
		lxw_workbook_free(w->book);
	}
	w->book = NULL;
	close(w->file);
}

static bool no_room(struct sheet *s)
{
	return refuse(s->cx, PROBLEM_UNAVAILABLE, "problem.unavailable");
}

static void make_looks(struct workbook *w, enum lang lang)
{
	for (size_t i = 0; i < LOOKS; i++) {
		w->look[i] = workbook_add_format(w->book);
		if (looks[i][lang])
			format_set_num_format(w->look[i], looks[i][lang]);
	}
	format_set_bold(w->look[LOOK_HEAD]);
}

bool workbook_begin(struct sheet *s)
{
	struct workbook *w = s->book = arena_alloc(s->cx->mem, sizeof(*w));
	lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = SHEET_PLACE };

	w->rows = s->to.rows ? s->to.rows : ROWS;
	w->file = open(SHEET_PLACE, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (w->file < 0)
		return no_room(s);
	w->book = workbook_new_opt(textf(s->cx, "/proc/self/fd/%d", w->file), &options);
	if (!w->book)
		abort();
	arena_defer(s->cx->mem, drop, w);
	make_looks(w, s->cx->lang);
	return true;
}

/* What Excel takes for a name, and room for a number behind it. */
static const char *name_of(struct sheet *s, const char *name)
{
	char *plain = arena_dup(s->cx->mem, name), *end = plain;

	for (size_t n = 0; *end && n < NAME - 4; n++) {
		if (strchr("[]:*?/\\'", *end))
			*end = ' ';
		for (end++; ((unsigned char)*end & 0xc0) == 0x80;)
			end++;
	}
	while (end > plain && end[-1] == ' ')
		end--;
	*end = '\0';
	return plain;
}

static void head_cells(struct sheet *s)
{
	struct workbook *w = s->book;

	for (size_t i = 0; i < s->columns; i++)
		worksheet_write_string(w->on, 0, (lxw_col_t)i, w->headings[i], w->look[LOOK_HEAD]);
	worksheet_freeze_panes(w->on, 1, 0);
	worksheet_ignore_errors(w->on, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
	w->row = 1;
	w->bytes = 0;
}

static bool next_part(struct sheet *s)
{
	struct workbook *w = s->book;
	const char *name = w->name;

	if (++w->parts > 1)
		name = textf(s->cx, "%s %zu", name, w->parts);
	w->on = workbook_add_worksheet(w->book, name);
	if (!w->on)
		return no_room(s);
	head_cells(s);
	return true;
}

/* Widths by the longest that stands in the column; the row's arrows on top. */
static void end_part(struct sheet *s)
{
	struct workbook *w = s->book;

	for (size_t i = 0; i < s->columns; i++) {
		size_t width = w->width[i] + SPARE;

		width = width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
		worksheet_set_column(w->on, (lxw_col_t)i, (lxw_col_t)i, (double)width, NULL);
	}
	worksheet_autofilter(w->on, 0, 0, (lxw_row_t)(w->row - 1), (lxw_col_t)(s->columns - 1));
}

bool workbook_table(struct sheet *s, const char *name, const char *const *headings)
{
	struct workbook *w = s->book;

	if (w->on)
		end_part(s);
	w->name = name_of(s, name);
	w->parts = 0;
	w->headings = arena_alloc(s->cx->mem, s->columns * sizeof(*w->headings));
	w->width = arena_alloc(s->cx->mem, s->columns * sizeof(*w->width));
	for (size_t i = 0; i < s->columns; i++) {
		w->headings[i] = arena_dup(s->cx->mem, headings[i]);
		w->width[i] = utf8_length(headings[i]) + SPARE;
	}
	return next_part(s);
}

static void widen(struct workbook *w, size_t column, size_t to)
{
	if (w->width[column] < to)
		w->width[column] = to;
}

/* As much of a text as a cell takes. */
static const char *cut(struct sheet *s, const char *text)
{
	const char *at = text;

	if (strlen(text) <= CELL)
		return text;
	for (size_t units = 0; *at; at++) {
		unsigned char c = (unsigned char)*at;

		if ((c & 0xc0) == 0x80)
			continue;
		units += c >= 0xf0 ? 2 : 1;
		if (units > CELL)
			break;
	}
	s->line.len = 0;
	buf_addn(&s->line, text, (size_t)(at - text));
	return s->line.s;
}

static bool is_code(const char *s)
{
	return !strncmp(s, "_x", 2) && strspn(s + 2, "0123456789abcdefABCDEF") >= 4 && s[6] == '_';
}

/* "_x0041_" is how a workbook writes an A: a text that reads so has its first
 * sign written in that way. */
static const char *without_codes(struct sheet *s, const char *text)
{
	const char *at = strstr(text, "_x");

	while (at && !is_code(at))
		at = strstr(at + 1, "_x");
	if (!at)
		return text;
	s->coded.len = 0;
	for (; *text; text++) {
		buf_add(&s->coded, is_code(text) ? "_x005F" : "");
		buf_addn(&s->coded, text, 1);
	}
	return s->coded.s;
}

static void put_text(struct sheet *s, size_t column, const char *text)
{
	struct workbook *w = s->book;

	worksheet_write_string(
		w->on, (lxw_row_t)w->row, (lxw_col_t)column, without_codes(s, cut(s, text)), NULL);
	w->bytes += (int64_t)strlen(text);
	widen(w, column, utf8_length(text));
}

static void put_number(struct sheet *s, size_t column, double n, lxw_format *look)
{
	worksheet_write_number(s->book->on, (lxw_row_t)s->book->row, (lxw_col_t)column, n, look);
}

/* Excel's calendar has a day that never was: what lies before it is a text. */
static void put_date(struct sheet *s, size_t column, const char *date)
{
	if (!date_is_valid(date) || strcmp(date, "1900-03-01") < 0) {
		put_text(s, column, date);
		return;
	}
	put_number(s, column, (double)date_days("1899-12-30", date), s->book->look[LOOK_DATE]);
	widen(s->book, column, DATE_TEXT);
}

static void put_time(struct sheet *s, size_t column, int64_t ms)
{
	int64_t seconds = clock_local(ms, s->cx->zone) / 1000;

	put_number(s, column, lxw_unixtime_to_excel_date(seconds), s->book->look[LOOK_TIME]);
	widen(s->book, column, sizeof("dd/mm/yyyy hh:mm"));
}

/* Numbers that Excel would round stay texts; of a money's width also the dots. */
static void put_exact(struct sheet *s, size_t column, const struct cell *c)
{
	bool is_money = c->kind == CELL_MONEY;
	char text[MONEY_TEXT];

	if (is_money)
		money_write(c->n, text);
	else
		snprintf(text, sizeof(text), "%" PRId64, c->n);
	if (c->n <= -EXACT || c->n >= EXACT) {
		put_text(s, column, text);
		return;
	}
	widen(s->book, column, is_money ? strlen(text) * 4 / 3 : strlen(text));
	if (is_money)
		put_number(s, column, (double)c->n / 100, s->book->look[LOOK_MONEY]);
	else
		put_number(s, column, (double)c->n, NULL);
}

static void put_cell(struct sheet *s, size_t column, const struct cell *c)
{
	switch (c->kind) {
	case CELL_NONE:
		break;
	case CELL_TEXT:
		put_text(s, column, c->s);
		break;
	case CELL_INT:
	case CELL_MONEY:
		put_exact(s, column, c);
		break;
	case CELL_DECIMAL:
		put_number(s, column, (double)c->n / 1000000, s->book->look[LOOK_DECIMAL]);
		break;
	case CELL_PERCENT:
		put_number(s, column, (double)c->n / 100, s->book->look[LOOK_PERCENT]);
		break;
	case CELL_RATE:
		put_number(s, column, (double)c->n / 10000, s->book->look[LOOK_RATE]);
		break;
	case CELL_DATE:
		put_date(s, column, c->s);
		break;
	case CELL_TIME:
		put_time(s, column, c->n);
		break;
	}
}

bool workbook_row(struct sheet *s, const struct cell *cells)
{
	struct workbook *w = s->book;

	if (w->row >= w->rows || w->bytes > BYTES) {
		end_part(s);
		if (!next_part(s))
			return false;
	}
	for (size_t i = 0; i < s->columns; i++)
		put_cell(s, i, &cells[i]);
	w->bytes += (int64_t)s->columns * 48;
	w->row++;
	return true;
}

/* The library does not look whether its files took what it wrote. */
static bool rows_are_there(const struct workbook *w)
{
	lxw_worksheet *one;

	STAILQ_FOREACH(one, w->book->worksheets, list_pointers)
	if (one->optimize_tmpfile &&
		(fflush(one->optimize_tmpfile) || ferror(one->optimize_tmpfile)))
		return false;
	return true;
}

static bool pass_file(struct sheet *s)
{
	char piece[65536];
	off_t at = 0;
	ssize_t n;

	while ((n = pread(s->book->file, piece, sizeof(piece), at)) > 0) {
		if (!sheet_pass(s, piece, (size_t)n))
			return false;
		at += n;
	}
	return (!n && at) || no_room(s);
}

bool workbook_end(struct sheet *s)
{
	struct workbook *w = s->book;
	lxw_error error;

	end_part(s);
	if (!rows_are_there(w))
		return no_room(s);
	error = workbook_close(w->book);
	w->book = NULL; /* closed, it is freed in any case */
	return error == LXW_NO_ERROR ? pass_file(s) : no_room(s);
}
