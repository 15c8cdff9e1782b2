/* Partita IVA, codice fiscale and IBAN (S2.18, S2.37). */
#include "check.h"

#include "base/codes.h"

static void a_code_is_cleaned_of_what_people_type(void **state)
{
	static const char *const cases[][2] = {
		{ "IT 007.431.101-57", "00743110157" },
		{ "it00743110157", "00743110157" },
		{ "rss mra 80a01 h501u", "RSSMRA80A01H501U" },
		{ "\xc2\xa0"
		  "00743110157 ",
			"00743110157" },
		{ "DE123456789", "DE123456789" },
		{ "IT60X0542811101000000123456", "IT60X0542811101000000123456" },
		{ "", "" },
	};
	char out[CODE_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		code_clean(cases[i][0], out);
		assert_string_equal(out, cases[i][1]);
	}
	code_clean("0123456789012345678901234567890123456789", out);
	assert_string_equal(out, "01234567890123456789012345678901234");
	/* A letter of two bytes is not cut in half. */
	code_clean("0123456789012345678901234567890123\xc3\xa0", out);
	assert_string_equal(out, "0123456789012345678901234567890123");
}

static void vat_numbers_have_a_check_digit(void **state)
{
	static const char *const good[] = { "00743110157", "12345678903", "01234567897",
		"07643520567", "IT 00743110157", "DE123456789", "ATU12345678", "FRXX999999999" };
	static const char *const wrong[] = { "00743110158", "01234567890", "12345678901",
		"00000000000" };
	static const char *const malformed[] = { "", "1234567890", "123", "0074311015A", "IT",
		"RSSMRA80A01H501U", "123456789012", "ZZ123456789", "DE" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_int_equal(vat_number_check(good[i], NULL), CODE_GOOD);
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_int_equal(vat_number_check(wrong[i], NULL), CODE_CHECK);
	for (size_t i = 0; i < COUNT_OF(malformed); i++)
		assert_int_equal(vat_number_check(malformed[i], NULL), CODE_LENGTH);
}

static void a_lost_zero_is_proposed(void **state)
{
	char proposal[CODE_TEXT];

	(void)state;
	assert_int_equal(vat_number_check("0743110157", proposal), CODE_ZERO_LOST);
	assert_string_equal(proposal, "00743110157");
	assert_int_equal(vat_number_check("IT 7643520567", proposal), CODE_ZERO_LOST);
	assert_string_equal(proposal, "07643520567");
	assert_int_equal(vat_number_check("00743110157", proposal), CODE_GOOD);
	assert_string_equal(proposal, "");
	assert_int_equal(tax_code_check("7643520567", proposal), CODE_ZERO_LOST);
	assert_string_equal(proposal, "07643520567");
}

static void tax_codes_of_people_and_firms_are_checked(void **state)
{
	static const char *const good[] = { "RSSMRA80A01H501U", "rssmra80a01h501u",
		"RSSMRA80A41H501Y", "FOXDRA26C24E367U", "DLCGFR68H09F839M", "LLAIAX01B68L219J",
		"00743110157", "80051890152", "97519070011" };
	static const char *const wrong[] = { "RSSMRA80A01H501X", "CNTCHR83T32D969H",
		"CSTNGL22I10D086I", "00743110158" };
	static const char *const malformed[] = { "", "RSSMRA80A01H501", "RSSMRA80A01H501UU",
		"1SSMRA80A01H501U", "RSSMRA8AA01H501U", "ciao" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_int_equal(tax_code_check(good[i], NULL), CODE_GOOD);
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_int_equal(tax_code_check(wrong[i], NULL), CODE_CHECK);
	for (size_t i = 0; i < COUNT_OF(malformed); i++)
		assert_int_equal(tax_code_check(malformed[i], NULL), CODE_LENGTH);
}

static void two_people_with_one_code_get_letters(void **state)
{
	static const char *const good[] = { "RSSMRA80A01H50MM", "RSSMRA80A01H5LMX",
		"RSSMRA80A01HRLMS", "RSSMRA80A0MHRLMK", "RSSMRA80ALMHRLMV", "RSSMRA8LALMHRLMG",
		"RSSMRAULALMHRLMD" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_int_equal(tax_code_check(good[i], NULL), CODE_GOOD);
}

static void an_iban_is_checked_twice_in_italy(void **state)
{
	(void)state;
	assert_int_equal(iban_check("IT60X0542811101000000123456"), CODE_GOOD);
	assert_int_equal(iban_check("it60 x054 2811 1010 0000 0123 456"), CODE_GOOD);
	assert_int_equal(iban_check("SM86U0322509800000000270100"), CODE_GOOD);
	assert_int_equal(iban_check("DE89370400440532013000"), CODE_GOOD);
	/* Mod 97 fits, the CIN does not. */
	assert_int_equal(iban_check("IT40S0542811101000000123456"), CODE_CHECK);
	assert_int_equal(iban_check("IT60X0542811101000000123457"), CODE_CHECK);
	assert_int_equal(iban_check("IT60X054281110100000012345"), CODE_LENGTH);
	assert_int_equal(iban_check("DE8937040044053201300"), CODE_LENGTH);
	assert_int_equal(iban_check(""), CODE_LENGTH);
	assert_int_equal(iban_check("IT"), CODE_LENGTH);
	assert_int_equal(iban_check("IT60X05428111010000001234!6"), CODE_LENGTH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_is_cleaned_of_what_people_type),
		cmocka_unit_test(vat_numbers_have_a_check_digit),
		cmocka_unit_test(a_lost_zero_is_proposed),
		cmocka_unit_test(tax_codes_of_people_and_firms_are_checked),
		cmocka_unit_test(two_people_with_one_code_get_letters),
		cmocka_unit_test(an_iban_is_checked_twice_in_italy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
