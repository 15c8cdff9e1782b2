/* id - 53-bit numbers that sort by time, so that JSON and JavaScript hold
 * them exactly: 41 bits ms since 2025-01-01 UTC, 5 bits node, 7 bits counter.
 * A clock that goes back, or a millisecond that is full, borrows the next. */
#pragma once

#include <stdint.h>

struct id_maker;

/* node 0 to 31: one for each process that writes to the same store. */
struct id_maker *id_maker_new(int node);
void id_maker_free(struct id_maker *m);
/* Never give out this one or an earlier one. */
void id_maker_seen(struct id_maker *m, int64_t id);
int64_t id_next(struct id_maker *m, int64_t now_ms); /* any thread */
