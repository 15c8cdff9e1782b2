/* Which column goes where: guessed from headings, kept as JSON. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "record/import_parts.h"

/* By how a field is called: its name, its labels, then the other headings in
 * the order in which they stand; a lower rank wins a column or a field. */
enum { RANK_NAME, RANK_LABEL, RANK_ALSO, RANK_NONE = 1000000 };

static const struct {
	const char *key, *letters;
} keys[] = {
	{ "email", "e" },
	{ "vat_number", "v" },
	{ "tax_code", "tv" },
	{ "phone", "p" },
	{ "name", "nm" },
};

const char *key_letters(const char *key)
{
	for (size_t i = 0; i < COUNT(keys); i++)
		if (!strcmp(keys[i].key, key))
			return keys[i].letters;
	return "";
}

bool import_may_fill(const struct ctx *cx, const struct entity *of, const struct field *f)
{
	return !(of->into && !strcmp(of->into, f->name)) && !f->readonly && !f->derived &&
	       !f->secret && f->type != FIELD_JSON && (f->type != FIELD_LINK || f->to) &&
	       rights_field(cx->who, of, f->name) == FIELD_OPEN;
}

/* One way to call a field. */
struct called {
	const char *folded;
	size_t field;
	unsigned rank;
};

enum { CALLED_MAX = 4096 };

struct calls {
	struct called list[CALLED_MAX];
	size_t n;
};

static void call(struct ctx *cx, struct calls *c, size_t field, unsigned rank, const char *as)
{
	const char *folded = fold(cx->mem, as);

	if (*folded && c->n < CALLED_MAX)
		c->list[c->n++] = (struct called){ folded, field, rank };
}

static struct calls *calls_of(struct ctx *cx, const struct entity *of)
{
	struct calls *c = arena_alloc(cx->mem, sizeof(*c));

	for (size_t i = 0; i < of->field_count; i++) {
		const struct field *f = &of->fields[i];
		unsigned rank = RANK_ALSO;

		call(cx, c, i, RANK_NAME, f->name);
		call(cx, c, i, RANK_LABEL, f->it);
		call(cx, c, i, RANK_LABEL, f->en);
		/* what the firm calls otherwise comes under its usual heading too */
		if (of->from && i < of->from->field_count) {
			call(cx, c, i, RANK_ALSO, of->from->fields[i].it);
			call(cx, c, i, RANK_ALSO, of->from->fields[i].en);
		}
		for (const char *at = f->also; at && *at; rank++) {
			size_t n = strcspn(at, "|");

			call(cx, c, i, rank, textf(cx, "%.*s", (int)n, at));
			at += n + (at[n] == '|');
		}
	}
	return c;
}

static bool is_taken(const struct import_plan *plan, const struct field *f)
{
	for (size_t i = 0; i < plan->n; i++)
		if (plan->columns[i].field == f)
			return true;
	return false;
}

/* The best pair of a free column and a free field. */
static bool match_one(const struct ctx *cx, struct import_plan *plan, const unsigned *ranks)
{
	size_t fields = plan->of->field_count;
	unsigned best = RANK_NONE;
	size_t column = 0, field = 0;

	for (size_t c = 0; c < plan->n; c++)
		for (size_t f = 0; f < fields && !plan->columns[c].field; f++)
			if (ranks[c * fields + f] < best && !is_taken(plan, &plan->of->fields[f]) &&
				!plan->of->fields[f].hidden &&
				import_may_fill(cx, plan->of, &plan->of->fields[f])) {
				best = ranks[c * fields + f];
				column = c;
				field = f;
			}
	if (best == RANK_NONE)
		return false;
	plan->columns[column].field = &plan->of->fields[field];
	return true;
}

/* What calls a record by a number when nothing else does; the better first. */
static const char *const numbers[] = {
	"lead number",
	"prospect number",
	"numero prospect",
	"numero lead",
	"numero",
	"number",
	"prospect id",
	"lead id",
	"contact id",
	"record id",
	"customer id",
	"id",
	"codice",
	"code",
	"cod",
	NULL,
};

static bool is_number(struct ctx *cx, const char *heading)
{
	const char *folded = fold(cx->mem, heading);

	for (const char *const *n = numbers; *n; n++)
		if (!strcmp(*n, folded))
			return true;
	return false;
}

static bool calls_it(const struct field *f)
{
	static const char *const names[] = { "first_name", "company_name", "company_id", "email",
		"phone", "mobile", "pec", "phone_home", "email_secondary", NULL };

	for (const char *const *n = names; *n; n++)
		if (!strcmp(*n, f->name))
			return true;
	return false;
}

static bool has_other_name(const struct import_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++)
		if (plan->columns[i].field && calls_it(plan->columns[i].field))
			return true;
	return false;
}

/* A list without names has its number for one; with names it has not. */
static void place_number(struct ctx *cx, struct import_plan *plan)
{
	int at = entity_find(plan->of, "last_name");
	const struct field *last = at < 0 ? NULL : entity_field(plan->of, (size_t)at);
	bool named = has_other_name(plan);

	for (size_t i = 0; last && i < plan->n; i++)
		if (plan->columns[i].field == last && named &&
			is_number(cx, plan->columns[i].heading))
			plan->columns[i].field = NULL;
	if (!last || named || is_taken(plan, last) || !import_may_fill(cx, plan->of, last))
		return;
	for (const char *const *n = numbers; *n; n++)
		for (size_t i = 0; i < plan->n; i++)
			if (!plan->columns[i].field && !is_taken(plan, last) &&
				!strcmp(*n, fold(cx->mem, plan->columns[i].heading)))
				plan->columns[i].field = last;
}

void import_guess(struct ctx *cx, struct import_plan *plan)
{
	const struct calls *calls = calls_of(cx, plan->of);
	size_t fields = plan->of->field_count;
	unsigned *ranks = arena_alloc(cx->mem, (plan->n * fields + 1) * sizeof(*ranks));

	for (size_t i = 0; i < plan->n * fields; i++)
		ranks[i] = RANK_NONE;
	for (size_t c = 0; c < plan->n; c++) {
		const char *heading = fold(cx->mem, plan->columns[c].heading);

		for (size_t i = 0; i < calls->n; i++) {
			unsigned *rank = &ranks[c * fields + calls->list[i].field];

			if (calls->list[i].rank < *rank && !strcmp(calls->list[i].folded, heading))
				*rank = calls->list[i].rank;
		}
	}
	while (match_one(cx, plan, ranks))
		;
	place_number(cx, plan);
}

const struct field **import_headings(
	struct ctx *cx, const struct entity *of, const char *const *headings, size_t n)
{
	struct import_plan plan = { .of = of, .n = n };
	const struct field **fields = arena_alloc(cx->mem, (n + 1) * sizeof(*fields));

	plan.columns = arena_alloc(cx->mem, (n + 1) * sizeof(*plan.columns));
	for (size_t i = 0; i < n; i++)
		plan.columns[i].heading = headings[i];
	import_guess(cx, &plan);
	for (size_t i = 0; i < n; i++)
		fields[i] = plan.columns[i].field;
	return fields;
}

const char *plan_name_beyond(struct ctx *cx, size_t at)
{
	return textf(cx, cx->lang == LANG_IT ? "Colonna %zu" : "Column %zu", at + 1);
}

static bool is_named(const struct import_plan *plan, size_t before, const char *name)
{
	for (size_t i = 0; i < before; i++)
		if (!strcmp(plan->columns[i].name, name))
			return true;
	return false;
}

static const char *trimmed(struct ctx *cx, const char *heading)
{
	char *s = arena_dup(cx->mem, heading + strspn(heading, " \t\r\n"));
	size_t n = strlen(s);

	while (n && strchr(" \t\r\n", s[n - 1]))
		s[--n] = '\0';
	for (char *p = s; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = ' ';
	return s;
}

void plan_name_columns(struct ctx *cx, struct import_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		const char *base = trimmed(cx, plan->columns[i].heading);
		const char *name = *base ? base : plan_name_beyond(cx, i);

		for (int n = 2; is_named(plan, i, name); n++)
			name = textf(cx, "%.900s (%d)", *base ? base : plan_name_beyond(cx, i), n);
		plan->columns[i].name = name;
	}
}

static void write_mapping(struct json_out *j, const struct import_plan *plan)
{
	char at[24];

	json_key(j, "mapping");
	json_open(j, '{');
	for (size_t i = 0; i < plan->n; i++) {
		snprintf(at, sizeof(at), "%zu", i);
		json_put_text(j, at, plan->columns[i].field ? plan->columns[i].field->name : NULL);
	}
	json_close(j, '}');
}

/* Null, {"id"}, or {"name"} of what is to be made. */
static void write_into(struct json_out *j, const struct import_plan *plan)
{
	json_key(j, "into");
	if (!plan->of->into) {
		json_none(j);
		return;
	}
	json_open(j, '{');
	json_put_id(j, "id", plan->into);
	json_put_text(j, "name", plan->into_name);
	json_put_bool(j, "ready", plan->is_received);
	json_close(j, '}');
}

/* As the doors show it and as the store keeps it. */
void plan_write(struct json_out *j, const struct import_plan *plan)
{
	static const char *const modes[] = { "create", "update", "skip" };

	json_put_int(j, "rows", plan->rows);
	json_put_text(j, "encoding", plan->encoding);
	json_put_text(j, "separator", plan->separator);
	json_put_text(j, "sheet", plan->sheet && *plan->sheet ? plan->sheet : NULL);
	json_key(j, "sheets");
	json_raw(j, plan->sheets ? plan->sheets : "[]");
	write_into(j, plan);
	json_put_text(j, "mode", modes[plan->mode]);
	json_put_text(j, "key", plan->key);
	json_key(j, "columns");
	json_open(j, '[');
	for (size_t i = 0; i < plan->n; i++) {
		const struct import_column *c = &plan->columns[i];

		json_open(j, '{');
		json_put_int(j, "at", (int64_t)i);
		json_put_text(j, "heading", c->heading);
		json_put_text(j, "name", c->name);
		json_put_text(j, "field", c->field ? c->field->name : NULL);
		json_key(j, "samples");
		json_raw(j, c->samples);
		json_close(j, '}');
	}
	json_close(j, ']');
	write_mapping(j, plan);
	json_key(j, "skip_lines");
	json_open(j, '[');
	for (size_t i = 0; i < plan->skip_n; i++)
		json_int(j, plan->skip[i]);
	json_close(j, ']');
}

static const char *text_in(struct ctx *cx, const json_t *tree, const char *name)
{
	const char *s = json_string_value(json_object_get(tree, name));

	return s ? arena_dup(cx->mem, s) : NULL;
}

static void read_column(
	struct ctx *cx, const json_t *from, const struct entity *of, struct import_column *c)
{
	const char *field = json_string_value(json_object_get(from, "field"));
	char *samples = json_dumps(json_object_get(from, "samples"), JSON_COMPACT);
	int at = field ? entity_find(of, field) : -1;

	if (at >= 0 && entity_field(of, (size_t)at)->secret)
		at = -1; /* taken away since */
	*c = (struct import_column){ .heading = text_in(cx, from, "heading"),
		.name = text_in(cx, from, "name"),
		.field = at < 0 ? NULL : entity_field(of, (size_t)at),
		.samples = arena_dup(cx->mem, samples ? samples : "[]") };
	free(samples);
}

static enum import_mode mode_of(const json_t *tree)
{
	const char *mode = json_string_value(json_object_get(tree, "mode"));

	return !mode || !strcmp(mode, "create") ? IMPORT_CREATE
	       : !strcmp(mode, "update")	? IMPORT_UPDATE
						: IMPORT_SKIP;
}

static void read_sheet(struct ctx *cx, const json_t *tree, struct import_plan *plan)
{
	const json_t *into = json_object_get(tree, "into");
	char *sheets = json_dumps(json_object_get(tree, "sheets"), JSON_COMPACT);

	plan->sheet = text_in(cx, tree, "sheet");
	plan->sheets = sheets ? arena_dup(cx->mem, sheets) : NULL;
	free(sheets);
	plan->into = json_integer_value(json_object_get(into, "id"));
	plan->into_name = text_in(cx, into, "name");
	plan->is_received = json_is_true(json_object_get(into, "ready"));
}

bool plan_read(struct ctx *cx, const char *json, struct import_plan *plan)
{
	json_t *tree = json_loads(json, 0, NULL), *list = json_object_get(tree, "columns"), *one;
	json_t *skip = json_object_get(tree, "skip_lines");
	size_t i;

	if (!tree)
		return broken(cx, "the plan of an import is no JSON");
	plan->rows = json_integer_value(json_object_get(tree, "rows"));
	plan->encoding = text_in(cx, tree, "encoding");
	plan->separator = text_in(cx, tree, "separator");
	plan->key = text_in(cx, tree, "key");
	read_sheet(cx, tree, plan);
	plan->mode = mode_of(tree);
	plan->n = json_array_size(list);
	plan->columns = arena_alloc(cx->mem, (plan->n + 1) * sizeof(*plan->columns));
	json_array_foreach(list, i, one) read_column(cx, one, plan->of, &plan->columns[i]);
	plan->skip_n = json_array_size(skip);
	plan->skip = arena_alloc(cx->mem, (plan->skip_n + 1) * sizeof(*plan->skip));
	json_array_foreach(skip, i, one) plan->skip[i] = json_integer_value(one);
	json_decref(tree);
	return true;
}
