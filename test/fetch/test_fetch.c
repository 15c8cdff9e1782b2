/* Files from addresses that somebody typed (RELIABILITY 45 to 50). */
#include "../base/check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>

#include "base/arena.h"
#include "fetch/fetch.h"
#include "listener.h"

static bool is_public(const char *text)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
		return address_is_public((struct sockaddr *)&four);
	assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
	return address_is_public((struct sockaddr *)&six);
}

static void only_what_is_everybodys_is_public(void **state)
{
	static const char *const ours[] = { "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1",
		"127.255.255.255", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1",
		"192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255",
		"198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
		"::", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
		"64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1",
		"2001:db8::1", "2002:7f00:1::1", "3fff::1", "fc00::1", "fd12::1", "fe80::1",
		"fec0::1", "ff02::1" };
	static const char *const theirs[] = { "8.8.8.8", "1.1.1.1", "100.128.0.1", "172.32.0.1",
		"142.250.180.14", "2a00:1450:4002::200e", "2606:4700::1111", "::ffff:8.8.8.8",
		"64:ff9b::808:808" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(ours); i++)
		if (is_public(ours[i]))
			fail_msg("%s", ours[i]);
	for (size_t i = 0; i < COUNT_OF(theirs); i++)
		if (!is_public(theirs[i]))
			fail_msg("%s", theirs[i]);
}

/* Why it was not fetched; "" when it was. */
static const char *fetched(struct arena *mem, const char *url, const char *allow)
{
	struct fetched got;
	const char *why = "";

	return fetch_file(mem, url, allow, &got, &why) ? "" : why;
}

/* RELIABILITY 46, 48: whatever the spelling, it is the address that counts. */
static void no_spelling_leads_inside(void **state)
{
	static const char *const hosts[] = { "127.0.0.1", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001",
		"2130706433", "127.1", "127.0.1", "0", "0.0.0.0", "localhost", "localhost.",
		"127.0.0.1.", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
		"[0:0:0:0:0:ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]",
		"10.0.0.1", "012.0.0.1", "169.254.169.254", "0xa9fea9fe", "2852039166",
		"[::ffff:a9fe:a9fe]", "192.168.0.1", "172.16.0.1", "100.64.0.1", "224.0.0.1",
		"255.255.255.255", "\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.0.0.1",
		"127\xe3\x80\x82"
		"0\xe3\x80\x82"
		"0\xe3\x80\x82"
		"1" };
	struct arena *mem = arena_new();
	struct listener l;

	(void)state;
	listener_open(&l, "");
	for (size_t i = 0; i < COUNT_OF(hosts); i++) {
		char url[200];
		const char *why;

		snprintf(url, sizeof(url), "https://%s:%d/sheet", hosts[i], l.port);
		why = fetched(mem, url, NULL);
		if (strcmp(why, "fetch.unreachable") && strcmp(why, "fetch.address"))
			fail_msg("%s: %s", url, why);
	}
	assert_int_equal(l.heard, 0);
	listener_close(&l);
	arena_free(mem);
}

static void only_https_is_spoken(void **state)
{
	static const char *const urls[] = { "http://example.com/", "file:///etc/passwd",
		"ftp://example.com/x", "gopher://127.0.0.1:25/x", "https://user:pw@example.com/",
		"//example.com", "example.com", "", "https://", "javascript:alert(1)" };
	struct arena *mem = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(urls); i++)
		assert_string_equal(fetched(mem, urls[i], NULL), "fetch.address");
	arena_free(mem);
}

struct place {
	struct listener l, other;
	char allow[40];
	struct arena *mem;
};

static const char *from(struct place *p, const char *path)
{
	char url[100];

	snprintf(url, sizeof(url), "http://%s%s", p->allow, path);
	return fetched(p->mem, url, p->allow);
}

/* RELIABILITY 45, 47, 49 */
static void each_redirect_is_looked_at(void **state)
{
	struct place p = { .mem = arena_new() };

	(void)state;
	listener_open(&p.l, "Nome\nRossi\n");
	listener_open(&p.other, "secret");
	p.l.other = p.other.port;
	snprintf(p.allow, sizeof(p.allow), "127.0.0.1:%d", p.l.port);
	assert_string_equal(from(&p, "/sheet"), "");
	assert_string_equal(from(&p, "/hop"), "");
	assert_string_equal(from(&p, "/elsewhere"), "fetch.address");
	assert_string_equal(from(&p, "/private"), "fetch.unreachable");
	assert_string_equal(from(&p, "/round"), "fetch.answer");
	assert_string_equal(from(&p, "/no"), "fetch.answer");
	assert_string_equal(from(&p, "/large"), "fetch.too_large");
	assert_int_equal(p.other.heard, 0);
	listener_close(&p.l);
	listener_close(&p.other);
	arena_free(p.mem);
}

/* RELIABILITY 49: an open port and a closed one are told alike. */
static void what_is_inside_is_not_told(void **state)
{
	struct arena *mem = arena_new();
	struct listener l;
	char url[60];

	(void)state;
	listener_open(&l, "");
	snprintf(url, sizeof(url), "https://127.0.0.1:%d/", l.port);
	assert_string_equal(fetched(mem, url, NULL), "fetch.unreachable");
	assert_string_equal(fetched(mem, "https://127.0.0.1:1/", NULL), "fetch.unreachable");
	assert_string_equal(
		fetched(mem, "https://no-such-name.invalid/", NULL), "fetch.unreachable");
	listener_close(&l);
	arena_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_is_everybodys_is_public),
		cmocka_unit_test(no_spelling_leads_inside),
		cmocka_unit_test(only_https_is_spoken),
		cmocka_unit_test(each_redirect_is_looked_at),
		cmocka_unit_test(what_is_inside_is_not_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
