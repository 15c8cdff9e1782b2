/* Lists of work, the board, the timeline and the figures. */
#include "steps.h"

#include <stdio.h>

#include "crm/agenda.h"
#include "crm/board.h"
#include "crm/conversion.h"
#include "crm/duplicates.h"
#include "crm/kpi.h"
#include "crm/lead.h"
#include "crm/opportunity.h"
#include "crm/timeline.h"

static const char *id_of(struct desk *d, const struct record *rec)
{
	return textf(&d->cx, "%lld", (long long)rec->id);
}

static struct record *lead_of(struct desk *d, const char *name)
{
	return make(d, &lead_entity, "last_name", name, "budget", "10000", NULL);
}

static void wait_until(struct desk *d, struct record *lead, int n)
{
	struct plan plan = { .at = d->cx.now + days(n), .kind = "call", .note = "" };

	went_well(d, lead_next_action(&d->cx, lead->id, &plan, &lead));
}

static json_t *agenda(struct desk *d, const char *list, size_t limit, const char *cursor)
{
	struct agenda_ask ask = { .list = list, .who = "all", .limit = limit, .cursor = cursor };
	struct json_out *j = answer(d);

	return told(d, agenda_write(&d->cx, j, &ask), j);
}

/* S5.21 S5.22 S5.26 C9 */
static void leads_and_opportunities_stand_in_one_list(void **state)
{
	struct desk *d = *state;
	struct record *later = lead_of(d, "Later");
	json_t *list;

	lead_of(d, "First");
	make(d, &opportunity_entity, "name", "Second", NULL);
	lead_of(d, "Third");
	wait_until(d, later, 2);
	list = agenda(d, "todo", 0, "");
	assert_int_equal(number(list, "todo"), 3);
	assert_int_equal(number(list, "standby"), 1);
	assert_string_equal(text(list, "items.0.title"), "First");
	assert_string_equal(text(list, "items.1.entity"), "opportunity");
	assert_string_equal(text(list, "items.2.title"), "Third");
	assert_string_equal(text(agenda(d, "standby", 0, ""), "items.0.title"), "Later");
	d->cx.now += days(3);
	assert_int_equal(number(agenda(d, "todo", 0, ""), "todo"), 4);
}

static void pages_of_the_agenda_follow_one_another(void **state)
{
	struct desk *d = *state;
	const char *next = "";
	json_t *page;
	int n = 0;

	for (int i = 0; i < 5; i++) {
		lead_of(d, textf(&d->cx, "L%d", i));
		make(d, &opportunity_entity, "name", textf(&d->cx, "O%d", i), NULL);
	}
	do {
		page = agenda(d, "todo", 3, next);
		for (size_t i = 0; i < json_array_size(inside(page, "items")); i++, n++)
			assert_string_equal(text(json_array_get(inside(page, "items"), i), "title"),
				textf(&d->cx, "%c%d", n % 2 ? 'O' : 'L', n / 2));
		next = text(page, "next");
	} while (*next);
	assert_int_equal(n, 10);
}

static void a_list_that_is_none_is_refused(void **state)
{
	struct agenda_ask ask = { .list = "never" };
	struct desk *d = *state;

	was_invalid(d, agenda_write(&d->cx, answer(d), &ask), "list");
	ask = (struct agenda_ask){ .who = "they" };
	was_invalid(d, agenda_write(&d->cx, answer(d), &ask), "who");
	ask = (struct agenda_ask){ .cursor = "nonsense" };
	was_invalid(d, agenda_write(&d->cx, answer(d), &ask), "cursor");
}

static json_t *board(struct desk *d, const struct board_ask *ask)
{
	struct json_out *j = answer(d);

	return told(d, board_write(&d->cx, j, ask), j);
}

/* S5.26 S5.27 C9 C21 */
static void the_board_shows_both_with_sums_in_one_currency(void **state)
{
	struct board_ask ask = { 0 };
	struct desk *d = *state;
	json_t *b;

	lead_of(d, "A");
	lead_of(d, "B");
	make(d, &opportunity_entity, "name", "D", "amount", "10000", "currency", "USD", NULL);
	b = board(d, &ask);
	assert_int_equal(json_array_size(inside(b, "columns")), 8);
	assert_string_equal(text(b, "columns.0.name"), "Open");
	assert_int_equal(number(b, "columns.0.count"), 2);
	assert_int_equal(number(b, "columns.0.sum"), 200);
	assert_string_equal(text(b, "columns.3.type"), "frozen");
	assert_string_equal(text(b, "columns.4.entity"), "opportunity");
	assert_int_equal(number(b, "columns.4.sum"), 90);
	ask.column = "lead:7";
	was_invalid(d, board_write(&d->cx, answer(d), &ask), "column");
}

static void a_column_goes_on_after_its_last_card(void **state)
{
	struct desk *d = *state;
	struct board_ask ask = { .limit = 2 };
	json_t *b;

	for (int i = 0; i < 5; i++)
		lead_of(d, textf(&d->cx, "L%d", i));
	ask.column = textf(&d->cx, "lead:%lld", (long long)status_named(d, "Open"));
	b = board(d, &ask);
	assert_string_equal(text(b, "columns.0.items.1.title"), "L1");
	ask.after = number(b, "columns.0.items.1.id");
	b = board(d, &ask);
	assert_int_equal(json_array_size(inside(b, "columns")), 1);
	assert_string_equal(text(b, "columns.0.items.0.title"), "L2");
	assert_int_equal(number(b, "columns.0.count"), 5);
}

static json_t *kpi(struct desk *d, const struct kpi_ask *ask)
{
	struct json_out *j = answer(d);

	return told(d, kpi_write(&d->cx, j, ask), j);
}

static struct conversion_outcome convert(struct desk *d, const struct record *lead)
{
	struct conversion how = { 0 };
	struct conversion_outcome made;

	d->cx.now += 1000;
	went_well(d, lead_convert(&d->cx, lead->id, &how, &made));
	return made;
}

/* S3.21-S3.23 S1.18 C15 C16 */
static void rates_are_of_the_cohort_and_of_the_flow(void **state)
{
	struct win won = { .closed_on = "", .customer_code = "" };
	struct kpi_ask january = { .from = "2026-01-01", .to = "2026-01-31" };
	struct kpi_ask february = { .from = "2026-02-01", .to = "2026-02-28" };
	struct desk *d = *state;
	struct record *old = lead_of(d, "Old");
	struct conversion_outcome made;
	struct win_outcome outcome;
	json_t *k;

	lead_of(d, "Other");
	went_well(d, take_away(d, lead_of(d, "Test")));
	d->cx.now += days(40);
	lead_of(d, "New");
	made = convert(d, old);
	k = kpi(d, &january);
	assert_int_equal(number(k, "leads.generated"), 2);
	assert_int_equal(number(k, "leads.converted_cohort"), 1);
	assert_true(json_real_value(inside(k, "leads.rate_cohort")) == 0.5);
	assert_int_equal(number(k, "leads.converted_flow"), 0);
	assert_int_equal(number(k, "leads.customers"), 0);
	k = kpi(d, &february);
	assert_int_equal(number(k, "leads.converted_cohort"), 0);
	assert_int_equal(number(k, "leads.converted_flow"), 1);
	assert_true(json_real_value(inside(k, "leads.rate_flow")) == 1.0);
	went_well(d, opportunity_win(&d->cx, made.opportunity->id, &won, &outcome));
	assert_int_equal(number(kpi(d, &january), "leads.customers"), 1);
	k = kpi(d, &february);
	assert_int_equal(number(k, "opportunities.won"), 1);
	assert_int_equal(number(k, "opportunities.won_amount"), 100);
	assert_int_equal(number(k, "by_month.0.won"), 1);
}

/* C15: nothing generated is no rate, not a division by zero */
static void an_empty_period_has_no_rate(void **state)
{
	struct kpi_ask ask = { .from = "2020-01-01", .to = "2020-12-31" };
	struct desk *d = *state;
	json_t *k = kpi(d, &ask);

	assert_true(json_is_null(inside(k, "leads.rate_cohort")));
	assert_int_equal(json_array_size(inside(k, "by_month")), 12);
	ask.to = "2019-12-31";
	was_invalid(d, kpi_write(&d->cx, answer(d), &ask), "to");
	ask.from = "yesterday";
	was_invalid(d, kpi_write(&d->cx, answer(d), &ask), "from");
}

/* S1.16 S1.19: undone work is no merit */
static void contributors_are_read_from_the_history(void **state)
{
	struct kpi_ask ask = { .from = "2026-01-01", .to = "2026-12-31" };
	struct desk *d = *state;
	struct desk mara = { .o = d->o };
	struct record *lead;
	json_t *k;

	office_user(d->o, "mara@prova.it", "marketing", 0);
	mara.cx = office_ctx_of(d->o, "mara@prova.it");
	lead = lead_of(&mara, "Verdi");
	wait_until(&mara, lead, 1);
	convert(&mara, lead);
	k = kpi(d, &ask);
	assert_string_equal(text(k, "contributors.0.name"), "mara@prova.it");
	assert_int_equal(number(k, "contributors.0.created"), 1);
	assert_int_equal(number(k, "contributors.0.worked"), 1);
	assert_int_equal(number(k, "contributors.0.converted"), 1);
	assert_int_equal(number(k, "contributors.0.won"), 0);
	undo_last(&mara);
	assert_int_equal(number(kpi(d, &ask), "contributors.0.converted"), 0);
}

/* C21 */
static void sums_take_the_rate_of_their_day(void **state)
{
	struct kpi_ask ask = { .from = "2026-01-01", .to = "2026-12-31" };
	struct win won = { .closed_on = "", .customer_code = "" };
	struct desk *d = *state;
	struct record *deal;
	struct win_outcome made;
	json_t *k;

	make(d, &rate_entity, "currency", "USD", "day", "2026-02-01", "rate", "800000", NULL);
	deal = make(
		d, &opportunity_entity, "name", "A", "amount", "10000", "currency", "USD", NULL);
	went_well(d, opportunity_win(&d->cx, deal->id, &won, &made));
	d->cx.now += days(40);
	deal = make(
		d, &opportunity_entity, "name", "B", "amount", "10000", "currency", "USD", NULL);
	went_well(d, opportunity_win(&d->cx, deal->id, &won, &made));
	make(d, &opportunity_entity, "name", "C", "amount", "10000", "currency", "JPY", NULL);
	k = kpi(d, &ask);
	assert_int_equal(number(k, "opportunities.won_amount"), 90 + 80);
	assert_int_equal(number(k, "opportunities.open_amount"), 0);
	assert_string_equal(text(k, "currencies_without_rate.0"), "JPY");
}

static void absurd_amounts_do_not_wrap_around(void **state)
{
	struct kpi_ask ask = { .from = "2026-01-01", .to = "2026-12-31" };
	struct board_ask board_ask = { 0 };
	struct desk *d = *state;

	for (int i = 0; i < 12; i++)
		make(d, &opportunity_entity, "name", "A", "amount", "9000000000000000",
			"probability", "100", NULL);
	assert_true(number(kpi(d, &ask), "opportunities.weighted_amount") > 0);
	assert_true(number(board(d, &board_ask), "columns.4.sum") > 0);
}

static json_t *timeline(struct desk *d, const struct record *rec, size_t limit, const char *cursor)
{
	struct timeline_ask ask = { rec->of, rec->id, limit, cursor };
	struct json_out *j = answer(d);

	return told(d, timeline_write(&d->cx, j, &ask), j);
}

/* S2.39-S2.42 S5.34 S1.30 */
static void a_companys_timeline_holds_its_peoples_and_deals(void **state)
{
	struct desk *d = *state;
	struct record *company = make(d, &company_entity, "name", "Rossi srl", NULL);
	struct record *person = make(
		d, &contact_entity, "last_name", "Rossi", "company_id", id_of(d, company), NULL);
	struct record *deal = make(
		d, &opportunity_entity, "name", "Pressa", "company_id", id_of(d, company), NULL);
	json_t *t;

	make(d, &activity_entity, "kind", "comment", "body", "Hello", "contact_id",
		id_of(d, person), NULL);
	went_well(d, edit(d, deal, "amount", v_int(100)));
	t = timeline(d, company, 0, "");
	assert_string_equal(text(t, "items.0.type"), "change");
	assert_string_equal(text(t, "items.0.title"), "Pressa");
	assert_string_equal(text(t, "items.0.changes.0.field"), "amount");
	assert_int_equal(number(t, "items.0.changes.0.new"), 1);
	assert_string_equal(text(t, "items.1.activity.body"), "Hello");
	assert_int_equal(json_array_size(inside(t, "items")), 5);
}

static void a_timeline_pages_and_still_knows_old_values(void **state)
{
	struct desk *d = *state;
	struct record *lead = lead_of(d, "Rossi");
	const char *next = "";
	int n = 5;

	for (int i = 1; i <= 5; i++)
		went_well(d, edit(d, lead, "city", v_text(textf(&d->cx, "C%d", i))));
	do {
		json_t *page = timeline(d, lead, 2, next);

		for (size_t i = 0; i < json_array_size(inside(page, "items")); i++, n--)
			if (n)
				assert_string_equal(text(json_array_get(inside(page, "items"), i),
							    "changes.0.new"),
					textf(&d->cx, "C%d", n));
		next = text(page, "next");
	} while (*next);
	assert_int_equal(n, -1);
}

/* S1.23: whose record one may not read, one may not read the story of */
static void a_timeline_keeps_to_the_rights(void **state)
{
	struct desk *d = *state;
	struct desk sara = { .o = d->o };
	struct timeline_ask ask;
	struct record *lead = lead_of(d, "Rossi"), *company;
	char id[32];
	json_t *t;

	snprintf(id, sizeof(id), "%lld", (long long)office_user(d->o, "sara@prova.it", "sales", 0));
	sara.cx = office_ctx_of(d->o, "sara@prova.it");
	ask = (struct timeline_ask){ &lead_entity, lead->id, 0, "" };
	was_refused(&sara, timeline_write(&sara.cx, answer(&sara), &ask), PROBLEM_NOT_FOUND,
		"problem.not_found");
	company = make(d, &company_entity, "name", "Hers", "owner_id", id, NULL);
	make(d, &opportunity_entity, "name", "Not hers", "company_id", id_of(d, company), NULL);
	make(d, &activity_entity, "kind", "comment", "body", "A colleague's", "company_id",
		id_of(d, company), NULL);
	t = timeline(&sara, company, 0, "");
	assert_int_equal(json_array_size(inside(t, "items")), 2);
	assert_string_equal(text(t, "items.0.activity.body"), "A colleague's");
}

static void who_is_there_already_is_told_while_typing(void **state)
{
	struct desk *d = *state;
	struct record *company =
		make(d, &company_entity, "name", "Rossi srl", "phone", "02 1234567", NULL);
	struct record *like = record_new(&d->cx, &lead_entity);
	struct json_out *j = answer(d);
	json_t *found;

	record_set_text(like, "phone", "+39 02/123.45.67");
	found = told(d, duplicates_write(&d->cx, j, like), j);
	assert_int_equal(number(found, "items.0.id"), company->id);
	assert_string_equal(text(found, "items.0.why.0"), "phone");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(leads_and_opportunities_stand_in_one_list),
		AT_DESK(pages_of_the_agenda_follow_one_another),
		AT_DESK(a_list_that_is_none_is_refused),
		AT_DESK(the_board_shows_both_with_sums_in_one_currency),
		AT_DESK(a_column_goes_on_after_its_last_card),
		AT_DESK(rates_are_of_the_cohort_and_of_the_flow),
		AT_DESK(an_empty_period_has_no_rate),
		AT_DESK(contributors_are_read_from_the_history),
		AT_DESK(sums_take_the_rate_of_their_day),
		AT_DESK(absurd_amounts_do_not_wrap_around),
		AT_DESK(a_companys_timeline_holds_its_peoples_and_deals),
		AT_DESK(a_timeline_pages_and_still_knows_old_values),
		AT_DESK(a_timeline_keeps_to_the_rights),
		AT_DESK(who_is_there_already_is_told_while_typing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
