/* Finding by words: the same tokens feed FTS5 and tsvector. */
#include "record/search.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/codes.h"
#include "base/fold.h"
#include "base/phone.h"

enum { QUERY_TOKENS = 12 };

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

static void add_field(struct ctx *cx, struct buf *terms, const struct field *f, const char *s)
{
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
	default:
		add_tokens(cx, terms, s);
	}
}

/* Owner and workspace are words too, so that rights need not filter a
 * million hits. */
static const char *terms_of(struct ctx *cx, const struct record *rec, const struct val *v)
{
	struct buf terms;

	buf_init(&terms, cx->mem);
	buf_addf(&terms, "ws%" PRId64 "x en%sx", cx->ws, rec->of->name);
	if (rec->of->owned)
		buf_addf(&terms, " ow%" PRId64 "x", v[record_at(rec, "owner_id")].i);
	for (size_t i = 0; i < rec->of->field_count; i++) {
		const struct field *f = &rec->of->fields[i];

		if (f->searchable && v[i].type == VAL_TEXT)
			add_field(cx, &terms, f, v[i].s);
	}
	return terms.s;
}

/* Underscores would cut an entity's name in two: activity has none, but
 * lead_status would. */
bool search_put(struct ctx *cx, const struct record *rec)
{
	bool pg = db_is_postgres(cx->db);
	bool gone = record_has(rec, "removed_at");
	bool was_there = rec->was && rec->was[record_at(rec, "removed_at")].type == VAL_NULL;
	const char *now = gone ? NULL : terms_of(cx, rec, rec->v);
	const char *before = was_there ? terms_of(cx, rec, rec->was) : NULL;

	if ((!now && !before) || (now && before && !strcmp(now, before)))
		return true;
	if (!pg && before && !db_run(cx, "delete from search where rowid = $1", ARGS(v_int(rec->id))))
		return false;
	if (!now)
		return !pg || db_run(cx, "delete from search where ws = $1 and id = $2",
				     ARGS(v_int(cx->ws), v_int(rec->id)));
	if (!pg)
		return db_run(cx, "insert into search (rowid, terms, entity) values ($1, $2, $3)",
			      ARGS(v_int(rec->id), v_text(now), v_text(rec->of->name)));
	return db_run(cx, "insert into search (ws, id, entity, terms) values ($1, $2, $3,"
			  " array_to_tsvector(string_to_array($4, ' '))) on conflict (ws, id) do update"
			  " set terms = excluded.terms",
		      ARGS(v_int(cx->ws), v_int(rec->id), v_text(rec->of->name), v_text(now)));
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

/* The words a hit must have: the query's, the workspace, the entity; and one
 * of the owners in reach. *match is NULL when nothing can be found. */
static const char *match_of(struct ctx *cx, const struct entity *of, const char *text)
{
	const char *all[QUERY_TOKENS + 2];
	const char **any = NULL;
	size_t any_n = 0, n = 0;
	enum reach reach = rights_reach(cx->who, of, RIGHT_READ);

	if (reach == REACH_NONE || (reach != REACH_ALL && !of->owned))
		return NULL;
	all[n++] = textf(cx, "ws%" PRId64 "x", cx->ws);
	all[n++] = textf(cx, "en%sx", of->name);
	n += words_of(cx, text, all + n);
	if (n == 2)
		return NULL;
	if (reach != REACH_ALL) {
		any_n = reach == REACH_TEAM && cx->who->team_n ? cx->who->team_n : 1;
		any = arena_alloc(cx->mem, any_n * sizeof(*any));
		any[0] = textf(cx, "ow%" PRId64 "x", cx->who->id);
		for (size_t i = 0; reach == REACH_TEAM && i < cx->who->team_n; i++)
			any[i] = textf(cx, "ow%" PRId64 "x", cx->who->team[i]);
	}
	return db_match(cx, all, n, any, any_n, true);
}

static const char *const find_sqlite =
	"select rowid from search where search match $1 order by rowid desc limit $2";
static const char *const find_postgres =
	"select id from search where ws = $3 and terms @@ cast($1 as tsquery) order by id desc limit $2";

bool search_where(struct ctx *cx, const struct entity *of, const char *text, struct buf *sql,
		  struct args *args)
{
	const char *match = match_of(cx, of, text);
	size_t at;

	if (!match) {
		buf_add(sql, *text ? " and 1 = 0" : "");
		return true;
	}
	at = args_add(args, v_text(match));
	if (db_is_postgres(cx->db))
		buf_addf(sql, " and t.id in (select s.id from search s where s.ws = $1"
			      " and s.terms @@ cast($%zu as tsquery))", at);
	else
		buf_addf(sql, " and t.id in (select s.rowid from search s where s.search match $%zu)", at);
	return true;
}

struct hit {
	const struct entity *of;
	int64_t id;
};

static bool hits_of(struct ctx *cx, const struct entity *of, const char *text, size_t limit,
		    struct hit *hits, size_t *n)
{
	bool pg = db_is_postgres(cx->db);
	const char *match = match_of(cx, of, text);
	struct rows *r;

	if (!match)
		return true;
	r = db_query(cx, pg ? find_postgres : find_sqlite,
		     ARGS(v_text(match), v_int((int64_t)limit), v_int(cx->ws)));
	while (rows_next(r))
		hits[(*n)++] = (struct hit){ of, rows_int(r, 0) };
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

static void newest_first(struct hit *hits, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k && hits[k].id > hits[k - 1].id; k--) {
			struct hit swap = hits[k];

			hits[k] = hits[k - 1];
			hits[k - 1] = swap;
		}
}

bool search_write(struct ctx *cx, struct json_out *j, const char *text, size_t limit,
		  const struct entity *const *entities)
{
	struct hit *hits;
	size_t n = 0, kinds = 0;

	while (entities[kinds])
		kinds++;
	hits = arena_alloc(cx->mem, (kinds * limit + 1) * sizeof(*hits));
	for (size_t i = 0; i < kinds; i++)
		if (!hits_of(cx, entities[i], text, limit, hits, &n))
			return false;
	newest_first(hits, n);
	json_open(j, '{');
	json_key(j, "items");
	json_open(j, '[');
	for (size_t i = 0; i < n && i < limit; i++)
		if (!write_hit(cx, j, &hits[i]))
			return false;
	json_close(j, ']');
	json_close(j, '}');
	return true;
}
