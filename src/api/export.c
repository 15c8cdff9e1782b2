/* Lists taken away as CSV. */
#include "api/export.h"

#include <fcntl.h>
#include <unistd.h>

#include "api/handlers.h"
#include "base/arena.h"
#include "base/csv.h"
#include "record/custom.h"

enum { IN_MEMORY = 1024 * 1024 };

static void export_head(struct ctx *cx, const struct entity *of, struct buf *out)
{
	buf_add(out, "\xef\xbb\xbfid");
	for (size_t i = 0; i < entity_width(of); i++) {
		const struct field *f = entity_field(of, i);

		if (f->secret || rights_field(cx->who, of, f->name) == FIELD_HIDDEN)
			continue;
		buf_add(out, ";");
		csv_add_cell(out, field_label(f, cx->lang), ';');
	}
	buf_add(out, "\r\n");
}

static void export_row(struct ctx *cx, const struct record *rec, struct buf *out)
{
	buf_addf(out, "%lld", (long long)rec->id);
	for (size_t i = 0; i < entity_width(rec->of); i++) {
		const struct field *f = entity_field(rec->of, i);

		if (f->secret || rights_field(cx->who, rec->of, f->name) == FIELD_HIDDEN)
			continue;
		buf_add(out, ";");
		csv_add_cell(out, field_show(cx, f, &rec->v[i]), ';');
	}
	buf_add(out, "\r\n");
}

/* The records before *last, into memory of their own. */
static bool write_page(struct ctx *cx, const struct export *e, int64_t *last)
{
	struct page page;
	struct args args;
	struct buf sql, text;

	buf_init(&sql, cx->mem);
	buf_init(&text, cx->mem);
	args_init(&args, cx->mem);
	if (!list_where(cx, e->of, RIGHT_EXPORT, e->filters, &sql, &args))
		return false;
	buf_addf(&sql, " and t.id < $%zu order by t.id desc", args_add(&args, v_int(*last)));
	if (!list_select(cx, e->of, sql.s, &args, LIST_MAX, &page))
		return false;
	for (size_t i = 0; i < page.n; i++)
		export_row(cx, page.items[i], &text);
	*last = page.more ? page.items[page.n - 1]->id : 0;
	return e->out(e->arg, text.s, text.len);
}

static void end_part(void *mem)
{
	arena_free(mem);
}

/* All pages, by id, so that the list may change meanwhile. */
static bool write_pages(struct ctx *cx, const struct export *e)
{
	int64_t last = INT64_MAX;

	while (last) {
		struct ctx part = *cx;
		bool ok;

		part.mem = arena_new();
		part.layout = NULL;
		ok = write_page(&part, e, &last);
		if (ok) {
			arena_free(part.mem);
			continue;
		}
		cx->problem = part.problem;
		arena_defer(cx->mem, end_part, part.mem); /* its words lie there */
		return false;
	}
	return true;
}

bool export_write(struct ctx *cx, const struct export *e)
{
	struct export all = *e;
	struct buf head;

	all.of = entity_of(cx, e->of);
	if (!rights_demand(cx, all.of, RIGHT_EXPORT))
		return false;
	buf_init(&head, cx->mem);
	export_head(cx, all.of, &head);
	return e->out(e->arg, head.s, head.len) && write_pages(cx, &all);
}

/* An answer that is put by: in memory while it is short, else in a file
 * without a name. */
struct spool {
	struct buf *text;
	int file; /* or -1 */
	size_t len;
};

static bool write_all(int fd, const char *text, size_t n)
{
	while (n) {
		ssize_t done = write(fd, text, n);

		if (done <= 0)
			return false;
		text += done;
		n -= (size_t)done;
	}
	return true;
}

static bool put_by(void *arg, const char *text, size_t n)
{
	struct spool *s = arg;

	s->len += n;
	if (s->file < 0 && s->len <= IN_MEMORY) {
		buf_addn(s->text, text, n);
		return true;
	}
	if (s->file < 0) {
		s->file = open("/var/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
		if (s->file < 0 || !write_all(s->file, s->text->s, s->text->len))
			return false;
	}
	return write_all(s->file, text, n);
}

bool records_export(struct ctx *cx, struct api_call *call)
{
	struct spool spool = { &call->out.text, -1, 0 };
	struct export e = { call->of, &call->params, put_by, &spool };

	if (!export_write(cx, &e)) {
		if (spool.file >= 0)
			close(spool.file);
		return cx->problem.kind != PROBLEM_NONE
			       ? false
			       : refuse(cx, PROBLEM_UNAVAILABLE, "problem.unavailable");
	}
	if (spool.file >= 0) {
		call->answer->file = spool.file + 1;
		call->answer->len = spool.len;
	}
	call->answer->type = "text/csv; charset=utf-8";
	call->answer->filename = textf(cx, "%s.csv", call->of->plural);
	return true;
}
