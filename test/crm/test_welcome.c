/* The link of a trial: once, and for ten minutes (S5.46). */
#include "steps.h"

#include "api/welcome.h"

static const int64_t made_at = 5000;

static int start(void **state)
{
	(void)state;
	return secret_start() ? 0 : -1;
}

static void it_is_good_once(void **state)
{
	struct welcome w = { .lock = PTHREAD_MUTEX_INITIALIZER };
	char secret[TOKEN_TEXT];

	(void)state;
	welcome_make(&w, 7, made_at, secret);
	assert_string_not_equal(w.hash, secret);
	assert_int_equal(welcome_take(&w, "crm_another", made_at), 0);
	assert_int_equal(welcome_take(&w, "", made_at), 0);
	assert_int_equal(welcome_take(&w, secret, made_at), 7);
	assert_int_equal(welcome_take(&w, secret, made_at), 0);
}

static void it_is_good_for_ten_minutes(void **state)
{
	struct welcome w = { .lock = PTHREAD_MUTEX_INITIALIZER };
	char secret[TOKEN_TEXT];

	(void)state;
	welcome_make(&w, 7, made_at, secret);
	assert_int_equal(welcome_take(&w, secret, made_at + 600000), 0);
	assert_int_equal(welcome_take(&w, secret, made_at), 0);
	welcome_make(&w, 7, made_at, secret);
	assert_int_equal(welcome_take(&w, secret, made_at + 599999), 7);
}

static void none_was_made(void **state)
{
	struct welcome w = { .lock = PTHREAD_MUTEX_INITIALIZER };

	(void)state;
	assert_int_equal(welcome_take(&w, "", 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_good_once),
		cmocka_unit_test(it_is_good_for_ten_minutes),
		cmocka_unit_test(none_was_made),
	};

	return cmocka_run_group_tests(tests, start, NULL);
}
