/* Numbers that sort by time, without a lock. */
#include "base/id.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { NODE_BITS = 5, COUNTER_BITS = 7, NODES = 1 << NODE_BITS, COUNTS = 1 << COUNTER_BITS };

static const int64_t epoch = INT64_C(1735689600000); /* 2025-01-01 */

/* A tick is a millisecond and its counter: the id without the node. */
struct id_maker {
	_Atomic int64_t last;
	int node;
};

struct id_maker *id_maker_new(int node)
{
	struct id_maker *m = malloc(sizeof(*m));

	if (!m || node < 0 || node >= NODES) {
		fputs(m ? "a node is 0 to 31\n" : "out of memory\n", stderr);
		abort();
	}
	atomic_init(&m->last, 0);
	m->node = node;
	return m;
}

void id_maker_free(struct id_maker *m)
{
	free(m);
}

static void advance(struct id_maker *m, int64_t tick)
{
	int64_t last = atomic_load(&m->last);

	while (last < tick && !atomic_compare_exchange_weak(&m->last, &last, tick))
		;
}

void id_maker_seen(struct id_maker *m, int64_t id)
{
	int64_t ms = id >> (NODE_BITS + COUNTER_BITS);
	int node = (int)(id >> COUNTER_BITS & (NODES - 1));
	int64_t tick = ms << COUNTER_BITS | (id & (COUNTS - 1));

	/* Within one millisecond a higher node's numbers are all greater. */
	if (node > m->node)
		tick = ms << COUNTER_BITS | (COUNTS - 1);
	else if (node < m->node)
		tick = (ms << COUNTER_BITS) - 1;
	advance(m, tick);
}

int64_t id_next(struct id_maker *m, int64_t now_ms)
{
	int64_t now = now_ms > epoch ? (now_ms - epoch) << COUNTER_BITS : 0;
	int64_t last = atomic_load(&m->last);
	int64_t tick;

	do
		tick = now > last ? now : last + 1;
	while (!atomic_compare_exchange_weak(&m->last, &last, tick));
	return tick >> COUNTER_BITS << (NODE_BITS + COUNTER_BITS) |
	       (int64_t)m->node << COUNTER_BITS | (tick & (COUNTS - 1));
}
