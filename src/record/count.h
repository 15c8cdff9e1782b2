/* count - what records are counted by, kept as sums while they are stored.
 *
 * An entity's .count says what a record with certain values adds to: rows of
 * some kind, each under a few whole numbers (a day, an owner, a source ...).
 * Storing a record takes off what it added with the values it had and adds
 * what it does with those it has now; one that is removed adds nothing.  So a
 * sum is right after a creation, an edit, a merge, an import, a restoration or
 * the undo of any of them, without anybody thinking of it.
 *
 * The differences of an operation are gathered and put when it ends: on SQLite
 * into the row of their key, on PostgreSQL as new rows, which a chore sums up,
 * so that no two writers meet over one.
 *
 * Days are local ones, so a record says in counted_in by which zone it was
 * counted; empty: it was not yet (a store of before).  count_anew goes through
 * all that are to be counted by another zone or for the first time. */
#pragma once

#include "record/record.h"

enum { COUNT_BY = 4, COUNT_SUMS = 3, COUNT_DAYS = 100000000 };

struct counted {
	int64_t kind;	/* numbers of the business; kept in the store, never given again */
	int64_t period; /* 202601 a month, COUNT_DAYS + 20260131 a day, 0 none */
	int64_t owner_id;
	int64_t by[COUNT_BY];
	int64_t n, sum[COUNT_SUMS];
};

/* Sums by their keys, in memory. */
struct count_table {
	struct arena *mem;
	struct counted *rows;
	uint32_t *at; /* hashed: a row's number + 1 */
	size_t n, size;
};
void count_table_init(struct count_table *t, struct arena *mem);

/* Where a record's rows go; sign -1 takes them off. */
struct counts {
	struct count_table *to;
	const char *zone;
	int sign;
};
void counts_add(struct counts *c, const struct counted *row);
/* The same under the day of the instant, or of an ISO date, and its month. */
void counts_add_at(struct counts *c, struct counted row, int64_t at);
void counts_add_on(struct counts *c, struct counted row, const char *day);

/* The period of a day, and of its month, of "2026-01-31". */
int64_t count_day(const char *day);
int64_t count_month(const char *day);

/* An amount as it is added up: so far cut that thousands of absurd ones do not
 * wrap around. */
int64_t count_amount(int64_t cents);

/* PostgreSQL's sums grow by rows each write: put together now and then. */
bool count_compact(struct ctx *cx);

/* Inside a transaction: all records are to be counted by the workspace's zone,
 * which has changed or was not asked before.  Slices of a few ms, each knowing
 * from the store where the one before it ended, for a second or so (a chore)
 * or until all is done; writers go on meanwhile. */
bool count_anew_ask(struct ctx *cx);
bool count_anew_is_due(struct ctx *cx, bool *due);
bool count_anew_turn(struct ctx *cx);
bool count_anew_finish(struct ctx *cx);

/* Every sum from nothing, for a store that nobody else writes to: when what is
 * kept is not to be trusted. */
bool count_all(struct ctx *cx);

/* Each sum that differs from what the records say: kept and found. */
typedef void count_differs(void *arg, const struct counted *kept, const struct counted *found);
bool count_compare(struct ctx *cx, count_differs *tell, void *arg);
