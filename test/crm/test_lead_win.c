/* A lead won or lost in one step: all of it or nothing. */
#include "steps.h"

#include "crm/lead.h"
#include "crm/lead_win.h"

static const struct win yearly = { .closed_on = "",
	.customer_code = "",
	.renewal_months = &(const struct val){ VAL_INT, 12, NULL } };

static struct record *ada(struct desk *d)
{
	return make(d, &lead_entity, "first_name", "Ada", "last_name", "Bianchi", "company_name",
		"Officine Bianchi srl", "need", "Una pressa", "budget", "1250000", NULL);
}

static bool win_it(struct ctx *cx, void *lead)
{
	struct lead_win_outcome made;

	return lead_win(cx, ((struct record *)lead)->id, &yearly, &made);
}

static bool lose_it(struct ctx *cx, void *lead)
{
	struct record *lost;

	return lead_lose(cx, ((struct record *)lead)->id, "Prezzo", &lost);
}

/* C9: conversion and win are one operation */
static void a_win_is_undone_as_one(void **state)
{
	struct desk *d = *state;
	struct lead_win_outcome made;
	struct record *lead = ada(d);

	d->cx.now += 1000;
	went_well(d, lead_win(&d->cx, lead->id, &yearly, &made));
	assert_int_equal(record_int(made.won.opportunity, "amount"), 1250000);
	assert_int_equal(made.won.company->id, made.made.company->id);
	undo_last(d);
	assert_string_equal(record_text(reload(d, lead), "status_type"), "open");
	assert_true(record_has(reload(d, made.won.company), "removed_at"));
	assert_true(record_has(reload(d, made.won.opportunity), "removed_at"));
	assert_true(record_has(reload(d, made.won.renewal), "removed_at"));
	went_well(d, win_it(&d->cx, lead));
}

/* C9 */
static void a_loss_wants_a_status_to_stand_in(void **state)
{
	struct desk *d = *state;
	struct record *lead = ada(d), *status;

	for (;;) {
		went_well(d, record_find(&d->cx, &lead_status_entity, "type",
				     v_text("not_interested"), &status));
		if (!record_int(status, "active"))
			break;
		went_well(d, edit(d, status, "active", v_int(0)));
	}
	was_refused(d, lose_it(&d->cx, lead), PROBLEM_CONFLICT, "lead.no_loss");
	assert_string_equal(record_text(reload(d, lead), "status_type"), "open");
}

static void a_failure_anywhere_leaves_nothing(void **state)
{
	struct desk *d = *state;

	fails_anywhere(d, win_it, ada(d));
	fails_anywhere(d, lose_it, ada(d));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(a_win_is_undone_as_one),
		AT_DESK(a_loss_wants_a_status_to_stand_in),
		AT_DESK(a_failure_anywhere_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
