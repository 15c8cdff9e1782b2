/* One request: its life between the library and the application, and the
 * application's questions about it. */
#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "http/inside.h"

/* A lock for each connection, not one for all: this is done twice a request. */
static void set_call(struct conn *conn, struct http_call *c)
{
	pthread_mutex_lock(&conn->lock);
	conn->call = c;
	pthread_mutex_unlock(&conn->lock);
}

struct http_call *call_new(struct conn *conn, struct MHD_Connection *lib, const char *target)
{
	struct http_server *s = conn->server;
	struct http_call *c = need(calloc(1, sizeof(*c)));

	c->server = s;
	c->conn = conn;
	c->lib = lib;
	c->thread = pthread_self();
	c->target = need(strdup(target));
	c->method = c->query = "";
	c->path = "/";
	c->body_file = -1;
	c->closes = ++conn->requests >= REQUESTS_MAX;
	memcpy(c->peer, conn->peer, sizeof(c->peer));
	atomic_init(&c->holders, 1);
	if (conn->call)
		call_leave(conn->call);
	set_call(conn, c);
	if (conn_doing(conn) != DOING_HEAD)
		conn_does(conn, DOING_HEAD, (int64_t)s->o.head_seconds * 1000);
	return c;
}

void call_drop(struct http_call *c)
{
	if (atomic_fetch_sub(&c->holders, 1) > 1)
		return;
	body_release(c);
	free(c->texts);
	free(c->target);
	free(c);
}

void call_leave(struct http_call *c)
{
	set_call(c->conn, NULL);
	if (c->out)
		MHD_destroy_response(c->out);
	c->out = NULL;
	call_drop(c);
}

void http_later(struct http_call *c)
{
	c->later = true;
	atomic_fetch_add(&c->holders, 1);
	atomic_fetch_add(&c->server->away, 1);
	atomic_store(&c->away, true);
	MHD_suspend_connection(c->lib);
}

bool call_claim(struct http_call *c)
{
	return !c->later || atomic_exchange(&c->away, false);
}

void call_return(struct http_call *c)
{
	struct http_server *s = c->server;

	if (!c->later)
		return;
	MHD_resume_connection(c->lib);
	atomic_fetch_sub(&s->away, 1); /* from here on s may go */
	call_drop(c);
}

void call_forget(struct http_call *c)
{
	atomic_store(&c->dropped, true);
	if (!atomic_exchange(&c->away, false))
		return;
	MHD_resume_connection(c->lib);
	atomic_fetch_sub(&c->server->away, 1);
}

static bool is_address(const char *s)
{
	unsigned char bytes[16];

	return inet_pton(AF_INET, s, bytes) == 1 || inet_pton(AF_INET6, s, bytes) == 1;
}

/* What our own proxy says: it adds its line after those of the client. */
static const char *proxy_says(const struct http_call *c, const char *name)
{
	const char *value = NULL;

	if (!c->server->o.behind_proxy)
		return NULL;
	for (size_t i = 0; i < c->header_count; i++)
		if (!strcasecmp(c->headers[i].name.s, name))
			value = c->headers[i].value.s;
	return value;
}

/* And its address after those of the client. */
void call_find_peer(struct http_call *c)
{
	const char *list = proxy_says(c, "X-Forwarded-For");
	const char *last = list ? strrchr(list, ',') : NULL;
	char name[sizeof(c->peer)];
	size_t n;

	if (!list)
		return;
	last = last ? last + 1 : list;
	last += strspn(last, " \t");
	n = strcspn(last, " \t");
	if (!n || n >= sizeof(name))
		return;
	memcpy(name, last, n);
	name[n] = '\0';
	if (is_address(name))
		memcpy(c->peer, name, n + 1);
}

const char *http_method(const struct http_call *c)
{
	return c->method;
}

const char *http_path(const struct http_call *c)
{
	return c->path;
}

const char *http_query(const struct http_call *c)
{
	return c->query;
}

const char *http_header(const struct http_call *c, const char *name)
{
	for (size_t i = 0; i < c->header_count; i++)
		if (!strcasecmp(c->headers[i].name.s, name))
			return c->headers[i].value.s;
	return NULL;
}

const char *http_body(const struct http_call *c)
{
	return c->body ? c->body : "";
}

size_t http_body_len(const struct http_call *c)
{
	return c->body_len;
}

const char *http_peer(const struct http_call *c)
{
	return c->peer;
}

bool http_is_secure(const struct http_call *c)
{
	const char *proto = proxy_says(c, "X-Forwarded-Proto");

	return proto && !strcasecmp(proto, "https");
}

void http_keep(struct http_call *c, void *p)
{
	c->kept = p;
}

void *http_kept(const struct http_call *c)
{
	return c->kept;
}
