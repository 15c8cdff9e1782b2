/* prospect - a row of a prospecting list: somebody not spoken to yet.
 *
 * A list is a sheet of its own, with the columns that leads have and others of
 * its own.  What a cell holds is kept as it was typed, for a sheet refuses
 * nothing; it gets its meaning when the row becomes a lead, by the same
 * conversion of cells as an import's.  One row becomes a lead at a time: there
 * is no verb for many (S5.45).
 *
 * A row is new, then called, perhaps to be called back, and ends as a lead; or
 * it is discarded: removed with a reason, out of sight, restorable, counted.
 * The keys of a discarded row stay, so that the same name coming again is
 * flagged (C18). */
#pragma once

#include "crm/entities.h"
#include "record/list.h"

/* Every verb loads the list, or the row, with the user's right to write it:
 *
 * PROBLEM_NOT_FOUND  no such list or row, or not for this user
 * PROBLEM_FORBIDDEN  it may be read, not written */

/* {"list","judged","columns","counts"}: what the sheet looks like; judged:
 * whether there is a profile that its rows are held against (S5.5). */
bool prospect_sheet_write(struct ctx *cx, struct json_out *j, int64_t list_id);

/* {"items":[{"id","rows","new","called","callback","lead","discarded"}]}: of
 * every list with rows the user may read. */
bool prospect_counts_write(struct ctx *cx, struct json_out *j);

/* As qualification_write, of the lead that the row would make (S5.5): what is
 * known, and what to ask on the phone. */
bool prospect_qualification_write(struct ctx *cx, struct json_out *j, int64_t id);

/* A page of rows by position: {"keys","rows","next"}. */
struct prospect_ask {
	int64_t list_id;
	size_t limit;	    /* 1 to PROSPECT_PAGE */
	const char *cursor; /* NULL or "": from the first */
	const char *ids;    /* "1,2,3": just those; NULL: all */
	bool discarded;	    /* the discarded ones instead */
};
enum { PROSPECT_PAGE = 5000, PROSPECT_CELLS = 20000, PROSPECT_ADD = 5000 };
bool prospect_rows_write(struct ctx *cx, struct json_out *j, const struct prospect_ask *ask);

/* Set cells and add rows, all or none of them, and write the rows as they are
 * now: {"keys","rows"}.  A cell is named by its column's key or by the lead's
 * field that it fills; a list without such a column gets one.
 *
 * PROBLEM_INVALID    set, add, after: a row or column that is not of the list;
 *                    more than PROSPECT_CELLS cells or PROSPECT_ADD rows */
struct prospect_edit {
	int64_t list_id;
	const json_t *set, *add; /* arrays, or NULL */
	int64_t after;		 /* new rows stand below this one; 0: last */
	bool first;		 /* ... or above all others */
};
bool prospect_cells(struct ctx *cx, struct json_out *j, const struct prospect_edit *edit);

/* Rows stand below that one (0: first), in the order given.
 *
 * PROBLEM_INVALID    ids, after: a row that is not of the list */
bool prospect_move(
	struct ctx *cx, struct json_out *j, int64_t list_id, const json_t *ids, int64_t after);

/* The row becomes a lead, assigned to a colleague or (0) its own owner (S5.11,
 * S5.43).
 *
 * PROBLEM_CONFLICT   there is a lead of it already
 * PROBLEM_INVALID    a cell that the lead's field cannot take, by name */
struct prospect_outcome {
	struct record *prospect, *lead; /* lead: NULL when none was made */
};
bool prospect_lead(struct ctx *cx, int64_t id, int64_t owner_id, struct prospect_outcome *made);

/* A call is written down, with what came of it: no_answer, call_back (at: when),
 * not_interested (the row is discarded), lead, talked.
 *
 * PROBLEM_CONFLICT   it is a lead already
 * PROBLEM_INVALID    outcome, at, note; or as prospect_lead */
struct prospect_talk {
	const char *outcome, *note;
	int64_t at, owner_id;
};
extern const struct choice prospect_outcomes[];
bool prospect_call(struct ctx *cx, int64_t id, const struct prospect_talk *talk,
	struct prospect_outcome *made);

/* The caller is on the phone with the row, and with no other: for a quarter of
 * an hour, or until the call is written down, nobody else is offered it.
 * held false: he is not.  Without a trace in the history.
 *
 * PROBLEM_CONFLICT   a colleague is, by name; or it is a lead already */
bool prospect_hold(struct ctx *cx, int64_t id, bool held, struct record **row);

/* What rows of a list allowed or withdrew is noted down, once each, as one
 * operation (fields: given, how, text, at of a consent).
 *
 * PROBLEM_INVALID    ids: a row that is not of the list; fields of a consent */
struct prospect_word {
	int64_t list_id;
	const int64_t *ids;
	size_t n; /* 1 to PROSPECT_ADD */
	const json_t *fields;
};
bool prospect_consent(struct ctx *cx, const struct prospect_word *word, size_t *n);

/* Compare the list with a published sheet, and (apply) take over what is new
 * and what has changed there, as one operation; rows gone from it are told and
 * left alone, discarded ones do not come again.  Without a url the list's own.
 * Writes {"rows","added","changed","gone","changes","new","missing"...}.
 *
 * PROBLEM_INVALID    url: not https, not reachable, no table; key: the sheet has
 *                    no such column */
struct prospect_feed {
	int64_t list_id;
	const char *url, *key; /* "" for the list's own */
	const char *allow;     /* see fetch/fetch.h */
	bool apply;
};
bool prospect_fetch(struct ctx *cx, struct json_out *j, const struct prospect_feed *ask);

/* That somebody like this was discarded before (C18), for a lead's warnings;
 * *text stays NULL when nobody was. */
bool prospect_known_warn(struct ctx *cx, const struct record *rec, const char **text);

/* The columns that a list has of its own, by position, and what a row holds in
 * them ("" for nothing), for who takes a list away.
 *
 * PROBLEM_NOT_FOUND  no such list, or not for this user */
struct prospect_own {
	const char *key, *label;
};
bool prospect_own_columns(
	struct ctx *cx, int64_t list_id, const struct prospect_own **own, size_t *n);
void prospect_own_texts(struct ctx *cx, const struct record *row, const struct prospect_own *own,
	size_t n, const char **texts);

/* {"items","names","script"}: whom to call next. */
bool prospect_calling_write(struct ctx *cx, struct json_out *j, int64_t list_id, size_t limit);
