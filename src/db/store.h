/* store - what stands behind a session; for the files of this room alone. */
#pragma once

#include <pthread.h>

#include "db/driver.h"

struct id_maker;

/* Who waits to hear that a batch is on disk. */
struct waiter {
	struct waiter *next;
	void (*fn)(void *arg, bool durable);
	void *arg;
};

/* A statement that waits for the commit; its own text and theirs lie behind its values. */
struct later {
	struct later *next;
	const char *sql;
	size_t n;
	struct val args[];
};

struct later_list {
	struct later *first, **end; /* end: NULL while it is empty */
};

enum { FAILED_KEPT = 64 };

/* SQLite's one writing connection, and the fair queue before it. */
struct writer {
	void *conn;
	pthread_mutex_t lock;
	pthread_cond_t moved;
	uint64_t next_ticket, serving;
	uint64_t batch;	   /* the number of the batch being gathered */
	bool open;	   /* its transaction stands */
	bool awaited;	   /* somebody waits for it to be on disk */
	int gathered;	   /* savepoints released in it */
	int64_t opened_at; /* monotonic ms */
	bool outdates;	   /* what is shared no longer holds once it is on disk */
	int expected;	   /* requests on their way */
	struct waiter *waiters;
	struct later_list later;      /* of the batch; who has the turn has it */
	uint64_t failed[FAILED_KEPT]; /* batches that were lost */
	size_t failed_n;
};

struct store {
	const struct driver *driver;
	char *url, *version;
	int lock_fd;
	bool read_only;
	struct id_maker *ids;
	pthread_mutex_t lock;
	pthread_cond_t given;
	void **idle; /* connections not in use */
	int idle_n, conn_n, conn_max;
	struct shared *shared; /* see shared.c */
	uint64_t state;	       /* counts what outdated it */
	struct writer writer;  /* SQLite only */
};

struct db {
	struct store *store;
	void *own;	   /* its reading (PostgreSQL: only) connection */
	struct rows *open; /* half-read queries */
	int depth;	   /* of tx_begin */
	bool tx_failed, tx_lost, expected, exact;
	int64_t patient; /* for how many ms its commit may wait: db_patient */
	bool still;	 /* reads at one moment: db_still */
	bool outdates;	 /* what its transaction writes outdates what is shared */
	bool bare;	 /* its transaction has no savepoint: see writer.c */
	uint64_t batch;	 /* where its last writing went; 0: nowhere */
	int64_t touched;
	struct later_list later; /* of its transaction */
	int fail_after;
};

/* The connection statements of this session go through now, or NULL. */
void *db_conn(struct db *db);
/* Run a statement on a connection, past sessions and their tests. */
bool conn_run(const struct driver *driver, void *conn, const char *sql);
bool conn_run_with(
	const struct driver *driver, void *conn, const char *sql, const struct val *args, size_t n);
void db_end_open(struct db *db);
/* What outdates the shared is in the store now; the store ends. */
void store_changed(struct store *s);
void shared_end(struct store *s);

void later_add(struct later_list *l, const char *sql, const struct val *args, size_t n);
void later_move(struct later_list *to, struct later_list *from);
void later_drop(struct later_list *l);

bool writer_open(struct store *s, char *why, size_t size);
void writer_close(struct store *s);
/* Take the turn and open a savepoint; release or take it back. */
bool writer_begin(struct db *db);
bool writer_end(struct db *db, bool ok);
/* The session ends without having written: it is no longer expected. */
void writer_forget(struct db *db);
