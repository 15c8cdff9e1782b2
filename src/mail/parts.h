/* parts - what the files of this room need of one another. */
#pragma once

#include "mail/mail.h"

/* Those not yet at their end; as the table's index says it. */
#define MAIL_OPEN "state in ('waiting', 'failed', 'sending')"
/* The longest pause between two tries: 6 hours. */
#define MAIL_LONGEST (INT64_C(6) * 3600 * 1000)

enum { MESSAGE_NAME = 64, SAID_MAX = 400 };
/* A new name for a message: the left side of its Message-ID. */
void message_name(char *name);

/* Everything but who sends it and when: headers, a blank line, the body; lines
 * end in CRLF and are ASCII.  NULL and PROBLEM_INVALID as mail_queue says. */
const char *mime_content(struct ctx *cx, const struct mail *mail, const char *name);
/* The whole message. */
struct sender {
	const char *from, *from_name, *name, *domain;
	int64_t at;
};
const char *mime_message(struct ctx *cx, const struct sender *sender, const char *content);
const char *domain_of(const char *address); /* after the @ */

enum smtp_end {
	SMTP_TAKEN,
	SMTP_LATER, /* 4xx, or the line was cut */
	SMTP_NEVER, /* 5xx about this message */
	SMTP_AWAY,  /* no server to speak to, or none that lets us in */
};
struct smtp *smtp_new(void);
void smtp_free(struct smtp *s);
void smtp_hang_up(struct smtp *s); /* the next message opens a line anew */
void smtp_stop(struct smtp *s);	   /* from any thread */
struct letter {
	const char *from, *to, *message;
};
struct smtp_result {
	enum smtp_end end;
	const char *problem; /* a key of locales with said in it; NULL: taken */
	const char *said;    /* the server's last line, or the library's words */
	bool is_unknown;     /* all was said, and no answer came */
};
void smtp_send(struct ctx *cx, struct smtp *s, const struct mail_server *server,
	const struct letter *letter, struct smtp_result *result);

/* How long to wait after the n-th try: 1, 2, 4 ... minutes, at most 6 hours; ms. */
int64_t mail_pause(int64_t tries);
