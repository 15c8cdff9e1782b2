/* Pages in the order of one of the firm's own fields: first the records that
 * have a value, by its index, then those that have none. */
#include <string.h>

#include "base/arena.h"
#include "record/custom.h"
#include "record/parts.h"

/* Where the page before ended. */
struct end {
	struct val key; /* none: among those without a value */
	int64_t id;	/* 0: nowhere */
};

static bool select_with(struct ctx *cx, const struct entity *of, const struct custom_order *o,
	const struct end *end, struct page *page)
{
	const char *way = o->down ? "desc" : "asc";
	struct args args = *o->args;
	struct buf sql;
	size_t key;

	buf_init(&sql, cx->mem);
	buf_addf(&sql,
		" join custom_value s on s.ws = t.ws and s.id = t.id%s and s.ws = $1 and s.field = $%zu",
		o->where, args_add(&args, v_int(o->field->id)));
	if (end->id) {
		key = args_add(&args, end->key);
		buf_addf(&sql, " and (s.value, s.id) %s ($%zu, $%zu)", o->down ? "<" : ">", key,
			args_add(&args, v_int(end->id)));
	}
	buf_addf(&sql, " order by s.value %s, s.id %s", way, way);
	return list_select(cx, of, sql.s, &args, o->limit, page);
}

static bool select_without(struct ctx *cx, const struct entity *of, const struct custom_order *o,
	int64_t after, struct page *page)
{
	struct args args = *o->args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	buf_addf(&sql, "%s and coalesce(t.custom_values, '') not like $%zu escape '\\'", o->where,
		args_add(&args, v_text(custom_pattern(cx, o->field))));
	if (after)
		buf_addf(&sql, " and t.id %s $%zu", o->down ? "<" : ">",
			args_add(&args, v_int(after)));
	buf_addf(&sql, " order by t.id %s", o->down ? "desc" : "asc");
	return list_select(cx, of, sql.s, &args, o->limit - page->n, page);
}

static void join(struct page *page, const struct page *with, const struct page *without)
{
	memcpy(page->items, with->items, with->n * sizeof(*page->items));
	memcpy(page->items + with->n, without->items, without->n * sizeof(*page->items));
	page->n = with->n + without->n;
	page->more = without->more;
}

bool list_by_custom(
	struct ctx *cx, const struct entity *of, const struct custom_order *o, struct page *page)
{
	struct page with = { 0 }, without;
	struct end end = { 0 };

	if (o->cursor && *o->cursor && !cursor_read(cx, o->cursor, &end.key, &end.id))
		return refuse_field(cx, "cursor", "query.cursor");
	if ((!end.id || end.key.type == VAL_TEXT) && !select_with(cx, of, o, &end, &with))
		return false;
	*page = with;
	if (with.more)
		return true;
	without = with;
	if (!select_without(cx, of, o, end.key.type == VAL_TEXT ? 0 : end.id, &without))
		return false;
	page->items = arena_alloc(cx->mem, (o->limit + 1) * sizeof(*page->items));
	join(page, &with, &without);
	return true;
}
