/* Numbers that sort by time. */
#include "check.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/id.h"

static const int64_t now = 1767225600000; /* 2026-01-01 */

static void ids_are_53_bits_and_sort_by_time(void **state)
{
	struct id_maker *m = id_maker_new(31);
	int64_t first = id_next(m, now), second = id_next(m, now + 1);

	(void)state;
	assert_true(first > 0);
	assert_true(second > first);
	assert_true(id_next(m, INT64_C(3934712551551)) < INT64_C(1) << 53);
	id_maker_free(m);
}

static void a_full_millisecond_borrows_the_next(void **state)
{
	struct id_maker *m = id_maker_new(0);
	int64_t last = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		int64_t id = id_next(m, now);

		assert_true(id > last);
		last = id;
	}
	assert_int_equal(last >> 12, now - 1735689600000 + 7);
	id_maker_free(m);
}

static void a_clock_that_goes_back_changes_nothing(void **state)
{
	struct id_maker *m = id_maker_new(5);
	int64_t id = id_next(m, now);

	(void)state;
	assert_true(id_next(m, now - 100000) > id);
	assert_true(id_next(m, 0) > id);
	id_maker_free(m);
}

static void ids_of_before_are_never_given_out_again(void **state)
{
	static const int nodes[] = { 0, 7, 31 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(nodes); i++) {
		struct id_maker *other = id_maker_new(nodes[i]), *m = id_maker_new(7);
		int64_t seen = id_next(other, now);

		id_maker_seen(m, seen);
		id_maker_seen(m, 1);
		assert_true(id_next(m, now - 5000) > seen);
		id_maker_free(m);
		id_maker_free(other);
	}
}

enum { THREADS = 4, EACH = 20000 };

struct work {
	struct id_maker *m;
	int64_t ids[EACH];
};

static void *make_ids(void *arg)
{
	struct work *w = arg;

	for (int i = 0; i < EACH; i++)
		w->ids[i] = id_next(w->m, now + i / 500);
	return NULL;
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void threads_never_share_an_id(void **state)
{
	struct id_maker *m = id_maker_new(1);
	struct work *work = calloc(THREADS, sizeof(*work));
	int64_t *all = malloc(sizeof(*all) * THREADS * EACH);
	pthread_t threads[THREADS];

	(void)state;
	for (int i = 0; i < THREADS; i++) {
		work[i].m = m;
		assert_int_equal(pthread_create(&threads[i], NULL, make_ids, &work[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		memcpy(all + i * EACH, work[i].ids, sizeof(work[i].ids));
	}
	qsort(all, THREADS * EACH, sizeof(*all), by_value);
	for (int i = 1; i < THREADS * EACH; i++)
		assert_true(all[i] > all[i - 1]);
	free(all);
	free(work);
	id_maker_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_are_53_bits_and_sort_by_time),
		cmocka_unit_test(a_full_millisecond_borrows_the_next),
		cmocka_unit_test(a_clock_that_goes_back_changes_nothing),
		cmocka_unit_test(ids_of_before_are_never_given_out_again),
		cmocka_unit_test(threads_never_share_an_id),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
