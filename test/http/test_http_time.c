/* Who takes too long, who must go when the house is full, streams, the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "house.h"

#define HOST "Host: a.example\r\n"
#define PEER "GET /peer HTTP/1.1\r\n" HOST "\r\n"
#define BYTES(s) s, sizeof(s) - 1

/* A line every 200 ms; ms until the other side closed. */
static int dribble(int fd, const char *piece)
{
	char text[4096];
	int ms = 0;

	while (!hear(fd, text, sizeof(text), 200)) {
		say(fd, piece, strlen(piece));
		ms += 200;
		if (ms > 8000)
			fail_msg("it was never closed");
	}
	return ms;
}

static void a_slow_head_is_ended(void **state)
{
	struct http_options o = house_options();
	struct house h;
	int fd;

	(void)state;
	o.head_seconds = 1;
	house_open(&h, &o);
	fd = dial(&h);
	say(fd, BYTES("GET / HTTP/1.1\r\n"));
	assert_in_range(dribble(fd, "X-A: b\r\n"), 600, 2400);
	close(fd);
	fd = dial(&h);
	assert_in_range(dribble(fd, ""), 600, 2400);
	close(fd);
	house_close(&h);
}

/* The second head of a connection has no less of a deadline, from its first
 * byte, although not even its first line is in. */
static void a_slow_second_head_is_ended(void **state)
{
	struct http_options o = house_options();
	char text[4096];
	struct house h;
	int fd;

	(void)state;
	o.head_seconds = 1;
	house_open(&h, &o);
	fd = dial(&h);
	say(fd, BYTES(PEER));
	assert_int_equal(hear_one(fd, text, sizeof(text)), 200);
	assert_false(hear(fd, text, sizeof(text), 1500));
	assert_in_range(dribble(fd, "G"), 600, 2800);
	close(fd);
	house_close(&h);
}

static void a_slow_body_is_ended(void **state)
{
	struct http_options o = house_options();
	struct house h;
	int fd;

	(void)state;
	o.body_seconds = 1;
	house_open(&h, &o);
	fd = dial(&h);
	say(fd, BYTES("POST /body HTTP/1.1\r\n" HOST "Content-Length: 1000\r\n\r\n"));
	assert_in_range(dribble(fd, "a"), 600, 2400);
	close(fd);
	house_close(&h);
}

static void a_silent_connection_is_ended(void **state)
{
	struct http_options o = house_options();
	char text[4096];
	struct house h;
	int fd;

	(void)state;
	o.idle_seconds = 1;
	house_open(&h, &o);
	fd = dial(&h);
	say(fd, BYTES(PEER));
	assert_int_equal(hear_one(fd, text, sizeof(text)), 200);
	assert_in_range(dribble(fd, ""), 600, 2400);
	close(fd);
	house_close(&h);
}

static void a_client_that_hangs_up_half_way_is_let_go(void **state)
{
	struct http_options o = house_options();
	char text[4096];
	struct house h;
	int fd;

	(void)state;
	house_open(&h, &o);
	fd = dial(&h);
	say(fd, BYTES("POST /body HTTP/1.1\r\n" HOST "Content-Length: 1000\r\n\r\nabc"));
	shutdown(fd, SHUT_WR);
	assert_true(hear(fd, text, sizeof(text), 2000));
	close(fd);
	house_close(&h);
}

/* One is asking, three were idle in turn; who comes fifth takes the place of
 * the one idle longest, and the one that is served stays. */
static void the_oldest_idle_connection_goes_first(void **state)
{
	static const int order[] = { 2, 1, 3 };
	struct http_options o = house_options();
	char text[4096];
	struct house h;
	int fd[5];

	(void)state;
	o.connections = 4;
	house_open(&h, &o);
	for (int i = 0; i < 4; i++)
		fd[i] = dial(&h);
	say(fd[0], BYTES("GET /held HTTP/1.1\r\n" HOST "\r\n"));
	for (int i = 0; i < 3; i++) {
		say(fd[order[i]], BYTES(PEER));
		assert_int_equal(hear_one(fd[order[i]], text, sizeof(text)), 200);
		pause_ms(30);
	}
	fd[4] = dial(&h);
	say(fd[4], BYTES(PEER));
	assert_int_equal(hear_one(fd[4], text, sizeof(text)), 200);
	assert_true(hear(fd[2], text, sizeof(text), 2000));
	assert_false(hear(fd[1], text, sizeof(text), 100));
	assert_false(hear(fd[3], text, sizeof(text), 100));
	house_let_go(&h);
	assert_int_equal(hear_one(fd[0], text, sizeof(text)), 200);
	for (int i = 0; i < 5; i++)
		close(fd[i]);
	house_close(&h);
}

static void an_address_has_its_limit(void **state)
{
	struct http_options o = house_options();
	char text[4096];
	struct house h;
	int fd[3];

	(void)state;
	o.per_address = 2;
	house_open(&h, &o);
	for (int i = 0; i < 2; i++) {
		fd[i] = dial(&h);
		say(fd[i], BYTES(PEER));
		assert_int_equal(hear_one(fd[i], text, sizeof(text)), 200);
	}
	fd[2] = dial(&h);
	say(fd[2], BYTES(PEER));
	assert_true(hear(fd[2], text, sizeof(text), 2000));
	assert_string_equal(text, "");
	close(fd[0]);
	pause_ms(100);
	assert_int_equal(ask(&h, PEER, text, sizeof(text)), 200);
	close(fd[1]);
	close(fd[2]);
	house_close(&h);
}

static void the_proxy_is_believed_only_where_there_is_one(void **state)
{
	static const char *asked = "GET /peer HTTP/1.1\r\n" HOST "X-Forwarded-Proto: https\r\n"
				   "X-Forwarded-For: 5.5.5.5\r\n"
				   "X-Forwarded-For: 6.6.6.6, 192.0.2.7\r\n\r\n";
	struct http_options o = house_options();
	char text[4096];
	struct house h;

	(void)state;
	house_open(&h, &o);
	assert_int_equal(ask(&h, asked, text, sizeof(text)), 200);
	assert_non_null(strstr(text, "\r\n\r\n127.0.0.1"));
	assert_null(strstr(text, "Strict-Transport-Security"));
	house_close(&h);
	o.behind_proxy = true;
	house_open(&h, &o);
	assert_int_equal(ask(&h, asked, text, sizeof(text)), 200);
	assert_non_null(strstr(text, "\r\n\r\n192.0.2.7"));
	assert_non_null(strstr(text, "Strict-Transport-Security"));
	house_close(&h);
}

static int open_stream(struct house *h)
{
	char text[4096];
	int fd = dial(h);

	say(fd, BYTES("GET /events HTTP/1.1\r\n" HOST "\r\n"));
	hear(fd, text, sizeof(text), 100);
	assert_non_null(strstr(text, "text/event-stream"));
	return fd;
}

static bool tell(struct house *h, const char *text)
{
	bool there;

	pthread_mutex_lock(&h->lock);
	there = h->stream != NULL;
	if (there)
		http_stream_send(h->stream, text);
	pthread_mutex_unlock(&h->lock);
	return there;
}

static void wait_gone(struct house *h)
{
	for (int i = 0; i < 200 && !atomic_load(&h->gone); i++)
		pause_ms(20);
	assert_int_equal(atomic_load(&h->gone), 1);
}

static void a_stream_gets_its_events(void **state)
{
	struct http_options o = house_options();
	char text[4096];
	struct house h;
	int fd;

	(void)state;
	house_open(&h, &o);
	fd = open_stream(&h);
	assert_true(tell(&h, "event: a\ndata: 1\n\n"));
	assert_true(tell(&h, "event: b\ndata: 2\n\n"));
	assert_false(hear(fd, text, sizeof(text), 200));
	assert_non_null(strstr(text, "event: a\ndata: 1\n\n"));
	assert_non_null(strstr(text, "event: b\ndata: 2\n\n"));
	pthread_mutex_lock(&h.lock);
	http_stream_end(h.stream);
	pthread_mutex_unlock(&h.lock);
	wait_gone(&h);
	close(fd);
	house_close(&h);
}

static void a_stream_ends_when_its_client_goes(void **state)
{
	struct http_options o = house_options();
	struct house h;

	(void)state;
	house_open(&h, &o);
	close(open_stream(&h));
	wait_gone(&h);
	house_close(&h);
}

static void a_stream_nobody_reads_is_dropped(void **state)
{
	struct http_options o = house_options();
	char *event = calloc(1, 64 * 1024);
	struct house h;
	int fd, n = 0;

	(void)state;
	house_open(&h, &o);
	fd = open_stream(&h);
	memset(event, 'a', 64 * 1024 - 1);
	while (n < 1000 && tell(&h, event)) {
		n++;
		pause_ms(1);
	}
	assert_in_range(n, 4, 999);
	wait_gone(&h);
	free(event);
	close(fd);
	house_close(&h);
}

static void a_stop_ends_streams_and_lets_calls_end(void **state)
{
	struct http_options o = house_options();
	char text[4096];
	struct house h;
	int fd, later;

	(void)state;
	house_open(&h, &o);
	fd = open_stream(&h);
	later = dial(&h);
	say(later, BYTES("POST /later HTTP/1.1\r\n" HOST "\r\n"));
	while (!atomic_load(&h.later))
		pause_ms(1);
	http_stop(h.server);
	h.server = NULL;
	assert_int_equal(atomic_load(&h.gone), 1);
	assert_int_equal(hear_one(later, text, sizeof(text)), 200);
	assert_true(hear(fd, text, sizeof(text), 1000));
	close(fd);
	close(later);
	house_close(&h);
}

static void an_answer_after_the_stop_is_released(void **state)
{
	struct http_options o = house_options();
	char text[4096];
	struct house h;
	int fd;

	(void)state;
	house_open(&h, &o);
	fd = dial(&h);
	say(fd, BYTES("GET /held HTTP/1.1\r\n" HOST "\r\n"));
	while (!atomic_load(&h.held))
		pause_ms(5);
	http_stop(h.server);
	h.server = NULL;
	assert_true(hear(fd, text, sizeof(text), 1000));
	assert_int_equal(atomic_load(&h.released), 0);
	house_let_go(&h);
	assert_int_equal(atomic_load(&h.released), 1);
	close(fd);
	house_close(&h);
}

static void an_address_that_is_taken_is_told(void **state)
{
	struct http_options o = house_options();
	struct http_app app = { 0 };
	char why[128] = "";
	struct house h;

	(void)state;
	house_open(&h, &o);
	o.port = http_port(h.server);
	assert_null(http_start(&o, &app, why, sizeof(why)));
	assert_non_null(strstr(why, "in use"));
	o.address = "nowhere";
	assert_null(http_start(&o, &app, why, sizeof(why)));
	assert_non_null(strstr(why, "address"));
	house_close(&h);
}

static void count(void *app, void *job)
{
	(void)job;
	pause_ms(2);
	atomic_fetch_add((_Atomic int *)app, 1);
}

static void a_pool_takes_what_it_has_room_for_and_finishes_it(void **state)
{
	_Atomic int done = 0;
	struct pool *p = pool_new(1, 4, count, &done, "counting");
	int taken = 0;

	(void)state;
	for (int i = 0; i < 10; i++)
		taken += pool_add(p, &taken);
	assert_in_range(taken, 4, 6);
	assert_in_range(pool_waiting(p), 0, 4);
	pool_free(p);
	assert_int_equal(atomic_load(&done), taken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slow_head_is_ended),
		cmocka_unit_test(a_slow_second_head_is_ended),
		cmocka_unit_test(a_slow_body_is_ended),
		cmocka_unit_test(a_silent_connection_is_ended),
		cmocka_unit_test(a_client_that_hangs_up_half_way_is_let_go),
		cmocka_unit_test(the_oldest_idle_connection_goes_first),
		cmocka_unit_test(an_address_has_its_limit),
		cmocka_unit_test(the_proxy_is_believed_only_where_there_is_one),
		cmocka_unit_test(a_stream_gets_its_events),
		cmocka_unit_test(a_stream_ends_when_its_client_goes),
		cmocka_unit_test(a_stream_nobody_reads_is_dropped),
		cmocka_unit_test(a_stop_ends_streams_and_lets_calls_end),
		cmocka_unit_test(an_answer_after_the_stop_is_released),
		cmocka_unit_test(an_address_that_is_taken_is_told),
		cmocka_unit_test(a_pool_takes_what_it_has_room_for_and_finishes_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
