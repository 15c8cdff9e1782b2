/* Finding one's way in a table of fields. */
#include "meta/meta.h"

#include <stdint.h>
#include <string.h>

static const struct field common[] = {
	{ "created_by", FIELD_LINK, "Creato da", "Created by", "origin", .readonly = true },
	{ "removed_at", FIELD_TIME, "Rimosso il", "Removed on", "origin", .readonly = true },
	{ "removed_reason", FIELD_TEXT, "Motivo della rimozione", "Reason of removal", "origin",
		.max = 500, .readonly = true },
	{ "custom", FIELD_JSON, "Altri dati", "Other data", "notes" },
};

const struct entity *entity_of(const struct ctx *cx, const struct entity *e)
{
	const struct entity *const *all = e->extensible ? cx->entities : NULL;

	for (; all && *all; all++)
		if (entity_is(*all, e))
			return *all;
	return e;
}

bool entity_is(const struct entity *e, const struct entity *which)
{
	return e == which || e->name == which->name || !strcmp(e->name, which->name);
}

size_t entity_width(const struct entity *e)
{
	return e->field_count + COUNT(common);
}

static int64_t place_of(const struct entity *e, size_t at)
{
	return at < e->field_count ? e->fields[at].place : INT64_MAX;
}

void entity_order(const struct entity *e, size_t *order)
{
	for (size_t i = 0; i < entity_width(e); i++) {
		size_t to = i;

		for (; to && place_of(e, order[to - 1]) > place_of(e, i); to--)
			order[to] = order[to - 1];
		order[to] = i;
	}
}

const struct field *entity_field(const struct entity *e, size_t at)
{
	return at < e->field_count ? &e->fields[at] : &common[at - e->field_count];
}

static int search_field(const struct entity *e, const char *name)
{
	/* Mostly the very same literal. */
	for (size_t i = 0; i < e->field_count; i++)
		if (e->fields[i].name == name)
			return (int)i;
	for (size_t i = 0; i < COUNT(common); i++)
		if (!strcmp(common[i].name, name))
			return (int)(e->field_count + i);
	for (size_t i = 0; i < e->field_count; i++)
		if (e->fields[i].name[0] == name[0] && !strcmp(e->fields[i].name, name))
			return (int)i;
	return -1;
}

/* A page asks thousands of times for the same few names, and a table of fields
 * is many cache lines long: where a name was found is remembered.  What is
 * remembered is only a guess, so that tables may come and go. */
int entity_find(const struct entity *e, const char *name)
{
	static _Thread_local uint8_t guesses[1024];
	size_t slot = ((uintptr_t)e / 16 * 31 + (uintptr_t)name) % COUNT(guesses);
	size_t guess = guesses[slot];
	int at;

	if (guess < entity_width(e) && !strcmp(entity_field(e, guess)->name, name))
		return (int)guess;
	at = search_field(e, name);
	if (at >= 0 && at <= UINT8_MAX)
		guesses[slot] = (uint8_t)at;
	return at;
}

const char *entity_table(const struct entity *e)
{
	return e->table ? e->table : e->name;
}

const char *entity_label(const struct entity *e, enum lang lang, bool many)
{
	if (lang == LANG_IT)
		return many ? e->its : e->it;
	return many ? e->ens : e->en;
}

const char *field_label(const struct field *f, enum lang lang)
{
	return lang == LANG_IT ? f->it : f->en;
}

const struct choice *field_choice(const struct field *f, const char *value)
{
	for (const struct choice *c = f->choices; c && c->value; c++)
		if (!strcmp(c->value, value))
			return c;
	return NULL;
}

int field_places(const struct field *f)
{
	return f->type == FIELD_MONEY ? 2 : f->type == FIELD_DECIMAL ? 6 : 0;
}

bool field_is_number(const struct field *f)
{
	switch (f->type) {
	case FIELD_MONEY:
	case FIELD_DECIMAL:
	case FIELD_INT:
	case FIELD_PERCENT:
	case FIELD_BOOL:
	case FIELD_TIME:
	case FIELD_LINK:
		return true;
	default:
		return false;
	}
}

bool field_has_column(const struct field *f)
{
	return !f->derived && !f->custom;
}
