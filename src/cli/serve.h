/* serve - what the running server holds; for the files of this room. */
#pragma once

#include <pthread.h>

#include "api/welcome.h"
#include "cli/cli.h"
#include "cli/events.h"
#include "http/http.h"
#include "http/pool.h"
#include "mail/mail.h"

struct serve {
	struct desk desk;
	struct api api;
	struct hub *hub;
	struct pool *writes, *slow, *jobs;
	struct http_server *http;
	struct postman *postman;
	int64_t guest; /* who comes in by welcome; 0: nobody */
	struct welcome welcome;
	char key_file[4096];
	int64_t started;
	bool stopping;
	pthread_mutex_t lock;
	pthread_cond_t stop;
};

/* What is done once a minute, by the program itself.  Short: the next one
 * waits for it; several programs on one PostgreSQL may do it at once.  One
 * that can say whether it has more to do is asked every second, and does it. */
struct chore {
	const char *name;
	bool (*run)(struct ctx *cx);
	bool (*has_more)(struct ctx *cx); /* NULL: never */
};
extern const struct chore chores[]; /* ends without a name */

/* Serves the workspace of --data or --store until a signal tells it to stop;
 * the exit code comes back.  guest: the user who comes in by a link that is
 * printed; 0: there is none.  SIGTERM and SIGINT stay blocked. */
int serve_until_told(const struct command_line *line, int64_t guest);

/* What the program does by itself, in memory that the caller ends. */
struct ctx serve_ctx(const struct serve *s, struct arena *mem, const char *name);
/* The thread that sends messages until the server stops. */
void *serve_mail(void *serve);

/* A file of the UI; NULL when there is none of that path. */
struct asset {
	const char *path, *type, *etag;
	const unsigned char *plain, *gzip, *brotli;
	size_t plain_len, gzip_len, brotli_len;
};
extern const struct asset assets[];
void serve_asset(struct http_call *c);

/* The application that the server calls. */
extern const struct http_app serve_app;
void serve_job(void *serve, void *job); /* of pools writes and slow */
bool serve_later(void *serve, void (*run)(void *job), void *job);
