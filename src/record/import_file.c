/* A file's rows in the store: as UTF-8, in parts, so that no more than one
 * part need be in memory, and reading can begin at any row.
 *
 * A row is its line in the file and its cells, each ended by US, and RS. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "record/import_parts.h"
#include "table/table.h"

enum { PART = 512 * 1024, SAMPLES = 5, SAMPLE_TEXT = 80, FLUSH_ROWS = 1000, COLUMNS = 1000 };
enum { US = 0x1f, RS = 0x1e, ESCAPE = 0x1a };

static bool is_mark(char c)
{
	return c == US || c == RS || c == ESCAPE;
}

static void put_cell(struct buf *b, const char *s)
{
	static const char marks[] = { US, RS, ESCAPE, '\0' };
	char out[2] = { ESCAPE, 0 };

	while (*s) {
		size_t n = strcspn(s, marks);

		buf_addn(b, s, n);
		s += n;
		if (*s) {
			out[1] = (char)(*s++ + 0x40);
			buf_addn(b, out, 2);
		}
	}
	out[0] = US;
	buf_addn(b, out, 1);
}

static void put_row(struct buf *b, const struct csv_row *row)
{
	static const char end[] = { RS };

	buf_addf(b, "%" PRId64 "%c", row->line, US);
	for (size_t i = 0; i < row->count; i++)
		put_cell(b, row->cells[i]);
	buf_addn(b, end, 1);
}

/* A file being gone through: memory is given back every so many rows. */
struct walk {
	struct arena *file, *rows;
	struct table *table;
	size_t taken;
};

static bool no_table(struct ctx *cx, const char *why, int64_t line)
{
	bool sheet = !strcmp(why, "table.no_sheet");

	return refuse_field(cx, sheet ? "sheet" : "file", why, textf(cx, "%" PRId64, line));
}

static void walk_close(struct walk *w)
{
	arena_free(w->rows);
	arena_free(w->file);
}

static bool walk_open(struct ctx *cx, struct walk *w, const struct import_given *given)
{
	const char *why;

	*w = (struct walk){ .file = arena_new(), .rows = arena_new() };
	w->table = table_open(w->file, given->bytes, given->n, given->sheet, &why);
	if (w->table)
		return true;
	walk_close(w);
	return no_table(cx, why, 1);
}

static enum csv_result walk_next(struct walk *w, struct csv_row *row, const char **why)
{
	if (++w->taken % FLUSH_ROWS == 0) {
		arena_free(w->rows);
		w->rows = arena_new();
	}
	return table_next(w->table, w->rows, row, why);
}

static const char *sheets_of(struct ctx *cx, const struct table *t)
{
	const struct table_sheet *sheets;
	size_t n = table_sheets(t, &sheets);
	struct json_out j;

	json_init(&j, cx->mem);
	json_open(&j, '[');
	for (size_t i = 0; i < n; i++) {
		json_open(&j, '{');
		json_put_text(&j, "name", sheets[i].name);
		json_put_bool(&j, "hidden", sheets[i].is_hidden);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	return j.text.s;
}

bool import_sheets_write(struct ctx *cx, struct json_out *j, const struct import_given *given)
{
	const char *read;
	struct walk w;

	if (!walk_open(cx, &w, given))
		return false;
	read = table_sheet_read(w.table);
	json_open(j, '{');
	json_key(j, "sheets");
	json_raw(j, sheets_of(cx, w.table));
	json_put_text(j, "sheet", *read ? read : NULL);
	json_close(j, '}');
	walk_close(&w);
	return true;
}

static void take_head(
	struct ctx *cx, struct import_plan *plan, const struct walk *w, const struct csv_row *row)
{
	plan->encoding = arena_dup(cx->mem, table_encoding(w->table));
	plan->separator = textf(cx, "%c", table_separator(w->table));
	plan->sheets = sheets_of(cx, w->table);
	plan->sheet = arena_dup(cx->mem, table_sheet_read(w->table));
	plan->n = row->count;
	plan->columns = arena_alloc(cx->mem, COLUMNS * sizeof(*plan->columns));
	for (size_t i = 0; i < row->count; i++)
		plan->columns[i].heading = nfc(cx->mem, arena_dup(cx->mem, row->cells[i]));
}

struct sampler {
	struct json_out j;
	size_t n;
};

static void take_samples(
	struct ctx *cx, struct sampler *samplers, size_t n, const struct csv_row *row)
{
	for (size_t i = 0; i < n && i < row->count; i++) {
		const char *s = csv_unguard(row->cells[i]);
		size_t len = strlen(s);

		if (!len || samplers[i].n == SAMPLES)
			continue;
		if (len > SAMPLE_TEXT)
			for (len = SAMPLE_TEXT; ((unsigned char)s[len] & 0xc0) == 0x80;)
				len--;
		samplers[i].n++;
		json_text(&samplers[i].j, textf(cx, "%.*s", (int)len, s));
	}
}

static struct sampler *samplers_new(struct ctx *cx, size_t n)
{
	struct sampler *s = arena_alloc(cx->mem, (n + 1) * sizeof(*s));

	for (size_t i = 0; i < n; i++) {
		json_init(&s[i].j, cx->mem);
		json_open(&s[i].j, '[');
	}
	return s;
}

/* A sheet has a column for each cell, with a heading or without. */
static void widen(struct import_plan *plan, size_t n)
{
	if (!plan->of->into)
		return;
	while (plan->n < n && plan->n < COLUMNS)
		plan->columns[plan->n++].heading = "";
}

/* The first walk: headings, samples, how many rows, and whether it is a table
 * at all. */
static bool survey(struct ctx *cx, struct import_plan *plan, struct walk *w)
{
	struct sampler *samplers;
	enum csv_result result;
	struct csv_row row;
	const char *why;

	result = walk_next(w, &row, &why);
	if (result == CSV_END)
		return refuse_field(cx, "file", "import.empty");
	if (result == CSV_BROKEN)
		return no_table(cx, why, row.line);
	take_head(cx, plan, w, &row);
	samplers = samplers_new(cx, COLUMNS);
	while ((result = walk_next(w, &row, &why)) == CSV_ROW) {
		plan->rows++;
		widen(plan, row.count);
		take_samples(cx, samplers, plan->n, &row);
	}
	for (size_t i = 0; i < plan->n; i++) {
		json_close(&samplers[i].j, ']');
		plan->columns[i].samples = samplers[i].j.text.s;
	}
	if (result == CSV_BROKEN)
		return no_table(cx, why, row.line);
	return plan->rows || refuse_field(cx, "file", "import.no_rows");
}

static bool put_part(struct ctx *cx, int64_t id, int64_t part, int64_t first_row, const char *body)
{
	bool ok = tx_begin(cx) &&
		  db_run(cx,
			  "insert into import_file (ws, import_id, part, first_row, body)"
			  " values ($1, $2, $3, $4, $5)",
			  ARGS(v_int(cx->ws), v_int(id), v_int(part), v_int(first_row),
				  v_text(body)));

	return tx_end(cx, ok);
}

/* The second walk: the rows into the store, a transaction a part. */
static bool keep(struct ctx *cx, int64_t id, struct walk *w)
{
	int64_t part = 0, first = 0, n = 0;
	struct arena *mem = arena_new();
	enum csv_result result;
	struct csv_row row;
	const char *why;
	struct buf body;
	bool ok = true;

	buf_init(&body, mem);
	walk_next(w, &row, &why);
	do {
		result = walk_next(w, &row, &why);
		if (result == CSV_ROW) {
			put_row(&body, &row);
			n++;
		}
		if (!body.len || (result == CSV_ROW && body.len < PART))
			continue;
		ok = put_part(cx, id, part++, first, body.s);
		first = n;
		arena_free(mem);
		mem = arena_new();
		buf_init(&body, mem);
	} while (ok && result == CSV_ROW);
	arena_free(mem);
	return ok;
}

bool import_file_put(
	struct ctx *cx, int64_t id, struct import_plan *plan, const struct import_given *given)
{
	struct walk w;
	bool ok;

	if (!walk_open(cx, &w, given))
		return false;
	ok = survey(cx, plan, &w);
	walk_close(&w);
	if (!ok || !walk_open(cx, &w, given))
		return false;
	ok = keep(cx, id, &w);
	walk_close(&w);
	return ok;
}

bool import_file_drop(struct ctx *cx, int64_t id)
{
	return db_run(cx, "delete from import_file where ws = $1 and import_id = $2",
		ARGS(v_int(cx->ws), v_int(id)));
}

struct import_reader {
	int64_t id, row;
	struct arena *mem; /* of the part in hand */
	char *at;	   /* NULL: no part in hand */
};

struct import_reader *import_reader_new(int64_t id, int64_t row)
{
	struct import_reader *r = calloc(1, sizeof(*r));

	if (!r)
		abort();
	*r = (struct import_reader){ .id = id, .row = row };
	return r;
}

void import_reader_free(struct import_reader *r)
{
	if (r && r->mem)
		arena_free(r->mem);
	free(r);
}

static bool take_part(struct ctx *cx, struct import_reader *r)
{
	struct rows *rows = db_query(cx,
		"select first_row, body from import_file where ws = $1 and import_id = $2"
		" and first_row <= $3 order by first_row desc limit 1",
		ARGS(v_int(cx->ws), v_int(r->id), v_int(r->row)));
	int64_t first = 0;

	if (r->mem)
		arena_free(r->mem);
	r->mem = arena_new();
	r->at = NULL;
	if (rows_next(rows)) {
		first = rows_int(rows, 0);
		r->at = arena_dup(r->mem, rows_text(rows, 1));
	}
	if (!rows_end(rows))
		return false;
	/* over the rows that were read before */
	for (; r->at && first < r->row; first++) {
		r->at = strchr(r->at, RS);
		r->at += r->at != NULL;
	}
	return true;
}

/* The cell at *at in place; *at is what follows its end. */
static char *take_cell(char **at)
{
	char *cell = *at, *to = *at, *from = *at;

	while (*from && *from != US) {
		if (*from == ESCAPE && is_mark((char)(from[1] - 0x40))) {
			*to++ = (char)(from[1] - 0x40);
			from += 2;
		} else {
			*to++ = *from++;
		}
	}
	*at = from + (*from != '\0');
	*to = '\0';
	return cell;
}

static void take_row(struct ctx *cx, struct import_reader *r, struct import_cells *row)
{
	char *end = strchr(r->at, RS);
	size_t n = 0;

	*end = '\0';
	for (const char *p = r->at; *p; p++)
		n += *p == US;
	row->cells = arena_alloc(cx->mem, (n + 1) * sizeof(*row->cells));
	row->line = strtoll(take_cell(&r->at), NULL, 10);
	for (row->n = 0; row->n + 1 < n; row->n++)
		row->cells[row->n] = arena_dup(cx->mem, take_cell(&r->at));
	r->at = end + 1;
	r->row++;
}

bool import_reader_next(
	struct ctx *cx, struct import_reader *r, struct import_cells *row, bool *more)
{
	if ((!r->at || !*r->at) && !take_part(cx, r))
		return false;
	*more = r->at && *r->at;
	if (*more)
		take_row(cx, r, row);
	return true;
}
