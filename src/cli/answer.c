/* From a call of the server to the doors and back. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/forms.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "base/words.h"
#include "cli/serve.h"
#include "crm/entities.h"

enum { JSON_BODY = 1024 * 1024, LARGE_BODY = 16 * JSON_BODY, FILE_BODY = 100 * 1024 * 1024 };

/* One request on its way. */
struct job {
	struct serve *serve;
	struct http_call *call;
	struct arena *mem;
	struct ctx cx;
	struct api_answer answer;
	int64_t began;
	bool expected;
};

static const struct route *route_of(
	const struct serve *s, const struct http_call *c, struct arena *mem)
{
	struct api_call call = { 0 };
	const char *allow;

	return api_route(mem, &s->api, http_method(c), http_path(c), &call, &allow);
}

static size_t limit(void *app, const struct http_call *c)
{
	struct arena *mem = arena_new();
	const struct route *r = route_of(app, c, mem);

	arena_free(mem);
	if (form_is_path(http_path(c)))
		return FORM_BODY;
	if (!r)
		return JSON_BODY;
	if (r->flags & ROUTE_FILE)
		return FILE_BODY;
	return r->flags & ROUTE_LARGE ? LARGE_BODY : JSON_BODY;
}

static struct job *job_new(struct serve *s, struct http_call *c)
{
	struct arena *mem = arena_new();
	struct job *j = arena_alloc(mem, sizeof(*j));
	int64_t now = clock_now();

	*j = (struct job){ .serve = s, .call = c, .mem = mem, .began = clock_monotonic() };
	j->cx = (struct ctx){ .mem = mem,
		.words = s->desk.words,
		.ws = s->api.ws,
		.now = now,
		.zone = "UTC",
		.entities = entities };
	j->cx.request_id = textf(&j->cx, "%" PRIx64, (uint64_t)store_id(s->desk.store, now));
	return j;
}

static void release(void *arg)
{
	arena_free(((struct job *)arg)->mem);
}

static void log_answer(const struct job *j)
{
	const struct problem *p = &j->cx.problem;
	char status[16], ms[24];

	snprintf(status, sizeof(status), "%d", j->answer.status);
	snprintf(ms, sizeof(ms), "%" PRId64, clock_monotonic() - j->began);
	if (j->answer.status >= 500)
		log_line("problem", "request", j->cx.request_id, "file", p->file ? p->file : "",
			"detail", p->detail ? p->detail : "", NULL);
	log_line("request", "id", j->cx.request_id, "method", http_method(j->call), "path",
		http_path(j->call), "status", status, "ms", ms, "user",
		j->cx.who ? j->cx.who->email : "-", NULL);
}

static void add(struct http_res *res, const char *name, const char *value)
{
	size_t i = 0;

	while (res->extra[i].name)
		i++;
	res->extra[i] = (struct http_header){ name, value };
}

static void send_answer(struct job *j)
{
	const struct api_answer *a = &j->answer;
	struct http_res res = { .status = a->status,
		.type = a->type,
		.body = a->body,
		.len = a->len,
		.file = a->file,
		.release = release,
		.keepsake = j };

	if (a->cookie)
		add(&res, "Set-Cookie", a->cookie);
	if (a->operation_id)
		add(&res, "Operation-Id", textf(&j->cx, "%" PRId64, a->operation_id));
	if (a->retry_after)
		add(&res, "Retry-After", textf(&j->cx, "%d", a->retry_after));
	if (a->allow)
		add(&res, "Allow", a->allow);
	if (a->status == 401)
		add(&res, "WWW-Authenticate", "Bearer");
	if (a->filename)
		add(&res, "Content-Disposition",
			textf(&j->cx, "attachment; filename=\"%s\"", a->filename));
	log_answer(j);
	http_reply(j->call, &res);
}

/* The batch is on disk, or lost with all that was in it. */
static void settled(void *arg, bool durable)
{
	struct job *j = arg;

	if (!durable) {
		j->answer = (struct api_answer){ .status = 503,
			.type = "application/problem+json; charset=utf-8",
			.retry_after = 1 };
		j->answer.body =
			api_problem_body(&j->cx, 503, "unavailable", "problem.unavailable");
		j->answer.len = strlen(j->answer.body);
	} else if (j->answer.done) {
		hub_tell_op(j->serve->hub, j->answer.done, j->cx.who ? j->cx.who->id : 0,
			j->cx.who ? j->cx.who->name : "");
	}
	send_answer(j);
}

static void fill(const struct http_call *c, struct api_request *req)
{
	*req = (struct api_request){
		.method = http_method(c),
		.path = http_path(c),
		.query = http_query(c),
		.body = http_body(c),
		.body_len = http_body_len(c),
		.content_type = http_header(c, "Content-Type"),
		.authorization = http_header(c, "Authorization"),
		.cookie = http_header(c, "Cookie"),
		.origin = http_header(c, "Origin"),
		.fetch_site = http_header(c, "Sec-Fetch-Site"),
		.host = http_header(c, "Host"),
		.if_match = http_header(c, "If-Match"),
		.idempotency_key = http_header(c, "Idempotency-Key"),
		.accept_language = http_header(c, "Accept-Language"),
		.agent = http_header(c, "User-Agent"),
		.peer = http_peer(c),
		.is_secure = http_is_secure(c),
	};
}

static void run(struct job *j)
{
	struct api_request req;

	fill(j->call, &req);
	j->cx.db = db_session(j->serve->desk.store, j->mem);
	if (j->expected)
		db_expected(j->cx.db);
	api_handle(&j->cx, &j->serve->api, &req, &j->answer);
	db_rest(j->cx.db);
	db_when_durable(j->cx.db, settled, j);
}

void serve_job(void *app, void *arg)
{
	(void)app;
	run(arg);
}

static void hand_over(struct job *j, struct pool *pool)
{
	http_later(j->call);
	if (j->expected)
		store_expect(j->serve->desk.store, 1);
	if (pool_add(pool, j))
		return;
	if (j->expected)
		store_expect(j->serve->desk.store, -1);
	settled(j, false);
}

static void open_stream(struct job *j)
{
	struct api_request req;

	fill(j->call, &req);
	j->cx.db = db_session(j->serve->desk.store, j->mem);
	if (!api_enter(&j->cx, &j->serve->api, &req, &j->answer)) {
		db_rest(j->cx.db);
		send_answer(j);
		return;
	}
	db_rest(j->cx.db);
	hub_join(j->serve->hub, j->call, j->mem, j->cx.who);
}

static void health(struct http_call *c)
{
	struct http_res res = { .status = 200,
		.type = "application/json; charset=utf-8",
		.body = "{\"ok\":true}",
		.len = 11 };

	http_reply(c, &res);
}

static bool is_api(const char *path)
{
	return !strncmp(path, "/api/", 5) || !strcmp(path, "/api");
}

static void serve(void *app, struct http_call *c)
{
	struct serve *s = app;
	const char *path = http_path(c);
	const struct route *r;
	struct job *j;

	if (!strcmp(path, "/healthz") && strcmp(http_method(c), "POST") != 0) {
		health(c);
		return;
	}
	if (!is_api(path) && !form_is_path(path)) {
		serve_asset(c);
		return;
	}
	j = job_new(s, c);
	r = route_of(s, c, j->mem);
	if (form_is_path(path) && !strcmp(http_method(c), "POST")) {
		j->expected = true;
		hand_over(j, s->writes);
	} else if (r && (r->flags & ROUTE_EVENTS)) {
		open_stream(j);
	} else if (r && (r->flags & ROUTE_SLOW)) {
		hand_over(j, s->slow);
	} else if (r && (r->flags & ROUTE_WRITES)) {
		j->expected = true;
		hand_over(j, s->writes);
	} else {
		run(j);
	}
}

static const struct {
	int status;
	const char *word, *key;
} refusals[] = {
	{ 400, "malformed", "http.malformed" },
	{ 405, "method", "http.method" },
	{ 408, "malformed", "http.slow" },
	{ 411, "malformed", "http.length" },
	{ 413, "too-large", "problem.too_large" },
	{ 414, "too-large", "http.target" },
	{ 415, "media-type", "problem.media_type" },
	{ 417, "malformed", "http.expect" },
	{ 431, "too-large", "http.head" },
	{ 501, "method", "http.method" },
	{ 503, "unavailable", "problem.unavailable" },
	{ 505, "malformed", "http.version" },
};

static void refusal(void *app, const struct http_call *c, int status, char *text, size_t size)
{
	struct serve *s = app;
	struct arena *mem = arena_new();
	struct ctx cx = { .mem = mem, .words = s->desk.words, .request_id = "-" };
	size_t i = 0;

	while (i + 1 < COUNT(refusals) && refusals[i].status != status)
		i++;
	cx.lang = lang_accept(c ? http_header(c, "Accept-Language") : NULL, LANG_IT);
	snprintf(
		text, size, "%s", api_problem_body(&cx, status, refusals[i].word, refusals[i].key));
	arena_free(mem);
}

const struct http_app serve_app = { .limit = limit, .serve = serve, .refusal = refusal };
