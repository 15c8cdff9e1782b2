/* A row while it is being read. */
#include <string.h>

#include "base/arena.h"
#include "table/parts.h"

enum { RENEW_ROWS = 1000 };

void cells_clear(struct cells *c, int64_t line)
{
	if (!c->mem || ++c->used == RENEW_ROWS) {
		if (c->mem)
			arena_free(c->mem);
		c->mem = arena_new();
		c->used = 0;
	}
	buf_init(&c->text, c->mem);
	/* offset 0 is the empty cell's */
	buf_addn(&c->text, "", 1);
	memset(c->at, 0, sizeof(c->at));
	c->count = 0;
	c->line = line;
}

bool cells_put(struct cells *c, size_t column, const char *s)
{
	if (!*s)
		return true;
	if (column >= COLUMNS_MAX)
		return false;
	c->at[column] = c->text.len;
	buf_addn(&c->text, s, strlen(s) + 1);
	if (column >= c->count)
		c->count = column + 1;
	return true;
}

void cells_give(const struct cells *c, struct arena *mem, struct csv_row *row)
{
	const char **cells = arena_alloc(mem, (c->count + 1) * sizeof(*cells));
	char *text = arena_alloc(mem, c->text.len);

	memcpy(text, c->text.s, c->text.len);
	for (size_t i = 0; i < c->count; i++)
		cells[i] = text + c->at[i];
	*row = (struct csv_row){ cells, c->count, c->line };
}
