/* Instants, days and zones. */
#include "check.h"

#include "base/arena.h"
#include "base/clock.h"

static int64_t at(const char *text)
{
	int64_t ms = -1;

	assert_true(clock_read(text, &ms));
	return ms;
}

static void instants_are_written_in_rfc_3339(void **state)
{
	static const struct {
		int64_t ms;
		const char *text;
	} cases[] = {
		{ 0, "1970-01-01T00:00:00Z" },
		{ -1, "1969-12-31T23:59:59.999Z" },
		{ 1769851800000, "2026-01-31T09:30:00Z" },
		{ 1769851800250, "2026-01-31T09:30:00.250Z" },
		{ 951782400000, "2000-02-29T00:00:00Z" },
		{ INT64_MAX, "9999-12-31T23:59:59.999Z" },
		{ INT64_MIN, "0001-01-01T00:00:00Z" },
	};
	char text[CLOCK_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		clock_write(cases[i].ms, text);
		assert_string_equal(text, cases[i].text);
	}
}

static void what_is_written_is_read_back(void **state)
{
	char text[CLOCK_TEXT];

	(void)state;
	for (int64_t ms = -62135596800000; ms < 253402300800000; ms += 86399999999) {
		clock_write(ms, text);
		assert_int_equal(at(text), ms);
	}
}

static void zones_and_fractions_are_read(void **state)
{
	(void)state;
	assert_int_equal(at("2026-01-31T10:30:00+01:00"), 1769851800000);
	assert_int_equal(at("2026-01-31T04:00:00-05:30"), 1769851800000);
	assert_int_equal(at("2026-01-31t09:30:00.123456z"), 1769851800123);
	assert_int_equal(at("2026-01-31T09:30:00.5Z"), 1769851800500);
}

static void what_is_no_instant_is_refused(void **state)
{
	static const char *const bad[] = { "", "2026-01-31", "2026-02-29T00:00:00Z",
		"2026-01-31T24:00:00Z", "2026-01-31T09:60:00Z", "2026-01-31T09:30:60Z",
		"2026-01-31T09:30:00", "2026-01-31T09:30:00.1234567Z", "2026-01-31T09:30:00.Z",
		"2026-01-31T09:30:00+24:00", "2026-01-31T09:30:00+0100", "2026-01-31T09:30:00Zx",
		"0000-12-31T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
		"2026-1-31T09:30:00Z", "26-01-31T09:30:00Z", "2026-01-31T09:30:00+1" };
	int64_t ms;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(clock_read(bad[i], &ms));
}

static void a_plain_date_is_a_real_day(void **state)
{
	(void)state;
	assert_true(date_is_valid("2026-01-31"));
	assert_true(date_is_valid("2024-02-29"));
	assert_true(date_is_valid("2000-02-29"));
	assert_false(date_is_valid("1900-02-29"));
	assert_false(date_is_valid("2026-02-29"));
	assert_false(date_is_valid("2026-00-10"));
	assert_false(date_is_valid("2026-1-1"));
	assert_false(date_is_valid("2026-01-31 "));
	assert_false(date_is_valid(""));
}

/* S1.25: lists come from spreadsheets, and spreadsheets write dates so. */
static void dates_are_read_as_people_write_them(void **state)
{
	static const char *const cases[][2] = {
		{ "2026-01-31", "2026-01-31" },
		{ "31/01/2026", "2026-01-31" },
		{ "31-1-26", "2026-01-31" },
		{ "31.01.2026", "2026-01-31" },
		{ "31 gen 2026", "2026-01-31" },
		{ " 5 gennaio 2026 ", "2026-01-05" },
		{ "5 Jan 2026", "2026-01-05" },
		{ "5 sett. 2026", "2026-09-05" },
		{ "1\xc2\xb0 maggio 2026", "2026-05-01" },
		{ "luned\xc3\xac 5 gennaio 2026", "2026-01-05" },
		{ "mar 6 gen 2026", "2026-01-06" },
		{ "Mar 6, 2026", "2026-03-06" },
		{ "12/31/2026", "2026-12-31" },
		{ "05/01/2026", "2026-01-05" },
		{ "31/12/75", "1975-12-31" },
		{ "31/01/2026 09:30", "2026-01-31" },
		{ "2026-01-31T09:30:00Z", "2026-01-31" },
		{ "20260131", "2026-01-31" },
	};
	char date[DATE_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_true(date_read(cases[i][0], date));
		assert_string_equal(date, cases[i][1]);
	}
}

static void what_is_no_date_is_refused(void **state)
{
	static const char *const bad[] = { "", "ieri", "31/02/2026", "13/13/2026", "1/2", "2026",
		"5 gen", "31/01/202", "31/01/2026 x", "46023", "31/01/2026 25:00", "0/1/2026" };
	char date[DATE_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(date_read(bad[i], date));
}

static void a_time_is_taken_in_its_zone(void **state)
{
	static const struct {
		const char *typed, *zone, *instant;
	} cases[] = {
		{ "31/01/2026 9:30", "Europe/Rome", "2026-01-31T08:30:00Z" },
		{ "1 luglio 2026 09:30:15", "Europe/Rome", "2026-07-01T07:30:15Z" },
		{ "1/7/2026", "Europe/Rome", "2026-06-30T22:00:00Z" },
		{ "1/7/2026 ore 15.07", "Europe/Berlin", "2026-07-01T13:07:00Z" },
		{ "Jul 1, 2026 3:07 PM", "America/New_York", "2026-07-01T19:07:00Z" },
		{ "2026-07-01T09:30:00Z", "Europe/Rome", "2026-07-01T09:30:00Z" },
		{ "2026-07-01 09:30:00+02", "UTC", "2026-07-01T07:30:00Z" },
	};
	int64_t ms;
	char text[CLOCK_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_true(instant_read(cases[i].typed, cases[i].zone, &ms));
		clock_write(ms, text);
		assert_string_equal(text, cases[i].instant);
	}
	assert_false(instant_read("9:30", "Europe/Rome", &ms));
}

static void days_in_rome_follow_summer_time(void **state)
{
	char date[DATE_TEXT];

	(void)state;
	assert_int_equal(date_start("2026-01-15", "Europe/Rome"), at("2026-01-14T23:00:00Z"));
	assert_int_equal(date_start("2026-07-15", "Europe/Rome"), at("2026-07-14T22:00:00Z"));
	assert_int_equal(date_start("2026-03-29", "Europe/Rome"), at("2026-03-28T23:00:00Z"));
	assert_int_equal(date_start("2026-03-30", "Europe/Rome"), at("2026-03-29T22:00:00Z"));
	assert_int_equal(date_start("2026-10-26", "Europe/Rome"), at("2026-10-25T23:00:00Z"));
	date_of(at("2026-07-14T21:59:59Z"), "Europe/Rome", date);
	assert_string_equal(date, "2026-07-14");
	date_of(at("2026-07-14T22:00:00Z"), "Europe/Rome", date);
	assert_string_equal(date, "2026-07-15");
}

/* Berlin has had Rome's rule all that time, and goes by ICU. */
static void the_rule_for_rome_is_what_icu_says(void **state)
{
	char rome[DATE_TEXT], berlin[DATE_TEXT], day[DATE_TEXT];

	(void)state;
	for (int64_t n = 0; n < 40 * 366; n += 7) {
		date_add("1996-01-01", n, day);
		assert_int_equal(date_start(day, "Europe/Rome"), date_start(day, "Europe/Berlin"));
	}
	for (int64_t ms = at("1997-03-30T00:00:00Z"); ms < at("1997-03-31T00:00:00Z");
		ms += 600000) {
		date_of(ms, "Europe/Rome", rome);
		date_of(ms, "Europe/Berlin", berlin);
		assert_string_equal(rome, berlin);
	}
	/* Before, summer ended in September. */
	assert_int_equal(date_start("1990-10-10", "Europe/Rome"), at("1990-10-09T23:00:00Z"));
}

static void a_wall_time_twice_or_never_has_an_instant(void **state)
{
	const int64_t half_past_two = (2 * 60 + 30) * 60 * 1000;

	(void)state;
	assert_int_equal(
		instant_of("2026-10-25", half_past_two, "Europe/Rome"), at("2026-10-25T00:30:00Z"));
	assert_int_equal(
		instant_of("2026-03-29", half_past_two, "Europe/Rome"), at("2026-03-29T01:30:00Z"));
	/* Midnight itself is skipped where summer begins with the day. */
	assert_int_equal(date_start("2018-11-04", "America/Sao_Paulo"), at("2018-11-04T03:00:00Z"));
}

static void days_are_counted_and_added(void **state)
{
	char date[DATE_TEXT];

	(void)state;
	assert_int_equal(date_days("2026-01-31", "2026-03-01"), 29);
	assert_int_equal(date_days("2026-03-01", "2026-01-31"), -29);
	date_add("2024-02-28", 1, date);
	assert_string_equal(date, "2024-02-29");
	date_add("2026-01-01", -1, date);
	assert_string_equal(date, "2025-12-31");
	date_add("9999-12-31", INT64_MAX, date);
	assert_string_equal(date, "9999-12-31");
	date_add_months("2024-02-29", 12, date);
	assert_string_equal(date, "2025-02-28");
	date_add_months("2026-10-31", 4, date);
	assert_string_equal(date, "2027-02-28");
	date_add_months("2026-01-31", -2, date);
	assert_string_equal(date, "2025-11-30");
	date_add_months("9999-12-31", INT64_MAX, date);
	assert_string_equal(date, "9999-12-31");
}

static void zones_are_known_by_their_names(void **state)
{
	char date[DATE_TEXT];

	(void)state;
	assert_true(zone_is_known("Europe/Rome"));
	assert_true(zone_is_known("UTC"));
	assert_true(zone_is_known("Asia/Tokyo"));
	assert_false(zone_is_known("Europe/Atlantis"));
	assert_false(zone_is_known("GMT+5:17"));
	assert_false(zone_is_known(""));
	date_of(at("2026-07-14T23:59:59Z"), "Europe/Atlantis", date);
	assert_string_equal(date, "2026-07-14");
}

static void every_zone_told_is_known(void **state)
{
	struct arena *mem = arena_new();
	const char *const *all = zones_known(mem);
	size_t n = 0, rome = 0;

	(void)state;
	for (; all[n]; n++) {
		assert_true(zone_is_known(all[n]));
		rome += !strcmp(all[n], "Europe/Rome");
	}
	assert_true(n > 300);
	assert_int_equal(rome, 1);
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(instants_are_written_in_rfc_3339),
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(zones_and_fractions_are_read),
		cmocka_unit_test(what_is_no_instant_is_refused),
		cmocka_unit_test(a_plain_date_is_a_real_day),
		cmocka_unit_test(dates_are_read_as_people_write_them),
		cmocka_unit_test(what_is_no_date_is_refused),
		cmocka_unit_test(a_time_is_taken_in_its_zone),
		cmocka_unit_test(days_in_rome_follow_summer_time),
		cmocka_unit_test(the_rule_for_rome_is_what_icu_says),
		cmocka_unit_test(a_wall_time_twice_or_never_has_an_instant),
		cmocka_unit_test(days_are_counted_and_added),
		cmocka_unit_test(zones_are_known_by_their_names),
		cmocka_unit_test(every_zone_told_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
