/* custom - the firm's own fields: declared in its table custom_field, they
 * join the table of fields of an entity while the program runs.
 *
 * What the firm declared is read once into a table of widened entities that
 * all requests share, and that is exchanged whole when a row of it changes.
 * Their values lie together in the column custom_values of each record, JSON
 * by name; each stands in the table custom_value too, so that lists filter and
 * sort by an index.  Entities without such fields cost nothing. */
#pragma once

#include "record/record.h"

enum { CUSTOM_FIELDS_MAX = 100, CUSTOM_KEY_CHARS = 100 };

/* See what the firm has declared: cx->entities becomes its own, and cx->zone
 * the one it lives in, for as long as cx's memory.  To be called once for each
 * ctx, before its first record. */
bool custom_see(struct ctx *cx);

/* A kind's word, "money"; false when a custom field cannot be such. */
bool custom_type(const char *word, enum field_type *type);
/* [{"value","it","en"}] as choices; NULL when it is no such thing. */
const struct choice *custom_choices(struct arena *mem, const char *json);
/* What a caller sent as such a list, as it is kept; without en it is it. */
bool custom_choices_take(struct ctx *cx, const struct field *f, const json_t *given, struct val *v);
/* A label becomes a heading of files and of pages: nothing in it ends a cell,
 * a quote or a tag. */
bool custom_label_is_plain(const char *label);

/* A value as the index keeps it, so that bytes compare as values do: numbers
 * as 16 hexadecimal digits, texts folded, their first CUSTOM_KEY_CHARS
 * characters, what is one of a list as it is.  NULL for none. */
const char *custom_key(struct ctx *cx, const struct field *f, const struct val *v);
/* The same of a text somebody is looking for. */
const char *custom_key_text(struct ctx *cx, const struct field *f, const char *text);
/* Whether the column holds a value of that field, as a pattern for like. */
const char *custom_pattern(struct ctx *cx, const struct field *f);

/* For files of this room: a record's own values out of its column, as a column
 * again (NULL: none), and into the index. */
void custom_unpack(struct ctx *cx, struct record *rec, const char *column);
const char *custom_pack(struct ctx *cx, const struct record *rec);
bool custom_put(struct ctx *cx, const struct record *rec);
/* A value out of the history: none when it is of another kind by now. */
struct val custom_val(const struct field *f, struct val v);
