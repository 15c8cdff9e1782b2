/* The customer profile: currencies by dated rates, values as typed, and the
 * renewal of all leads when the set-up changes. */
#include "steps.h"

#include "crm/lead_renewal.h"
#include "crm/qualification.h"
#include "record/schema.h"

static const char *word_of(struct desk *d, const struct record *lead)
{
	return record_text(reload(d, lead), "qualification");
}

static struct record *rule_of(struct desk *d, const char *field, const char *test,
	const char *value, const char *currency)
{
	return make(d, &qualification_rule_entity, "field", field, "operator", test, "value", value,
		"currency", currency, NULL);
}

static void drop_rules(struct desk *d)
{
	struct record **rules;
	size_t n;

	went_well(d, record_all(&d->cx, &qualification_rule_entity, &rules, &n));
	for (size_t i = 0; i < n; i++)
		went_well(d, take_away(d, rules[i]));
}

static void renew(struct desk *d)
{
	bool due;

	went_well(d, lead_renewal_finish(&d->cx));
	went_well(d, lead_renewal_is_due(&d->cx, &due));
	assert_false(due);
}

static void rate_of(struct desk *d, const char *day, const char *millionths)
{
	make(d, &rate_entity, "currency", "USD", "day", day, "rate", millionths, NULL);
}

/* S1.9 C21 */
static void sums_are_compared_by_the_rate_of_the_day(void **state)
{
	struct desk *d = *state;
	struct record *euro, *dollar;
	bool due;

	drop_rules(d);
	rule_of(d, "turnover", "at_least", "20000000", "USD");
	euro = make(d, &lead_entity, "company_name", "Euro spa", "turnover", "1800000000",
		"turnover_currency", "EUR", NULL);
	dollar = make(d, &lead_entity, "company_name", "Dollar inc", "turnover", "2000000000",
		"turnover_currency", "USD", NULL);
	assert_string_equal(word_of(d, euro), "met");
	rate_of(d, "2026-02-01", "950000");
	renew(d);
	assert_string_equal(word_of(d, euro), "met");
	d->cx.now += days(30);
	went_well(d, lead_renewal_is_due(&d->cx, &due));
	assert_true(due);
	renew(d);
	assert_string_equal(word_of(d, euro), "not_met");
	assert_string_equal(word_of(d, dollar), "met");
	assert_int_equal(reload(d, euro)->version, 1);
}

/* S1.9: without any rate nobody knows. */
static void a_sum_without_a_rate_is_unknown(void **state)
{
	struct desk *d = *state;
	struct record *yen;

	drop_rules(d);
	rule_of(d, "turnover", "at_least", "100", "EUR");
	yen = make(d, &lead_entity, "company_name", "Yen kk", "turnover", "100000000",
		"turnover_currency", "JPY", NULL);
	assert_string_equal(word_of(d, yen), "unknown");
	make(d, &rate_entity, "currency", "JPY", "day", "2026-01-01", "rate", "6000", NULL);
	renew(d);
	assert_string_equal(word_of(d, yen), "met");
}

/* S5.5 S5.6 C6: a row of a list is judged as the lead it would make. */
static void typed_values_are_judged_alike(void **state)
{
	struct desk *d = *state;
	struct typed row[] = { { "company_name", "Grandi Opere spa" }, { "sector", "EDILIZIA" },
		{ "turnover", "20 mln" }, { "employees", "1.200" }, { "c12", "whatever" } };
	struct qualification *q;
	enum verdict verdict;

	drop_rules(d);
	rule_of(d, "sector", "is_one_of", "Costruzioni; edilizia", NULL);
	rule_of(d, "turnover", "at_least", "20000000", "EUR");
	rule_of(d, "employees", "at_least", "50", NULL);
	rule_of(d, "country", "is_any", NULL, NULL);
	went_well(d, qualification_load(&d->cx, &q));
	went_well(d, qualification_judge_typed(&d->cx, q, row, COUNT(row), &verdict));
	assert_string_equal(verdict_word(verdict), "met");
	row[2].text = "19.999.999";
	went_well(d, qualification_judge_typed(&d->cx, q, row, COUNT(row), &verdict));
	assert_string_equal(verdict_word(verdict), "not_met");
	row[2].text = "tanto";
	went_well(d, qualification_judge_typed(&d->cx, q, row, COUNT(row), &verdict));
	assert_string_equal(verdict_word(verdict), "unknown");
	/* S1.6 */
	row[0] = (struct typed){ "email", "info@grandiopere.it" };
	row[2].text = "20 mln";
	went_well(d, qualification_judge_typed(&d->cx, q, row, COUNT(row), &verdict));
	assert_string_equal(verdict_word(verdict), "unknown");
}

enum { MANY = 450 };

static int64_t count(struct desk *d, const char *word)
{
	int64_t n;

	went_well(d, db_int(&d->cx, &n, 0,
			     "select count(*) from lead where ws = $1 and qualification = $2",
			     ARGS(v_int(d->cx.ws), v_text(word))));
	return n;
}

static void make_many(struct desk *d)
{
	bool ok = op_begin(&d->cx, "record.create");

	for (int i = 0; i < MANY; i++) {
		struct record *lead = record_new(&d->cx, &lead_entity);

		record_set_text(lead, "company_name", textf(&d->cx, "Ditta %d", i));
		record_set(lead, "employees", v_int(i));
		ok = ok && record_store(&d->cx, lead);
	}
	went_well(d, op_end(&d->cx, ok));
}

/* Whichever statement fails, what was done stays, and it goes on from there. */
static void a_crash_between_slices_loses_nothing(void **state)
{
	struct desk *d = *state;
	struct record *rule;
	int crashes = 0;
	bool ok = false;

	drop_rules(d);
	rule = rule_of(d, "employees", "at_least", "0", NULL);
	make_many(d);
	assert_int_equal(count(d, "met"), MANY);
	went_well(d, edit(d, rule, "value", v_text("100")));
	for (int n = 3; !ok; n += 60, crashes++) {
		db_fail_after(d->cx.db, n);
		ok = lead_renewal_finish(&d->cx);
		db_fail_after(d->cx.db, -1);
		ctx_clear(&d->cx);
	}
	assert_true(crashes > 1);
	assert_int_equal(count(d, "met"), MANY - 100);
	assert_int_equal(count(d, "not_met"), 100);
	assert_int_equal(
		office_count(d->o,
			"select count(*) from change where ws = $1 and old like '%qualification%'"),
		0);
	renew(d);
}

/* S5.7: a workspace of before has leads that nobody judged. */
static void an_older_workspace_is_judged_at_its_first_start(void **state)
{
	struct desk *d = *state;
	struct record *lead = make(d, &lead_entity, "last_name", "Vecchio", "company_name",
		"Vecchio srl", "need", "Una gru", "budget", "100", NULL);
	bool due,
		ok = tx_begin(&d->cx) &&
		     db_run(&d->cx, "delete from setting where ws = $1 and name = 'lead_renewal'",
			     ARGS(v_int(1))) &&
		     db_run(&d->cx,
			     "update lead set qualification = null, warm_until = null where ws = $1",
			     ARGS(v_int(1)));

	went_well(d, tx_end(&d->cx, ok));
	went_well(d, lead_renewal_is_due(&d->cx, &due));
	assert_true(due);
	renew(d);
	assert_string_equal(word_of(d, lead), "met");
	assert_string_equal(record_text(reload(d, lead), "temperature"), "warm");
}

/* S5.7: only where there never was a rule. */
static void the_founding_rules_are_made_once(void **state)
{
	struct desk *d = *state;
	bool ok;

	drop_rules(d);
	ok = op_begin(&d->cx, "seed") && qualification_found(&d->cx);
	went_well(d, op_end(&d->cx, ok));
	assert_int_equal(office_count(d->o, "select count(*) from qualification_rule where ws = $1"
					    " and removed_at is null"),
		0);
}

static void rates_do_not_wait_for_each_other_over_nothing(void **state)
{
	struct desk *d = *state;
	bool due;

	went_well(d, lead_renewal_is_due(&d->cx, &due));
	assert_false(due);
	rate_of(d, "2026-01-03", "910000");
	went_well(d, lead_renewal_is_due(&d->cx, &due));
	assert_false(due); /* there is no lead yet */
}

static int64_t order_ids[2];

static bool orders(struct ctx *cx, void *arg)
{
	(void)arg;
	return qualification_order(cx, order_ids, 2);
}

static void a_failure_anywhere_leaves_the_order(void **state)
{
	struct desk *d = *state;
	struct record **rules;
	size_t n;

	went_well(d, record_all(&d->cx, &qualification_rule_entity, &rules, &n));
	assert_int_equal(n, 2);
	order_ids[0] = rules[1]->id;
	order_ids[1] = rules[0]->id;
	fails_anywhere(d, orders, NULL);
	assert_int_equal(record_int(reload(d, rules[0]), "position"), 2);
	undo_last(d);
	assert_int_equal(record_int(reload(d, rules[0]), "position"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(sums_are_compared_by_the_rate_of_the_day),
		AT_DESK(a_sum_without_a_rate_is_unknown),
		AT_DESK(typed_values_are_judged_alike),
		AT_DESK(a_crash_between_slices_loses_nothing),
		AT_DESK(an_older_workspace_is_judged_at_its_first_start),
		AT_DESK(the_founding_rules_are_made_once),
		AT_DESK(rates_do_not_wait_for_each_other_over_nothing),
		AT_DESK(a_failure_anywhere_leaves_the_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
