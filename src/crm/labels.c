/* What an administrator calls the parts of a card. */
#include "crm/labels.h"

#include <string.h>

#include "base/fold.h"
#include "record/custom.h"

enum { NAME_MAX_CHARS = 60 };

bool label_check(struct ctx *cx, const struct record *rec, const char *field)
{
	return custom_label_is_plain(record_text(rec, field)) ||
	       refuse_field(cx, field, "custom_field.label");
}

static bool is_small_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool label_is_name(const char *name)
{
	size_t n = 0;

	for (; name[n]; n++)
		if (!is_small_letter(name[n]) && (!n || (!is_digit(name[n]) && name[n] != '_')))
			return false;
	return n && n <= NAME_MAX_CHARS;
}

const char *label_name(struct ctx *cx, const char *label)
{
	const char *folded = fold(cx->mem, label);
	char name[NAME_MAX_CHARS + 1];
	size_t n = 0;

	if (!is_small_letter(*folded)) {
		memcpy(name, "field_", 6);
		n = 6;
	}
	for (; *folded && n < NAME_MAX_CHARS - 4; folded++)
		if (is_small_letter(*folded) || is_digit(*folded))
			name[n++] = *folded;
		else if (*folded == ' ' && name[n - 1] != '_')
			name[n++] = '_';
	while (n && name[n - 1] == '_')
		n--;
	return textf(cx, "%.*s", (int)n, name);
}

const char *label_of(struct ctx *cx, const struct record *rec)
{
	if (cx->lang == LANG_EN && record_has(rec, "label_en"))
		return record_text(rec, "label_en");
	return record_text(rec, "label_it");
}
