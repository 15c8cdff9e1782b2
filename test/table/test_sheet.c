/* Sheets written, and read again by our own reader: every cell. */
#include "../base/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/ctx.h"
#include "table/sheet.h"
#include "table/table.h"

struct desk {
	struct ctx cx;
	struct buf file;
	struct sheet *sheet;
	struct sheet_to to;
	size_t left; /* bytes there is room for */
};

static bool keep(void *arg, const char *bytes, size_t n)
{
	struct desk *d = arg;

	if (n > d->left)
		return false;
	d->left -= n;
	buf_addn(&d->file, bytes, n);
	return true;
}

static struct desk *desk_of(enum lang lang, size_t rows)
{
	struct desk *d = calloc(1, sizeof(*d));

	assert_non_null(d);
	*d = (struct desk){ .cx = { .mem = arena_new(), .lang = lang, .zone = "Europe/Rome" },
		.left = SIZE_MAX };
	d->to = (struct sheet_to){ .out = keep, .arg = d, .rows = rows };
	buf_init(&d->file, d->cx.mem);
	return d;
}

static void desk_free(struct desk *d)
{
	arena_free(d->cx.mem);
	free(d);
}

static void begin(struct desk *d, enum sheet_form form, const char *name,
	const char *const *headings, size_t n)
{
	assert_true(sheet_begin(&d->cx, form, &d->to, &d->sheet));
	assert_true(sheet_table(d->sheet, name, headings, n));
}

/* The rows of one sheet, a cell between [ and ]. */
static const char *read_again(struct desk *d, const char *sheet)
{
	const char *why = "";
	struct table *t = table_open(d->cx.mem, d->file.s, d->file.len, sheet, &why);
	struct csv_row row;
	struct buf b;

	if (!t)
		return why;
	buf_init(&b, d->cx.mem);
	while (table_next(t, d->cx.mem, &row, &why) == CSV_ROW) {
		for (size_t i = 0; i < row.count; i++)
			buf_addf(&b, "[%s]", row.cells[i]);
		buf_add(&b, " ");
	}
	return b.s;
}

enum { KINDS = 7 };

static const char *const kinds[KINDS] = { "Testo", "Numero", "Importo", "Percento", "Tasso",
	"Giorno", "Istante" };

/* 2026-07-01 12:30 in Rome, which is two hours ahead then. */
static const struct cell one_of_each[KINDS] = {
	{ CELL_TEXT, 0, "Niccol\xc3\xb2 & figli <srl>" },
	{ CELL_INT, -12, NULL },
	{ CELL_MONEY, 123456750, NULL },
	{ CELL_PERCENT, 7, NULL },
	{ CELL_RATE, 1234, NULL },
	{ CELL_DATE, 0, "2026-01-31" },
	{ CELL_TIME, INT64_C(1782901800000), NULL },
};

static void check_each(enum sheet_form form, enum lang lang, const char *wanted)
{
	struct desk *d = desk_of(lang, 0);

	begin(d, form, "Lead", kinds, KINDS);
	assert_true(sheet_row(d->sheet, one_of_each));
	assert_true(sheet_row(d->sheet, (struct cell[KINDS]){ { CELL_NONE } }));
	assert_true(sheet_row(d->sheet, one_of_each) && sheet_end(d->sheet));
	assert_string_equal(read_again(d, NULL), wanted);
	desk_free(d);
}

#define HEADS "[Testo][Numero][Importo][Percento][Tasso][Giorno][Istante] "
#define IT                                                                        \
	"[Niccol\xc3\xb2 & figli <srl>][-12][1234567,50][7][12,34%][2026-01-31][" \
	"2026-07-01T10:30:00Z] "
#define EN                                                                        \
	"[Niccol\xc3\xb2 & figli <srl>][-12][1234567.50][7][12.34%][2026-01-31][" \
	"2026-07-01T10:30:00Z] "
#define XLSX                                                                      \
	"[Niccol\xc3\xb2 & figli <srl>][-12][1234567.5][7%][12.34%][2026-01-31][" \
	"2026-07-01 12:30] "

static void every_kind_of_cell_comes_back_as_it_was(void **state)
{
	(void)state;
	check_each(SHEET_CSV, LANG_IT, HEADS IT IT);
	check_each(SHEET_CSV, LANG_EN, HEADS EN EN);
	check_each(SHEET_XLSX, LANG_IT, HEADS XLSX XLSX);
	check_each(SHEET_XLSX, LANG_EN, HEADS XLSX XLSX);
}

/* Texts one below the other, in one column. */
static const char *told(enum sheet_form form, const char *const *texts, size_t n, struct desk **d)
{
	*d = desk_of(LANG_IT, 0);
	begin(*d, form, "Lead", (const char *const[]){ "Testo" }, 1);
	for (size_t i = 0; i < n; i++)
		assert_true(sheet_row((*d)->sheet, (struct cell[]){ cell_text(texts[i]) }));
	assert_true(sheet_end((*d)->sheet));
	return read_again(*d, NULL);
}

/* RELIABILITY 23 */
static void a_text_stays_a_text(void **state)
{
	static const char *const texts[] = { "=1+1", "+cmd|'/c calc'!A0", "-2+3", "@SUM(A1)",
		"\tscheda", "\rritorno", "https://example.it", "mailto:a@b.it", "00184", "1e5",
		"+39 02 1234567", "_x0041_", "riga\nnuova", " blank ", "{=A1}" };
	struct desk *d;

	(void)state;
	assert_string_equal(told(SHEET_XLSX, texts, COUNT_OF(texts), &d),
		"[Testo] [=1+1] [+cmd|'/c calc'!A0] [-2+3] [@SUM(A1)] [\tscheda] [ritorno] "
		"[https://example.it] [mailto:a@b.it] [00184] [1e5] [+39 02 1234567] [_x0041_] "
		"[riga\nnuova] [ blank ] [{=A1}] ");
	/* neither a formula nor a link is in the file at all */
	assert_null(memmem(d->file.s, d->file.len, "xl/worksheets/_rels", 19));
	desk_free(d);
	assert_string_equal(told(SHEET_CSV, texts, 4, &d),
		"[Testo] ['=1+1] ['+cmd|'/c calc'!A0] ['-2+3] ['@SUM(A1)] ");
	desk_free(d);
}

static void what_a_workbook_cannot_hold_exactly_is_a_text(void **state)
{
	static const char *const heads[] = { "Numero", "Importo", "Giorno" };
	struct desk *d = desk_of(LANG_IT, 0);

	(void)state;
	begin(d, SHEET_XLSX, "Lead", heads, 3);
	assert_true(
		sheet_row(d->sheet, (struct cell[]){ cell_of(CELL_INT, INT64_C(243700285440003123)),
					    cell_of(CELL_MONEY, INT64_C(8999999999999999)),
					    { CELL_DATE, 0, "1900-02-28" } }));
	assert_true(
		sheet_row(d->sheet, (struct cell[]){ cell_of(CELL_INT, INT64_C(999999999999999)),
					    cell_of(CELL_MONEY, INT64_C(-999999999999999)),
					    { CELL_DATE, 0, "1900-03-01" } }));
	assert_true(sheet_end(d->sheet));
	assert_string_equal(read_again(d, NULL),
		"[Numero][Importo][Giorno] "
		"[243700285440003123][89999999999999.99][1900-02-28] "
		"[999999999999999][-9999999999999.99][1900-03-01] ");
	desk_free(d);
}

/* Excel takes 32,767 UTF-16 units. */
static void a_text_too_long_for_a_cell_is_cut_between_characters(void **state)
{
	char *text = calloc(40000, 4);
	const char *read, *texts[] = { text };
	struct desk *d;
	size_t n = 0;

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < 40000; i++)
		memcpy(text + 4 * i, "\xf0\x9f\x99\x82", 4);
	text[4 * 40000 - 4] = '\0';
	read = told(SHEET_XLSX, texts, 1, &d);
	assert_non_null(read = strchr(read, ']') + 3);
	for (; read[4 * n] == '\xf0'; n++)
		;
	assert_int_equal(n, 32767 / 2);
	assert_string_equal(read + 4 * n, "] ");
	desk_free(d);
	free(text);
}

static void what_is_more_than_a_sheet_holds_goes_on_on_the_next(void **state)
{
	struct desk *d = desk_of(LANG_IT, 3);

	(void)state;
	begin(d, SHEET_XLSX, "Elenco [a/b]: molto, molto lungo davvero",
		(const char *const[]){ "N" }, 1);
	for (int i = 1; i <= 5; i++)
		assert_true(sheet_row(d->sheet, (struct cell[]){ cell_of(CELL_INT, i) }));
	assert_true(sheet_end(d->sheet));
	assert_string_equal(read_again(d, "1"), "[N] [1] [2] ");
	assert_string_equal(read_again(d, "Elenco  a b   molto, molto 2"), "[N] [3] [4] ");
	assert_string_equal(read_again(d, "3"), "[N] [5] ");
	assert_string_equal(read_again(d, "4"), "table.no_sheet");
	desk_free(d);
}

static void several_tables_stand_in_one_file(void **state)
{
	enum sheet_form form = SHEET_CSV;

	(void)state;
	for (int i = 0; i < 2; i++, form = SHEET_XLSX) {
		struct desk *d = desk_of(LANG_IT, 0);

		begin(d, form, "Fonti", (const char *const[]){ "Fonte", "Lead" }, 2);
		assert_true(sheet_row(
			d->sheet, (struct cell[]){ cell_text("Fiera"), cell_of(CELL_INT, 3) }));
		assert_true(sheet_table(d->sheet, "Mesi", (const char *const[]){ "Mese" }, 1));
		assert_true(sheet_row(d->sheet, (struct cell[]){ cell_text("gennaio") }) &&
			    sheet_end(d->sheet));
		if (form == SHEET_CSV) {
			assert_string_equal(d->file.s,
				"\xef\xbb\xbf"
				"Fonte;Lead\r\nFiera;3\r\n\r\nMese\r\ngennaio\r\n");
		} else {
			assert_string_equal(read_again(d, "Fonti"), "[Fonte][Lead] [Fiera][3] ");
			assert_string_equal(read_again(d, "Mesi"), "[Mese] [gennaio] ");
		}
		desk_free(d);
	}
}

static size_t open_files(void)
{
	size_t n = 0;

	for (int fd = 0; fd < 256; fd++) {
		char place[64];
		char to[8];

		snprintf(place, sizeof(place), "/proc/self/fd/%d", fd);
		n += readlink(place, to, sizeof(to)) > 0;
	}
	return n;
}

static void where_there_is_no_room_it_says_so_and_leaves_nothing_open(void **state)
{
	size_t before = open_files();
	enum sheet_form form = SHEET_CSV;

	(void)state;
	for (int i = 0; i < 2; i++, form = SHEET_XLSX) {
		struct desk *d = desk_of(LANG_IT, 0);
		bool ok;

		d->left = 10;
		begin(d, SHEET_XLSX, "Lead", (const char *const[]){ "Testo" }, 1);
		ok = sheet_row(d->sheet, (struct cell[]){ cell_text("qualcosa") }) &&
		     sheet_end(d->sheet);
		assert_false(ok);
		assert_int_equal(d->cx.problem.kind, PROBLEM_UNAVAILABLE);
		desk_free(d);
		/* given up on the way */
		d = desk_of(LANG_IT, 2);
		begin(d, form, "Lead", (const char *const[]){ "Testo" }, 1);
		assert_true(sheet_row(d->sheet, (struct cell[]){ cell_text("uno") }) &&
			    sheet_row(d->sheet, (struct cell[]){ cell_text("due") }));
		desk_free(d);
	}
	assert_int_equal(open_files(), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_cell_comes_back_as_it_was),
		cmocka_unit_test(a_text_stays_a_text),
		cmocka_unit_test(what_a_workbook_cannot_hold_exactly_is_a_text),
		cmocka_unit_test(a_text_too_long_for_a_cell_is_cut_between_characters),
		cmocka_unit_test(what_is_more_than_a_sheet_holds_goes_on_on_the_next),
		cmocka_unit_test(several_tables_stand_in_one_file),
		cmocka_unit_test(where_there_is_no_room_it_says_so_and_leaves_nothing_open),
	};

	return cmocka_run_group_tests_name("table/sheet", tests, NULL, NULL);
}
