/* Leads: their statuses, next actions and endings. */
#include "steps.h"

#include "crm/agenda.h"
#include "crm/lead.h"
#include "crm/lead_status.h"

static struct record *mario(struct desk *d)
{
	return make(d, &lead_entity, "first_name", "Mario", "last_name", "Rossi", "company_name",
		"Rossi srl", "email", "m.rossi@rossi.it", NULL);
}

static struct plan call_in(struct desk *d, int n)
{
	return (struct plan){ .at = d->cx.now + days(n), .kind = "call", .note = "ask for Anna" };
}

/* S5.24 S4.6 C5 */
static void a_new_lead_is_open_and_to_do_at_once(void **state)
{
	struct desk *d = *state;
	struct record *lead = mario(d);

	assert_int_equal(record_int(lead, "status_id"), status_named(d, "Open"));
	assert_string_equal(record_text(lead, "status_type"), "open");
	assert_string_equal(record_text(lead, "agenda"), "todo");
	assert_true(record_has(lead, "next_action_at"));
	assert_true(record_has(lead, "owner_id"));
	assert_string_equal(record_title(&d->cx, lead), "Mario Rossi");
	assert_string_equal(record_subtitle(&d->cx, lead), "Rossi srl");
}

/* S1.6 S2.4 S3.5 */
static void a_lead_needs_something_to_be_known_by(void **state)
{
	struct desk *d = *state;
	struct record *lead;

	was_invalid(d, try_make(d, &lead, &lead_entity, "city", "Torino", NULL), "last_name");
	was_invalid(d, try_make(d, &lead, &lead_entity, "city", "Torino", NULL), "company_name");
	went_well(d, try_make(d, &lead, &lead_entity, "phone", "02 1234567", NULL));
	assert_string_equal(record_title(&d->cx, lead), "02 1234567");
}

/* S1.9 C21 */
static void money_without_a_currency_is_the_firms(void **state)
{
	struct desk *d = *state;
	struct record *lead = make(d, &lead_entity, "company_name", "A", "turnover", "100",
		"budget", "5", "budget_currency", "USD", NULL);

	assert_string_equal(record_text(lead, "turnover_currency"), "EUR");
	assert_string_equal(record_text(lead, "budget_currency"), "USD");
}

/* S4.4-S4.11 S4.20-S4.25 C1 C2 */
static void there_are_seven_statuses_over_five_types(void **state)
{
	static const struct {
		const char *name, *type;
	} defaults[] = {
		{ "Open", "open" },
		{ "Attempting contact", "open" },
		{ "Working", "open" },
		{ "Qualified", "qualified" },
		{ "Not engaged", "frozen" },
		{ "Junk", "not_interested" },
		{ "Ignored", "abandoned" },
	};
	const struct field *type =
		entity_field(&lead_status_entity, (size_t)entity_find(&lead_status_entity, "type"));
	struct desk *d = *state;
	struct record **all;
	size_t n, types = 0;

	went_well(d, record_all(&d->cx, &lead_status_entity, &all, &n));
	assert_int_equal(n, COUNT(defaults));
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(lead_status_name(&d->cx, all[i]), defaults[i].name);
		assert_string_equal(record_text(all[i], "type"), defaults[i].type);
	}
	while (type->choices[types].value)
		types++;
	assert_int_equal(types, 5);
	breaks_a_rule(d, "update lead_status set type = 'hot' where ws = $1");
}

/* S4.4 S4.5 S4.11 C5 */
static void moving_is_among_open_frozen_and_abandoned(void **state)
{
	struct desk *d = *state;
	struct record *lead = mario(d);
	int64_t id = lead->id;

	went_well(d, lead_move(&d->cx, id, status_named(d, "Working"), &lead));
	assert_string_equal(record_text(lead, "agenda"), "todo");
	went_well(d, lead_move(&d->cx, id, status_named(d, "Not engaged"), &lead));
	assert_false(record_has(lead, "next_action_at"));
	assert_string_equal(record_text(lead, "temperature"), "cold");
	went_well(d, lead_move(&d->cx, id, status_named(d, "Attempting contact"), &lead));
	assert_string_equal(record_text(lead, "agenda"), "todo");
	went_well(d, lead_move(&d->cx, id, status_named(d, "Ignored"), &lead));
	assert_false(record_has(lead, "agenda"));
	was_refused(d, lead_move(&d->cx, id, status_named(d, "Qualified"), &lead), PROBLEM_CONFLICT,
		"lead.conclude_instead");
	was_invalid(d, lead_move(&d->cx, id, 12345, &lead), "status_id");
	was_refused(d, lead_move(&d->cx, 12345, status_named(d, "Working"), &lead),
		PROBLEM_NOT_FOUND, "problem.not_found");
}

/* S4.17 */
static void an_inactive_status_cannot_be_chosen(void **state)
{
	struct desk *d = *state;
	struct record *lead = mario(d), *status;

	went_well(d, lead_status_load(&d->cx, status_named(d, "Working"), &status));
	went_well(d, edit(d, status, "active", v_int(0)));
	was_refused(d, lead_move(&d->cx, lead->id, status->id, &lead), PROBLEM_CONFLICT,
		"lead_status.inactive");
}

/* S5.20-S5.23 S5.25 */
static void a_planned_action_waits_and_comes_back_by_the_clock(void **state)
{
	struct desk *d = *state;
	struct record *lead = mario(d);
	struct plan plan = call_in(d, 3);

	went_well(d, lead_next_action(&d->cx, lead->id, &plan, &lead));
	assert_string_equal(record_text(lead, "agenda"), "standby");
	assert_string_equal(record_text(lead, "next_action_kind"), "call");
	d->cx.now += days(3);
	lead = reload(d, lead);
	assert_string_equal(record_text(lead, "agenda"), "todo");
}

static void what_is_planned_must_make_sense(void **state)
{
	struct desk *d = *state;
	struct record *lead = mario(d);
	struct plan plan = call_in(d, 3);

	plan.kind = "sing";
	was_invalid(d, lead_next_action(&d->cx, lead->id, &plan, &lead), "kind");
	plan = call_in(d, 365 * 200);
	was_invalid(d, lead_next_action(&d->cx, lead->id, &plan, &lead), "at");
	plan = call_in(d, 1);
	plan.done_kind = "dance";
	plan.done_body = "";
	was_invalid(d, lead_next_action(&d->cx, lead->id, &plan, &lead), "done");
	went_well(d, lead_move(&d->cx, lead->id, status_named(d, "Not engaged"), &lead));
	plan.done_kind = NULL;
	was_refused(d, lead_next_action(&d->cx, lead->id, &plan, &lead), PROBLEM_CONFLICT,
		"lead.not_open");
}

/* S2.41 S5.23: done and planned in one go, undone in one go */
static void what_was_done_is_noted_with_the_plan(void **state)
{
	struct desk *d = *state;
	struct record *lead = mario(d);
	struct plan plan = call_in(d, 1);

	plan.done_kind = "call";
	plan.done_body = "No answer";
	went_well(d, lead_next_action(&d->cx, lead->id, &plan, &lead));
	assert_int_equal(
		office_count(d->o,
			"select count(*) from activity where ws = $1"
			" and kind = 'call' and body = 'No answer' and done_at is not null"),
		1);
	undo_last(d);
	assert_int_equal(office_count(d->o, "select count(*) from activity where ws = $1"
					    " and removed_at is null"),
		0);
	assert_string_equal(record_text(reload(d, lead), "agenda"), "todo");
}

/* S4.28-S4.29 S4.10 C1 C2 */
static void concluding_takes_green_and_red_only(void **state)
{
	struct desk *d = *state;
	struct record *lead = mario(d);

	was_refused(d, lead_conclude(&d->cx, lead->id, status_named(d, "Working"), "", &lead),
		PROBLEM_CONFLICT, "lead.no_conclusion");
	was_refused(d, lead_conclude(&d->cx, lead->id, status_named(d, "Ignored"), "", &lead),
		PROBLEM_CONFLICT, "lead.no_conclusion");
	went_well(d, lead_conclude(&d->cx, lead->id, status_named(d, "Junk"), "Too small", &lead));
	assert_string_equal(record_text(lead, "conclusion_reason"), "Too small");
	assert_false(record_has(lead, "next_action_at"));
	was_refused(d, lead_move(&d->cx, lead->id, status_named(d, "Working"), &lead),
		PROBLEM_CONFLICT, "lead.reopen_first");
}

/* S1.12 S3.16 */
static void a_concluded_lead_comes_back_to_work(void **state)
{
	struct desk *d = *state;
	struct record *lead = mario(d);

	was_refused(d, lead_reopen(&d->cx, lead->id, 0, &lead), PROBLEM_CONFLICT, "lead.is_open");
	went_well(d, lead_conclude(&d->cx, lead->id, status_named(d, "Junk"), "Too small", &lead));
	was_refused(d, lead_reopen(&d->cx, lead->id, status_named(d, "Not engaged"), &lead),
		PROBLEM_CONFLICT, "lead.no_way_back");
	went_well(d, lead_reopen(&d->cx, lead->id, 0, &lead));
	assert_int_equal(record_int(lead, "status_id"), status_named(d, "Open"));
	assert_string_equal(record_text(lead, "agenda"), "todo");
	assert_false(record_has(lead, "conclusion_reason"));
}

/* C5: the store itself refuses, on both engines */
static void no_open_lead_can_be_without_next_action(void **state)
{
	struct desk *d = *state;

	mario(d);
	breaks_a_rule(d, "update lead set next_action_at = null where ws = $1");
	/* the type is that of the status, by a foreign key */
	breaks_a_rule(
		d, "update lead set status_type = 'frozen', next_action_at = null where ws = $1");
}

/* S4.27 C24 */
static void the_bar_tells_the_days_in_each_status(void **state)
{
	struct desk *d = *state;
	struct record *lead = mario(d);
	struct json_out *j = answer(d);
	json_t *bar;

	d->cx.now += days(2);
	went_well(d, lead_move(&d->cx, lead->id, status_named(d, "Working"), &lead));
	d->cx.now += days(3);
	went_well(d, edit(d, lead, "city", v_text("Como")));
	went_well(d, lead_move(&d->cx, lead->id, status_named(d, "Working"), &lead));
	d->cx.now += days(1);
	bar = told(d, lead_progress_write(&d->cx, j, lead->id), j);
	assert_string_equal(text(bar, "items.0.state"), "done");
	assert_int_equal(number(bar, "items.0.days"), 2);
	assert_string_equal(text(bar, "items.1.state"), "skipped");
	assert_string_equal(text(bar, "items.2.state"), "current");
	assert_int_equal(number(bar, "items.2.days"), 4);
	assert_string_equal(text(bar, "items.3.state"), "ahead");
}

/* C14 S3.10 S3.11 */
static void a_request_to_buy_makes_a_lead_hot(void **state)
{
	struct desk *d = *state;
	struct record *lead = mario(d);

	assert_string_equal(record_text(lead, "temperature"), "warm");
	went_well(d, lead_purchase_request(&d->cx, lead->id, "Two of them", &lead));
	assert_string_equal(record_text(lead, "temperature"), "hot");
	undo_last(d);
	assert_string_equal(record_text(reload(d, lead), "temperature"), "warm");
}

/* S1.33 S5.13 S5.33 */
static void a_pasted_card_is_taken_apart(void **state)
{
	struct desk *d = *state;
	struct json_out *j = answer(d);
	struct record *lead = mario(d);
	json_t *card;

	card = told(d,
		lead_card_write(&d->cx, j,
			"Mario Rossi, Rossi Impianti srl, titolare, 02 1234567, m.rossi@rossi.it"),
		j);
	assert_string_equal(text(card, "fields.last_name"), "Rossi");
	assert_string_equal(text(card, "fields.company_name"), "Rossi Impianti srl");
	assert_string_equal(text(card, "fields.email"), "m.rossi@rossi.it");
	assert_int_equal(number(card, "duplicates.0.id"), lead->id);
	assert_string_equal(text(card, "duplicates.0.why.0"), "email");
}

/* Issue 10 */
static void every_verb_can_be_undone(void **state)
{
	struct desk *d = *state;
	struct record *lead = mario(d);
	struct plan plan = call_in(d, 2);

	went_well(d, lead_next_action(&d->cx, lead->id, &plan, &lead));
	undo_last(d);
	went_well(d, lead_move(&d->cx, lead->id, status_named(d, "Not engaged"), &lead));
	undo_last(d);
	went_well(d, lead_conclude(&d->cx, lead->id, status_named(d, "Junk"), "x", &lead));
	undo_last(d);
	lead = reload(d, lead);
	assert_int_equal(record_int(lead, "status_id"), status_named(d, "Open"));
	assert_string_equal(record_text(lead, "agenda"), "todo");
	assert_false(record_has(lead, "conclusion_reason"));
}

struct case_of {
	struct desk *d;
	int64_t id, status;
	struct plan plan;
};

static bool moves(struct ctx *cx, void *arg)
{
	struct case_of *c = arg;
	struct record *lead;

	return lead_move(cx, c->id, c->status, &lead);
}

static bool plans(struct ctx *cx, void *arg)
{
	struct case_of *c = arg;
	struct record *lead;

	return lead_next_action(cx, c->id, &c->plan, &lead);
}

static bool concludes(struct ctx *cx, void *arg)
{
	struct case_of *c = arg;
	struct record *lead;

	return lead_conclude(cx, c->id, c->status, "why", &lead);
}

static bool reopens(struct ctx *cx, void *arg)
{
	struct case_of *c = arg;
	struct record *lead;

	return lead_reopen(cx, c->id, 0, &lead);
}

static void a_failure_anywhere_leaves_nothing(void **state)
{
	struct desk *d = *state;
	struct case_of c = { d, mario(d)->id, status_named(d, "Not engaged"), call_in(d, 1) };

	c.plan.done_kind = "call";
	c.plan.done_body = "x";
	fails_anywhere(d, plans, &c);
	fails_anywhere(d, moves, &c);
	c.status = status_named(d, "Junk");
	fails_anywhere(d, concludes, &c);
	fails_anywhere(d, reopens, &c);
}

/* S1.23: who may not see it cannot do anything with it */
static void others_leads_are_not_there_for_a_salesperson(void **state)
{
	struct desk *d = *state;
	struct record *lead = mario(d);
	struct desk sara = { .o = d->o };

	office_user(d->o, "sara@prova.it", "sales", 0);
	sara.cx = office_ctx_of(d->o, "sara@prova.it");
	was_refused(&sara, lead_move(&sara.cx, lead->id, status_named(d, "Working"), &lead),
		PROBLEM_NOT_FOUND, "problem.not_found");
	lead = make(&sara, &lead_entity, "last_name", "Bianchi", NULL);
	assert_int_equal(record_int(lead, "owner_id"), sara.cx.who->id);
	went_well(&sara, lead_move(&sara.cx, lead->id, status_named(d, "Working"), &lead));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(a_new_lead_is_open_and_to_do_at_once),
		AT_DESK(a_lead_needs_something_to_be_known_by),
		AT_DESK(money_without_a_currency_is_the_firms),
		AT_DESK(there_are_seven_statuses_over_five_types),
		AT_DESK(moving_is_among_open_frozen_and_abandoned),
		AT_DESK(an_inactive_status_cannot_be_chosen),
		AT_DESK(a_planned_action_waits_and_comes_back_by_the_clock),
		AT_DESK(what_is_planned_must_make_sense),
		AT_DESK(what_was_done_is_noted_with_the_plan),
		AT_DESK(concluding_takes_green_and_red_only),
		AT_DESK(a_concluded_lead_comes_back_to_work),
		AT_DESK(no_open_lead_can_be_without_next_action),
		AT_DESK(the_bar_tells_the_days_in_each_status),
		AT_DESK(a_request_to_buy_makes_a_lead_hot),
		AT_DESK(a_pasted_card_is_taken_apart),
		AT_DESK(every_verb_can_be_undone),
		AT_DESK(a_failure_anywhere_leaves_nothing),
		AT_DESK(others_leads_are_not_there_for_a_salesperson),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
