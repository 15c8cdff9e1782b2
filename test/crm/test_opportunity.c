/* Negotiations: stages, winning, losing, and what they make of a company. */
#include "steps.h"

#include <stdio.h>

#include "crm/company.h"
#include "crm/opportunity.h"
#include "crm/series.h"

static const struct win just_won = { .closed_on = "", .customer_code = "" };

static const char *id_of(struct desk *d, const struct record *rec)
{
	return textf(&d->cx, "%lld", (long long)rec->id);
}

static struct record *firm(struct desk *d)
{
	return make(d, &company_entity, "name", "Rossi srl", NULL);
}

static struct record *deal_with(struct desk *d, const struct record *company)
{
	return make(d, &opportunity_entity, "name", "Pressa", "amount", "500000", "company_id",
		id_of(d, company), NULL);
}

static struct win_outcome win(struct desk *d, const struct record *deal, const char *code)
{
	struct win how = { .closed_on = "", .customer_code = code };
	struct win_outcome made;

	d->cx.now += 1000;
	went_well(d, opportunity_win(&d->cx, deal->id, &how, &made));
	return made;
}

static bool moved(struct desk *d, struct record **deal, int64_t stage_id)
{
	return opportunity_move(
		&d->cx, (*deal)->id, &(struct stage_move){ .stage_id = stage_id }, deal);
}

/* S2.51 S3.18 C9 */
static void a_new_one_stands_in_the_first_stage_to_do(void **state)
{
	struct desk *d = *state;
	struct record *deal = deal_with(d, firm(d));

	assert_int_equal(record_int(deal, "stage_id"), stage_named(d, "Analysis"));
	assert_int_equal(record_int(deal, "probability"), 10);
	assert_string_equal(record_text(deal, "currency"), "EUR");
	assert_string_equal(record_text(deal, "state"), "open");
	assert_string_equal(record_text(deal, "agenda"), "todo");
}

/* S5.27 S5.28 */
static void moving_takes_the_probability_of_the_stage(void **state)
{
	struct desk *d = *state;
	struct record *deal = deal_with(d, firm(d));

	went_well(d, moved(d, &deal, stage_named(d, "Proposal")));
	assert_int_equal(record_int(deal, "probability"), 40);
	went_well(d, edit(d, deal, "probability", v_int(55)));
	went_well(d, moved(d, &deal, stage_named(d, "Signature")));
	assert_int_equal(record_int(deal, "probability"), 55);
	was_invalid(d, moved(d, &deal, 4711), "stage_id");
}

/* S5.20 S5.21 C9 */
static void it_has_one_next_action_like_a_lead(void **state)
{
	struct desk *d = *state;
	struct record *deal = deal_with(d, firm(d));
	struct plan plan = { .at = d->cx.now + days(2),
		.kind = "quote",
		.note = "",
		.done_kind = "meeting",
		.done_body = "Seen the plant" };

	went_well(d, opportunity_next_action(&d->cx, deal->id, &plan, &deal));
	assert_string_equal(record_text(deal, "agenda"), "standby");
	assert_int_equal(
		office_count(d->o,
			"select count(*) from activity where ws = $1"
			" and kind = 'meeting' and opportunity_id is not null and company_id is not null"),
		1);
	breaks_a_rule(d, "update opportunity set next_action_at = null where ws = $1");
}

/* S1.20-S1.22 S1.28 C11 */
static void the_first_win_makes_a_customer_with_a_code(void **state)
{
	struct desk *d = *state;
	struct win_outcome made = win(d, deal_with(d, firm(d)), "");

	assert_true(made.became_customer);
	assert_string_equal(record_text(made.opportunity, "state"), "won");
	assert_false(record_has(made.opportunity, "next_action_at"));
	assert_string_equal(record_text(made.company, "type"), "customer");
	assert_string_equal(record_text(made.company, "customer_code"), "C00001");
	assert_true(record_has(made.company, "became_customer_at"));
}

/* S1.29 */
static void later_wins_find_the_same_customer(void **state)
{
	struct desk *d = *state;
	struct record *company = firm(d);
	struct win_outcome made;

	win(d, deal_with(d, company), "");
	made = win(d, deal_with(d, company), "");
	assert_false(made.became_customer);
	assert_string_equal(record_text(made.company, "customer_code"), "C00001");
	made = win(d, deal_with(d, make(d, &company_entity, "name", "Altra", NULL)), "");
	assert_string_equal(record_text(made.company, "customer_code"), "C00002");
}

/* C11 S1.21 */
static void a_code_of_the_erp_can_be_given(void **state)
{
	struct desk *d = *state;
	struct record *other = make(d, &company_entity, "name", "Altra", NULL);
	struct win how = { .closed_on = "", .customer_code = "ERP-7" };
	struct win_outcome made = win(d, deal_with(d, firm(d)), "ERP-7");
	struct record *deal = deal_with(d, other);

	assert_string_equal(record_text(made.company, "customer_code"), "ERP-7");
	assert_false(opportunity_win(&d->cx, deal->id, &how, &made));
	assert_int_equal(d->cx.problem.kind, PROBLEM_CONFLICT);
	assert_string_equal(d->cx.problem.fields->field, "customer_code");
	ctx_clear(&d->cx);
	assert_string_equal(record_text(reload(d, other), "type"), "potential");
}

/* C11: the series steps over what somebody gave by hand */
static void a_number_taken_by_hand_is_passed_over(void **state)
{
	struct desk *d = *state;
	struct win_outcome made;

	make(d, &company_entity, "name", "Vecchia", "customer_code", "C00001", NULL);
	made = win(d, deal_with(d, firm(d)), "");
	assert_string_equal(record_text(made.company, "customer_code"), "C00002");
}

/* S1.22 C11: on both engines */
static void a_potential_company_has_no_code(void **state)
{
	struct desk *d = *state;
	struct record *company = firm(d);

	was_invalid(d, edit(d, company, "customer_code", v_text("X1")), "customer_code");
	breaks_a_rule(d, "update company set customer_code = 'X1' where ws = $1");
	company = make(d, &company_entity, "name", "Vecchia", "customer_code", "E9", NULL);
	assert_string_equal(record_text(company, "type"), "customer");
}

/* S2.44 S5.30 */
static void a_persons_deal_can_be_won_without_a_company(void **state)
{
	struct desk *d = *state;
	struct record *person = make(d, &contact_entity, "last_name", "Verdi", NULL);
	struct record *deal =
		make(d, &opportunity_entity, "name", "Porta", "contact_id", id_of(d, person), NULL);
	struct win how = { .closed_on = "", .customer_code = "C7" };
	struct win_outcome made;

	was_invalid(d, opportunity_win(&d->cx, deal->id, &how, &made), "customer_code");
	made = win(d, deal, "");
	assert_null(made.company);
	assert_false(made.became_customer);
}

static void the_amount_and_the_day_can_be_said(void **state)
{
	struct desk *d = *state;
	struct record *deal = deal_with(d, firm(d));
	struct val amount = v_int(777);
	struct win how = { .amount = &amount, .closed_on = "2026-02-30", .customer_code = "" };
	struct win_outcome made;

	was_invalid(d, opportunity_win(&d->cx, deal->id, &how, &made), "closed_on");
	how.closed_on = "2030-01-01";
	was_invalid(d, opportunity_win(&d->cx, deal->id, &how, &made), "closed_on");
	how.closed_on = "2025-12-24";
	went_well(d, opportunity_win(&d->cx, deal->id, &how, &made));
	assert_int_equal(record_int(made.opportunity, "amount"), 777);
	assert_true(record_int(made.opportunity, "closed_at") == INT64_C(1766574000000));
}

/* S5.25 S1.31 */
static void losing_needs_a_reason(void **state)
{
	struct desk *d = *state;
	struct record *deal = deal_with(d, firm(d));
	struct win_outcome made;

	was_invalid(d, opportunity_lose(&d->cx, deal->id, " \n", &deal), "reason");
	went_well(d, opportunity_lose(&d->cx, deal->id, "Price", &deal));
	assert_string_equal(record_text(deal, "state"), "lost");
	was_refused(d, opportunity_lose(&d->cx, deal->id, "Again", &deal), PROBLEM_CONFLICT,
		"opportunity.not_open");
	went_well(d, opportunity_reopen(&d->cx, deal->id, &made));
	assert_string_equal(record_text(made.opportunity, "agenda"), "todo");
	assert_false(record_has(made.opportunity, "lost_reason"));
	assert_false(made.propose_potential);
}

/* C12 */
static void reopening_the_only_win_proposes_and_does_not_force(void **state)
{
	struct desk *d = *state;
	struct record *company = firm(d), *deal = deal_with(d, company);
	struct win_outcome made;

	win(d, deal, "");
	was_refused(d, company_potential(&d->cx, company->id, &company), PROBLEM_CONFLICT,
		"company.has_won");
	went_well(d, opportunity_reopen(&d->cx, deal->id, &made));
	assert_true(made.propose_potential);
	assert_string_equal(record_text(made.company, "type"), "customer");
	went_well(d, company_potential(&d->cx, company->id, &company));
	assert_string_equal(record_text(company, "type"), "potential");
	assert_false(record_has(company, "customer_code"));
	was_refused(d, company_potential(&d->cx, company->id, &company), PROBLEM_CONFLICT,
		"company.is_potential");
}

/* C11: a code of the ERP is not thrown away */
static void a_given_code_comes_back_with_the_next_win(void **state)
{
	struct desk *d = *state;
	struct record *company = firm(d), *deal = deal_with(d, company);
	struct win_outcome made;

	win(d, deal, "ERP-7");
	went_well(d, opportunity_reopen(&d->cx, deal->id, &made));
	went_well(d, company_potential(&d->cx, company->id, &company));
	made = win(d, deal, "");
	assert_string_equal(record_text(made.company, "customer_code"), "ERP-7");
}

/* C11 C12 */
static void undoing_the_win_undoes_the_customer(void **state)
{
	struct desk *d = *state;
	struct win_outcome made = win(d, deal_with(d, firm(d)), "");

	undo_last(d);
	assert_string_equal(record_text(reload(d, made.opportunity), "state"), "open");
	assert_string_equal(record_text(reload(d, made.company), "type"), "potential");
	assert_false(record_has(reload(d, made.company), "customer_code"));
}

/* C12: unless it has won another since, or somebody gave the code */
static void undoing_one_of_two_wins_leaves_a_customer(void **state)
{
	struct desk *d = *state;
	struct record *company = firm(d), *first = deal_with(d, company);
	int64_t op;

	win(d, first, "");
	op = op_done(&d->cx)->id;
	win(d, deal_with(d, company), "");
	d->cx.now += 1000;
	went_well(d, op_undo(&d->cx, op, false));
	assert_string_equal(record_text(reload(d, first), "state"), "open");
	company = reload(d, company);
	assert_string_equal(record_text(company, "type"), "customer");
	assert_string_equal(record_text(company, "customer_code"), "C00001");
}

static void undoing_a_win_keeps_a_code_that_was_given(void **state)
{
	struct desk *d = *state;
	struct win_outcome made = win(d, deal_with(d, firm(d)), "ERP-7");

	undo_last(d);
	assert_string_equal(record_text(reload(d, made.opportunity), "state"), "open");
	assert_string_equal(record_text(reload(d, made.company), "customer_code"), "ERP-7");
}

static void numbers_follow_their_pattern(void **state)
{
	struct desk *d = *state;
	const char *text;
	struct record *bad;

	make(d, &series_entity, "name", "quote", "pattern", "Q{year}-{n:4}", "next", "12", NULL);
	went_well(d, op_begin(&d->cx, "test") && series_next(&d->cx, "quote", &text));
	assert_string_equal(text, "Q2026-0012");
	went_well(d, series_next(&d->cx, "quote", &text));
	assert_string_equal(text, "Q2026-0013");
	d->cx.now += days(365);
	went_well(d, series_next(&d->cx, "quote", &text));
	assert_string_equal(text, "Q2027-0001");
	went_well(d, op_end(&d->cx, true));
	was_refused(d, series_next(&d->cx, "none", &text), PROBLEM_CONFLICT, "series.missing");
	was_invalid(d, try_make(d, &bad, &series_entity, "name", "x", "pattern", "X{m}", NULL),
		"pattern");
	assert_true(series_pattern_is_good("C{n}"));
	assert_false(series_pattern_is_good("C{n}{n}"));
	assert_false(series_pattern_is_good("C{n:x}"));
	assert_false(series_pattern_is_good("C{"));
	assert_false(series_pattern_is_good("C"));
}

static bool moves(struct ctx *cx, void *arg)
{
	int64_t *ids = arg;
	struct record *deal;

	return opportunity_move(cx, ids[0], &(struct stage_move){ .stage_id = ids[1] }, &deal);
}

static bool plans(struct ctx *cx, void *arg)
{
	struct plan plan = { .at = cx->now + days(2),
		.kind = "quote",
		.note = "",
		.done_kind = "call",
		.done_body = "x" };
	struct record *deal;

	return opportunity_next_action(cx, *(int64_t *)arg, &plan, &deal);
}

static bool wins(struct ctx *cx, void *arg)
{
	struct win_outcome made;

	return opportunity_win(cx, *(int64_t *)arg, &just_won, &made);
}

static bool loses(struct ctx *cx, void *arg)
{
	struct record *deal;

	return opportunity_lose(cx, *(int64_t *)arg, "Price", &deal);
}

static bool reopens(struct ctx *cx, void *arg)
{
	struct win_outcome made;

	return opportunity_reopen(cx, *(int64_t *)arg, &made);
}

static bool goes_back(struct ctx *cx, void *arg)
{
	struct record *company;

	return company_potential(cx, ((int64_t *)arg)[2], &company);
}

static void a_failure_anywhere_leaves_nothing(void **state)
{
	struct desk *d = *state;
	struct record *company = firm(d);
	int64_t ids[] = { deal_with(d, company)->id, stage_named(d, "Proposal"), company->id };

	fails_anywhere(d, moves, ids);
	fails_anywhere(d, plans, ids);
	fails_anywhere(d, wins, ids);
	assert_string_equal(record_text(reload(d, company), "customer_code"), "C00001");
	fails_anywhere(d, reopens, ids);
	fails_anywhere(d, goes_back, ids);
	fails_anywhere(d, loses, ids);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(a_new_one_stands_in_the_first_stage_to_do),
		AT_DESK(moving_takes_the_probability_of_the_stage),
		AT_DESK(it_has_one_next_action_like_a_lead),
		AT_DESK(the_first_win_makes_a_customer_with_a_code),
		AT_DESK(later_wins_find_the_same_customer),
		AT_DESK(a_code_of_the_erp_can_be_given),
		AT_DESK(a_number_taken_by_hand_is_passed_over),
		AT_DESK(a_potential_company_has_no_code),
		AT_DESK(a_persons_deal_can_be_won_without_a_company),
		AT_DESK(the_amount_and_the_day_can_be_said),
		AT_DESK(losing_needs_a_reason),
		AT_DESK(reopening_the_only_win_proposes_and_does_not_force),
		AT_DESK(a_given_code_comes_back_with_the_next_win),
		AT_DESK(undoing_the_win_undoes_the_customer),
		AT_DESK(undoing_one_of_two_wins_leaves_a_customer),
		AT_DESK(undoing_a_win_keeps_a_code_that_was_given),
		AT_DESK(numbers_follow_their_pattern),
		AT_DESK(a_failure_anywhere_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
