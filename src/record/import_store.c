/* Imports as rows of the store. */
#include <string.h>

#include "base/arena.h"
#include "record/import_parts.h"

#define COLUMNS                                                                                       \
	"select id, user_id, entity, name, state, created_at, op_id, plan, report, progress, problem" \
	" from import"

enum { SHOWN = 100 };

static const struct entity *entity_named(const struct ctx *cx, const char *name)
{
	for (const struct entity *const *e = cx->entities; *e; e++)
		if (!strcmp((*e)->name, name))
			return *e;
	return NULL;
}

static int64_t number_in(const json_t *tree, const char *name)
{
	return json_integer_value(json_object_get(tree, name));
}

static void read_counts(struct import_counts *n, const char *json)
{
	json_t *tree = json_loads(json, 0, NULL);

	*n = (struct import_counts){
		.done = number_in(tree, "done"),
		.created = number_in(tree, "created"),
		.updated = number_in(tree, "updated"),
		.skipped = number_in(tree, "skipped"),
		.refused = number_in(tree, "refused"),
		.duplicates = number_in(tree, "duplicates"),
	};
	json_decref(tree);
}

static const char *text_or_null(const struct rows *r, size_t column)
{
	struct val v = rows_val(r, column);

	return v.type == VAL_TEXT ? v.s : NULL;
}

static bool take(struct ctx *cx, const struct rows *r, struct import *im)
{
	*im = (struct import){ .id = rows_int(r, 0),
		.user_id = rows_int(r, 1),
		.name = rows_text(r, 3),
		.state = rows_text(r, 4),
		.created_at = rows_int(r, 5),
		.op_id = rows_int(r, 6),
		.report = text_or_null(r, 8),
		.problem = text_or_null(r, 10) };
	im->plan.of = entity_named(cx, rows_text(r, 2));
	if (!im->plan.of)
		return broken(cx, "an import of %s, which is no entity", rows_text(r, 2));
	read_counts(&im->counts, rows_text(r, 9));
	return plan_read(cx, rows_text(r, 7), &im->plan);
}

bool import_load(struct ctx *cx, int64_t id, struct import *im)
{
	struct rows *r = db_query(cx, COLUMNS " where ws = $1 and id = $2 and state <> 'reading'",
		ARGS(v_int(cx->ws), v_int(id)));
	bool found = rows_next(r);
	bool ok = !found || take(cx, r, im);

	if (!rows_end(r) || !ok)
		return false;
	if (found && (im->user_id == cx->who->id || rights_is_admin(cx->who)))
		return true;
	return refuse(cx, PROBLEM_NOT_FOUND, "import.not_found");
}

bool import_done(struct ctx *cx, int64_t id, int64_t *done)
{
	struct rows *r = db_query(cx, "select progress from import where ws = $1 and id = $2",
		ARGS(v_int(cx->ws), v_int(id)));
	struct import_counts counts;

	read_counts(&counts, rows_next(r) ? rows_text(r, 0) : "");
	*done = counts.done;
	return rows_end(r);
}

bool import_load_all(struct ctx *cx, struct import **all, size_t *n)
{
	struct rows *r = db_query(cx,
		COLUMNS " where ws = $1 and state <> 'reading' and ($2 = 1 or user_id = $3)"
			" order by id desc limit 100",
		ARGS(v_int(cx->ws), v_int(rights_is_admin(cx->who)), v_int(cx->who->id)));
	bool ok = true;

	*n = 0;
	*all = arena_alloc(cx->mem, SHOWN * sizeof(**all));
	while (ok && rows_next(r))
		ok = take(cx, r, &(*all)[(*n)++]);
	return rows_end(r) && ok;
}

void import_write_counts(struct json_out *j, const struct import *im)
{
	const struct import_counts *n = &im->counts;

	json_open(j, '{');
	json_put_int(j, "done", n->done);
	json_put_int(j, "all", im->plan.rows);
	json_put_int(j, "created", n->created);
	json_put_int(j, "updated", n->updated);
	json_put_int(j, "skipped", n->skipped);
	json_put_int(j, "refused", n->refused);
	json_put_int(j, "duplicates", n->duplicates);
	json_close(j, '}');
}

static const char *counts_text(struct ctx *cx, const struct import *im)
{
	struct json_out j;

	json_init(&j, cx->mem);
	import_write_counts(&j, im);
	return j.text.s;
}

static const char *plan_text(struct ctx *cx, const struct import *im)
{
	struct json_out j;

	json_init(&j, cx->mem);
	json_open(&j, '{');
	plan_write(&j, &im->plan);
	json_close(&j, '}');
	return j.text.s;
}

bool import_insert(struct ctx *cx, const struct import *im)
{
	return db_run(cx,
		"insert into import (ws, id, user_id, entity, name, state, created_at, plan, progress)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		ARGS(v_int(cx->ws), v_int(im->id), v_int(im->user_id), v_text(im->plan.of->name),
			v_text(im->name), v_text(im->state), v_int(im->created_at),
			v_text(plan_text(cx, im)), v_text(counts_text(cx, im))));
}

bool import_save(struct ctx *cx, const struct import *im)
{
	return db_run(cx,
		"update import set state = $3, op_id = $4, plan = $5, report = $6, progress = $7,"
		" problem = $8 where ws = $1 and id = $2",
		ARGS(v_int(cx->ws), v_int(im->id), v_text(im->state), v_id(im->op_id),
			v_text(plan_text(cx, im)), v_text(im->report), v_text(counts_text(cx, im)),
			v_text(im->problem)));
}

bool import_progress(struct ctx *cx, const struct import *im)
{
	return db_run(cx,
		"update import set state = $3, op_id = $4, progress = $5, problem = null"
		" where ws = $1 and id = $2",
		ARGS(v_int(cx->ws), v_int(im->id), v_text(im->state), v_id(im->op_id),
			v_text(counts_text(cx, im))));
}

bool import_turn(struct ctx *cx, int64_t id, const char *from, const char *to)
{
	bool ok = tx_begin(cx);
	struct rows *r = ok ? db_query(cx, "select state from import where ws = $1 and id = $2",
				      ARGS(v_int(cx->ws), v_int(id)))
			    : NULL;
	const char *state = r && rows_next(r) ? rows_text(r, 0) : "";

	ok = r && rows_end(r);
	if (ok && (!*state || !strstr(from, textf(cx, "|%s|", state))))
		ok = refuse(cx, PROBLEM_CONFLICT, "import.state");
	if (ok)
		ok = db_run(cx,
			"update import set state = $3, problem = null where ws = $1 and id = $2",
			ARGS(v_int(cx->ws), v_int(id), v_text(to)));
	return tx_end(cx, ok);
}

bool import_put_refused(struct ctx *cx, int64_t id, const struct import_cells *row, const char *why)
{
	struct json_out j;

	json_init(&j, cx->mem);
	json_open(&j, '[');
	for (size_t i = 0; i < row->n; i++)
		json_text(&j, row->cells[i]);
	json_close(&j, ']');
	return db_run(cx,
		"insert into import_refused (ws, import_id, line, cells, why) values ($1, $2, $3, $4, $5)",
		ARGS(v_int(cx->ws), v_int(id), v_int(row->line), v_text(j.text.s), v_text(why)));
}
