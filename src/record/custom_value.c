/* Values of the firm's own fields: together in one column of the record, and
 * each by itself in an index. */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "record/custom.h"

static const struct field *first_own(const struct entity *of)
{
	return of->fields + of->field_count - of->custom_count;
}

struct val custom_val(const struct field *f, struct val v)
{
	bool fits = v.type == (field_is_number(f) ? VAL_INT : VAL_TEXT);

	return !f->custom || fits ? v : v_null();
}

static struct val val_of(struct ctx *cx, const json_t *v)
{
	if (json_is_integer(v))
		return v_int(json_integer_value(v));
	return json_is_string(v) ? v_text(arena_dup(cx->mem, json_string_value(v))) : v_null();
}

void custom_unpack(struct ctx *cx, struct record *rec, const char *column)
{
	size_t first = rec->of->field_count - rec->of->custom_count;
	json_t *tree = *column ? json_loads(column, 0, NULL) : NULL;

	rec->packed = column;
	for (size_t i = first; tree && i < rec->of->field_count; i++) {
		const struct field *f = &rec->of->fields[i];

		rec->v[i] = custom_val(f, val_of(cx, json_object_get(tree, f->name)));
	}
	json_decref(tree);
}

/* What stands there of fields that this program has not seen yet stays. */
const char *custom_pack(struct ctx *cx, const struct record *rec)
{
	json_t *tree = rec->packed ? json_loads(rec->packed, 0, NULL) : NULL;
	const char *packed = NULL;
	char *text;

	if (!tree)
		tree = json_object();
	for (size_t i = rec->of->field_count - rec->of->custom_count; i < rec->of->field_count;
		i++) {
		const char *name = rec->of->fields[i].name;
		const struct val *v = &rec->v[i];

		if (v->type == VAL_NULL)
			json_object_del(tree, name);
		else
			json_object_set_new(tree, name,
				v->type == VAL_INT ? json_integer(v->i) : json_string(v->s));
	}
	text = json_object_size(tree) ? json_dumps(tree, JSON_COMPACT) : NULL;
	if (text)
		packed = arena_dup(cx->mem, text);
	free(text);
	json_decref(tree);
	return packed;
}

static const char *first_chars(struct ctx *cx, const char *s)
{
	size_t n = 0, chars = 0;

	for (; s[n]; n++)
		if (((unsigned char)s[n] & 0xc0) != 0x80 && chars++ == CUSTOM_KEY_CHARS)
			break;
	return s[n] ? textf(cx, "%.*s", (int)n, s) : s;
}

static const char *in_small_letters(struct ctx *cx, const char *s)
{
	char *small = arena_dup(cx->mem, s);

	for (char *p = small; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	return small;
}

const char *custom_key_text(struct ctx *cx, const struct field *f, const char *text)
{
	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_LONGTEXT:
		return first_chars(cx, fold(cx->mem, text));
	case FIELD_EMAIL:
	case FIELD_URL:
	case FIELD_PHONE:
		return first_chars(cx, in_small_letters(cx, text));
	default:
		return text;
	}
}

const char *custom_key(struct ctx *cx, const struct field *f, const struct val *v)
{
	if (v->type == VAL_INT)
		return textf(cx, "%016" PRIx64, (uint64_t)v->i ^ (UINT64_C(1) << 63));
	return v->type == VAL_TEXT ? custom_key_text(cx, f, v->s) : NULL;
}

/* Within a value its quotes would have a backslash: only a name looks so. */
const char *custom_pattern(struct ctx *cx, const struct field *f)
{
	struct buf b;

	buf_init(&b, cx->mem);
	buf_add(&b, "%\"");
	for (const char *p = f->name; *p; p++) {
		buf_add(&b, *p == '_' ? "\\" : "");
		buf_addn(&b, p, 1);
	}
	buf_add(&b, "\":%");
	return b.s;
}

static bool put_one(
	struct ctx *cx, const struct record *rec, const struct field *f, const char *keys[2])
{
	const struct val head[] = { v_int(cx->ws), v_int(f->id) };

	if (keys[0] && keys[1] && !strcmp(keys[0], keys[1]))
		return true;
	if (keys[0] &&
		!db_run(cx,
			"delete from custom_value where ws = $1 and field = $2 and value = $3 and id = $4",
			ARGS(head[0], head[1], v_text(keys[0]), v_int(rec->id))))
		return false;
	return !keys[1] ||
	       db_run(cx, "insert into custom_value (ws, field, value, id) values ($1, $2, $3, $4)",
		       ARGS(head[0], head[1], v_text(keys[1]), v_int(rec->id)));
}

bool custom_put(struct ctx *cx, const struct record *rec)
{
	const struct field *f = first_own(rec->of);

	for (size_t i = (size_t)(f - rec->of->fields); i < rec->of->field_count; i++, f++) {
		const char *keys[2] = { rec->was ? custom_key(cx, f, &rec->was[i]) : NULL,
			custom_key(cx, f, &rec->v[i]) };

		if ((keys[0] || keys[1]) && !put_one(cx, rec, f, keys))
			return false;
	}
	return true;
}
