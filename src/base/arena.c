/* Memory that ends all at once. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST = 4 * 1024, LARGEST = 64 * 1024 };

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

/* It lies in its own first chunk. */
struct arena {
	struct chunk *newest;
	struct deferred *deferred;
};

static size_t rounded(size_t size)
{
	return (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

static struct chunk *chunk_new(size_t room)
{
	struct chunk *c = malloc(sizeof(*c) + room);

	if (!c) {
		fputs("out of memory\n", stderr);
		abort();
	}
	c->older = NULL;
	c->size = room;
	c->used = 0;
	return c;
}

struct arena *arena_new(void)
{
	struct chunk *c = chunk_new(FIRST);
	struct arena *a = (struct arena *)(void *)c->bytes;

	c->used = rounded(sizeof(*a));
	*a = (struct arena){ .newest = c };
	return a;
}

void arena_free(struct arena *a)
{
	struct chunk *c;

	for (struct deferred *d = a->deferred; d; d = d->older)
		d->fn(d->arg);
	for (c = a->newest; c;) {
		struct chunk *older = c->older;

		free(c);
		c = older;
	}
}

/* Each chunk is twice the one before it: few for much, little for little. */
static struct chunk *grow(struct arena *a, size_t size)
{
	size_t room = a->newest->size < LARGEST ? a->newest->size * 2 : LARGEST;
	struct chunk *c = chunk_new(size > room ? size : room);

	c->older = a->newest;
	a->newest = c;
	return c;
}

void *arena_raw(struct arena *a, size_t size)
{
	struct chunk *c = a->newest;
	void *p;

	size = rounded(size);
	if (c->size - c->used < size)
		c = grow(a, size);
	p = c->bytes + c->used;
	c->used += size;
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	return memset(arena_raw(a, size), 0, size);
}

bool arena_extend(struct arena *a, const void *p, size_t size, size_t larger)
{
	struct chunk *c = a->newest;
	const char *from = p;

	size = rounded(size);
	larger = rounded(larger);
	if (!c || from + size != c->bytes + c->used || c->size - c->used < larger - size)
		return false;
	c->used += larger - size;
	return true;
}

char *arena_dup(struct arena *a, const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(arena_raw(a, n), s, n);
}

void arena_defer(struct arena *a, void (*fn)(void *), void *arg)
{
	struct deferred *d = arena_alloc(a, sizeof(*d));

	*d = (struct deferred){ .older = a->deferred, .fn = fn, .arg = arg };
	a->deferred = d;
}
