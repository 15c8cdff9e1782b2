/* Tables in text (S1.25). */
#include "check.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"

/* All rows as text: cells between [ and ], rows with their line. */
static const char *all_of(struct arena *mem, struct csv *c)
{
	struct csv_row row;
	const char *why = NULL;
	enum csv_result result;
	struct buf b;

	buf_init(&b, mem);
	while ((result = csv_next(c, mem, &row, &why)) == CSV_ROW) {
		buf_addf(&b, "%d", (int)row.line);
		for (size_t i = 0; i < row.count; i++)
			buf_addf(&b, "[%s]", row.cells[i]);
		buf_add(&b, "\n");
	}
	if (result == CSV_BROKEN)
		buf_addf(&b, "%d %s", (int)row.line, why);
	return b.s;
}

static void check_rows(const char *text, size_t n, const char *wanted)
{
	struct arena *mem = arena_new();
	/* Exactly as long as it says, so that reading past it is seen. */
	char *exact = malloc(n ? n : 1);

	memcpy(exact, text, n);
	assert_string_equal(all_of(mem, csv_open(mem, exact, n)), wanted);
	free(exact);
	arena_free(mem);
}

static void check_text(const char *text, const char *wanted)
{
	check_rows(text, strlen(text), wanted);
}

static void check_opened(const char *bytes, size_t n, const char *encoding, char separator)
{
	struct arena *mem = arena_new();
	struct csv *c = csv_open(mem, bytes, n);

	assert_string_equal(csv_encoding(c), encoding);
	assert_int_equal(csv_separator(c), separator);
	arena_free(mem);
}

static void rows_and_cells_are_cut(void **state)
{
	(void)state;
	check_text("a;b\n1;2\n", "1[a][b]\n2[1][2]\n");
	check_text("a;b\r\n1;2", "1[a][b]\n2[1][2]\n");
	check_text("a;b\r1;2\r", "1[a][b]\n2[1][2]\n");
	check_text("a;;c\n;;\n1;2;\n", "1[a][][c]\n3[1][2][]\n");
	check_text("", "");
	check_text("\n\n", "");
}

static void quotes_hold_separators_and_line_breaks(void **state)
{
	(void)state;
	check_text("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", "1[a][b]\n2[x,y][say \"hi\"]\n");
	check_text("a,b\n\"one\r\ntwo\",2\n3,4\n", "1[a][b]\n2[one\r\ntwo][2]\n4[3][4]\n");
	check_text("a,b\n\"\",\"\"\n", "1[a][b]\n2[][]\n");
	/* Inches in the middle of a cell open nothing. */
	check_text("a,b\n5\" pipe,x\n", "1[a][b]\n2[5\" pipe][x]\n");
	check_text("a,b\n\"x\"y,z\n", "1[a][b]\n2[xy][z]\n");
}

static void empty_lines_are_passed_over(void **state)
{
	(void)state;
	check_text("a;b\n\n  \n;;;\n1;2\n\n", "1[a][b]\n5[1][2]\n");
}

static void the_separator_is_guessed(void **state)
{
	static const char *const cases[] = { ";", ",", "\t", "|" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char text[] = "name_city_note\nRossi_Roma_x\nBianchi_Milano_y\n";

		for (char *at; (at = strchr(text, '_'));)
			*at = *cases[i];
		check_opened(text, strlen(text), "utf-8", *cases[i]);
	}
	/* Commas inside the cells of an Italian list are more, but not even. */
	check_opened("nome;via\nRossi;Roma, 3, int. 2, MI\nVerdi;x\n", 40, "utf-8", ';');
	check_opened("\"a;b;c\",d\n\"1;2;3\",4\n", 20, "utf-8", ',');
	check_opened("nome\nRossi, Mario\n", 18, "utf-8", ';');
	check_text("sep=|\na|b;c\n", "2[a][b;c]\n");
	check_text("sep=,\r\na,b\r\n", "2[a][b]\n");
	check_text("sep=,\rx\na,b\n", "1[sep=][\rx]\n2[a][b]\n");
}

static void encodings_become_utf8(void **state)
{
	(void)state;
	check_opened("citt\xc3\xa0;b", 7, "utf-8", ';');
	check_rows("\xef\xbb\xbf"
		   "a;citt\xc3\xa0",
		11, "1[a][citt\xc3\xa0]\n");
	check_opened("citt\xe0;b", 7, "windows-1252", ';');
	check_rows("citt\xe0;\x80 5;D\x92"
		   "A",
		13,
		"1[citt\xc3\xa0][\xe2\x82\xac 5][D\xe2\x80\x99"
		"A]\n");
	check_opened("\xff\xfe"
		     "a\0;\0b\0",
		8, "utf-16le", ';');
	check_rows("\xff\xfe"
		   "a\0;\0\xe0\0\n\0"
		   "b\0",
		12, "1[a][\xc3\xa0]\n2[b]\n");
	check_rows("\xfe\xff\0a\0;\0\xe0", 8, "1[a][\xc3\xa0]\n");
	check_opened("a\0;\0b\0c\0", 8, "utf-16le", ';');
	check_opened("\0a\0;\0b\0c", 8, "utf-16be", ';');
	/* A pair makes one character, half a pair none. */
	check_rows("\xff\xfe\x3d\xd8\x00\xde"
		   ";\0\x3d\xd8",
		10, "1[\xf0\x9f\x98\x80][\xef\xbf\xbd]\n");
}

static void what_cannot_be_read_ends_with_a_reason(void **state)
{
	struct arena *mem = arena_new();
	size_t huge = 1024 * 1024 + 1;
	char *text = malloc(huge + 2);

	(void)state;
	check_text("a,b\n1,\"2\n3,4\n", "1[a][b]\n2 csv.quote");
	check_rows("a;b\n1;\0;2\nx;y\n", 15, "1[a][b]\n2 csv.nul");
	memset(text, ';', 1001);
	text[1000] = 'x';
	check_rows(text, 1001, "1 csv.columns");
	memset(text, 'x', huge);
	check_rows(text, huge, "1 csv.cell");
	assert_int_equal(strlen(all_of(mem, csv_open(mem, text, huge - 1))), huge - 1 + 4);
	text[0] = '"';
	check_rows(text, huge, "1 csv.cell");
	check_rows(text, 1000, "1 csv.quote");
	free(text);
	arena_free(mem);
}

static void a_thousand_columns_are_read(void **state)
{
	struct arena *mem = arena_new();
	struct csv_row row;
	const char *why;
	char text[1000];
	struct csv *c;

	(void)state;
	memset(text, ';', sizeof(text));
	text[999] = 'x';
	c = csv_open(mem, text, sizeof(text));
	assert_int_equal(csv_next(c, mem, &row, &why), CSV_ROW);
	assert_int_equal(row.count, 1000);
	assert_string_equal(row.cells[999], "x");
	assert_int_equal(csv_next(c, mem, &row, &why), CSV_END);
	assert_int_equal(csv_next(c, mem, &row, &why), CSV_END);
	arena_free(mem);
}

static void progress_reaches_the_end(void **state)
{
	struct arena *mem = arena_new();
	struct csv *c = csv_open(mem, "a;b\n1;2\n", 8);
	size_t done, all;

	(void)state;
	csv_progress(c, &done, &all);
	assert_int_equal(done, 0);
	assert_int_equal(all, 8);
	all_of(mem, c);
	csv_progress(c, &done, &all);
	assert_int_equal(done, all);
	arena_free(mem);
}

static void check_cell(const char *cell, const char *wanted)
{
	struct arena *mem = arena_new();
	struct buf b;

	buf_init(&b, mem);
	csv_add_cell(&b, cell, ';');
	assert_string_equal(b.s, wanted);
	arena_free(mem);
}

static void no_cell_becomes_a_formula(void **state)
{
	(void)state;
	check_cell("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0");
	check_cell("@SUM(1)", "'@SUM(1)");
	check_cell("+1+cmd", "'+1+cmd");
	check_cell("-a", "'-a");
	check_cell("\tx", "'\tx");
	check_cell("=a;\"b\"", "\"'=a;\"\"b\"\"\"");
	check_cell("\xef\xbc\x9d"
		   "1",
		"'\xef\xbc\x9d"
		"1");
	check_cell("+39 02 1234", "+39 02 1234");
	check_cell("-12,50", "-12,50");
	check_cell("Rossi; Verdi", "\"Rossi; Verdi\"");
	check_cell("a\nb", "\"a\nb\"");
	check_cell("", "");
}

static void what_goes_out_comes_back(void **state)
{
	static const char *const cells[] = { "", "a", "=1", "'=1", "''=1", "'", "''", "'a",
		"+39 02", "+x", "a\"b", " a ", "a\r\nb", "-", "@", "'+39 02", "\"", "a;b,c\td|e" };
	struct arena *mem = arena_new();
	struct buf b;
	struct csv_row row;
	const char *why;

	(void)state;
	buf_init(&b, mem);
	buf_add(&b, "first");
	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		buf_add(&b, ";");
		csv_add_cell(&b, cells[i], ';');
	}
	assert_int_equal(csv_next(csv_open(mem, b.s, b.len), mem, &row, &why), CSV_ROW);
	assert_int_equal(row.count, COUNT_OF(cells) + 1);
	for (size_t i = 0; i < COUNT_OF(cells); i++)
		assert_string_equal(csv_unguard(row.cells[i + 1]), cells[i]);
	arena_free(mem);
}

/* The highest memory so far, in MiB. */
static long memory(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss / 1024;
}

/* A line of 128 MiB, without the memory: one piece of it, seen so many times
 * over.  It is refused by its line, and there was no room made for it. */
static void an_endless_line_is_refused_in_little_memory(void **state)
{
	enum { PIECE = 4 << 20, PIECES = 32 };
	static const char head[] = "Nome;Cognome\nAnna;Rossi\nUgo;";
	int file = memfd_create("line", 0);
	struct arena *mem = arena_new();
	struct csv_row row;
	const char *why;
	struct csv *c;
	char *all;
	long before;

	(void)state;
	assert_int_equal(ftruncate(file, PIECE), 0);
	all = mmap(NULL, (size_t)PIECE * PIECES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_true(all != MAP_FAILED);
	for (size_t i = 0; i < PIECES; i++)
		assert_true(mmap(all + i * PIECE, PIECE, PROT_READ | PROT_WRITE,
				    MAP_SHARED | MAP_FIXED, file, 0) != MAP_FAILED);
	memset(all, 'x', PIECE);
	/* its head is its own */
	assert_true(mmap(all, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, file, 0) !=
		    MAP_FAILED);
	memcpy(all, head, sizeof(head) - 1);
	before = memory();
	c = csv_open(mem, all, (size_t)PIECE * PIECES);
	assert_int_equal(csv_next(c, mem, &row, &why), CSV_ROW);
	assert_int_equal(csv_next(c, mem, &row, &why), CSV_ROW);
	assert_string_equal(row.cells[1], "Rossi");
	assert_int_equal(csv_next(c, mem, &row, &why), CSV_BROKEN);
	assert_string_equal(why, "csv.cell");
	/* each sight of the piece is counted, as the file's own pages are */
	assert_true(memory() - before < PIECES * (PIECE >> 20) + 64);
	munmap(all, (size_t)PIECE * PIECES);
	arena_free(mem);
	close(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_and_cells_are_cut),
		cmocka_unit_test(quotes_hold_separators_and_line_breaks),
		cmocka_unit_test(empty_lines_are_passed_over),
		cmocka_unit_test(the_separator_is_guessed),
		cmocka_unit_test(encodings_become_utf8),
		cmocka_unit_test(what_cannot_be_read_ends_with_a_reason),
		cmocka_unit_test(a_thousand_columns_are_read),
		cmocka_unit_test(progress_reaches_the_end),
		cmocka_unit_test(no_cell_becomes_a_formula),
		cmocka_unit_test(what_goes_out_comes_back),
		cmocka_unit_test(an_endless_line_is_refused_in_little_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
