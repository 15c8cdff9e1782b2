/* pool - worker threads with a bounded queue: slow calls leave the server's
 * threads and run here. */
#pragma once

#include <stdbool.h>

struct pool;

/* run(app, job) is called on one of the threads for each job.  why_name names
 * the threads for debuggers. */
struct pool *pool_new(int threads, int queue_max, void (*run)(void *app, void *job), void *app,
	const char *why_name);
/* false when the queue is full: answer 503. */
bool pool_add(struct pool *p, void *job);
bool pool_ends(const struct pool *p); /* pool_free was called */
int pool_waiting(const struct pool *p);
/* Finishes what is queued, then ends the threads. */
void pool_free(struct pool *p);
