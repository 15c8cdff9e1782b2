/* Finding by words: the same tokens feed FTS5 and tsvector. */
#include "record/parts.h"
#include "record/search.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/codes.h"
#include "base/fold.h"
#include "base/phone.h"
#include "record/parts.h"

enum { QUERY_TOKENS = 12, ASK_ENTITIES = 16, NEAR = 300 };

static void add_tokens(struct ctx *cx, struct buf *terms, const char *text)
{
	const char *const *tokens;
	size_t n = fold_tokens(cx->mem, text, &tokens);

	for (size_t i = 0; i < n; i++) {
		buf_addn(terms, " ", 1);
		buf_add(terms, tokens[i]);
	}
}

/* A phone is found by its E.164 digits and by its national ones. */
static void add_phone(struct ctx *cx, struct buf *terms, const char *raw)
{
	const char *const *numbers;
	size_t n = phone_split(cx->mem, raw, "", &numbers);

	for (size_t i = 0; i < n; i++) {
		buf_addf(terms, " %s", numbers[i] + 1);
		if (!strncmp(numbers[i], "+39", 3))
			buf_addf(terms, " %s", numbers[i] + 3);
	}
	if (!n)
		add_tokens(cx, terms, raw);
}

static void add_code(struct ctx *cx, struct buf *terms, const char *typed)
{
	char code[CODE_TEXT];

	code_clean(typed, code);
	add_tokens(cx, terms, code);
}

static void add_list(struct ctx *cx, struct buf *terms, const struct field *f, const char *text)
{
	json_t *list = json_loads(text, 0, NULL), *entry;
	size_t i;

	json_array_foreach(list, i, entry)
	{
		const char *value = json_string_value(json_object_get(entry, "value"));

		if (value && strstr(f->name, "phone"))
			add_phone(cx, terms, value);
		else if (value)
			add_tokens(cx, terms, value);
	}
	json_decref(list);
}

/* By what people read, in either language. */
static void add_choice(struct ctx *cx, struct buf *terms, const struct field *f, const char *s)
{
	const struct choice *c = field_choice(f, s);

	if (c)
		add_tokens(cx, terms, textf(cx, "%s %s", c->it, c->en));
}

static void add_field(struct ctx *cx, struct buf *terms, const struct field *f, const char *s)
{
	if (f->type == FIELD_TEXT && f->match == 'p') {
		add_phone(cx, terms, s);
		return;
	}
	switch (f->type) {
	case FIELD_PHONE:
		add_phone(cx, terms, s);
		break;
	case FIELD_VAT:
	case FIELD_TAX_CODE:
		add_code(cx, terms, s);
		break;
	case FIELD_LIST:
		add_list(cx, terms, f, s);
		break;
	case FIELD_CHOICE:
		add_choice(cx, terms, f, s);
		break;
	default:
		add_tokens(cx, terms, s);
	}
}

const char *words_of_fields(struct ctx *cx, const struct record *rec, const struct val *v)
{
	const struct foreseen *foreseen = record_foreseen(rec, v);
	struct buf terms;

	if (foreseen)
		return foreseen->words;
	buf_init(&terms, cx->mem);
	for (size_t i = 0; i < rec->of->field_count; i++) {
		const struct field *f = &rec->of->fields[i];

		if (f->searchable && v[i].type == VAL_TEXT)
			add_field(cx, &terms, f, v[i].s);
	}
	return terms.s;
}

/* An entity's name as a word: an underscore would cut it in two. */
static const char *word_of(struct ctx *cx, const struct entity *of)
{
	char *word = arena_dup(cx->mem, textf(cx, "en%sx", of->name)), *to = word;

	for (const char *p = word; *p; p++)
		if (*p != '_')
			*to++ = *p;
	*to = '\0';
	return word;
}

/* Owner and workspace are words too, so that rights need not filter a
 * million hits. */
static const char *terms_of(struct ctx *cx, const struct record *rec, const struct val *v)
{
	struct buf terms;

	buf_init(&terms, cx->mem);
	buf_addf(&terms, "ws%" PRId64 "x %s", cx->ws, word_of(cx, rec->of));
	if (rec->of->owned)
		buf_addf(&terms, " ow%" PRId64 "x", v[record_at(rec, "owner_id")].i);
	buf_add(&terms, words_of_fields(cx, rec, v));
	return terms.s;
}

static bool drop_words(struct ctx *cx, const struct record *rec)
{
	if (!db_is_postgres(cx->db))
		return db_later(cx, "delete from search where rowid = $1", ARGS(v_int(rec->id)));
	return db_run(cx, "delete from search where ws = $1 and id = $2",
		ARGS(v_int(cx->ws), v_int(rec->id)));
}

static bool put_words(struct ctx *cx, const struct record *rec, const char *words)
{
	if (!db_is_postgres(cx->db))
		return db_later(cx, "insert into search (rowid, terms, entity) values ($1, $2, $3)",
			ARGS(v_int(rec->id), v_text(words), v_text(rec->of->name)));
	return db_run(cx,
		"insert into search (ws, id, entity, terms) values ($1, $2, $3,"
		" array_to_tsvector(string_to_array($4, ' '))) on conflict (ws, id) do update"
		" set terms = excluded.terms",
		ARGS(v_int(cx->ws), v_int(rec->id), v_text(rec->of->name), v_text(words)));
}

bool search_put(struct ctx *cx, const struct record *rec)
{
	bool pg = db_is_postgres(cx->db);
	bool gone = record_has(rec, "removed_at");
	bool was_there = rec->was && rec->was[record_at(rec, "removed_at")].type == VAL_NULL;
	const char *now = gone ? NULL : terms_of(cx, rec, rec->v);
	const char *before = was_there ? terms_of(cx, rec, rec->was) : NULL;

	if ((!now && !before) || (now && before && !strcmp(now, before)))
		return true;
	/* PostgreSQL's row takes the new ones */
	if (before && (!pg || !now) && !drop_words(cx, rec))
		return false;
	return !now || put_words(cx, rec, now);
}

bool search_put_anew(struct ctx *cx, const struct record *rec)
{
	return drop_words(cx, rec) &&
	       (record_has(rec, "removed_at") || put_words(cx, rec, terms_of(cx, rec, rec->v)));
}

/* Words that go, by number. */
static bool drop_all(struct ctx *cx, struct record *const *recs, size_t n)
{
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	buf_add(&sql, "delete from search where rowid in (");
	for (size_t i = 0; i < n; i++)
		buf_addf(&sql, "%s$%zu", i ? ", " : "", args_add(&args, v_int(recs[i]->id)));
	buf_add(&sql, ")");
	return !n || db_later(cx, sql.s, args.v, args.n);
}

static bool put_all(struct ctx *cx, struct record *const *recs, const char *const *terms, size_t n)
{
	bool pg = db_is_postgres(cx->db);
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	buf_add(&sql, pg ? "insert into search (ws, id, entity, terms) values"
			 : "insert into search (rowid, terms, entity) values");
	for (size_t i = 0; i < n; i++) {
		size_t id = args_add(&args, v_int(recs[i]->id));
		size_t name = args_add(&args, v_text(recs[i]->of->name));
		size_t text = args_add(&args, v_text(terms[i]));

		if (pg)
			buf_addf(&sql,
				"%s ($%zu, $%zu, $%zu, array_to_tsvector(string_to_array($%zu, ' ')))",
				i ? "," : "", args_add(&args, v_int(cx->ws)), id, name, text);
		else
			buf_addf(&sql, "%s ($%zu, $%zu, $%zu)", i ? "," : "", id, text, name);
	}
	if (pg)
		buf_add(&sql, " on conflict (ws, id) do update set terms = excluded.terms");
	return !n || db_later(cx, sql.s, args.v, args.n);
}

bool search_put_all(struct ctx *cx, struct record *const *recs, size_t n)
{
	struct record **gone = arena_alloc(cx->mem, n * sizeof(*gone));
	struct record **put = arena_alloc(cx->mem, n * sizeof(*put));
	const char **terms = arena_alloc(cx->mem, n * sizeof(*terms));
	size_t gone_n = 0, put_n = 0;

	for (size_t i = 0; i < n; i++) {
		const char *now = terms_of(cx, recs[i], recs[i]->v);

		if (recs[i]->was && !strcmp(now, terms_of(cx, recs[i], recs[i]->was)))
			continue;
		if (recs[i]->was)
			gone[gone_n++] = recs[i];
		terms[put_n] = now;
		put[put_n++] = recs[i];
	}
	return (db_is_postgres(cx->db) || drop_all(cx, gone, gone_n)) &&
	       put_all(cx, put, terms, put_n);
}

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
	*g = (struct match_group){ .word = word_of(cx, of) };
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
