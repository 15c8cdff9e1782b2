/* Pages and counts of what an index knows in several ranges, none of which is
 * in the list's order: a status and how long one has stood in it. */
#include "record/parts.h"

/* Looked at one by one before all are gathered. */
enum { NEWEST = 2000 };

/* Newest first many lists are full after a few records: as they come, and of
 * the newest only.  "is true" keeps the ranges from being gathered. */
static bool select_newest(
	struct ctx *cx, const struct entity *of, const struct apart *a, struct page *page)
{
	struct buf sql;

	buf_init(&sql, cx->mem);
	buf_add(&sql, a->where);
	for (size_t i = 0; i < a->ranges->n; i++)
		buf_addf(&sql, "%s%s", i ? " or " : " and ((", a->ranges->sql[i]);
	buf_addf(&sql,
		") is true) and t.id >= coalesce((select min(n.id) from (select t.id from %s t"
		" where t.ws = $1%s order by t.id desc limit %d) n), 0)%s%s",
		entity_table(of), a->after, NEWEST, a->after, a->order);
	return list_select(cx, of, sql.s, a->args, a->limit, page);
}

/* Newest first: no older than the oldest of a pageful from the range's likely
 * end.  Mostly nearly all of the others are, and need no sorting. */
static const char *no_older(
	struct ctx *cx, const struct entity *of, const struct apart *a, size_t i)
{
	struct buf sql;

	buf_init(&sql, cx->mem);
	if (a->newest_first)
		buf_addf(&sql,
			" and +t.id >= coalesce((select min(n.id) from (select t.id from %s t%s and %s%s"
			" order by %s limit %zu) n), 0)",
			entity_table(of), a->where, a->ranges->sql[i], a->after, a->ranges->latest,
			a->limit + 1);
	return sql.s;
}

/* The ids of each range, as many as fill the page, and the page from them:
 * what an index holds beside its range is not looked up for the rest. */
static bool select_gathered(
	struct ctx *cx, const struct entity *of, const struct apart *a, struct page *page)
{
	struct buf sql;

	buf_init(&sql, cx->mem);
	buf_add(&sql, " where t.ws = $1 and t.id in (");
	for (size_t i = 0; i < a->ranges->n; i++)
		buf_addf(&sql,
			"%sselect w%zu.id from (select t.id from %s t%s and %s%s%s%s limit %zu) w%zu",
			i ? " union all " : "", i, entity_table(of), a->where, a->ranges->sql[i],
			a->after, no_older(cx, of, a, i), a->gathered, a->limit + 1, i);
	buf_addf(&sql, ")%s", a->order);
	return list_select(cx, of, sql.s, a->args, a->limit, page);
}

bool list_apart(struct ctx *cx, const struct entity *of, const struct apart *a, struct page *page)
{
	if (a->newest_first && !select_newest(cx, of, a, page))
		return false;
	return (a->newest_first && page->more) || select_gathered(cx, of, a, page);
}

bool count_apart(struct ctx *cx, const char *from_where, const struct ranges *ranges,
	const struct args *args, int64_t *n)
{
	struct buf sql;

	buf_init(&sql, cx->mem);
	buf_add(&sql, "from (");
	for (size_t i = 0; i < ranges->n; i++)
		buf_addf(&sql, "%sselect w%zu.one from (select 1 as one %s and %s limit %d) w%zu",
			i ? " union all " : "", i, from_where, ranges->sql[i], COUNT_CAP + 1, i);
	buf_add(&sql, ") found");
	return count_capped(cx, sql.s, args, n);
}
