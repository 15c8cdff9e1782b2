/* What all sessions of a store share: read out of it, held by counting. */
#include "base/arena.h"
#include "base/clock.h"
#include "db/store.h"

/* Other programs write to PostgreSQL too, and tell nobody. */
enum { HOLDS_MS = 60000 };

static void let_go(struct store *s, struct shared *old)
{
	bool last;

	if (!old)
		return;
	pthread_mutex_lock(&s->lock);
	last = --old->holders == 0;
	pthread_mutex_unlock(&s->lock);
	if (last)
		old->free(old);
}

static void end_hold(void *arg)
{
	struct shared *held = arg;

	let_go(held->store, held);
}

static bool holds_true(const struct store *s, const struct shared *shared)
{
	return shared && shared->state == s->state &&
	       (!store_is_postgres(s) || clock_monotonic() - shared->made_at < HOLDS_MS);
}

struct shared *shared_take(struct db *db, struct arena *mem)
{
	struct store *s = db->store;
	struct shared *found = NULL;

	pthread_mutex_lock(&s->lock);
	if (holds_true(s, s->shared)) {
		found = s->shared;
		found->holders++;
	}
	pthread_mutex_unlock(&s->lock);
	if (found)
		arena_defer(mem, end_hold, found);
	return found;
}

uint64_t shared_state(struct db *db)
{
	struct store *s = db->store;
	uint64_t state;

	pthread_mutex_lock(&s->lock);
	state = s->state;
	pthread_mutex_unlock(&s->lock);
	return state;
}

void shared_put(struct db *db, struct shared *shared, struct arena *mem)
{
	struct store *s = db->store;
	struct shared *old;

	shared->store = s;
	shared->holders = 2;
	shared->made_at = clock_monotonic();
	pthread_mutex_lock(&s->lock);
	old = s->shared;
	s->shared = shared;
	pthread_mutex_unlock(&s->lock);
	let_go(s, old);
	arena_defer(mem, end_hold, shared);
}

void shared_outdate(struct db *db)
{
	db->outdates = true;
}

void store_changed(struct store *s)
{
	pthread_mutex_lock(&s->lock);
	s->state++;
	pthread_mutex_unlock(&s->lock);
}

void shared_end(struct store *s)
{
	let_go(s, s->shared);
	s->shared = NULL;
}
