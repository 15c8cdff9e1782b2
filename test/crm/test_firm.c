/* The firm changes its habits: zone, languages, base currency. */
#include "steps.h"

#include "base/clock.h"
#include "crm/firm.h"
#include "crm/lead_renewal.h"
#include "crm/rates.h"
#include "record/custom.h"
#include "record/schema.h"

static struct record *firm_of(struct desk *d)
{
	struct record *firm;

	went_well(d, firm_load(&d->cx, &firm));
	return firm;
}

static int64_t in_base(struct desk *d, int64_t cents, const char *currency, const char *day)
{
	struct rates *rates;

	went_well(d, rates_load(&d->cx, &rates));
	return rates_convert(rates, cents, currency, day);
}

static void rate(struct desk *d, const char *currency, const char *day, const char *millionths)
{
	make(d, &rate_entity, "currency", currency, "day", day, "rate", millionths, NULL);
}

/* C21: totals are in the new base by the rates of each day. */
static void totals_follow_the_base_currency_by_dated_rates(void **state)
{
	struct desk *d = *state;

	rate(d, "USD", "2026-02-01", "800000");
	assert_int_equal(in_base(d, 1000, "USD", "2026-01-15"), 900);
	assert_int_equal(in_base(d, 1000, "USD", "2026-02-15"), 800);
	went_well(d, edit(d, firm_of(d), "currency", v_text("USD")));
	assert_int_equal(in_base(d, 900, "EUR", "2026-01-15"), 1000);
	assert_int_equal(in_base(d, 800, "EUR", "2026-02-15"), 1000);
	/* francs are told in euros: 10 CHF are 10.50 EUR */
	assert_int_equal(in_base(d, 1000, "CHF", "2026-01-15"), 1167);
	rate(d, "CHF", "2026-02-01", "1200000");
	assert_int_equal(in_base(d, 1000, "CHF", "2026-02-15"), 1200);
	undo_last(d);
	assert_int_equal(in_base(d, 1000, "CHF", "2026-02-15"), 1313);
	went_well(d, edit(d, firm_of(d), "currency", v_text("EUR")));
	assert_int_equal(in_base(d, 1000, "USD", "2026-02-15"), 800);
}

/* A table of rates of before had no base: they were told in the only one. */
static bool make_older(struct ctx *cx)
{
	bool ok = tx_begin(cx) && db_run(cx, "drop table rate", NO_ARGS) &&
		  db_run(cx,
			  "create table rate (ws bigint, id bigint, version bigint,"
			  " created_at bigint, updated_at bigint, title text, title_fold text,"
			  " currency text, day text, rate bigint, custom text,"
			  " created_by bigint, removed_at bigint, removed_reason text)",
			  NO_ARGS) &&
		  db_run(cx,
			  "insert into rate (ws, id, version, created_at, updated_at, title,"
			  " title_fold, currency, day, rate)"
			  " values (1, 1, 1, 1, 1, 'USD', 'usd', 'USD', '2026-01-01', 800000)",
			  NO_ARGS);

	return tx_end(cx, ok) && schema_apply(cx, entities);
}

static void rates_of_before_stay_told_in_the_old_base(void **state)
{
	struct desk *d = *state;

	went_well(d, make_older(&d->cx));
	assert_int_equal(in_base(d, 1000, "USD", "2026-01-15"), 800);
	went_well(d, edit(d, firm_of(d), "currency", v_text("USD")));
	assert_int_equal(in_base(d, 800, "EUR", "2026-01-15"), 1000);
}

/* C24: what is open longer than it should be is reckoned in the new zone, by
 * whoever asks from then on. */
static void a_new_zone_is_seen_by_the_next_who_asks(void **state)
{
	struct desk *d = *state;
	struct ctx next;
	char day[DATE_TEXT];
	bool due;

	make(d, &lead_entity, "last_name", "Rossi", NULL);
	went_well(d, lead_renewal_finish(&d->cx));
	went_well(d, edit(d, firm_of(d), "time_zone", v_text("Pacific/Pago_Pago")));
	next = office_ctx(d->o);
	went_well(d, custom_see(&next));
	assert_string_equal(next.zone, "Pacific/Pago_Pago");
	date_of(OFFICE_NOW, next.zone, day);
	assert_string_equal(day, "2026-01-04");
	went_well(d, lead_renewal_is_due(&next, &due));
	assert_true(due);
	was_invalid(d, edit(d, firm_of(d), "time_zone", v_text("Rome")), "time_zone");
}

static bool change_habits(struct ctx *cx, void *arg)
{
	struct record *firm;

	(void)arg;

	bool ok = op_begin(cx, "record.edit") && firm_load(cx, &firm);

	if (ok) {
		record_set_text(firm, "currency", "CHF");
		record_set_text(firm, "time_zone", "Asia/Tokyo");
		record_set_text(firm, "lang", "en");
		record_set_text(firm, "languages", "en");
		ok = record_store(cx, firm);
	}
	return op_end(cx, ok);
}

static void a_failure_anywhere_leaves_the_habits_as_they_were(void **state)
{
	struct desk *d = *state;

	make(d, &lead_entity, "last_name", "Rossi", NULL);
	fails_anywhere(d, change_habits, NULL);
	assert_string_equal(record_text(firm_of(d), "time_zone"), "Asia/Tokyo");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(totals_follow_the_base_currency_by_dated_rates),
		AT_DESK(rates_of_before_stay_told_in_the_old_base),
		AT_DESK(a_new_zone_is_seen_by_the_next_who_asks),
		AT_DESK(a_failure_anywhere_leaves_the_habits_as_they_were),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
