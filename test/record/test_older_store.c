/* What an older program left is carried over when the store is opened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "crm/entities.h"
#include "office.h"
#include "record/schema.h"

static int open_demo(void **state)
{
	*state = office_open(OFFICE_DEMO);
	return 0;
}

static int close_demo(void **state)
{
	office_close(*state);
	return 0;
}

static int64_t keys(struct office *o)
{
	return office_count(o, "select count(*) from likeness where ws = $1");
}

/* The sum tells the same keys of the same records. */
static int64_t sum(struct office *o)
{
	return office_count(o,
		"select cast(sum(key % 1000003 * (record_id % 1009)) as bigint) from likeness where ws = $1");
}

static bool make_older(struct ctx *cx)
{
	bool ok = tx_begin(cx) &&
		  db_run(cx, "create table match_key (ws bigint, key text, record_id bigint)",
			  NO_ARGS) &&
		  db_run(cx, "delete from likeness where ws = $1", ARGS(v_int(1)));

	return tx_end(cx, ok);
}

/* RELIABILITY: a store of an earlier version opens, and finds the same. */
static void keys_kept_as_texts_become_numbers(void **state)
{
	struct office *o = *state;
	int64_t before = keys(o), mixed = sum(o);
	struct ctx cx = office_ctx(o);

	assert_true(before > 100);
	assert_true(make_older(&cx));
	assert_int_equal(keys(o), 0);
	assert_true(schema_apply(&cx, entities));
	assert_int_equal(keys(o), before);
	assert_int_equal(sum(o), mixed);
	/* and the older table is gone: nothing is done twice */
	assert_true(schema_apply(&cx, entities));
	assert_int_equal(keys(o), before);
	db_rest(cx.db);
}

/* All in one transaction: a crash halfway leaves the older store as it was. */
static void a_failure_anywhere_leaves_the_older_store(void **state)
{
	struct office *o = *state;
	int64_t before = keys(o);
	struct ctx cx = office_ctx(o);
	int n = 50;

	assert_true(make_older(&cx));
	for (;; n += 211) {
		ctx_clear(&cx);
		db_fail_after(cx.db, n);
		if (schema_apply(&cx, entities))
			break;
		assert_int_equal(keys(o), 0);
		assert_int_equal(
			office_count(o, "select count(*) from match_key where ws = $1"), 0);
	}
	assert_true(n > 200);
	assert_int_equal(keys(o), before);
	db_rest(cx.db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			keys_kept_as_texts_become_numbers, open_demo, close_demo),
		cmocka_unit_test_setup_teardown(
			a_failure_anywhere_leaves_the_older_store, open_demo, close_demo),
	};

	return cmocka_run_group_tests_name("record/older_store", tests, NULL, NULL);
}
