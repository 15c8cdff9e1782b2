/* record - any entity's data: load, change, store, show.
 *
 * Works for every entity alike, from its table of fields alone.  What is
 * special about one entity lives in its file in crm/. */
#pragma once

#include <jansson.h>

#include "base/json.h"
#include "db/db.h"
#include "meta/meta.h"
#include "record/rights.h"

struct foreseen;

struct record {
	const struct entity *of;
	int64_t id;	 /* 0 until stored */
	int64_t version; /* counts the stores; guards against lost updates */
	int64_t created_at, updated_at;
	struct val *v;		   /* one per field, common ones included */
	struct val *was;	   /* as it was loaded; NULL when new */
	const char *packed;	   /* the firm's own values as they were loaded, or NULL */
	struct foreseen *foreseen; /* worked out before its turn, or NULL: foresee.c */
	bool unasked;		   /* no one fills in a card: what the firm asks for is not asked */
};

/* A new one, holding the initial values. */
struct record *record_new(struct ctx *cx, const struct entity *of);

/* One that this user may read (or write, remove): PROBLEM_NOT_FOUND when there
 * is none, or not for this user; PROBLEM_FORBIDDEN when it may be read but not
 * written.  Removed ones are found by record_load only with RIGHT_READ. */
bool record_load(struct ctx *cx, const struct entity *of, int64_t id, enum right right,
	struct record **found);

/* The first, not removed, whose field has that value, whatever the user's
 * rights; *found is NULL when there is none, and that is no failure. */
bool record_find(struct ctx *cx, const struct entity *of, const char *field, struct val value,
	struct record **found);

/* All of a short table (set-up), by position or id; at most 1,000. */
bool record_all(struct ctx *cx, const struct entity *of, struct record ***all, size_t *n);

/* Insert or update, inside an operation (record/op.h): with history, search
 * and keys for duplicates.  Nothing happens when nothing changed.
 * PROBLEM_INVALID when the entity's check says so, PROBLEM_CONFLICT when a
 * unique value is taken, PROBLEM_CLASH when someone stored it since it was
 * loaded. */
bool record_store(struct ctx *cx, struct record *rec);
/* Of a stored one what follows from others: written without check, history and
 * version, counted all the same. */
bool record_follow(struct ctx *cx, struct record *rec);
/* All of one entity, each once: the same in few statements. */
bool record_store_all(struct ctx *cx, struct record *const *recs, size_t n);

/* Take the fields of a JSON object a caller sent, telling all that is wrong
 * with them at once.  Fields not sent stay as they are. */
bool record_fill(struct ctx *cx, struct record *rec, const json_t *body);
/* The same for one value; false when it was refused. */
bool record_fill_field(
	struct ctx *cx, struct record *rec, const struct field *f, const json_t *given);
/* A link must lead to a record that is there and that the user may read. */
bool record_check_links(struct ctx *cx, struct record *rec);

/* PATCH: take the fields of body into a record of which the caller knew the
 * version based_on (0: the present one).  Fields that others changed since are
 * kept; where both changed the same field it is PROBLEM_STALE with the list
 * of conflicts. */
bool record_merge(struct ctx *cx, struct record *rec, const json_t *body, int64_t based_on);

/* To name a field the table lacks is a bug, and ends the process. */
bool record_has(const struct record *rec, const char *field);	      /* not empty */
const char *record_text(const struct record *rec, const char *field); /* "" */
int64_t record_int(const struct record *rec, const char *field);      /* 0 */
bool record_is(const struct record *rec, const char *field, const char *value);
void record_set(struct record *rec, const char *field, struct val v);
void record_set_text(struct record *rec, const char *field, const char *s); /* "" = none */
/* The field of the same name, empty or not. */
void record_copy(struct record *to, const struct record *from, const char *field);
bool record_changed(const struct record *rec, const char *field);
bool val_same(const struct val *a, const struct val *b);

/* What to call it. */
const char *record_title(struct ctx *cx, const struct record *rec);
const char *record_subtitle(struct ctx *cx, const struct record *rec);

/* As JSON; fields hidden from this user's role are left out. */
void record_write(struct ctx *cx, struct json_out *j, const struct record *rec);
/* The same with "names" and "warnings": for answers about one record. */
bool record_write_whole(struct ctx *cx, struct json_out *j, const struct record *rec);
/* One value as the field's type asks. */
void field_write(struct json_out *j, const struct field *f, const struct val *v);
/* One value as people read it: choices by label, links by title, money and
 * dates written out; "" for none. */
const char *field_show(struct ctx *cx, const struct field *f, const struct val *v);
/* What is doubtful about a value that the field takes, as a key of locales, and
 * what is proposed instead (CODE_TEXT bytes, "" for nothing); NULL: nothing. */
const char *field_doubt(const struct field *f, const char *s, char *proposal);
/* [{"field","text","proposal"}], and what the entity has to add. */
bool record_write_warnings(struct ctx *cx, struct json_out *j, const struct record *rec);
/* One of them; proposal NULL: none. */
void record_write_warning(
	struct json_out *j, const char *field, const char *text, const char *proposal);

/* Titles of records by id, in one go: "names":{"7":"Rossi srl"}. */
struct names;
struct names *names_new(struct ctx *cx);
void names_want(struct names *n, const struct entity *of, int64_t id);
void names_want_links(struct names *n, const struct record *rec);
bool names_write(struct ctx *cx, struct names *n, struct json_out *j);
/* Or one by one, once all are wanted: "" for one that may not be told. */
bool names_read(struct ctx *cx, struct names *n);
const char *names_title(const struct names *n, const struct entity *of, int64_t id);
/* "" when there is none, or none that the user may read. */
bool record_title_of(struct ctx *cx, const struct entity *of, int64_t id, const char **title);

/* For files of this room: */
/* "id, version, created_at, updated_at, <fields>" of alias t. */
void record_columns(struct buf *sql, const struct entity *of);
struct record *record_from_row(struct ctx *cx, const struct entity *of, const struct rows *r);
size_t record_at(const struct record *rec, const char *field);
