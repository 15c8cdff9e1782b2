/* Rows as text with separators; what is a workbook goes on to sheet_xlsx.c. */
#include "table/sheet.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/csv.h"
#include "base/money.h"
#include "table/sheet_parts.h"

static const struct {
	const char *word, *type;
} forms[] = {
	[SHEET_CSV] = { "csv", "text/csv; charset=utf-8" },
	[SHEET_XLSX] = { "xlsx",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
};

bool sheet_form_named(const char *word, enum sheet_form *form)
{
	for (size_t i = 0; i < COUNT(forms); i++)
		if (!strcmp(forms[i].word, word)) {
			*form = (enum sheet_form)i;
			return true;
		}
	return false;
}

const char *sheet_form_word(enum sheet_form form)
{
	return forms[form].word;
}

const char *sheet_form_type(enum sheet_form form)
{
	return forms[form].type;
}

bool sheet_pass(struct sheet *s, const char *bytes, size_t n)
{
	return s->to.out(s->to.arg, bytes, n) ||
	       refuse(s->cx, PROBLEM_UNAVAILABLE, "problem.unavailable");
}

/* The decimal sign is the reader's. */
static void add_decimal(struct sheet *s, char *text, const char *sign)
{
	char *point = s->cx->lang == LANG_IT ? strchr(text, '.') : NULL;

	if (point)
		*point = ',';
	buf_add(&s->line, text);
	buf_add(&s->line, sign);
}

static void add_cell(struct sheet *s, const struct cell *c)
{
	char text[MONEY_TEXT + CLOCK_TEXT];

	if (c->kind == CELL_NONE)
		return;
	if (c->s) {
		csv_add_cell(&s->line, c->s, ';');
	} else if (c->kind == CELL_TIME) {
		clock_write(c->n, text);
		buf_add(&s->line, text);
	} else if (c->kind == CELL_MONEY || c->kind == CELL_RATE) {
		money_write(c->n, text);
		add_decimal(s, text, c->kind == CELL_RATE ? "%" : "");
	} else if (c->kind == CELL_DECIMAL) {
		decimal_write(c->n, 6, text);
		add_decimal(s, text, "");
	} else {
		buf_addf(&s->line, "%" PRId64, c->n);
	}
}

static bool put_line(struct sheet *s)
{
	buf_add(&s->line, "\r\n");
	return sheet_pass(s, s->line.s, s->line.len);
}

static void begin_line(struct sheet *s)
{
	s->line.len = 0;
	s->line.s[0] = '\0';
}

bool sheet_begin(
	struct ctx *cx, enum sheet_form form, const struct sheet_to *to, struct sheet **begun)
{
	struct sheet *s = arena_alloc(cx->mem, sizeof(*s));

	*s = (struct sheet){ .cx = cx, .form = form, .to = *to };
	buf_init(&s->line, cx->mem);
	buf_init(&s->coded, cx->mem);
	*begun = s;
	return form == SHEET_XLSX ? workbook_begin(s) : sheet_pass(s, "\xef\xbb\xbf", 3);
}

bool sheet_table(struct sheet *s, const char *name, const char *const *headings, size_t n)
{
	s->columns = n;
	s->tables++;
	if (s->form == SHEET_XLSX)
		return workbook_table(s, name, headings);
	begin_line(s);
	buf_add(&s->line, s->tables > 1 ? "\r\n" : "");
	for (size_t i = 0; i < n; i++) {
		buf_add(&s->line, i ? ";" : "");
		csv_add_cell(&s->line, headings[i], ';');
	}
	return put_line(s);
}

bool sheet_row(struct sheet *s, const struct cell *cells)
{
	if (s->form == SHEET_XLSX)
		return workbook_row(s, cells);
	begin_line(s);
	for (size_t i = 0; i < s->columns; i++) {
		buf_add(&s->line, i ? ";" : "");
		add_cell(s, &cells[i]);
	}
	return put_line(s);
}

bool sheet_end(struct sheet *s)
{
	return s->form == SHEET_XLSX ? workbook_end(s) : true;
}
