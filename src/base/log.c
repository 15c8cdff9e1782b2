/* One event, one line, one write. */
#include "base/log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

/* A pipe takes this much whole, so lines of two threads never mix. */
enum { LINE = 4096 };

struct line {
	char s[LINE];
	size_t n;
	bool cut;
};

static void add(struct line *l, const char *s, size_t n)
{
	const size_t tail = 5; /* ..." and the end of the line */

	if (l->cut || l->n + n + tail > LINE) {
		l->cut = true;
		return;
	}
	memcpy(l->s + l->n, s, n);
	l->n += n;
}

static void add_escaped(struct line *l, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char code[] = { '\\', 'x', hex[c >> 4], hex[c & 15] };

	if (c == '"' || c == '\\')
		add(l, (char[]){ '\\', (char)c }, 2);
	else if (c == '\n')
		add(l, "\\n", 2);
	else
		add(l, code, sizeof(code));
}

/* 0x80 to 0x9f after 0xc2 are control characters too. */
static bool is_shown(const unsigned char *s)
{
	return *s >= 0x20 && *s != '"' && *s != '\\' && *s != 0x7f &&
	       !(*s == 0xc2 && s[1] >= 0x80 && s[1] < 0xa0);
}

static bool is_bare(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	if (!*p)
		return false;
	for (; *p; p++)
		if (*p <= ' ' || *p == '=' || !is_shown(p))
			return false;
	return true;
}

/* A character of several bytes is added whole. */
static const unsigned char *add_shown(struct line *l, const unsigned char *p)
{
	size_t n = 1;

	while (*p >= 0xc0 && n < 4 && p[n] >= 0x80 && p[n] < 0xc0)
		n++;
	add(l, (const char *)p, n);
	return p + n;
}

static void add_value(struct line *l, const char *s)
{
	const unsigned char *p = (const unsigned char *)s;
	const char *quote = is_bare(s) ? "" : "\"";

	add(l, quote, strlen(quote));
	while (*p && !l->cut) {
		if (is_shown(p)) {
			p = add_shown(l, p);
			continue;
		}
		add_escaped(l, *p);
		if (*p == 0xc2)
			add_escaped(l, *++p);
		p++;
	}
	if (l->cut) {
		/* add() has kept room for this and the end of the line. */
		memcpy(l->s + l->n, "...", 3);
		l->n += 3;
	}
	memcpy(l->s + l->n, quote, strlen(quote));
	l->n += strlen(quote);
}

static void add_pair(struct line *l, const char *key, const char *value)
{
	if (l->cut)
		return;
	if (l->n)
		add(l, " ", 1);
	add(l, key, strlen(key));
	add(l, "=", 1);
	add_value(l, value ? value : "");
}

void log_line(const char *event, ...)
{
	struct line l = { .n = 0 };
	char now[CLOCK_TEXT];
	const char *key;
	ssize_t written;
	va_list ap;

	clock_write(clock_now(), now);
	add_pair(&l, "time", now);
	add_pair(&l, "event", event);
	va_start(ap, event);
	while ((key = va_arg(ap, const char *)))
		add_pair(&l, key, va_arg(ap, const char *));
	va_end(ap);
	l.s[l.n++] = '\n';
	written = write(STDERR_FILENO, l.s, l.n);
	(void)written; /* there is nowhere left to complain */
}
