/* ctx - what one request, or one job, carries through all the rooms.
 *
 * It is the only thing that travels: there are no globals.  A function that
 * can fail takes a ctx, returns bool, and says why with refuse() exactly once,
 * where it knows most; whoever called it only passes the false on.
 *
 * What is said to people is a key of locales/<language>/server.json and its
 * arguments: the door puts it into the caller's language. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct entity;
struct layout;
struct op;
struct who;
struct words;

enum lang { LANG_IT, LANG_EN, LANG_COUNT };

enum problem_kind {
	PROBLEM_NONE,
	PROBLEM_INVALID,     /* the caller's data; see problem.fields */
	PROBLEM_MALFORMED,   /* not even readable: no JSON, a bad query */
	PROBLEM_SIGNED_OUT,  /* nobody signed in */
	PROBLEM_FORBIDDEN,   /* this user may not */
	PROBLEM_NOT_FOUND,   /* no such thing, or not for this user */
	PROBLEM_METHOD,	     /* the door is there, but not for this method */
	PROBLEM_CONFLICT,    /* true once, but no longer */
	PROBLEM_STALE,	     /* the same field was changed by someone else */
	PROBLEM_TOO_LARGE,   /* more than a door takes */
	PROBLEM_MEDIA_TYPE,  /* a body of a kind the door does not read */
	PROBLEM_TOO_MANY,    /* asked too often */
	PROBLEM_CLASH,	     /* two writers met: run the verb again */
	PROBLEM_UNAVAILABLE, /* the store is away or full */
	PROBLEM_INTERNAL,    /* ours: logged whole, told in one word */
};

enum { WORD_ARGS = 4 };

/* A sentence still to be put into a language. */
struct saying {
	const char *key;
	const char *args[WORD_ARGS]; /* in the arena; NULL from the first unused */
};

struct field_problem {
	struct field_problem *next;
	const char *field;
	struct saying text;
};

struct problem {
	enum problem_kind kind;
	struct saying text;
	const char *detail; /* PROBLEM_INTERNAL: for the log alone */
	const char *file;   /* where refuse() stands, for the log */
	int line;
	int retry_after; /* seconds; 0 = unsaid */
	struct field_problem *fields;
	const char *more; /* further JSON members of the answer, or NULL:
			   * "conflicts":[...] */
};

struct ctx {
	struct arena *mem; /* ends when the answer has been sent */
	struct db *db;	   /* this request's session with the store */
	const struct words *words;
	const struct who *who; /* who asks; NULL before sign-in */
	int64_t ws;	       /* the workspace */
	int64_t now;	       /* ms since 1970 UTC, read once */
	enum lang lang;
	const char *request_id;
	struct op *op;			      /* the operation being written, or NULL */
	struct op *done;		      /* the last one that ended well */
	const char *zone;		      /* IANA, the firm's: custom_see says it */
	const struct entity *const *entities; /* all there are; ends in NULL */
	struct memo *memo;		      /* of large work; NULL: nothing is kept */
	struct layout *layout;		      /* how the last records were written: write.c */
	struct problem problem;		      /* the first thing that went wrong */
};

/* Short answers that each row of a slice of large work asks for again: the
 * first open status.  Only where somebody made a memo; else never there. */
enum { MEMO_MAX = 16 };
struct memo {
	const char *what[MEMO_MAX];
	void *answer[MEMO_MAX];
	size_t n;
};
void *ctx_recall(const struct ctx *cx, const char *what);
void ctx_keep(struct ctx *cx, const char *what, void *answer);
/* It is true no longer. */
void ctx_forget(struct ctx *cx, const char *what);

/* Record what went wrong, unless something already did.  Always false, so
 * that it reads: return refuse(cx, PROBLEM_CONFLICT, "lead.converted").
 * The arguments are texts, at most WORD_ARGS. */
#define refuse(cx, kind, ...) \
	ctx_refuse((cx), (kind), __FILE__, __LINE__, __VA_ARGS__, (const char *)NULL)
bool ctx_refuse(struct ctx *cx, enum problem_kind kind, const char *file, int line, const char *key,
	...) __attribute__((sentinel));

/* Add one field's problem; all of them are told at once. Always false. */
#define refuse_field(cx, ...) \
	ctx_refuse_field((cx), __FILE__, __LINE__, __VA_ARGS__, (const char *)NULL)
bool ctx_refuse_field(struct ctx *cx, const char *file, int line, const char *field,
	const char *key, ...) __attribute__((sentinel));

/* Something of ours broke: the text goes to the log, never out. Always false. */
#define broken(cx, ...) ctx_broken((cx), __FILE__, __LINE__, __VA_ARGS__)
bool ctx_broken(struct ctx *cx, const char *file, int line, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Forget what went wrong: for loops that go on after one bad row. */
void ctx_clear(struct ctx *cx);

/* Text in the request's arena. */
const char *textf(struct ctx *cx, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
