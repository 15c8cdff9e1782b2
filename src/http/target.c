/* The request's target: cut into path and query, the path decoded and
 * strictly judged.  Also the pieces of a query. */
#include <string.h>

#include "http/inside.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* How many bytes the UTF-8 character at s takes; 0 if it is none: overlong,
 * a surrogate, beyond U+10FFFF, cut off. */
static size_t utf8_len(const unsigned char *s, size_t len)
{
	size_t n = s[0] < 0x80	 ? 1
		   : s[0] < 0xc2 ? 0
		   : s[0] < 0xe0 ? 2
		   : s[0] < 0xf0 ? 3
		   : s[0] < 0xf5 ? 4
				 : 0;

	if (!n || n > len)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
		(s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	return n;
}

static bool is_utf8(const char *s, size_t len)
{
	const unsigned char *at = (const unsigned char *)s, *end = at + len;

	while (at < end) {
		size_t n = utf8_len(at, (size_t)(end - at));

		if (!n)
			return false;
		at += n;
	}
	return true;
}

/* Decodes into out, which may be from itself; a '+' becomes plus.  false: a
 * bad escape or a NUL. */
static bool decode(struct text from, char plus, char *out, size_t *out_len)
{
	size_t n = 0;

	for (size_t i = 0; i < from.len; i++) {
		char c = from.s[i] == '+' ? plus : from.s[i];

		if (c == '%') {
			int high = i + 2 < from.len ? hex(from.s[i + 1]) : -1;
			int low = high >= 0 ? hex(from.s[i + 2]) : -1;

			if (low < 0)
				return false;
			c = (char)(high * 16 + low);
			i += 2;
		}
		if (!c)
			return false;
		out[n++] = c;
	}
	*out_len = n;
	return true;
}

bool http_unescape(const char *from, size_t len, char *out, size_t n)
{
	size_t out_len;

	if (len >= n)
		return false;
	if (!decode((struct text){ from, len }, ' ', out, &out_len) || !is_utf8(out, out_len))
		return false;
	out[out_len] = '\0';
	return true;
}

static bool is_host_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '.' || c == '-' || c == '_';
}

/* What may stand between the brackets of a literal IPv6 address. */
static bool is_address_char(char c)
{
	return hex(c) >= 0 || c == ':' || c == '.';
}

bool host_is_good(const char *s, size_t len)
{
	size_t i = 0;
	long port = 0;

	if (len && s[0] == '[') {
		for (i = 1; i < len && is_address_char(s[i]); i++)
			;
		if (i < 3 || i == len || s[i] != ']')
			return false;
		i++;
	} else {
		while (i < len && is_host_char(s[i]))
			i++;
		if (!i || i > 255)
			return false;
	}
	if (i < len && s[i++] != ':')
		return false;
	for (; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		port = port * 10 + (s[i] - '0');
		if (port > 65535)
			return false;
	}
	return true;
}

/* "http://host/path" is the path, when the host is one; the Host header was
 * judged by itself, and no one takes a name from either. */
static char *after_authority(char *target)
{
	size_t scheme = !strncmp(target, "http://", 7)	  ? 7
			: !strncmp(target, "https://", 8) ? 8
							  : 0;
	size_t host = scheme ? strcspn(target + scheme, "/?") : 0;

	if (!scheme || target[scheme + host] != '/' || !host_is_good(target + scheme, host))
		return NULL;
	return target + scheme + host;
}

/* Backslashes count as slashes here, since some reader of the path might. */
static bool climbs(const char *path)
{
	for (const char *at = path; *at;) {
		size_t n = strcspn(at, "/\\");

		if (n == 2 && at[0] == '.' && at[1] == '.')
			return true;
		at += n + (at[n] != '\0');
	}
	return false;
}

static bool has_control(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return true;
	return false;
}

int target_check(struct http_call *c)
{
	char *path = c->target, *query;
	size_t len = 0;

	if (strlen(c->target) > TARGET_MAX)
		return 414;
	for (const char *s = c->target; *s; s++)
		if (*s <= 0x20 || *s >= 0x7f || *s == '#')
			return 400;
	if (*path != '/')
		path = after_authority(path);
	if (!path)
		return 400;
	query = strchr(path, '?');
	if (query)
		*query++ = '\0';
	if (!decode((struct text){ path, strlen(path) }, '+', path, &len) || !is_utf8(path, len))
		return 400;
	path[len] = '\0';
	if (has_control(path) || climbs(path))
		return 400;
	c->path = path;
	c->query = query ? query : "";
	return 0;
}
