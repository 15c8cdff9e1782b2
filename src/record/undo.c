/* Taking an operation back: every change of it, newest first.
 *
 * A change may go back when each of its fields still has the value that the
 * change gave it.  A creation goes back by a mark of removal, when nothing
 * about the record has changed since and nobody else's record leads to it. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "record/custom.h"
#include "record/undo_parts.h"

/* A field that was changed since; at < 0: the record is in use by others. */
struct clash {
	struct clash *next;
	int64_t record_id;
	int at;
};

/* More than this goes in slices. */
enum { LARGE = 500 };

/* What the operation left behind in each field: the old value of the first
 * later change by another operation, or else the present one. */
static bool values_left(struct ctx *cx, const struct undo *u, const struct record *rec,
	const struct change *c, struct val *left)
{
	struct change *all;
	size_t n;

	memcpy(left, rec->v, entity_width(rec->of) * sizeof(*left));
	if (!history_of(cx, rec->of, rec->id, &all, &n))
		return false;
	for (size_t i = 0; i < n && all[i].id > c->id; i++) {
		json_t *tree = all[i].old ? json_loads(all[i].old, 0, NULL) : NULL, *value;
		bool is_own = all[i].op_id == u->op_id || (cx->op && all[i].op_id == cx->op->id);
		const char *name;

		json_object_foreach(tree, name, value)
		{
			int at = is_own ? -1 : entity_find(rec->of, name);

			if (at >= 0)
				left[at] = custom_val(
					entity_field(rec->of, (size_t)at), val_of_json(cx, value));
		}
		json_decref(tree);
	}
	return true;
}

static bool is_clash(const struct undo *u, int64_t record_id, int at)
{
	for (const struct clash *c = u->clashes; c; c = c->next)
		if (c->record_id == record_id && c->at == at)
			return true;
	return false;
}

static bool has_clash(const struct undo *u, int64_t record_id)
{
	for (const struct clash *c = u->clashes; c; c = c->next)
		if (c->record_id == record_id)
			return true;
	return false;
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

static void note_clash(struct ctx *cx, struct undo *u, const struct record *rec, int at)
{
	bool may_read = rights_covers(
		cx->who, rec->of, RIGHT_READ, rec->of->owned ? record_int(rec, "owner_id") : 0);
	struct clash *c = arena_alloc(u->mem, sizeof(*c));

	if (is_clash(u, rec->id, at))
		return;
	*c = (struct clash){ u->clashes, rec->id, at };
	u->clashes = c;
	if (u->conflicts++ >= 100)
		return;
	json_open(&u->told, '{');
	json_put_text(&u->told, "entity", rec->of->name);
	json_put_int(&u->told, "id", rec->id);
	json_put_text(&u->told, "title", may_read ? record_title(cx, rec) : "");
	if (at >= 0 && may_read)
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

			if (f->type != FIELD_LINK || !f->to || !entity_is(f->to, rec->of))
				continue;
			if (!db_int(cx, &n, 0,
				    textf(cx,
					    "select count(*) from %s t where t.ws = $1 and t.%s = $2"
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
	return f->derived || f->follows || !strcmp(f->name, "created_by");
}

static bool is_in(const json_t *old, const char *field)
{
	return !old || json_object_get(old, field) != NULL;
}

/* What one did oneself one may take back, also where the record is another's
 * by now: a lead handed over, a colleague's company made a customer.  Only who
 * may not write such records at all any more may not. */
static bool load_for_undo(struct ctx *cx, const struct change *c, struct record **rec)
{
	const struct who *who = cx->who;
	struct who all = *who;
	bool ok = rights_demand(cx, c->of, RIGHT_WRITE);

	all.is_system = true;
	cx->who = &all;
	ok = ok && record_load(cx, c->of, c->record_id, RIGHT_READ, rec);
	cx->who = who;
	return ok;
}

/* What stands in the way. */
static bool look(struct ctx *cx, struct undo *u, const struct change *c, const struct record *rec)
{
	json_t *tree = c->old ? json_loads(c->old, 0, NULL) : NULL;
	struct val *left = arena_alloc(cx->mem, entity_width(c->of) * sizeof(*left));
	bool used = false, ok = values_left(cx, u, rec, c, left);

	for (size_t i = 0; ok && i < entity_width(c->of); i++) {
		const struct field *f = entity_field(c->of, i);

		if (!is_upkeep(f) && is_in(tree, f->name) && !val_same(&left[i], &rec->v[i]))
			note_clash(cx, u, rec, (int)i);
	}
	if (ok && !c->old)
		ok = is_in_use(cx, u, rec, &used);
	if (ok && used)
		note_clash(cx, u, rec, -1);
	json_decref(tree);
	return ok;
}

/* The first walk. */
static bool look_at(struct ctx *cx, struct undo *u, const struct change *c)
{
	struct record *rec;

	return load_for_undo(cx, c, &rec) && look(cx, u, c, rec);
}

static void take_back(struct ctx *cx, const struct undo *u, struct record *rec, const char *old)
{
	json_t *tree = json_loads(old, 0, NULL), *value;
	const char *name;

	json_object_foreach(tree, name, value)
	{
		int at = entity_find(rec->of, name);

		if (at >= 0 && !is_clash(u, rec->id, at))
			rec->v[at] = custom_val(
				entity_field(rec->of, (size_t)at), val_of_json(cx, value));
	}
	json_decref(tree);
}

/* The second walk. */
bool undo_change(struct ctx *cx, struct undo *u, const struct change *c)
{
	struct record *rec;

	if (!load_for_undo(cx, c, &rec) || (u->again && !look(cx, u, c, rec)))
		return false;
	if (c->old)
		take_back(cx, u, rec, c->old);
	else if (!has_clash(u, rec->id))
		record_set(rec, "removed_at", v_int(cx->now));
	return record_store(cx, rec);
}

static void end_memory(void *mem)
{
	arena_free(mem);
}

/* A page of changes, with memory of its own: there may be a million. */
static bool look_at_page(struct ctx *cx, struct undo *u, int64_t *before)
{
	struct ctx part = *cx;
	struct change *changes;
	size_t n = 0;
	bool ok;

	part.mem = arena_new();
	ok = changes_of_op(&part, u->op_id, *before, &changes, &n);
	for (size_t i = 0; ok && i < n; i++)
		ok = look_at(&part, u, &changes[i]);
	*before = ok && n ? changes[n - 1].id : 0;
	cx->problem = part.problem;
	if (ok)
		arena_free(part.mem);
	else
		arena_defer(cx->mem, end_memory, part.mem);
	return ok;
}

static bool undo_each(struct ctx *cx, struct undo *u)
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

bool undo_find_conflicts(struct ctx *cx, struct undo *u)
{
	int64_t before = INT64_MAX;
	bool ok = true;

	u->mem = cx->mem;
	json_init(&u->told, cx->mem);
	json_key(&u->told, "conflicts");
	json_open(&u->told, '[');
	while (ok && before)
		ok = look_at_page(cx, u, &before);
	return ok && refuse_conflicts(cx, u);
}

bool undo_may(struct ctx *cx, int64_t id, int64_t *records, int64_t *half)
{
	struct rows *r = db_query(cx,
		"select o.user_id, o.undone_by, o.state, o.records, u.state from op o"
		" left join op u on u.ws = o.ws and u.id = o.undone_by where o.ws = $1 and o.id = $2",
		ARGS(v_int(cx->ws), v_int(id)));
	bool found = rows_next(r);
	int64_t user = found ? rows_int(r, 0) : 0, undone = found ? rows_int(r, 1) : 0;
	bool running = found && !strcmp(rows_text(r, 2), "running");

	*records = found ? rows_int(r, 3) : 0;
	*half = found && !strcmp(rows_text(r, 4), "running") ? undone : 0;
	if (!rows_end(r))
		return false;
	if (!found || (user != cx->who->id && !rights_is_admin(cx->who)))
		return refuse(cx, PROBLEM_NOT_FOUND, "op.not_found");
	if (undone && !*half)
		return refuse(cx, PROBLEM_CONFLICT, "undo.twice");
	return !running || refuse(cx, PROBLEM_CONFLICT, "undo.running");
}

bool undo_mark(struct ctx *cx, int64_t id)
{
	cx->op->undoes = id;
	return db_run(cx, "update op set undone_by = $3 where ws = $1 and id = $2",
		       ARGS(v_int(cx->ws), v_int(id), v_int(cx->op->id))) &&
	       /* taking back an undo makes its operation stand again */
	       db_run(cx, "update op set undone_by = null where ws = $1 and undone_by = $2",
		       ARGS(v_int(cx->ws), v_int(id)));
}

static bool undo_at_once(struct ctx *cx, struct undo *u)
{
	int64_t records, half;
	bool ok = op_begin(cx, "undo") && undo_may(cx, u->op_id, &records, &half) &&
		  undo_find_conflicts(cx, u) && undo_mark(cx, u->op_id) && undo_each(cx, u);

	return op_end(cx, ok);
}

bool op_undo(struct ctx *cx, int64_t id, bool skip_conflicts)
{
	struct undo u = { .op_id = id, .skip = skip_conflicts };
	int64_t records, half;

	if (!undo_may(cx, id, &records, &half))
		return false;
	if (!half && (records <= LARGE || tx_is_open(cx)))
		return undo_at_once(cx, &u);
	if (!half && (!undo_find_conflicts(cx, &u) || !undo_begin_large(cx, id, &half)))
		return false;
	return undo_go_on(cx, half);
}
