/* The JSON writer: one pass, no tree. */
#include "base/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"

static void separate(struct json_out *j)
{
	if (j->comma)
		buf_addn(&j->text, ",", 1);
	j->comma = true;
}

void json_init(struct json_out *j, struct arena *mem)
{
	j->comma = false;
	buf_init(&j->text, mem);
}

void json_open(struct json_out *j, char bracket)
{
	separate(j);
	buf_addn(&j->text, &bracket, 1);
	j->comma = false;
}

void json_close(struct json_out *j, char bracket)
{
	buf_addn(&j->text, &bracket, 1);
	j->comma = true;
}

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

static void quoted(struct buf *b, const char *s)
{
	buf_addn(b, "\"", 1);
	while (*s) {
		const char *from = s;

		while (is_plain((unsigned char)*s))
			s++;
		buf_addn(b, from, (size_t)(s - from));
		if (!*s)
			break;
		if (*s == '"' || *s == '\\')
			buf_addf(b, "\\%c", *s);
		else
			buf_addf(b, "\\u%04x", (unsigned char)*s);
		s++;
	}
	buf_addn(b, "\"", 1);
}

void json_key(struct json_out *j, const char *key)
{
	separate(j);
	quoted(&j->text, key);
	buf_addn(&j->text, ":", 1);
	j->comma = false;
}

void json_text(struct json_out *j, const char *s)
{
	separate(j);
	if (s)
		quoted(&j->text, s);
	else
		buf_addn(&j->text, "null", 4);
}

void json_int(struct json_out *j, int64_t i)
{
	char digits[24];
	char *p = digits + sizeof(digits);
	uint64_t u = i < 0 ? 0 - (uint64_t)i : (uint64_t)i;

	separate(j);
	do
		*--p = (char)('0' + u % 10);
	while (u /= 10);
	if (i < 0)
		*--p = '-';
	buf_addn(&j->text, p, (size_t)(digits + sizeof(digits) - p));
}

void json_bool(struct json_out *j, bool b)
{
	separate(j);
	buf_add(&j->text, b ? "true" : "false");
}

void json_none(struct json_out *j)
{
	json_text(j, NULL);
}

void json_raw(struct json_out *j, const char *json)
{
	separate(j);
	buf_add(&j->text, json);
}

void json_money(struct json_out *j, int64_t cents)
{
	uint64_t u = cents < 0 ? 0 - (uint64_t)cents : (uint64_t)cents;

	separate(j);
	buf_addf(
		&j->text, "%s%" PRIu64 ".%02u", cents < 0 ? "-" : "", u / 100, (unsigned)(u % 100));
}

void json_time(struct json_out *j, int64_t ms)
{
	char text[CLOCK_TEXT];

	clock_write(ms, text);
	separate(j);
	buf_addf(&j->text, "\"%s\"", text);
}

void json_put_text(struct json_out *j, const char *key, const char *s)
{
	json_key(j, key);
	json_text(j, s);
}

void json_put_int(struct json_out *j, const char *key, int64_t i)
{
	json_key(j, key);
	json_int(j, i);
}

void json_put_bool(struct json_out *j, const char *key, bool b)
{
	json_key(j, key);
	json_bool(j, b);
}

void json_put_id(struct json_out *j, const char *key, int64_t id)
{
	json_key(j, key);
	if (id)
		json_int(j, id);
	else
		json_none(j);
}

void json_put_time(struct json_out *j, const char *key, int64_t ms)
{
	json_key(j, key);
	if (ms)
		json_time(j, ms);
	else
		json_none(j);
}
