/* One event, one line. */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"

/* What one call writes on stderr, after the time. */
static void check_line(const char *value, const char *wanted)
{
	char line[8192] = "";
	int kept = dup(STDERR_FILENO), ends[2];
	ssize_t n;

	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	log_line("test", "value", value, (const char *)NULL);
	dup2(kept, STDERR_FILENO);
	close(kept);
	close(ends[1]);
	n = read(ends[0], line, sizeof(line) - 1);
	close(ends[0]);
	assert_true(n > 0 && n <= 4096);
	assert_memory_equal(line, "time=", 5);
	assert_non_null(strstr(line, wanted));
	assert_ptr_equal(strchr(line, '\n'), line + n - 1);
}

static void values_are_quoted_when_needed(void **state)
{
	(void)state;
	check_line("GET", " event=test value=GET\n");
	check_line("", " value=\"\"\n");
	check_line("a b", " value=\"a b\"\n");
	check_line("a=b", " value=\"a=b\"\n");
	check_line("citt\xc3\xa0", " value=citt\xc3\xa0\n");
	check_line(NULL, " value=\"\"\n");
}

static void one_event_stays_one_line(void **state)
{
	(void)state;
	check_line("a\nevent=forged", " value=\"a\\nevent=forged\"\n");
	check_line("\x1b[31m\"\\", " value=\"\\x1b[31m\\\"\\\\\"\n");
	check_line("\xc2\x9b"
		   "31m",
		" value=\"\\xc2\\x9b31m\"\n");
	check_line("\xc2", " value=\xc2\n");
}

static void a_long_value_is_cut(void **state)
{
	char *text = malloc(10000);

	(void)state;
	memset(text, 'x', 9999);
	text[9999] = '\0';
	check_line(text, "xxx...\n");
	memset(text, ' ', 9999);
	check_line(text, "   ...\"\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_quoted_when_needed),
		cmocka_unit_test(one_event_stays_one_line),
		cmocka_unit_test(a_long_value_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
