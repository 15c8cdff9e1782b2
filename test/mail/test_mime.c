/* Messages as other mail programs read them: ASCII, short lines, nothing that
 * begins a header of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "mail/parts.h"

struct writing {
	struct arena *mem;
	struct ctx cx;
};

static int begin(void **state)
{
	struct writing *w = calloc(1, sizeof(*w));

	w->mem = arena_new();
	w->cx = (struct ctx){ .mem = w->mem };
	*state = w;
	return 0;
}

static int end(void **state)
{
	struct writing *w = *state;

	arena_free(w->mem);
	free(w);
	return 0;
}
#define WRITING(test) cmocka_unit_test_setup_teardown(test, begin, end)

static const struct mail plain = {
	.to = "anna@example.it",
	.subject = "Hello",
	.text = "Good morning.\n",
	.purpose = "test",
};

/* CRLF alone ends lines, which are ASCII and at most so long. */
static void assert_well_formed(const char *s, size_t longest)
{
	size_t n = 0;

	for (; *s; s++) {
		assert_true((unsigned char)*s < 0x80);
		if (*s == '\r') {
			assert_true(s[1] == '\n');
			assert_true(n <= longest);
			s++;
			n = 0;
			continue;
		}
		assert_true(*s != '\n');
		n++;
	}
	assert_int_equal(n, 0);
}

static const char *compose(struct writing *w, const struct mail *mail)
{
	const char *s = mime_content(&w->cx, mail, "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_x");

	assert_non_null(s);
	return s;
}

static void a_plain_message_reads_as_it_was_written(void **state)
{
	struct writing *w = *state;
	struct sender who = { "crm@prova.it", "Prova srl", "n1", "prova.it", 1767603600000 };

	assert_string_equal(mime_message(&w->cx, &who, compose(w, &plain)),
		"Date: Mon, 05 Jan 2026 09:00:00 +0000\r\n"
		"From: Prova srl <crm@prova.it>\r\n"
		"Message-ID: <n1@prova.it>\r\n"
		"To: anna@example.it\r\n"
		"Subject: Hello\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=UTF-8\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n"
		"\r\n"
		"Good morning.\r\n");
}

static void words_of_other_alphabets_are_encoded_whole(void **state)
{
	struct writing *w = *state;
	struct mail mail = plain;

	mail.subject = "Perché 3 € \xf0\x9f\xa6\x8b";
	assert_non_null(
		strstr(compose(w, &mail), "\r\nSubject: =?UTF-8?B?UGVyY2jDqSAzIOKCrCDwn6aL?=\r\n"));
	/* no character is cut in two, however long the subject */
	mail.subject =
		"\xf0\x9f\xa6\x8b\xf0\x9f\xa6\x8b\xf0\x9f\xa6\x8b\xf0\x9f\xa6\x8b\xf0\x9f\xa6\x8b"
		"\xf0\x9f\xa6\x8b\xf0\x9f\xa6\x8b\xf0\x9f\xa6\x8b\xf0\x9f\xa6\x8b\xf0\x9f\xa6\x8b"
		"\xf0\x9f\xa6\x8b\xf0\x9f\xa6\x8b\xf0\x9f\xa6\x8b\xf0\x9f\xa6\x8b\xf0\x9f\xa6\x8b";
	mail.to_name =
		"Società però più \"grande\", di tutti i capoluoghi della pianura padana srl";
	assert_well_formed(compose(w, &mail), 76);
	assert_non_null(strstr(compose(w, &mail), "?=\r\n =?UTF-8?B?8J+m"));
	/* what only looks encoded is encoded */
	mail.subject = "=?UTF-8?B?QQ==?=";
	assert_null(strstr(compose(w, &mail), "Subject: =?UTF-8?B?QQ==?="));
}

static void long_headers_are_folded(void **state)
{
	struct writing *w = *state;
	struct mail mail = plain;
	char subject[1500], one[701];
	struct mail_header header = { "List-Unsubscribe", one };

	for (size_t i = 0; i < sizeof(subject); i++)
		subject[i] = i % 7 == 6 ? ' ' : 'a';
	subject[sizeof(subject) - 1] = '\0';
	mail.subject = subject;
	assert_well_formed(compose(w, &mail), 76);
	/* one word longer than any line may be is encoded in a subject */
	memset(subject, 'b', sizeof(subject) - 1);
	assert_well_formed(compose(w, &mail), 76);
	/* an address in a header cannot be broken: it stays below 998 */
	memset(one, 'c', sizeof(one) - 1);
	one[sizeof(one) - 1] = '\0';
	mail.subject = "x";
	mail.headers = &header;
	mail.header_n = 1;
	assert_well_formed(compose(w, &mail), 998);
}

static void bodies_keep_every_character(void **state)
{
	struct writing *w = *state;
	struct mail mail = plain;
	const char *s;

	mail.text =
		"a = b\r\nè €\rtrailing \n.\nFrom here\n"
		"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234";
	mail.html = "<p>\xf0\x9f\xa6\x8b</p>";
	s = compose(w, &mail);
	assert_well_formed(s, 76);
	assert_non_null(
		strstr(s, "\r\na =3D b\r\n=C3=A8 =E2=82=AC\r\ntrailing=20\r\n.\r\nFrom here\r\n"));
	assert_non_null(strstr(s, "890123456789012345678901234=\r\n"));
	assert_non_null(strstr(s, "Content-Type: multipart/alternative; boundary=\"=_"));
	assert_non_null(strstr(s, "<p>=F0=9F=A6=8B</p>\r\n"));
	/* the text first, the better form last */
	assert_true(strstr(s, "text/plain") < strstr(s, "text/html"));
}

static void a_name_with_signs_is_quoted(void **state)
{
	struct writing *w = *state;
	struct mail mail = plain;

	mail.to_name = "Rossi, \"Pino\" <x>";
	assert_non_null(
		strstr(compose(w, &mail), "To: \"Rossi, \\\"Pino\\\" <x>\" <anna@example.it>\r\n"));
}

static void refused(struct writing *w, const struct mail *mail, const char *field)
{
	bool found = false;

	assert_null(mime_content(&w->cx, mail, "name"));
	assert_int_equal(w->cx.problem.kind, PROBLEM_INVALID);
	for (const struct field_problem *p = w->cx.problem.fields; p; p = p->next)
		found = found || !strcmp(p->field, field);
	assert_true(found);
	ctx_clear(&w->cx);
}

static void no_header_field_begins_a_line_of_its_own(void **state)
{
	static const char *const ways[] = {
		"x\nBcc: all@example.it",
		"x\r\nBcc: all@example.it",
		"x\rBcc: all@example.it",
		"x\x0b",
		"x\x7f",
		"\n",
	};
	struct writing *w = *state;

	for (size_t i = 0; i < COUNT(ways); i++) {
		struct mail mail = plain;
		struct mail_header header = { "X-Note", ways[i] };

		mail.subject = ways[i];
		refused(w, &mail, "subject");
		mail = plain;
		mail.to_name = ways[i];
		refused(w, &mail, "to_name");
		mail = plain;
		mail.to = ways[i];
		refused(w, &mail, "to");
		mail = plain;
		mail.headers = &header;
		mail.header_n = 1;
		refused(w, &mail, "X-Note");
		header = (struct mail_header){ ways[i], "x" };
		refused(w, &mail, "headers");
	}
}

static void only_one_plain_address_is_written_to(void **state)
{
	static const char *const wrong[] = { "", "anna", "@example.it", "anna@", "a@b@c.it",
		"anna@example.it, bea@example.it", "anna@example.it>", "<anna@example.it",
		"a b@c.it", "perch\xc3\xa9@example.it" };
	struct writing *w = *state;
	struct mail mail = plain;

	for (size_t i = 0; i < COUNT(wrong); i++) {
		mail.to = wrong[i];
		refused(w, &mail, "to");
	}
	mail = plain;
	mail.text = "";
	refused(w, &mail, "text");
}

static void the_pauses_double_up_to_six_hours(void **state)
{
	(void)state;
	assert_int_equal(mail_pause(1), 60 * 1000);
	assert_int_equal(mail_pause(2), 2 * 60 * 1000);
	assert_int_equal(mail_pause(9), 256 * 60 * 1000);
	assert_int_equal(mail_pause(10), 6 * 3600 * 1000);
	assert_int_equal(mail_pause(1000), 6 * 3600 * 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WRITING(a_plain_message_reads_as_it_was_written),
		WRITING(words_of_other_alphabets_are_encoded_whole),
		WRITING(long_headers_are_folded),
		WRITING(bodies_keep_every_character),
		WRITING(a_name_with_signs_is_quoted),
		WRITING(no_header_field_begins_a_line_of_its_own),
		WRITING(only_one_plain_address_is_written_to),
		cmocka_unit_test(the_pauses_double_up_to_six_hours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
