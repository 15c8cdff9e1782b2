/* db - one way to speak SQL, whichever engine answers.
 *
 * SQL is a string literal with $1, $2, ... for every value, on both engines.
 * Values never enter the text.  Only three kinds exist: NULL, 64-bit integer,
 * UTF-8 text.  Every value read is copied to the request's arena.
 *
 * A store is one SQLite file or one PostgreSQL database; it lives as long as
 * the program.  A session (struct db) belongs to one request or job, on one
 * thread at a time: it reads on a connection of its own, and between tx_begin
 * and tx_end speaks through the connection that writes. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct ctx;
struct db;
struct rows;
struct store;

enum val_type { VAL_NULL, VAL_INT, VAL_TEXT };

struct val {
	enum val_type type;
	int64_t i;
	const char *s;
};

static inline struct val v_null(void)
{
	return (struct val){ VAL_NULL, 0, NULL };
}
static inline struct val v_int(int64_t i)
{
	return (struct val){ VAL_INT, i, NULL };
}
/* 0 is none: for ids. */
static inline struct val v_id(int64_t i)
{
	return i ? v_int(i) : v_null();
}
static inline struct val v_text(const char *s)
{
	return (struct val){ s ? VAL_TEXT : VAL_NULL, 0, s };
}

#define ARGS(...)                            \
	(const struct val[]){ __VA_ARGS__ }, \
		sizeof((const struct val[]){ __VA_ARGS__ }) / sizeof(struct val)
#define NO_ARGS NULL, 0

/* Values gathered while a statement is being built. */
struct args {
	struct arena *mem;
	struct val *v;
	size_t n, size;
};
void args_init(struct args *a, struct arena *mem);
/* Returns its number: for "$%zu". */
size_t args_add(struct args *a, struct val v);

struct store_options {
	const char *url;     /* "/path/crisalide.db" or "postgres://..." */
	const char *purpose; /* of the lock: "serve", "import" ... */
	int readers;	     /* reading connections; PostgreSQL: all of them */
	bool read_only;	     /* takes no lock, refuses to write */
	int node;	     /* 0-31: which of several processes, for ids */
};

/* NULL when it cannot be opened, and why then says so in a sentence (a lock
 * held by another process names that process). */
struct store *store_open(const struct store_options *o, char *why, size_t size);
void store_close(struct store *s);
bool store_is_postgres(const struct store *s);
const char *store_version(const struct store *s); /* "SQLite 3.40.1" */
/* A new id of this store; any thread. */
int64_t store_id(struct store *s, int64_t now_ms);
void store_id_seen(struct store *s, int64_t id);

/* A session, given back when the arena ends. */
struct db *db_session(struct store *s, struct arena *mem);
/* Its work is done, though its arena lives on until the answer is out: give
 * its connection to others now.  It can still be asked db_when_durable. */
void db_rest(struct db *db);
struct store *db_store(const struct db *db);
bool db_is_postgres(const struct db *db);

/* Run a statement for its effect.  In a transaction on PostgreSQL it is sent
 * and not waited for: a failure may be told by a later statement, at the latest
 * by tx_end, and fails the transaction all the same. */
bool db_run(struct ctx *cx, const char *sql, const struct val *args, size_t n);
/* Rows it touched, by the last db_run of this session. */
int64_t db_touched(struct ctx *cx); /* -1: one that was sent failed */
/* From now on each statement is answered before the next, so that the one that
 * fails is known. */
void db_exact(struct db *db, bool exact);

/* Run it when the transaction is committed, once for all those that share the
 * commit: for what nobody reads before, and what is cheaper together.  sql and
 * args are copied.  Where writers share no commit it runs at once. */
bool db_later(struct ctx *cx, const char *sql, const struct val *args, size_t n);

/* Read rows:
 *	struct rows *r = db_query(cx, sql, ARGS(...));
 *	while (rows_next(r))
 *		... rows_val(r, 0) ...
 *	return rows_end(r);
 * rows_end() is false when the query failed; a half-read query is fine too.
 * A unique value taken is PROBLEM_CONFLICT, two writers that met
 * PROBLEM_CLASH, a store that is away or full PROBLEM_UNAVAILABLE, a broken
 * foreign key or check PROBLEM_CONFLICT. */
struct rows *db_query(struct ctx *cx, const char *sql, const struct val *args, size_t n);
bool rows_next(struct rows *r);
struct val rows_val(const struct rows *r, size_t column);
int64_t rows_int(const struct rows *r, size_t column);	    /* NULL: 0 */
const char *rows_text(const struct rows *r, size_t column); /* NULL: "" */
bool rows_end(struct rows *r);
/* One number; fallback when there is no row or it is NULL. */
bool db_int(struct ctx *cx, int64_t *out, int64_t fallback, const char *sql, const struct val *args,
	size_t n);

/* Everything between happens, or nothing: tx_end(cx, false) takes it back
 * and returns false; so does a commit that fails.  Within another they join
 * it: only the outermost counts, and one that failed inside fails it all.
 *
 * On SQLite writers take turns in a fair queue and several share one commit:
 * while store_expect() says that more are coming, tx_end may return true
 * before the change is on disk; db_when_durable() tells when it is. */
bool tx_begin(struct ctx *cx);
bool tx_end(struct ctx *cx, bool ok);
bool tx_is_open(const struct ctx *cx);

/* From its next question on this session reads the store as it stands then,
 * whatever is written meanwhile, until it is told otherwise or rests.  Not in a
 * transaction, nor may one begin.  The store keeps what is overwritten that
 * long: for a long read, not for one that waits for people. */
bool db_still(struct ctx *cx, bool on);

/* fn(arg, durable) once what this session wrote is on disk (or was lost with
 * its whole batch): at once when it is already, else on the thread that
 * commits. */
void db_when_durable(struct db *db, void (*fn)(void *arg, bool durable), void *arg);
/* So many more (or, negative, fewer) requests are on their way to a
 * transaction: the commit waits for them up to a few ms. */
void store_expect(struct store *s, int more);
/* This session runs one of the expected requests: it is counted off at its
 * tx_end, or when it ends without one. */
void db_expected(struct db *db);

/* This session does large work in slices: those of several may share a commit,
 * for up to so many ms, while nobody else waits for one, and are lost together.
 * To be said before tx_begin; the last slice takes it back (0) before tx_end.
 * Each must look whether the one before it is still there. */
enum { PATIENT_MS = 250 };
void db_patient(struct db *db, int64_t ms);

/* What a room above has read out of the store and keeps for all sessions:
 * never changed once it is shared, exchanged whole, freed when the last of its
 * holders ends. */
struct shared {
	void (*free)(struct shared *s);
	uint64_t state; /* shared_state() before it was read */
	/* of this room: */
	struct store *store;
	int holders;
	int64_t made_at; /* monotonic ms */
};
uint64_t shared_state(struct db *db);
/* The one that still holds true, the caller's until mem ends; NULL: read it
 * anew and put it.  It holds until a transaction that outdates it is in the
 * store; on PostgreSQL, where other programs write too, a minute at most. */
struct shared *shared_take(struct db *db, struct arena *mem);
/* Share it; it is the caller's too until mem ends. */
void shared_put(struct db *db, struct shared *shared, struct arena *mem);
/* The transaction in hand outdates what is shared. */
void shared_outdate(struct db *db);

/* Words that a row's column of words must have: all of them, the last one as
 * a beginning when is_prefix, and one of the groups: its word, with one of any
 * when there are such. */
struct match_group {
	const char *word;
	const char *const *any;
	size_t any_n;
};
struct match {
	const char *const *all;
	size_t n;
	bool is_prefix;
	const struct match_group *groups;
	size_t group_n;
};
/* As the engine's full-text search wants to hear it.  See record/search.c. */
const char *db_match(struct ctx *cx, const struct match *m);

/* A safe copy of the whole SQLite file while it is in use, into a new file.
 * PostgreSQL: PROBLEM_INVALID, its own tools do that better. */
bool store_backup(struct ctx *cx, const char *file);
/* The engine's own check of its files; *found is "ok" or what is wrong. */
bool store_integrity(struct ctx *cx, const char **found);

/* Tests only: let n more statements pass, then fail one. -1 means never. */
void db_fail_after(struct db *db, int n);
