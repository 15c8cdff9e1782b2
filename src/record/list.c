/* Pages of records by keyset: filters from the query string, an order with an
 * index behind it, a cursor that says where the last page ended. */
#include "record/list.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "record/custom.h"
#include "record/parts.h"

/* Hits of a search that are looked through before all of them are. */
enum { NEWEST = 1000 };

const char *param_get(const struct params *ps, const char *name)
{
	for (size_t i = 0; i < ps->n; i++)
		if (!strcmp(ps->p[i].name, name))
			return ps->p[i].value;
	return NULL;
}

bool list_select(struct ctx *cx, const struct entity *of, const char *where_and_order,
	const struct args *args, size_t limit, struct page *page)
{
	struct rows *r;
	struct buf sql;

	of = entity_of(cx, of);
	*page = (struct page){ .items = arena_raw(cx->mem, (limit + 1) * sizeof(*page->items)) };
	buf_init(&sql, cx->mem);
	buf_add(&sql, "select ");
	record_columns(&sql, of);
	buf_addf(&sql, " from %s t", entity_table(of));
	buf_add(&sql, where_and_order);
	buf_addf(&sql, " limit %zu", limit + 1);
	r = db_query(cx, sql.s, args->v, args->n);
	while (rows_next(r) && page->n <= limit)
		page->items[page->n++] = record_from_row(cx, of, r);
	page->more = page->n > limit;
	if (page->more)
		page->n = limit;
	return rows_end(r);
}

bool count_capped(struct ctx *cx, const char *from_where, const struct args *args, int64_t *n)
{
	struct buf sql;

	buf_init(&sql, cx->mem);
	buf_add(&sql, "select count(*) from (select 1 ");
	buf_add(&sql, from_where);
	buf_addf(&sql, " limit %d) counted", COUNT_CAP + 1);
	return db_int(cx, n, 0, sql.s, args->v, args->n);
}

struct order {
	const char *column; /* "id", "updated_at", "title_fold", a field */
	const struct field *field;
	bool down, is_span;
};

static bool read_order(
	struct ctx *cx, const struct entity *of, const struct params *ps, struct order *o)
{
	const char *sort = param_get(ps, "sort");
	struct span span;
	int at;

	*o = (struct order){ "id", NULL, true, false };
	if (!sort || !*sort) {
		/* newest first: of a span by that, else by id, as they were made */
		o->is_span = span_find(cx, of, ps, &span);
		if (o->is_span)
			o->column = span.column;
		return true;
	}
	o->down = *sort == '-';
	sort += o->down;
	if (!strcmp(sort, "id") || !strcmp(sort, "created_at"))
		return true;
	if (!strcmp(sort, "updated_at") || !strcmp(sort, "title")) {
		o->column = *sort == 't' ? "title_fold" : "updated_at";
		return true;
	}
	at = entity_find(of, sort);
	if (at < 0 || !entity_field(of, (size_t)at)->sort || entity_field(of, (size_t)at)->secret ||
		rights_field(cx->who, of, sort) == FIELD_HIDDEN)
		return refuse_field(cx, "sort", "query.sort", textf(cx, "%.60s", sort));
	o->field = entity_field(of, (size_t)at);
	o->column = o->field->sort_by ? o->field->sort_by : o->field->name;
	return true;
}

static bool read_limit(struct ctx *cx, const char *text, size_t *limit)
{
	char *end;
	long n;

	*limit = LIST_DEFAULT;
	if (!text)
		return true;
	n = strtol(text, &end, 10);
	if (!*text || *end || n < 1 || n > LIST_MAX || strlen(text) > 4 || *text == '+' ||
		*text == ' ')
		return refuse_field(cx, "limit", "query.limit", textf(cx, "%d", LIST_MAX));
	*limit = (size_t)n;
	return true;
}

/* Rows after the cursor.  Nulls of a sorted column come last either way up;
 * "no value yet" is told by an empty key. */
static bool add_cursor(struct ctx *cx, const struct order *o, const char *cursor, struct buf *sql,
	struct args *args)
{
	const char *than = o->down ? "<" : ">";
	struct val key;
	int64_t id;
	size_t k, i;

	if (!cursor || !*cursor)
		return true;
	if (!cursor_read(cx, cursor, &key, &id))
		return refuse_field(cx, "cursor", "query.cursor");
	if (!strcmp(o->column, "id")) {
		buf_addf(sql, " and t.id %s $%zu", than, args_add(args, v_int(id)));
		return true;
	}
	if (key.type == VAL_NULL) {
		buf_addf(sql, " and t.%s is null and t.id %s $%zu", o->column, than,
			args_add(args, v_int(id)));
		return true;
	}
	k = args_add(args, key);
	i = args_add(args, v_int(id));
	if (!o->field)
		buf_addf(sql, " and (t.%s, t.id) %s ($%zu, $%zu)", o->column, than, k, i);
	else
		buf_addf(sql, " and ((t.%s, t.id) %s ($%zu, $%zu) or t.%s is null)", o->column,
			than, k, i, o->column);
	return true;
}

/* own: "t.", or "+t." where the order's index is not to be walked. */
static const char *order_text(struct ctx *cx, const struct order *o, const char *own)
{
	const char *way = o->down ? "desc" : "asc";

	if (!strcmp(o->column, "id"))
		return textf(cx, " order by %sid %s", own, way);
	return textf(cx, " order by %s%s %s%s, t.id %s", own, o->column, way,
		o->field ? " nulls last" : "", way);
}

/* What stands in a status since long was made and changed long ago: by these
 * orders it would be found last. */
static bool is_by_age(const struct order *o)
{
	return !strcmp(o->column, "id") || !strcmp(o->column, "updated_at");
}

static bool select_apart(struct ctx *cx, const struct entity *of, const struct order *o,
	const struct custom_order *by, struct page *page)
{
	struct args args = *by->args;
	struct apart apart = { .ranges = by->ranges,
		.args = &args,
		.where = by->where,
		.order = order_text(cx, o, "t."),
		.gathered = order_text(cx, o, is_by_age(o) ? "+t." : "t."),
		.newest_first = o->down && !strcmp(o->column, "id"),
		.limit = by->limit };
	struct buf after;

	buf_init(&after, cx->mem);
	if (!add_cursor(cx, o, by->cursor, &after, &args))
		return false;
	apart.after = after.s;
	return list_apart(cx, of, &apart, page);
}

static bool select_page(struct ctx *cx, const struct entity *of, const struct order *o,
	struct custom_order *by, struct page *page)
{
	struct args args = *by->args;
	struct buf sql;

	by->field = o->field;
	by->down = o->down;
	if (o->field && o->field->custom)
		return list_by_custom(cx, of, by, page);
	if (by->ranges && by->ranges->n)
		return select_apart(cx, of, o, by, page);
	buf_init(&sql, cx->mem);
	buf_add(&sql, by->where);
	if (!add_cursor(cx, o, by->cursor, &sql, &args))
		return false;
	buf_add(&sql, order_text(cx, o, "t."));
	return list_select(cx, of, sql.s, &args, by->limit, page);
}

/* Where the page ended: the sort value of its last record. */
static bool end_of(struct ctx *cx, const struct entity *of, const struct order *o,
	const struct record *last, const char **cursor)
{
	struct val key = v_null();
	struct rows *r;

	if (o->field && o->field->custom) {
		key = v_text(custom_key(cx, o->field, &last->v[record_at(last, o->field->name)]));
	} else if (strcmp(o->column, "id") != 0) {
		r = db_query(cx,
			textf(cx, "select %s from %s where ws = $1 and id = $2", o->column,
				entity_table(of)),
			ARGS(v_int(cx->ws), v_int(last->id)));
		if (rows_next(r))
			key = rows_val(r, 0);
		if (!rows_end(r))
			return false;
	}
	*cursor = cursor_write(cx, &key, last->id);
	return true;
}

static bool count_found(
	struct ctx *cx, const struct entity *of, const struct params *ps, int64_t *n)
{
	struct ranges ranges = { 0 };
	struct params apart = *ps;
	struct args args;
	struct buf sql;

	apart.ranges = &ranges;
	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	buf_addf(&sql, "from %s t", entity_table(of));
	span_hint(cx, of, ps, &sql);
	if (!list_where(cx, of, RIGHT_READ, &apart, &sql, &args))
		return false;
	return ranges.n ? count_apart(cx, sql.s, &ranges, &args, n)
			: count_capped(cx, sql.s, &args, n);
}

/* Exact and kept when nothing narrows the list, else counted up to the cap. */
static bool write_total(
	struct ctx *cx, const struct entity *of, const struct params *ps, struct json_out *j)
{
	static const char *const plain[] = { "limit", "cursor", "sort", "count", "names" };
	struct params newest = *ps;
	size_t others = ps->n;
	int64_t n = 0;

	for (size_t i = 0; i < COUNT(plain); i++)
		others -= param_get(ps, plain[i]) != NULL;
	if (!others && !of->setup) {
		if (!tally_sum(cx, of, RIGHT_READ, &n))
			return false;
		json_put_int(j, "total", n);
		json_put_text(j, "total_is", "exact");
		return true;
	}
	if (param_get(ps, "q")) {
		newest.newest.hits = 4 * COUNT_CAP;
		newest.newest.before = INT64_MAX;
		if (!count_found(cx, of, &newest, &n))
			return false;
	}
	if (n <= COUNT_CAP && !count_found(cx, of, ps, &n))
		return false;
	json_put_int(j, "total", n > COUNT_CAP ? COUNT_CAP : n);
	json_put_text(j, "total_is", n > COUNT_CAP ? "at_least" : "exact");
	return true;
}

static bool read_flag(struct ctx *cx, const struct params *ps, const char *name, bool *flag)
{
	const char *text = param_get(ps, name);

	*flag = text && !strcmp(text, "true");
	if (text && !*flag && strcmp(text, "false") != 0)
		return refuse_field(cx, name, "query.flag");
	return true;
}

static bool write_page(
	struct ctx *cx, const struct params *ps, const struct page *page, struct json_out *j)
{
	struct names *names = names_new(cx);
	bool named;

	if (!read_flag(cx, ps, "names", &named))
		return false;
	json_key(j, "items");
	json_open(j, '[');
	for (size_t i = 0; i < page->n; i++) {
		record_write(cx, j, page->items[i]);
		if (named)
			names_want_links(names, page->items[i]);
	}
	json_close(j, ']');
	return !named || names_write(cx, names, j);
}

static bool read_page(struct ctx *cx, const struct entity *of, const struct params *ps,
	struct custom_order *by, struct page *page)
{
	struct args *args = arena_alloc(cx->mem, sizeof(*args));
	struct ranges *ranges = arena_alloc(cx->mem, sizeof(*ranges));
	struct params apart = *ps;
	struct order order;
	struct buf sql;

	*ranges = (struct ranges){ 0 };
	buf_init(&sql, cx->mem);
	args_init(args, cx->mem);
	if (!read_order(cx, of, ps, &order))
		return false;
	apart.ranges = order.field && order.field->custom ? NULL : ranges;
	if (!list_where(cx, of, by->right, &apart, &sql, args))
		return false;
	by->ranges = ranges;
	by->where = sql.s;
	by->args = args;
	return select_page(cx, of, &order, by, page);
}

/* By id a search is first tried on its newest hits: a full page needs no more. */
static bool find_page(struct ctx *cx, const struct entity *of, const struct params *ps,
	struct custom_order *by, struct page *page)
{
	const char *q = param_get(ps, "q"), *sort = param_get(ps, "sort");
	struct params newest = *ps;
	struct span span;
	struct val key;

	newest.newest.hits = NEWEST;
	newest.newest.before = INT64_MAX;
	if (q && *q && (!sort || !*sort) && !span_find(cx, of, ps, &span) &&
		(!by->cursor || !*by->cursor ||
			cursor_read(cx, by->cursor, &key, &newest.newest.before))) {
		if (!read_page(cx, of, &newest, by, page))
			return false;
		if (page->more)
			return true;
	}
	return read_page(cx, of, ps, by, page);
}

bool list_walk(struct ctx *cx, const struct list_walk *walk, const char **cursor, struct page *page)
{
	const struct entity *of = entity_of(cx, walk->of);
	struct custom_order by = { .cursor = *cursor, .limit = LIST_MAX, .right = walk->right };
	struct order order;

	*cursor = NULL;
	return read_order(cx, of, walk->filters, &order) &&
	       read_page(cx, of, walk->filters, &by, page) &&
	       (!page->more || end_of(cx, of, &order, page->items[page->n - 1], cursor));
}

bool list_write(
	struct ctx *cx, const struct entity *of, const struct params *ps, struct json_out *j)
{
	const char *next = NULL;
	struct order order;
	struct page page;
	struct custom_order by = { .cursor = param_get(ps, "cursor"), .right = RIGHT_READ };
	bool counted;

	of = entity_of(cx, of);
	if (!rights_demand(cx, of, RIGHT_READ) ||
		!read_limit(cx, param_get(ps, "limit"), &by.limit) ||
		!read_order(cx, of, ps, &order) || !read_flag(cx, ps, "count", &counted) ||
		!find_page(cx, of, ps, &by, &page))
		return false;
	json_open(j, '{');
	if (!write_page(cx, ps, &page, j))
		return false;
	if (page.more && !end_of(cx, of, &order, page.items[page.n - 1], &next))
		return false;
	json_put_text(j, "next", next);
	if (counted && !write_total(cx, of, ps, j))
		return false;
	json_close(j, '}');
	return true;
}

/* "i123:456" a number, "n:456" none, "t<text>:456" a text, hex-coded so that
 * it travels in a query string. */
const char *cursor_write(struct ctx *cx, const struct val *key, int64_t id)
{
	struct buf b, out;

	buf_init(&b, cx->mem);
	if (key->type == VAL_INT)
		buf_addf(&b, "i%" PRId64, key->i);
	else if (key->type == VAL_TEXT)
		buf_addf(&b, "t%s", key->s);
	else
		buf_add(&b, "n");
	buf_init(&out, cx->mem);
	buf_addf(&out, "%" PRId64 ".", id);
	for (size_t i = 0; i < b.len; i++)
		buf_addf(&out, "%02x", (unsigned char)b.s[i]);
	return out.s;
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool cursor_read(struct ctx *cx, const char *cursor, struct val *key, int64_t *id)
{
	size_t n = strlen(cursor);
	char *text = arena_alloc(cx->mem, n + 1), *end;
	size_t len = 0;

	*id = strtoll(cursor, &end, 10);
	if (end == cursor || *end != '.' || *id <= 0 || n > 2000)
		return false;
	for (end++; *end; end += 2) {
		int high = hex(end[0]), low = high < 0 ? -1 : hex(end[1]);

		if (low < 0)
			return false;
		text[len++] = (char)(high * 16 + low);
	}
	if (!utf8_is_valid(text, len))
		return false;
	*key = *text == 'i'   ? v_int(strtoll(text + 1, NULL, 10))
	       : *text == 't' ? v_text(text + 1)
			      : v_null();
	return *text == 'i' || *text == 't' || *text == 'n';
}
