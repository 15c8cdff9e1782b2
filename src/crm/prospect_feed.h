/* prospect_feed - a published sheet, read: which of its columns is which of the
 * list's, and which rows the list knows. */
#pragma once

#include "crm/prospect_parts.h"
#include "table/table.h"

struct feed_column {
	const char *heading, *key; /* key: NULL for one without a heading */
	bool own, is_new;	   /* of the list's own; still to be made */
};

struct feed {
	const char *url;
	int64_t list_id;
	const char *const *headings;
	struct feed_column *columns;
	size_t n, key; /* key: by which column rows are known */
	struct csv_row *rows;
	size_t row_n;
};

/* Fetched and taken apart, outside of any transaction. */
bool feed_read(struct ctx *cx, const struct prospect_feed *ask, struct feed *feed);
/* make: columns that the list lacks are made, in the operation in hand. */
bool feed_match_columns(
	struct ctx *cx, struct feed *feed, const struct prospect_feed *ask, bool make);
/* Without blanks around it and control characters. */
const char *feed_cell(struct ctx *cx, const struct csv_row *row, size_t column);
/* Folded; "" for none. */
const char *feed_key_of(struct ctx *cx, const struct feed *feed, const struct csv_row *row);

/* The list's rows by their key, discarded ones too; of those alike the first. */
struct feed_row {
	const char *key;
	struct record *row;
	bool is_seen;
};
struct feed_known {
	struct feed_row *rows; /* open addressing; room is a power of two */
	size_t room;
};
bool feed_load_known(struct ctx *cx, const struct feed *feed, struct feed_known *known);
struct feed_row *feed_find(struct feed_known *known, const char *key); /* or NULL */
void feed_note(struct feed_known *known, const char *key, struct record *row);
