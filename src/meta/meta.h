/* meta - the words in which an entity is declared.
 *
 * An entity is one table of fields, written at the top of its file in crm/.
 * Everything that has to agree with it is derived from it: SQL columns
 * (record/schema.c), checks (record/fill.c), API and OpenAPI (api/), CSV
 * columns (record/import*.c), forms and lists (api/meta.c, read by the web
 * UI).  To add a field, add its line. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

struct args;
struct buf;
struct counts;
struct json_out;
struct joining;
struct record;
struct stand;
struct stay;
struct val;

enum field_type {
	FIELD_TEXT,
	FIELD_LONGTEXT, /* several lines */
	FIELD_EMAIL,
	FIELD_PHONE, /* as typed; shown with its E.164 companion */
	FIELD_URL,
	FIELD_CHOICE,  /* one of .choices */
	FIELD_MONEY,   /* whole cents */
	FIELD_DECIMAL, /* whole millionths */
	FIELD_INT,
	FIELD_PERCENT,	/* 0 to 100 */
	FIELD_BOOL,	/* 0 or 1 */
	FIELD_DATE,	/* "2026-01-31" */
	FIELD_TIME,	/* ms since 1970 UTC; RFC 3339 at the door */
	FIELD_LINK,	/* the id of a record of entity .to */
	FIELD_VAT,	/* partita IVA: warned about, never refused */
	FIELD_TAX_CODE, /* codice fiscale: the same */
	FIELD_CURRENCY, /* ISO 4217 */
	FIELD_LIST,	/* [{"kind","value"}]: more phones, more e-mails */
	FIELD_JSON,	/* an object, as it came */
};

struct choice {
	const char *value, *it, *en;
};

struct entity;

struct field {
	const char *name; /* SQL column, JSON key */
	enum field_type type;
	const char *it, *en;	      /* what people read */
	const char *group;	      /* the panel it stands in */
	unsigned max;		      /* longest text, in characters; 0: 200 */
	const struct choice *choices; /* FIELD_CHOICE: ends without a value */
	const struct entity *to;      /* FIELD_LINK */
	const char *initial;	      /* when none is given */
	const char *also;	      /* other headings in files: "a|b|c" */
	const char *suggest;	      /* the kind of reasons that are proposed for it */
	char match;		      /* a key for duplicates: v(at) t(ax code)
				       * e(-mail) p(hone) n(ame of a firm) */
	bool required, unique, searchable, readonly;
	bool sort;	     /* has an index to sort by */
	const char *sort_by; /* of a derived field: the column it is sorted by */
	bool by_clock;	     /* of a derived field: entity.where filters by it */
	bool list, quick;    /* a column of lists; in the short form */
	bool derived;	     /* has no column: entity.derive sets it */
	bool follows;	     /* entity.check sets it from others: without history */
	bool secret;	     /* stored, never shown */
	bool custom;	     /* the firm's own, without a column: record/custom.h */
	bool asked;	     /* the firm wants it filled in */
	bool hidden;	     /* the firm does not use it: no card and no list shows it */
	bool carried;	     /* entity.catch_up fills it in where records of before lack it */
	int64_t id;	     /* of the firm's own: its row in custom_field */
	const char *select;  /* derived: SQL by which it is read with the row (alias t) */
	int64_t place;	     /* on the firm's card; those of one place as they stand */
};

/* A part of the card as the firm calls it: record/layout.c. */
struct panel {
	const char *name, *it, *en;
	bool placed; /* before those that are not */
};

/* Conditions of which one has to hold, each of them a range of an index:
 * "t.status_id = $3 and t.status_since < $4".  A list reads them apart.  latest
 * is the end of each at which the newest records are likely to stand, in the
 * words of the index: "t.status_since desc, t.id desc". */
struct ranges {
	const char **sql, *latest;
	size_t n;
};

/* What a list asks of a derived field. */
struct by_clock {
	const struct field *field;
	const char *value;
	const char *sort;      /* the list's, NULL: by id */
	struct ranges *ranges; /* takes those of the field instead of the condition;
				* NULL: the condition is wanted */
};

struct receiving {
	const char *name;	     /* of a new one */
	const char *const *headings; /* n of them */
	const char **keys;
	size_t n;
};

struct entity {
	const char *name, *plural;
	const char *it, *en, *its, *ens; /* one and many, for people */
	const char *table;		 /* SQL; NULL: the name */
	const struct field *fields;
	size_t field_count;
	size_t custom_count;	    /* the firm's own fields, the last of them */
	const struct panel *panels; /* of the firm's card, in order */
	size_t panel_count;
	const struct entity *from;  /* the one that was widened, or NULL */
	bool extensible;	    /* the firm may add fields of its own */
	bool shapes;		    /* its rows say what others look like */
	bool setup;		    /* all may read, admins write */
	bool owned;		    /* has owner_id: own, team, all */
	const char *into, *rest;    /* rows of a sheet: the link to it, the field
				     * for cells of its own columns; else NULL */
	bool keeps_keys;	    /* one removed with a reason is still known */
	const char *constraints;    /* further SQL table constraints, ",\n" between
				     * them, or NULL */
	const char *const *indexes; /* "col, col [where ...]"; NULL at the end */
	const char *const *verbs;   /* for the UI; NULL at the end */
	/* The one place where a whole record is judged before it is stored. */
	bool (*check)(struct ctx *cx, struct record *rec);
	/* What to call it, and what stands below that in small. */
	const char *(*title)(struct ctx *cx, const struct record *rec);
	const char *(*subtitle)(struct ctx *cx, const struct record *rec);
	/* An import's rows come into the sheet *id (0: one of that name is made);
	 * headings without a field become its columns: keys takes their names. */
	bool (*receive)(struct ctx *cx, int64_t *id, const struct receiving *r);
	/* Set the derived fields of a loaded record. */
	void (*derive)(struct ctx *cx, struct record *rec);
	/* A derived field as a filter: " and ..." about alias t. */
	bool (*where)(
		struct ctx *cx, const struct by_clock *by, struct buf *sql, struct args *args);
	/* Further members of "warnings" about one record, or about those that an
	 * import made. */
	bool (*warn)(struct ctx *cx, struct json_out *j, const struct record *rec);
	bool (*warn_import)(struct ctx *cx, struct json_out *j, int64_t op_id);
	/* What is special when several become one (record/join.h), before their
	 * fields are filled: it changes the records in hand, and writes nothing.
	 * NULL: there is no merge.  Such an entity has merged_into_id. */
	bool (*join)(struct ctx *cx, struct joining *j);
	/* What it adds to the kept sums with the values v (record/count.h), and
	 * what a stay of it does; in which step of its way it stands with them
	 * (record/stay.h).  Such an entity has the field counted_in. */
	void (*count)(const struct record *rec, const struct val *v, struct counts *c);
	void (*count_stay)(const struct record *rec, const struct val *v, const struct stay *s,
		struct counts *c);
	void (*stand)(const struct record *rec, const struct val *v, struct stand *s);
	/* After it was stored, rec->was as it stood before: what follows from it for
	 * others. */
	bool (*stored)(struct ctx *cx, struct record *rec);
	/* What follows from others, found anew: for stores of before there was it. */
	bool (*catch_up)(struct ctx *cx, struct record *rec);
	/* Kinds of operations about it that are work of who does them, and the links
	 * to what is worked on then, the first that leads somewhere (NULL: to itself);
	 * NULL at the end.  What is worked on has source_id and campaign_id. */
	const char *const *work, *const *work_for;
};

/* The entity as this workspace has it: with the firm's own fields, where
 * custom_see (record/custom.h) saw some.  Whoever looks a field up by a name
 * that comes from data goes through it; those of record/ do so by themselves. */
const struct entity *entity_of(const struct ctx *cx, const struct entity *e);
/* Whether it is that entity, with fields of the firm's own or without. */
bool entity_is(const struct entity *e, const struct entity *which);

/* A record's fields are those of its entity, then the common ones:
 * created_by, removed_at, removed_reason, custom. */
size_t entity_width(const struct entity *e);
/* Their positions in the order of the firm's card; order has that many. */
void entity_order(const struct entity *e, size_t *order);
const struct field *entity_field(const struct entity *e, size_t at);
/* The position of a field, or -1. */
int entity_find(const struct entity *e, const char *name);
const char *entity_table(const struct entity *e);
const char *entity_label(const struct entity *e, enum lang lang, bool many);
const char *field_label(const struct field *f, enum lang lang);
const struct choice *field_choice(const struct field *f, const char *value);
/* Of a number that is kept in parts of its unit: how many places are decimal,
 * 2 where cents are kept; else 0. */
int field_places(const struct field *f);
/* Whether it is kept as a number. */
bool field_is_number(const struct field *f);
/* Whether the table has a column of its name. */
bool field_has_column(const struct field *f);
