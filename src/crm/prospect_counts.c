/* How far every list is: its rows by where they stand. */
#include <string.h>

#include "base/arena.h"
#include "crm/prospect_parts.h"

static const char *const names[] = { "new", "called", "callback", "lead", "discarded" };
enum { DISCARDED = COUNT(names) - 1 };

static void write_list(struct json_out *j, int64_t id, const int64_t n[COUNT(names)])
{
	int64_t there = 0;

	if (!id)
		return;
	for (size_t i = 0; i < DISCARDED; i++)
		there += n[i];
	json_open(j, '{');
	json_put_id(j, "id", id);
	json_put_int(j, "rows", there);
	for (size_t i = 0; i < COUNT(names); i++)
		json_put_int(j, names[i], n[i]);
	json_close(j, '}');
}

/* Rows come list by list: a list is written when the next one begins. */
static bool write_all(struct ctx *cx, struct json_out *j, const char *sql, const struct args *args)
{
	struct rows *r = db_query(cx, sql, args->v, args->n);
	int64_t n[COUNT(names)] = { 0 }, list = 0;

	while (rows_next(r)) {
		if (rows_int(r, 0) != list) {
			write_list(j, list, n);
			memset(n, 0, sizeof(n));
			list = rows_int(r, 0);
		}
		for (size_t i = 0; i < COUNT(names); i++)
			if (!strcmp(rows_text(r, 1), names[i]))
				n[i] = rows_int(r, 2);
	}
	write_list(j, list, n);
	return rows_end(r);
}

bool prospect_counts_write(struct ctx *cx, struct json_out *j)
{
	struct args args;
	struct buf sql;
	bool ok;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	buf_add(&sql, "select t.list_id, case when t.removed_reason is not null then 'discarded'"
		      " else t.state end, count(*) from prospect t where t.ws = $1"
		      " and (t.removed_at is null or t.removed_reason is not null)");
	rights_where(cx, &prospect_entity, RIGHT_READ, &sql, &args);
	buf_add(&sql, " group by 1, 2 order by 1");
	json_open(j, '{');
	json_key(j, "items");
	json_open(j, '[');
	ok = write_all(cx, j, sql.s, &args);
	json_close(j, ']');
	json_close(j, '}');
	return ok;
}
