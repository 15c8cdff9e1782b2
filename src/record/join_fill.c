/* The survivor's fields: its own, filled from the others where they are empty,
 * with the choices that were made; other phones and e-mails are kept too. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "base/phone.h"
#include "record/join_parts.h"
#include "record/parts.h"

/* More than a list of phones or e-mails takes at the door is kept all the
 * same: nothing is lost. */
enum { WAYS_MAX = 400 };

/* A phone or an e-mail of one of them. */
struct way {
	const char *kind, *value, *key; /* key: what makes two of them one */
};

struct ways {
	char match; /* 'p' or 'e' */
	struct way all[WAYS_MAX];
	size_t n;
};

static bool is_empty(const struct val *v)
{
	return v->type == VAL_NULL || (v->type == VAL_TEXT && !*v->s);
}

static bool is_way(const struct field *f)
{
	return f->match == 'p' || f->match == 'e';
}

bool join_may_choose(const struct field *f)
{
	return !f->readonly && !f->derived && !f->secret && f->type != FIELD_JSON &&
	       !(f->type == FIELD_LIST && is_way(f));
}

static bool is_address(const struct field *f)
{
	return f->group && !strcmp(f->group, "address");
}

/* Whose address is the same as far as both say it: only then are its parts
 * taken, so that no street stands in another's town. */
static bool has_same_address(struct ctx *cx, const struct record *a, const struct record *b)
{
	for (size_t i = 0; i < a->of->field_count; i++)
		if (is_address(&a->of->fields[i]) && !is_empty(&a->v[i]) && !is_empty(&b->v[i]) &&
			strcmp(fold(cx->mem, a->v[i].s), fold(cx->mem, b->v[i].s)) != 0)
			return false;
	return true;
}

/* The currency that stands beside an amount: "turnover_currency", or
 * "currency"; -1 when there is none. */
static int currency_of(const struct entity *of, const struct field *f)
{
	size_t n = strlen(f->name);

	for (size_t i = 0; i < of->field_count; i++)
		if (!strncmp(of->fields[i].name, f->name, n) &&
			!strcmp(of->fields[i].name + n, "_currency"))
			return (int)i;
	return entity_find(of, "currency");
}

/* A currency comes with its amount, not by itself. */
static bool goes_with_amount(const struct entity *of, const struct field *f)
{
	for (size_t i = 0; f->type == FIELD_CURRENCY && i < of->field_count; i++)
		if (of->fields[i].type == FIELD_MONEY &&
			entity_find(of, f->name) == currency_of(of, &of->fields[i]))
			return true;
	return false;
}

static void take(struct record *to, const struct record *from, size_t at)
{
	const struct field *f = entity_field(to->of, at);
	int currency = f->type == FIELD_MONEY ? currency_of(to->of, f) : -1;

	to->v[at] = from->v[at];
	if (currency >= 0)
		to->v[currency] = from->v[currency];
}

static void fill_empty(struct ctx *cx, struct joining *j, const struct record *from)
{
	struct record *to = j->survivor;
	bool address = has_same_address(cx, to, from);

	for (size_t i = 0; i < to->of->field_count; i++) {
		const struct field *f = &to->of->fields[i];

		if (join_may_choose(f) && is_empty(&to->v[i]) && !is_empty(&from->v[i]) &&
			(address || !is_address(f)) && !goes_with_amount(to->of, f))
			take(to, from, i);
	}
}

static const struct record *one_of(const struct joining *j, int64_t id)
{
	if (j->survivor->id == id)
		return j->survivor;
	for (size_t i = 0; i < j->n; i++)
		if (j->others[i]->id == id)
			return j->others[i];
	return NULL;
}

/* The values as they were before anything was filled. */
static const struct val *own(const struct joining *j, const struct record *rec, size_t at)
{
	return rec == j->survivor ? &rec->was[at] : &rec->v[at];
}

static struct val all_texts(struct ctx *cx, const struct joining *j, size_t at)
{
	struct buf text;

	buf_init(&text, cx->mem);
	for (size_t i = 0; i <= j->n; i++) {
		const struct val *v = own(j, i ? j->others[i - 1] : j->survivor, at);

		if (v->type == VAL_TEXT && *v->s && !strstr(text.s, v->s))
			buf_addf(&text, "%s%s", text.len ? "\n\n" : "", v->s);
	}
	return text.len ? v_text(text.s) : v_null();
}

static bool may_set(struct ctx *cx, const struct entity *of, const struct field *f)
{
	if (join_may_choose(f) && rights_field(cx->who, of, f->name) == FIELD_OPEN)
		return true;
	return refuse_field(cx, textf(cx, "fields.%s", f->name), "field.readonly");
}

static bool choose(struct ctx *cx, struct joining *j, const char *name, const json_t *choice)
{
	struct record *to = j->survivor;
	int at = entity_find(to->of, name);
	const struct field *f = at < 0 ? NULL : entity_field(to->of, (size_t)at);
	const struct record *from;
	int currency;

	if (!f || f->secret || rights_field(cx->who, to->of, f->name) == FIELD_HIDDEN)
		return refuse_field(cx, textf(cx, "fields.%.60s", name), "query.unknown");
	if (!may_set(cx, to->of, f))
		return false;
	if (f->type == FIELD_LONGTEXT && json_is_string(choice) &&
		!strcmp(json_string_value(choice), "all")) {
		to->v[at] = all_texts(cx, j, (size_t)at);
		return !field_text_problem(f, to->v[at].type == VAL_TEXT ? to->v[at].s : "") ||
		       refuse_field(cx, textf(cx, "fields.%s", name), "join.too_long");
	}
	from = json_is_integer(choice) ? one_of(j, json_integer_value(choice)) : NULL;
	if (!from)
		return refuse_field(cx, textf(cx, "fields.%s", name), "join.choice");
	to->v[at] = *own(j, from, (size_t)at);
	currency = f->type == FIELD_MONEY ? currency_of(to->of, f) : -1;
	if (currency >= 0)
		to->v[currency] = *own(j, from, (size_t)currency);
	return true;
}

static bool choose_all(struct ctx *cx, struct joining *j, const json_t *choices)
{
	const char *name;
	json_t *choice;

	json_object_foreach((json_t *)choices, name, choice) choose(cx, j, name, choice);
	return cx->problem.kind == PROBLEM_NONE;
}

/* Phones and e-mails. */

static const char *key_of(struct ctx *cx, char match, const char *value)
{
	char e164[PHONE_TEXT];

	if (match == 'p' && phone_read(value, "", e164))
		return arena_dup(cx->mem, e164);
	return fold(cx->mem, value);
}

static void add_way(struct ctx *cx, struct ways *w, const char *kind, const char *value)
{
	const char *key = key_of(cx, w->match, value);

	for (size_t i = 0; i < w->n; i++)
		if (!strcmp(w->all[i].key, key))
			return;
	if (*value && w->n < WAYS_MAX)
		w->all[w->n++] = (struct way){ kind, value, key };
}

/* What stands in a field keeps its sense in the list. */
static const char *kind_of(const struct field *f)
{
	return !strcmp(f->name, "mobile")	? "mobile"
	       : !strcmp(f->name, "phone_home") ? "home"
	       : !strcmp(f->name, "pec")	? "pec"
	       : f->match == 'p'		? "office"
						: "work";
}

static void add_listed(struct ctx *cx, struct ways *w, const char *text)
{
	json_t *list = json_loads(text, 0, NULL), *entry;
	size_t i;

	json_array_foreach(list, i, entry)
	{
		const char *kind = json_string_value(json_object_get(entry, "kind"));
		const char *value = json_string_value(json_object_get(entry, "value"));

		if (value)
			add_way(cx, w, arena_dup(cx->mem, kind ? kind : "other"),
				arena_dup(cx->mem, value));
	}
	json_decref(list);
}

static void add_ways_of(
	struct ctx *cx, const struct joining *j, struct ways *w, const struct record *rec)
{
	for (size_t i = 0; i < rec->of->field_count; i++) {
		const struct field *f = &rec->of->fields[i];
		const struct val *v = own(j, rec, i);

		if (f->match != w->match || v->type != VAL_TEXT)
			continue;
		if (f->type == FIELD_LIST)
			add_listed(cx, w, v->s);
		else
			add_way(cx, w, kind_of(f), v->s);
	}
}

/* Whether a field of the survivor holds it by now. */
static bool stands(struct ctx *cx, const struct joining *j, char match, const char *key)
{
	const struct record *rec = j->survivor;

	for (size_t i = 0; i < rec->of->field_count; i++) {
		const struct field *f = &rec->of->fields[i];

		if (f->match == match && f->type != FIELD_LIST && rec->v[i].type == VAL_TEXT &&
			!strcmp(key_of(cx, match, rec->v[i].s), key))
			return true;
	}
	return false;
}

/* An empty second e-mail takes the first that is left over. */
static bool put_second(struct joining *j, char match, const struct way *way)
{
	int at = match == 'e' ? entity_find(j->survivor->of, "email_secondary") : -1;

	if (at < 0 || !is_empty(&j->survivor->v[at]) || !strcmp(way->kind, "pec"))
		return false;
	j->survivor->v[at] = v_text(way->value);
	return true;
}

static void put_list(struct ctx *cx, struct joining *j, const struct ways *w, size_t at)
{
	struct json_out out;
	bool any = false;

	json_init(&out, cx->mem);
	json_open(&out, '[');
	for (size_t i = 0; i < w->n; i++) {
		if (stands(cx, j, w->match, w->all[i].key) || put_second(j, w->match, &w->all[i]))
			continue;
		any = true;
		json_open(&out, '{');
		json_put_text(&out, "kind", w->all[i].kind);
		json_put_text(&out, "value", w->all[i].value);
		json_close(&out, '}');
	}
	json_close(&out, ']');
	j->survivor->v[at] = any ? v_text(out.text.s) : v_null();
}

static void unite(struct ctx *cx, struct joining *j, size_t at)
{
	struct ways *w = arena_alloc(cx->mem, sizeof(*w));

	w->match = j->survivor->of->fields[at].match;
	add_ways_of(cx, j, w, j->survivor);
	for (size_t i = 0; i < j->n; i++)
		add_ways_of(cx, j, w, j->others[i]);
	put_list(cx, j, w, at);
}

/* What a file brought and no field holds: keys that the survivor lacks. */
static void unite_custom(struct ctx *cx, struct joining *j)
{
	size_t at = record_at(j->survivor, "custom");
	json_t *all = NULL;
	bool any = false;
	char *text;

	for (size_t i = 0; i < j->n; i++)
		any = any || !is_empty(&j->others[i]->v[at]);
	if (!any)
		return;
	for (size_t i = j->n + 1; i-- > 0;) {
		const struct record *rec = i ? j->others[i - 1] : j->survivor;
		json_t *some =
			rec->v[at].type == VAL_TEXT ? json_loads(rec->v[at].s, 0, NULL) : NULL;

		if (all && some)
			json_object_update(all, some);
		else if (some)
			all = json_incref(some);
		json_decref(some);
	}
	text = all ? json_dumps(all, JSON_COMPACT) : NULL;
	if (text)
		j->survivor->v[at] = v_text(arena_dup(cx->mem, text));
	free(text);
	json_decref(all);
}

bool join_fill(struct ctx *cx, struct joining *j, const json_t *choices)
{
	if (j->keeps)
		return !json_object_size(choices) || refuse(cx, PROBLEM_CONFLICT, j->keeps);
	for (size_t i = 0; i < j->n; i++)
		fill_empty(cx, j, j->others[i]);
	if (!choose_all(cx, j, choices))
		return false;
	for (size_t i = 0; i < j->survivor->of->field_count; i++)
		if (is_way(&j->survivor->of->fields[i]) &&
			j->survivor->of->fields[i].type == FIELD_LIST)
			unite(cx, j, i);
	unite_custom(cx, j);
	return join_own_links(cx, j);
}
