/* Undoing what changed many records: in slices, so that others get their turn.
 *
 * All conflicts were found before the first slice.  What others change while
 * it goes on stays as they left it.  The operation that undoes keeps, in its
 * progress, before which change it stands: after a crash it goes on there. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "record/slices.h"
#include "record/undo_parts.h"

enum { SLICE = 64 };

bool undo_begin_large(struct ctx *cx, int64_t id, int64_t *undo_id)
{
	int64_t records, half;
	bool ok = op_begin(cx, "undo") && undo_may(cx, id, &records, &half) &&
		  (!half || refuse(cx, PROBLEM_CONFLICT, "undo.running")) && undo_mark(cx, id);

	if (ok) {
		cx->op->is_running = true;
		*undo_id = cx->op->id;
	}
	return op_end(cx, ok);
}

struct standing {
	int64_t undoes, before, done;
	bool running;
};

static bool read_standing(struct ctx *cx, int64_t undo_id, struct standing *s)
{
	struct rows *r =
		db_query(cx, "select undoes, state, progress from op where ws = $1 and id = $2",
			ARGS(v_int(cx->ws), v_int(undo_id)));

	*s = (struct standing){ .before = INT64_MAX };
	if (rows_next(r)) {
		json_t *progress = json_loads(rows_text(r, 2), 0, NULL);

		s->undoes = rows_int(r, 0);
		s->running = !strcmp(rows_text(r, 1), "running");
		if (progress) {
			s->before = json_integer_value(json_object_get(progress, "before"));
			s->done = json_integer_value(json_object_get(progress, "done"));
		}
		json_decref(progress);
	}
	return rows_end(r);
}

static bool write_standing(struct ctx *cx, int64_t undo_id, const struct standing *s)
{
	return db_run(cx, "update op set progress = $3 where ws = $1 and id = $2",
		ARGS(v_int(cx->ws), v_int(undo_id),
			v_text(textf(cx, "{\"done\":%" PRId64 ",\"before\":%" PRId64 "}", s->done,
				s->before))));
}

static bool are_different(const struct change *changes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (changes[i].record_id == changes[k].record_id)
				return false;
	return true;
}

/* Newest first; but where each is another record's, by ascending ids, which
 * the index of words takes many times faster. */
static bool undo_some(
	struct ctx *cx, const struct standing *s, const struct change *changes, size_t n)
{
	struct undo u = { .op_id = s->undoes, .skip = true, .again = true, .mem = cx->mem };
	bool turned = are_different(changes, n);

	json_init(&u.told, cx->mem);
	json_open(&u.told, '[');
	for (size_t i = 0; i < n; i++)
		if (!undo_change(cx, &u, &changes[turned ? n - 1 - i : i]))
			return false;
	return true;
}

static bool work(struct ctx *cx, int64_t undo_id, bool *more)
{
	struct change *changes;
	struct standing s;
	size_t n;

	if (!read_standing(cx, undo_id, &s))
		return false;
	*more = s.running;
	if (!*more)
		return true;
	cx->op->undoes = s.undoes;
	if (!changes_of_op(cx, s.undoes, s.before, &changes, &n))
		return false;
	*more = n > SLICE;
	n = *more ? SLICE : n;
	cx->op->is_running = *more;
	if (!n)
		return true;
	s.before = changes[n - 1].id;
	s.done += (int64_t)n;
	return undo_some(cx, &s, changes, n) && write_standing(cx, undo_id, &s);
}

/* What the caller is told must outlive the slice. */
static void keep_done(struct ctx *cx, const struct ctx *of)
{
	struct op *op = arena_alloc(cx->mem, sizeof(*op));

	*op = *of->done;
	op->changed = arena_alloc(cx->mem, OP_TOLD * sizeof(*op->changed));
	memcpy(op->changed, of->done->changed, op->changed_n * sizeof(*op->changed));
	cx->done = op;
}

struct turn {
	struct ctx *whole;
	int64_t undo_id;
	bool more;
};

static bool slice(struct ctx *cx, void *arg)
{
	struct turn *t = arg;
	bool ok;

	db_patient(cx->db, PATIENT_MS);
	ok = op_resume(cx, t->undo_id, "undo") && work(cx, t->undo_id, &t->more);
	db_patient(cx->db, ok && t->more ? PATIENT_MS : 0);
	ok = op_end(cx, ok);
	if (ok && !t->more && cx->done)
		keep_done(t->whole, cx);
	return ok;
}

bool undo_slice(struct ctx *cx, int64_t undo_id, bool *more)
{
	struct turn t = { cx, undo_id, true };
	bool ok = in_part(cx, slice, &t);

	*more = t.more;
	return ok;
}

bool undo_go_on(struct ctx *cx, int64_t undo_id)
{
	bool more = true;

	while (more)
		if (!undo_slice(cx, undo_id, &more))
			return false;
	return true;
}

bool undo_resume_all(struct ctx *cx)
{
	struct rows *r = db_query(cx,
		"select id, user_id from op where ws = $1 and undoes is not null"
		" and state = 'running' order by id limit 100",
		ARGS(v_int(cx->ws)));
	int64_t ids[100], users[100];
	size_t n = 0;
	bool ok;

	for (; n < COUNT(ids) && rows_next(r); n++) {
		ids[n] = rows_int(r, 0);
		users[n] = rows_int(r, 1);
	}
	ok = rows_end(r);
	for (size_t i = 0; ok && i < n; i++) {
		struct who *who;

		ok = rights_who(cx, users[i], &who);
		if (ok && !who) {
			who = arena_alloc(cx->mem, sizeof(*who));
			*who = (struct who){ .id = users[i], .is_system = true };
		}
		cx->who = who;
		ok = ok && undo_go_on(cx, ids[i]);
	}
	return ok;
}
