/* list - pages of records: filters, order, keyset cursors, counts. */
#pragma once

#include "record/record.h"

struct param {
	const char *name, *value; /* decoded: "turnover[gte]", "1000" */
};

struct params {
	const struct param *p;
	size_t n;
	struct newest {
		size_t hits;	/* of q: no more than the newest so many; 0: all */
		int64_t before; /* ... with an id below this one */
	} newest;
	struct ranges *ranges; /* takes what had better be read apart; NULL: nothing */
};

const char *param_get(const struct params *ps, const char *name); /* or NULL */

/* "a=1&b[gte]=2", percent-decoded.  PROBLEM_MALFORMED: a bad escape, or more
 * than PARAMS_MAX. */
enum { PARAMS_MAX = 60 };
bool params_read(struct ctx *cx, const char *text, struct params *ps);

enum { LIST_MAX = 500, LIST_DEFAULT = 50, COUNT_CAP = 1000 };

/* "where" and its values for the filters of a query string: everything but
 * limit, cursor, sort, count, names.  Unknown names and values of the wrong
 * kind are refused by name.  sql begins " where t.ws = $1 ...". */
bool list_where(struct ctx *cx, const struct entity *of, enum right right, const struct params *ps,
	struct buf *sql, struct args *args);

/* The whole answer {"items":[...],"next":...}. */
bool list_write(
	struct ctx *cx, const struct entity *of, const struct params *ps, struct json_out *j);

/* A page as records: for others that list (board, agenda). */
struct page {
	struct record **items;
	size_t n;
	bool more;
};
bool list_select(struct ctx *cx, const struct entity *of, const char *where_and_order,
	const struct args *args, size_t limit, struct page *page);

/* A whole list page by page, in its own order: *cursor is "" at first, and NULL
 * after the last page. */
struct list_walk {
	const struct entity *of;
	const struct params *filters; /* and sort=; its cursor and limit are not asked */
	enum right right;
};
bool list_walk(
	struct ctx *cx, const struct list_walk *walk, const char **cursor, struct page *page);

/* An opaque cursor of a sort value and an id, and back. */
const char *cursor_write(struct ctx *cx, const struct val *key, int64_t id);
bool cursor_read(struct ctx *cx, const char *cursor, struct val *key, int64_t *id);

/* Rows, at most COUNT_CAP + 1: sql is "from ... where ...". */
bool count_capped(struct ctx *cx, const char *from_where, const struct args *args, int64_t *n);

/* PostgreSQL's kept counts grow by a row each write: sum them up now and
 * then (a housekeeper's job). */
bool tally_compact(struct ctx *cx);
