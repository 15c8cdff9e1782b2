/* Taking an operation back: every change of it, newest first.
 *
 * A change may go back when each of its fields still has the value that the
 * change gave it.  A creation goes back by a mark of removal, when nothing
 * about the record has changed since and nobody else's record leads to it. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "record/parts.h"

struct undo {
	int64_t op_id;
	bool skip;            /* leave what conflicts, undo the rest */
	bool dry;             /* only look for conflicts */
	struct json_out told; /* "conflicts":[...] */
	size_t conflicts;
};

static bool is_in(const json_t *old, const char *field)
{
	return !old || json_object_get(old, field) != NULL;
}

/* The value that the change in hand gave to a field: the old value of the
 * next later change of it by anyone, or the present one. */
static bool value_given(struct ctx *cx, const struct record *rec, const struct change *c,
			struct val *given)
{
	struct change *all;
	size_t n;

	memcpy(given, rec->v, entity_width(rec->of) * sizeof(*given));
	if (!history_of(cx, rec->of, rec->id, &all, &n))
		return false;
	for (size_t i = 0; i < n && all[i].id > c->id; i++) {
		json_t *tree = all[i].old ? json_loads(all[i].old, 0, NULL) : NULL, *value;
		const char *name;

		json_object_foreach(tree, name, value)
		{
			int at = entity_find(rec->of, name);

			if (at >= 0)
				given[at] = val_of_json(cx, value);
		}
		json_decref(tree);
	}
	return true;
}

static void tell_value(struct ctx *cx, struct undo *u, const struct record *rec, size_t at)
{
	const struct field *f = entity_field(rec->of, at);

	if (f->secret || rights_field(cx->who, rec->of, f->name) == FIELD_HIDDEN)
		return;
	json_put_text(&u->told, "field", f->name);
	json_put_text(&u->told, "label", field_label(f, cx->lang));
	json_put_text(&u->told, "now", field_show(cx, f, &rec->v[at]));
}

static void tell_conflict(struct ctx *cx, struct undo *u, const struct record *rec, int at)
{
	if (u->conflicts++ >= 100)
		return;
	json_open(&u->told, '{');
	json_put_text(&u->told, "entity", rec->of->name);
	json_put_int(&u->told, "id", rec->id);
	json_put_text(&u->told, "title", record_title(cx, rec));
	if (at >= 0)
		tell_value(cx, u, rec, (size_t)at);
	json_close(&u->told, '}');
}

/* A record of another operation that leads to this one keeps it alive. */
static bool is_in_use(struct ctx *cx, const struct undo *u, const struct record *rec, bool *used)
{
	int64_t n = 0;

	*used = false;
	for (const struct entity *const *e = cx->entities; *e && !*used; e++)
		for (size_t i = 0; i < (*e)->field_count && !*used; i++) {
			const struct field *f = &(*e)->fields[i];

			if (f->type != FIELD_LINK || f->to != rec->of)
				continue;
			if (!db_int(cx, &n, 0, textf(cx, "select count(*) from %s t where t.ws = $1 and t.%s = $2"
				" and t.removed_at is null and t.id <> $2 and not exists (select 1 from change c"
				" where c.ws = t.ws and c.record_id = t.id and c.op_id = $3)",
				entity_table(*e), f->name),
				ARGS(v_int(cx->ws), v_int(rec->id), v_int(u->op_id))))
				return false;
			*used = n > 0;
		}
	return true;
}

static bool is_upkeep(const struct field *f)
{
	return f->derived || !strcmp(f->name, "created_by");
}

static bool undo_creation(struct ctx *cx, struct undo *u, struct record *rec,
			  const struct val *given)
{
	bool used, clash = false;

	for (size_t i = 0; i < entity_width(rec->of); i++)
		if (!is_upkeep(entity_field(rec->of, i)) && !val_same(&given[i], &rec->v[i])) {
			if (u->dry)
				tell_conflict(cx, u, rec, (int)i);
			clash = true;
		}
	if (!is_in_use(cx, u, rec, &used))
		return false;
	if (used && u->dry)
		tell_conflict(cx, u, rec, -1);
	if (used || clash || u->dry)
		return true;
	record_set(rec, "removed_at", v_int(cx->now));
	return record_store(cx, rec);
}

static bool undo_edit(struct ctx *cx, struct undo *u, struct record *rec, const struct val *given,
		      const char *old)
{
	json_t *tree = json_loads(old, 0, NULL), *value;
	const char *name;
	bool ok = true;

	json_object_foreach(tree, name, value)
	{
		int at = entity_find(rec->of, name);

		if (at < 0 || !is_in(tree, name))
			continue;
		if (!val_same(&given[at], &rec->v[at])) {
			if (u->dry)
				tell_conflict(cx, u, rec, at);
			continue;
		}
		rec->v[at] = val_of_json(cx, value);
	}
	json_decref(tree);
	if (!u->dry)
		ok = record_store(cx, rec);
	return ok;
}

static bool undo_change(struct ctx *cx, struct undo *u, const struct change *c)
{
	struct record *rec;
	struct val *given;

	if (!record_load(cx, c->of, c->record_id, RIGHT_READ, &rec))
		return false;
	if (!rights_covers(cx->who, c->of, RIGHT_WRITE, c->of->owned ? record_int(rec, "owner_id") : 0))
		return refuse(cx, PROBLEM_FORBIDDEN, "problem.forbidden");
	given = arena_alloc(cx->mem, entity_width(c->of) * sizeof(*given));
	if (!value_given(cx, rec, c, given))
		return false;
	if (!c->old)
		return undo_creation(cx, u, rec, given);
	return undo_edit(cx, u, rec, given, c->old);
}

static bool each_change(struct ctx *cx, struct undo *u)
{
	int64_t before = INT64_MAX;
	struct change *changes;
	size_t n;

	do {
		if (!changes_of_op(cx, u->op_id, before, &changes, &n))
			return false;
		for (size_t i = 0; i < n; i++)
			if (!undo_change(cx, u, &changes[i]))
				return false;
		if (n)
			before = changes[n - 1].id;
	} while (n);
	return true;
}

static bool refuse_conflicts(struct ctx *cx, struct undo *u)
{
	json_close(&u->told, ']');
	if (!u->conflicts || u->skip)
		return true;
	refuse(cx, PROBLEM_CONFLICT, "undo.conflicts", textf(cx, "%zu", u->conflicts));
	cx->problem.more = u->told.text.s;
	return false;
}

static bool find_conflicts(struct ctx *cx, struct undo *u)
{
	bool ok;

	json_init(&u->told, cx->mem);
	json_key(&u->told, "conflicts");
	json_open(&u->told, '[');
	u->dry = true;
	ok = each_change(cx, u);
	u->dry = false;
	return ok && refuse_conflicts(cx, u);
}

/* There, this user's (or an admin's), and not undone yet. */
static bool may_undo(struct ctx *cx, int64_t id)
{
	struct rows *r = db_query(cx, "select user_id, undone_by, state from op where ws = $1 and id = $2",
				  ARGS(v_int(cx->ws), v_int(id)));
	bool found = rows_next(r);
	int64_t user = found ? rows_int(r, 0) : 0, undone = found ? rows_int(r, 1) : 0;
	bool running = found && !strcmp(rows_text(r, 2), "running");

	if (!rows_end(r))
		return false;
	if (!found || (user != cx->who->id && !rights_is_admin(cx->who)))
		return refuse(cx, PROBLEM_NOT_FOUND, "op.not_found");
	if (undone)
		return refuse(cx, PROBLEM_CONFLICT, "undo.twice");
	return !running || refuse(cx, PROBLEM_CONFLICT, "undo.running");
}

static bool mark_undone(struct ctx *cx, int64_t id)
{
	cx->op->undoes = id;
	return db_run(cx, "update op set undone_by = $3 where ws = $1 and id = $2",
		      ARGS(v_int(cx->ws), v_int(id), v_int(cx->op->id))) &&
	       /* taking back an undo makes its operation stand again */
	       db_run(cx, "update op set undone_by = null where ws = $1 and undone_by = $2",
		      ARGS(v_int(cx->ws), v_int(id)));
}

bool op_undo(struct ctx *cx, int64_t id, bool skip_conflicts)
{
	struct undo u = { .op_id = id, .skip = skip_conflicts };
	bool ok = op_begin(cx, "undo")
	       && may_undo(cx, id)
	       && find_conflicts(cx, &u)
	       && each_change(cx, &u)
	       && mark_undone(cx, id);

	return op_end(cx, ok);
}
