/* The records of a list, a page at a time, as rows of a sheet. */
#include "api/export.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "api/export_columns.h"
#include "base/arena.h"
#include "record/custom.h"

/* What goes on from page to page. */
struct walk {
	const struct export *e;
	struct export_columns columns;
	struct sheet *sheet;
	struct params filters; /* with the order of a sheet's rows */
	char cursor[2048];
	size_t at; /* of e->ids */
	bool more;
};

static bool put_rows(struct ctx *cx, struct walk *w, struct record *const *rows, size_t n)
{
	struct cell *cells = arena_alloc(cx->mem, (w->columns.n + 1) * sizeof(*cells));
	struct names *names;

	if (!export_names(cx, &w->columns, rows, n, &names))
		return false;
	for (size_t i = 0; i < n; i++) {
		export_cells(cx, &w->columns, names, rows[i], cells);
		if (!sheet_row(w->sheet, cells))
			return false;
	}
	return true;
}

static bool write_page(struct ctx *cx, struct walk *w)
{
	const struct list_walk list = { w->columns.of, &w->filters, RIGHT_EXPORT };
	const char *cursor = w->cursor;
	struct page page;

	if (!list_walk(cx, &list, &cursor, &page))
		return false;
	w->more = cursor != NULL;
	if (w->more && strlen(cursor) >= sizeof(w->cursor))
		return broken(cx, "a cursor of %zu", strlen(cursor));
	memcpy(w->cursor, w->more ? cursor : "", w->more ? strlen(cursor) + 1 : 1);
	return put_rows(cx, w, page.items, page.n);
}

/* In the order in which they were asked for; what is not there is left out. */
static size_t in_order(
	const struct walk *w, size_t n, const struct page *page, struct record **rows)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < page->n; k++)
			if (page->items[k]->id == w->e->ids[w->at + i])
				rows[found++] = page->items[k];
	return found;
}

static bool write_some(struct ctx *cx, struct walk *w)
{
	size_t left = w->e->n - w->at, n = left < LIST_MAX ? left : LIST_MAX;
	struct record **rows = arena_alloc(cx->mem, (n + 1) * sizeof(struct record *));
	struct page page;
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	if (!list_where(cx, w->columns.of, RIGHT_EXPORT, w->e->filters, &sql, &args))
		return false;
	buf_add(&sql, " and t.id in (");
	for (size_t i = 0; i < n; i++)
		buf_addf(&sql, "%s$%zu", i ? ", " : "",
			args_add(&args, v_int(w->e->ids[w->at + i])));
	buf_add(&sql, ")");
	if (!list_select(cx, w->columns.of, sql.s, &args, n, &page))
		return false;
	n = in_order(w, n, &page, rows);
	w->at += left < LIST_MAX ? left : LIST_MAX;
	w->more = w->at < w->e->n;
	return put_rows(cx, w, rows, n);
}

static void end_part(void *mem)
{
	arena_free(mem);
}

/* Each page in memory of its own. */
static bool write_pages(struct ctx *cx, struct walk *w)
{
	while (w->more) {
		struct ctx part = *cx;
		bool ok;

		part.mem = arena_new();
		part.layout = NULL;
		ok = w->e->ids ? write_some(&part, w) : write_page(&part, w);
		if (ok) {
			arena_free(part.mem);
			continue;
		}
		if (cx->problem.kind == PROBLEM_NONE)
			cx->problem = part.problem;
		arena_defer(cx->mem, end_part, part.mem); /* its words lie there */
		return false;
	}
	return true;
}

static bool begin(struct ctx *cx, struct walk *w)
{
	const char **headings = arena_alloc(cx->mem, (w->columns.n + 1) * sizeof(*headings));

	for (size_t i = 0; i < w->columns.n; i++)
		headings[i] = w->columns.c[i].label;
	return sheet_begin(cx, w->e->form, &w->e->to, &w->sheet) &&
	       sheet_table(w->sheet, entity_label(w->columns.of, cx->lang, true), headings,
		       w->columns.n);
}

/* The rows of one sheet stand as they stand there. */
static void take_filters(struct ctx *cx, struct walk *w)
{
	const struct params *ps = w->e->filters;
	struct param *p;

	w->filters = *ps;
	if (!w->columns.list_id || param_get(ps, "sort"))
		return;
	w->filters.p = p = arena_alloc(cx->mem, (ps->n + 1) * sizeof(*p));
	if (ps->n)
		memcpy(p, ps->p, ps->n * sizeof(*p));
	p[ps->n] = (struct param){ "sort", "position" };
	w->filters.n++;
}

/* What names a page has no meaning here. */
static bool is_whole(struct ctx *cx, const struct params *filters)
{
	static const char *const pages[] = { "limit", "cursor", "count", "names" };

	for (size_t i = 0; i < COUNT(pages); i++)
		if (param_get(filters, pages[i]))
			return refuse_field(cx, pages[i], "export.whole");
	return true;
}

bool export_write(struct ctx *cx, const struct export *e)
{
	struct walk w = { .e = e, .more = !e->ids || e->n };
	const struct entity *of = entity_of(cx, e->of);
	bool ok = rights_demand(cx, of, RIGHT_READ) && rights_demand(cx, of, RIGHT_EXPORT) &&
		  is_whole(cx, e->filters) && export_columns_read(cx, of, e, &w.columns) &&
		  begin(cx, &w);

	if (!ok)
		return false;
	take_filters(cx, &w);
	ok = db_still(cx, true) && write_pages(cx, &w) && sheet_end(w.sheet);
	return db_still(cx, false) && ok;
}
