/* Telephone numbers. */
#include "check.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/phone.h"

static void check_number(const char *raw, const char *country, const char *wanted)
{
	char e164[PHONE_TEXT];

	assert_int_equal(phone_read(raw, country, e164), *wanted != '\0');
	assert_string_equal(e164, wanted);
}

static void check_split(const char *raw, const char *wanted)
{
	struct arena *mem = arena_new();
	const char *const *numbers;
	size_t n = phone_split(mem, raw, "IT", &numbers);
	struct buf b;

	buf_init(&b, mem);
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%s%s", i ? " " : "", numbers[i]);
	assert_string_equal(b.s, wanted);
	arena_free(mem);
}

static void the_zero_of_a_landline_stays(void **state)
{
	(void)state;
	check_number("02 1234567", "", "+39021234567");
	check_number("+39 (0)6 12345678", "IT", "+390612345678");
	check_number("+39 (0)06 12345678", "IT", "+390612345678");
	check_number("0039 02 1234567", "IT", "+39021234567");
	check_number("39 02 1234567", "IT", "+39021234567");
	check_number("(0364) 779.400", "IT", "+390364779400");
	check_number("0364/779400", "IT", "+390364779400");
}

static void mobiles_and_services_are_read(void **state)
{
	(void)state;
	check_number("347 123 4567", "IT", "+393471234567");
	check_number("+39 347-123.4567", "FR", "+393471234567");
	check_number("39 347 1234567", "IT", "+393471234567");
	check_number("800 123456", "IT", "+39800123456");
	check_number("199 123456", "IT", "+39199123456");
}

static void words_around_a_number_are_dropped(void **state)
{
	(void)state;
	check_number("tel. 02/123.45.67 int. 3", "IT", "+39021234567");
	check_number("Tel: 02 1234567 (centralino)", "IT", "+39021234567");
	check_number("02 1234567 ext 12", "IT", "+39021234567");
	check_number("cell.347 1234567", "IT", "+393471234567");
}

static void what_cannot_be_dialled_is_none(void **state)
{
	static const char *const bad[] = { "", "+39 ", "n.d.", "112", "0000000", "12345", "+390461",
		"34503458868999", "02", "+999 123456789", "+90 0000000000",
		"1234567890123456789012345678901234567890" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		check_number(bad[i], "IT", "");
	check_number("02 1234567", "ZZ", "");
}

static void numbers_of_other_countries_keep_their_rules(void **state)
{
	(void)state;
	check_number("+49 (0)89 123456", "IT", "+4989123456");
	check_number("+44 (0)20 7946 0958", "IT", "+442079460958");
	check_number("089 123456", "DE", "+4989123456");
	check_number("06 12 34 56 78", "FR", "+33612345678");
	check_number("1 212 555 0123", "US", "+12125550123");
	check_number("(212) 555-0123", "US", "+12125550123");
	check_number("612 345 678", "ES", "+34612345678");
	check_number("0549 883888", "IT", "+3780549883888");
	check_number("883888", "SM", "+3780549883888");
	check_number("+378 0549 883888", "IT", "+3780549883888");
	check_number("+41 44 668 18 00", "IT", "+41446681800");
}

static void a_cell_may_hold_several_numbers(void **state)
{
	(void)state;
	check_split("0532 769137 / 0532 769138", "+390532769137 +390532769138");
	check_split("0532 769137-0532 769138", "+390532769137 +390532769138");
	check_split("0532769137 3477359545", "+390532769137 +393477359545");
	check_split("tel 02 1234567, cell. 347 1234567", "+39021234567 +393471234567");
	check_split("02 1234567 o 02 1234568", "+39021234567 +39021234568");
	check_split("+390532769137+390532769138", "+390532769137 +390532769138");
	check_split("0532769137 / 0532 769137", "+390532769137");
	check_split("070743923070742430", "+39070743923 +39070742430");
	check_split("0781-5096050781-5111440", "+390781509605 +3907815111440");
	check_split("", "");
}

static void other_desks_behind_a_number_are_no_numbers(void **state)
{
	(void)state;
	check_split("0532 769137/38", "+390532769137");
	check_split("0532 769137-138", "+390532769137");
	check_split("0532769137 / 335 / 272 / 261", "+390532769137");
	check_split("06 1234/5678", "+390612345678");
}

/* S1.25: spreadsheets take the zero away. */
static void a_lost_zero_is_put_back(void **state)
{
	char e164[PHONE_TEXT];

	(void)state;
	assert_true(phone_mend("532769137", e164));
	assert_string_equal(e164, "+390532769137");
	assert_true(phone_mend("+39 532 769137", e164));
	assert_string_equal(e164, "+390532769137");
	assert_false(phone_mend("3471234567", e164));
	assert_false(phone_mend("02 1234567", e164));
	assert_false(phone_mend("+390461", e164));
	assert_false(phone_mend("n.d.", e164));
	assert_string_equal(e164, "");
}

static void numbers_are_shown_as_people_read_them(void **state)
{
	static const char *const cases[][2] = {
		{ "+39021234567", "02 123 4567" },
		{ "+393471234567", "347 123 4567" },
		{ "+390612345678", "06 1234 5678" },
		{ "+390532769137", "0532 769 137" },
		{ "+41446681800", "+41 44 668 1800" },
		{ "+12125550123", "+1 212 555 0123" },
		{ "", "" },
		{ "n.d.", "n.d." },
	};
	char text[40];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		phone_show(cases[i][0], text, sizeof(text));
		assert_string_equal(text, cases[i][1]);
	}
	phone_show("+39021234567", text, 5);
	assert_string_equal(text, "02 1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_zero_of_a_landline_stays),
		cmocka_unit_test(mobiles_and_services_are_read),
		cmocka_unit_test(words_around_a_number_are_dropped),
		cmocka_unit_test(what_cannot_be_dialled_is_none),
		cmocka_unit_test(numbers_of_other_countries_keep_their_rules),
		cmocka_unit_test(a_cell_may_hold_several_numbers),
		cmocka_unit_test(other_desks_behind_a_number_are_no_numbers),
		cmocka_unit_test(a_lost_zero_is_put_back),
		cmocka_unit_test(numbers_are_shown_as_people_read_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
