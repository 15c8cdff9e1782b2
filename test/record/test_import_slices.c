/* Large work in slices: a crash between them, a statement that fails, and
 * taking the whole back. */
#include "bring.h"

#include <stdlib.h>

#include "record/op.h"

/* A job whose slices the test runs one by one. */
static struct import_job *job_of(struct office *o, int64_t id, size_t rows)
{
	struct import_job *job = calloc(1, sizeof(*job));

	assert_non_null(job);
	*job = (struct import_job){ .host = host_of(o),
		.id = id,
		.rows = rows,
		.links = import_links_new(),
		.mem = arena_new() };
	return job;
}

static void drop_job(struct import_job *job)
{
	import_reader_free(job->reader);
	import_links_free(job->links);
	arena_free(job->mem);
	free(job);
}

static bool slice(struct office *o, struct import_job *job, int fail_after, bool *more)
{
	struct ctx cx = office_ctx(o);
	bool ok;

	db_fail_after(cx.db, fail_after);
	ok = import_run_slice(&cx, job, more);
	db_fail_after(cx.db, -1);
	db_rest(cx.db);
	return ok;
}

/* Somebody else writes: what slices left open is put on disk with it. */
static void settle(struct office *o)
{
	struct ctx cx = office_ctx(o);

	assert_true(tx_begin(&cx) && tx_end(&cx, true));
	db_rest(cx.db);
}

static int64_t started(struct office *o, size_t rows)
{
	struct ctx cx = office_ctx(o);
	int64_t id = taken(&cx, &lead_entity, many(&cx, rows));

	assert_true(import_turn(&cx, id, "|read|", "running"));
	return id;
}

static void assert_all_there_once(struct office *o, int64_t id, int64_t rows)
{
	struct import im = standing(o, id);

	assert_string_equal(im.state, "done");
	assert_int_equal(im.counts.created, rows);
	assert_int_equal(leads(o), rows);
	assert_int_equal(
		office_count(o, "select count(distinct email) from lead where ws = $1"), rows);
	assert_int_equal(
		office_count(o,
			"select cast(sum(n) as bigint) from tally where ws = $1 and entity = 'lead'"),
		rows);
	assert_int_equal(
		office_count(o, "select records from op where ws = $1 and kind = 'import'"), rows);
	assert_int_equal(
		office_count(o,
			"select count(*) from op where ws = $1 and kind = 'import' and state = 'done'"),
		1);
	assert_int_equal(office_count(o, "select count(*) from import_file where ws = $1"), 0);
}

static void a_crash_in_the_middle_goes_on_at_the_next_start(void **state)
{
	struct office *o = *state;
	struct import_host host = host_of(o);
	int64_t id = started(o, 200);
	struct import_job *job = job_of(o, id, 20);
	bool more;

	for (int i = 0; i < 3; i++)
		assert_true(slice(o, job, -1, &more));
	drop_job(job);
	assert_true(more);
	import_resume(&host);
	assert_all_there_once(o, id, 200);
}

/* S1.25 */
static void a_failure_anywhere_loses_and_doubles_nothing(void **state)
{
	struct office *o = *state;
	int64_t id = started(o, 40);
	int failures = 0;
	bool more = true;

	for (int n = 0; more; n++) {
		struct import_job *job = job_of(o, id, 16);

		if (slice(o, job, n, &more)) {
			n = -1;
			settle(o);
		} else {
			failures++;
			more = true;
			assert_int_equal(standing(o, id).counts.done, leads(o));
			assert_int_equal(leads(o) % 16, 0);
		}
		drop_job(job);
	}
	assert_true(failures > 20);
	assert_all_there_once(o, id, 40);
}

static int64_t import_op(struct office *o)
{
	return office_count(o, "select max(id) from op where ws = $1 and kind = 'import'");
}

static void assert_all_gone(struct office *o)
{
	assert_int_equal(leads(o), 0);
	assert_int_equal(
		office_count(o,
			"select cast(sum(n) as bigint) from tally where ws = $1 and entity = 'lead'"),
		0);
	assert_int_equal(
		office_count(o, "select count(*) from likeness where ws = $1 and entity = 'lead'"),
		0);
	assert_int_equal(
		office_count(o, "select count(*) from op where ws = $1 and state = 'running'"), 0);
}

/* S1.25, S3.16 */
static void an_undo_takes_the_whole_back(void **state)
{
	struct office *o = *state;
	struct ctx cx = office_ctx(o);
	int64_t undone;

	brought(o, &lead_entity, many(&cx, 700));
	assert_true(op_undo(&cx, import_op(o), false));
	undone = op_done(&cx)->id;
	assert_all_gone(o);
	assert_false(op_undo(&cx, import_op(o), false));
	assert_string_equal(cx.problem.text.key, "undo.twice");
	ctx_clear(&cx);
	assert_true(op_undo(&cx, undone, false));
	assert_int_equal(leads(o), 700);
	assert_int_equal(
		office_count(o,
			"select cast(sum(n) as bigint) from tally where ws = $1 and entity = 'lead'"),
		700);
}

static void edit(struct office *o, size_t n, const char *city)
{
	struct ctx cx = office_ctx(o);
	struct record *lead = nth(o, &lead_entity, n);
	bool ok = op_begin(&cx, "record.edit");

	record_set_text(lead, "city", city);
	ok = ok && record_store(&cx, lead);
	assert_true(op_end(&cx, ok));
}

static void all_conflicts_are_told_before_anything_is_undone(void **state)
{
	struct office *o = *state;
	struct ctx cx = office_ctx(o);

	brought(o, &lead_entity, many(&cx, 600));
	edit(o, 3, "Roma");
	edit(o, 599, "Bari");
	assert_false(op_undo(&cx, import_op(o), false));
	assert_int_equal(cx.problem.kind, PROBLEM_CONFLICT);
	assert_string_equal(cx.problem.text.args[0], "2");
	assert_non_null(strstr(cx.problem.more, "\"city\""));
	assert_int_equal(leads(o), 600);
	ctx_clear(&cx);
	assert_true(op_undo(&cx, import_op(o), true));
	assert_int_equal(leads(o), 2);
}

static void half_an_undo_is_finished_later(void **state)
{
	struct office *o = *state;
	struct import_host host = host_of(o);
	struct ctx cx = office_ctx(o);
	int64_t op;
	bool more;

	brought(o, &lead_entity, many(&cx, 600));
	assert_true(undo_begin_large(&cx, import_op(o), &op));
	assert_true(undo_slice(&cx, op, &more) && more);
	settle(o);
	assert_true(undo_slice(&cx, op, &more) && more);
	db_fail_after(cx.db, 100);
	assert_false(undo_slice(&cx, op, &more));
	db_fail_after(cx.db, -1);
	db_rest(cx.db);
	assert_true(leads(o) > 0 && leads(o) < 600);
	import_resume(&host);
	assert_all_gone(o);
}

static void others_changes_meanwhile_are_left_alone(void **state)
{
	struct office *o = *state;
	struct ctx cx = office_ctx(o);
	int64_t op;

	brought(o, &lead_entity, many(&cx, 600));
	assert_true(undo_begin_large(&cx, import_op(o), &op));
	edit(o, 10, "Napoli");
	assert_true(undo_go_on(&cx, op));
	assert_int_equal(leads(o), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(a_crash_in_the_middle_goes_on_at_the_next_start),
		T(a_failure_anywhere_loses_and_doubles_nothing),
		T(an_undo_takes_the_whole_back),
		T(all_conflicts_are_told_before_anything_is_undone),
		T(half_an_undo_is_finished_later),
		T(others_changes_meanwhile_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
