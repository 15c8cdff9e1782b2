/* The words of a record: the same tokens feed FTS5 and tsvector. */
#include "record/search.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/codes.h"
#include "base/fold.h"
#include "base/phone.h"
#include "record/parts.h"

const char *search_entity_word(struct ctx *cx, const struct entity *of)
{
	char *word = arena_dup(cx->mem, textf(cx, "en%sx", of->name)), *to = word;

	for (const char *p = word; *p; p++)
		if (*p != '_')
			*to++ = *p;
	*to = '\0';
	return word;
}

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

/* Owner and workspace are words too, so that rights need not filter a
 * million hits. */
static const char *terms_of(struct ctx *cx, const struct record *rec, const struct val *v)
{
	struct buf terms;

	buf_init(&terms, cx->mem);
	buf_addf(&terms, "ws%" PRId64 "x %s", cx->ws, search_entity_word(cx, rec->of));
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
