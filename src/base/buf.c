/* Growing text. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

void buf_init(struct buf *b, struct arena *mem)
{
	*b = (struct buf){ .mem = mem, .size = 64 };
	b->s = arena_raw(mem, b->size);
	*b->s = '\0';
}

char *buf_room(struct buf *b, size_t more)
{
	size_t size = b->size;
	char *s;

	while (size - b->len <= more)
		size *= 2;
	if (size != b->size && !arena_extend(b->mem, b->s, b->size, size)) {
		s = arena_raw(b->mem, size);
		memcpy(s, b->s, b->len + 1);
		b->s = s;
	}
	b->size = size;
	return b->s + b->len;
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
		buf_room(b, (size_t)n);
		va_start(ap, fmt);
		vsnprintf(b->s + b->len, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	b->len += (size_t)n;
}
