/* Memory that ends all at once. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 16 * 1024 };

struct chunk {
	struct chunk *older;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

struct deferred {
	struct deferred *older;
	void (*fn)(void *);
	void *arg;
};

struct arena {
	struct chunk *newest;
	struct deferred *deferred;
};

static void *must(void *p)
{
	if (!p) {
		fputs("out of memory\n", stderr);
		abort();
	}
	return p;
}

struct arena *arena_new(void)
{
	return must(calloc(1, sizeof(struct arena)));
}

void arena_free(struct arena *a)
{
	for (struct deferred *d = a->deferred; d; d = d->older)
		d->fn(d->arg);
	for (struct chunk *c = a->newest; c;) {
		struct chunk *older = c->older;

		free(c);
		c = older;
	}
	free(a);
}

void *arena_alloc(struct arena *a, size_t size)
{
	struct chunk *c = a->newest;
	void *p;

	size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (!c || c->size - c->used < size) {
		size_t room = size > CHUNK ? size : CHUNK;

		c = must(calloc(1, sizeof(*c) + room));
		c->size = room;
		c->older = a->newest;
		a->newest = c;
	}
	p = c->bytes + c->used;
	c->used += size;
	return p;
}

bool arena_extend(struct arena *a, const void *p, size_t size, size_t larger)
{
	struct chunk *c = a->newest;
	const char *from = p;

	size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	larger = (larger + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (!c || from + size != c->bytes + c->used || c->size - c->used < larger - size)
		return false;
	c->used += larger - size;
	return true;
}

char *arena_dup(struct arena *a, const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(arena_alloc(a, n), s, n);
}

void arena_defer(struct arena *a, void (*fn)(void *), void *arg)
{
	struct deferred *d = arena_alloc(a, sizeof(*d));

	*d = (struct deferred){ .older = a->deferred, .fn = fn, .arg = arg };
	a->deferred = d;
}
