/* prospect_parts - what the files of prospects need of one another. */
#pragma once

#include "crm/prospect.h"
#include "crm/qualification.h"

/* A column of the sheet: a field of the row, or one of the list's own. */
struct prospect_column {
	const char *key; /* "email", "c1301" */
	const char *label, *type;
	int64_t id;		  /* of the list's own; 0: a field */
	const struct field *lead; /* the field of the lead that it means, or NULL */
};

struct prospect_columns {
	struct prospect_column *c;
	size_t n;
};

/* Fields first, then the list's own by position; read once for all of a
 * memo's work. */
bool prospect_columns_of(struct ctx *cx, int64_t list_id, const struct prospect_columns **columns);
const struct prospect_column *prospect_column_named(
	const struct prospect_columns *columns, const char *key);
/* The one that fills that field of the lead; NULL for none. */
const struct prospect_column *prospect_column_meaning(
	const struct prospect_columns *columns, const char *field);
/* Forget what was read: a column came. */
void prospect_columns_forget(struct ctx *cx, int64_t list_id);

/* The list, once for all of a memo's work. */
bool prospect_list_load(struct ctx *cx, int64_t id, enum right right, struct record **list);

/* struct entity.receive: a list for an import's rows, with its columns. */
bool prospect_receive(struct ctx *cx, int64_t *id, const struct receiving *r);
/* Own columns of those headings, made where there is none: their keys. */
bool prospect_columns_want(struct ctx *cx, int64_t list_id, const struct receiving *r);

/* What a cell holds, "" for nothing.  own: the row's cells, read. */
const char *prospect_cell(
	const struct record *row, const struct prospect_column *column, const json_t *own);
/* The row's own cells as an object in the arena; never NULL. */
json_t *prospect_own_cells(struct ctx *cx, const struct record *row);
void prospect_set_own_cells(struct ctx *cx, struct record *row, const json_t *own);

/* What a row says of the lead it would make, field by field: how many. */
size_t prospect_typed(struct ctx *cx, const struct record *row,
	const struct prospect_columns *columns, const json_t *own, struct typed **typed);

/* "discarded from the list ...: why" */
const char *prospect_say_discarded(struct ctx *cx, const char *reason, const char *list);
/* Who was discarded and shares a key with this row: sets flagged_by (C18). */
bool prospect_flag(struct ctx *cx, struct record *row);

/* Positions for n new rows below after (0: last; first: above all), spread
 * over the gap there; neighbours make room when it is too small. */
bool prospect_places(
	struct ctx *cx, const struct prospect_edit *where, size_t n, int64_t *first, int64_t *step);

/* Rows as the sheet wants them: {"keys":[...],"rows":[[...]]} without the
 * braces. */
bool prospect_write_rows(
	struct ctx *cx, struct json_out *j, int64_t list_id, struct record *const *rows, size_t n);

/* All rows of those ids that may be written, as they stand by id; one that is
 * not of the list is refused by the name of the member that had it. */
bool prospect_load_rows(struct ctx *cx, int64_t list_id, const char *member, const int64_t *ids,
	size_t n, struct record **rows);

/* In an operation: the row becomes a lead, and what campaigns did about it and
 * what it allowed is the lead's too. */
struct prospect_turn {
	int64_t owner_id;	       /* 0: the row's own */
	int64_t campaign_id;	       /* whose call it answered; 0: none */
	int64_t source_id;	       /* where the list has none; 0: none */
	const struct record *answered; /* a lead: what they wrote themselves goes over the
					* cells, and no cell stands in its way; or NULL */
};
bool prospect_make_lead(
	struct ctx *cx, const struct prospect_turn *turn, struct prospect_outcome *made);
/* Whether there is a lead of it; one that was removed makes way for another. */
bool prospect_is_lead(struct ctx *cx, const struct record *row, bool *is_lead);
bool prospect_must_be_no_lead(struct ctx *cx, const struct record *row);

/* Nobody but this user is on the phone with it. */
bool prospect_is_free(const struct ctx *cx, const struct record *row);
void prospect_let_go(struct record *row);
