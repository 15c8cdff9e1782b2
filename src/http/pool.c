/* Worker threads around one bounded ring of jobs. */
#include "http/pool.h"

#include <pthread.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>

struct pool {
	void (*run)(void *app, void *job);
	void *app;
	pthread_mutex_t lock; /* all below */
	pthread_cond_t more;
	void **ring;
	int first, waiting, room;
	bool ends;
	int threads;
	pthread_t thread[];
};

static void *work(void *arg)
{
	struct pool *p = arg;

	pthread_mutex_lock(&p->lock);
	for (;;) {
		void *job;

		while (!p->waiting && !p->ends)
			pthread_cond_wait(&p->more, &p->lock);
		if (!p->waiting)
			break;
		job = p->ring[p->first];
		p->first = (p->first + 1) % p->room;
		p->waiting--;
		pthread_mutex_unlock(&p->lock);
		p->run(p->app, job);
		pthread_mutex_lock(&p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

static void start_thread(struct pool *p, const char *why_name)
{
	char name[16]; /* the kernel's limit */

	if (pthread_create(&p->thread[p->threads], NULL, work, p)) {
		fputs("cannot start a worker thread\n", stderr);
		abort();
	}
	snprintf(name, sizeof(name), "%.10s-%d", why_name, p->threads);
	pthread_setname_np(p->thread[p->threads], name);
	p->threads++;
}

struct pool *pool_new(int threads, int queue_max, void (*run)(void *app, void *job), void *app,
	const char *why_name)
{
	struct pool *p = calloc(1, sizeof(*p) + (size_t)threads * sizeof(pthread_t));

	if (p)
		p->ring = calloc((size_t)queue_max, sizeof(void *));
	if (!p || !p->ring) {
		fputs("no memory left\n", stderr);
		abort();
	}
	p->run = run;
	p->app = app;
	p->room = queue_max;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->more, NULL);
	while (p->threads < threads)
		start_thread(p, why_name);
	return p;
}

bool pool_add(struct pool *p, void *job)
{
	bool taken;

	pthread_mutex_lock(&p->lock);
	taken = p->waiting < p->room && !p->ends;
	if (taken) {
		p->ring[(p->first + p->waiting) % p->room] = job;
		p->waiting++;
		pthread_cond_signal(&p->more);
	}
	pthread_mutex_unlock(&p->lock);
	return taken;
}

bool pool_ends(const struct pool *p)
{
	pthread_mutex_t *lock = (pthread_mutex_t *)(uintptr_t)&p->lock;
	bool ends;

	pthread_mutex_lock(lock);
	ends = p->ends;
	pthread_mutex_unlock(lock);
	return ends;
}

int pool_waiting(const struct pool *p)
{
	pthread_mutex_t *lock = (pthread_mutex_t *)(uintptr_t)&p->lock;
	int n;

	pthread_mutex_lock(lock);
	n = p->waiting;
	pthread_mutex_unlock(lock);
	return n;
}

void pool_free(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->ends = true;
	pthread_cond_broadcast(&p->more);
	pthread_mutex_unlock(&p->lock);
	for (int i = 0; i < p->threads; i++)
		pthread_join(p->thread[i], NULL);
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->more);
	free(p->ring);
	free(p);
}
