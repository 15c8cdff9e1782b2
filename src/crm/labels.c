/* What an administrator calls the parts of a card. */
#include "crm/labels.h"

#include <string.h>

#include "base/fold.h"
#include "record/custom.h"
#include "record/list.h"

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

bool part_find(
	struct ctx *cx, const struct entity *of, const struct part *part, struct record **found)
{
	struct args args;
	struct page page;
	struct buf sql;

	*found = NULL;
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_text(part->entity));
	args_add(&args, v_text(part->name));
	buf_init(&sql, cx->mem);
	buf_addf(&sql,
		" where t.ws = $1 and t.entity = $2 and t.%s = $3"
		" order by case when t.removed_at is null then 0 else 1 end, t.id desc",
		part->by);
	if (!list_select(cx, of, sql.s, &args, 1, &page))
		return false;
	if (page.n)
		*found = page.items[0];
	return true;
}
