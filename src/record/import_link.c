/* Links of a file: a record meant by its name or e-mail.  Asked once for each
 * text, since a column says the same few names again and again. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "record/import_parts.h"

enum { BUCKETS = 1024, KEPT_MAX = 20000 };

struct found {
	struct found *next;
	const struct field *f;
	const char *text;
	int64_t id; /* 0: none, or not one alone */
};

struct import_links {
	struct arena *mem;
	struct found *bucket[BUCKETS];
	size_t n;
};

struct import_links *import_links_new(void)
{
	struct import_links *l = calloc(1, sizeof(*l));

	if (!l)
		abort();
	l->mem = arena_new();
	return l;
}

void import_links_free(struct import_links *l)
{
	if (l)
		arena_free(l->mem);
	free(l);
}

static size_t bucket_of(const char *text)
{
	uint32_t h = 2166136261u;

	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 16777619u;
	return h % BUCKETS;
}

static const char *in_small_letters(struct ctx *cx, const char *s)
{
	char *small = arena_dup(cx->mem, s);

	for (char *p = small; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	return small;
}

/* One that this user may read, and only one. */
static bool ask(struct ctx *cx, const struct import_cell *c, int64_t *id)
{
	const struct entity *to = c->f->to;
	bool by_email = strchr(c->text, '@') && entity_find(to, "email") >= 0;
	struct args args;
	struct rows *r;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_text(by_email ? in_small_letters(cx, c->text) : fold(cx->mem, c->text)));
	buf_addf(&sql,
		"select t.id from %s t where t.ws = $1 and t.removed_at is null and t.%s = $2",
		entity_table(to), by_email ? "email" : "title_fold");
	rights_where(cx, to, RIGHT_READ, &sql, &args);
	buf_add(&sql, " order by t.id limit 2");
	r = db_query(cx, sql.s, args.v, args.n);
	*id = rows_next(r) ? rows_int(r, 0) : 0;
	if (*id && rows_next(r))
		*id = 0;
	return rows_end(r);
}

/* One may give a record to a colleague within one's reach, not beyond. */
static bool is_beyond_reach(const struct ctx *cx, const struct import_cell *c, int64_t id)
{
	return !strcmp(c->f->name, "owner_id") && !rights_covers(cx->who, c->of, RIGHT_WRITE, id);
}

bool import_link_find(struct ctx *cx, const struct import_cell *c, int64_t *id)
{
	struct import_links *l = c->links;
	struct found **at = &l->bucket[bucket_of(c->text)];

	for (struct found *f = *at; f; f = f->next)
		if (f->f == c->f && !strcmp(f->text, c->text)) {
			*id = f->id;
			return true;
		}
	if (!ask(cx, c, id))
		return false;
	if (*id && is_beyond_reach(cx, c, *id))
		*id = 0;
	if (l->n++ < KEPT_MAX) {
		struct found *f = arena_alloc(l->mem, sizeof(*f));

		*f = (struct found){ *at, c->f, arena_dup(l->mem, c->text), *id };
		*at = f;
	}
	return true;
}
