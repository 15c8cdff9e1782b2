/* house - a server with a small application, and a client of plain sockets. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "http/http.h"
#include "http/pool.h"

struct house {
	struct http_server *server;
	struct pool *pool;
	pthread_mutex_t lock; /* the stream */
	struct http_stream *stream;
	_Atomic int gone, released, later;
	struct http_call *_Atomic held;
};

/* Paths: /hello (1 kB more than once of "hello "), /later (from the pool),
 * /held (until house_let_go), /body (its length and last letters), /peer,
 * /static, /events. */
void house_open(struct house *h, const struct http_options *o);
void house_close(struct house *h);
void house_let_go(struct house *h);
/* What the fixture opens: two threads, long times. */
struct http_options house_options(void);

int dial(const struct house *h);
void say(int fd, const char *text, size_t len);
/* Reads until the other side closes or ms have passed; true: it closed. */
bool hear(int fd, char *text, size_t size, int ms);
/* Reads one answer of a fixed length; its status, or 0 when it closed. */
int hear_one(int fd, char *text, size_t size);
/* All at once on a connection of its own; the status of the first answer. */
int ask(const struct house *h, const char *text, char *answer, size_t size);
void pause_ms(int ms);
