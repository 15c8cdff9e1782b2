/* Passwords, tokens and hashes. */
#include "check.h"

#include "base/secret.h"

static int start(void **state)
{
	(void)state;
	return secret_start() ? 0 : -1;
}

static void only_the_password_fits_its_hash(void **state)
{
	char hash[SECRET_HASH], again[SECRET_HASH];

	(void)state;
	assert_true(password_hash("corretto cavallo", hash));
	assert_true(password_hash("corretto cavallo", again));
	assert_string_not_equal(hash, again);
	assert_true(password_fits(hash, "corretto cavallo"));
	assert_false(password_fits(hash, "Corretto cavallo"));
	assert_false(password_fits(hash, ""));
	assert_false(password_fits("", "corretto cavallo"));
	assert_false(password_fits("x", ""));
	password_pretend("anything");
}

static void the_hash_is_argon2id_as_the_header_says(void **state)
{
	static const char wanted[] = "$argon2id$v=19$m=19456,t=2,p=1$";
	char hash[SECRET_HASH];

	(void)state;
	assert_true(password_hash("", hash));
	assert_memory_equal(hash, wanted, sizeof(wanted) - 1);
}

static void tokens_are_long_and_never_the_same(void **state)
{
	char a[TOKEN_TEXT], b[TOKEN_TEXT];

	(void)state;
	token_make(a);
	token_make(b);
	assert_int_equal(strlen(a), 47);
	assert_memory_equal(a, "crm_", 4);
	assert_string_not_equal(a, b);
	assert_int_equal(
		strspn(a, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"), 47);
}

static void a_digest_is_blake2b(void **state)
{
	char out[HASH_TEXT];

	(void)state;
	secret_digest("", 0, out);
	assert_string_equal(
		out, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_password_fits_its_hash),
		cmocka_unit_test(the_hash_is_argon2id_as_the_header_says),
		cmocka_unit_test(tokens_are_long_and_never_the_same),
		cmocka_unit_test(a_digest_is_blake2b),
	};

	return cmocka_run_group_tests(tests, start, NULL);
}
