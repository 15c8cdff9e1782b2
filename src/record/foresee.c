/* What a record's words and keys will be, worked out before its turn. */
#include <string.h>

#include "base/arena.h"
#include "record/parts.h"

void record_foresee(struct ctx *cx, struct record *rec)
{
	size_t size = entity_width(rec->of) * sizeof(*rec->v);
	struct foreseen *f = arena_raw(cx->mem, sizeof(*f));

	f->v = memcpy(arena_raw(cx->mem, size), rec->v, size);
	f->keys = arena_raw(cx->mem, sizeof(*f->keys));
	keys_of(cx, rec, rec->v, f->keys);
	f->words = words_of_fields(cx, rec, rec->v);
	rec->foreseen = f;
}

/* The very same text, not one like it: that would have to be compared. */
static bool is_same(const struct val *a, const struct val *b)
{
	return a->type == b->type && a->s == b->s && a->i == b->i;
}

const struct foreseen *record_foreseen(const struct record *rec, const struct val *v)
{
	const struct foreseen *f = rec->foreseen;
	size_t width = entity_width(rec->of);

	if (!f || v != rec->v)
		return NULL;
	for (size_t i = 0; i < width; i++) {
		const struct field *field = entity_field(rec->of, i);
		bool counts = field->match || field->searchable || field->type == FIELD_TEXT ||
			      !strcmp(field->name, "removed_at");

		if (counts && !is_same(&v[i], &f->v[i]))
			return NULL;
	}
	return f;
}
