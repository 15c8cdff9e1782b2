/* Workbooks read as rows (S5.44), and files that mean harm. */
#include "../base/check.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "table/table.h"
#include "workbook.h"

/* All rows as text: the line, cells between [ and ]; or why there are none. */
static const char *rows_of(struct arena *mem, struct zipped z, const char *sheet)
{
	const char *why = NULL;
	struct csv_row row;
	struct table *t = table_open(mem, z.bytes, z.n, sheet, &why);
	enum csv_result result;
	struct buf b;

	if (!t)
		return why;
	buf_init(&b, mem);
	while ((result = table_next(t, mem, &row, &why)) == CSV_ROW) {
		buf_addf(&b, "%d", (int)row.line);
		for (size_t i = 0; i < row.count; i++)
			buf_addf(&b, "[%s]", row.cells[i]);
		buf_add(&b, " ");
	}
	if (result == CSV_BROKEN)
		buf_add(&b, why);
	return b.s;
}

static void check_xlsx(const char *rows, const char *wanted)
{
	struct arena *mem = arena_new();

	assert_string_equal(rows_of(mem, xlsx_of(mem, rows), NULL), wanted);
	arena_free(mem);
}

static void check_ods(const char *tables, const char *wanted)
{
	struct arena *mem = arena_new();

	assert_string_equal(rows_of(mem, ods_of(mem, tables), NULL), wanted);
	arena_free(mem);
}

static void a_cell_is_read_as_people_see_it(void **state)
{
	(void)state;
	check_xlsx(
		"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>"
		"<row r=\"3\"><c t=\"inlineStr\"><is><r><t>in</t></r><r><t> riga</t></r></is></c>"
		"<c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c></row>",
		"1[uno][][due] 3[in riga][TRUE][FALSE][#N/A] ");
	/* a formula's last value; a text that looks like one */
	check_xlsx(
		"<row><c t=\"str\"><f>A1&amp;B1</f><v>=1+1</v></c><c><f>1+1</f><v>2</v></c></row>",
		"1[=1+1][2] ");
	/* control characters by code, a line break kept */
	check_xlsx("<row><c t=\"inlineStr\"><is><t>a_x000D_&#10;b_x0041_</t></is></c></row>",
		"1[a\nbA] ");
}

static void a_number_is_what_its_format_says(void **state)
{
	(void)state;
	check_xlsx("<row><c s=\"1\"><v>46023</v></c><c s=\"5\"><v>46023.5</v></c>"
		   "<c s=\"2\"><v>0.39583333333333331</v></c><c s=\"3\"><v>0.07</v></c>"
		   "<c s=\"4\"><v>184</v></c></row>",
		"1[2026-01-01][2026-01-01 12:00][09:30][7%][00184] ");
	/* the day that never was, and the first of all */
	check_xlsx("<row><c s=\"1\"><v>1</v></c><c s=\"1\"><v>61</v></c></row>",
		"1[1900-01-01][1900-03-01] ");
	/* no exponents; three decimals are no thousands */
	check_xlsx("<row><c><v>1.2345678901E10</v></c><c><v>0.10000000000000001</v></c>"
		   "<c><v>1.234</v></c><c><v>-5</v></c></row>",
		"1[12345678901][0.1][1.2340][-5] ");
}

static void a_sheet_is_chosen_by_name_or_number(void **state)
{
	struct arena *mem = arena_new();
	struct zipped z = xlsx_of(mem, "<row><c><v>1</v></c></row>");
	const struct table_sheet *sheets;
	const char *why;
	struct table *t;

	(void)state;
	t = table_open(mem, z.bytes, z.n, NULL, &why);
	assert_int_equal(table_sheets(t, &sheets), 2);
	assert_true(sheets[0].is_hidden && !sheets[1].is_hidden);
	assert_string_equal(table_sheet_read(t), "Foglio1");
	assert_string_equal(table_encoding(t), "xlsx");
	assert_string_equal(rows_of(mem, z, "Nascosto"), "1[altro] ");
	assert_string_equal(rows_of(mem, z, "1"), "1[altro] ");
	assert_string_equal(rows_of(mem, z, "3"), "table.no_sheet");
	assert_string_equal(rows_of(mem, z, "Foglio9"), "table.no_sheet");
	arena_free(mem);
}

static void an_ods_is_read_too(void **state)
{
	struct arena *mem = arena_new();
	struct zipped z;

	(void)state;
	check_ods(
		"<table:table table:name=\"A\"><table:table-row>"
		"<table:table-cell office:value-type=\"string\"><text:p>Mario<text:s text:c=\"2\"/>R"
		"</text:p><text:p>due</text:p><office:annotation><text:p>nota</text:p>"
		"</office:annotation></table:table-cell>"
		"<table:table-cell table:number-columns-repeated=\"2\"/>"
		"<table:table-cell office:value-type=\"float\" office:value=\"1234.5\"><text:p>1.234,50"
		"</text:p></table:table-cell>"
		"<table:table-cell office:value-type=\"date\" office:date-value=\"2026-01-31T09:30:00\">"
		"<text:p>31/01/26</text:p></table:table-cell>"
		"<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"/>"
		"<table:table-cell office:value-type=\"percentage\" office:value=\"0.5\"/>"
		"<table:table-cell office:value-type=\"time\" office:time-value=\"PT09H30M00S\"/>"
		"<table:table-cell office:value-type=\"float\" office:value=\"184\"><text:p>00184</text:p>"
		"</table:table-cell></table:table-row>"
		"<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell"
		" table:number-columns-repeated=\"1024\"/></table:table-row></table:table>",
		"1[Mario  R\ndue][][][1234.5][2026-01-31 09:30:00][TRUE][50%][09:30][00184] ");
	check_ods("<table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"2\">"
		  "<table:table-cell table:number-columns-repeated=\"2\"><text:p>x</text:p>"
		  "</table:table-cell></table:table-row></table:table>",
		"1[x][x] 2[x][x] ");
	z = ods_of(mem,
		"<table:table table:name=\"A\"/><table:table table:name=\"B\"><table:table-row>"
		"<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>"
		"</table:table>");
	assert_string_equal(rows_of(mem, z, NULL), "");
	assert_string_equal(rows_of(mem, z, "B"), "1[b] ");
	arena_free(mem);
}

/* RELIABILITY 75, 86 */
static void what_means_harm_is_refused(void **state)
{
	struct arena *mem = arena_new();
	const char *const bomb[] = { "_rels/.rels",
		"<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Relationships>&b;"
		"</Relationships>",
		NULL };
	const char *const outside[] = { "mimetype",
		"application/vnd.oasis.opendocument.spreadsheet", "content.xml",
		"<!DOCTYPE x SYSTEM \"http://127.0.0.1/x.dtd\"><x/>", NULL };
	const char *const word[] = { "[Content_Types].xml", "<Types/>", "word/document.xml", "<d/>",
		NULL };
	const char *const secret[] = { "mimetype", "application/vnd.oasis.opendocument.spreadsheet",
		"META-INF/manifest.xml", "<m><manifest:encryption-data xmlns:manifest=\"m\"/></m>",
		"content.xml", "x", NULL };
	struct zipped whole = xlsx_of(mem, "<row><c><v>1</v></c></row>"), half;

	(void)state;
	assert_string_equal(rows_of(mem, zip_of(mem, bomb), NULL), "table.trap");
	assert_string_equal(rows_of(mem, zip_of(mem, outside), NULL), "table.trap");
	assert_string_equal(rows_of(mem, zip_of(mem, word), NULL), "table.no_sheets");
	assert_string_equal(rows_of(mem, zip_of(mem, secret), NULL), "table.encrypted");
	half = (struct zipped){ whole.bytes, whole.n / 2 };
	assert_string_equal(rows_of(mem, half, NULL), "table.broken");
	assert_string_equal(
		rows_of(mem, (struct zipped){ "\xd0\xcf\x11\xe0old", 7 }, NULL), "table.old_excel");
	assert_string_equal(
		rows_of(mem,
			(struct zipped){ "\xd0\xcf\x11\xe0"
					 "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
				36 },
			NULL),
		"table.encrypted");
	assert_string_equal(rows_of(mem, xlsx_of(mem, "<row><c><v>1</v>"), NULL), "table.broken");
	arena_free(mem);
}

/* So many letters of one kind between two texts. */
static const char *long_one(struct arena *mem, const char *before, size_t n, const char *after)
{
	struct buf b;

	buf_init(&b, mem);
	buf_add(&b, before);
	for (size_t i = 0; i < n; i++)
		buf_addn(&b, "a", 1);
	buf_add(&b, after);
	return b.s;
}

static void nothing_is_without_end(void **state)
{
	struct arena *mem = arena_new();

	(void)state;
	assert_string_equal(rows_of(mem,
				    xlsx_of(mem, long_one(mem, "<row><c t=\"str\"><v>", 2 << 20,
							 "</v></c></row>")),
				    NULL),
		"csv.cell");
	assert_string_equal(
		rows_of(mem, xlsx_of(mem, long_one(mem, "<row r=\"", 6 << 20, "\"/>")), NULL),
		"table.trap");
	assert_string_equal(
		rows_of(mem, xlsx_of(mem, "<row><c r=\"ZZZ1\"><v>1</v></c></row>"), NULL),
		"csv.columns");
	assert_string_equal(
		rows_of(mem,
			ods_of(mem,
				"<table:table table:name=\"A\"><table:table-row"
				" table:number-rows-repeated=\"90000000\"><table:table-cell><text:p>x"
				"</text:p></table:table-cell></table:table-row></table:table>"),
			NULL),
		"table.rows");
	arena_free(mem);
}

static void a_text_is_a_text_whatever_its_name(void **state)
{
	struct arena *mem = arena_new();

	(void)state;
	assert_string_equal(rows_of(mem, (struct zipped){ "Nome;Citt\xe0\nA;B\n", 15 }, NULL),
		"1[Nome][Citt\xc3\xa0] 2[A][B] ");
	assert_string_equal(
		rows_of(mem, (struct zipped){ "<?xml version", 13 }, NULL), "table.xml");
	assert_string_equal(rows_of(mem, (struct zipped){ "", 0 }, NULL), "table.empty");
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cell_is_read_as_people_see_it),
		cmocka_unit_test(a_number_is_what_its_format_says),
		cmocka_unit_test(a_sheet_is_chosen_by_name_or_number),
		cmocka_unit_test(an_ods_is_read_too),
		cmocka_unit_test(what_means_harm_is_refused),
		cmocka_unit_test(nothing_is_without_end),
		cmocka_unit_test(a_text_is_a_text_whatever_its_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
