/* Text as search sees it. */
#include "check.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fold.h"

static void check_fold(const char *text, const char *folded)
{
	struct arena *mem = arena_new();

	assert_string_equal(fold(mem, text), folded);
	arena_free(mem);
}

static void check_tokens(const char *text, const char *wanted)
{
	struct arena *mem = arena_new();
	const char *const *tokens;
	size_t n = fold_tokens(mem, text, &tokens);
	struct buf b;

	buf_init(&b, mem);
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%s%s", i ? " " : "", tokens[i]);
	assert_string_equal(b.s, wanted);
	arena_free(mem);
}

static void case_accents_and_apostrophes_do_not_count(void **state)
{
	(void)state;
	check_fold("Citta'", "citta");
	check_fold("CITT\xc3\x80", "citta");
	check_fold("citta\xcc\x80", "citta");
	check_fold("D'Amico & C.", "damico c");
	check_fold("D\xe2\x80\x99"
		   "Amico",
		"damico");
	check_fold("stra\xc3\x9f"
		   "e",
		"strasse");
	check_fold("M\xc3\xbcller", "muller");
	check_fold("S\xc3\xb8ren \xc5\x81\xc3\xb3"
		   "d\xc5\xba \xc5\x93uvre",
		"soren lodz oeuvre");
}

static void what_is_no_word_is_one_blank(void **state)
{
	(void)state;
	check_fold("", "");
	check_fold("  a -- b  ", "a b");
	check_fold("S.r.l.", "s r l");
	check_fold("a\xe2\x80\x93"
		   "b\xe2\x82\xac"
		   "c\xf0\x9f\x98\x80",
		"a b c");
	check_fold("...", "");
	check_fold("'", "");
}

static void other_scripts_go_through_icu(void **state)
{
	(void)state;
	check_fold("\xce\x91\xce\xb8\xce\xae\xce\xbd\xce\xb1",
		"\xce\xb1\xce\xb8\xce\xb7\xce\xbd\xce\xb1");
	check_fold("\xef\xac\x81ne", "fine");
	check_fold("\xc4\xb0zmir", "izmir");
	check_fold("\xe6\x9d\xb1\xe4\xba\xac", "\xe6\x9d\xb1\xe4\xba\xac");
	check_fold("\xef\xbc\xa1\xef\xbc\xa2", "ab");
}

/* The table for Latin-1 must agree with ICU: a Greek letter behind the text
 * sends the same text the other way. */
static void the_quick_path_says_what_icu_says(void **state)
{
	struct arena *mem = arena_new();

	(void)state;
	for (uint32_t c = 0x20; c < 0x2070; c = c == 0xff ? 0x300 : c == 0x36f ? 0x2000 : c + 1) {
		char quick[16] = "x", slow[16];
		size_t n = 1 + utf8_write(c, quick + 1);
		const char *by_icu;

		if (c >= 0x7f && c < 0xa0)
			continue;
		quick[n] = 'y';
		memcpy(slow, quick, sizeof(slow));
		memcpy(slow + n + 1, " \xce\xb1", 4);
		by_icu = fold(mem, slow);
		assert_memory_equal(fold(mem, quick), by_icu, strlen(by_icu) - 3);
		assert_int_equal(strlen(fold(mem, quick)), strlen(by_icu) - 3);
	}
	arena_free(mem);
}

static void an_apostrophe_gives_both_readings(void **state)
{
	(void)state;
	check_tokens("D'Amico", "damico d amico");
	check_tokens("Rossi d\xe2\x80\x99"
		     "Este srl",
		"rossi deste d este srl");
	check_tokens("Citta' vecchia", "citta vecchia");
	check_tokens("l' azienda", "l azienda");
	check_tokens("'ndrangheta''", "ndrangheta");
	check_tokens("", "");
	check_tokens("\xce\x94'\xce\x91", "\xce\xb4\xce\xb1 \xce\xb4 \xce\xb1");
}

static void utf8_is_checked_byte_by_byte(void **state)
{
	static const char *const good[] = { "", "abc", "citt\xc3\xa0 \xe2\x82\xac \xf0\x9f\x98\x80",
		"\xf4\x8f\xbf\xbf", "\xed\x9f\xbf", "12345678\xc3\xa0", "1234567\xc3\xa0" };
	static const char *const bad[] = { "\x80", "\xc3", "\xc0\xaf", "\xe0\x80\xaf",
		"\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "12345678\xff", "\xe2\x82",
		"\xe2\x28\xa1" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_true(utf8_is_valid(good[i], strlen(good[i])));
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(utf8_is_valid(bad[i], strlen(bad[i])));
	assert_false(utf8_is_valid("a\0b", 3));
	assert_false(utf8_is_valid("aaaaaaaa\0bbbbbbb", 16));
	assert_int_equal(utf8_length("citt\xc3\xa0 \xf0\x9f\x98\x80"), 7);
}

static void bytes_that_are_no_text_do_no_harm(void **state)
{
	(void)state;
	check_fold("a\xff\xfe"
		   "b",
		"a b");
	check_fold("a\xc3", "a");
	check_fold("\xe2\x80", "");
}

static void composed_text_is_left_alone(void **state)
{
	struct arena *mem = arena_new();
	const char *composed = "citt\xc3\xa0 \xe2\x82\xac";

	(void)state;
	assert_ptr_equal(nfc(mem, composed), composed);
	assert_string_equal(nfc(mem, "citta\xcc\x80"), "citt\xc3\xa0");
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(case_accents_and_apostrophes_do_not_count),
		cmocka_unit_test(what_is_no_word_is_one_blank),
		cmocka_unit_test(other_scripts_go_through_icu),
		cmocka_unit_test(the_quick_path_says_what_icu_says),
		cmocka_unit_test(an_apostrophe_gives_both_readings),
		cmocka_unit_test(utf8_is_checked_byte_by_byte),
		cmocka_unit_test(bytes_that_are_no_text_do_no_harm),
		cmocka_unit_test(composed_text_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
