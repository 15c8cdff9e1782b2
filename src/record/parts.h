/* parts - what the files of this room need of one another. */
#pragma once

#include "record/list.h"
#include "record/op.h"
#include "record/search.h"

/* PROBLEM_INVALID for each required field that is empty. */
bool record_check_required(struct ctx *cx, const struct record *rec);
/* What is wrong with a text for this field, as a key of locales; NULL when
 * nothing is. */
const char *field_text_problem(const struct field *f, const char *s);
/* A page in the order of one of the firm's own fields: list_custom.c. */
struct custom_order {
	const struct field *field;
	bool down;
	const char *cursor, *where; /* of list_where */
	const struct args *args;
	size_t limit;
	enum right right;
	const struct ranges *ranges; /* of list_where too */
};
bool list_by_custom(
	struct ctx *cx, const struct entity *of, const struct custom_order *o, struct page *page);

/* list_span.c: a list of a span of an instant, and the index that has it. */
struct span {
	const char *column, *index; /* "closed_at", "closed_at, id, ... where ..." */
};
bool span_find(struct ctx *cx, const struct entity *of, const struct params *ps, struct span *span);
/* Behind the table in "from": that it is to be read by that index, where this
 * holds all that is asked for. */
void span_hint(struct ctx *cx, const struct entity *of, const struct params *ps, struct buf *sql);
/* schema.c: the name of an index, from its columns. */
void schema_index_name(struct buf *sql, const struct entity *e, const char *columns);

/* list_apart.c: of what an index knows in several ranges, which are not in the
 * list's order.  where is of list_where and lacks the ranges; after and order
 * are the cursor's condition and the list's "order by". */
struct apart {
	const struct ranges *ranges;
	const struct args *args;
	const char *where, *after, *order;
	const char *gathered; /* the same order, of what was gathered first */
	bool newest_first;
	size_t limit;
};
bool list_apart(struct ctx *cx, const struct entity *of, const struct apart *a, struct page *page);
/* As count_capped. */
bool count_apart(struct ctx *cx, const char *from_where, const struct ranges *ranges,
	const struct args *args, int64_t *n);

/* filter_more.c: "team_id=7", the team of the owner, "team_id[null]=true"; and
 * "left=STEP:2026-01-01:2026-02-01", who left a step of its way on these days
 * (the last one not included). */
bool filter_by_team(
	struct ctx *cx, const char *name, const char *value, struct buf *sql, struct args *args);
bool filter_by_stay(struct ctx *cx, const char *value, struct buf *sql, struct args *args);

/* The current operation changed this record. */
void op_touch(struct ctx *cx, const struct record *rec);

/* work.c: what an operation worked on, and of which source and campaign that
 * was when it ended: it stands in its row. */
struct op_work {
	int64_t on, source_id, campaign_id; /* on 0: it was no work */
};
void work_note(struct op *op, const struct record *rec);
bool work_of(struct ctx *cx, const struct op *op, struct op_work *w);
/* Of operations of before, whose table lacks it: by what the records are now. */
bool work_carry(struct ctx *cx, const struct entity *const *entities);

/* store.c: the old values of what changed, as JSON; NULL when nothing did. */
const char *store_old_values(struct ctx *cx, const struct record *rec);
/* Note how the record changes the count of its owner's. */
bool store_tally(struct ctx *cx, const struct record *rec);
/* What follows from a row that is stored: told to its entity, and its values are
 * those that it was stored with. */
bool store_settle(struct ctx *cx, struct record *rec);
/* A key as text, "e:m@rossi.it", and as the number that the store keeps. */
struct keys {
	const char *key[KEYS_MAX];
	int64_t number[KEYS_MAX];
	size_t n;
};

bool keys_has(const struct keys *keys, int64_t number);
/* Those of a record's values v, or of none (NULL). */
void keys_of(struct ctx *cx, const struct record *rec, const struct val *v, struct keys *keys);
/* Whether both have a key in common, as text. */
bool keys_share_one(struct ctx *cx, const struct keys *keys, const struct record *other);

/* search.c, keys_all.c: of records that are there, new or changed, of one entity. */
bool search_put_all(struct ctx *cx, struct record *const *recs, size_t n);
bool keys_put_all(struct ctx *cx, struct record *const *recs, size_t n);
/* A key of a new record where many are made: put by gathered_put, which the
 * operation calls at its end. */
bool gathered_add(struct ctx *cx, const struct record *rec, int64_t number);
bool gathered_put(struct ctx *cx);

/* A record's words and keys, worked out on another thread before it is its turn
 * to be stored; good as long as the fields they come from stay as they were. */
struct foreseen {
	struct val *v; /* of the fields, as they were */
	const char *words;
	struct keys *keys;
};
void record_foresee(struct ctx *cx, struct record *rec);
/* NULL when v is not what was foreseen. */
const struct foreseen *record_foreseen(const struct record *rec, const struct val *v);

/* The words of its searchable fields, each after a blank. */
const char *words_of_fields(struct ctx *cx, const struct record *rec, const struct val *v);
/* keys_gone.c: the keys of one that was removed for a reason stand by
 * themselves, so that who asks for such a one meets no other.  Of a record that
 * is stored; of all, in stores of before. */
bool keys_gone_put(struct ctx *cx, const struct record *rec);
bool keys_gone_fill(struct ctx *cx, const struct entity *const *entities);
/* Older stores kept keys as texts. */
bool keys_carry(struct ctx *cx, const struct entity *const *entities);

/* The count of an entity's records, by owner: noted in the operation, put when
 * it ends. */
bool tally_add(struct ctx *cx, const struct entity *of, int64_t owner_id, int64_t n);
bool tally_put(struct ctx *cx);
/* The sum over the owners in reach. */
bool tally_sum(struct ctx *cx, const struct entity *of, enum right right, int64_t *n);

/* A row of OP_COLUMNS as JSON: history.c. */
#define OP_COLUMNS                                                                          \
	"select o.id, o.at, o.user_id, o.kind, o.entity, o.record_id, o.records, o.undoes," \
	" o.undone_by, o.state, o.progress from op o"
void op_write_row(struct ctx *cx, struct json_out *j, const struct rows *r);

/* An operation's changes with an id below before, newest first, 200 at most. */
bool changes_of_op(
	struct ctx *cx, int64_t op_id, int64_t before, struct change **changes, size_t *n);
/* A value of a change's old values. */
struct val val_of_json(struct ctx *cx, const json_t *v);

/* An entity's name as a word of the index: an underscore would cut it in two. */
const char *search_entity_word(struct ctx *cx, const struct entity *of);

/* schema_older.c: indexes that nothing asks any more; and whether a field that
 * entity.catch_up fills in is not among a table's columns, "|id|version|". */
bool schema_drop_gone(struct ctx *cx);
bool schema_lacks_carried(struct ctx *cx, const struct entity *e, const char *names);
/* schema.c: the check of a field's column; false when it has none. */
bool schema_check_of(struct buf *sql, const struct field *f);
/* "create table ..."; loose: "|name|name|", columns that may be empty although
 * the field is required, or NULL. */
void schema_table(struct buf *sql, const struct entity *e, bool pg, const char *loose);
/* schema_checks.c: the checks of a table that was there become those that its
 * fields have now: a choice more, another rule between columns.  No row and no
 * column goes.  PROBLEM_INTERNAL when a row does not keep to them: the store
 * is a later program's. */
bool schema_checks_hold(struct ctx *cx, const struct entity *e);
/* Of a new table. */
bool schema_checks_note(struct ctx *cx, const struct entity *e);
