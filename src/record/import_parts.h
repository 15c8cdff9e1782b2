/* import_parts - what the files of the import need of one another. */
#pragma once

#include <pthread.h>

#include "record/import.h"
#include "record/parts.h"

enum import_mode { IMPORT_CREATE, IMPORT_UPDATE, IMPORT_SKIP };

struct import_column {
	const char *heading;	   /* as in the file */
	const char *name;	   /* its key in custom: never empty, never twice */
	const struct field *field; /* NULL: kept in custom */
	const char *samples;	   /* JSON: ["...", ...] */
};

/* How a file becomes records. */
struct import_plan {
	const struct entity *of;
	const char *encoding, *separator;
	const char *sheet, *sheets; /* of a workbook: which; JSON: all there are */
	int64_t into;		    /* where the rows go, 0: nowhere yet */
	const char *into_name;	    /* ... what is to be made for them, or NULL */
	bool is_received;	    /* it is there, with columns for all */
	struct import_column *columns;
	size_t n;
	enum import_mode mode;
	const char *key; /* "email" ...; NULL: none */
	int64_t rows;
	int64_t *skip; /* lines left out, ascending */
	size_t skip_n;
};

struct import_counts {
	int64_t done, created, updated, skipped, refused, duplicates;
};

/* One import as it stands in the store. */
struct import {
	int64_t id, user_id, op_id, created_at;
	const char *name, *state, *problem;
	const char *report; /* JSON, or NULL */
	struct import_counts counts;
	struct import_plan plan;
};

/* A row of the file. */
struct import_cells {
	const char **cells;
	size_t n;
	int64_t line;
};

/* What a row's cells say: values by field, and what goes to custom. */
struct import_row {
	struct import_cells from;
	struct val *v;		      /* VAL_NULL: not given */
	const char **names, **values; /* of custom */
	size_t custom_n;
	int64_t into;
};

struct import_job;

/* import_store.c: imports as rows.  A missing one, or another user's, is
 * PROBLEM_NOT_FOUND. */
bool import_load(struct ctx *cx, int64_t id, struct import *im);
/* How many rows are done, as the transaction in hand sees it. */
bool import_done(struct ctx *cx, int64_t id, int64_t *done);
/* All of this user (an administrator: of all), newest first, 100 at most. */
bool import_load_all(struct ctx *cx, struct import **all, size_t *n);
/* These three inside a transaction. */
bool import_insert(struct ctx *cx, const struct import *im);
/* State, operation and counts alone: what a slice changes. */
bool import_progress(struct ctx *cx, const struct import *im);
bool import_save(struct ctx *cx, const struct import *im);
/* To another state if it is in one of those ("|read|checked|"); else
 * PROBLEM_CONFLICT.  In a transaction of its own. */
bool import_turn(struct ctx *cx, int64_t id, const char *from, const char *to);
/* A row that was not taken. */
bool import_put_refused(
	struct ctx *cx, int64_t id, const struct import_cells *row, const char *why);
void import_write_counts(struct json_out *j, const struct import *im);

/* import_plan.c */
void import_guess(struct ctx *cx, struct import_plan *plan);
bool import_may_fill(const struct ctx *cx, const struct entity *of, const struct field *f);
void plan_write(struct json_out *j, const struct import_plan *plan);
bool plan_read(struct ctx *cx, const char *json, struct import_plan *plan);
/* Names for custom: of all headings, and of a cell beyond the last of them. */
void plan_name_columns(struct ctx *cx, struct import_plan *plan);
const char *plan_name_beyond(struct ctx *cx, size_t at);
/* The letters of struct field.match that a key stands for, "" when unknown. */
const char *key_letters(const char *key);

/* import_file.c: the rows of a file as the store keeps them. */
bool import_file_put(
	struct ctx *cx, int64_t id, struct import_plan *plan, const struct import_given *given);
bool import_file_drop(struct ctx *cx, int64_t id);
/* Reading them again, from any row on; what it holds is its own. */
struct import_reader;
struct import_reader *import_reader_new(int64_t id, int64_t row);
void import_reader_free(struct import_reader *r);
/* *more is false at the end; cells lie in cx's arena. */
bool import_reader_next(
	struct ctx *cx, struct import_reader *r, struct import_cells *row, bool *more);

/* import_cell.c: one cell as a field's value, none when it does not fit;
 * *lost: the cell says more than the value. */
struct import_links; /* records found by name, for the life of a job */
struct import_links *import_links_new(void);
void import_links_free(struct import_links *l);
struct import_cell {
	const struct entity *of;
	const struct field *f;
	const char *text;
	struct import_links *links;
};
/* Without the blanks around it. */
const char *import_trimmed(struct ctx *cx, const char *s);
bool import_cell_read(struct ctx *cx, const struct import_cell *c, struct val *v, bool *lost);

/* import_link.c */
bool import_link_find(struct ctx *cx, const struct import_cell *c, int64_t *id);

/* import_into.c: rows that go into something. */
bool import_into_read(struct ctx *cx, struct import_plan *plan, const struct import_given *given);
/* What the rows go into is there, with a column for each heading: the first
 * step of a run. */
bool import_into_receive(struct ctx *cx, struct import_job *job);

/* import_row.c */
bool import_row_read(struct ctx *cx, const struct import_plan *plan, struct import_links *links,
	const struct import_cells *cells, struct import_row *row);
/* Put a row's values into a record, new or known. */
void import_row_fill(struct ctx *cx, const struct import_row *row, struct record *rec);
/* The problem in hand as {"field":"why"}; cleared. */
const char *import_reasons(struct ctx *cx);

/* A row on its way: its record where it makes a new one, worked out as far as
 * can be; why: it is refused, and for what reason. */
struct import_going {
	struct import_row row;
	struct record *rec;
	const char *why;
};

/* import_ahead.c: the rows of the next slice, read on a thread of their own
 * while those before them are written. */
struct import_ahead {
	struct import_job *job;
	struct ctx cx;
	struct import_going *rows;
	size_t n, wanted;
	bool more, ok, waited, alone;
	pthread_t thread;
};
struct import_ahead *import_ahead_start(struct import_job *job);
/* From here on the job's reader is the caller's again. */
void import_ahead_wait(struct import_ahead *a);
void import_ahead_free(struct import_ahead *a); /* NULL is fine */

/* import_keys.c: keys of new records that wait to be put with those of other
 * slices, all in the commit that these share. */
struct import_keys {
	struct gathered *all; /* its own */
	size_t n, size;
	size_t rows; /* that wait, with keys or without */
};
/* Whether this job's keys wait: nobody else has the store open. */
bool import_keys_wait(const struct import_job *job);
/* Of a slice of so many rows. */
void import_keys_keep(struct ctx *cx, struct import_keys *k, size_t rows);
bool import_keys_full(const struct import_keys *k);
/* In a transaction; *alike grows by the records that share a key, other than a
 * name, with an earlier one. */
bool import_keys_put(
	struct ctx *cx, struct import_keys *k, const struct entity *of, int64_t *alike);

/* import_job.c: work in slices, on a worker. */
struct import_job {
	struct import_host host;
	int64_t id, user_id;
	bool is_check;
	struct arena *mem;		      /* lives as long as the job */
	struct import im;		      /* as it stands now; id 0: still to be loaded */
	const struct entity *const *entities; /* as they were when it was */
	const char *zone;		      /* also */
	struct import_look *look;	      /* of a check: what was found so far */
	struct import_links *links;
	struct import_reader *reader;
	struct import_ahead *ahead; /* what comes next, or NULL */
	size_t rows;		    /* of a slice: as many as take a few ms */
	struct import_keys keys;    /* not put yet */
	/* Up to this row each slice has a commit of its own, since one that failed
	 * took others with it; and how many rows that was. */
	int64_t careful_until, careful_rows;
	int64_t told_at;
	bool runs, again;
};
bool import_is_careful(const struct import_job *job);
/* Another slice; *more is false when all is done. */
bool import_run_slice(struct ctx *cx, struct import_job *job, bool *more);
bool import_check_slice(struct ctx *cx, struct import_job *job, bool *more);
void import_check_free(struct import_job *job);
void import_start(const struct import_host *host, const struct import *im, bool is_check);
void import_tell(struct ctx *cx, struct import_job *job);
/* A ctx of its own for a part of the job; false: why is in it. */
bool import_job_enter(const struct import_job *job, struct ctx *cx);
/* What was read ahead is let go: reading begins where the store stands. */
void import_job_rewind(struct import_job *job);
/* Load the import into the job, once. */
bool import_job_load(struct ctx *cx, struct import_job *job);
