/* Any bytes as a table: rows end, cells are text, what goes out comes back. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/fold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool ok)
{
	if (!ok)
		abort();
}

static void write_again(struct arena *mem, const struct csv_row *row)
{
	struct csv_row again;
	const char *why;
	struct buf b;

	buf_init(&b, mem);
	buf_add(&b, "sep=;\nfirst");
	for (size_t i = 0; i < row->count; i++) {
		buf_add(&b, ";");
		csv_add_cell(&b, row->cells[i], ';');
	}
	if (row->count >= 1000)
		return;
	must(csv_next(csv_open(mem, b.s, b.len), mem, &again, &why) == CSV_ROW);
	must(again.count == row->count + 1);
	for (size_t i = 0; i < row->count; i++)
		must(!strcmp(csv_unguard(again.cells[i + 1]), row->cells[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *mem = arena_new();
	struct csv *c = csv_open(mem, (const char *)data, n);
	struct csv_row row;
	const char *why;
	size_t done, all;
	int64_t line = 0;
	enum csv_result result;

	while ((result = csv_next(c, mem, &row, &why)) == CSV_ROW) {
		must(row.count > 0 && row.line > line);
		line = row.line;
		for (size_t i = 0; i < row.count; i++)
			must(utf8_is_valid(row.cells[i], strlen(row.cells[i])));
		write_again(mem, &row);
	}
	must(result == CSV_END || !strncmp(why, "csv.", 4));
	csv_progress(c, &done, &all);
	must(done <= all && (result != CSV_END || done == all));
	arena_free(mem);
	return 0;
}
