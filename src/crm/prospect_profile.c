/* A row beside the customer profile: judged as the lead it would make. */
#include "base/arena.h"
#include "crm/prospect_parts.h"

size_t prospect_typed(struct ctx *cx, const struct record *row,
	const struct prospect_columns *columns, const json_t *own, struct typed **typed)
{
	size_t n = 0;

	*typed = arena_alloc(cx->mem, (columns->n + 1) * sizeof(**typed));
	for (size_t i = 0; i < columns->n; i++)
		if (columns->c[i].lead)
			(*typed)[n++] = (struct typed){ columns->c[i].lead->name,
				prospect_cell(row, &columns->c[i], own) };
	return n;
}

bool prospect_qualification_write(struct ctx *cx, struct json_out *j, int64_t id)
{
	const struct prospect_columns *columns;
	struct record *row;
	struct typed *typed;
	size_t n;

	if (!record_load(cx, &prospect_entity, id, RIGHT_READ, &row) ||
		!prospect_columns_of(cx, record_int(row, "list_id"), &columns))
		return false;
	n = prospect_typed(cx, row, columns, prospect_own_cells(cx, row), &typed);
	return qualification_write_typed(cx, j, typed, n);
}
