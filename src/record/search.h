/* search - finding records by words, and others like them by keys.
 *
 * Both are written with the record itself, in the same transaction. */
#pragma once

#include "record/record.h"

/* record_store calls these. is_gone: the record was removed. */
bool search_put(struct ctx *cx, const struct record *rec);
bool keys_put(struct ctx *cx, const struct record *rec);
/* Its words as they are now, whatever they were. */
bool search_put_anew(struct ctx *cx, const struct record *rec);

/* The words of that entity's records changed with what is said of its fields:
 * inside a transaction, note that they are to be put anew. */
bool search_outdate(struct ctx *cx, const struct entity *of);
/* Put anew what is noted, newest first, some records a transaction; goes on
 * where it was left, be it by the end of the program.  Words are derived: it
 * leaves no trace in the history.  Outside a transaction. */
bool search_renew(struct ctx *cx);

/* {"items":[{"entity","id","title","subtitle"}]} for what the user may see,
 * newest first. */
bool search_write(struct ctx *cx, struct json_out *j, const char *text, size_t limit,
	const struct entity *const *entities);

struct newest_hits {
	const char *text;
	size_t hits;	/* so many at most are looked through */
	int64_t before; /* with an id below this one */
};

/* The condition of a list's q=: " and t.id in (select ...)". */
bool search_where(struct ctx *cx, const struct entity *of, const char *text, struct buf *sql,
	struct args *args);
/* The same of the newest hits alone: for pages by id, since of a word that a
 * million share all would be gathered first. */
bool search_newest(struct ctx *cx, const struct entity *of, const struct newest_hits *h,
	struct buf *sql, struct args *args);

/* A record like another: which, and by which of its keys. */
struct likeness {
	const struct entity *of;
	int64_t id;
	const char *title, *subtitle;
	char why[8]; /* letters of struct field.match */
	int score;   /* and the words for it: record/alike.h */
	unsigned reasons;
	const char *discarded; /* the reason; NULL: it is there */
	int64_t owner_id;
};

/* Records of the entities given (ends in NULL) that share a key with rec,
 * likeliest first; at most 20.  Only those the user may read. */
bool keys_find(struct ctx *cx, const struct record *rec, const struct entity *const *among,
	struct likeness **found, size_t *n);
/* For imports: its keys ("e:m@rossi.it"); the oldest record of its entity that
 * the user may read and that shares a key of those letters (of rows of a list:
 * of its list, when it names one), or 0. */
enum { KEYS_MAX = 24 };
size_t keys_list(struct ctx *cx, const struct record *rec, const char *list[KEYS_MAX]);
bool keys_known(struct ctx *cx, const struct record *rec, const char *letters, int64_t *id);
/* The newest of an entity that was removed with a reason, that the user may
 * read and that shares a key with rec, of whatever entity it is; or 0. */
bool keys_gone(struct ctx *cx, const struct record *rec, const struct entity *of, int64_t *id);
/* As an object; likeness_put: its members, but for the entity.  "why" says by
 * which keys: "vat_number", "tax_code", "email", "phone", "name". */
void likeness_write(struct ctx *cx, struct json_out *j, const struct likeness *l);
void likeness_put(struct ctx *cx, struct json_out *j, const struct likeness *l);
