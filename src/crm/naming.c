/* Names of people and things. */
#include "crm/naming.h"

#include <string.h>

#include "base/arena.h"
#include "base/ctx.h"

static const char *joined(struct ctx *cx, const char *a, const char *between, const char *b)
{
	char *text = arena_raw(cx->mem, strlen(a) + strlen(between) + strlen(b) + 1);

	stpcpy(stpcpy(stpcpy(text, a), between), b);
	return text;
}

const char *person_name(struct ctx *cx, const struct record *rec)
{
	const char *first = record_text(rec, "first_name"), *last = record_text(rec, "last_name");

	if (!*first || !*last)
		return *first ? first : last;
	return joined(cx, first, " ", last);
}

const char *both(struct ctx *cx, const char *a, const char *b)
{
	if (!*a || !*b)
		return *a ? a : b;
	return joined(cx, a, ", ", b);
}

void name_in_both(struct record *rec, const char *it, const char *en)
{
	if (!record_has(rec, it) && record_has(rec, en))
		record_set(rec, it, rec->v[record_at(rec, en)]);
}

const char *local_name(struct ctx *cx, const struct record *rec)
{
	if (cx->lang == LANG_EN && record_has(rec, "name_en"))
		return record_text(rec, "name_en");
	return record_text(rec, "name_it");
}
