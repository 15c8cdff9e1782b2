/* A published sheet: fetched, its columns matched with the list's, the list's
 * rows found by their key. */
#include "crm/prospect_feed.h"

#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "fetch/fetch.h"
#include "record/import.h"

enum { FEED_ROWS = 50000, PAGE = 5000 };

/* What a Google sheet's address in the browser is when asked for CSV; another
 * stays as it is. */
static const char *as_csv(struct ctx *cx, const char *url)
{
	static const char google[] = "https://docs.google.com/spreadsheets/d/";
	const char *id = url + sizeof(google) - 1, *gid = strstr(url, "gid=");
	size_t n;

	if (strncmp(url, google, sizeof(google) - 1) != 0 || strstr(url, "output=csv") ||
		strstr(url, "format=csv"))
		return url;
	gid = gid ? textf(cx, "&gid=%.*s", (int)strspn(gid + 4, "0123456789"), gid + 4) : "";
	if (!strncmp(id, "e/", 2)) {
		n = strcspn(id + 2, "/?#");
		return textf(cx, "%se/%.*s/pub?output=csv%s", google, (int)n, id + 2, gid);
	}
	n = strcspn(id, "/?#");
	return textf(cx, "%s%.*s/export?format=csv%s", google, (int)n, id, gid);
}

static bool refuse_table(struct ctx *cx, const char *why, int64_t line)
{
	if (!strcmp(why, "table.xml"))
		why = "fetch.page";
	return refuse_field(cx, "url", why, textf(cx, "%lld", (long long)line));
}

static bool read_rows(struct ctx *cx, struct feed *feed, struct table *t)
{
	struct csv_row row;
	enum csv_result result;
	const char *why = "table.empty";

	if (table_next(t, cx->mem, &row, &why) != CSV_ROW)
		return refuse_table(cx, why, 1);
	feed->headings = row.cells;
	feed->n = row.count;
	feed->rows = arena_alloc(cx->mem, FEED_ROWS * sizeof(*feed->rows));
	while ((result = table_next(t, cx->mem, &row, &why)) == CSV_ROW) {
		if (feed->row_n == FEED_ROWS)
			return refuse_field(
				cx, "url", "prospect.feed_rows", textf(cx, "%d", FEED_ROWS));
		feed->rows[feed->row_n++] = row;
	}
	return result == CSV_END || refuse_table(cx, why, row.line);
}

static bool choose_url(struct ctx *cx, const struct prospect_feed *ask, struct feed *feed)
{
	struct record *list;

	if (!record_load(cx, &prospect_list_entity, ask->list_id, RIGHT_WRITE, &list))
		return false;
	feed->list_id = list->id;
	feed->url = *ask->url ? ask->url : record_text(list, "feed_url");
	if (strlen(feed->url) > 2000)
		return refuse_field(cx, "url", "field.too_long", "2000");
	return *feed->url || refuse_field(cx, "url", "field.required");
}

bool feed_read(struct ctx *cx, const struct prospect_feed *ask, struct feed *feed)
{
	struct fetched got;
	struct table *t;
	const char *why;

	*feed = (struct feed){ 0 };
	if (!choose_url(cx, ask, feed))
		return false;
	if (!fetch_file(cx->mem, as_csv(cx, feed->url), ask->allow, &got, &why))
		return refuse_field(cx, "url", why);
	t = table_open(cx->mem, got.bytes, got.n, NULL, &why);
	return t ? read_rows(cx, feed, t) : refuse_table(cx, why, 1);
}

static const char *own_key(
	struct ctx *cx, const struct prospect_columns *columns, const char *heading)
{
	const char *folded = fold(cx->mem, heading);

	for (size_t i = 0; *folded && i < columns->n; i++)
		if (columns->c[i].id && !strcmp(fold(cx->mem, columns->c[i].label), folded))
			return columns->c[i].key;
	return NULL;
}

/* Fields first, then the list's own by their headings; the rest is new. */
static bool match(struct ctx *cx, struct feed *feed, const struct prospect_columns *columns)
{
	const struct field **fields =
		import_headings(cx, &prospect_entity, feed->headings, feed->n);

	feed->columns = arena_alloc(cx->mem, (feed->n + 1) * sizeof(*feed->columns));
	for (size_t i = 0; i < feed->n; i++) {
		struct feed_column *c = &feed->columns[i];
		const char *heading = nfc(cx->mem, feed->headings[i]);

		c->heading = heading;
		if (fields[i] && fields[i]->type == FIELD_TEXT) {
			c->key = fields[i]->name;
			continue;
		}
		c->key = own_key(cx, columns, heading);
		c->own = true;
		c->is_new = !c->key && *heading;
		if (c->is_new)
			c->key = heading;
	}
	return true;
}

static bool make_columns(struct ctx *cx, struct feed *feed)
{
	const char **headings = arena_alloc(cx->mem, (feed->n + 1) * sizeof(*headings));
	struct receiving r = { .headings = headings };
	size_t n = 0;

	r.keys = arena_alloc(cx->mem, (feed->n + 1) * sizeof(*r.keys));
	for (size_t i = 0; i < feed->n; i++)
		if (feed->columns[i].is_new)
			headings[r.n++] = feed->columns[i].heading;
	if (!prospect_columns_want(cx, feed->list_id, &r))
		return false;
	for (size_t i = 0; i < feed->n; i++)
		if (feed->columns[i].is_new)
			feed->columns[i].key = r.keys[n++];
	return true;
}

static bool find_key(struct ctx *cx, struct feed *feed, const char *key)
{
	for (size_t i = 0; i < feed->n; i++)
		if (feed->columns[i].key && (!strcmp(feed->columns[i].key, key) ||
						    !strcmp(feed->columns[i].heading, key))) {
			feed->key = i;
			return true;
		}
	(void)cx;
	return false;
}

/* The one asked for, else the list's, else the best that the sheet has. */
static bool choose_key(struct ctx *cx, struct feed *feed, const char *asked)
{
	static const char *const best[] = { "vat_number", "tax_code", "email", "pec",
		"company_name", "phone" };
	struct record *list;

	if (*asked)
		return find_key(cx, feed, asked) ||
		       refuse_field(cx, "key", "prospect.feed_key", textf(cx, "%.60s", asked));
	if (!record_load(cx, &prospect_list_entity, feed->list_id, RIGHT_WRITE, &list))
		return false;
	if (record_has(list, "feed_key") && find_key(cx, feed, record_text(list, "feed_key")))
		return true;
	for (size_t i = 0; i < COUNT(best); i++)
		if (find_key(cx, feed, best[i]))
			return true;
	return refuse_field(cx, "key", "prospect.feed_no_key");
}

bool feed_match_columns(
	struct ctx *cx, struct feed *feed, const struct prospect_feed *ask, bool make)
{
	const struct prospect_columns *columns;

	return prospect_columns_of(cx, feed->list_id, &columns) && match(cx, feed, columns) &&
	       choose_key(cx, feed, ask->key) && (!make || make_columns(cx, feed));
}

const char *feed_cell(struct ctx *cx, const struct csv_row *row, size_t column)
{
	return import_cell_typed(cx, column < row->count ? row->cells[column] : "");
}

const char *feed_key_of(struct ctx *cx, const struct feed *feed, const struct csv_row *row)
{
	return fold(cx->mem, feed_cell(cx, row, feed->key));
}

static size_t slot_of(const struct feed_known *known, const char *key)
{
	size_t h = 1469598103u;

	for (const char *s = key; *s; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	for (h &= known->room - 1; known->rows[h].key && strcmp(known->rows[h].key, key) != 0;)
		h = (h + 1) & (known->room - 1);
	return h;
}

struct feed_row *feed_find(struct feed_known *known, const char *key)
{
	struct feed_row *r = &known->rows[slot_of(known, key)];

	return r->key ? r : NULL;
}

void feed_note(struct feed_known *known, const char *key, struct record *row)
{
	struct feed_row *r = &known->rows[slot_of(known, key)];

	if (!r->key)
		*r = (struct feed_row){ key, row, false };
}

static const char *key_of_row(
	struct ctx *cx, const struct feed_column *column, const struct record *row)
{
	const char *s;

	if (!column->own)
		return fold(cx->mem, record_text(row, column->key));
	s = json_string_value(json_object_get(prospect_own_cells(cx, row), column->key));
	return fold(cx->mem, s ? s : "");
}

static bool load_page(struct ctx *cx, const struct feed *feed, int64_t after, struct page *page)
{
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(feed->list_id));
	args_add(&args, v_int(after));
	buf_add(&sql, " where t.ws = $1 and t.list_id = $2 and t.id > $3"
		      " and (t.removed_at is null or t.removed_reason is not null)");
	rights_where(cx, &prospect_entity, RIGHT_WRITE, &sql, &args);
	buf_add(&sql, " order by t.id");
	return list_select(cx, &prospect_entity, sql.s, &args, PAGE, page);
}

bool feed_load_known(struct ctx *cx, const struct feed *feed, struct feed_known *known)
{
	struct page page = { .more = true };
	int64_t after = 0;
	size_t n = 0;

	for (known->room = 1024; known->room < 4 * FEED_ROWS;)
		known->room *= 2;
	known->rows = arena_alloc(cx->mem, known->room * sizeof(*known->rows));
	while (page.more) {
		if (!load_page(cx, feed, after, &page))
			return false;
		n += page.n;
		if (n > FEED_ROWS)
			return refuse_field(
				cx, "url", "prospect.feed_rows", textf(cx, "%d", FEED_ROWS));
		for (size_t i = 0; i < page.n; i++) {
			const char *key = key_of_row(cx, &feed->columns[feed->key], page.items[i]);

			if (*key)
				feed_note(known, key, page.items[i]);
			after = page.items[i]->id;
		}
	}
	return true;
}
