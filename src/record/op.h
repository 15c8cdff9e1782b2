/* op - an operation: all that one verb changes, as one thing that can be read
 * in the history and undone.
 *
 *	bool ok = op_begin(cx, "lead.convert")
 *	       && record_load(...) && ... && op_about(cx, lead);
 *	return op_end(cx, ok);
 *
 * op_begin opens the transaction, op_end closes it; inside another operation
 * they join it. */
#pragma once

#include "record/record.h"

struct op_record {
	const struct entity *of;
	int64_t id, owner_id;
};

struct count_table;

struct tally {
	const struct entity *of;
	int64_t owner_id, n;
};

/* A key by which a new record may be found to be like others. */
struct gathered {
	int64_t key, record_id;
};

enum { OP_TOLD = 200, TALLIES = 32 };

struct op {
	int64_t id;
	const char *kind;	 /* "lead.convert": words in locales op.* */
	const struct entity *of; /* what it is about, for people */
	int64_t record_id;
	const struct entity *worked; /* what it worked on, if it is work: work.c */
	int64_t work_on;
	int64_t undoes;	 /* the operation it takes back, or 0 */
	int64_t records; /* how many were changed */
	int depth;
	bool is_resumed;	   /* its row is there already (slices) */
	bool is_running;	   /* further slices come after this one */
	struct op_record *changed; /* for live events; at most OP_TOLD */
	size_t changed_n;
	struct tally tally[TALLIES]; /* counts that change, put when it ends: tally.c */
	size_t tally_n;
	struct count_table *counts; /* sums that change, put when it ends: count.c */
	struct arena *mem;	    /* where it keeps them */
	/* Of many new records keys are put together at the end, and in alike those
	 * records counted that share one other than a name with an earlier one. */
	bool looks;
	int64_t alike;
	struct gathered *gathered;
	size_t gathered_n, gathered_size;
	const struct entity *gathered_of;
	const struct record *given; /* the last one that it gave to its owner */
	void *kept;		    /* what the business reads once for all of it */
};

bool op_begin(struct ctx *cx, const char *kind);
/* Go on with an operation begun earlier: a further slice of large work. */
bool op_resume(struct ctx *cx, int64_t id, const char *kind);
bool op_about(struct ctx *cx, const struct record *rec);
bool op_end(struct ctx *cx, bool ok);
/* The last operation that ended well in this request, or NULL. */
const struct op *op_done(const struct ctx *cx);

/* Work that was not taken back, person by person: how many operations, on how
 * many different things.  where: " and ..." about alias o of op, $1 is ws. */
struct work_done {
	int64_t user_id, steps, things;
};
typedef void work_fn(void *arg, const struct work_done *done);
bool work_read(
	struct ctx *cx, const char *where, const struct args *args, work_fn *each, void *arg);

/* Undo an operation: every change of it, newest first.
 * PROBLEM_CONFLICT with the conflicts listed when a field was changed since,
 * or a record made by it is in use by others; with skip those stay and the
 * rest is undone.  PROBLEM_CONFLICT when it is undone already. */
bool op_undo(struct ctx *cx, int64_t id, bool skip_conflicts);

/* JSON for the doors: one operation; a page of them, in op_page.c; a record's
 * history. */
struct op_filter {
	int64_t user_id, before; /* 0: any, from the newest */
	size_t limit;
	bool is_counted;  /* with "total", up to COUNT_CAP */
	bool is_work;	  /* work that was not taken back, by its instant */
	int64_t from, to; /* instants: from <= at < to; 0: no end */
	int64_t source_id, campaign_id;
	/* Whose records of it one may read, of him one may read the work too. */
	const struct entity *reach;
};
bool op_write(struct ctx *cx, struct json_out *j, int64_t id);
bool op_write_page(struct ctx *cx, struct json_out *j, const struct op_filter *f);

/* One record's changes, newest first, up to limit, only those with an id
 * below before (0: all); each an object {"type":"change",...}.  *last is the
 * id of the last one written, 0 when there are no more. */
struct change {
	int64_t id, op_id, at, user_id, record_id;
	const struct entity *of;
	const char *kind, *old; /* old: JSON, NULL for a creation */
};
bool history_of(
	struct ctx *cx, const struct entity *of, int64_t id, struct change **changes, size_t *n);
/* The change as {"type":"change",...}; later: the values it led to, found by
 * walking from the present (see history.c). */
struct history_walk;
struct history_walk *history_walk_new(struct ctx *cx, const struct record *present);
bool history_write(struct ctx *cx, struct json_out *j, struct history_walk *w,
	const struct change *c, bool show);
