/* Messages as RFC 5322 and MIME (RFC 2045-2047) want them: ASCII, lines that
 * end in CRLF and stay short, words of other alphabets encoded. */
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/secret.h"
#include "mail/parts.h"

enum { LINE = 76, VALUE_MAX = 900, SUBJECT_MAX = 2000, WORD_FRAME = 12 /* =?UTF-8?B??= */ };

void message_name(char *name)
{
	char token[TOKEN_TEXT];

	token_make(token);
	memcpy(name, token + 4, strlen(token + 4) + 1);
}

const char *domain_of(const char *address)
{
	const char *at = strrchr(address, '@');

	return at ? at + 1 : "localhost";
}

/* Nothing that would begin a line of its own (RELIABILITY: CR, LF, NUL). */
static bool is_one_line(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return false;
	return true;
}

static bool is_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

static bool is_address(const char *s)
{
	const char *at = strchr(s, '@');

	return at && at > s && at[1] && !strchr(at + 1, '@') && strlen(s) <= 254 && is_ascii(s) &&
	       !s[strcspn(s, "()<>,;:\\\"[] ")];
}

static void base64(struct buf *b, const char *s, size_t n)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		unsigned long three = 0;
		char out[4];

		for (size_t k = 0; k < 3; k++)
			three = three << 8 | (i + k < n ? (unsigned char)s[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			out[k] = i + k > n ? '=' : digits[three >> (18 - 6 * k) & 63];
		buf_addn(b, out, 4);
	}
}

/* How many of the bytes fit, whole characters only. */
static size_t whole(const char *s, size_t room)
{
	size_t n = strlen(s);

	if (n <= room)
		return n;
	while (room && ((unsigned char)s[room] & 0xc0) == 0x80)
		room--;
	return room;
}

/* Where the line being written stands. */
static size_t column(const struct buf *b)
{
	size_t n = 0;

	while (n < b->len && b->s[b->len - 1 - n] != '\n')
		n++;
	return n;
}

/* RFC 2047: words of at most 75 characters, lines of at most 76. */
static void encoded_words(struct buf *b, const char *s)
{
	while (*s) {
		size_t room = (LINE - 1 - column(b) - WORD_FRAME) / 4 * 3;
		size_t n = whole(s, room);

		buf_add(b, "=?UTF-8?B?");
		base64(b, s, n);
		buf_add(b, "?=");
		s += n;
		if (*s)
			buf_add(b, "\r\n ");
	}
}

/* ASCII as it is, on a new line where a word would go past the margin. */
static void folded(struct buf *b, const char *s)
{
	while (*s) {
		size_t blanks = strspn(s, " "), n = blanks + strcspn(s + blanks, " ");

		if (column(b) + n > LINE && blanks && s[blanks])
			buf_add(b, "\r\n");
		buf_addn(b, s, n);
		s += n;
	}
}

static bool is_plain_text(const char *s)
{
	if (!is_ascii(s) || strstr(s, "=?") || *s == ' ')
		return false;
	while (*s) {
		size_t n = strcspn(s, " ");

		if (n > LINE - 10)
			return false;
		s += n + strspn(s + n, " ");
	}
	return true;
}

/* A header without structure: Subject. */
static void text_header(struct buf *b, const char *name, const char *value)
{
	buf_addf(b, "%s: ", name);
	if (is_plain_text(value))
		folded(b, value);
	else
		encoded_words(b, value);
	buf_add(b, "\r\n");
}

/* A name before an address: atoms, a quoted string, or encoded words. */
static void phrase(struct buf *b, const char *name)
{
	if (!is_plain_text(name)) {
		encoded_words(b, name);
		return;
	}
	if (!name[strcspn(name, "()<>[]:;@\\,.\"")]) {
		folded(b, name);
		return;
	}
	buf_add(b, "\"");
	for (; *name; name++) {
		if (*name == '"' || *name == '\\')
			buf_add(b, "\\");
		buf_addn(b, name, 1);
	}
	buf_add(b, "\"");
}

static void address_header(struct buf *b, const char *header, const char *name, const char *address)
{
	buf_addf(b, "%s: ", header);
	if (!name || !*name) {
		buf_addf(b, "%s\r\n", address);
		return;
	}
	phrase(b, name);
	buf_addf(b, "%s<%s>\r\n", column(b) + strlen(address) + 3 > LINE ? "\r\n " : " ", address);
}

/* RFC 2045, 6.7: lines of at most 76, no blank at their end. */
static void quoted_printable(struct buf *b, const char *s)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		bool ends = !s[1] || s[1] == '\n' || s[1] == '\r';
		bool as_is =
			(c > ' ' && c < 0x7f && c != '=') || ((c == ' ' || c == '\t') && !ends);

		if (c == '\r' || c == '\n') {
			if (c == '\r' && s[1] == '\n')
				s++;
			buf_add(b, "\r\n");
			continue;
		}
		if (column(b) + (as_is ? 1 : 3) > LINE - 1)
			buf_add(b, "=\r\n");
		if (as_is)
			buf_addn(b, s, 1);
		else
			buf_addf(b, "=%02X", c);
	}
	if (column(b))
		buf_add(b, "\r\n");
}

static void part(struct buf *b, const char *type, const char *body)
{
	buf_addf(b,
		"Content-Type: text/%s; charset=UTF-8\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n\r\n",
		type);
	quoted_printable(b, body);
}

static bool is_token(const char *name)
{
	return *name && strlen(name) <= 60 &&
	       !name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				  "0123456789-")];
}

static void check_line(struct ctx *cx, const char *field, const char *value, size_t max)
{
	if (value && !is_one_line(value))
		refuse_field(cx, field, "mail.line_break");
	else if (value && strlen(value) > max)
		refuse_field(cx, field, "field.too_long", textf(cx, "%zu", max));
}

static bool may_be_sent(struct ctx *cx, const struct mail *mail)
{
	check_line(cx, "to", mail->to, 254);
	check_line(cx, "to_name", mail->to_name, VALUE_MAX);
	check_line(cx, "subject", mail->subject, SUBJECT_MAX);
	for (size_t i = 0; i < mail->header_n; i++) {
		const struct mail_header *h = &mail->headers[i];

		if (!is_token(h->name))
			refuse_field(cx, "headers", "mail.header_name");
		else
			check_line(cx, h->name, h->value, VALUE_MAX);
	}
	if (cx->problem.kind == PROBLEM_NONE && !is_address(mail->to))
		refuse_field(cx, "to", "mail.address");
	if (!(mail->text && *mail->text) && !(mail->html && *mail->html))
		refuse_field(cx, "text", "field.required");
	return cx->problem.kind == PROBLEM_NONE;
}

static void add_bodies(struct buf *b, const struct mail *mail, const char *name)
{
	bool has_text = mail->text && *mail->text, has_html = mail->html && *mail->html;

	buf_add(b, "MIME-Version: 1.0\r\n");
	if (!has_text || !has_html) {
		part(b, has_html ? "html" : "plain", has_html ? mail->html : mail->text);
		return;
	}
	/* "=_" stands in no quoted-printable text */
	buf_addf(b, "Content-Type: multipart/alternative; boundary=\"=_%.24s\"\r\n\r\n", name);
	buf_addf(b, "--=_%.24s\r\n", name);
	part(b, "plain", mail->text);
	buf_addf(b, "\r\n--=_%.24s\r\n", name);
	part(b, "html", mail->html);
	buf_addf(b, "\r\n--=_%.24s--\r\n", name);
}

const char *mime_content(struct ctx *cx, const struct mail *mail, const char *name)
{
	struct buf b;

	if (!may_be_sent(cx, mail))
		return NULL;
	buf_init(&b, cx->mem);
	address_header(&b, "To", mail->to_name, mail->to);
	text_header(&b, "Subject", mail->subject ? mail->subject : "");
	for (size_t i = 0; i < mail->header_n; i++) {
		const struct mail_header *h = &mail->headers[i];

		if (!is_ascii(h->value)) {
			text_header(&b, h->name, h->value);
			continue;
		}
		buf_addf(&b, "%s: ", h->name);
		folded(&b, h->value);
		buf_add(&b, "\r\n");
	}
	add_bodies(&b, mail, name);
	return b.s;
}

/* "Mon, 05 Jan 2026 09:00:00 +0000" */
static void date_header(struct buf *b, int64_t at)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
		"Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t seconds = (time_t)(at / 1000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	buf_addf(b, "Date: %s, %02d %s %d %02d:%02d:%02d +0000\r\n", days[tm.tm_wday], tm.tm_mday,
		months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

const char *mime_message(struct ctx *cx, const struct sender *sender, const char *content)
{
	struct buf b;

	buf_init(&b, cx->mem);
	date_header(&b, sender->at);
	address_header(&b, "From", sender->from_name, sender->from);
	buf_addf(&b, "Message-ID: <%s@%s>\r\n", sender->name, sender->domain);
	buf_add(&b, content);
	return b.s;
}
