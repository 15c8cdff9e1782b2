/* mail - messages out: written down in the store, sent by SMTP when it is their
 * time.
 *
 * Who has something to send calls mail_queue() inside his own transaction: the
 * message is there if what it tells of is there.  The serving program sends
 * what is due, one message after the other.  A message that was not taken is
 * tried again after 1, 2, 4 ... minutes up to 6 hours, and given up after 3
 * days; one that the server refuses for good (5xx) is given up at once.  After
 * a 250 none is sent again.
 *
 * Of one that was said wholly and got no answer (the line was cut, the program
 * killed) nobody knows whether it went out.  With a key (once) it is in doubt
 * then, and goes out again only when a person says so; without one it is sent
 * again by itself, with the same Message-ID, by which the other side may know
 * it.
 *
 * states: waiting, sending, sent, failed (to be tried again), in_doubt,
 * given_up. */
#pragma once

#include "base/ctx.h"
#include "base/json.h"
#include "db/db.h"

struct mail_header {
	const char *name, *value;
};

/* One message to one address.  Texts are UTF-8; NULL or "" where there is none. */
struct mail {
	const char *to, *to_name;
	const char *subject;
	const char *text, *html;	   /* at least one; both: multipart/alternative */
	const struct mail_header *headers; /* List-Unsubscribe ... */
	size_t header_n;
	const char *purpose; /* a word: "digest", "campaign" */
	const char *entity;  /* what it is about, or NULL */
	int64_t record_id;
	int64_t user_id;    /* who had it sent; 0: the program itself */
	const char *once;   /* the same key is never queued twice, nor sent twice by itself;
			     * or NULL: rather twice than never */
	int64_t not_before; /* ms; 0: at once */
};

/* Put it in the queue, inside the caller's transaction.  A message whose once
 * is there already is well, and nothing happens.
 *
 * PROBLEM_INVALID  a line break or control character in a header field, told
 *                  under its name ("to", "to_name", "subject", the header's
 *                  own); an address that is none; no body */
bool mail_queue(struct ctx *cx, const struct mail *mail);

/* {"items":[...],"next"}: newest first; state "failed,given_up" or NULL. */
struct mail_ask {
	const char *state;
	size_t limit;
	int64_t before; /* an id, 0: from the newest */
};
bool mail_write_page(struct ctx *cx, struct json_out *j, const struct mail_ask *ask);
/* One of them: PROBLEM_NOT_FOUND. */
bool mail_write(struct ctx *cx, struct json_out *j, int64_t id);

/* Try again at once, with three days more: PROBLEM_CONFLICT unless it failed,
 * was given up or is in doubt. */
bool mail_retry(struct ctx *cx, int64_t id);

/* Once a minute: bodies sent 30 days ago are let go, what a clock put back has
 * left in a far future is due again, and messages with a key whose sending was
 * left behind are in doubt. */
bool mail_tidy(struct ctx *cx);

enum mail_security { MAIL_STARTTLS, MAIL_TLS, MAIL_NO_TLS };

/* Through whom it goes out.  "" where there is none. */
struct mail_server {
	const char *host;
	int port;
	enum mail_security security; /* MAIL_NO_TLS: to loopback alone */
	const char *user, *password;
	const char *from, *from_name;
	const char *authority; /* a file of certificates besides the system's, or NULL */
	int64_t per_minute;
};
bool mail_is_loopback(const char *host);

/* Who carries the messages out: keeps the line to the server from one to the
 * next, and what the store could not yet be told.  One thread's. */
struct postman *postman_new(void);
void postman_free(struct postman *p);
/* From any thread: what is being said is cut short, unless it was said wholly. */
void postman_stop(struct postman *p);

/* How many wait to go out, counted up to limit. */
bool mail_waiting(struct ctx *cx, int64_t limit, int64_t *n);

enum mail_step {
	MAIL_IDLE, /* nothing is due, or the minute's measure is full */
	MAIL_SENT,
	MAIL_REFUSED, /* this one; the next may go */
	MAIL_DOWN,    /* the server takes none now: wait */
};

/* Send the one that is due first; what became of it is on disk when this
 * returns.  false: the store is away.  A message that was taken meanwhile is not
 * forgotten: the next call tells the store before it sends another. */
bool mail_send_next(
	struct ctx *cx, struct postman *p, const struct mail_server *server, enum mail_step *step);

/* Send one past the queue and wait for the end: for a trial.  *said is the
 * server's last line.
 *
 * PROBLEM_INVALID   as mail_queue
 * PROBLEM_CONFLICT  it was not taken; the text says why, with the server's words */
bool mail_try(struct ctx *cx, const struct mail_server *server, const struct mail *mail,
	const char **said);
