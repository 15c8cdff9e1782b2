/* The sheet of a list: its columns, its counts, its rows a page at a time. */
#include <inttypes.h>
#include <string.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/words.h"
#include "crm/lead.h"
#include "crm/prospect_parts.h"
#include "crm/qualification.h"

/* "select ... from prospect t where t.ws = $1 and t.list_id = $2" and what the
 * user may read of it. */
struct ask {
	struct buf sql;
	struct args args;
};

static void ask_init(struct ctx *cx, struct ask *a, int64_t list_id)
{
	buf_init(&a->sql, cx->mem);
	args_init(&a->args, cx->mem);
	args_add(&a->args, v_int(cx->ws));
	args_add(&a->args, v_int(list_id));
}

static void ask_scope(struct ctx *cx, struct ask *a)
{
	rights_where(cx, &prospect_entity, RIGHT_READ, &a->sql, &a->args);
}

/* Which columns hold something anywhere: of the fields, one by one in a single
 * walk; of the list's own all, for they were made to be seen. */
static bool write_columns(
	struct ctx *cx, struct json_out *j, int64_t list_id, const struct prospect_columns *columns)
{
	struct rows *r;
	struct ask a;
	bool any;
	size_t at = 0;

	ask_init(cx, &a, list_id);
	buf_add(&a.sql, "select count(*)");
	for (size_t i = 0; i < columns->n; i++)
		if (!columns->c[i].id)
			buf_addf(&a.sql, ", count(t.%s)", columns->c[i].key);
	buf_add(&a.sql, " from prospect t where t.ws = $1 and t.list_id = $2"
			" and t.removed_at is null");
	ask_scope(cx, &a);
	r = db_query(cx, a.sql.s, a.args.v, a.args.n);
	any = rows_next(r);
	json_key(j, "columns");
	json_open(j, '[');
	for (size_t i = 0; i < columns->n; i++) {
		const struct prospect_column *c = &columns->c[i];

		json_open(j, '{');
		json_put_text(j, "key", c->key);
		json_put_text(j, "label", c->label);
		json_put_text(j, "type", c->type);
		json_put_text(j, "field", c->lead ? c->lead->name : NULL);
		json_put_bool(j, "own", c->id != 0);
		json_put_id(j, "id", c->id);
		json_put_bool(j, "used", c->id || (any && rows_int(r, ++at) > 0));
		json_close(j, '}');
	}
	json_close(j, ']');
	return rows_end(r);
}

static bool count_states(struct ctx *cx, struct json_out *j, int64_t list_id)
{
	static const char *const states[] = { "new", "called", "callback", "lead" };
	int64_t n[COUNT(states)] = { 0 }, all = 0;
	struct rows *r;
	struct ask a;

	ask_init(cx, &a, list_id);
	buf_add(&a.sql, "select t.state, count(*) from prospect t where t.ws = $1"
			" and t.list_id = $2 and t.removed_at is null");
	ask_scope(cx, &a);
	buf_add(&a.sql, " group by t.state");
	r = db_query(cx, a.sql.s, a.args.v, a.args.n);
	while (rows_next(r))
		for (size_t i = 0; i < COUNT(states); i++)
			if (!strcmp(rows_text(r, 0), states[i])) {
				n[i] = rows_int(r, 1);
				all += n[i];
			}
	json_put_int(j, "rows", all);
	for (size_t i = 0; i < COUNT(states); i++)
		json_put_int(j, states[i], n[i]);
	return rows_end(r);
}

static bool count_discarded(struct ctx *cx, struct json_out *j, int64_t list_id)
{
	struct ask a;
	int64_t n;

	ask_init(cx, &a, list_id);
	buf_add(&a.sql, "select count(*) from prospect t where t.ws = $1 and t.list_id = $2"
			" and t.removed_reason is not null");
	ask_scope(cx, &a);
	if (!db_int(cx, &n, 0, a.sql.s, a.args.v, a.args.n))
		return false;
	json_put_int(j, "discarded", n);
	return true;
}

static bool write_counts(struct ctx *cx, struct json_out *j, int64_t list_id)
{
	bool ok;

	json_key(j, "counts");
	json_open(j, '{');
	ok = count_states(cx, j, list_id) && count_discarded(cx, j, list_id);
	json_close(j, '}');
	return ok;
}

bool prospect_sheet_write(struct ctx *cx, struct json_out *j, int64_t list_id)
{
	const struct prospect_columns *columns;
	struct qualification *q;
	struct record *list;
	bool ok;

	if (!prospect_list_load(cx, list_id, RIGHT_READ, &list) ||
		!prospect_columns_of(cx, list_id, &columns) || !qualification_load(cx, &q))
		return false;
	json_open(j, '{');
	json_put_bool(j, "judged", qualification_asks(q));
	json_key(j, "list");
	ok = record_write_whole(cx, j, list) && write_columns(cx, j, list_id, columns) &&
	     write_counts(cx, j, list_id);
	json_close(j, '}');
	return ok;
}

/* "1,2,3" of the list; what is not there is left out. */
static bool add_ids(struct ctx *cx, const char *ids, struct ask *a)
{
	size_t n = 0;

	for (const char *at = ids; *at; n++) {
		char *end;
		int64_t id = strtoll(at, &end, 10);

		if (end == at || (*end && *end != ',') || id <= 0 || n == PROSPECT_PAGE)
			return refuse_field(cx, "ids", "query.value", textf(cx, "%.60s", at));
		buf_addf(&a->sql, "%s$%zu", n ? ", " : " and t.id in (",
			args_add(&a->args, v_int(id)));
		at = end + (*end == ',');
	}
	buf_add(&a->sql, n ? ")" : " and 1 = 0");
	return true;
}

static bool add_after(struct ctx *cx, const char *cursor, struct ask *a)
{
	struct val position;
	int64_t id;

	if (!cursor || !*cursor)
		return true;
	if (!cursor_read(cx, cursor, &position, &id) || position.type != VAL_INT)
		return refuse_field(cx, "cursor", "query.cursor");
	buf_addf(&a->sql, " and (t.position, t.id) > ($%zu, $%zu)", args_add(&a->args, position),
		args_add(&a->args, v_int(id)));
	return true;
}

static bool read_page(struct ctx *cx, const struct prospect_ask *ask, struct page *page)
{
	struct ask a;

	ask_init(cx, &a, ask->list_id);
	buf_add(&a.sql, " where t.ws = $1 and t.list_id = $2");
	if (!ask->ids)
		buf_add(&a.sql, ask->discarded ? " and t.removed_reason is not null"
					       : " and t.removed_at is null");
	ask_scope(cx, &a);
	if ((ask->ids && !add_ids(cx, ask->ids, &a)) || !add_after(cx, ask->cursor, &a))
		return false;
	buf_add(&a.sql, " order by t.position, t.id");
	return list_select(cx, &prospect_entity, a.sql.s, &a.args, ask->limit, page);
}

bool prospect_rows_write(struct ctx *cx, struct json_out *j, const struct prospect_ask *ask)
{
	const char *next = NULL;
	struct record *list;
	struct page page;

	if (!prospect_list_load(cx, ask->list_id, RIGHT_READ, &list) || !read_page(cx, ask, &page))
		return false;
	json_open(j, '{');
	if (!prospect_write_rows(cx, j, ask->list_id, page.items, page.n))
		return false;
	if (page.more) {
		const struct record *last = page.items[page.n - 1];
		struct val position = v_int(record_int(last, "position"));

		next = cursor_write(cx, &position, last->id);
	}
	json_put_text(j, "next", next);
	json_close(j, '}');
	return true;
}
