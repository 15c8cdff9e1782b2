/* What an older program left is carried over when the store is opened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "crm/entities.h"
#include "crm/prospect.h"
#include "office.h"
#include "record/count.h"
#include "record/op.h"
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

static int64_t gone(struct office *o)
{
	return office_count(o, "select count(*) from gone_key where ws = $1");
}

static bool make_older(struct ctx *cx)
{
	bool ok = tx_begin(cx) &&
		  db_run(cx, "create table match_key (ws bigint, key text, record_id bigint)",
			  NO_ARGS) &&
		  db_run(cx, "drop table gone_key", NO_ARGS) &&
		  db_run(cx, "delete from likeness where ws = $1", ARGS(v_int(1)));

	return tx_end(cx, ok);
}

/* RELIABILITY: a store of an earlier version opens, and finds the same. */
static void keys_kept_as_texts_become_numbers(void **state)
{
	struct office *o = *state;
	int64_t before = keys(o), mixed = sum(o), known = gone(o);
	struct ctx cx = office_ctx(o);

	assert_true(before > 100);
	assert_true(known > 0);
	assert_true(make_older(&cx));
	assert_int_equal(keys(o), 0);
	assert_true(schema_apply(&cx, entities));
	assert_int_equal(keys(o), before);
	assert_int_equal(sum(o), mixed);
	assert_int_equal(gone(o), known);
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

/* The table activity as it was before there were prospects: a call had to be
 * about a lead or a customer.  One column is of a program yet to come. */
static const char *const older_activity[] = {
	"create table activity (ws bigint not null, id %s, version bigint not null,"
	" created_at bigint not null, updated_at bigint not null, title text not null,"
	" title_fold text not null, kind text check (kind = 'task' or kind = 'call'"
	" or kind = 'email' or kind = 'meeting' or kind = 'comment') not null,"
	" subject text, done_at bigint, owner_id bigint not null, lead_id bigint,"
	" company_id bigint, contact_id bigint, opportunity_id bigint, created_by bigint,"
	" removed_at bigint, removed_reason text, custom text, mood text, %s,"
	" check (lead_id is not null or company_id is not null or contact_id is not null"
	" or opportunity_id is not null))",
	"insert into activity (ws, id, version, created_at, updated_at, title, title_fold, kind,"
	" subject, owner_id, company_id, mood) select 1, 77, 3, 5, 6, 'Ciao', 'ciao', 'call',"
	" 'Ciao', owner_id, id, 'calm' from company where ws = 1 order by id limit 1",
	NULL,
};

static bool make_older_activity(struct ctx *cx)
{
	bool pg = db_is_postgres(cx->db);
	char sql[2048];

	snprintf(sql, sizeof(sql), older_activity[0],
		pg ? "bigint not null" : "integer primary key",
		pg ? "primary key (ws, id)" : "unique (ws, id)");

	bool ok = tx_begin(cx) && db_run(cx, "drop table activity", NO_ARGS) &&
		  db_run(cx, sql, NO_ARGS) && db_run(cx, older_activity[1], NO_ARGS);

	return tx_end(cx, ok);
}

static bool note_call(struct ctx *cx, int64_t *prospect_id)
{
	struct record *list = record_new(cx, &prospect_list_entity),
		      *row = record_new(cx, &prospect_entity),
		      *call = record_new(cx, &activity_entity);

	record_set_text(list, "name", "Fiera");
	bool ok = op_begin(cx, "test") && record_store(cx, list);

	record_set(row, "list_id", v_int(list->id));
	record_set_text(row, "company_name", "Rossi");
	ok = ok && record_store(cx, row);
	*prospect_id = row->id;
	record_set_text(call, "kind", "call");
	record_set_text(call, "subject", "Prima telefonata");
	record_set(call, "prospect_id", v_int(row->id));
	return op_end(cx, ok && record_store(cx, call));
}

/* S5.5: a call about a row of a list alone, in a store of an earlier version. */
static void checks_of_an_older_store_become_todays(void **state)
{
	struct office *o = *state;
	struct ctx cx = office_ctx_of(o, OFFICE_ADMIN);
	int64_t id;

	assert_true(make_older_activity(&cx));
	assert_true(schema_apply(&cx, entities));
	assert_true(note_call(&cx, &id));
	assert_true(note_call(&cx, &id));
	assert_int_equal(office_count(o, "select count(*) from activity where ws = $1"), 3);
	/* what stood there stands there still, with a column that we do not know */
	assert_int_equal(
		office_count(o,
			"select count(*) from activity a join company c on c.ws = a.ws"
			" and c.id = a.company_id where a.ws = $1 and c.ws = $1 and a.id = 77"
			" and a.version = 3 and a.updated_at = 6 and a.mood = 'calm'"),
		1);
	/* and what is about nothing is refused still */
	bool ok =
		tx_begin(&cx) &&
		db_run(&cx,
			"update activity set prospect_id = null where ws = $1 and prospect_id = $2",
			ARGS(v_int(1), v_int(id)));

	assert_false(tx_end(&cx, ok));
	db_rest(cx.db);
}

/* Others may link to the table that is made anew: none of the links is lost,
 * and the second opening finds nothing to do. */
static void a_table_others_link_to_is_made_anew(void **state)
{
	struct office *o = *state;
	struct ctx cx = office_ctx(o);
	int64_t before = office_count(o, "select count(*) from company where ws = $1");
	struct entity firm = company_entity;
	const struct entity *some[] = { &firm, NULL };

	firm.constraints = "check (version > 0)";
	assert_true(before > 5);
	assert_true(schema_apply(&cx, some));
	assert_int_equal(office_count(o, "select count(*) from company where ws = $1"), before);
	bool ok = tx_begin(&cx) &&
		  db_run(&cx, "update company set version = 0 where ws = $1", ARGS(v_int(1)));

	assert_false(tx_end(&cx, ok));
	ctx_clear(&cx);
	assert_true(schema_apply(&cx, some));
	/* an index of the table is one of the many things that go with it */
	assert_true(tx_begin(&cx));
	assert_true(db_run(&cx, "drop index companyowner_id_id", NO_ARGS));
	assert_false(tx_end(&cx, false));
	db_rest(cx.db);
}

static void a_failure_anywhere_leaves_the_older_checks(void **state)
{
	struct office *o = *state;
	struct ctx cx = office_ctx(o);
	int n = 0;

	assert_true(make_older_activity(&cx));
	for (;; n += 13) {
		ctx_clear(&cx);
		db_fail_after(cx.db, n);
		if (schema_apply(&cx, entities))
			break;
		db_fail_after(cx.db, -1);
		assert_int_equal(office_count(o, "select count(*) from activity where ws = $1"), 1);
	}
	db_fail_after(cx.db, -1);
	assert_true(n > 200);
	assert_int_equal(
		office_count(o, "select count(*) from activity where ws = $1 and mood = 'calm'"),
		1);
	db_rest(cx.db);
}

static bool run_all(struct ctx *cx, const char *const *sql)
{
	bool ok = tx_begin(cx);

	for (; ok && *sql; sql++)
		ok = db_run(cx, *sql, NO_ARGS);
	return tx_end(cx, ok);
}

static const char *const older_op[] = {
	"drop index op_work",
	"alter table op drop column work_on",
	"alter table op drop column source_id",
	"alter table op drop column campaign_id",
	"create index op_merit on op (ws, at)",
	NULL,
};

static int64_t work(struct office *o)
{
	return office_count(o,
		"select cast(coalesce(sum(work_on % 1000003 * (user_id % 1009)), 0) as bigint)"
		" from op where ws = $1 and work_on is not null");
}

/* S1.16: what somebody worked on before it was written down; the records tell
 * whence they came */
static void operations_of_before_become_work(void **state)
{
	static const char *const again[] = { "create index op_merit on op (ws, at)", NULL };
	struct office *o = *state;
	int64_t before = work(o);
	struct ctx cx = office_ctx(o);

	assert_true(before > 0);
	assert_true(run_all(&cx, older_op));
	assert_true(schema_apply(&cx, entities));
	assert_int_equal(work(o), before);
	assert_true(office_count(o, "select count(*) from op where ws = $1"
				    " and work_on is not null and source_id is not null") > 10);
	assert_int_equal(
		office_count(o, "select count(*) from op o where o.ws = $1"
				" and o.work_on is not null and coalesce(o.source_id, 0) <>"
				" coalesce((select t.source_id from lead t where t.ws = $1"
				" and t.id = o.work_on), (select t.source_id from opportunity t"
				" where t.ws = $1 and t.id = o.work_on), 0)"),
		0);
	/* the older index is gone */
	assert_true(run_all(&cx, again));
	db_rest(cx.db);
}

static const char *const older_end[] = {
	"alter table opportunity rename column closed_by to closed_once",
	"alter table lead rename column converted_by to converted_once",
	NULL,
};

/* A column that the history fills in asks for that, whatever was counted. */
static void who_brought_it_to_its_end_is_told_of_before_too(void **state)
{
	struct office *o = *state;
	int64_t closed = office_count(
		o, "select count(*) from opportunity where ws = $1 and closed_by is not null");
	int64_t converted = office_count(
		o, "select count(*) from lead where ws = $1 and converted_by is not null");
	struct ctx cx = office_ctx(o);
	bool due;

	assert_true(closed > 3 && converted > 3);
	assert_true(run_all(&cx, older_end));
	assert_true(schema_apply(&cx, entities));
	assert_true(count_anew_is_due(&cx, &due) && due);
	assert_true(count_anew_finish(&cx));
	assert_int_equal(office_count(o, "select count(*) from opportunity where ws = $1"
					 " and closed_by = closed_once"),
		closed);
	assert_int_equal(office_count(o, "select count(*) from lead where ws = $1"
					 " and converted_by = converted_once"),
		converted);
	db_rest(cx.db);
}

/* "create index if not exists" would pass over the second of a name. */
static void no_two_indexes_share_a_name(void **state)
{
	static const char begin[] = "create index if not exists ";
	struct office *o = *state;
	struct ctx cx = office_ctx(o);
	struct buf sql;
	size_t n = 0;

	buf_init(&sql, cx.mem);
	schema_write(&sql, entities, false);
	for (const char *at = sql.s; (at = strstr(at, begin)) != NULL; n++) {
		size_t length = strlen(begin) + strcspn(at + strlen(begin), " ") + 1;
		char *first = arena_dup(cx.mem, at);

		first[length] = '\0';
		if (strstr(at + length, first))
			fail_msg("twice: %s", first);
		at += length;
	}
	assert_true(n > 100);
	db_rest(cx.db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			keys_kept_as_texts_become_numbers, open_demo, close_demo),
		cmocka_unit_test_setup_teardown(
			a_failure_anywhere_leaves_the_older_store, open_demo, close_demo),
		cmocka_unit_test_setup_teardown(
			checks_of_an_older_store_become_todays, open_demo, close_demo),
		cmocka_unit_test_setup_teardown(
			a_table_others_link_to_is_made_anew, open_demo, close_demo),
		cmocka_unit_test_setup_teardown(
			a_failure_anywhere_leaves_the_older_checks, open_demo, close_demo),
		cmocka_unit_test_setup_teardown(
			operations_of_before_become_work, open_demo, close_demo),
		cmocka_unit_test_setup_teardown(
			who_brought_it_to_its_end_is_told_of_before_too, open_demo, close_demo),
		cmocka_unit_test_setup_teardown(no_two_indexes_share_a_name, open_demo, close_demo),
	};

	return cmocka_run_group_tests_name("record/older_store", tests, NULL, NULL);
}
