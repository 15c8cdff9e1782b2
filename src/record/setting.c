/* Settings of the workspace: one text each. */
#include "record/schema.h"

bool setting_get(struct ctx *cx, const char *name, const char *fallback, const char **value)
{
	struct rows *r = db_query(cx, "select value from setting where ws = $1 and name = $2",
		ARGS(v_int(cx->ws), v_text(name)));

	*value = rows_next(r) ? rows_text(r, 0) : fallback;
	return rows_end(r);
}

bool setting_set(struct ctx *cx, const char *name, const char *value)
{
	return db_run(cx,
		"insert into setting (ws, name, value) values ($1, $2, $3)"
		" on conflict (ws, name) do update set value = excluded.value",
		ARGS(v_int(cx->ws), v_text(name), v_text(value)));
}
