/* inside - what the files of http/ share with each other and with no one
 * else.  A conn is a client's socket, watched by the timer; a call is one
 * request on it. */
#pragma once

#include <microhttpd.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "http/http.h"

enum {
	HEAD_MAX = 32 * 1024,
	TARGET_MAX = 8 * 1024,
	HEADERS_MAX = 100,
	REQUESTS_MAX = 1000,		/* on one connection */
	POOL_SIZE = 48 * 1024,		/* of the library, a connection */
	BODY_IN_MEMORY = 1024 * 1024,	/* more goes to a file */
	BODY_DRAINED = 8 * 1024 * 1024, /* read past, so that a 413 is heard */
	BYTES_A_SECOND = 50 * 1000,
	STREAM_QUEUE_MAX = 256 * 1024,
	HEARTBEAT_MS = 20 * 1000,
	STOP_MS = 5 * 1000,
	TICK_MS = 200,
	SHELF_SIZE = 16,
};

/* What a connection is about; the timer judges each by its own deadline. */
enum doing {
	DOING_HEAD, /* a head is awaited or arriving */
	DOING_BODY,
	DOING_SERVE, /* the application's turn: no deadline of ours */
	DOING_SEND,
	DOING_STREAM,
	DOING_IDLE, /* between requests */
};

struct conn {
	struct http_server *server;
	struct conn *next, *prev;
	int fd;
	char peer[48];
	unsigned char key[16]; /* whose connection, for the limit per address */
	_Atomic int64_t since; /* ms, when it began what it does */
	_Atomic int64_t plan;  /* due in ms (0: never) * 8 + what it does: one
				* word, so that both change at once */
	int requests;
	pthread_mutex_t lock;	/* of call, when another thread looks */
	struct http_call *call; /* that the library has; changed by its own thread */
	bool cut;		/* shut down by us; under the server's lock */
};

/* libdeflate's compressors are 60 kB each and take longer to make than a
 * page takes to compress: they lie on a shelf between uses. */
struct shelf {
	pthread_mutex_t lock;
	int n;
	struct libdeflate_compressor *ready[SHELF_SIZE];
};

struct http_server {
	struct http_app app;
	struct http_options o;
	struct MHD_Daemon *daemon;
	int port;
	bool seams_known; /* the library is one whose seams head_seams() reads */

	pthread_mutex_t lock; /* all below, and conn.cut */
	pthread_cond_t wake;  /* the timer, to end */
	pthread_t timer;
	bool timer_ends;
	struct conn *conns;
	int conn_count;
	struct http_stream *streams;

	_Atomic bool stopping;
	_Atomic int away; /* calls suspended by http_later() */
	struct shelf shelf;
};

struct text {
	const char *s;
	size_t len;
};

struct head_line {
	struct text name, value;
};

struct http_call {
	struct http_server *server;
	struct conn *conn;
	struct MHD_Connection *lib;
	pthread_t thread;    /* of the library, that has the connection */
	_Atomic int holders; /* the library; and who calls http_reply() later */

	char *target; /* raw, as it came */
	const char *method, *query;
	char *path;
	char *texts; /* the head's own copy */
	bool is_1_0, heard, closes, later, served;
	int refused; /* a status, once the body is read past */
	size_t header_count;
	struct head_line headers[HEADERS_MAX];

	uint64_t body_limit, body_size, body_told; /* told: Content-Length, or 0 */
	size_t body_len, body_room, body_mapped;
	int64_t body_since;
	char *body;
	int body_file; /* or -1 */

	char peer[48];
	void *kept;
	_Atomic bool away;    /* suspended; who turns it off resumes it */
	_Atomic bool dropped; /* the server stopped while it was away */
	struct MHD_Response *out;
	int status;
	size_t out_len;
	bool out_streams;
};

/* p, or the end: a request's size is bounded at the door, so that no memory
 * is no one's mistake. */
static inline void *need(void *p)
{
	if (p)
		return p;
	fputs("no memory left\n", stderr);
	abort();
}

int64_t http_now(void); /* ms, coarse, never back */

/* head.c, head_seams.c: the status of a refusal, or 0. */
int head_check(struct http_call *c, const char *method, const char *version);
int head_seams(const struct http_call *c, const char *method, const char *version);
bool head_has_body(const struct http_call *c);

/* target.c: fills path and query. */
int target_check(struct http_call *c);
bool host_is_good(const char *s, size_t len);

/* body.c */
int body_begin(struct http_call *c);				 /* a status, or 0 */
bool body_take(struct http_call *c, const char *data, size_t n); /* false: hang up */
bool body_end(struct http_call *c);
void body_release(struct http_call *c);

/* call.c */
struct http_call *call_new(struct conn *conn, struct MHD_Connection *lib, const char *target);
void call_drop(struct http_call *c);  /* the last holder frees it */
void call_leave(struct http_call *c); /* the library is through with it */
void call_find_peer(struct http_call *c);
/* Before and after an answer is made by whoever holds the call. false: the
 * server has stopped meanwhile and no one waits for it. */
bool call_claim(struct http_call *c);
void call_return(struct http_call *c);
void call_forget(struct http_call *c); /* at the server's stop */

/* answer.c */
void answer_make(struct http_call *c, const struct http_res *res);
void answer_refuse(struct http_call *c, int status);
enum MHD_Result answer_queue(struct http_call *c);
void answer_add_guards(
	const struct http_call *c, struct MHD_Response *out, const struct http_res *res);

/* Straight into the socket, for when the library does not ask. */
void answer_send_raw(const struct http_call *c, int status);

/* amend.c: the library's log. */
void amend_refusal(void *server, const char *format, va_list values);

/* compress.c: gzipped body (malloc'ed) or NULL when it is not worth it. */
bool compress_suits(const struct http_res *res);
char *compress_body(const struct http_call *c, const struct http_res *res, size_t *len);
void shelf_free(struct shelf *shelf);

/* conns.c */
enum MHD_Result conns_admit(void *server, const struct sockaddr *from, socklen_t len);
void conns_changed(void *server, struct MHD_Connection *lib, void **context,
	enum MHD_ConnectionNotificationCode what);
void conn_does(struct conn *conn, enum doing doing, int64_t ms); /* 0: as long as it likes */
enum doing conn_doing(const struct conn *conn);
void conn_cut(struct conn *conn);
void conns_judge(struct http_server *s, int64_t now); /* under the lock */

/* stream.c */
void streams_beat(struct http_server *s, int64_t now); /* under the lock */
void streams_end(struct http_server *s);	       /* likewise */
