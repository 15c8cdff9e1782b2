/* A file of rows: what it is, its first bytes say. */
#include "table/table.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "table/parts.h"

/* What is no table, by its first bytes. */
static const struct {
	const char *start, *why;
} others[] = {
	{ "<?xml", "table.xml" },
	{ "<html", "table.xml" },
	{ "<!DOC", "table.xml" },
	{ "%PDF", "table.not_text" },
	{ "\x1f\x8b", "table.not_text" },
	{ "Rar!", "table.not_text" },
	{ "7z\xbc\xaf", "table.not_text" },
	{ "\x89PNG", "table.not_text" },
	{ "\xff\xd8\xff", "table.not_text" },
};

struct table {
	struct csv *csv;   /* of a text */
	struct book *book; /* of a workbook */
	const char *kind;
};

static bool begins(const char *bytes, size_t n, const char *start)
{
	size_t len = strlen(start);

	return n >= len && !strncasecmp(bytes, start, len);
}

static const char *not_text(const char *bytes, size_t n)
{
	if (begins(bytes, n, "\xef\xbb\xbf")) {
		bytes += 3;
		n -= 3;
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (begins(bytes, n, others[i].start))
			return others[i].why;
	return n ? NULL : "table.empty";
}

/* Old Excel files, and new ones with a password, come in the same wrapper; the
 * new ones name a stream "EncryptedPackage". */
static const char *wrapped(const char *bytes, size_t n)
{
	static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

	return memmem(bytes, n, name, sizeof(name)) ? "table.encrypted" : "table.old_excel";
}

static void close_book(void *arg)
{
	struct book *b = arg;

	xml_free(b->xml);
	if (b->close)
		b->close(b->own);
	if (b->cells.mem)
		arena_free(b->cells.mem);
}

static enum csv_result next_of_xml(
	struct book *b, struct arena *mem, struct csv_row *row, const char **why)
{
	enum xml_state state = xml_go(b->xml, why);

	if (state != XML_PAUSED)
		return state == XML_ENDED ? CSV_END : CSV_BROKEN;
	cells_give(&b->cells, mem, row);
	return CSV_ROW;
}

struct book *book_new(struct arena *mem)
{
	struct book *b = arena_alloc(mem, sizeof(*b));

	b->mem = mem;
	b->next = next_of_xml;
	arena_defer(mem, close_book, b);
	return b;
}

enum csv_result book_next(struct book *b, struct arena *mem, struct csv_row *row, const char **why)
{
	enum csv_result result = b->next(b, mem, row, why);

	if (result == CSV_BROKEN)
		*row = (struct csv_row){ .line = b->cells.line };
	return result;
}

/* By name, else by number from 1; unsaid the first that is not hidden. */
static bool choose(struct book *b, const char *sheet)
{
	size_t number = 0;

	b->chosen = 0;
	if (!sheet || !*sheet) {
		for (size_t i = b->n; i-- > 0;)
			if (!b->sheets[i].is_hidden)
				b->chosen = i;
		return true;
	}
	for (size_t i = 0; i < b->n; i++)
		if (!strcmp(b->sheets[i].name, sheet)) {
			b->chosen = i;
			return true;
		}
	for (const char *s = sheet; *s; s++) {
		if (*s < '0' || *s > '9' || number > b->n)
			return false;
		number = number * 10 + (size_t)(*s - '0');
	}
	b->chosen = number - 1;
	return number >= 1 && number <= b->n;
}

static bool is_ods(struct book *b)
{
	const char *why;
	struct source from;
	char type[64] = "";

	return archive_has(b->archive, "mimetype") && archive_has(b->archive, "content.xml") &&
	       archive_part(b->archive, "mimetype", &from, &why) &&
	       from.read(from.arg, type, sizeof(type) - 1, &why) > 0 &&
	       strstr(type, "opendocument.spreadsheet");
}

static bool open_book(struct table *t, const char *sheet, const char **why)
{
	struct book *b = t->book;
	bool ods = is_ods(b);

	t->kind = ods ? "ods" : "xlsx";
	if (!(ods ? ods_list(b, why) : xlsx_list(b, why)))
		return false;
	*why = "table.no_sheet";
	return choose(b, sheet) && (ods ? ods_begin(b, why) : xlsx_begin(b, why));
}

struct table *table_open(
	struct arena *mem, const char *bytes, size_t n, const char *sheet, const char **why)
{
	struct table *t = arena_alloc(mem, sizeof(*t));

	if (begins(bytes, n, "\xd0\xcf\x11\xe0")) {
		*why = wrapped(bytes, n);
		return NULL;
	}
	if (begins(bytes, n, "PK\x03\x04") || begins(bytes, n, "PK\x05\x06")) {
		t->book = book_new(mem);
		t->book->archive = archive_open(mem, bytes, n, why);
		return t->book->archive && open_book(t, sheet, why) ? t : NULL;
	}
	*why = not_text(bytes, n);
	if (*why)
		return NULL;
	t->csv = csv_open(mem, bytes, n);
	return t;
}

enum csv_result table_next(
	struct table *t, struct arena *mem, struct csv_row *row, const char **why)
{
	return t->csv ? csv_next(t->csv, mem, row, why) : book_next(t->book, mem, row, why);
}

const char *table_encoding(const struct table *t)
{
	return t->csv ? csv_encoding(t->csv) : t->kind;
}

char table_separator(const struct table *t)
{
	return t->csv ? csv_separator(t->csv) : ';';
}

size_t table_sheets(const struct table *t, const struct table_sheet **sheets)
{
	*sheets = t->book ? t->book->sheets : NULL;
	return t->book ? t->book->n : 0;
}

const char *table_sheet_read(const struct table *t)
{
	return t->book ? t->book->sheets[t->book->chosen].name : "";
}
