/* A list that follows a sheet published on the Internet (S5.44): what is new
 * there, what has changed, what is gone; and taking it over. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "crm/prospect_feed.h"
#include "record/op.h"

enum { TOLD_CHANGES = 200, TOLD_ROWS = 50 };

/* What came of comparing. */
struct compared {
	const struct feed *feed;
	struct record **rows; /* to be stored */
	size_t n;
	int64_t added, changed, gone, discarded, unkeyed, twice;
	struct json_out changes, fresh, missing;
	size_t told_changes, told_fresh, told_missing;
};

static void tell_change(struct compared *c, const struct record *row, const char *key,
	const char *old, const char *now)
{
	if (c->told_changes++ >= TOLD_CHANGES)
		return;
	json_open(&c->changes, '{');
	json_put_int(&c->changes, "id", row->id);
	json_put_text(&c->changes, "key", key);
	json_put_text(&c->changes, "old", *old ? old : NULL);
	json_put_text(&c->changes, "new", now);
	json_close(&c->changes, '}');
}

static void put(
	struct record *row, json_t *own, const struct feed_column *column, const char *value)
{
	if (column->own)
		json_object_set_new(own, column->key, json_string(value));
	else
		record_set_text(row, column->key, value);
}

/* An empty cell there empties none here. */
static void compare_row(
	struct ctx *cx, struct compared *c, struct record *row, const struct csv_row *cells)
{
	json_t *own = prospect_own_cells(cx, row);
	bool any = false;

	for (size_t i = 0; i < c->feed->n && i < cells->count; i++) {
		const struct feed_column *column = &c->feed->columns[i];
		const char *now = feed_cell(cx, cells, i), *old;

		if (!*now || !column->key)
			continue;
		old = column->own ? json_string_value(json_object_get(own, column->key))
				  : record_text(row, column->key);
		old = old ? old : "";
		if (!strcmp(old, now))
			continue;
		tell_change(c, row, column->is_new ? column->heading : column->key, old, now);
		put(row, own, column, now);
		any = true;
	}
	if (!any)
		return;
	prospect_set_own_cells(cx, row, own);
	c->changed++;
	c->rows[c->n++] = row;
}

static void add_row(struct ctx *cx, struct compared *c, const struct csv_row *cells)
{
	struct record *row = record_new(cx, &prospect_entity);
	json_t *own = prospect_own_cells(cx, row);
	bool tell = c->told_fresh++ < TOLD_ROWS;

	record_set(row, "list_id", v_int(c->feed->list_id));
	if (tell)
		json_open(&c->fresh, '{');
	for (size_t i = 0; i < c->feed->n && i < cells->count; i++) {
		const struct feed_column *column = &c->feed->columns[i];
		const char *now = feed_cell(cx, cells, i);

		if (!*now || !column->key)
			continue;
		put(row, own, column, now);
		if (tell)
			json_put_text(
				&c->fresh, column->is_new ? column->heading : column->key, now);
	}
	if (tell)
		json_close(&c->fresh, '}');
	prospect_set_own_cells(cx, row, own);
	c->added++;
	c->rows[c->n++] = row;
}

static bool is_discarded(const struct record *row)
{
	return record_has(row, "removed_at");
}

static void take_row(
	struct ctx *cx, struct compared *c, struct feed_known *known, const struct csv_row *cells)
{
	const char *key = feed_key_of(cx, c->feed, cells);
	struct feed_row *found = *key ? feed_find(known, key) : NULL;

	if (!*key) {
		c->unkeyed++;
	} else if (!found) {
		add_row(cx, c, cells);
		feed_note(known, key, c->rows[c->n - 1]);
		feed_find(known, key)->is_seen = true;
	} else if (found->is_seen) {
		c->twice++;
	} else {
		found->is_seen = true;
		if (is_discarded(found->row))
			c->discarded++;
		else
			compare_row(cx, c, found->row, cells);
	}
}

/* Left alone, only told. */
static void tell_gone(struct ctx *cx, struct compared *c, const struct feed_known *known)
{
	for (size_t i = 0; i < known->room; i++) {
		const struct feed_row *r = &known->rows[i];

		if (!r->row || r->is_seen || is_discarded(r->row))
			continue;
		c->gone++;
		if (c->told_missing++ >= TOLD_ROWS)
			continue;
		json_open(&c->missing, '{');
		json_put_int(&c->missing, "id", r->row->id);
		json_put_text(&c->missing, "title", record_title(cx, r->row));
		json_close(&c->missing, '}');
	}
}

static void begin_list(struct ctx *cx, struct json_out *j)
{
	json_init(j, cx->mem);
	json_open(j, '[');
}

static bool compare(struct ctx *cx, const struct feed *feed, struct compared *c)
{
	struct feed_known known;

	*c = (struct compared){ .feed = feed };
	c->rows = arena_alloc(cx->mem, (feed->row_n + 1) * sizeof(*c->rows));
	begin_list(cx, &c->changes);
	begin_list(cx, &c->fresh);
	begin_list(cx, &c->missing);
	if (!feed_load_known(cx, feed, &known))
		return false;
	for (size_t i = 0; i < feed->row_n; i++)
		take_row(cx, c, &known, &feed->rows[i]);
	tell_gone(cx, c, &known);
	json_close(&c->changes, ']');
	json_close(&c->fresh, ']');
	json_close(&c->missing, ']');
	return true;
}

static void write_new_columns(struct json_out *j, const struct feed *feed)
{
	json_key(j, "new_columns");
	json_open(j, '[');
	for (size_t i = 0; i < feed->n; i++)
		if (feed->columns[i].is_new)
			json_text(j, feed->columns[i].heading);
	json_close(j, ']');
}

static void write(struct json_out *j, const struct compared *c, const struct feed *feed)
{
	json_open(j, '{');
	json_put_int(j, "rows", (int64_t)feed->row_n);
	json_put_int(j, "added", c->added);
	json_put_int(j, "changed", c->changed);
	json_put_int(j, "gone", c->gone);
	json_put_int(j, "discarded", c->discarded);
	json_put_int(j, "without_key", c->unkeyed);
	json_put_int(j, "twice", c->twice);
	json_put_text(j, "key", feed->columns[feed->key].key);
	json_key(j, "changes");
	json_raw(j, c->changes.text.s);
	json_key(j, "new");
	json_raw(j, c->fresh.text.s);
	json_key(j, "missing");
	json_raw(j, c->missing.text.s);
	write_new_columns(j, feed);
	json_close(j, '}');
}

static bool keep_feed(struct ctx *cx, const struct feed *feed, struct record *list)
{
	record_set_text(list, "feed_url", feed->url);
	record_set_text(list, "feed_key", feed->columns[feed->key].key);
	record_set(list, "feed_at", v_int(cx->now));
	return record_store(cx, list);
}

static bool apply(
	struct ctx *cx, struct feed *feed, struct compared *c, const struct prospect_feed *ask)
{
	struct record *list;
	bool ok = op_begin(cx, "prospect.fetch") &&
		  record_load(cx, &prospect_list_entity, ask->list_id, RIGHT_WRITE, &list) &&
		  feed_match_columns(cx, feed, ask, true) && compare(cx, feed, c) &&
		  record_store_all(cx, c->rows, c->n) && keep_feed(cx, feed, list) &&
		  op_about(cx, list);

	return op_end(cx, ok);
}

static bool follow(
	struct ctx *cx, struct json_out *j, const struct prospect_feed *ask, struct compared *c)
{
	struct feed feed;

	if (!feed_read(cx, ask, &feed))
		return false;
	if (ask->apply ? !apply(cx, &feed, c, ask)
		       : !(feed_match_columns(cx, &feed, ask, false) && compare(cx, &feed, c)))
		return false;
	write(j, c, &feed);
	return true;
}

bool prospect_fetch(struct ctx *cx, struct json_out *j, const struct prospect_feed *ask)
{
	struct memo own = { 0 }, *outer = cx->memo;
	struct compared c;
	bool ok;

	cx->memo = &own;
	ok = follow(cx, j, ask, &c);
	cx->memo = outer;
	return ok;
}
