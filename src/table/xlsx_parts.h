/* xlsx_parts - what a workbook's cells lead to: shared texts, formats. */
#pragma once

#include "table/parts.h"

enum { SHEETS_MAX = 1000, RENEW_ROWS = 1000 };

/* The texts that cells share: one after the other, each ended by NUL. */
struct strings {
	char *text;
	size_t len, size;
	size_t *at, n, room;
};
bool strings_read(struct strings *s, struct source from, const char **why);
/* By number, as a cell says it; "" for none such. */
const char *strings_get(const struct strings *s, const char *number);
void strings_free(struct strings *s);

struct xlsx {
	struct book *book;
	const char **parts; /* of the sheets */
	const char *strings_part, *styles_part;
	bool since_1904;
	struct strings strings;
	struct number_format *formats; /* of the cells' styles */
	size_t format_n;
	/* the cell in hand */
	struct arena *mem;
	struct buf text;
	size_t column, next, style;
	int64_t rows;
	char kind;   /* n(umber) s(hared) b(oolean) t(ext) */
	int reading; /* 1: its text; -1: how to say it, which is left out */
};
bool styles_read(struct xlsx *own, struct source from, const char **why);
/* _x000D_ is a control character; in place. */
char *unescape(char *s);
