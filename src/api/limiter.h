/* limiter - how often someone may try, counted in memory.
 *
 * Five tries, then a delay that doubles with each further one, up to 15
 * minutes; a success forgives all.  Nobody is locked out for good: the key is
 * account and address together, so a stranger cannot lock the owner out. */
#pragma once

#include <stdint.h>

struct limiter;

struct limiter *limiter_new(void);
void limiter_free(struct limiter *l);
/* Seconds to wait before another try of this key; 0: go on (and the try is
 * counted).  now is monotonic ms. */
int limiter_try(struct limiter *l, const char *key, int64_t now);
/* So many a minute: seconds to wait, or 0 (and this one is counted). */
int limiter_count(struct limiter *l, const char *key, int most, int64_t now);
void limiter_forgive(struct limiter *l, const char *key);
