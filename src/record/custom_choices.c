/* What one may choose from, as administrators say it and as a field has it. */
#include <string.h>

#include "base/arena.h"
#include "record/custom.h"
#include "record/parts.h"

enum { CHOICES_MAX = 200 };

static const char *text_of(struct arena *mem, const json_t *entry, const char *key)
{
	const char *s = json_string_value(json_object_get(entry, key));

	return s ? arena_dup(mem, s) : "";
}

const struct choice *custom_choices(struct arena *mem, const char *json)
{
	json_t *list = json_loads(json, 0, NULL), *entry;
	struct choice *choices = NULL;
	size_t i;

	if (json_is_array(list))
		choices = arena_alloc(mem, (json_array_size(list) + 1) * sizeof(*choices));
	json_array_foreach(list, i, entry) choices[i] =
		(struct choice){ text_of(mem, entry, "value"), text_of(mem, entry, "it"),
			text_of(mem, entry, "en") };
	json_decref(list);
	return choices;
}

bool custom_label_is_plain(const char *label)
{
	return !label[strcspn(label, "\";<>\\`|{}\r\n\t")];
}

static bool is_choice(const char *value, const char *it, const char *en)
{
	const struct field word = { .type = FIELD_TEXT, .max = 60 };

	for (const char *p = value; *p; p++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.+",
			    *p))
			return false;
	return *value && *it && !field_text_problem(&word, value) &&
	       !field_text_problem(&word, it) && !field_text_problem(&word, en) &&
	       custom_label_is_plain(it) && custom_label_is_plain(en);
}

static const char *text_in(const json_t *entry, const char *key)
{
	const char *s = json_string_value(json_object_get(entry, key));

	return s ? s : "";
}

bool custom_choices_take(struct ctx *cx, const struct field *f, const json_t *given, struct val *v)
{
	json_t *seen = json_object(), *entry;
	struct json_out j;
	bool ok = json_is_array(given) && json_array_size(given) <= CHOICES_MAX;
	size_t i;

	json_init(&j, cx->mem);
	json_open(&j, '[');
	json_array_foreach(given, i, entry)
	{
		const char *value = text_in(entry, "value");
		const char *it =
			*text_in(entry, "it") ? text_in(entry, "it") : text_in(entry, "en");
		const char *en = *text_in(entry, "en") ? text_in(entry, "en") : it;

		ok = ok && json_is_object(entry) && is_choice(value, it, en) &&
		     !json_object_get(seen, value);
		if (!ok)
			break;
		json_object_set_new(seen, value, json_true());
		json_open(&j, '{');
		json_put_text(&j, "value", value);
		json_put_text(&j, "it", it);
		json_put_text(&j, "en", en);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_decref(seen);
	if (!ok)
		return refuse_field(cx, f->name, "field.choices");
	*v = json_array_size(given) ? v_text(j.text.s) : v_null();
	return true;
}
