/* Leads whose days in a status are over: told, or taken away by the program. */
#include "steps.h"

#include "crm/lead.h"
#include "crm/lead_expiry.h"
#include "record/list.h"

static int64_t expired(struct desk *d, const char *flag)
{
	const struct param ask[] = { { "expired", flag }, { "count", "true" } };
	const struct params params = { ask, COUNT(ask) };
	struct json_out *j = answer(d);

	return number(told(d, list_write(&d->cx, &lead_entity, &params, j), j), "total");
}

static struct record *status(struct desk *d, const char *name_en)
{
	struct record *found;

	went_well(d, record_find(&d->cx, &lead_status_entity, "name_en", v_text(name_en), &found));
	return found;
}

/* Open: after so many days to Ignored. */
static void let_them_move(struct desk *d, const char *from)
{
	struct record *open = status(d, from);

	record_set(open, "expiry_status_id", v_int(status_named(d, "Ignored")));
	went_well(d, edit(d, open, "on_expiry", v_text("move")));
}

/* S4.18, C24: the day before it is not, on the day it is, on a day of 23 hours
 * as on others; editing does not begin anew, entering does. */
static void it_expires_by_calendar_days_since_it_entered(void **state)
{
	struct desk *d = *state;
	struct record *lead;

	d->cx.now = INT64_C(1774396800000); /* Wednesday 2026-03-25, 01:00 in Rome */
	lead = make(d, &lead_entity, "last_name", "Rossi", NULL);
	assert_string_equal(record_text(reload(d, lead), "expires_on"), "2026-04-01");
	d->cx.now = INT64_C(1774994399000); /* 2026-03-31 23:59:59, the hour lost on the 29th */
	assert_int_equal(record_int(reload(d, lead), "expired"), 0);
	assert_int_equal(expired(d, "true"), 0);
	assert_int_equal(expired(d, "false"), 1);
	d->cx.now = INT64_C(1774994400000); /* 2026-04-01 00:00 */
	assert_int_equal(record_int(reload(d, lead), "expired"), 1);
	assert_int_equal(expired(d, "true"), 1);
	assert_int_equal(expired(d, "false"), 0);
	went_well(d, edit(d, reload(d, lead), "city", v_text("Bari")));
	assert_int_equal(expired(d, "true"), 1);
	went_well(d, lead_move(&d->cx, lead->id, status_named(d, "Working"), &lead));
	assert_int_equal(record_int(lead, "expired"), 0);
	assert_string_equal(record_text(lead, "expires_on"), "2026-05-01");
	assert_int_equal(expired(d, "true"), 0);
	went_well(d, lead_move(&d->cx, lead->id, status_named(d, "Open"), &lead));
	assert_string_equal(record_text(lead, "expires_on"), "2026-04-08");
}

/* The ids of a list, page after page: "12 11 10 ". */
static const char *walked(struct desk *d, const char *flag, const char *sort, const char *limit)
{
	const char *cursor = "";
	struct buf ids;

	buf_init(&ids, d->cx.mem);
	do {
		const struct param ask[] = { { "sort", sort }, { "limit", limit },
			{ "cursor", cursor }, { "owner", "all" }, { "expired", flag } };
		const struct params params = { ask, COUNT(ask) - !flag };
		struct json_out *j = answer(d);
		json_t *page = told(d, list_write(&d->cx, &lead_entity, &params, j), j), *lead;
		size_t i;

		json_array_foreach(inside(page, "items"), i, lead)
			buf_addf(&ids, "%lld ", (long long)number(lead, "id"));
		cursor = text(page, "next");
	} while (*cursor);
	return ids.s;
}

/* Ranges of several statuses, read apart, are one list in its own order: what
 * has expired of ten alike is what all ten were, page after page. */
static void expired_ones_come_in_the_order_of_the_list(void **state)
{
	static const char *const sorts[] = { "-id", "id", "-updated_at", "updated_at", "title",
		"-title", "temperature" };
	struct desk *d = *state;
	const char *all[COUNT(sorts)];
	struct record *lead;

	for (int i = 0; i < 10; i++) {
		lead = make(
			d, &lead_entity, "last_name", textf(&d->cx, "Rossi %d", i * 7 % 10), NULL);
		d->cx.now += 1000;
		if (i % 3 == 0)
			went_well(
				d, lead_move(&d->cx, lead->id, status_named(d, "Working"), &lead));
	}
	for (size_t i = 0; i < COUNT(sorts); i++)
		all[i] = walked(d, NULL, sorts[i], "500");
	d->cx.now += days(40);
	for (int i = 0; i < 3; i++)
		make(d, &lead_entity, "last_name", "Nuovo", NULL);
	went_well(d, take_away(d, make(d, &lead_entity, "last_name", "Tolto", NULL)));
	for (size_t i = 0; i < COUNT(sorts); i++) {
		assert_string_equal(walked(d, "true", sorts[i], "3"), all[i]);
		assert_string_equal(walked(d, "true", sorts[i], "500"), all[i]);
	}
	assert_int_equal(expired(d, "true"), 10);
	assert_int_equal(expired(d, "false"), 3);
}

/* S4.19 */
static void zero_days_never_expire(void **state)
{
	struct desk *d = *state;
	struct record *lead = make(d, &lead_entity, "last_name", "Rossi", NULL);

	went_well(d, edit(d, status(d, "Open"), "expiry_days", v_int(0)));
	d->cx.now += days(1000);
	lead = reload(d, lead);
	assert_false(record_has(lead, "expires_on"));
	assert_int_equal(record_int(lead, "expired"), 0);
	assert_int_equal(expired(d, "true"), 0);
	assert_int_equal(expired(d, "false"), 1);
}

/* S4.11, C4: as one operation of nobody's; after days off as well. */
static void the_program_moves_them_and_can_be_taken_back(void **state)
{
	struct desk *d = *state;
	struct record *lead = make(d, &lead_entity, "last_name", "Rossi", NULL);
	int64_t ops;

	for (int i = 0; i < 120; i++)
		make(d, &lead_entity, "last_name", textf(&d->cx, "Bianchi %d", i), NULL);
	let_them_move(d, "Open");
	went_well(d, lead_expire_due(&d->cx));
	assert_int_equal(expired(d, "true"), 0);
	ops = office_count(d->o, "select count(*) from op where ws = $1");
	d->cx.now += days(40);
	assert_int_equal(expired(d, "true"), 121);
	d->cx.done = NULL;
	went_well(d, lead_expire_due(&d->cx));
	assert_int_equal(expired(d, "true"), 0);
	assert_true(record_is(reload(d, lead), "status_type", "abandoned"));
	assert_false(record_has(reload(d, lead), "next_action_at"));
	assert_int_equal(office_count(d->o, "select count(*) from op where ws = $1"), ops + 1);
	assert_int_equal(
		office_count(d->o,
			"select count(*) from op where ws = $1 and kind = 'lead.expire' and state = 'done'"
			" and records = 121 and user_id is null"),
		1);
	went_well(d, lead_expire_due(&d->cx));
	assert_int_equal(office_count(d->o, "select count(*) from op where ws = $1"), ops + 1);
}

/* Somebody's undo holds: the same stay is not ended twice; the next one is. */
static void what_somebody_put_back_stays(void **state)
{
	struct desk *d = *state;
	struct record *lead = make(d, &lead_entity, "last_name", "Rossi", NULL);
	struct who admin = { .id = office_count(d->o, "select min(id) from member where ws = $1"),
		.is_system = true };

	let_them_move(d, "Open");
	d->cx.now += days(8);
	went_well(d, lead_expire_due(&d->cx));
	d->cx.who = &admin;
	undo_last(d);
	d->cx.who = &d->o->system;
	assert_true(record_is(reload(d, lead), "status_type", "open"));
	went_well(d, lead_expire_due(&d->cx));
	assert_true(record_is(reload(d, lead), "status_type", "open"));
	d->cx.now += 1000;
	went_well(d, lead_move(&d->cx, lead->id, status_named(d, "Working"), &lead));
	d->cx.now += 1000;
	went_well(d, lead_move(&d->cx, lead->id, status_named(d, "Open"), &lead));
	d->cx.now += days(8);
	went_well(d, lead_expire_due(&d->cx));
	assert_true(record_is(reload(d, lead), "status_type", "abandoned"));
}

static bool expires(struct ctx *cx, void *arg)
{
	(void)arg;
	return lead_expire_due(cx);
}

static void expiring_survives_a_failure_anywhere(void **state)
{
	struct desk *d = *state;
	struct record *lead = make(d, &lead_entity, "last_name", "Rossi", NULL);

	let_them_move(d, "Open");
	d->cx.now += days(8);
	fails_anywhere(d, expires, NULL);
	assert_true(record_is(reload(d, lead), "status_type", "abandoned"));
}

/* What the program itself took back is due again. */
static void what_a_failure_took_back_is_moved_at_last(void **state)
{
	struct desk *d = *state;
	struct record *lead = make(d, &lead_entity, "last_name", "Rossi", NULL);

	let_them_move(d, "Open");
	d->cx.now += days(8);
	went_well(d, lead_expire_due(&d->cx));
	undo_last(d); /* as the program */
	assert_true(record_is(reload(d, lead), "status_type", "open"));
	went_well(d, lead_expire_due(&d->cx));
	assert_true(record_is(reload(d, lead), "status_type", "abandoned"));
}

static void a_status_moves_to_an_abandoned_one_alone(void **state)
{
	struct desk *d = *state;
	struct record *open = status(d, "Open");

	was_invalid(d, edit(d, open, "on_expiry", v_text("move")), "expiry_status_id");
	record_set(open, "expiry_status_id", v_int(status_named(d, "Junk")));
	was_invalid(d, edit(d, open, "on_expiry", v_text("move")), "expiry_status_id");
	record_set(open, "expiry_status_id", v_int(status_named(d, "Ignored")));
	went_well(d, edit(d, open, "on_expiry", v_text("move")));
	was_refused(d, edit(d, status(d, "Ignored"), "active", v_int(0)), PROBLEM_CONFLICT,
		"lead_status.is_target");
	was_refused(d, edit(d, status(d, "Ignored"), "type", v_text("frozen")), PROBLEM_CONFLICT,
		"lead_status.is_target");
	was_refused(
		d, take_away(d, status(d, "Ignored")), PROBLEM_CONFLICT, "lead_status.is_target");
	open = status(d, "Qualified");
	record_set(open, "expiry_status_id", v_int(status_named(d, "Ignored")));
	was_invalid(d, edit(d, open, "on_expiry", v_text("move")), "on_expiry");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(it_expires_by_calendar_days_since_it_entered),
		AT_DESK(expired_ones_come_in_the_order_of_the_list),
		AT_DESK(zero_days_never_expire),
		AT_DESK(the_program_moves_them_and_can_be_taken_back),
		AT_DESK(what_somebody_put_back_stays),
		AT_DESK(expiring_survives_a_failure_anywhere),
		AT_DESK(what_a_failure_took_back_is_moved_at_last),
		AT_DESK(a_status_moves_to_an_abandoned_one_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
