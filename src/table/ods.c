/* A workbook of LibreOffice and its kin (OpenDocument 1.3 part 3, 9): all its
 * sheets stand in one document, one after the other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "table/parts.h"

enum { SHEETS_MAX = 1000, RENEW_ROWS = 1000 };

struct ods {
	struct book *book;
	struct arena *mem;
	struct buf text;	/* what the cell in hand shows */
	char value[200];	/* ... and what it is */
	char kind;		/* f(loat) p(ercentage) d(ate) t(ime) b(oolean) s(tring) */
	size_t column, columns; /* how often the cell is repeated */
	int64_t rows, lines;	/* of this sheet; how often the row is repeated */
	size_t table;		/* which one, from 1 */
	int depth;		/* of tables within tables */
	int beside;		/* within a note or a picture */
	int paragraphs;
	bool reading, in_cell;
	int64_t left; /* the row in hand is to be given so often still */
};

static bool is_chosen(const struct ods *own)
{
	return own->depth == 1 && own->table == own->book->chosen + 1 && !own->beside;
}

static int64_t repeated(const char **attributes, const char *name)
{
	const char *s = xml_attribute(attributes, name);
	int64_t n = s ? strtoll(s, NULL, 10) : 1;

	return n > 0 && n < 100000000 ? n : 1;
}

static void list_start(void *arg, struct xml *x, const char *name, const char **attributes)
{
	struct ods *own = arg;
	struct book *b = own->book;
	const char *s = xml_attribute(attributes, "name");

	if (strcmp(name, "table") != 0 || own->depth++)
		return;
	if (b->n == SHEETS_MAX) {
		xml_fail(x, "table.trap");
		return;
	}
	b->sheets[b->n++] = (struct table_sheet){ arena_dup(b->mem, s ? s : ""), false };
}

static void list_end(void *arg, struct xml *x, const char *name)
{
	struct ods *own = arg;

	(void)x;
	own->depth -= !strcmp(name, "table");
}

static void close_ods(void *arg)
{
	struct ods *own = arg;

	arena_free(own->mem);
}

static struct ods *ods_new(struct book *b)
{
	struct ods *own = arena_alloc(b->mem, sizeof(*own));

	own->book = b;
	own->mem = arena_new();
	buf_init(&own->text, own->mem);
	b->sheets = arena_alloc(b->mem, SHEETS_MAX * sizeof(*b->sheets));
	b->own = own;
	b->close = close_ods;
	return own;
}

static void manifest_start(void *arg, struct xml *x, const char *name, const char **attributes)
{
	(void)arg;
	(void)attributes;
	if (!strcmp(name, "encryption-data"))
		xml_fail(x, "table.encrypted");
}

static bool must_be_plain(struct book *b, const char **why)
{
	static const struct xml_walker walker = { .start = manifest_start };
	struct source from;

	return !archive_has(b->archive, "META-INF/manifest.xml") ||
	       (archive_part(b->archive, "META-INF/manifest.xml", &from, why) &&
		       xml_read(from, &walker, NULL, why));
}

bool ods_list(struct book *b, const char **why)
{
	static const struct xml_walker walker = { list_start, list_end, NULL };
	struct ods *own = ods_new(b);
	struct source from;

	if (!must_be_plain(b, why) || !archive_part(b->archive, "content.xml", &from, why) ||
		!xml_read(from, &walker, own, why))
		return false;
	*why = "table.no_sheets";
	return b->n > 0;
}

static void begin_row(struct ods *own, struct xml *x, const char **attributes)
{
	own->lines = repeated(attributes, "number-rows-repeated");
	if (++own->rows > ROWS_MAX)
		xml_fail(x, "table.rows");
	cells_clear(&own->book->cells, own->book->cells.line + 1);
	if (own->rows % RENEW_ROWS == 0) {
		arena_free(own->mem);
		own->mem = arena_new();
	}
	buf_init(&own->text, own->mem);
	own->in_cell = own->reading = false;
	own->column = 0;
}

static void put_text(struct ods *own, struct xml *x, const char *s, size_t n)
{
	if (own->text.len + n > CELL_MAX)
		xml_fail(x, "csv.cell");
	else
		buf_addn(&own->text, s, n);
}

/* Of a text the value may stand in an attribute, too; then it is the whole. */
static void take_value(struct ods *own, struct xml *x, const char **attributes)
{
	static const char *const names[] = { "date-value", "time-value", "boolean-value",
		"string-value", "value" };
	const char *s = NULL;

	for (size_t i = 0; !s && i < sizeof(names) / sizeof(*names); i++)
		s = xml_attribute(attributes, names[i]);
	snprintf(
		own->value, sizeof(own->value), "%s", s && strlen(s) < sizeof(own->value) ? s : "");
	if (own->kind == 's' && s) {
		put_text(own, x, s, strlen(s));
		own->paragraphs = -1;
	}
}

static void begin_cell(struct ods *own, struct xml *x, const char **attributes)
{
	const char *type = xml_attribute(attributes, "value-type");

	buf_init(&own->text, own->mem);
	own->in_cell = true;
	own->paragraphs = 0;
	own->columns = (size_t)repeated(attributes, "number-columns-repeated");
	own->kind = !type ? 's' : *type == 'c' ? 'f' : !strcmp(type, "void") ? 's' : *type;
	take_value(own, x, attributes);
}

static void begin_within(struct ods *own, struct xml *x, const char *name, const char **attributes)
{
	if (!strcmp(name, "p") || !strcmp(name, "h")) {
		if (own->paragraphs > 0)
			put_text(own, x, "\n", 1);
		own->reading = own->paragraphs >= 0;
		own->paragraphs += own->reading;
	} else if (!own->reading) {
		return;
	} else if (!strcmp(name, "s")) {
		for (int64_t n = repeated(attributes, "c"); n > 0 && n <= CELL_MAX; n--)
			put_text(own, x, " ", 1);
	} else if (!strcmp(name, "tab")) {
		put_text(own, x, "\t", 1);
	} else if (!strcmp(name, "line-break")) {
		put_text(own, x, "\n", 1);
	}
}

static bool stands_beside(const char *name)
{
	return !strcmp(name, "annotation") || !strcmp(name, "frame") || !strcmp(name, "shapes") ||
	       !strcmp(name, "custom-shape") || !strcmp(name, "tracked-changes") ||
	       !strcmp(name, "dde-links");
}

static void content_start(void *arg, struct xml *x, const char *name, const char **attributes)
{
	struct ods *own = arg;

	if (own->beside || stands_beside(name)) {
		own->beside++;
		return;
	}
	if (!strcmp(name, "table") && !own->depth++) {
		own->table++;
		own->rows = 0;
		own->book->cells.line = 0;
	}
	if (!is_chosen(own))
		return;
	if (!strcmp(name, "table-row"))
		begin_row(own, x, attributes);
	else if (!strcmp(name, "table-cell") || !strcmp(name, "covered-table-cell"))
		begin_cell(own, x, attributes);
	else if (own->in_cell)
		begin_within(own, x, name, attributes);
}

static void content_text(void *arg, struct xml *x, const char *s, size_t n)
{
	struct ods *own = arg;

	if (own->reading && is_chosen(own))
		put_text(own, x, s, n);
}

/* "PT09H30M00S" */
static void show_time(const char *s, char out[NUMBER_TEXT])
{
	int64_t of[128] = { 0 };
	char *end;

	while (*s && strchr("PT", *s))
		s++;
	for (; *s; s = *end ? end + 1 : end) {
		double n = strtod(s, &end);

		if (end == s || n < 0 || n > 1e6)
			break;
		of[*end & 0x7f] = (int64_t)n;
	}
	snprintf(out, NUMBER_TEXT, of['S'] ? "%02d:%02d:%02d" : "%02d:%02d", (int)of['H'],
		(int)of['M'], (int)of['S']);
}

/* A code is a number to the sheet, but people see the zeros in front. */
static bool is_code(const char *shown)
{
	return *shown == '0' && shown[1] && strspn(shown, "0123456789") == strlen(shown);
}

static const char *shown(const struct ods *own, char number[NUMBER_TEXT])
{
	static const struct number_format plain = { NUMBER_PLAIN, 0 },
					  share = { NUMBER_PERCENT, 0 };
	char *t;

	if (own->kind == 's' || !*own->value || is_code(own->text.s))
		return own->text.s;
	if (own->kind == 'b')
		return !strcmp(own->value, "true") ? "TRUE" : "FALSE";
	if (own->kind == 't') {
		show_time(own->value, number);
		return number;
	}
	if (own->kind == 'd') {
		snprintf(number, NUMBER_TEXT, "%.*s", NUMBER_TEXT - 1, own->value);
		number[strcspn(number, ".")] = '\0';
		t = strchr(number, 'T');
		if (t)
			*t = strncmp(t, "T00:00:00", 9) ? ' ' : '\0';
		return number;
	}
	number_show(own->value, own->kind == 'p' ? share : plain, false, number);
	return number;
}

static void end_cell(struct ods *own, struct xml *x)
{
	char number[NUMBER_TEXT];
	const char *s = shown(own, number);

	own->in_cell = false;
	if (*s && own->columns > COLUMNS_MAX)
		xml_fail(x, "csv.columns");
	for (size_t i = 0; *s && i < own->columns && i < COLUMNS_MAX; i++)
		if (!cells_put(&own->book->cells, own->column + i, s))
			xml_fail(x, "csv.columns");
	own->column += own->columns;
}

static void end_row(struct ods *own, struct xml *x)
{
	struct cells *cells = &own->book->cells;

	if (cells->count) {
		own->left = own->lines;
		own->rows += own->lines - 1;
		if (own->rows > ROWS_MAX)
			xml_fail(x, "table.rows");
		else
			xml_pause(x);
	} else {
		cells->line += own->lines - 1;
	}
}

static void content_end(void *arg, struct xml *x, const char *name)
{
	struct ods *own = arg;

	if (own->beside) {
		own->beside--;
		return;
	}
	if (is_chosen(own) && own->in_cell && (!strcmp(name, "p") || !strcmp(name, "h")))
		own->reading = false;
	else if (is_chosen(own) && own->in_cell &&
		 (!strcmp(name, "table-cell") || !strcmp(name, "covered-table-cell")))
		end_cell(own, x);
	else if (is_chosen(own) && !strcmp(name, "table-row"))
		end_row(own, x);
	else if (!strcmp(name, "table"))
		own->depth--;
}

static const struct xml_walker content_walker = { content_start, content_end, content_text };

static enum csv_result ods_next(
	struct book *b, struct arena *mem, struct csv_row *row, const char **why)
{
	struct ods *own = b->own;

	if (!own->left) {
		enum xml_state state = xml_go(b->xml, why);

		if (state != XML_PAUSED)
			return state == XML_ENDED ? CSV_END : CSV_BROKEN;
	}
	cells_give(&b->cells, mem, row);
	/* the next of a repeated row stands one line below */
	b->cells.line += --own->left > 0;
	return CSV_ROW;
}

bool ods_begin(struct book *b, const char **why)
{
	struct ods *own = b->own;
	struct source from;

	if (!archive_part(b->archive, "content.xml", &from, why))
		return false;
	own->depth = 0;
	cells_clear(&b->cells, 0);
	b->next = ods_next;
	b->xml = xml_new(from, &content_walker, own);
	return true;
}

struct book *ods_of_xml(struct arena *mem, struct source content, const char **why)
{
	struct book *b = book_new(mem);
	struct ods *own = ods_new(b);

	(void)why;
	cells_clear(&b->cells, 0);
	b->next = ods_next;
	b->xml = xml_new(content, &content_walker, own);
	return b;
}
