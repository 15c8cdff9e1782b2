/* Renewals, copies and the folder they make: all of it or nothing. */
#include "steps.h"

#include "crm/company.h"
#include "crm/folder.h"
#include "crm/opportunity.h"

static const struct win yearly = { .closed_on = "",
	.customer_code = "",
	.renewal_months = &(const struct val){ VAL_INT, 12, NULL } };

static const char *id_of(struct desk *d, const struct record *rec)
{
	return textf(&d->cx, "%lld", (long long)rec->id);
}

static struct record *deal_with(struct desk *d, const struct record *company)
{
	return make(d, &opportunity_entity, "name", "Canone", "amount", "120000", "company_id",
		id_of(d, company), NULL);
}

static struct record *deal_of_firm(struct desk *d)
{
	return deal_with(d, make(d, &company_entity, "name", "Rossi srl", NULL));
}

static struct record *deal_of_person(struct desk *d)
{
	struct record *person = make(d, &contact_entity, "last_name", "Verdi", NULL);

	return make(d, &opportunity_entity, "name", "Porta", "contact_id", id_of(d, person), NULL);
}

static struct win_outcome win(struct desk *d, const struct record *deal)
{
	struct win_outcome made;

	d->cx.now += 1000;
	went_well(d, opportunity_win(&d->cx, deal->id, &yearly, &made));
	return made;
}

static int64_t renewals(struct desk *d)
{
	return office_count(d->o, "select count(*) from opportunity where ws = $1"
				  " and renewal_of_id is not null and removed_at is null");
}

/* S5.35 */
static void the_copy_waits_until_it_is_time(void **state)
{
	struct desk *d = *state;
	struct win_outcome made = win(d, deal_of_firm(d));
	struct record *renewal = reload(d, made.renewal);

	assert_string_equal(record_text(made.opportunity, "renewal_on"), "2027-01-05");
	assert_string_equal(record_text(renewal, "close_on"), "2027-01-05");
	assert_string_equal(record_text(renewal, "agenda"), "standby");
	assert_int_equal(record_int(renewal, "stage_id"), stage_named(d, "Analysis"));
	d->cx.now = record_int(renewal, "next_action_at") - 1;
	assert_string_equal(record_text(reload(d, renewal), "agenda"), "standby");
	d->cx.now++;
	assert_string_equal(record_text(reload(d, renewal), "agenda"), "todo");
}

/* S5.35 C11: the code goes too */
static void undoing_the_win_takes_the_renewal_back(void **state)
{
	struct desk *d = *state;
	struct win_outcome made = win(d, deal_of_firm(d));

	undo_last(d);
	assert_true(record_has(reload(d, made.renewal), "removed_at"));
	assert_string_equal(record_text(reload(d, made.opportunity), "state"), "open");
	assert_string_equal(record_text(reload(d, made.company), "type"), "potential");
	undo_last(d);
	assert_false(record_has(reload(d, made.renewal), "removed_at"));
	assert_string_equal(record_text(reload(d, made.opportunity), "state"), "won");
}

/* S5.35: by a field, by an activity, by a copy */
static void a_renewal_worked_on_stands_in_the_way(void **state)
{
	struct desk *d = *state;

	for (int way = 0; way < 3; way++) {
		struct win_outcome made = win(d, deal_of_firm(d));
		int64_t op = op_done(&d->cx)->id;
		struct duplicate as_it_is = { .name = "", .close_on = "" };
		struct record *copy;

		if (way == 0)
			went_well(d, edit(d, reload(d, made.renewal), "amount", v_int(1)));
		if (way == 1)
			make(d, &activity_entity, "kind", "comment", "body", "Sentito",
				"opportunity_id", id_of(d, made.renewal), NULL);
		if (way == 2)
			went_well(d,
				opportunity_duplicate(&d->cx, made.renewal->id, &as_it_is, &copy));
		was_refused(d, op_undo(&d->cx, op, false), PROBLEM_CONFLICT, "undo.conflicts");
		assert_string_equal(record_text(reload(d, made.opportunity), "state"), "won");
		went_well(d, opportunity_reopen(&d->cx, made.opportunity->id, &made));
		assert_string_equal(record_text(made.opportunity, "renewal_on"), "");
	}
	assert_int_equal(renewals(d), 3);
}

/* S5.35 */
static void there_is_one_renewal_at_most(void **state)
{
	struct desk *d = *state;
	struct win_outcome made = win(d, deal_of_firm(d)), again;

	went_well(d, opportunity_reopen(&d->cx, made.opportunity->id, &again));
	assert_int_equal(renewals(d), 0);
	undo_last(d);
	assert_int_equal(renewals(d), 1);
	went_well(d, opportunity_reopen(&d->cx, made.opportunity->id, &again));
	made = win(d, made.opportunity);
	assert_int_equal(renewals(d), 1);
	went_well(d, edit(d, reload(d, made.renewal), "amount", v_int(1)));
	went_well(d, opportunity_reopen(&d->cx, made.opportunity->id, &again));
	again = win(d, made.opportunity);
	assert_int_equal(renewals(d), 1);
	assert_true(again.renewal->id == made.renewal->id);
}

/* S5.36 C12: put in, won among them, taken out again */
static void a_folder_is_made_and_taken_back(void **state)
{
	struct desk *d = *state;
	struct record *deal = deal_of_person(d), *copy;
	struct duplicate as_it_is = { .name = "", .close_on = "" };
	struct win how = { .closed_on = "", .customer_code = "" };
	struct win_outcome won;
	struct folder_outcome made, twice;
	struct folder_choice choice = { 0 };

	went_well(d, opportunity_win(&d->cx, deal->id, &how, &won));
	went_well(d, opportunity_duplicate(&d->cx, deal->id, &as_it_is, &copy));
	choice.company_id = make(d, &company_entity, "name", "Verdi sas", NULL)->id;
	went_well(d, folder_make(&d->cx, copy->id, &choice, &made));
	assert_int_equal(made.n, 2);
	assert_true(made.became_customer);
	was_refused(d, folder_make(&d->cx, copy->id, &choice, &twice), PROBLEM_CONFLICT,
		"opportunity.has_company");
	undo_last(d);
	assert_false(record_has(reload(d, deal), "company_id"));
	assert_string_equal(record_text(reload(d, made.company), "type"), "potential");
}

static bool win_it(struct ctx *cx, void *deal)
{
	struct win_outcome made;

	return opportunity_win(cx, ((struct record *)deal)->id, &yearly, &made);
}

static bool reopen_it(struct ctx *cx, void *deal)
{
	struct win_outcome made;

	return opportunity_reopen(cx, ((struct record *)deal)->id, &made);
}

static bool copy_it(struct ctx *cx, void *deal)
{
	struct duplicate as_it_is = { .name = "", .close_on = "" };
	struct record *copy;

	return opportunity_duplicate(cx, ((struct record *)deal)->id, &as_it_is, &copy);
}

static bool put_it_in(struct ctx *cx, void *deal)
{
	json_t *fields = json_pack("{s:s}", "name", "Verdi sas");
	struct folder_choice choice = { .company = fields };
	struct folder_outcome made;
	bool ok = folder_make(cx, ((struct record *)deal)->id, &choice, &made);

	json_decref(fields);
	return ok;
}

static void a_failure_anywhere_leaves_nothing(void **state)
{
	struct desk *d = *state;
	struct record *deal = deal_of_firm(d), *persons = deal_of_person(d);

	fails_anywhere(d, win_it, deal);
	fails_anywhere(d, reopen_it, deal);
	fails_anywhere(d, copy_it, persons);
	fails_anywhere(d, win_it, persons);
	fails_anywhere(d, put_it_in, persons);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(the_copy_waits_until_it_is_time),
		AT_DESK(undoing_the_win_takes_the_renewal_back),
		AT_DESK(a_renewal_worked_on_stands_in_the_way),
		AT_DESK(there_is_one_renewal_at_most),
		AT_DESK(a_folder_is_made_and_taken_back),
		AT_DESK(a_failure_anywhere_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
