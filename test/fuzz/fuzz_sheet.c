/* Any bytes as a sheet's XML: rows end, cells are text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "table/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct rest {
	const char *at;
	size_t left;
};

static int64_t read_rest(void *arg, char *to, size_t n, const char **why)
{
	struct rest *r = arg;
	size_t some = r->left < n ? r->left : n;

	(void)why;
	memcpy(to, r->at, some);
	r->at += some;
	r->left -= some;
	return (int64_t)some;
}

static void must(bool ok)
{
	if (!ok)
		abort();
}

static void read_all(struct arena *mem, struct book *b)
{
	enum csv_result result = CSV_ROW;
	struct csv_row row;
	const char *why;
	int64_t line = 0;

	for (int i = 0; i < 3000 && result == CSV_ROW; i++) {
		result = book_next(b, mem, &row, &why);
		if (result != CSV_ROW)
			break;
		must(row.count > 0 && row.count <= COLUMNS_MAX && row.line > line);
		line = row.line;
		for (size_t k = 0; k < row.count; k++)
			must(utf8_is_valid(row.cells[k], strlen(row.cells[k])));
	}
	must(result != CSV_BROKEN || !strncmp(why, "table.", 6) || !strncmp(why, "csv.", 4));
}

/* The first byte says what it is; a line "----" parts sheet, texts, styles; a
 * whole file goes through the archive. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *mem = arena_new();
	struct rest part[3] = { { "<s/>", 4 }, { "<s/>", 4 }, { "<s/>", 4 } };
	const char *s = (const char *)data + 1, *end = (const char *)data + n, *why;
	struct book *b = NULL;
	struct table *t;

	for (int i = 0; n && i < 3 && s < end; i++) {
		const char *next = memmem(s, (size_t)(end - s), "----", 4);

		part[i] = (struct rest){ s, (size_t)((next && i < 2 ? next : end) - s) };
		s = next && i < 2 ? next + 4 : end;
	}
	if (n && *data == 'P') {
		t = table_open(mem, (const char *)data, n, NULL, &why);
		for (struct csv_row row; t && table_next(t, mem, &row, &why) == CSV_ROW;)
			;
	} else if (n && *data % 2) {
		b = xlsx_of_xml(mem, (struct source){ read_rest, &part[0] },
			(struct source){ read_rest, &part[1] },
			(struct source){ read_rest, &part[2] }, &why);
	} else if (n) {
		b = ods_of_xml(mem, (struct source){ read_rest, &part[0] }, &why);
	}
	if (b)
		read_all(mem, b);
	arena_free(mem);
	return 0;
}
