/* Reading the history: what a record was, and what each change led to.
 *
 * A change keeps only old values.  What it led to is the old value of the
 * next change of the same field, or the present: so one walks from the
 * present backwards, keeping each field's value as it was then. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "record/custom.h"
#include "record/parts.h"

struct history_walk {
	const struct record *present;
	struct val *then; /* each field as it was after the change in hand */
};

static const struct entity *entity_named(struct ctx *cx, const char *name)
{
	for (const struct entity *const *e = cx->entities; *e; e++)
		if (!strcmp((*e)->name, name))
			return *e;
	return NULL;
}

static void take_change(struct ctx *cx, struct change *c, const struct rows *r)
{
	struct val old = rows_val(r, 6);

	*c = (struct change){ .id = rows_int(r, 0),
		.op_id = rows_int(r, 1),
		.at = rows_int(r, 2),
		.user_id = rows_int(r, 3),
		.of = entity_named(cx, rows_text(r, 4)),
		.record_id = rows_int(r, 5),
		.kind = rows_text(r, 7),
		.old = old.type == VAL_TEXT ? old.s : NULL };
}

static bool read_changes(struct ctx *cx, struct rows *r, struct change **changes, size_t *n)
{
	size_t size = 64;

	*n = 0;
	*changes = arena_raw(cx->mem, size * sizeof(**changes));
	while (rows_next(r)) {
		if (*n == size) {
			struct change *grown = arena_raw(cx->mem, size * 2 * sizeof(*grown));

			memcpy(grown, *changes, size * sizeof(*grown));
			*changes = grown;
			size *= 2;
		}
		take_change(cx, &(*changes)[*n], r);
		*n += (*changes)[*n].of != NULL;
	}
	return rows_end(r);
}

#define CHANGE_COLUMNS                                                                              \
	"select c.id, c.op_id, c.at, c.user_id, c.entity, c.record_id, c.old, coalesce(o.kind, '')" \
	" from change c left join op o on o.ws = c.ws and o.id = c.op_id"

bool history_of(
	struct ctx *cx, const struct entity *of, int64_t id, struct change **changes, size_t *n)
{
	(void)of;
	return read_changes(cx,
		db_query(cx,
			CHANGE_COLUMNS " where c.ws = $1 and c.record_id = $2 order by c.id desc",
			ARGS(v_int(cx->ws), v_int(id))),
		changes, n);
}

bool changes_of_op(
	struct ctx *cx, int64_t op_id, int64_t before, struct change **changes, size_t *n)
{
	return read_changes(cx,
		db_query(cx,
			CHANGE_COLUMNS
			" where c.ws = $1 and c.op_id = $2 and c.id < $3 order by c.id desc limit 200",
			ARGS(v_int(cx->ws), v_int(op_id), v_int(before))),
		changes, n);
}

struct history_walk *history_walk_new(struct ctx *cx, const struct record *present)
{
	struct history_walk *w = arena_alloc(cx->mem, sizeof(*w));
	size_t size = entity_width(present->of) * sizeof(*w->then);

	w->present = present;
	w->then = arena_alloc(cx->mem, size);
	memcpy(w->then, present->v, size);
	return w;
}

struct val val_of_json(struct ctx *cx, const json_t *v)
{
	if (json_is_integer(v))
		return v_int(json_integer_value(v));
	if (json_is_string(v))
		return v_text(arena_dup(cx->mem, json_string_value(v)));
	return v_null();
}

static bool is_told(struct ctx *cx, const struct record *rec, const struct field *f)
{
	return !f->secret && rights_field(cx->who, rec->of, f->name) != FIELD_HIDDEN;
}

static void write_field_change(
	struct ctx *cx, struct json_out *j, const struct field *f, const struct val pair[2])
{
	json_open(j, '{');
	json_put_text(j, "field", f->name);
	json_put_text(j, "label", field_label(f, cx->lang));
	json_key(j, "old");
	field_write(j, f, &pair[0]);
	json_key(j, "new");
	field_write(j, f, &pair[1]);
	json_put_text(j, "old_text", field_show(cx, f, &pair[0]));
	json_put_text(j, "new_text", field_show(cx, f, &pair[1]));
	json_close(j, '}');
}

/* Tell the change's fields when show, and step back over them. */
static void walk_back(
	struct ctx *cx, struct json_out *j, struct history_walk *w, const char *old, bool show)
{
	json_t *tree = old ? json_loads(old, 0, NULL) : NULL, *value;
	const char *name;

	json_object_foreach(tree, name, value)
	{
		int at = entity_find(w->present->of, name);
		const struct field *f = at < 0 ? NULL : entity_field(w->present->of, (size_t)at);
		struct val pair[2];

		if (!f)
			continue;
		pair[0] = custom_val(f, val_of_json(cx, value));
		pair[1] = w->then[at];
		if (show && is_told(cx, w->present, f))
			write_field_change(cx, j, f, pair);
		w->then[at] = pair[0];
	}
	json_decref(tree);
}

static void write_head(
	struct ctx *cx, struct json_out *j, const struct history_walk *w, const struct change *c)
{
	const char *user = "";
	struct saying kind = { .key = textf(cx, "op.%s", c->kind) };
	int at = entity_find(w->present->of, "created_by");

	json_put_text(j, "type", "change");
	json_put_int(j, "id", c->id);
	json_put_time(j, "at", c->at);
	json_put_id(j, "user_id", c->user_id);
	if (c->user_id)
		(void)record_title_of(cx,
			entity_field(w->present->of, (size_t)at)->to
				? entity_field(w->present->of, (size_t)at)->to
				: entity_named(cx, "user"),
			c->user_id, &user);
	json_put_text(j, "user", user);
	json_put_int(j, "operation_id", c->op_id);
	json_put_text(j, "kind", c->kind);
	json_put_text(j, "text", words_say(cx->words, cx->mem, cx->lang, &kind));
	json_put_text(j, "entity", c->of->name);
	json_put_int(j, "record_id", c->record_id);
	json_put_text(j, "title", record_title(cx, w->present));
	json_put_bool(j, "creation", !c->old);
}

bool history_write(struct ctx *cx, struct json_out *j, struct history_walk *w,
	const struct change *c, bool show)
{
	if (!show) {
		walk_back(cx, j, w, c->old, false);
		return true;
	}
	json_open(j, '{');
	write_head(cx, j, w, c);
	json_key(j, "changes");
	json_open(j, '[');
	walk_back(cx, j, w, c->old, true);
	json_close(j, ']');
	json_close(j, '}');
	return cx->problem.kind == PROBLEM_NONE;
}

void op_write_row(struct ctx *cx, struct json_out *j, const struct rows *r)
{
	struct saying text = { .key = textf(cx, "op.%s", rows_text(r, 3)) };
	const struct entity *of = entity_named(cx, rows_text(r, 4));
	const char *title = "", *user = "";
	const struct entity *users = entity_named(cx, "user");

	if (of && rows_int(r, 5))
		(void)record_title_of(cx, of, rows_int(r, 5), &title);
	if (users && rows_int(r, 2))
		(void)record_title_of(cx, users, rows_int(r, 2), &user);
	json_open(j, '{');
	json_put_int(j, "id", rows_int(r, 0));
	json_put_time(j, "at", rows_int(r, 1));
	json_put_id(j, "user_id", rows_int(r, 2));
	json_put_text(j, "user", user);
	json_put_text(j, "kind", rows_text(r, 3));
	json_put_text(j, "text", words_say(cx->words, cx->mem, cx->lang, &text));
	json_put_text(j, "entity", of ? of->name : NULL);
	json_put_id(j, "record_id", rows_int(r, 5));
	json_put_text(j, "title", title);
	json_put_int(j, "records", rows_int(r, 6));
	json_put_id(j, "undoes", rows_int(r, 7));
	json_put_id(j, "undone_by", rows_int(r, 8));
	json_put_bool(j, "may_undo",
		!rows_int(r, 8) && (rights_is_admin(cx->who) || rows_int(r, 2) == cx->who->id));
	json_put_text(j, "state", rows_int(r, 8) ? "undone" : rows_text(r, 9));
	json_key(j, "progress");
	json_raw(j, *rows_text(r, 10) ? rows_text(r, 10) : "null");
	json_close(j, '}');
}

/* Another's operation is not there, but for administrators. */
bool op_write(struct ctx *cx, struct json_out *j, int64_t id)
{
	int64_t user = rights_is_admin(cx->who) ? 0 : cx->who->id;
	struct rows *r = db_query(cx,
		OP_COLUMNS " where o.ws = $1 and o.id = $2 and (o.user_id = $3 or $3 = 0)",
		ARGS(v_int(cx->ws), v_int(id), v_int(user)));
	bool found = rows_next(r);

	if (found)
		op_write_row(cx, j, r);
	if (!rows_end(r))
		return false;
	return found || refuse(cx, PROBLEM_NOT_FOUND, "op.not_found");
}
