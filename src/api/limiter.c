/* A small table of tries; the oldest make way. */
#include "api/limiter.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"

enum {
	SLOTS = 4096,
	FREE_TRIES = 5,
	DELAY_MAX_MS = 15 * 60 * 1000,
	FORGET_MS = 3600 * 1000,
	MINUTE_MS = 60000
};

struct slot {
	char key[HASH_TEXT];
	int tries;
	int64_t last, until;
};

struct limiter {
	pthread_mutex_t lock;
	struct slot slots[SLOTS];
};

struct limiter *limiter_new(void)
{
	struct limiter *l = calloc(1, sizeof(*l));

	if (!l)
		abort();
	pthread_mutex_init(&l->lock, NULL);
	return l;
}

void limiter_free(struct limiter *l)
{
	pthread_mutex_destroy(&l->lock);
	free(l);
}

/* The key's slot: within a few places of its hash, else the oldest there. */
static struct slot *slot_of(struct limiter *l, const char *key)
{
	char hash[HASH_TEXT];
	struct slot *oldest = NULL;
	unsigned long at;

	secret_digest(key, strlen(key), hash);
	at = strtoul((char[]){ hash[0], hash[1], hash[2], hash[3], '\0' }, NULL, 16);
	for (unsigned i = 0; i < 8; i++) {
		struct slot *s = &l->slots[(at + i) % SLOTS];

		if (!strcmp(s->key, hash))
			return s;
		if (!oldest || s->last < oldest->last)
			oldest = s;
	}
	memset(oldest, 0, sizeof(*oldest));
	memcpy(oldest->key, hash, sizeof(hash));
	return oldest;
}

int limiter_try(struct limiter *l, const char *key, int64_t now)
{
	struct slot *s;
	int wait = 0;

	pthread_mutex_lock(&l->lock);
	s = slot_of(l, key);
	if (now - s->last > FORGET_MS)
		s->tries = 0;
	if (s->tries && now < s->until) {
		wait = (int)((s->until - now) / 1000 + 1);
	} else {
		int64_t delay = 0;

		if (++s->tries >= FREE_TRIES)
			delay = s->tries - FREE_TRIES < 10
					? INT64_C(1000) << (s->tries - FREE_TRIES + 1)
					: DELAY_MAX_MS;
		s->last = now;
		s->until = now + (delay > DELAY_MAX_MS ? DELAY_MAX_MS : delay);
	}
	pthread_mutex_unlock(&l->lock);
	return wait;
}

int limiter_count(struct limiter *l, const char *key, int most, int64_t now)
{
	struct slot *s;
	int wait = 0;

	pthread_mutex_lock(&l->lock);
	s = slot_of(l, key);
	if (!s->tries || now >= s->until) {
		s->tries = 0;
		s->until = now + MINUTE_MS;
	}
	if (s->tries < most)
		s->tries++;
	else
		wait = (int)((s->until - now) / 1000 + 1);
	s->last = now;
	pthread_mutex_unlock(&l->lock);
	return wait;
}

void limiter_forgive(struct limiter *l, const char *key)
{
	struct slot *s;

	pthread_mutex_lock(&l->lock);
	s = slot_of(l, key);
	s->tries = 0;
	s->until = 0;
	pthread_mutex_unlock(&l->lock);
}
