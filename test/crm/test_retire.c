/* A status or stage goes; large operations in slices: whole, or taken back. */
#include "steps.h"

#include "crm/lead.h"
#include "crm/lead_status.h"
#include "crm/retire.h"
#include "record/slices.h"

enum { MANY = 250 };

static int64_t in_status(struct desk *d, int64_t status_id)
{
	int64_t n = -1;

	went_well(d,
		db_int(&d->cx, &n, 0, "select count(*) from lead where ws = $1 and status_id = $2",
			ARGS(v_int(d->cx.ws), v_int(status_id))));
	return n;
}

static void bring_many(struct desk *d)
{
	for (int i = 0; i < MANY; i++)
		make(d, &lead_entity, "last_name", textf(&d->cx, "Rossi %d", i), NULL);
}

/* S4.12 */
static void all_leads_move_before_their_status_goes(void **state)
{
	struct desk *d = *state;
	struct retirement r = { .of = &lead_status_entity,
		.id = status_named(d, "Open"),
		.to = status_named(d, "Working") };

	bring_many(d);
	d->cx.now += 1000;
	went_well(d, step_retire(&d->cx, &r));
	assert_int_equal(r.moved, MANY);
	assert_true(record_has(r.step, "removed_at"));
	assert_int_equal(in_status(d, r.id), 0);
	assert_int_equal(in_status(d, r.to), MANY);
	undo_last(d);
	assert_int_equal(in_status(d, r.id), MANY);
}

struct counting {
	int left, done;
};

static bool make_some(struct ctx *cx, void *arg, bool *more)
{
	struct counting *c = arg;

	for (int i = 0; i < 3; i++) {
		struct record *lead = record_new(cx, &lead_entity);

		record_set_text(lead, "last_name", "Bianchi");
		if (!record_store(cx, lead))
			return false;
	}
	c->done++;
	*more = c->done < 4;
	return --c->left >= 0 || refuse(cx, PROBLEM_CONFLICT, "lead.converted");
}

static int64_t there(struct desk *d)
{
	return office_count(d->o, "select count(*) from lead where ws = $1 and removed_at is null");
}

static void a_part_that_fails_takes_all_back(void **state)
{
	struct desk *d = *state;
	struct counting c = { .left = 2 };

	was_refused(d, op_in_slices(&d->cx, "record.create", make_some, &c), PROBLEM_CONFLICT,
		"lead.converted");
	assert_int_equal(there(d), 0);
	c = (struct counting){ .left = 9 };
	went_well(d, op_in_slices(&d->cx, "record.create", make_some, &c));
	assert_int_equal(there(d), 12);
	assert_int_equal(op_done(&d->cx)->records, 3);
	undo_last(d);
	assert_int_equal(there(d), 0);
}

/* As a crash between two parts leaves it. */
static void what_was_left_half_done_is_taken_back_at_the_next_start(void **state)
{
	struct desk *d = *state;
	struct counting c = { .left = 9 };
	bool more = true;

	went_well(d, op_begin(&d->cx, "record.create") && make_some(&d->cx, &c, &more));
	d->cx.op->is_running = true;
	went_well(d, op_end(&d->cx, true));
	assert_int_equal(there(d), 3);
	d->cx.done = NULL;
	d->cx.now += 2 * 3600000;
	went_well(d, slices_sweep(&d->cx));
	assert_int_equal(there(d), 0);
	went_well(d, slices_sweep(&d->cx));
	assert_int_equal(
		office_count(d->o, "select count(*) from op where ws = $1 and state = 'running'"),
		0);
}

static bool retires(struct ctx *cx, void *arg)
{
	struct retirement r = *(struct retirement *)arg;

	return step_retire(cx, &r);
}

static void retiring_survives_a_failure_anywhere(void **state)
{
	struct desk *d = *state;
	struct retirement r = { .of = &lead_status_entity,
		.id = status_named(d, "Open"),
		.to = status_named(d, "Working") };

	make(d, &lead_entity, "last_name", "Rossi", NULL);
	make(d, &lead_entity, "last_name", "Verdi", NULL);
	d->cx.now += 1000;
	fails_anywhere(d, retires, &r);
	assert_int_equal(in_status(d, r.to), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(all_leads_move_before_their_status_goes),
		AT_DESK(a_part_that_fails_takes_all_back),
		AT_DESK(what_was_left_half_done_is_taken_back_at_the_next_start),
		AT_DESK(retiring_survives_a_failure_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
