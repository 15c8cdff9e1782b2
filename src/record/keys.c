/* Keys by which two records may be the same firm or person. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/codes.h"
#include "base/company_name.h"
#include "base/fold.h"
#include "base/phone.h"
#include "record/alike.h"
#include "record/list.h"
#include "record/op.h"
#include "record/parts.h"
#include "record/search.h"

enum { KEY_TEXT = 160, LIKE_MAX = 20 };

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

static const char *likeness_reason(char why)
{
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (reasons[i].letter == why)
			return reasons[i].name;
	return "name";
}

/* Names alone are many people's. */
static bool is_name(const char *key)
{
	return *key == 'n' || *key == 'm';
}

/* 62 bits of FNV-1a, stirred as MurmurHash3 does at its end, over a last one
 * that says whether it is more than a name.  Two texts may have one number, so
 * what it finds is compared whole before it is told (keys_share_one). */
static int64_t number_of(const char *key)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (const char *p = key; *p; p++)
		h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
	h = (h ^ h >> 33) * UINT64_C(0xff51afd7ed558ccd);
	h = (h ^ h >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
	h ^= h >> 33;
	return (int64_t)(h >> 2 << 1 | !is_name(key));
}

bool keys_has(const struct keys *keys, int64_t number)
{
	for (size_t i = 0; i < keys->n; i++)
		if (keys->number[i] == number)
			return true;
	return false;
}

static void add(struct ctx *cx, struct keys *keys, char letter, const char *text)
{
	size_t len = strnlen(text, KEY_TEXT);
	char *key;
	int64_t number;

	if (!len || keys->n == KEYS_MAX)
		return;
	key = arena_raw(cx->mem, len + 3);
	key[0] = letter;
	key[1] = ':';
	memcpy(key + 2, text, len);
	key[len + 2] = '\0';
	number = number_of(key);
	if (keys_has(keys, number))
		return;
	keys->key[keys->n] = key;
	keys->number[keys->n++] = number;
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

void keys_of(struct ctx *cx, const struct record *rec, const struct val *v, struct keys *keys)
{
	const struct foreseen *foreseen = v ? record_foreseen(rec, v) : NULL;

	if (foreseen) {
		*keys = *foreseen->keys;
		return;
	}
	keys->n = 0;
	if (!v || (v[record_at(rec, "removed_at")].type != VAL_NULL && !is_still_known(rec, v)))
		return;
	for (size_t i = 0; i < rec->of->field_count; i++)
		if (rec->of->fields[i].match && v[i].type == VAL_TEXT && *v[i].s)
			add_value(cx, keys, &rec->of->fields[i], v[i].s);
	add_person(cx, keys, rec, v);
}

static bool put(struct ctx *cx, const struct record *rec, int64_t number)
{
	if (cx->op->looks && !rec->was)
		return gathered_add(cx, rec, number);
	return db_run(cx,
		"insert into likeness (ws, key, record_id, entity) values ($1, $2, $3, $4)",
		ARGS(v_int(cx->ws), v_int(number), v_int(rec->id), v_text(rec->of->name)));
}

bool keys_put(struct ctx *cx, const struct record *rec)
{
	struct keys now, before;
	bool ok = true;

	keys_of(cx, rec, rec->v, &now);
	keys_of(cx, rec, rec->was, &before);
	for (size_t i = 0; ok && i < before.n; i++)
		if (!keys_has(&now, before.number[i]))
			ok = db_run(cx,
				"delete from likeness where ws = $1 and key = $2 and record_id = $3",
				ARGS(v_int(cx->ws), v_int(before.number[i]), v_int(rec->id)));
	for (size_t i = 0; ok && i < now.n; i++)
		if (!keys_has(&before, now.number[i]))
			ok = put(cx, rec, now.number[i]);
	return ok && keys_gone_put(cx, rec);
}

bool keys_share_one(struct ctx *cx, const struct keys *keys, const struct record *other)
{
	struct keys others;

	keys_of(cx, other, other->v, &others);
	for (size_t i = 0; i < keys->n; i++)
		for (size_t k = 0; k < others.n; k++)
			if (!strcmp(keys->key[i], others.key[k]))
				return true;
	return false;
}

static void end_part(void *mem)
{
	arena_free(mem);
}

/* The table match_key had them as texts: made anew from the records, all in the
 * transaction of the schema, so that a crash leaves the older table. */
static bool carry(struct ctx *cx, const struct entity *of, int64_t *after)
{
	struct ctx part = *cx;
	struct args args;
	struct page page;
	bool ok;

	part.mem = arena_new();
	args_init(&args, part.mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(*after));
	ok = list_select(&part, of,
		of->keeps_keys
			? " where t.ws = $1 and t.id > $2 order by t.id"
			: " where t.ws = $1 and t.id > $2 and t.removed_at is null order by t.id",
		&args, LIST_MAX, &page);
	for (size_t i = 0; ok && i < page.n; i++) {
		page.items[i]->was = NULL;
		ok = keys_put(&part, page.items[i]);
	}
	ok = ok && gathered_put(&part);
	*after = page.more ? page.items[page.n - 1]->id : 0;
	cx->problem = part.problem;
	if (ok)
		arena_free(part.mem);
	else /* the problem's words lie in it */
		arena_defer(cx->mem, end_part, part.mem);
	return ok;
}

bool keys_carry(struct ctx *cx, const struct entity *const *entities)
{
	for (; *entities; entities++) {
		int64_t after = 0;
		struct op op = { .looks = true };
		bool ok = true;

		if ((*entities)->setup)
			continue;
		do {
			cx->op = &op;
			ok = carry(cx, *entities, &after);
			op = (struct op){ .looks = true };
		} while (ok && after);
		cx->op = NULL;
		if (!ok)
			return false;
	}
	return db_run(cx, "drop table match_key", NO_ARGS);
}

size_t keys_list(struct ctx *cx, const struct record *rec, const char *list[KEYS_MAX])
{
	struct keys keys;

	keys_of(cx, rec, rec->v, &keys);
	memcpy(list, keys.key, keys.n * sizeof(*list));
	return keys.n;
}

/* The oldest of its entity with that key that the user may read. */
static bool known_by(struct ctx *cx, const struct record *rec, int64_t key, int64_t *id)
{
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(key));
	args_add(&args, v_text(rec->of->name));
	buf_addf(&sql,
		"select t.id from likeness m join %s t on t.ws = m.ws and t.id = m.record_id"
		" where m.ws = $1 and t.ws = $1 and m.key = $2 and m.entity = $3",
		entity_table(rec->of));
	if (rec->of->into)
		buf_add(&sql, " and t.removed_at is null");
	if (rec->of->into && record_has(rec, rec->of->into))
		buf_addf(&sql, " and t.%s = $%zu", rec->of->into,
			args_add(&args, v_int(record_int(rec, rec->of->into))));
	rights_where(cx, rec->of, RIGHT_READ, &sql, &args);
	buf_add(&sql, " order by m.record_id limit 1");
	return db_int(cx, id, 0, sql.s, args.v, args.n);
}

bool keys_known(struct ctx *cx, const struct record *rec, const char *letters, int64_t *id)
{
	struct record *other;
	struct keys keys;

	*id = 0;
	keys_of(cx, rec, rec->v, &keys);
	for (size_t i = 0; i < keys.n && !*id; i++)
		if (strchr(letters, keys.key[i][0]) && !known_by(cx, rec, keys.number[i], id))
			return false;
	if (!*id)
		return true;
	if (!record_find(cx, rec->of, "id", v_int(*id), &other))
		return false;
	if (!other || !keys_share_one(cx, &keys, other))
		*id = 0;
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

/* A key of a record, and where else it is looked for. */
struct sought {
	const struct record *rec;
	const struct entity *const *among;
	char letter;
	int64_t number;
};

static bool find_by(struct ctx *cx, const struct sought *key, struct likeness *found, size_t *n)
{
	struct rows *r = db_query(cx,
		"select record_id, entity from likeness where ws = $1 and key = $2"
		" order by record_id desc limit 20",
		ARGS(v_int(cx->ws), v_int(key->number)));

	while (rows_next(r)) {
		struct likeness l = { one_of(key->among, rows_text(r, 1)), rows_int(r, 0),
			.why = { key->letter } };

		if (l.of && l.id != key->rec->id)
			note(found, n, &l);
	}
	return rows_end(r);
}

/* Drop those that share no key after all and those the user may not read,
 * name the others and say how alike they are. */
static bool name_them(struct ctx *cx, const struct record *like, const struct keys *keys,
	struct likeness *found, size_t *n)
{
	size_t kept = 0;
	struct alike alike;

	for (size_t i = 0; i < *n; i++) {
		struct record *rec;

		if (!record_load(cx, found[i].of, found[i].id, RIGHT_READ, &rec)) {
			if (cx->problem.kind != PROBLEM_NOT_FOUND)
				return false;
			ctx_clear(cx);
			continue;
		}
		if (!keys_share_one(cx, keys, rec))
			continue;
		alike = record_alike(cx, like, rec);
		found[kept] = found[i];
		found[kept].score = alike.score;
		found[kept].reasons = alike.why;
		if (record_has(rec, "removed_at"))
			found[kept].discarded = record_text(rec, "removed_reason");
		found[kept].title = record_title(cx, rec);
		found[kept].subtitle = record_subtitle(cx, rec);
		found[kept++].owner_id = rec->of->owned ? record_int(rec, "owner_id") : 0;
	}
	*n = kept;
	return true;
}

/* Those as likely stand by the strength of the key they share: found before. */
static int likeliest_first(const void *a, const void *b)
{
	const struct likeness *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->id > y->id ? -1 : x->id < y->id;
}

bool keys_find(struct ctx *cx, const struct record *rec, const struct entity *const *among,
	struct likeness **found, size_t *n)
{
	struct keys keys;

	*n = 0;
	*found = arena_alloc(cx->mem, LIKE_MAX * sizeof(**found));
	keys_of(cx, rec, rec->v, &keys);
	for (size_t w = 0; w < COUNT(reasons); w++)
		for (size_t i = 0; i < keys.n; i++) {
			struct sought key = { rec, among, keys.key[i][0], keys.number[i] };

			if (key.letter == reasons[w].letter && !find_by(cx, &key, *found, n))
				return false;
		}
	if (!name_them(cx, rec, &keys, *found, n))
		return false;
	qsort(*found, *n, sizeof(**found), likeliest_first);
	return true;
}

void likeness_put(struct ctx *cx, struct json_out *j, const struct likeness *l)
{
	json_put_int(j, "id", l->id);
	json_put_text(j, "title", l->title);
	json_put_text(j, "subtitle", l->subtitle);
	json_key(j, "why");
	json_open(j, '[');
	for (const char *w = l->why; *w; w++)
		json_text(j, likeness_reason(*w));
	json_close(j, ']');
	alike_write(cx, j, (struct alike){ l->score, l->reasons });
}

void likeness_write(struct ctx *cx, struct json_out *j, const struct likeness *l)
{
	json_open(j, '{');
	json_put_text(j, "entity", l->of->name);
	likeness_put(cx, j, l);
	if (l->discarded)
		json_put_text(j, "discarded", l->discarded);
	json_close(j, '}');
}
