/* Large work in slices: a crash between them, a statement that fails, and
 * taking the whole back. */
#include "bring.h"

#include <stdlib.h>
#include <unistd.h>

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
	import_job_rewind(job);
	import_links_free(job->links);
	free(job->keys.all);
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

/* Companies of which a few have the code of another. */
static const char *with_codes(struct ctx *cx, size_t rows)
{
	struct buf b;

	buf_init(&b, cx->mem);
	buf_add(&b, "Ragione sociale;Codice cliente\n");
	for (size_t i = 0; i < rows; i++)
		buf_addf(&b, "Ditta %zu srl;C%zu\n", i, i % 500 == 499 ? 7 : i);
	return b.s;
}

/* S1.25: a row that the store refuses takes others with it that share its
 * commit; these are written again, and it alone is refused. */
static void rows_that_the_store_refuses_are_refused_alone(struct office *o, bool alone)
{
	struct ctx cx = office_ctx(o);
	int64_t id = taken(&cx, &company_entity, with_codes(&cx, 2000));
	struct import_job *job = job_of(o, id, 100);
	int turns = 0;
	struct import im;
	bool more = true;

	assert_true(import_turn(&cx, id, "|read|", "running"));
	job->host.alone = alone;
	for (; more && turns < 2000; turns++)
		assert_true(slice(o, job, -1, &more));
	drop_job(job);
	assert_false(more);
	im = standing(o, id);
	assert_string_equal(im.state, "done");
	assert_int_equal(im.counts.created, 1996);
	assert_int_equal(im.counts.refused, 4);
	assert_int_equal(office_count(o, "select count(*) from company where ws = $1"), 1996);
	assert_int_equal(office_count(o, "select count(*) from import_refused where ws = $1"), 4);
	db_rest(cx.db);
}

static void refused_rows_beside_others(void **state)
{
	rows_that_the_store_refuses_are_refused_alone(*state, false);
}

static void refused_rows_alone_in_the_store(void **state)
{
	rows_that_the_store_refuses_are_refused_alone(*state, true);
}

static int64_t keys_there(struct office *o)
{
	return office_count(o, "select count(*) from likeness where ws = $1 and entity = 'lead'");
}

/* All of the job's slices; false when one failed. */
static bool all_slices(struct office *o, struct import_job *job, int fail_after)
{
	bool more = true, ok = true;

	while (ok && more)
		ok = slice(o, job, fail_after, &more);
	return ok;
}

/* S1.25: with the store for itself an import keeps keys and commit waiting. */
static void a_failure_anywhere_loses_no_key_that_waits(void **state)
{
	struct office *o = *state;
	int64_t id = started(o, 40);
	int failures = 0;
	bool ok = false;

	for (int n = 0; !ok; n++) {
		struct import_job *job = job_of(o, id, 16);

		job->host.alone = true;
		ok = all_slices(o, job, n);
		drop_job(job);
		if (ok)
			break;
		failures++;
		settle(o);
		assert_int_equal(standing(o, id).counts.done, leads(o));
		assert_int_equal(keys_there(o), leads(o) * 2);
	}
	assert_true(failures > 20);
	assert_all_there_once(o, id, 40);
	assert_int_equal(keys_there(o), 80);
}

/* Within the file and with what is there, whenever keys are put. */
static void keys_that_waited_tell_duplicates_too(void **state)
{
	struct office *o = *state;
	struct ctx cx = office_ctx(o);
	struct import_host host = host_of(o);
	int64_t id;

	brought(o, &lead_entity, many(&cx, 30));
	id = taken(&cx, &lead_entity, textf(&cx, "%sDoppio;p80@prova.it;\n", many(&cx, 100)));
	host.alone = true;
	assert_true(import_run(&cx, &host, id));
	assert_int_equal(standing(o, id).counts.duplicates, 31);
	assert_int_equal(keys_there(o), 60 + 200 + 1);
	db_rest(cx.db);
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

/* The program ends: what is to come is not begun. */
static bool no_more(void *arg, void (*run)(void *job), void *job)
{
	int *turns = arg;

	if (--*turns < 0)
		return false;
	run(job);
	return true;
}

/* A stop does not wait for a million rows: they go on at the next start. */
static void a_stop_leaves_off_and_the_next_start_goes_on(void **state)
{
	struct office *o = *state;
	struct import_host host = host_of(o);
	struct ctx cx = office_ctx(o);
	int turns = 0;
	int64_t id;

	cx.who = &o->system;
	host.later = no_more;
	host.arg = &turns;
	id = taken(&cx, &lead_entity, many(&cx, 700));
	assert_true(import_run(&cx, &host, id));
	assert_int_equal(leads(o), 0);
	turns = 1;
	import_resume(&host);
	host.later = NULL;
	import_resume(&host);
	assert_int_equal(leads(o), 700);
	db_rest(cx.db);
}

static size_t lines_in(int file)
{
	char text[4096];
	size_t lines = 0;
	ssize_t n;

	lseek(file, 0, SEEK_SET);
	while ((n = read(file, text, sizeof(text))) > 0)
		for (ssize_t i = 0; i < n; i++)
			lines += text[i] == '\n';
	return lines;
}

/* However many there are, memory holds a page of them. */
static void a_large_list_is_taken_away_by_way_of_a_file(void **state)
{
	struct office *o = *state;
	struct ctx cx = office_ctx(o);
	struct api_request req = { .method = "GET",
		.path = "/api/v1/leads/export",
		.authorization = office_token(o, OFFICE_ADMIN) };
	struct api_answer answer;

	brought(o, &lead_entity, many(&cx, 300));
	assert_int_equal(office_send(o, &req, &answer), 200);
	assert_int_equal(answer.file, 0);
	brought(o, &lead_entity, many(&cx, 9000));
	assert_int_equal(office_send(o, &req, &answer), 200);
	assert_true(answer.file > 0 && answer.len > 1024 * 1024);
	assert_int_equal(lseek(answer.file - 1, 0, SEEK_END), answer.len);
	assert_int_equal(lines_in(answer.file - 1), 9301);
	close(answer.file - 1);
	db_rest(cx.db);
}

/* One page of a search: how many, and the cursor of the next, "" at the end. */
static size_t found(struct office *o, const char *q, char *cursor, json_int_t *last)
{
	struct ctx cx = office_ctx(o);
	const char *answer, *next;
	json_t *tree, *item;
	size_t i, n;

	assert_int_equal(
		office_ask(o, office_token(o, OFFICE_ADMIN), "GET",
			textf(&cx, "/api/v1/leads?limit=200&count=true&q=%s&cursor=%s", q, cursor),
			NULL, &answer),
		200);
	tree = json_loads(answer, 0, NULL);
	json_array_foreach(json_object_get(tree, "items"), i, item)
	{
		json_int_t id = json_integer_value(json_object_get(item, "id"));

		assert_true(id < *last);
		*last = id;
	}
	n = json_array_size(json_object_get(tree, "items"));
	next = json_string_value(json_object_get(tree, "next"));
	snprintf(cursor, 200, "%s", next ? next : "");
	json_decref(tree);
	db_rest(cx.db);
	return n;
}

/* Of a word that all share the newest are looked at first; none is missed. */
static void a_word_that_all_share_finds_them_all_page_by_page(void **state)
{
	struct office *o = *state;
	struct ctx cx = office_ctx(o);
	char cursor[200] = "";
	json_int_t last = INT64_MAX;
	size_t n = 0;

	brought(o, &lead_entity, many(&cx, 1500));
	do
		n += found(o, "persona", cursor, &last);
	while (*cursor);
	assert_int_equal(n, 1500);
	last = INT64_MAX;
	assert_int_equal(found(o, "persona+p7%40prova.it", cursor, &last), 1);
	last = INT64_MAX;
	assert_int_equal(found(o, "p", cursor, &last), 200);
	db_rest(cx.db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(a_crash_in_the_middle_goes_on_at_the_next_start),
		T(a_failure_anywhere_loses_and_doubles_nothing),
		T(refused_rows_beside_others),
		T(refused_rows_alone_in_the_store),
		T(a_failure_anywhere_loses_no_key_that_waits),
		T(keys_that_waited_tell_duplicates_too),
		T(an_undo_takes_the_whole_back),
		T(all_conflicts_are_told_before_anything_is_undone),
		T(half_an_undo_is_finished_later),
		T(others_changes_meanwhile_are_left_alone),
		T(a_large_list_is_taken_away_by_way_of_a_file),
		T(a_word_that_all_share_finds_them_all_page_by_page),
		T(a_stop_leaves_off_and_the_next_start_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
