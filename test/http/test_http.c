/* Requests and answers: what is refused, what arrives, what is on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "house.h"

#define HOST "Host: a.example\r\n"
#define GET "GET /hello HTTP/1.1\r\n"
#define POST "POST /body HTTP/1.1\r\n" HOST
#define BYTES(s) s, sizeof(s) - 1

static const struct refusal {
	const char *what, *bytes;
	size_t len;
	int status;
} refusals[] = {
	{ "no host", BYTES(GET "\r\n"), 400 },
	{ "two hosts", BYTES(GET HOST HOST "\r\n"), 400 },
	{ "a host that is none", BYTES(GET "Host: a b@c/../\r\n\r\n"), 400 },
	{ "a host without a name", BYTES(GET "Host:\r\n\r\n"), 400 },
	{ "a port beyond the last", BYTES(GET "Host: a:65536\r\n\r\n"), 400 },
	{ "both lengths",
		BYTES(POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
		400 },
	{ "two lengths", BYTES(POST "Content-Length: 2\r\nContent-Length: 2\r\n\r\nab"), 400 },
	{ "a length below nothing", BYTES(POST "Content-Length: -5\r\n\r\nab"), 400 },
	{ "a length in words", BYTES(POST "Content-Length: two\r\n\r\nab"), 400 },
	{ "a length beyond counting", BYTES(POST "Content-Length: 18446744073709551621\r\n\r\nab"),
		413 },
	{ "a coding that is not chunked",
		BYTES(POST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), 501 },
	{ "a coding with a blank", BYTES(POST "Transfer-Encoding: chunked \r\n\r\n0\r\n\r\n"),
		501 },
	{ "chunks in 1.0",
		BYTES("POST /body HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400 },
	{ "a length ended by NUL", BYTES(POST "Content-Length: 2\0\r\n\r\nab"), 400 },
	{ "NUL in a value", BYTES(GET HOST "X-A: a\0b\r\n\r\n"), 400 },
	{ "NUL in a value before another", BYTES(GET "X-A: a\0b\r\n" HOST "\r\n"), 400 },
	{ "a control character in a value", BYTES(GET HOST "X-A: a\x01\r\n\r\n"), 400 },
	{ "a bare CR", BYTES(GET HOST "X-A: a\rX-B: b\r\n\r\n"), 400 },
	{ "a bare LF", BYTES(GET HOST "X-A: a\nX-B: b\r\n\r\n"), 400 },
	{ "a bare LF at the end", BYTES(GET HOST "X-A: a\r\n\n"), 400 },
	{ "a folded line", BYTES(GET HOST "X-A: a\r\n b\r\n\r\n"), 400 },
	{ "a fold in front", BYTES(GET " X-A: a\r\n" HOST "\r\n"), 400 },
	{ "a blank before the colon", BYTES(GET HOST "X-A : a\r\n\r\n"), 400 },
	{ "a name that is none", BYTES(GET HOST "X(A): a\r\n\r\n"), 400 },
	{ "two authorizations", BYTES(GET HOST "Authorization: a\r\nAuthorization: b\r\n\r\n"),
		400 },
	{ "two spaces", BYTES("GET  /hello  HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "a space in the target", BYTES("GET /a b HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "HTTP/1.2", BYTES("GET / HTTP/1.2\r\n" HOST "\r\n"), 505 },
	{ "an unknown method", BYTES("BREW / HTTP/1.1\r\n" HOST "\r\n"), 501 },
	{ "TRACE", BYTES("TRACE / HTTP/1.1\r\n" HOST "\r\n"), 501 },
	{ "a bad escape", BYTES("GET /%zz HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "a cut escape", BYTES("GET /%2 HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "an escaped NUL", BYTES("GET /a%00b HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "an escaped line end", BYTES("GET /a%0d%0aX:y HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "overlong UTF-8", BYTES("GET /%c0%ae HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "half a surrogate", BYTES("GET /%ed%a0%80 HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "raw bytes", BYTES("GET /\xc3\xa9 HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "a climbing path", BYTES("GET /a/../b HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "a climbing path, escaped", BYTES("GET /..%2f..%2fetc HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "a path without a slash", BYTES("GET hello HTTP/1.1\r\n" HOST "\r\n"), 400 },
	{ "a packed body", BYTES(POST "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\nab"),
		415 },
	{ "an odd expectation", BYTES(POST "Expect: tea\r\nContent-Length: 2\r\n\r\nab"), 417 },
	{ "GET with a body", BYTES(GET HOST "Content-Length: 5\r\n\r\nhello"), 400 },
};

static void each_is_refused_and_closed(void **state)
{
	struct house *h = *state;
	char text[8192];

	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		const struct refusal *r = &refusals[i];
		int fd = dial(h);

		say(fd, r->bytes, r->len);
		say(fd, BYTES("GET /hello HTTP/1.1\r\n" HOST "\r\n"));
		if (!hear(fd, text, sizeof(text), 3000) ||
			strtol(text + 9, NULL, 10) != r->status || strstr(text, "hello ") ||
			!strstr(text, "\r\nConnection: close\r\n") || !strstr(text, "nosniff"))
			fail_msg("%s: %.300s", r->what, text);
		close(fd);
	}
}

static void long_heads_are_refused(void **state)
{
	struct house *h = *state;
	char text[16384], head[40000] = "GET /";

	memset(head + 5, 'a', 8200);
	memcpy(head + 8205, BYTES(" HTTP/1.1\r\n" HOST "\r\n"));
	assert_int_equal(ask(h, head, text, sizeof(text)), 414);
	memset(head, 0, sizeof(head));
	memcpy(head, BYTES(GET HOST));
	for (int i = 0; i < 100; i++)
		memcpy(head + strlen(head), BYTES("X-A: a\r\n"));
	memcpy(head + strlen(head), BYTES("\r\n"));
	assert_int_equal(ask(h, head, text, sizeof(text)), 431);
	memset(head, 0, sizeof(head));
	memcpy(head, BYTES(GET HOST "X-A: "));
	memset(head + strlen(head), 'a', 33000);
	memcpy(head + strlen(head), BYTES("\r\n\r\n"));
	assert_int_equal(ask(h, head, text, sizeof(text)), 431);
}

static void a_chunk_line_without_end_is_refused(void **state)
{
	char text[8192], line[60000];
	int fd = dial(*state);

	memset(line, 'a', sizeof(line));
	memcpy(line, "5;", 2);
	say(fd, BYTES(POST "Transfer-Encoding: chunked\r\n\r\n"));
	say(fd, line, sizeof(line));
	assert_int_equal(hear_one(fd, text, sizeof(text)), 400);
	close(fd);
}

static void what_is_odd_but_right_is_taken(void **state)
{
	struct house *h = *state;
	char text[8192];

	assert_int_equal(ask(h, "\r\n" GET "Host:a.example \r\nX-A:\r\nX-B: \t b \t\r\n\r\n", text,
				 sizeof(text)),
		200);
	assert_int_equal(ask(h, "GET /hello HTTP/1.0\r\n\r\n", text, sizeof(text)), 200);
	assert_int_equal(ask(h, GET "Host: [::1]:80\r\n\r\n", text, sizeof(text)), 200);
	assert_int_equal(ask(h, "GET http://b.example/peer?x=%zz HTTP/1.1\r\n" HOST "\r\n", text,
				 sizeof(text)),
		200);
	assert_non_null(strstr(text, "\r\n\r\n127.0.0.1"));
	assert_int_equal(ask(h, "GET /%70eer HTTP/1.1\r\n" HOST "\r\n", text, sizeof(text)), 200);
	assert_non_null(strstr(text, "\r\n\r\n127.0.0.1"));
}

static void an_answer_bears_the_guards(void **state)
{
	char text[8192];

	assert_int_equal(ask(*state, GET HOST "\r\n", text, sizeof(text)), 200);
	assert_non_null(strstr(text, "Content-Security-Policy: default-src 'none'; "));
	assert_non_null(strstr(text, "X-Content-Type-Options: nosniff\r\n"));
	assert_non_null(strstr(text, "Cache-Control: no-store\r\n"));
	assert_null(strstr(text, "Strict-Transport-Security"));
	assert_null(strstr(text, "Server:"));
	assert_int_equal(
		ask(*state, "GET /static HTTP/1.1\r\n" HOST "\r\n", text, sizeof(text)), 200);
	assert_null(strstr(text, "no-store"));
	assert_non_null(strstr(text, "nosniff"));
}

static void head_gives_the_headers_alone(void **state)
{
	char text[8192];
	int fd = dial(*state);

	say(fd, BYTES("HEAD /hello HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"));
	assert_true(hear(fd, text, sizeof(text), 3000));
	assert_non_null(strstr(text, "Content-Length: 2048\r\n"));
	assert_string_equal(strstr(text, "\r\n\r\n"), "\r\n\r\n");
	close(fd);
}

static void gzip_is_given_to_those_who_take_it(void **state)
{
	char text[8192];

	ask(*state, GET HOST "Accept-Encoding: br, gzip;q=0.5\r\n\r\n", text, sizeof(text));
	assert_non_null(strstr(text, "Content-Encoding: gzip\r\n"));
	assert_non_null(strstr(text, "X-House: kept\r\n"));
	assert_non_null(strstr(text, "Vary: Accept-Encoding\r\n"));
	ask(*state, GET HOST "Accept-Encoding: br, gzip;q=0.0\r\n\r\n", text, sizeof(text));
	assert_null(strstr(text, "Content-Encoding"));
	assert_non_null(strstr(text, "Vary: Accept-Encoding\r\n"));
	ask(*state, "GET /static HTTP/1.1\r\n" HOST "Accept-Encoding: gzip\r\n\r\n", text,
		sizeof(text));
	assert_null(strstr(text, "Content-Encoding"));
}

static void an_answer_from_another_thread_arrives(void **state)
{
	char text[8192];
	int fd = dial(*state);

	for (int i = 0; i < 50; i++) {
		say(fd, BYTES("POST /later HTTP/1.1\r\n" HOST "Content-Length: 2\r\n\r\nab"));
		assert_int_equal(hear_one(fd, text, sizeof(text)), 200);
		assert_non_null(strstr(text, "\r\n\r\nlater"));
	}
	close(fd);
}

static void pipelined_requests_are_answered_in_turn(void **state)
{
	char text[8192];
	int fd = dial(*state);

	say(fd, BYTES(POST "Content-Length: 3\r\n\r\nabcGET /peer HTTP/1.1\r\n" HOST "\r\n"));
	assert_int_equal(hear_one(fd, text, sizeof(text)), 200);
	assert_non_null(strstr(text, "\r\n\r\n3 abc 0"));
	assert_int_equal(hear_one(fd, text, sizeof(text)), 200);
	assert_non_null(strstr(text, "\r\n\r\n127.0.0.1"));
	close(fd);
}

static void send_body(int fd, const char *head, size_t len)
{
	char *body = malloc(len);

	memset(body, 'a', len);
	memcpy(body + len - 4, "wxyz", 4);
	say(fd, head, strlen(head));
	say(fd, body, len);
	free(body);
}

/* 2 MiB exactly: whole pages, so that the NUL after the end is one more. */
static void a_large_body_is_whole_and_ends_in_nul(void **state)
{
	char text[8192];
	int fd = dial(*state);

	send_body(fd, POST "Content-Length: 2097152\r\n\r\n", 2097152);
	assert_int_equal(hear_one(fd, text, sizeof(text)), 200);
	assert_non_null(strstr(text, "\r\n\r\n2097152 wxyz 0"));
	say(fd, BYTES(POST "Transfer-Encoding: chunked\r\n\r\n"));
	for (int i = 0; i < 3; i++) {
		send_body(fd, "80000\r\n", 524288);
		say(fd, BYTES("\r\n"));
	}
	say(fd, BYTES("0\r\n\r\n"));
	assert_int_equal(hear_one(fd, text, sizeof(text)), 200);
	assert_non_null(strstr(text, "\r\n\r\n1572864 wxyz 0"));
	close(fd);
}

static void a_body_too_large_is_refused(void **state)
{
	char text[8192];
	int fd = dial(*state);

	send_body(fd, POST "Content-Length: 4194305\r\n\r\n", 4194305);
	assert_int_equal(hear_one(fd, text, sizeof(text)), 413);
	assert_true(hear(fd, text, sizeof(text), 1000));
	close(fd);
	assert_int_equal(
		ask(*state, POST "Content-Length: 999999999\r\n\r\n", text, sizeof(text)), 413);
	assert_int_equal(ask(*state, POST "Expect: 100-continue\r\nContent-Length: 4194305\r\n\r\n",
				 text, sizeof(text)),
		413);
	fd = dial(*state);
	say(fd, BYTES("POST /hello HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"
		      "14\r\n01234567890123456789\r\n0\r\n\r\n"));
	assert_int_equal(hear_one(fd, text, sizeof(text)), 413);
	close(fd);
}

static void an_expected_100_is_given(void **state)
{
	char text[8192];
	int fd = dial(*state);

	say(fd, BYTES(POST "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n"));
	hear(fd, text, sizeof(text), 200);
	assert_non_null(strstr(text, "100 Continue"));
	say(fd, BYTES("abc"));
	assert_int_equal(hear_one(fd, text, sizeof(text)), 200);
	close(fd);
}

static void the_thousandth_request_is_the_last(void **state)
{
	char text[8192];
	int fd = dial(*state);

	for (int i = 1; i <= 1000; i++) {
		say(fd, BYTES("GET /peer HTTP/1.1\r\n" HOST "\r\n"));
		assert_int_equal(hear_one(fd, text, sizeof(text)), 200);
		assert_int_equal(strstr(text, "Connection: close") != NULL, i == 1000);
	}
	assert_true(hear(fd, text, sizeof(text), 1000));
	close(fd);
}

static void queries_are_unescaped(void **state)
{
	char out[32];

	(void)state;
	assert_true(http_unescape(BYTES("a+b%2B%c3%a9"), out, sizeof(out)));
	assert_string_equal(out, "a b+\xc3\xa9");
	assert_false(http_unescape(BYTES("%"), out, sizeof(out)));
	assert_false(http_unescape(BYTES("%0"), out, sizeof(out)));
	assert_false(http_unescape(BYTES("%00"), out, sizeof(out)));
	assert_false(http_unescape(BYTES("%ff"), out, sizeof(out)));
	assert_true(http_unescape("", 0, out, sizeof(out)));
	assert_false(http_unescape(BYTES("12345678901234567890123456789012"), out, sizeof(out)));
}

static int open_house(void **state)
{
	static struct house h;
	struct http_options o = house_options();

	house_open(&h, &o);
	*state = &h;
	return 0;
}

static int close_house(void **state)
{
	struct house *h = *state;

	house_close(h);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_refused_and_closed),
		cmocka_unit_test(long_heads_are_refused),
		cmocka_unit_test(a_chunk_line_without_end_is_refused),
		cmocka_unit_test(what_is_odd_but_right_is_taken),
		cmocka_unit_test(an_answer_bears_the_guards),
		cmocka_unit_test(head_gives_the_headers_alone),
		cmocka_unit_test(gzip_is_given_to_those_who_take_it),
		cmocka_unit_test(an_answer_from_another_thread_arrives),
		cmocka_unit_test(pipelined_requests_are_answered_in_turn),
		cmocka_unit_test(a_large_body_is_whole_and_ends_in_nul),
		cmocka_unit_test(a_body_too_large_is_refused),
		cmocka_unit_test(an_expected_100_is_given),
		cmocka_unit_test(the_thousandth_request_is_the_last),
		cmocka_unit_test(queries_are_unescaped),
	};

	return cmocka_run_group_tests(tests, open_house, close_house);
}
