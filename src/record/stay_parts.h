/* stay_parts - stays, for the files of this room that store and count. */
#pragma once

#include "record/count.h"
#include "record/stay.h"

/* For store.c: before a record is written: the zone it will be counted by, and
 * one that was never counted is, as it stands; after it, with rec->was as it
 * stood: what is counted by it changes. */
bool count_begin(struct ctx *cx, struct record *rec);
bool count_store(struct ctx *cx, const struct record *rec);
/* What the operation gathered. */
bool count_put(struct ctx *cx);

/* count.c, for what counts anew. */
struct counted *count_table_row(struct count_table *t, const struct counted *key);
bool count_table_put(struct ctx *cx, const struct count_table *t);
bool counted_same(const struct counted *a, const struct counted *b);
/* By which zone a record with these values is counted; "": it is not yet. */
const char *counted_in(const struct record *rec, const struct val *v);
/* Whether it counts with them: counted by some zone, and not removed. */
bool counts_with(const struct record *rec, const struct val *v);

/* count_anew.c: the first time for a record of a store of before. */
bool count_first(struct ctx *cx, struct record *rec);

/* stay.c: what its way makes of a record's stays, counted and kept. */
bool stay_store(struct ctx *cx, const struct record *rec);
/* Those of a record of a store of before, from its history, unless some are
 * there. */
bool stay_fill(struct ctx *cx, const struct record *rec);
/* As they are kept. */
bool stay_read(struct ctx *cx, int64_t record_id, struct stay **stays, size_t *n);
