/* JSON as it is written. */
#include "check.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/json.h"

/* Texts are looked at eight bytes at a time: each byte, at each place. */
static void every_byte_is_quoted_wherever_it_stands(void **state)
{
	(void)state;
	for (int c = 1; c < 256; c++)
		for (size_t at = 0; at < 20; at++) {
			bool is_mark = c == '"' || c == '\\', is_plain = c >= 0x20 && c != 0x7f;
			struct arena *mem = arena_new();
			char text[21] = "abcdefgh~~~~\xc3\xa8 12345", wanted[64];
			struct json_out j;

			text[at] = (char)c;
			snprintf(wanted, sizeof(wanted),
				is_mark	   ? "\"%.*s\\%c%s\""
				: is_plain ? "\"%.*s%c%s\""
					   : "\"%.*s\\u%04x%s\"",
				(int)at, text, c, text + at + 1);
			json_init(&j, mem);
			json_text(&j, text);
			assert_string_equal(j.text.s, wanted);
			arena_free(mem);
		}
}

static void amounts_and_numbers_are_whole(void **state)
{
	static const struct {
		int64_t cents;
		const char *text;
	} cases[] = {
		{ 0, "[0.00,0]" },
		{ 5, "[0.05,5]" },
		{ -5, "[-0.05,-5]" },
		{ 123450, "[1234.50,123450]" },
		{ INT64_MAX, "[92233720368547758.07,9223372036854775807]" },
		{ INT64_MIN, "[-92233720368547758.08,-9223372036854775808]" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct arena *mem = arena_new();
		struct json_out j;

		json_init(&j, mem);
		json_open(&j, '[');
		json_money(&j, cases[i].cents);
		json_int(&j, cases[i].cents);
		json_close(&j, ']');
		assert_string_equal(j.text.s, cases[i].text);
		arena_free(mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_is_quoted_wherever_it_stands),
		cmocka_unit_test(amounts_and_numbers_are_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
