/* The write queue: writers take turns, and many share one commit. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "db/store.h"

enum { BATCH_MAX = 64, BATCH_MS = 5 };

bool writer_open(struct store *s, char *why, size_t size)
{
	struct writer *w = &s->writer;

	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->moved, NULL);
	w->batch = 1;
	w->conn = s->driver->open(s->url, true, why, size);
	return w->conn != NULL;
}

static void take_turn(struct writer *w)
{
	uint64_t mine;

	pthread_mutex_lock(&w->lock);
	mine = w->next_ticket++;
	while (w->serving != mine)
		pthread_cond_wait(&w->moved, &w->lock);
	pthread_mutex_unlock(&w->lock);
}

static void give_turn(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	w->serving++;
	pthread_cond_broadcast(&w->moved);
	pthread_mutex_unlock(&w->lock);
}

static void tell(struct waiter *list, bool durable)
{
	while (list) {
		struct waiter *next = list->next;

		list->fn(list->arg, durable);
		free(list);
		list = next;
	}
}

/* The batch is over, well or not; the turn is still ours. */
static struct waiter *close_batch(struct store *s, bool durable)
{
	struct writer *w = &s->writer;
	struct waiter *list;

	if (w->outdates && durable)
		store_changed(s);
	w->outdates = false;
	pthread_mutex_lock(&w->lock);
	list = w->waiters;
	w->waiters = NULL;
	if (!durable)
		w->failed[w->failed_n++ % FAILED_KEPT] = w->batch;
	w->batch++;
	w->open = w->awaited = false;
	w->gathered = 0;
	pthread_mutex_unlock(&w->lock);
	return list;
}

/* What waited for the commit: outside of all savepoints, since the index of
 * words writes its pages at each of them. */
static bool run_later(struct store *s)
{
	struct writer *w = &s->writer;
	bool ok = true;

	for (struct later *l = w->later.first; ok && l; l = l->next)
		ok = conn_run_with(s->driver, w->conn, l->sql, l->args, l->n);
	later_drop(&w->later);
	return ok;
}

/* Put the batch on disk, hand the turn on, tell who waits. */
static bool commit(struct store *s)
{
	struct writer *w = &s->writer;
	bool ok = run_later(s) && conn_run(s->driver, w->conn, "commit");
	struct waiter *list;

	if (!ok && s->driver->in_tx(w->conn))
		conn_run(s->driver, w->conn, "rollback");
	list = close_batch(s, ok);
	give_turn(w);
	tell(list, ok);
	return ok;
}

static bool is_time_to_commit(const struct db *db)
{
	struct writer *w = &db->store->writer;
	int64_t age = clock_monotonic() - w->opened_at;
	bool yes;

	if (!w->awaited)
		return age >= db->patient;
	pthread_mutex_lock(&w->lock);
	yes = (w->expected <= 0 && w->next_ticket == w->serving + 1) || w->gathered >= BATCH_MAX ||
	      age >= BATCH_MS;
	pthread_mutex_unlock(&w->lock);
	return yes;
}

/* Who only asks holds no turn, so the lock is needed to tell him. */
static void note_open(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	if (!w->open)
		w->opened_at = clock_monotonic();
	w->open = true;
	pthread_mutex_unlock(&w->lock);
}

bool writer_begin(struct db *db)
{
	struct store *s = db->store;
	struct writer *w = &s->writer;

	take_turn(w);
	if (!w->open && !conn_run(s->driver, w->conn, s->driver->begin)) {
		give_turn(w);
		return false;
	}
	note_open(w);
	/* Among patient ones alone there is nothing of others' to keep: a savepoint
	 * would copy each page that a slice touches. */
	db->bare = db->patient && !w->awaited;
	if (db->bare || conn_run(s->driver, w->conn, "savepoint verb"))
		return true;
	commit(s);
	return false;
}

/* One request fewer is on its way. */
static void arrived(struct db *db)
{
	struct writer *w = &db->store->writer;

	if (!db->expected)
		return;
	db->expected = false;
	pthread_mutex_lock(&w->lock);
	w->expected--;
	pthread_mutex_unlock(&w->lock);
}

/* The engine took the whole batch back by itself (disk full, I/O). */
static bool lose(struct store *s)
{
	struct waiter *list = close_batch(s, false);

	later_drop(&s->writer.later);
	give_turn(&s->writer);
	tell(list, false);
	return false;
}

bool writer_end(struct db *db, bool ok)
{
	struct store *s = db->store;
	struct writer *w = &s->writer;

	arrived(db);
	if (!s->driver->in_tx(w->conn)) {
		db->tx_lost = true;
		later_drop(&db->later);
		return lose(s);
	}
	if (db->bare && !ok) {
		later_drop(&db->later);
		conn_run(s->driver, w->conn, "rollback");
		return lose(s);
	}
	if (ok && !db->bare)
		ok = conn_run(s->driver, w->conn, "release verb");
	if (!ok)
		ok = conn_run(s->driver, w->conn, "rollback to verb") &&
		     conn_run(s->driver, w->conn, "release verb") && false;
	if (ok)
		later_move(&w->later, &db->later);
	later_drop(&db->later);
	w->gathered++;
	w->awaited |= !db->patient || !ok;
	if (ok)
		db->batch = w->batch;
	w->outdates |= ok && db->outdates;
	if (is_time_to_commit(db))
		return commit(s) && ok;
	give_turn(w);
	return ok;
}

void writer_forget(struct db *db)
{
	struct store *s = db->store;
	struct writer *w = &s->writer;
	bool last;

	if (!db->expected)
		return;
	arrived(db);
	pthread_mutex_lock(&w->lock);
	last = w->open && w->expected <= 0 && w->next_ticket == w->serving;
	pthread_mutex_unlock(&w->lock);
	if (!last)
		return;
	take_turn(w);
	if (w->open)
		commit(s);
	else
		give_turn(w);
}

void store_expect(struct store *s, int more)
{
	if (!s->writer.conn)
		return;
	pthread_mutex_lock(&s->writer.lock);
	s->writer.expected += more;
	pthread_mutex_unlock(&s->writer.lock);
}

/* Whether a batch that is over went well. */
static bool went_well(const struct writer *w, uint64_t batch)
{
	size_t n = w->failed_n < FAILED_KEPT ? w->failed_n : FAILED_KEPT;

	for (size_t i = 0; i < n; i++)
		if (w->failed[i] == batch)
			return false;
	return true;
}

void db_when_durable(struct db *db, void (*fn)(void *arg, bool durable), void *arg)
{
	struct writer *w = &db->store->writer;
	struct waiter *waiter;
	bool well = true;

	if (w->conn && db->batch) {
		pthread_mutex_lock(&w->lock);
		if (w->open && w->batch == db->batch) {
			waiter = malloc(sizeof(*waiter));
			if (!waiter)
				abort();
			*waiter = (struct waiter){ w->waiters, fn, arg };
			w->waiters = waiter;
			pthread_mutex_unlock(&w->lock);
			return;
		}
		well = went_well(w, db->batch);
		pthread_mutex_unlock(&w->lock);
	}
	fn(arg, well);
}

void writer_close(struct store *s)
{
	struct writer *w = &s->writer;

	if (!w->conn)
		return;
	if (w->open) {
		take_turn(w);
		commit(s);
	}
	s->driver->close(w->conn);
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->moved);
}
