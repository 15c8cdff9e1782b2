/* A workbook of Excel and its kin (ECMA-376 part 1, 18): which sheets it has,
 * and one of them row by row. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "table/xlsx_parts.h"

/* Which part a relationship leads to. */
struct relation {
	const char *id, *type, *target;
};

struct relations {
	struct arena *mem;
	const char *folder;
	struct relation *r;
	size_t n;
};

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), k = strlen(end);

	return n >= k && !strcmp(s + n - k, end);
}

static const char *joined(struct arena *mem, const char *a, const char *b)
{
	struct buf out;

	buf_init(&out, mem);
	buf_add(&out, a);
	buf_add(&out, b);
	return out.s;
}

/* "worksheets/sheet1.xml" beside the workbook, "/xl/..." from the top. */
static const char *resolve(struct arena *mem, const char *folder, const char *target)
{
	return *target == '/' ? arena_dup(mem, target + 1) : joined(mem, folder, target);
}

static void relation(void *arg, struct xml *x, const char *name, const char **attributes)
{
	const char *id = xml_attribute(attributes, "Id");
	const char *type = xml_attribute(attributes, "Type");
	const char *target = xml_attribute(attributes, "Target");
	struct relations *all = arg;

	if (strcmp(name, "Relationship") != 0 || !id || !type || !target)
		return;
	if (all->n == SHEETS_MAX) {
		xml_fail(x, "table.trap");
		return;
	}
	all->r[all->n++] = (struct relation){ arena_dup(all->mem, id), arena_dup(all->mem, type),
		resolve(all->mem, all->folder, target) };
}

static bool read_relations(struct book *b, const char *part, const char *folder,
	struct relations *all, const char **why)
{
	static const struct xml_walker walker = { .start = relation };
	struct source from;

	*all = (struct relations){ b->mem, folder,
		arena_alloc(b->mem, SHEETS_MAX * sizeof(*all->r)) };
	return archive_part(b->archive, part, &from, why) && xml_read(from, &walker, all, why);
}

static const char *by_type(const struct relations *all, const char *type)
{
	for (size_t i = 0; i < all->n; i++)
		if (ends_with(all->r[i].type, type))
			return all->r[i].target;
	return NULL;
}

static const char *by_id(const struct relations *all, const char *id)
{
	for (size_t i = 0; id && i < all->n; i++)
		if (!strcmp(all->r[i].id, id))
			return all->r[i].target;
	return NULL;
}

struct workbook {
	struct book *b;
	struct xlsx *own;
	const struct relations *parts;
};

static void workbook_part(void *arg, struct xml *x, const char *name, const char **attributes)
{
	struct workbook *w = arg;
	struct book *b = w->b;
	const char *s;

	if (!strcmp(name, "workbookPr")) {
		s = xml_attribute(attributes, "date1904");
		w->own->since_1904 = s && (!strcmp(s, "1") || !strcmp(s, "true"));
		return;
	}
	if (strcmp(name, "sheet") != 0)
		return;
	if (b->n == SHEETS_MAX) {
		xml_fail(x, "table.trap");
		return;
	}
	w->own->parts[b->n] = by_id(w->parts, xml_attribute(attributes, "id"));
	s = xml_attribute(attributes, "state");
	b->sheets[b->n].is_hidden = s && strcmp(s, "visible") != 0;
	s = xml_attribute(attributes, "name");
	b->sheets[b->n].name = arena_dup(b->mem, s ? s : "");
	/* a chart of its own has a relation of another kind, and no rows */
	if (w->own->parts[b->n])
		b->n++;
}

/* Where the workbook lies; from there all else is found. */
static bool find_workbook(struct book *b, const char **part, const char **why)
{
	struct relations top;

	*part = "xl/workbook.xml";
	if (archive_has(b->archive, "_rels/.rels")) {
		if (!read_relations(b, "_rels/.rels", "", &top, why))
			return false;
		if (by_type(&top, "/officeDocument"))
			*part = by_type(&top, "/officeDocument");
	}
	*why = ends_with(*part, ".bin") ? "table.xlsb" : "table.no_sheets";
	return !ends_with(*part, ".bin") && archive_has(b->archive, *part);
}

static const char *folder_of(struct arena *mem, const char *part)
{
	char *folder = arena_dup(mem, part), *slash = strrchr(folder, '/');

	if (slash)
		slash[1] = '\0';
	else
		*folder = '\0';
	return folder;
}

static void close_xlsx(void *arg)
{
	struct xlsx *own = arg;

	strings_free(&own->strings);
	free(own->formats);
	if (own->mem)
		arena_free(own->mem);
}

static struct xlsx *xlsx_new(struct book *b)
{
	struct xlsx *own = arena_alloc(b->mem, sizeof(*own));

	own->book = b;
	own->parts = arena_alloc(b->mem, SHEETS_MAX * sizeof(*own->parts));
	own->mem = arena_new();
	buf_init(&own->text, own->mem);
	b->sheets = arena_alloc(b->mem, SHEETS_MAX * sizeof(*b->sheets));
	b->own = own;
	b->close = close_xlsx;
	return own;
}

bool xlsx_list(struct book *b, const char **why)
{
	static const struct xml_walker walker = { .start = workbook_part };
	struct xlsx *own = xlsx_new(b);
	const char *part, *folder, *rels;
	struct relations parts;
	struct source from;
	struct workbook w = { b, own, &parts };

	if (!find_workbook(b, &part, why))
		return false;
	folder = folder_of(b->mem, part);
	rels = joined(b->mem, folder,
		joined(b->mem, "_rels/", joined(b->mem, part + strlen(folder), ".rels")));
	if (!read_relations(b, rels, folder, &parts, why))
		return false;
	own->strings_part = by_type(&parts, "/sharedStrings");
	own->styles_part = by_type(&parts, "/styles");
	if (!archive_part(b->archive, part, &from, why) || !xml_read(from, &walker, &w, why))
		return false;
	*why = "table.no_sheets";
	return b->n > 0;
}

/* "BC12" -> 54; the next one when it is not said. */
static size_t column_of(const char *reference, size_t next)
{
	size_t column = 0;

	if (!reference)
		return next;
	for (; (*reference >= 'A' && *reference <= 'Z') && column < 20000; reference++)
		column = column * 26 + (size_t)(*reference - 'A') + 1;
	return column ? column - 1 : next;
}

static void begin_row(struct xlsx *own, struct xml *x, const char **attributes)
{
	const char *r = xml_attribute(attributes, "r");
	int64_t said = r ? strtoll(r, NULL, 10) : 0, line = own->book->cells.line + 1;

	if (++own->rows > ROWS_MAX)
		xml_fail(x, "table.rows");
	cells_clear(&own->book->cells, said >= line && said <= 10 * ROWS_MAX ? said : line);
	if (own->rows % RENEW_ROWS == 0) {
		arena_free(own->mem);
		own->mem = arena_new();
	}
	buf_init(&own->text, own->mem);
	own->next = 0;
}

static void begin_cell(struct xlsx *own, const char **attributes)
{
	const char *s = xml_attribute(attributes, "s"), *t = xml_attribute(attributes, "t");
	long style = s ? strtol(s, NULL, 10) : 0;

	own->column = column_of(xml_attribute(attributes, "r"), own->next);
	own->next = own->column + 1;
	own->kind = !t		      ? 'n'
		    : !strcmp(t, "s") ? 's'
		    : !strcmp(t, "b") ? 'b'
		    : *t == 'n'	      ? 'n'
				      : 't';
	own->style = style >= 0 ? (size_t)style : 0;
	buf_init(&own->text, own->mem);
}

static void cell_start(void *arg, struct xml *x, const char *name, const char **attributes)
{
	struct xlsx *own = arg;

	if (!strcmp(name, "row"))
		begin_row(own, x, attributes);
	else if (!strcmp(name, "c"))
		begin_cell(own, attributes);
	else if (!strcmp(name, "rPh"))
		own->reading = -1;
	else if ((!strcmp(name, "v") || !strcmp(name, "t")) && own->reading >= 0)
		own->reading = 1;
}

static void cell_text(void *arg, struct xml *x, const char *s, size_t n)
{
	struct xlsx *own = arg;

	if (own->reading <= 0)
		return;
	if (own->text.len + n > CELL_MAX)
		xml_fail(x, "csv.cell");
	else
		buf_addn(&own->text, s, n);
}

static const char *shown(struct xlsx *own, char number[NUMBER_TEXT])
{
	static const struct number_format plain = { NUMBER_PLAIN, 0 };
	const char *s = own->text.s;

	if (own->kind == 's')
		return strings_get(&own->strings, s);
	if (own->kind == 'b')
		return !strcmp(s, "1") || !strcmp(s, "true") ? "TRUE" : *s ? "FALSE" : "";
	if (own->kind != 'n' || !*s)
		return unescape(own->text.s);
	number_show(s, own->style < own->format_n ? own->formats[own->style] : plain,
		own->since_1904, number);
	return number;
}

static void cell_end(void *arg, struct xml *x, const char *name)
{
	struct xlsx *own = arg;
	char number[NUMBER_TEXT];

	if (!strcmp(name, "rPh")) {
		own->reading = 0;
	} else if (!strcmp(name, "v") || !strcmp(name, "t")) {
		own->reading = own->reading < 0 ? -1 : 0;
	} else if (!strcmp(name, "c")) {
		if (!cells_put(&own->book->cells, own->column, shown(own, number)))
			xml_fail(x, "csv.columns");
		buf_init(&own->text, own->mem);
	} else if (!strcmp(name, "row") && own->book->cells.count) {
		xml_pause(x);
	} else if (!strcmp(name, "sheetData")) {
		own->book->cells.count = 0;
	}
}

static const struct xml_walker sheet_walker = { cell_start, cell_end, cell_text };

static bool read_shared(struct book *b, const char **why)
{
	struct xlsx *own = b->own;
	struct source from;

	if (own->strings_part && archive_has(b->archive, own->strings_part) &&
		(!archive_part(b->archive, own->strings_part, &from, why) ||
			!strings_read(&own->strings, from, why)))
		return false;
	return !own->styles_part || !archive_has(b->archive, own->styles_part) ||
	       (archive_part(b->archive, own->styles_part, &from, why) &&
		       styles_read(own, from, why));
}

bool xlsx_begin(struct book *b, const char **why)
{
	struct xlsx *own = b->own;
	struct source from;

	if (!read_shared(b, why) || !archive_part(b->archive, own->parts[b->chosen], &from, why))
		return false;
	cells_clear(&b->cells, 0);
	b->xml = xml_new(from, &sheet_walker, own);
	return true;
}

struct book *xlsx_of_xml(struct arena *mem, struct source sheet, struct source strings,
	struct source styles, const char **why)
{
	struct book *b = book_new(mem);
	struct xlsx *own = xlsx_new(b);

	if (!strings_read(&own->strings, strings, why) || !styles_read(own, styles, why))
		return NULL;
	cells_clear(&b->cells, 0);
	b->xml = xml_new(sheet, &sheet_walker, own);
	return b;
}
