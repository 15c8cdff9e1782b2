/* Sentences in the reader's language. */
#include "check.h"

#include "base/arena.h"
#include "base/words.h"

static const char *const json[LANG_COUNT] = {
	[LANG_IT] = "{\"plain\":\"L'azienda c'\xc3\xa8\",\"who\":\"L'azienda {0} di {1}\","
		    "\"back\":\"{1} {0}\",\"quote\":\"l''azienda\","
		    "\"rows\":\"{0, plural, one {una riga} other {# righe}} di {1}\","
		    "\"two\":\"{0}: {1, plural, one {# si} other {# no}}, {2}, {3, number}\"}",
	[LANG_EN] = "{\"plain\":\"There is a company\",\"rows\":\"{0, plural, one {# row} other "
		    "{# rows}} of {1}\"}",
};

static void check_said(enum lang lang, struct saying s, const char *wanted)
{
	struct words *w = words_new(json);
	struct arena *mem = arena_new();

	assert_non_null(w);
	assert_string_equal(words_say(w, mem, lang, &s), wanted);
	arena_free(mem);
	words_free(w);
}

static void a_sentence_is_said_in_its_language(void **state)
{
	(void)state;
	check_said(LANG_IT, (struct saying){ "plain" }, "L'azienda c'\xc3\xa8");
	check_said(LANG_EN, (struct saying){ "plain" }, "There is a company");
	check_said(LANG_IT, (struct saying){ "quote" }, "l'azienda");
}

static void arguments_are_put_in(void **state)
{
	(void)state;
	check_said(LANG_IT, (struct saying){ "who", { "{Citt\xc3\xa0}", "D'Amico" } },
		"L'azienda {Citt\xc3\xa0} di D'Amico");
	check_said(LANG_IT, (struct saying){ "back", { "a", "b" } }, "b a");
	check_said(LANG_IT, (struct saying){ "who", { "x" } }, "L'azienda x di ");
}

static void numbers_are_counted_and_grouped(void **state)
{
	(void)state;
	check_said(LANG_IT, (struct saying){ "rows", { "1", "x" } }, "una riga di x");
	check_said(LANG_IT, (struct saying){ "rows", { "12345", "x" } }, "12.345 righe di x");
	check_said(LANG_EN, (struct saying){ "rows", { "12345", "x" } }, "12,345 rows of x");
	check_said(LANG_IT, (struct saying){ "two", { "a", "2", "b", "20000" } },
		"a: 2 no, b, 20.000");
}

static void a_key_that_is_not_there_comes_back(void **state)
{
	(void)state;
	check_said(LANG_EN, (struct saying){ "who" }, "who");
}

static void texts_that_are_not_readable_give_none(void **state)
{
	const char *const broken[LANG_COUNT] = { "{", "{}" };
	const char *const nested[LANG_COUNT] = { "{}", "{\"a\":{\"b\":\"c\"}}" };
	const char *const twice[LANG_COUNT] = { "{\"a\":\"b\",\"a\":\"c\"}", "{}" };

	(void)state;
	assert_null(words_new(broken));
	assert_null(words_new(nested));
	assert_null(words_new(twice));
}

static void the_browser_says_which_language(void **state)
{
	enum lang lang;

	(void)state;
	assert_int_equal(lang_accept("it-IT,it;q=0.9,en;q=0.8", LANG_EN), LANG_IT);
	assert_int_equal(lang_accept("en-US,en;q=0.9,it;q=0.8", LANG_IT), LANG_EN);
	assert_int_equal(lang_accept("fr, it;q=0.2, en; q=0.3", LANG_IT), LANG_EN);
	assert_int_equal(lang_accept("en;q=0, it;q=0.1", LANG_EN), LANG_IT);
	assert_int_equal(lang_accept("de, *", LANG_EN), LANG_EN);
	assert_int_equal(lang_accept("", LANG_IT), LANG_IT);
	assert_int_equal(lang_accept(NULL, LANG_IT), LANG_IT);
	assert_int_equal(lang_accept("item, english", LANG_IT), LANG_IT);
	assert_true(lang_read("en", &lang));
	assert_int_equal(lang, LANG_EN);
	assert_false(lang_read("fr", &lang));
	assert_string_equal(lang_code(LANG_IT), "it");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sentence_is_said_in_its_language),
		cmocka_unit_test(arguments_are_put_in),
		cmocka_unit_test(numbers_are_counted_and_grouped),
		cmocka_unit_test(a_key_that_is_not_there_comes_back),
		cmocka_unit_test(texts_that_are_not_readable_give_none),
		cmocka_unit_test(the_browser_says_which_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
