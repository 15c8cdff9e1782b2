/* http - requests in, answers out; the only room that knows the server
 * library.  It knows nothing of what is served.
 *
 * HTTP/1.1 in plain text (a proxy in front gives TLS and HTTP/2).  What the
 * library would let through and a careful server must not - both length
 * headers, two Hosts or none, NUL, slow clients - is refused here, before the
 * application hears of it; doc/http.md lists it.
 *
 * Life of a call: the head arrives and the application names the largest body
 * it takes (limit); the body is gathered; serve() is called on one of the
 * server's threads.  It answers at once with http_reply(), or calls
 * http_later() first and has any other thread call http_reply() once. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http_call;
struct http_server;

struct http_header {
	const char *name, *value;
};

/* The answer.  body must stay until release(keepsake) is called, which is
 * once, when the answer is out or the client gone, on any thread; without
 * release it must stay for ever.  An extra header of the name of one that
 * every answer bears takes its place. */
struct http_res {
	int status;
	const char *type; /* Content-Type, or NULL */
	const char *body;
	size_t len;
	int file; /* instead of a body: a descriptor and 1; closed when it is sent */
	struct http_header extra[8]; /* up to the first without a name */
	bool is_static;		     /* of the UI: may be cached, no no-store */
	void (*release)(void *keepsake);
	void *keepsake;
};

struct http_app {
	/* Bytes of body this request may bring; 0 for none. */
	size_t (*limit)(void *app, const struct http_call *call);
	void (*serve)(void *app, struct http_call *call);
	/* The body of an answer for what http/ refuses by itself (400, 408,
	 * 413, 414, 431, 501, 503 ...), into text; its Content-Type is
	 * application/problem+json. */
	void (*refusal)(
		void *app, const struct http_call *call, int status, char *text, size_t size);
	void *app;
};

struct http_options {
	const char *address; /* "127.0.0.1", "::1", "0.0.0.0" */
	int port;	     /* 0: any free one, see http_port() */
	int threads;	     /* of the library; each runs serve() */
	int connections;     /* in all; beyond, the oldest idle one goes first */
	int per_address;     /* connections of one address; 0 = no limit */
	int head_seconds;    /* for the whole head, from the first byte (or,
			      * on a new connection, from connecting) */
	int body_seconds;    /* for the whole body, plus 1 s each 50 kB */
	int idle_seconds;    /* between requests */
	bool behind_proxy;   /* believe X-Forwarded-For and -Proto */
};

/* NULL, and the reason in why (may be NULL), when it cannot listen. */
struct http_server *http_start(
	const struct http_options *o, const struct http_app *app, char *why, size_t size);
int http_port(const struct http_server *s);
/* Takes no new ones, lets running calls end (at most 5 s), then stops. */
void http_stop(struct http_server *s);

/* What was asked. Texts live as long as the call. */
const char *http_method(const struct http_call *c);
const char *http_path(const struct http_call *c);		      /* percent-decoded, no query;
								       * valid UTF-8, no NUL, starts with '/' */
const char *http_query(const struct http_call *c);		      /* after '?', raw; "" */
const char *http_header(const struct http_call *c, const char *name); /* or NULL */
const char *http_body(const struct http_call *c);		      /* NUL after it; "" */
size_t http_body_len(const struct http_call *c);
const char *http_peer(const struct http_call *c); /* the client's address, text */
bool http_is_secure(const struct http_call *c);	  /* came by TLS, as the proxy says */

/* The application's own memory of the call, e.g. its limit decision. */
void http_keep(struct http_call *c, void *p);
void *http_kept(const struct http_call *c);

/* http_later() in serve() alone.  An answer that comes after the server has
 * stopped is released and goes nowhere. */
void http_later(struct http_call *c);
void http_reply(struct http_call *c, const struct http_res *res);

/* Server-sent events: call instead of http_reply().  The stream lives until
 * the client goes or http_stream_end(); sending never blocks: a client that
 * reads too slowly (256 kB behind) is dropped.  gone(arg) is called once when
 * it is over; the pointer is not to be used after that.  Started from another
 * thread than serve()'s it may be over before the call returns: hold a lock
 * around it that gone() takes too.  NULL when the server has stopped. */
struct http_stream;
struct http_stream *http_stream_start(struct http_call *c, void (*gone)(void *arg), void *arg);
void http_stream_send(struct http_stream *s, const char *text); /* "event: ..\ndata: ..\n\n" */
void http_stream_end(struct http_stream *s);

/* Percent-decode one piece of a query into out (size n): '+' is a blank.
 * false when it is not well-formed UTF-8, has a bad escape or a NUL. */
bool http_unescape(const char *from, size_t len, char *out, size_t n);
