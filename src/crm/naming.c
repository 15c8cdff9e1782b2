/* Names of people and things. */
#include "crm/naming.h"

#include "base/ctx.h"

const char *person_name(struct ctx *cx, const struct record *rec)
{
	const char *first = record_text(rec, "first_name"), *last = record_text(rec, "last_name");

	if (!*first || !*last)
		return *first ? first : last;
	return textf(cx, "%s %s", first, last);
}

const char *both(struct ctx *cx, const char *a, const char *b)
{
	if (!*a || !*b)
		return *a ? a : b;
	return textf(cx, "%s, %s", a, b);
}

const char *local_name(struct ctx *cx, const struct record *rec)
{
	if (cx->lang == LANG_EN && record_has(rec, "name_en"))
		return record_text(rec, "name_en");
	return record_text(rec, "name_it");
}
