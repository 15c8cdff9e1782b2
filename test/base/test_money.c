/* Amounts. */
#include "check.h"

#include "base/money.h"

static void check_typed(const char *typed, const char *wanted)
{
	char text[MONEY_TEXT] = "";
	int64_t cents;

	if (money_read_typed(typed, &cents))
		money_write(cents, text);
	assert_string_equal(text, wanted);
}

static void decimals_are_read_exactly(void **state)
{
	static const struct {
		const char *text;
		int64_t cents;
	} cases[] = {
		{ "0", 0 },
		{ "-0", 0 },
		{ "1234.5", 123450 },
		{ "-0.05", -5 },
		{ "12e2", 120000 },
		{ "1.5e-1", 15 },
		{ "100E-4", 1 },
		{ "1.0000000000000000000000", 100 },
		{ "0.1", 10 },
		{ "90000000000000", MONEY_MAX },
		{ "-90000000000000.00", -MONEY_MAX },
		{ "0e999999999999999999", 0 },
	};
	int64_t cents;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_true(money_read(cases[i].text, &cents));
		assert_int_equal(cents, cases[i].cents);
	}
}

static void what_is_no_amount_of_cents_is_refused(void **state)
{
	static const char *const bad[] = { "", "-", "1.005", "1e-3", "01", "1.", ".5", "1e", "+1",
		" 1", "1 ", "1,5", "NaN", "Infinity", "0x10", "90000000000000.01", "1e99",
		"1e999999999999999999999", "99999999999999999999999999", "1.2.3" };
	int64_t cents;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(money_read(bad[i], &cents));
}

/* S1.33: typed as it comes to mind. */
static void amounts_are_read_as_people_write_them(void **state)
{
	static const char *const cases[][2] = {
		{ "1.234,56", "1234.56" },
		{ "1234,56", "1234.56" },
		{ "1234.56", "1234.56" },
		{ "1,234.56", "1234.56" },
		{ "\xe2\x82\xac 1.234", "1234.00" },
		{ "1.234 EUR", "1234.00" },
		{ "1.234", "1234.00" },
		{ "1.234.567", "1234567.00" },
		{ "1,234,567.89", "1234567.89" },
		{ "1.5", "1.50" },
		{ "0.500", "0.50" },
		{ ",50", "0.50" },
		{ "(12,50)", "-12.50" },
		{ "-5", "-5.00" },
		{ "\xe2\x88\x92"
		  "5 \xe2\x82\xac",
			"-5.00" },
		{ "5-", "-5.00" },
		{ "2 mln", "2000000.00" },
		{ "1,5 milioni di euro", "1500000.00" },
		{ "3,5k", "3500.00" },
		{ "10mila", "10000.00" },
		{ "1 234,56", "1234.56" },
		{ "1\xe2\x80\xaf"
		  "234,56",
			"1234.56" },
		{ "1'234.50", "1234.50" },
		{ "12,-", "12.00" },
		{ "$99.90", "99.90" },
		{ "1.500.000,00 \xe2\x82\xac", "1500000.00" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		check_typed(cases[i][0], cases[i][1]);
}

static void what_may_mean_two_things_is_refused(void **state)
{
	static const char *const bad[] = { "1,234", "12,500", "", "abc", "\xe2\x82\xac", "1..2",
		"1.2.3", "12.34.56", "1,2,3", "1.2345,6", "1-2", "5 x", "(5", "--5", "1,234.567",
		"0,123", "90000000000000,01", "1 23" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		check_typed(bad[i], "");
}

static void whole_numbers_are_read(void **state)
{
	int64_t n;

	(void)state;
	assert_true(number_read_typed("1.234", &n));
	assert_int_equal(n, 1234);
	assert_true(number_read_typed(" 50 ", &n));
	assert_int_equal(n, 50);
	assert_true(number_read_typed("12,00", &n));
	assert_int_equal(n, 12);
	assert_false(number_read_typed("12,5", &n));
	assert_false(number_read_typed("circa 50", &n));
}

static void cents_are_written_with_two_digits(void **state)
{
	char text[MONEY_TEXT];

	(void)state;
	money_write(0, text);
	assert_string_equal(text, "0.00");
	money_write(-5, text);
	assert_string_equal(text, "-0.05");
	money_write(123450, text);
	assert_string_equal(text, "1234.50");
	money_write(INT64_MIN, text);
	assert_string_equal(text, "-92233720368547758.08");
}

static void rates_round_half_away_from_zero(void **state)
{
	(void)state;
	assert_int_equal(money_convert(1, 500000, 1000000), 1);
	assert_int_equal(money_convert(-1, 500000, 1000000), -1);
	assert_int_equal(money_convert(1, 499999, 1000000), 0);
	assert_int_equal(money_convert(10000, 1085300, 1000000), 10853);
	assert_int_equal(money_convert(MONEY_MAX, 1000000, 1000000), MONEY_MAX);
	assert_int_equal(money_convert(INT64_MAX, INT64_MAX, 1000000), INT64_MAX);
	assert_int_equal(money_convert(INT64_MIN, INT64_MAX, 1000000), INT64_MIN);
	assert_int_equal(money_convert(10000, 1085300, 950000), 11424);
	assert_int_equal(money_convert(-1, 1, 2), -1);
	assert_int_equal(money_convert(1, 1, 3), 0);
}

static void parts_of_a_unit_are_read_and_written(void **state)
{
	static const struct {
		const char *typed;
		int64_t millionths;
		const char *written;
	} good[] = {
		{ "1,0856", 1085600, "1.0856" },
		{ "1.0856", 1085600, "1.0856" },
		{ "1.085", 1085000, "1.085" },
		{ "1,085", 1085000, "1.085" },
		{ "0,9", 900000, "0.9" },
		{ "1", 1000000, "1" },
		{ "160", 160000000, "160" },
		{ "1.234,5", 1234500000, "1234.5" },
		{ "1,234.5", 1234500000, "1234.5" },
		{ "0.000001", 1, "0.000001" },
		{ "-0,05", -50000, "-0.05" },
		{ "0", 0, "0" },
	};
	char text[MONEY_TEXT];
	int64_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert_true(decimal_read_typed(good[i].typed, 6, &n));
		assert_int_equal(n, good[i].millionths);
		decimal_write(n, 6, text);
		assert_string_equal(text, good[i].written);
		assert_true(decimal_read(text, 6, &n));
		assert_int_equal(n, good[i].millionths);
	}
	assert_false(decimal_read_typed("0,0000001", 6, &n));
	assert_false(decimal_read_typed("uno", 6, &n));
	assert_false(decimal_read("1,5", 6, &n));
}

static void currencies_are_three_letters_in_use(void **state)
{
	(void)state;
	assert_true(currency_is_known("EUR"));
	assert_true(currency_is_known("USD"));
	assert_true(currency_is_known("ZWG"));
	assert_false(currency_is_known("ITL"));
	assert_false(currency_is_known("eur"));
	assert_false(currency_is_known("EU"));
	assert_false(currency_is_known("EURO"));
	assert_false(currency_is_known("R U"));
	assert_false(currency_is_known(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decimals_are_read_exactly),
		cmocka_unit_test(what_is_no_amount_of_cents_is_refused),
		cmocka_unit_test(amounts_are_read_as_people_write_them),
		cmocka_unit_test(what_may_mean_two_things_is_refused),
		cmocka_unit_test(whole_numbers_are_read),
		cmocka_unit_test(cents_are_written_with_two_digits),
		cmocka_unit_test(rates_round_half_away_from_zero),
		cmocka_unit_test(parts_of_a_unit_are_read_and_written),
		cmocka_unit_test(currencies_are_three_letters_in_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
