/* Finding by words: what was typed, as the index of words is asked. */
#include "record/search.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "record/parts.h"

enum { QUERY_TOKENS = 12, ASK_ENTITIES = 16, NEAR = 300 };

/* "02 123 4567", "+39 347.123", "IT00743110157": one word of digits. */
static const char *as_digits(struct ctx *cx, const char *text)
{
	char digits[40];
	size_t n = 0;

	if (!strncasecmp(text, "it", 2) && isdigit((unsigned char)text[2]))
		text += 2;
	for (; *text && n + 1 < sizeof(digits); text++) {
		if (isdigit((unsigned char)*text))
			digits[n++] = *text;
		else if (!strchr(" +./()-", *text))
			return NULL;
	}
	digits[n] = '\0';
	if (n < 4)
		return NULL;
	/* 0039 02 ...; eleven digits are a VAT number */
	if (!strncmp(digits, "00", 2) && n > 11)
		return arena_dup(cx->mem, digits + 2);
	return arena_dup(cx->mem, digits);
}

static size_t words_of(struct ctx *cx, const char *text, const char **words)
{
	const char *digits = as_digits(cx, text);
	const char *const *tokens;
	char *plain = arena_dup(cx->mem, text);
	size_t n;

	if (digits) {
		words[0] = digits;
		return 1;
	}
	/* As typed, d'amico and damico both: apostrophes just vanish. */
	plain = fold(cx->mem, plain);
	n = fold_tokens(cx->mem, plain, &tokens);
	if (n > QUERY_TOKENS)
		n = QUERY_TOKENS;
	for (size_t i = 0; i < n; i++)
		words[i] = tokens[i];
	return n;
}

/* A question in words: those of the text and the workspace's, and for each
 * entity in reach its word with those of its owners. */
struct ask {
	const char *all[QUERY_TOKENS + 1];
	size_t n;
	struct match_group groups[ASK_ENTITIES];
	size_t group_n;
};

static void add_reach(struct ctx *cx, struct ask *a, const struct entity *of)
{
	enum reach reach = rights_reach(cx->who, of, RIGHT_READ);
	size_t n = reach == REACH_TEAM && cx->who->team_n ? cx->who->team_n : 1;
	struct match_group *g = &a->groups[a->group_n];
	const char **any;

	if (reach == REACH_NONE || (reach != REACH_ALL && !of->owned) || a->group_n == ASK_ENTITIES)
		return;
	a->group_n++;
	*g = (struct match_group){ .word = search_entity_word(cx, of) };
	if (reach == REACH_ALL)
		return;
	any = arena_alloc(cx->mem, n * sizeof(*any));
	any[0] = textf(cx, "ow%" PRId64 "x", cx->who->id);
	for (size_t i = 0; reach == REACH_TEAM && i < cx->who->team_n; i++)
		any[i] = textf(cx, "ow%" PRId64 "x", cx->who->team[i]);
	g->any = any;
	g->any_n = n;
}

/* false when nothing can be found. */
static bool read_ask(
	struct ctx *cx, struct ask *a, const char *text, const struct entity *const *entities)
{
	*a = (struct ask){ .n = 1 };
	a->all[0] = textf(cx, "ws%" PRId64 "x", cx->ws);
	a->n += words_of(cx, text, a->all + 1);
	for (; *entities; entities++)
		add_reach(cx, a, *entities);
	return a->n > 1 && a->group_n;
}

static const char *match_of(struct ctx *cx, const struct ask *a, bool is_prefix)
{
	struct match m = { a->all, a->n, is_prefix, a->groups, a->group_n };

	return db_match(cx, &m);
}

bool search_where(struct ctx *cx, const struct entity *of, const char *text, struct buf *sql,
	struct args *args)
{
	const struct entity *const only[] = { of, NULL };
	struct ask ask;
	size_t at;

	if (!read_ask(cx, &ask, text, only)) {
		buf_add(sql, *text ? " and 1 = 0" : "");
		return true;
	}
	at = args_add(args, v_text(match_of(cx, &ask, true)));
	if (db_is_postgres(cx->db))
		buf_addf(sql,
			" and t.id in (select s.id from search s where s.ws = $1"
			" and s.terms @@ cast($%zu as tsquery))",
			at);
	else
		buf_addf(sql,
			" and t.id in (select s.rowid from search s where s.search match $%zu)",
			at);
	return true;
}

/* Letters only: beginnings of long numbers are few. */
static bool is_found_near(const char *last)
{
	size_t n = strlen(last);

	for (size_t i = 0; i < n; i++)
		if ((unsigned char)last[i] >= 0x80 || (n > 5 && isdigit((unsigned char)last[i])))
			return false;
	return n == 1 || n > 3;
}

/* The index knows beginnings of two and three letters; others it gathers from
 * all that begin so before it gives the first.  So what is asked near the newest
 * is asked by three letters, or without the last word, which is then looked for
 * in the words themselves. */
static const char *match_near(struct ctx *cx, const struct ask *ask)
{
	const char *last = ask->all[ask->n - 1];
	struct ask near = *ask;

	if (strlen(last) > 3)
		near.all[ask->n - 1] = textf(cx, "%.3s", last);
	else
		near.n--;
	return match_of(cx, &near, near.n == ask->n);
}

bool search_newest(struct ctx *cx, const struct entity *of, const struct newest_hits *h,
	struct buf *sql, struct args *args)
{
	const struct entity *const only[] = { of, NULL };
	const char *last;
	struct ask ask;
	bool near;

	if (db_is_postgres(cx->db) || !read_ask(cx, &ask, h->text, only))
		return search_where(cx, of, h->text, sql, args);
	last = ask.all[ask.n - 1];
	near = is_found_near(last);
	buf_addf(sql,
		" and t.id in (select h.id from (select s.rowid as id, s.terms as terms from search s"
		" where s.search match $%zu",
		args_add(args, v_text(near ? match_near(cx, &ask) : match_of(cx, &ask, true))));
	buf_addf(sql, " and s.rowid < $%zu order by s.rowid desc limit %zu) h",
		args_add(args, v_int(h->before)), h->hits);
	if (near)
		buf_addf(sql, " where instr(h.terms, $%zu)",
			args_add(args, v_text(textf(cx, " %s", last))));
	buf_add(sql, ")");
	return true;
}

struct hit {
	const struct entity *of;
	int64_t id;
};

struct hits {
	struct hit *hit;
	size_t n, limit;
	const struct entity *const *entities;
};

static void add_hit(struct hits *h, int64_t id, const char *entity)
{
	for (const struct entity *const *e = h->entities; *e; e++)
		if (!strcmp((*e)->name, entity))
			h->hit[h->n++] = (struct hit){ *e, id };
}

/* When there are many the newest are soon met by reading: those of NEAR records
 * that have the other words.  *done: there are no more than these. */
static bool find_near(struct ctx *cx, const struct ask *ask, struct hits *h, bool *done)
{
	const char *last = ask->all[ask->n - 1];
	struct rows *r;
	size_t read = 0;

	r = db_query(cx,
		"select rowid, entity, instr(terms, $2) from search where search match $1"
		" order by rowid desc limit $3",
		ARGS(v_text(match_near(cx, ask)), v_text(textf(cx, " %s", last)), v_int(NEAR)));
	while (h->n < h->limit && rows_next(r)) {
		read++;
		if (rows_int(r, 2))
			add_hit(h, rows_int(r, 0), rows_text(r, 1));
	}
	*done = h->n == h->limit || read < NEAR;
	return rows_end(r);
}

static bool find_all(struct ctx *cx, const struct ask *ask, struct hits *h)
{
	const char *sql =
		db_is_postgres(cx->db)
			? "select id, entity from search where ws = $3 and terms @@ cast($1 as tsquery)"
			  " order by id desc limit $2"
			: "select rowid, entity from search where search match $1 order by rowid desc limit $2";
	struct rows *r = db_query(cx, sql,
		ARGS(v_text(match_of(cx, ask, true)), v_int((int64_t)h->limit), v_int(cx->ws)));

	h->n = 0;
	while (rows_next(r))
		add_hit(h, rows_int(r, 0), rows_text(r, 1));
	return rows_end(r);
}

static bool write_hit(struct ctx *cx, struct json_out *j, const struct hit *hit)
{
	struct record *rec;

	if (!record_load(cx, hit->of, hit->id, RIGHT_READ, &rec)) {
		if (cx->problem.kind != PROBLEM_NOT_FOUND)
			return false;
		ctx_clear(cx);
		return true;
	}
	json_open(j, '{');
	json_put_text(j, "entity", hit->of->name);
	json_put_int(j, "id", hit->id);
	json_put_text(j, "title", record_title(cx, rec));
	json_put_text(j, "subtitle", record_subtitle(cx, rec));
	json_close(j, '}');
	return true;
}

bool search_write(struct ctx *cx, struct json_out *j, const char *text, size_t limit,
	const struct entity *const *entities)
{
	struct hits h = { arena_alloc(cx->mem, (limit + 1) * sizeof(*h.hit)), 0, limit, entities };
	bool done = false, ok = true;
	struct ask ask;

	if (read_ask(cx, &ask, text, entities)) {
		if (!db_is_postgres(cx->db) && is_found_near(ask.all[ask.n - 1]))
			ok = find_near(cx, &ask, &h, &done);
		if (!ok || (!done && !find_all(cx, &ask, &h)))
			return false;
	}
	json_open(j, '{');
	json_key(j, "items");
	json_open(j, '[');
	for (size_t i = 0; i < h.n; i++)
		if (!write_hit(cx, j, &h.hit[i]))
			return false;
	json_close(j, ']');
	json_close(j, '}');
	return true;
}
