/* A small server on http/ alone, for hostile clients and load. */
#include <jansson.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "http/http.h"
#include "http/pool.h"

enum { BODY_MAX = 1024 * 1024, PAGE = 1024 };

struct served {
	struct pool *pool;
	char page[PAGE + 1];
	pthread_mutex_t lock;
	struct http_stream *stream; /* the newest one */
};

static void answer(struct http_call *c, int status, const char *text)
{
	struct http_res res = { .status = status,
		.body = text,
		.len = strlen(text),
		.type = status < 400 ? "application/json; charset=utf-8"
				     : "application/problem+json" };

	http_reply(c, &res);
}

static size_t limit(void *arg, const struct http_call *c)
{
	(void)arg, (void)c;
	return BODY_MAX;
}

static void refusal(void *arg, const struct http_call *c, int status, char *text, size_t size)
{
	(void)arg, (void)c;
	snprintf(text, size, "{\"problem\":\"refused\",\"status\":%d}", status);
}

static void take_lead(void *app, void *job)
{
	struct http_call *c = job;
	json_t *lead = json_loadb(http_body(c), http_body_len(c), JSON_REJECT_DUPLICATES, NULL);
	bool is_lead = json_is_object(lead) && json_is_string(json_object_get(lead, "name"));

	(void)app;
	json_decref(lead);
	answer(c, is_lead ? 201 : 422, is_lead ? "{\"id\":1}" : "{\"problem\":\"invalid\"}");
}

static bool is_number(const char *s, size_t n)
{
	return n > 0 && n < 4 && strspn(s, "0123456789") >= n;
}

/* Each name of the query must be known, and limit a number. */
static bool is_good_query(const char *query)
{
	while (*query) {
		size_t n = strcspn(query, "&");

		if (!strncmp(query, "limit=", 6) && !is_number(query + 6, n - 6))
			return false;
		if (strncmp(query, "limit=", 6) && strncmp(query, "q=", 2))
			return false;
		query += n + (query[n] != '\0');
	}
	return true;
}

static void leads(struct served *served, struct http_call *c)
{
	const char *type = http_header(c, "Content-Type"), *method = http_method(c);

	if (!strcmp(method, "GET") || !strcmp(method, "HEAD")) {
		answer(c, is_good_query(http_query(c)) ? 200 : 400, served->page);
	} else if (strcmp(method, "POST") && strcmp(method, "PATCH")) {
		answer(c, 405, "{\"problem\":\"method\"}");
	} else if (!type || strncasecmp(type, "application/json", 16)) {
		answer(c, 415, "{\"problem\":\"type\"}");
	} else {
		http_later(c);
		if (!pool_add(served->pool, c))
			answer(c, 503, "{\"problem\":\"busy\"}");
	}
}

static void gone(void *arg)
{
	struct served *served = arg;

	pthread_mutex_lock(&served->lock);
	served->stream = NULL;
	pthread_mutex_unlock(&served->lock);
}

static void events(struct served *served, struct http_call *c)
{
	pthread_mutex_lock(&served->lock);
	if (served->stream) {
		answer(c, 409, "{\"problem\":\"one stream only\"}");
	} else {
		served->stream = http_stream_start(c, gone, served);
		http_stream_send(served->stream, "event: hello\ndata: 1\n\n");
	}
	pthread_mutex_unlock(&served->lock);
}

static void serve(void *arg, struct http_call *c)
{
	struct served *served = arg;
	const char *path = http_path(c), *who = http_header(c, "Authorization");
	bool reads = !strcmp(http_method(c), "GET") || !strcmp(http_method(c), "HEAD");

	if (!strcmp(path, "/healthz"))
		answer(c, reads ? 200 : 405, "{\"ok\":true}");
	else if (!strcmp(path, "/page"))
		answer(c, 200, served->page);
	else if (!who || strcmp(who, "Bearer t"))
		answer(c, 401, "{\"problem\":\"unauthorized\"}");
	else if (!strcmp(path, "/events"))
		events(served, c);
	else if (!strcmp(path, "/api/v1/leads"))
		leads(served, c);
	else
		answer(c, 404, "{\"problem\":\"not_found\"}");
}

int main(int argc, char **argv)
{
	struct served served = { .lock = PTHREAD_MUTEX_INITIALIZER };
	struct http_app app = { limit, serve, refusal, &served };
	struct http_options o = { .address = "127.0.0.1",
		.threads = 2,
		.connections = 512,
		.head_seconds = 5,
		.body_seconds = 10,
		.idle_seconds = 30 };
	struct http_server *server;
	sigset_t ends;
	char why[128];
	int got;

	o.port = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 0;
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	pthread_sigmask(SIG_BLOCK, &ends, NULL);
	snprintf(served.page, sizeof(served.page), "[\"%0*d\"]", PAGE - 4, 0);
	served.pool = pool_new(2, 256, take_lead, &served, "leads");
	server = http_start(&o, &app, why, sizeof(why));
	if (!server) {
		fprintf(stderr, "serve: %s\n", why);
		return 1;
	}
	printf("port %d pid %d\n", http_port(server), (int)getpid());
	fflush(stdout);
	sigwait(&ends, &got);
	http_stop(server);
	pool_free(served.pool);
	return 0;
}
