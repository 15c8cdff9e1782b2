/* What tests of the business do again and again. */
#include "steps.h"

#include <stdlib.h>

int desk_open(void **state)
{
	struct desk *d = calloc(1, sizeof(*d));

	d->o = office_open(OFFICE_EMPTY);
	d->cx = office_ctx(d->o);
	*state = d;
	return 0;
}

int desk_close(void **state)
{
	struct desk *d = *state;

	office_close(d->o);
	free(d);
	return 0;
}

static struct record *fill(struct desk *d, const struct entity *of, va_list ap)
{
	struct record *rec = record_new(&d->cx, of);
	const char *field;

	of = rec->of;
	while ((field = va_arg(ap, const char *))) {
		const char *value = va_arg(ap, const char *);
		const struct field *f = entity_field(of, (size_t)entity_find(of, field));

		record_set(rec, field,
			field_is_number(f) ? v_int(strtoll(value, NULL, 10)) : v_text(value));
	}
	return rec;
}

static bool keep(struct desk *d, struct record *rec)
{
	bool ok = op_begin(&d->cx, "record.create") && record_store(&d->cx, rec);

	return op_end(&d->cx, ok);
}

struct record *make(struct desk *d, const struct entity *of, ...)
{
	struct record *rec;
	va_list ap;

	va_start(ap, of);
	rec = fill(d, of, ap);
	va_end(ap);
	went_well(d, keep(d, rec));
	d->cx.now += 1000;
	return rec;
}

bool try_make(struct desk *d, struct record **rec, const struct entity *of, ...)
{
	va_list ap;

	va_start(ap, of);
	*rec = fill(d, of, ap);
	va_end(ap);
	return keep(d, *rec);
}

bool edit(struct desk *d, struct record *rec, const char *field, struct val v)
{
	bool ok;

	record_set(rec, field, v);
	d->cx.now += 1000;
	ok = op_begin(&d->cx, "record.edit") && record_store(&d->cx, rec);
	return op_end(&d->cx, ok);
}

bool take_away(struct desk *d, struct record *rec)
{
	return edit(d, rec, "removed_at", v_int(d->cx.now));
}

struct record *reload(struct desk *d, const struct record *rec)
{
	struct record *found = NULL;

	went_well(d, record_load(&d->cx, rec->of, rec->id, RIGHT_READ, &found));
	return found;
}

void breaks_a_rule(struct desk *d, const char *sql)
{
	bool ok = tx_begin(&d->cx) && db_run(&d->cx, sql, ARGS(v_int(d->cx.ws)));

	was_refused(d, tx_end(&d->cx, ok), PROBLEM_CONFLICT, "problem.rule");
}

static int64_t named(struct desk *d, const struct entity *of, const char *name_en)
{
	struct record *found;

	went_well(d, record_find(&d->cx, of, "name_en", v_text(name_en), &found));
	assert_non_null(found);
	return found->id;
}

int64_t status_named(struct desk *d, const char *name_en)
{
	return named(d, &lead_status_entity, name_en);
}

int64_t stage_named(struct desk *d, const char *name_en)
{
	return named(d, &stage_entity, name_en);
}

int64_t days(int n)
{
	return n * INT64_C(86400000);
}

void went_well(struct desk *d, bool ok)
{
	const struct problem *p = &d->cx.problem;

	if (!ok)
		fail_msg("%s (%s) %s at %s:%d", p->text.key ? p->text.key : "?",
			p->fields ? p->fields->field : "", p->detail ? p->detail : "",
			p->file ? p->file : "", p->line);
}

void was_refused(struct desk *d, bool ok, enum problem_kind kind, const char *key)
{
	assert_false(ok);
	assert_string_equal(d->cx.problem.text.key, key);
	assert_int_equal(d->cx.problem.kind, kind);
	ctx_clear(&d->cx);
}

void was_invalid(struct desk *d, bool ok, const char *field)
{
	bool found = false;

	assert_false(ok);
	assert_int_equal(d->cx.problem.kind, PROBLEM_INVALID);
	for (const struct field_problem *p = d->cx.problem.fields; p; p = p->next)
		found = found || !strcmp(p->field, field);
	if (!found)
		fail_msg("no word about %s, but about %s", field,
			d->cx.problem.fields ? d->cx.problem.fields->field : "nothing");
	ctx_clear(&d->cx);
}

struct json_out *answer(struct desk *d)
{
	struct json_out *j = arena_alloc(d->cx.mem, sizeof(*j));

	json_init(j, d->cx.mem);
	return j;
}

static void let_go(void *tree)
{
	json_decref(tree);
}

json_t *told(struct desk *d, bool ok, struct json_out *j)
{
	json_error_t error;
	json_t *tree;

	went_well(d, ok);
	tree = json_loads(j->text.s, JSON_REJECT_DUPLICATES, &error);
	if (!tree)
		fail_msg("%s in %s", error.text, j->text.s);
	arena_defer(d->o->mem, let_go, tree);
	return tree;
}

json_t *inside(json_t *tree, const char *path)
{
	while (tree && *path) {
		size_t n = strcspn(path, ".");
		char key[64] = "";

		memcpy(key, path, n);
		tree = json_is_array(tree) ? json_array_get(tree, (size_t)strtol(key, NULL, 10))
					   : json_object_get(tree, key);
		path += n + (path[n] == '.');
	}
	return tree;
}

int64_t number(json_t *tree, const char *path)
{
	json_t *found = inside(tree, path);

	if (!json_is_number(found))
		fail_msg("%s is no number", path);
	return (int64_t)json_number_value(found);
}

const char *text(json_t *tree, const char *path)
{
	json_t *found = inside(tree, path);

	if (!found)
		fail_msg("there is no %s", path);
	return json_is_string(found) ? json_string_value(found) : "";
}

/* A number that changes when anything is written. */
static uint64_t state_of(struct desk *d)
{
	uint64_t sum = 0;
	int64_t n;

	for (const struct entity *const *e = entities; *e; e++) {
		went_well(d,
			db_int(&d->cx, &n, 0,
				textf(&d->cx,
					"select count(*) * 1000003"
					" + coalesce(cast(sum(version) as bigint), 0) from %s where ws = $1",
					entity_table(*e)),
				ARGS(v_int(d->cx.ws))));
		sum = sum * 31 + (uint64_t)n;
	}
	went_well(d,
		db_int(&d->cx, &n, 0,
			"select (select count(*) from op where ws = $1) * 1009"
			" + (select count(*) from change where ws = $1) * 7 + (select count(*) from likeness where ws = $1)"
			" * 3 + (select count(*) from custom_value where ws = $1)"
			" + (select count(*) from stay where ws = $1) * 13"
			" + (select coalesce(cast(sum(n * 5 + sum1) as bigint), 0) from counted where ws = $1)"
			" + (select count(*) * 11 from suppression where ws = $1)"
			" + (select count(*) * 13 from suppression_change where ws = $1)"
			" + (select cast(coalesce(sum(tries * 17 + next_at % 1009), 0) as bigint)"
			" from mail where ws = $1)"
			" + (select count(*) * 19 from session where ws = $1)",
			ARGS(v_int(d->cx.ws))));
	return sum * 31 + (uint64_t)n;
}

void fails_anywhere(struct desk *d, bool (*verb)(struct ctx *cx, void *arg), void *arg)
{
	uint64_t before = state_of(d);
	bool ok = false;
	int n = 0;

	for (; !ok; n++) {
		db_fail_after(d->cx.db, n);
		ok = verb(&d->cx, arg);
		db_fail_after(d->cx.db, -1);
		if (ok)
			break;
		assert_int_equal(d->cx.problem.kind, PROBLEM_INTERNAL);
		assert_null(d->cx.op);
		ctx_clear(&d->cx);
		assert_true(state_of(d) == before);
		assert_true(n < 2000);
	}
	assert_true(n > 3);
	assert_true(state_of(d) != before);
}

void undo_last(struct desk *d)
{
	const struct op *op = op_done(&d->cx);

	assert_non_null(op);
	d->cx.now += 1000;
	went_well(d, op_undo(&d->cx, op->id, false));
}
