/* Transactions: together or not at all, told when on disk, lost together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "office.h"

static int open_office(void **state)
{
	*state = office_open(OFFICE_BARE);
	return 0;
}

static int close_office(void **state)
{
	office_close(*state);
	return 0;
}

static bool on_postgres(void)
{
	return getenv("TEST_DB") && *getenv("TEST_DB");
}

static bool put(struct ctx *cx, const char *name, const char *value)
{
	return db_run(cx, "insert into setting (ws, name, value) values ($1, $2, $3)",
		ARGS(v_int(1), v_text(name), v_text(value)));
}

static bool put_alone(struct ctx *cx, const char *name)
{
	return tx_end(cx, tx_begin(cx) && put(cx, name, "x"));
}

static int64_t settings(struct office *o)
{
	return office_count(o, "select count(*) from setting where ws = $1");
}

struct told {
	int times;
	bool durable;
};

static void tell(void *arg, bool durable)
{
	struct told *t = arg;

	t->times++;
	t->durable = durable;
}

static void what_is_in_a_transaction_happens_or_not(void **state)
{
	struct ctx cx = office_ctx(*state);

	assert_true(put_alone(&cx, "a"));
	assert_false(tx_end(&cx, tx_begin(&cx) && put(&cx, "b", "x") && false));
	assert_int_equal(settings(*state), 1);
	assert_false(tx_is_open(&cx));
	db_rest(cx.db);
}

static void an_inner_transaction_that_fails_fails_it_all(void **state)
{
	struct ctx cx = office_ctx(*state);

	assert_true(tx_begin(&cx) && put(&cx, "a", "x"));
	assert_true(tx_begin(&cx) && put(&cx, "b", "x"));
	assert_false(tx_end(&cx, false));
	assert_true(tx_is_open(&cx));
	assert_false(tx_end(&cx, true));
	assert_int_equal(settings(*state), 0);
	db_rest(cx.db);
}

static void a_taken_value_is_a_conflict_and_others_stay(void **state)
{
	struct ctx one = office_ctx(*state), two = office_ctx(*state);

	assert_true(put_alone(&one, "a"));
	assert_false(put_alone(&two, "a"));
	assert_int_equal(two.problem.kind, PROBLEM_CONFLICT);
	assert_true(put_alone(&one, "b"));
	assert_int_equal(settings(*state), 2);
	db_rest(one.db);
	db_rest(two.db);
}

static void the_statement_a_test_chose_fails(void **state)
{
	for (int n = 0; n < 3; n++) {
		struct ctx cx = office_ctx(*state);

		db_fail_after(cx.db, n);
		assert_false(put_alone(&cx, "a"));
		assert_int_equal(cx.problem.kind, PROBLEM_INTERNAL);
		db_rest(cx.db);
	}
	assert_int_equal(settings(*state), 0);
}

static void nobody_reads_what_is_not_committed(void **state)
{
	struct ctx cx = office_ctx(*state);

	assert_true(tx_begin(&cx) && put(&cx, "a", "x"));
	assert_int_equal(settings(*state), 0);
	assert_true(tx_end(&cx, true));
	assert_int_equal(settings(*state), 1);
	db_rest(cx.db);
}

static void a_batch_tells_its_waiters_once_it_is_on_disk(void **state)
{
	struct office *o = *state;
	struct ctx one = office_ctx(o), two = office_ctx(o);
	struct told told[2] = { { 0 } };

	store_expect(o->store, 2);
	db_expected(one.db);
	db_expected(two.db);
	assert_true(put_alone(&one, "a"));
	db_when_durable(one.db, tell, &told[0]);
	assert_int_equal(told[0].times, 0);
	assert_true(put_alone(&two, "b"));
	db_when_durable(two.db, tell, &told[1]);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(told[i].times, 1);
		assert_true(told[i].durable);
	}
	db_rest(one.db);
	db_rest(two.db);
}

static void one_that_fails_leaves_the_others_of_its_batch(void **state)
{
	struct office *o = *state;
	struct ctx one = office_ctx(o), two = office_ctx(o);
	struct told told = { 0 };

	store_expect(o->store, 2);
	db_expected(one.db);
	db_expected(two.db);
	assert_true(put_alone(&one, "a"));
	db_when_durable(one.db, tell, &told);
	assert_false(put_alone(&two, "a"));
	assert_true(told.times == 1 && told.durable);
	assert_int_equal(settings(o), 1);
	db_rest(one.db);
	db_rest(two.db);
}

/* The name is gone before the commit: it was copied. */
static bool put_later(struct ctx *cx, const char *name, const char *value)
{
	char gone[8] = "";
	bool ok;

	strncat(gone, name, sizeof(gone) - 1);
	ok = db_later(cx, "insert into setting (ws, name, value) values ($1, $2, $3)",
		ARGS(v_int(1), v_text(gone), v_text(value)));
	memset(gone, 'x', sizeof(gone) - 1);
	return ok;
}

static void what_waits_for_the_commit_comes_with_it_or_not_at_all(void **state)
{
	struct office *o = *state;
	struct ctx one = office_ctx(o), two = office_ctx(o);
	struct told told = { 0 };
	int64_t n = 0;

	store_expect(o->store, 2);
	db_expected(one.db);
	db_expected(two.db);
	assert_true(tx_begin(&one) && put_later(&one, "a", "x") && put_later(&one, "b", "x"));
	assert_true(db_int(&one, &n, 0, "select count(*) from setting where ws = 1", NO_ARGS));
	assert_int_equal(n, 0);
	assert_true(tx_end(&one, true));
	db_when_durable(one.db, tell, &told);
	assert_int_equal(told.times, 0);
	assert_false(tx_end(&two, tx_begin(&two) && put_later(&two, "c", "x") && false));
	assert_true(told.times == 1 && told.durable);
	assert_int_equal(settings(o), 2);
	db_rest(one.db);
	db_rest(two.db);
}

/* It would break a rule: the commit is one with it, so nothing is told as done. */
static void what_fails_at_the_commit_loses_the_batch(void **state)
{
	struct office *o = *state;
	struct ctx one = office_ctx(o), two = office_ctx(o);
	struct told told = { 0 };

	store_expect(o->store, 2);
	db_expected(one.db);
	db_expected(two.db);
	assert_true(put_alone(&one, "a"));
	db_when_durable(one.db, tell, &told);
	assert_false(tx_end(&two, tx_begin(&two) && put_later(&two, "b", NULL)));
	assert_int_equal(two.problem.kind, PROBLEM_UNAVAILABLE);
	assert_true(told.times == 1 && !told.durable);
	assert_int_equal(settings(o), 0);
	db_rest(one.db);
	db_rest(two.db);
}

static void one_that_never_writes_holds_nobody_up(void **state)
{
	struct office *o = *state;
	struct ctx one = office_ctx(o), two = office_ctx(o);
	struct told told = { 0 };

	store_expect(o->store, 2);
	db_expected(one.db);
	db_expected(two.db);
	assert_true(put_alone(&one, "a"));
	db_when_durable(one.db, tell, &told);
	db_rest(two.db);
	assert_true(told.times == 1 && told.durable);
	db_rest(one.db);
}

static int64_t pragma(struct ctx *cx, const char *text)
{
	int64_t n = 0;

	assert_true(tx_end(cx, tx_begin(cx) && db_int(cx, &n, 0, text, NO_ARGS)));
	return n;
}

/* A full disk takes the whole batch back: all of it is told so. */
static void a_full_disk_loses_the_batch_and_says_so_to_all(void **state)
{
	struct office *o = *state;
	struct ctx one = office_ctx(o), two = office_ctx(o), three = office_ctx(o);
	struct told told = { 0 };
	char *large = arena_alloc(o->mem, 200001);

	memset(large, 'x', 200000);
	pragma(&three, textf(&three, "pragma max_page_count = %lld",
			       (long long)pragma(&three, "pragma page_count") + 8));
	store_expect(o->store, 2);
	db_expected(one.db);
	db_expected(two.db);
	assert_true(put_alone(&one, "a"));
	db_when_durable(one.db, tell, &told);
	assert_false(tx_end(&two, tx_begin(&two) && put(&two, "b", large)));
	assert_int_equal(two.problem.kind, PROBLEM_UNAVAILABLE);
	assert_int_equal(told.times, 1);
	assert_false(told.durable);
	assert_int_equal(settings(o), 0);
	pragma(&three, "pragma max_page_count = 1000000");
	assert_true(put_alone(&three, "c"));
	assert_int_equal(settings(o), 1);
	db_rest(one.db);
	db_rest(two.db);
	db_rest(three.db);
}

/* What comes after the loss must not happen by itself. */
static void nothing_runs_in_a_transaction_that_is_gone(void **state)
{
	struct office *o = *state;
	struct ctx one = office_ctx(o), two = office_ctx(o);
	char *large = arena_alloc(o->mem, 200001);
	int64_t backend = 0;

	memset(large, 'x', 200000);
	assert_true(tx_begin(&one));
	if (on_postgres()) {
		assert_true(db_int(
			&one, &backend, 0, "select cast(pg_backend_pid() as bigint)", NO_ARGS));
		assert_true(db_run(&two, "select pg_terminate_backend(cast($1 as integer))",
			ARGS(v_int(backend))));
	} else {
		int64_t pages = 0;

		assert_true(db_int(&one, &pages, 0, "pragma page_count", NO_ARGS));
		assert_true(db_run(&one,
			textf(&one, "pragma max_page_count = %lld", (long long)pages + 8),
			NO_ARGS));
	}
	assert_false(put(&one, "a", large));
	ctx_clear(&one);
	assert_false(put(&one, "b", "x"));
	assert_int_equal(one.problem.kind, PROBLEM_UNAVAILABLE);
	assert_false(tx_end(&one, true));
	assert_int_equal(settings(o), 0);
	/* and the next transaction is a new one */
	ctx_clear(&one);
	assert_true(put_alone(&one, "c"));
	assert_int_equal(settings(o), 1);
	db_rest(one.db);
	db_rest(two.db);
}

static void two_who_met_are_told_to_try_again(void **state)
{
	static const char *const count = "select count(*) from setting where ws = $1";
	struct ctx one = office_ctx(*state), two = office_ctx(*state);
	int64_t n;

	assert_true(tx_begin(&one) && tx_begin(&two));
	assert_true(db_int(&one, &n, 0, count, ARGS(v_int(1))) &&
		    db_int(&two, &n, 0, count, ARGS(v_int(1))));
	assert_true(put(&one, "a", "x"));
	assert_true(tx_end(&one, true));
	assert_false(tx_end(&two, put(&two, "b", "x")));
	assert_int_equal(two.problem.kind, PROBLEM_CLASH);
	ctx_clear(&two);
	assert_true(put_alone(&two, "b"));
	db_rest(one.db);
	db_rest(two.db);
}

static void who_holds_the_store_is_named(void **state)
{
	struct office *o = *state;
	struct store_options options = { .url = o->url, .purpose = "import" };
	char why[512] = "";

	assert_null(store_open(&options, why, sizeof(why)));
	assert_non_null(strstr(why, "in use by crisalide test (process "));
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)

#define ON_BOTH                                                                                   \
	EACH(what_is_in_a_transaction_happens_or_not),                                            \
		EACH(an_inner_transaction_that_fails_fails_it_all),                               \
		EACH(a_taken_value_is_a_conflict_and_others_stay),                                \
		EACH(the_statement_a_test_chose_fails), EACH(nobody_reads_what_is_not_committed), \
		EACH(nothing_runs_in_a_transaction_that_is_gone)

int main(void)
{
	const struct CMUnitTest sqlite[] = {
		ON_BOTH,
		EACH(a_batch_tells_its_waiters_once_it_is_on_disk),
		EACH(one_that_fails_leaves_the_others_of_its_batch),
		EACH(what_waits_for_the_commit_comes_with_it_or_not_at_all),
		EACH(what_fails_at_the_commit_loses_the_batch),
		EACH(one_that_never_writes_holds_nobody_up),
		EACH(a_full_disk_loses_the_batch_and_says_so_to_all),
		EACH(who_holds_the_store_is_named),
	};
	const struct CMUnitTest postgres[] = {
		ON_BOTH,
		EACH(two_who_met_are_told_to_try_again),
	};

	return on_postgres() ? cmocka_run_group_tests_name("db/writes", postgres, NULL, NULL)
			     : cmocka_run_group_tests_name("db/writes", sqlite, NULL, NULL);
}
