/* import - a table of text becomes records, whole or not at all.
 *
 * A file is read into the store (table import, import_file) with a plan: which
 * column goes to which field, by which key rows are known, what to do with
 * those known.  It is looked at (checked) before anything is written, then
 * run: in slices of a few ms under one operation, so that others are not kept
 * waiting, resumable after a crash, and undoable as one thing.  Every row
 * becomes a record or a refused row with its reasons; every column without a
 * field is kept under its heading in the record's custom data; where rows go
 * into a sheet (struct entity.into) it becomes a column of that sheet. */
#pragma once

#include "record/record.h"

/* What runs the large parts, and hears of progress. */
struct import_host {
	struct store *store;
	const struct words *words;
	const struct entity *const *entities;
	int64_t ws;
	/* Another slice, on a worker; NULL: at once, on this thread.  false: the
	 * program ends, and the work goes on at the next start. */
	bool (*later)(void *arg, void (*run)(void *job), void *job);
	/* A user's streams hear a whole event; NULL: nobody. */
	void (*tell)(void *arg, int64_t user_id, const char *text);
	/* A terminal's progress: called after each slice; NULL: none. */
	void (*progress)(void *arg, int64_t done, int64_t all);
	void *arg;
	enum lang lang; /* of the reasons, where it is nobody's import */
	bool alone;	/* nobody else has the store open: a commit may take seconds */
};

/* A file as it comes: text with separators, or a workbook. */
struct import_given {
	const char *name, *bytes;
	size_t n;
	const char *sheet; /* of a workbook: its name or number; "" or NULL: the first */
	const char *into;  /* where its rows go: the id of what is there, the name
			    * of what is to be made; "" or NULL: named as the file */
};

/* Take a file: guess encoding, separator, mapping.  *id is the import's.
 *
 * PROBLEM_FORBIDDEN  this user may not write that entity
 * PROBLEM_INVALID    file: it is empty, no table, no text, an old or encrypted
 *                    workbook; sheet; into */
bool import_create(
	struct ctx *cx, const struct entity *of, const struct import_given *given, int64_t *id);
/* {"sheets":[{"name","hidden"}],"sheet"}: what a workbook holds, and which of
 * it would be read. */
bool import_sheets_write(struct ctx *cx, struct json_out *j, const struct import_given *given);

/* PATCH: mapping, mode, key, skip_lines (see doc/API.md, Import).
 *
 * PROBLEM_CONFLICT   it is running or done */
bool import_change(struct ctx *cx, int64_t id, const json_t *body);

/* Look at every row without writing records: fills the report.  Goes on in
 * the background when the host can. */
bool import_check(struct ctx *cx, const struct import_host *host, int64_t id);
/* Write them.  PROBLEM_CONFLICT when it is running or done already. */
bool import_run(struct ctx *cx, const struct import_host *host, int64_t id);

bool import_write(struct ctx *cx, struct json_out *j, int64_t id);
bool import_write_all(struct ctx *cx, struct json_out *j);
/* The refused rows as CSV: the file's own columns, then the reason. */
bool import_write_refused(struct ctx *cx, struct buf *out, int64_t id);

/* One cell as a field's value, as an import takes it.  *v is none for an empty
 * cell, for what other programs write where there is nothing, and when it does
 * not fit: then *why is a key of locales.  *partly: the cell says more than the
 * value does. */
struct import_taken {
	struct val v;
	bool partly;
	const char *why;
};
bool import_cell_take(struct ctx *cx, const struct entity *of, const struct field *f,
	const char *text, struct import_taken *taken);

/* A cell of a sheet that takes what is typed: without blanks around it and
 * control characters. */
const char *import_cell_typed(struct ctx *cx, const char *text);
/* Which field each heading means, as an import guesses; NULL for none. */
const struct field **import_headings(
	struct ctx *cx, const struct entity *of, const char *const *headings, size_t n);

/* At start: what a crash left running goes on. */
void import_resume(const struct import_host *host);
