/* Two people edit one record: what they changed apart is kept, what both
 * changed is told. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "record/parts.h"

/* When and by whom a field was changed after a version was current. */
struct touch {
	bool is;
	int64_t at, user_id;
};

/* The changes after version v are the newest (present - v) ones. */
static bool touched_since(
	struct ctx *cx, const struct record *rec, int64_t version, struct touch *touches)
{
	int64_t since = rec->version - version;
	struct change *all;
	size_t n;

	if (!history_of(cx, rec->of, rec->id, &all, &n))
		return false;
	for (size_t i = 0; i < n && (int64_t)i < since; i++) {
		json_t *tree = all[i].old ? json_loads(all[i].old, 0, NULL) : NULL, *value;
		const char *name;

		json_object_foreach(tree, name, value)
		{
			int at = entity_find(rec->of, name);

			if (at >= 0 && !touches[at].is)
				touches[at] = (struct touch){ true, all[i].at, all[i].user_id };
		}
		json_decref(tree);
	}
	return true;
}

static void tell(struct json_out *j, const struct record *rec, size_t at, const struct touch *t)
{
	const struct field *f = entity_field(rec->of, at);

	json_open(j, '{');
	json_put_text(j, "field", f->name);
	json_key(j, "yours");
	field_write(j, f, &rec->v[at]);
	json_key(j, "theirs");
	field_write(j, f, &rec->was[at]);
	json_put_id(j, "by", t->user_id);
	json_put_time(j, "at", t->at);
	json_close(j, '}');
}

static bool compare(struct ctx *cx, const struct record *rec, const struct touch *touches)
{
	struct json_out j;
	size_t n = 0;

	json_init(&j, cx->mem);
	json_key(&j, "conflicts");
	json_open(&j, '[');
	for (size_t i = 0; i < entity_width(rec->of); i++)
		if (touches[i].is && !val_same(&rec->v[i], &rec->was[i])) {
			tell(&j, rec, i, &touches[i]);
			n++;
		}
	json_close(&j, ']');
	if (!n)
		return true;
	refuse(cx, PROBLEM_STALE, "problem.stale");
	cx->problem.more = j.text.s;
	return false;
}

bool record_merge(struct ctx *cx, struct record *rec, const json_t *body, int64_t based_on)
{
	struct touch *touches;

	if (!record_fill(cx, rec, body))
		return false;
	if (!based_on || based_on >= rec->version)
		return true;
	touches = arena_alloc(cx->mem, entity_width(rec->of) * sizeof(*touches));
	return touched_since(cx, rec, based_on, touches) && compare(cx, rec, touches);
}
