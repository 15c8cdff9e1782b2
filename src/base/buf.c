/* Growing text. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

void buf_init(struct buf *b, struct arena *mem)
{
	*b = (struct buf){ .mem = mem, .size = 64 };
	b->s = arena_alloc(mem, b->size);
}

static void make_room(struct buf *b, size_t more)
{
	size_t size = b->size;
	char *s;

	while (size - b->len <= more)
		size *= 2;
	if (size == b->size)
		return;
	if (arena_extend(b->mem, b->s, b->size, size)) {
		b->size = size;
		return;
	}
	s = arena_alloc(b->mem, size);
	memcpy(s, b->s, b->len + 1);
	b->s = s;
	b->size = size;
}

void buf_addn(struct buf *b, const char *s, size_t n)
{
	make_room(b, n);
	memcpy(b->s + b->len, s, n);
	b->len += n;
	b->s[b->len] = '\0';
}

void buf_add(struct buf *b, const char *s)
{
	buf_addn(b, s, strlen(s));
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	size_t room = b->size - b->len;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(b->s + b->len, room, fmt, ap);
	va_end(ap);
	if ((size_t)n >= room) {
		make_room(b, (size_t)n);
		va_start(ap, fmt);
		vsnprintf(b->s + b->len, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	b->len += (size_t)n;
}
