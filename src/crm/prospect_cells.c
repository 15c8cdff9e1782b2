/* The sheet's edits: cells set, rows added, rows moved; all of one gesture or
 * none of it. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "crm/lead.h"
#include "crm/prospect_parts.h"
#include "record/op.h"

enum { CELL = 32767, ASK_AT_ONCE = 500 };

struct batch {
	const struct prospect_edit *edit;
	const struct prospect_columns *columns;
	struct record **rows; /* changed and added */
	size_t n;
	int64_t first, step; /* where new rows come */
};

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int by_row(const void *a, const void *b)
{
	int64_t x = (*(struct record *const *)a)->id, y = (*(struct record *const *)b)->id;

	return (x > y) - (x < y);
}

static bool no_row(struct ctx *cx, const char *member, int64_t id)
{
	return refuse_field(cx, member, "prospect.no_row", textf(cx, "%lld", (long long)id));
}

static bool load_some(
	struct ctx *cx, int64_t list_id, const int64_t *ids, size_t n, struct page *page)
{
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(list_id));
	buf_add(&sql, " where t.ws = $1 and t.list_id = $2 and t.id in (");
	for (size_t i = 0; i < n; i++)
		buf_addf(&sql, "%s$%zu", i ? ", " : "", args_add(&args, v_int(ids[i])));
	buf_add(&sql, ")");
	rights_where(cx, &prospect_entity, RIGHT_READ, &sql, &args);
	buf_add(&sql, " order by t.id");
	return list_select(cx, &prospect_entity, sql.s, &args, n, page);
}

/* Both ascend: what the page lacks is not there, or not for this user. */
static bool must_be_all(
	struct ctx *cx, const char *member, const int64_t *ids, size_t n, const struct page *page)
{
	for (size_t i = 0; i < n; i++)
		if (i >= page->n || page->items[i]->id != ids[i])
			return no_row(cx, member, ids[i]);
	return true;
}

bool prospect_load_rows(struct ctx *cx, int64_t list_id, const char *member, const int64_t *ids,
	size_t n, struct record **rows)
{
	for (size_t at = 0; at < n; at += ASK_AT_ONCE) {
		size_t some = n - at < ASK_AT_ONCE ? n - at : ASK_AT_ONCE;
		struct page page;

		if (!load_some(cx, list_id, ids + at, some, &page) ||
			!must_be_all(cx, member, ids + at, some, &page))
			return false;
		for (size_t i = 0; i < some; i++) {
			rows[at + i] = page.items[i];
			if (record_has(rows[at + i], "removed_at"))
				return no_row(cx, member, rows[at + i]->id);
			if (!rights_covers(cx->who, &prospect_entity, RIGHT_WRITE,
				    record_int(rows[at + i], "owner_id")))
				return refuse(cx, PROBLEM_FORBIDDEN, "problem.forbidden");
		}
	}
	return true;
}

/* What is typed there stays as it is, but for what no text can hold. */
static const char *typed(struct ctx *cx, const char *s)
{
	char *clean = arena_dup(cx->mem, s);

	for (char *p = clean; *p; p++)
		if (((unsigned char)*p < ' ' && *p != '\n' && *p != '\t') || *p == 0x7f)
			*p = ' ';
	return clean;
}

static bool take_value(struct ctx *cx, const json_t *given, const char *key, const char **value)
{
	*value = "";
	if (!given || json_is_null(given))
		return true;
	if (!json_is_string(given))
		return refuse_field(cx, key, "field.type");
	*value = typed(cx, json_string_value(given));
	return strlen(*value) <= CELL || utf8_length(*value) <= CELL ||
	       refuse_field(cx, key, "field.too_long", textf(cx, "%d", CELL));
}

/* own: the cells of the list's own columns, put back once the row is done. */
static bool set_cell(struct ctx *cx, const struct batch *b, struct record *row, json_t **own,
	const char *key, const json_t *given)
{
	const struct prospect_column *c = prospect_column_named(b->columns, key);
	const char *value;

	if (!c)
		c = prospect_column_meaning(b->columns, key);
	if (!c)
		return refuse_field(
			cx, textf(cx, "%.60s", key), "prospect.no_column", textf(cx, "%.60s", key));
	if (!take_value(cx, given, c->key, &value))
		return false;
	if (!c->id) {
		record_set_text(row, c->key, value);
		return true;
	}
	if (!*own)
		*own = prospect_own_cells(cx, row);
	if (*value)
		json_object_set_new(*own, c->key, json_string(value));
	else
		json_object_del(*own, c->key);
	return true;
}

/* A field of the lead that a sheet could fill and this one has no column for. */
static const struct field *lacking(
	struct ctx *cx, const struct prospect_columns *columns, const char *key)
{
	const struct entity *leads = entity_of(cx, &lead_entity);
	int at = key && !prospect_column_named(columns, key) ? entity_find(leads, key) : -1;
	const struct field *f = at < 0 ? NULL : entity_field(leads, (size_t)at);

	if (!f || f->readonly || f->derived || f->secret || f->hidden || f->type == FIELD_LINK ||
		f->type == FIELD_JSON || prospect_column_meaning(columns, key))
		return NULL;
	return f;
}

static bool want_column(struct ctx *cx, struct batch *b, const char *key)
{
	const struct field *f = lacking(cx, b->columns, key);
	const char *heading = f ? field_label(f, cx->lang) : NULL, *made;
	struct receiving r = { .headings = &heading, .keys = &made, .n = 1 };

	return !f || (prospect_columns_want(cx, b->edit->list_id, &r) &&
			     prospect_columns_of(cx, b->edit->list_id, &b->columns));
}

/* What is learned on the phone may have no column yet (S5.5). */
static bool want_columns(struct ctx *cx, struct batch *b)
{
	const json_t *one;
	const char *key;
	json_t *value;
	size_t i;

	json_array_foreach(b->edit->set, i, one)
	{
		if (!want_column(cx, b, json_string_value(json_object_get(one, "key"))))
			return false;
	}
	json_array_foreach(b->edit->add, i, one)
	{
		json_object_foreach(json_object_get(one, "values"), key, value)
		{
			if (!want_column(cx, b, key))
				return false;
		}
	}
	return true;
}

/* The rows that are named, each once, ascending. */
static bool load_named(struct ctx *cx, struct batch *b)
{
	size_t n = json_array_size(b->edit->set), kept = 0;
	int64_t *ids = arena_alloc(cx->mem, (n + 1) * sizeof(*ids));
	const json_t *one;
	size_t i;

	json_array_foreach(b->edit->set, i, one)
	{
		const json_t *id = json_object_get(one, "id");

		if (!json_is_integer(id) || !json_is_string(json_object_get(one, "key")) ||
			json_object_size(one) > 3)
			return refuse_field(cx, "set", "prospect.set");
		ids[i] = json_integer_value(id);
	}
	qsort(ids, n, sizeof(*ids), by_number);
	for (i = 0; i < n; i++)
		if (!kept || ids[kept - 1] != ids[i])
			ids[kept++] = ids[i];
	b->n = kept;
	return prospect_load_rows(cx, b->edit->list_id, "set", ids, kept, b->rows);
}

static bool set_cells(struct ctx *cx, struct batch *b)
{
	json_t **own = arena_alloc(cx->mem, (b->n + 1) * sizeof(*own));
	const json_t *one;
	bool ok = true;
	size_t i;

	json_array_foreach(b->edit->set, i, one)
	{
		struct record like = { .id = json_integer_value(json_object_get(one, "id")) };
		const struct record *key = &like;
		struct record **row = bsearch(&key, b->rows, b->n, sizeof(*row), by_row);

		ok = set_cell(cx, b, *row, &own[row - b->rows],
			     json_string_value(json_object_get(one, "key")),
			     json_object_get(one, "value")) &&
		     ok;
	}
	for (i = 0; i < b->n; i++)
		if (own[i])
			prospect_set_own_cells(cx, b->rows[i], own[i]);
	return ok;
}

static bool add_row(struct ctx *cx, struct batch *b, const json_t *given, int64_t position)
{
	const json_t *values = json_object_get(given, "values");
	struct record *row = record_new(cx, &prospect_entity);
	json_t *own = NULL, *value;
	bool ok = true;
	const char *key;

	if (!json_is_object(values) || json_object_size(given) != 1)
		return refuse_field(cx, "add", "prospect.add");
	record_set(row, "list_id", v_int(b->edit->list_id));
	record_set(row, "position", v_int(position));
	json_object_foreach((json_t *)values, key, value) ok =
		set_cell(cx, b, row, &own, key, value) && ok;
	if (own)
		prospect_set_own_cells(cx, row, own);
	b->rows[b->n++] = row;
	return ok;
}

/* Before any row is loaded: others may have to make room. */
static bool find_places(struct ctx *cx, struct batch *b)
{
	size_t n = json_array_size(b->edit->add);

	return !n || prospect_places(cx, b->edit, n, &b->first, &b->step);
}

static bool add_rows(struct ctx *cx, struct batch *b)
{
	const json_t *one;
	bool ok = true;
	size_t i;

	json_array_foreach(b->edit->add, i, one) ok =
		add_row(cx, b, one, b->first + b->step * (int64_t)i) && ok;
	return ok;
}

static bool must_fit(struct ctx *cx, const struct prospect_edit *edit)
{
	if (json_array_size(edit->set) > PROSPECT_CELLS)
		return refuse_field(
			cx, "set", "prospect.too_many", textf(cx, "%d", PROSPECT_CELLS));
	if (json_array_size(edit->add) > PROSPECT_ADD)
		return refuse_field(cx, "add", "prospect.too_many", textf(cx, "%d", PROSPECT_ADD));
	return true;
}

static bool write_rows(struct ctx *cx, struct json_out *j, const struct batch *b)
{
	bool ok;

	json_open(j, '{');
	ok = prospect_write_rows(cx, j, b->edit->list_id, b->rows, b->n);
	json_close(j, '}');
	return ok;
}

bool prospect_cells(struct ctx *cx, struct json_out *j, const struct prospect_edit *edit)
{
	size_t room = json_array_size(edit->set) + json_array_size(edit->add) + 1;
	struct memo own = { 0 }, *outer = cx->memo;
	struct batch b = { .edit = edit };
	struct record *list;

	if (!must_fit(cx, edit))
		return false;
	b.rows = arena_alloc(cx->mem, room * sizeof(*b.rows));
	/* the list is asked for again and again by the rows' own checks */
	cx->memo = &own;

	bool ok = op_begin(cx, "prospect.cells") &&
		  prospect_list_load(cx, edit->list_id, RIGHT_WRITE, &list) &&
		  prospect_columns_of(cx, edit->list_id, &b.columns) && want_columns(cx, &b) &&
		  find_places(cx, &b) && load_named(cx, &b) && set_cells(cx, &b) &&
		  add_rows(cx, &b) && record_store_all(cx, b.rows, b.n) && op_about(cx, list) &&
		  write_rows(cx, j, &b);

	cx->memo = outer;
	return op_end(cx, ok);
}

static bool read_ids(struct ctx *cx, const json_t *given, int64_t **ids, size_t *n)
{
	int64_t *sorted;
	const json_t *one;
	size_t i;

	*n = json_array_size(given);
	if (!json_is_array(given) || !*n || *n > PROSPECT_ADD)
		return refuse_field(cx, "ids", "prospect.ids", textf(cx, "%d", PROSPECT_ADD));
	*ids = arena_alloc(cx->mem, *n * sizeof(**ids));
	sorted = arena_alloc(cx->mem, *n * sizeof(*sorted));
	json_array_foreach(given, i, one)
	{
		if (!json_is_integer(one))
			return refuse_field(cx, "ids", "field.type");
		sorted[i] = (*ids)[i] = json_integer_value(one);
	}
	qsort(sorted, *n, sizeof(*sorted), by_number);
	for (i = 1; i < *n; i++)
		if (sorted[i] == sorted[i - 1])
			return refuse_field(cx, "ids", "prospect.twice",
				textf(cx, "%lld", (long long)sorted[i]));
	return true;
}

/* In the order that was asked for. */
static bool load_in_order(
	struct ctx *cx, int64_t list_id, const int64_t *ids, size_t n, struct record **rows)
{
	struct record **found = arena_alloc(cx->mem, n * sizeof(*found));
	int64_t *sorted = arena_alloc(cx->mem, n * sizeof(*sorted));

	memcpy(sorted, ids, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), by_number);
	if (!prospect_load_rows(cx, list_id, "ids", sorted, n, found))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct record like = { .id = ids[i] };
		const struct record *key = &like;

		rows[i] = *(struct record **)bsearch(&key, found, n, sizeof(*found), by_row);
	}
	return true;
}

static bool must_not_be_among(struct ctx *cx, int64_t after, const int64_t *ids, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == after)
			return refuse_field(cx, "after", "prospect.after_itself");
	return true;
}

static bool place_rows(struct ctx *cx, struct batch *b, const int64_t *ids)
{
	if (!prospect_places(cx, b->edit, b->n, &b->first, &b->step) ||
		!load_in_order(cx, b->edit->list_id, ids, b->n, b->rows))
		return false;
	for (size_t i = 0; i < b->n; i++)
		record_set(b->rows[i], "position", v_int(b->first + b->step * (int64_t)i));
	return true;
}

bool prospect_move(
	struct ctx *cx, struct json_out *j, int64_t list_id, const json_t *given, int64_t after)
{
	struct prospect_edit where = { .list_id = list_id, .after = after, .first = !after };
	struct memo own = { 0 }, *outer = cx->memo;
	struct batch b = { .edit = &where };
	struct record *list;
	int64_t *ids;

	if (!read_ids(cx, given, &ids, &b.n) || !must_not_be_among(cx, after, ids, b.n))
		return false;
	b.rows = arena_alloc(cx->mem, b.n * sizeof(*b.rows));
	cx->memo = &own;

	bool ok = op_begin(cx, "prospect.move") &&
		  prospect_list_load(cx, list_id, RIGHT_WRITE, &list) && place_rows(cx, &b, ids) &&
		  record_store_all(cx, b.rows, b.n) && op_about(cx, list) && write_rows(cx, j, &b);

	cx->memo = outer;
	return op_end(cx, ok);
}
