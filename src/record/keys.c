/* Keys by which two records may be the same firm or person. */
#include <string.h>

#include "base/arena.h"
#include "base/codes.h"
#include "base/company_name.h"
#include "base/fold.h"
#include "base/phone.h"
#include "record/op.h"
#include "record/parts.h"
#include "record/search.h"

enum { KEY_TEXT = 160, LIKE_MAX = 20 };

struct keys {
	const char *key[KEYS_MAX];
	size_t n;
};

/* Strongest first: their order is that of the answers. */
static const struct {
	char letter;
	const char *name;
} reasons[] = {
	{ 'v', "vat_number" },
	{ 't', "tax_code" },
	{ 'e', "email" },
	{ 'p', "phone" },
	{ 'n', "name" },
	{ 'm', "name" },
};

const char *likeness_reason(char why)
{
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (reasons[i].letter == why)
			return reasons[i].name;
	return "name";
}

static void add(struct ctx *cx, struct keys *keys, char letter, const char *text)
{
	const char *key = textf(cx, "%c:%.*s", letter, KEY_TEXT, text);

	if (!*text || keys->n == KEYS_MAX)
		return;
	for (size_t i = 0; i < keys->n; i++)
		if (!strcmp(keys->key[i], key))
			return;
	keys->key[keys->n++] = key;
}

static void add_phones(struct ctx *cx, struct keys *keys, const char *raw)
{
	const char *const *numbers;
	size_t n = phone_split(cx->mem, raw, "", &numbers);

	for (size_t i = 0; i < n; i++)
		add(cx, keys, 'p', numbers[i]);
}

/* A company's tax code is often its VAT number: both meet under 'v'. */
static void add_code(struct ctx *cx, struct keys *keys, char letter, const char *typed)
{
	char code[CODE_TEXT];

	code_clean(typed, code);
	if (letter == 't' && strlen(code) == 11)
		letter = 'v';
	if (strlen(code) >= 8)
		add(cx, keys, letter, code);
}

static void add_list(struct ctx *cx, struct keys *keys, char letter, const char *text)
{
	json_t *list = json_loads(text, 0, NULL), *entry;
	size_t i;

	json_array_foreach(list, i, entry)
	{
		const char *value = json_string_value(json_object_get(entry, "value"));

		if (value && letter == 'p')
			add_phones(cx, keys, value);
		else if (value)
			add(cx, keys, 'e', fold(cx->mem, value));
	}
	json_decref(list);
}

static void add_value(struct ctx *cx, struct keys *keys, const struct field *f, const char *s)
{
	if (f->type == FIELD_LIST)
		add_list(cx, keys, f->match, s);
	else if (f->match == 'p')
		add_phones(cx, keys, s);
	else if (f->match == 'v' || f->match == 't')
		add_code(cx, keys, f->match, s);
	else if (f->match == 'n')
		add(cx, keys, 'n', company_name_key(cx->mem, s));
	else
		add(cx, keys, 'e', fold(cx->mem, s));
}

/* First and last name together are a key of their own. */
static void add_person(
	struct ctx *cx, struct keys *keys, const struct record *rec, const struct val *v)
{
	int first = entity_find(rec->of, "first_name"), last = entity_find(rec->of, "last_name");

	if (first < 0 || last < 0 || v[first].type != VAL_TEXT || v[last].type != VAL_TEXT)
		return;
	add(cx, keys, 'm', fold(cx->mem, textf(cx, "%s %s", v[first].s, v[last].s)));
}

/* One that was taken out for a reason; not one whose creation was undone. */
static bool is_still_known(const struct record *rec, const struct val *v)
{
	return rec->of->keeps_keys && v[record_at(rec, "removed_reason")].type != VAL_NULL;
}

static void keys_of(
	struct ctx *cx, const struct record *rec, const struct val *v, struct keys *keys)
{
	keys->n = 0;
	if (!v || (v[record_at(rec, "removed_at")].type != VAL_NULL && !is_still_known(rec, v)))
		return;
	for (size_t i = 0; i < rec->of->field_count; i++)
		if (rec->of->fields[i].match && v[i].type == VAL_TEXT && *v[i].s)
			add_value(cx, keys, &rec->of->fields[i], v[i].s);
	add_person(cx, keys, rec, v);
}

static bool has(const struct keys *keys, const char *key)
{
	for (size_t i = 0; i < keys->n; i++)
		if (!strcmp(keys->key[i], key))
			return true;
	return false;
}

/* Names alone are many people's. */
static bool note_alike(struct ctx *cx, const struct keys *keys)
{
	int64_t id = 0;

	for (size_t i = 0; i < keys->n && !id; i++)
		if (!strchr("nm", keys->key[i][0]) &&
			!db_int(cx, &id, 0,
				"select record_id from match_key where ws = $1 and key = $2"
				" order by record_id limit 1",
				ARGS(v_int(cx->ws), v_text(keys->key[i]))))
			return false;
	cx->op->alike += id != 0;
	return true;
}

bool keys_put(struct ctx *cx, const struct record *rec)
{
	struct keys now, before;
	bool ok = true;

	keys_of(cx, rec, rec->v, &now);
	keys_of(cx, rec, rec->was, &before);
	if (cx->op->looks && !rec->was)
		ok = note_alike(cx, &now);
	for (size_t i = 0; ok && i < before.n; i++)
		if (!has(&now, before.key[i]))
			ok = db_run(cx,
				"delete from match_key where ws = $1 and key = $2 and record_id = $3",
				ARGS(v_int(cx->ws), v_text(before.key[i]), v_int(rec->id)));
	for (size_t i = 0; ok && i < now.n; i++)
		if (!has(&before, now.key[i]))
			ok = db_run(cx,
				"insert into match_key (ws, key, record_id, entity) values ($1, $2, $3, $4)",
				ARGS(v_int(cx->ws), v_text(now.key[i]), v_int(rec->id),
					v_text(rec->of->name)));
	return ok;
}

/* Pairs of key and record, gathered. */
struct pairs {
	struct args args;
	struct buf sql;
	size_t n;
};

static void pairs_init(struct ctx *cx, struct pairs *p, const char *sql)
{
	buf_init(&p->sql, cx->mem);
	args_init(&p->args, cx->mem);
	args_add(&p->args, v_int(cx->ws));
	buf_add(&p->sql, sql);
	p->n = 0;
}

static void drop_pair(struct pairs *p, const char *key, int64_t id)
{
	size_t k = args_add(&p->args, v_text(key));

	buf_addf(&p->sql, "%s(cast($%zu as text), cast($%zu as bigint))", p->n++ ? ", " : "", k,
		args_add(&p->args, v_int(id)));
}

static void put_pair(struct pairs *p, const char *key, const struct record *rec)
{
	size_t k = args_add(&p->args, v_text(key)), id = args_add(&p->args, v_int(rec->id));

	buf_addf(&p->sql, "%s($1, $%zu, $%zu, $%zu)", p->n++ ? ", " : "", k, id,
		args_add(&p->args, v_text(rec->of->name)));
}

bool keys_put_all(struct ctx *cx, struct record *const *recs, size_t n)
{
	struct pairs gone, came;

	pairs_init(
		cx, &gone, "delete from match_key where ws = $1 and (key, record_id) in (values ");
	pairs_init(cx, &came, "insert into match_key (ws, key, record_id, entity) values ");
	for (size_t r = 0; r < n; r++) {
		struct keys now, before;

		keys_of(cx, recs[r], recs[r]->v, &now);
		keys_of(cx, recs[r], recs[r]->was, &before);
		for (size_t i = 0; i < before.n; i++)
			if (!has(&now, before.key[i]))
				drop_pair(&gone, before.key[i], recs[r]->id);
		for (size_t i = 0; i < now.n; i++)
			if (!has(&before, now.key[i]))
				put_pair(&came, now.key[i], recs[r]);
	}
	buf_add(&gone.sql, ")");
	return (!gone.n || db_run(cx, gone.sql.s, gone.args.v, gone.args.n)) &&
	       (!came.n || db_run(cx, came.sql.s, came.args.v, came.args.n));
}

size_t keys_list(struct ctx *cx, const struct record *rec, const char *list[KEYS_MAX])
{
	struct keys keys;

	keys_of(cx, rec, rec->v, &keys);
	memcpy(list, keys.key, keys.n * sizeof(*list));
	return keys.n;
}

/* The oldest of its entity with that key that the user may read. */
static bool known_by(struct ctx *cx, const struct record *rec, const char *key, int64_t *id)
{
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_text(key));
	args_add(&args, v_text(rec->of->name));
	buf_addf(&sql,
		"select t.id from match_key m join %s t on t.ws = m.ws and t.id = m.record_id"
		" where m.ws = $1 and t.ws = $1 and m.key = $2 and m.entity = $3",
		entity_table(rec->of));
	if (rec->of->into)
		buf_addf(&sql, " and t.removed_at is null and t.%s = $%zu", rec->of->into,
			args_add(&args, v_int(record_int(rec, rec->of->into))));
	rights_where(cx, rec->of, RIGHT_READ, &sql, &args);
	buf_add(&sql, " order by m.record_id limit 1");
	return db_int(cx, id, 0, sql.s, args.v, args.n);
}

bool keys_known(struct ctx *cx, const struct record *rec, const char *letters, int64_t *id)
{
	struct keys keys;

	*id = 0;
	keys_of(cx, rec, rec->v, &keys);
	for (size_t i = 0; i < keys.n && !*id; i++)
		if (strchr(letters, keys.key[i][0]) && !known_by(cx, rec, keys.key[i], id))
			return false;
	return true;
}

static const struct entity *one_of(const struct entity *const *among, const char *name)
{
	for (; *among; among++)
		if (!strcmp((*among)->name, name))
			return *among;
	return NULL;
}

static void note(struct likeness *found, size_t *n, const struct likeness *l)
{
	size_t i = 0;

	while (i < *n && found[i].id != l->id)
		i++;
	if (i == LIKE_MAX)
		return;
	if (i == *n)
		found[(*n)++] = *l;
	else if (!strchr(found[i].why, l->why[0]) && strlen(found[i].why) + 2 < sizeof(l->why))
		found[i].why[strlen(found[i].why)] = l->why[0];
}

static bool find_by(struct ctx *cx, const struct record *rec, const char *key,
	const struct entity *const *among, struct likeness *found, size_t *n)
{
	struct rows *r = db_query(cx,
		"select record_id, entity from match_key where ws = $1 and key = $2"
		" order by record_id desc limit 20",
		ARGS(v_int(cx->ws), v_text(key)));

	while (rows_next(r)) {
		struct likeness l = { one_of(among, rows_text(r, 1)), rows_int(r, 0),
			.why = { key[0] } };

		if (l.of && l.id != rec->id)
			note(found, n, &l);
	}
	return rows_end(r);
}

/* Drop those the user may not read, name the others. */
static bool name_them(struct ctx *cx, struct likeness *found, size_t *n)
{
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++) {
		struct record *rec;

		if (!record_load(cx, found[i].of, found[i].id, RIGHT_READ, &rec)) {
			if (cx->problem.kind != PROBLEM_NOT_FOUND)
				return false;
			ctx_clear(cx);
			continue;
		}
		found[kept] = found[i];
		found[kept].discarded =
			record_has(rec, "removed_at") ? record_text(rec, "removed_reason") : NULL;
		found[kept].title = record_title(cx, rec);
		found[kept].subtitle = record_subtitle(cx, rec);
		found[kept++].owner_id = rec->of->owned ? record_int(rec, "owner_id") : 0;
	}
	*n = kept;
	return true;
}

bool keys_find(struct ctx *cx, const struct record *rec, const struct entity *const *among,
	struct likeness **found, size_t *n)
{
	struct keys keys;

	*n = 0;
	*found = arena_alloc(cx->mem, LIKE_MAX * sizeof(**found));
	keys_of(cx, rec, rec->v, &keys);
	for (size_t w = 0; w < COUNT(reasons); w++)
		for (size_t i = 0; i < keys.n; i++)
			if (keys.key[i][0] == reasons[w].letter &&
				!find_by(cx, rec, keys.key[i], among, *found, n))
				return false;
	return name_them(cx, *found, n);
}

void likeness_write(struct ctx *cx, struct json_out *j, const struct likeness *l)
{
	(void)cx;
	json_open(j, '{');
	json_put_text(j, "entity", l->of->name);
	json_put_int(j, "id", l->id);
	json_put_text(j, "title", l->title);
	json_put_text(j, "subtitle", l->subtitle);
	json_key(j, "why");
	json_open(j, '[');
	for (const char *w = l->why; *w; w++)
		json_text(j, likeness_reason(*w));
	json_close(j, ']');
	if (l->discarded)
		json_put_text(j, "discarded", l->discarded);
	json_close(j, '}');
}
