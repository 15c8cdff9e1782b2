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

/* Eight at a time: a byte's top bit is set where it is one of those that
 * is_plain() denies.  Bytes of 0x80 and more are plain: their top bit is taken
 * off before the sums and masked out after. */
static bool are_plain(const char *s)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	uint64_t eight, low, found;

	memcpy(&eight, s, sizeof(eight));
	low = eight & ~tops;
	found = ~(low + ones * 0x60);		      /* below 0x20 */
	found |= ~((low ^ ones * '"') + ones * 0x7f); /* the same: nothing left */
	found |= ~((low ^ ones * '\\') + ones * 0x7f);
	found |= ~((low ^ ones * 0x7f) + ones * 0x7f);
	return !(found & ~eight & tops);
}

static const char *plain_end(const char *s, const char *end)
{
	while (end - s >= 8 && are_plain(s))
		s += 8;
	while (s < end && is_plain((unsigned char)*s))
		s++;
	return s;
}

static void quoted(struct buf *b, const char *s)
{
	const char *end = s + strlen(s);
	char *at = buf_room(b, (size_t)(end - s) + 2);

	*at = '"';
	b->len++;
	for (;;) {
		const char *from = s;

		s = plain_end(s, end);
		buf_addn(b, from, (size_t)(s - from));
		if (s == end)
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

/* The digits before end; where they begin. */
static char *digits_of(uint64_t u, char *end)
{
	do
		*--end = (char)('0' + u % 10);
	while (u /= 10);
	return end;
}

void json_int(struct json_out *j, int64_t i)
{
	char digits[24], *end = digits + sizeof(digits);
	char *p = digits_of(i < 0 ? 0 - (uint64_t)i : (uint64_t)i, end);

	separate(j);
	if (i < 0)
		*--p = '-';
	buf_addn(&j->text, p, (size_t)(end - p));
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

void json_number(struct json_out *j, const char *decimal)
{
	separate(j);
	buf_add(&j->text, decimal);
}

void json_money(struct json_out *j, int64_t cents)
{
	uint64_t u = cents < 0 ? 0 - (uint64_t)cents : (uint64_t)cents;
	char text[32], *end = text + sizeof(text), *p = end;

	separate(j);
	*--p = (char)('0' + u % 10);
	*--p = (char)('0' + u / 10 % 10);
	*--p = '.';
	p = digits_of(u / 100, p);
	if (cents < 0)
		*--p = '-';
	buf_addn(&j->text, p, (size_t)(end - p));
}

void json_time(struct json_out *j, int64_t ms)
{
	char text[CLOCK_TEXT];

	clock_write(ms, text);
	json_text(j, text);
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
