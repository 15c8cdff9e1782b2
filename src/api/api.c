/* One request from the door to the answer. */
#include "api/api.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/body.h"
#include "api/forms.h"
#include "api/handlers.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fold.h"
#include "base/secret.h"
#include "base/words.h"
#include "record/custom.h"
#include "record/op.h"

enum { CLASH_TRIES = 12, KEY_MAX = 128, DAY_MS = 86400000 };

static const struct {
	int status;
	const char *word;
} kinds[] = {
	[PROBLEM_NONE] = { 500, "internal" },
	[PROBLEM_INVALID] = { 422, "invalid" },
	[PROBLEM_MALFORMED] = { 400, "malformed" },
	[PROBLEM_SIGNED_OUT] = { 401, "signed-out" },
	[PROBLEM_FORBIDDEN] = { 403, "forbidden" },
	[PROBLEM_NOT_FOUND] = { 404, "not-found" },
	[PROBLEM_METHOD] = { 405, "method" },
	[PROBLEM_CONFLICT] = { 409, "conflict" },
	[PROBLEM_STALE] = { 412, "stale" },
	[PROBLEM_TOO_LARGE] = { 413, "too-large" },
	[PROBLEM_MEDIA_TYPE] = { 415, "media-type" },
	[PROBLEM_TOO_MANY] = { 429, "too-many" },
	[PROBLEM_CLASH] = { 503, "unavailable" },
	[PROBLEM_UNAVAILABLE] = { 503, "unavailable" },
	[PROBLEM_INTERNAL] = { 500, "internal" },
};

static const char *say(struct ctx *cx, const struct saying *s)
{
	return words_say(cx->words, cx->mem, cx->lang, s);
}

/* The same field told twice would be a doubled key. */
static bool is_told_before(const struct field_problem *list, const struct field_problem *p)
{
	for (; list != p; list = list->next)
		if (!strcmp(list->field, p->field))
			return true;
	return false;
}

static void write_fields(struct ctx *cx, struct json_out *j)
{
	json_key(j, "fields");
	json_open(j, '{');
	for (const struct field_problem *f = cx->problem.fields; f; f = f->next)
		if (!is_told_before(cx->problem.fields, f))
			json_put_text(j, f->field, say(cx, &f->text));
	json_close(j, '}');
}

static void write_problem(struct ctx *cx, struct json_out *j)
{
	const struct problem *p = &cx->problem;
	struct saying title = { .key = textf(cx, "title.%s", kinds[p->kind].word) };

	json_open(j, '{');
	json_put_text(j, "problem", kinds[p->kind].word);
	json_put_text(j, "title", say(cx, &title));
	json_put_text(j, "detail", say(cx, &p->text));
	json_put_int(j, "status", kinds[p->kind].status);
	write_fields(cx, j);
	if (p->more) {
		json_raw(j, p->more);
	}
	json_put_text(j, "request_id", cx->request_id);
	json_close(j, '}');
}

const char *api_problem_body(struct ctx *cx, int status, const char *word, const char *key)
{
	struct saying title = { .key = textf(cx, "title.%s", word) }, detail = { .key = key };
	struct json_out j;

	json_init(&j, cx->mem);
	json_open(&j, '{');
	json_put_text(&j, "problem", word);
	json_put_text(&j, "title", say(cx, &title));
	json_put_text(&j, "detail", say(cx, &detail));
	json_put_int(&j, "status", status);
	json_put_text(&j, "request_id", cx->request_id);
	json_close(&j, '}');
	return j.text.s;
}

static bool is_write(const struct api_request *req)
{
	return strcmp(req->method, "GET") != 0 && strcmp(req->method, "HEAD") != 0;
}

/* A browser says where a request comes from; ours come from ourselves. */
static bool is_same_origin(const struct api_request *req)
{
	const char *host = req->origin ? strstr(req->origin, "://") : NULL;

	if (req->fetch_site && strcmp(req->fetch_site, "same-origin") != 0 &&
		strcmp(req->fetch_site, "none") != 0)
		return false;
	if (!req->origin)
		return true;
	return host && req->host && !strcmp(host + 3, req->host);
}

static bool is_type(const char *given, const char *type)
{
	size_t n = strlen(type);

	return given && !strncasecmp(given, type, n) &&
	       (!given[n] || given[n] == ';' || given[n] == ' ');
}

static bool is_file(const char *given)
{
	static const char *const types[] = { "text/csv", "application/octet-stream",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"application/vnd.oasis.opendocument.spreadsheet", "application/vnd.ms-excel" };

	for (size_t i = 0; i < COUNT(types); i++)
		if (is_type(given, types[i]))
			return true;
	return false;
}

/* JSON, in UTF-8 whatever it says; a file where a file is asked for. */
static bool check_type(struct ctx *cx, const struct api_request *req, const struct route *route)
{
	const char *charset = req->content_type ? strstr(req->content_type, "charset=") : NULL;
	bool ok = is_type(req->content_type, "application/json");

	if (charset && strncasecmp(charset + 8, "utf-8", 5) != 0 && !(route->flags & ROUTE_FILE))
		ok = false;
	if (route->flags & ROUTE_FILE)
		ok = is_file(req->content_type);
	if (!req->body_len && !req->content_type)
		ok = true;
	return ok ||
	       refuse(cx, PROBLEM_MEDIA_TYPE,
		       route->flags & ROUTE_FILE ? "problem.file_type" : "problem.media_type");
}

/* A key is spent for a day, by this user, for this method and path. */
struct keyed {
	const char *key, *digest;
};

static bool read_key(struct ctx *cx, const struct api_request *req, struct keyed *k)
{
	char path[HASH_TEXT], body[HASH_TEXT];
	const char *text;
	size_t n = strlen(req->idempotency_key);

	if (!n || n > KEY_MAX)
		return refuse(cx, PROBLEM_MALFORMED, "problem.key_length");
	text = textf(cx, "%" PRId64 "\n%s\n%s\n%s", cx->who ? cx->who->id : 0, req->method,
		req->path, req->idempotency_key);
	secret_digest(text, strlen(text), path);
	secret_digest(req->body, req->body_len, body);
	*k = (struct keyed){ arena_dup(cx->mem, path), arena_dup(cx->mem, body) };
	return true;
}

/* *found: the answer was given before, and stands in the call now. */
static bool find_answer(struct ctx *cx, struct api_call *call, const struct keyed *k, bool *found)
{
	struct rows *r = db_query(cx,
		"select digest, status, body, op_id from idempotency"
		" where ws = $1 and key = $2 and at > $3",
		ARGS(v_int(cx->ws), v_text(k->key), v_int(cx->now - DAY_MS)));

	*found = rows_next(r);
	if (*found && strcmp(rows_text(r, 0), k->digest) != 0)
		refuse_field(cx, "Idempotency-Key", "problem.key_reused");
	if (*found) {
		call->answer->status = (int)rows_int(r, 1);
		call->answer->operation_id = rows_int(r, 3);
		buf_add(&call->out.text, rows_text(r, 2));
	}
	return rows_end(r) && cx->problem.kind == PROBLEM_NONE;
}

static bool keep_answer(struct ctx *cx, const struct api_call *call, const struct keyed *k)
{
	return db_run(cx,
		"insert into idempotency (ws, key, digest, status, body, op_id, at)"
		" values ($1, $2, $3, $4, $5, $6, $7) on conflict (ws, key) do update set"
		" digest = excluded.digest, status = excluded.status, body = excluded.body,"
		" op_id = excluded.op_id, at = excluded.at",
		ARGS(v_int(cx->ws), v_text(k->key), v_text(k->digest), v_int(call->answer->status),
			v_text(call->out.text.s),
			v_id(cx->op	   ? cx->op->id
				: cx->done ? cx->done->id
					   : 0),
			v_int(cx->now)));
}

/* The verb and its answer, in one transaction with the key that stands for
 * them: asked again, the same comes back. */
static bool run_keyed(struct ctx *cx, struct api_call *call, const struct route *route)
{
	struct keyed k = { 0 };
	bool found = false, ok;

	if (!read_key(cx, call->req, &k) || !tx_begin(cx))
		return false;
	ok = find_answer(cx, call, &k, &found);
	call->answer->status = found ? call->answer->status : route->ok;
	if (ok && !found)
		ok = route->run(cx, call) && keep_answer(cx, call, &k);
	return tx_end(cx, ok);
}

/* Secrets are not kept, files are too large to be. */
static bool takes_key(const struct api_request *req, const struct route *route)
{
	return req->idempotency_key && (route->flags & ROUTE_WRITES) &&
	       !(route->flags & (ROUTE_FILE | ROUTE_SLOW | ROUTE_OPEN)) &&
	       strcmp(route->path, "/tokens") != 0;
}

static bool enter(struct ctx *cx, struct api_call *call, const struct route *route)
{
	const struct api_request *req = call->req;

	if (!(route->flags & ROUTE_OPEN) && !api_sign_in(cx, call))
		return false;
	if (!custom_see(cx))
		return false;
	call->of = call->of ? entity_of(cx, call->of) : NULL;
	if (call->by_cookie && is_write(req) && !is_same_origin(req))
		return refuse(cx, PROBLEM_FORBIDDEN, "problem.origin");
	if ((route->flags & ROUTE_OPEN) && is_write(req) && !is_same_origin(req))
		return refuse(cx, PROBLEM_FORBIDDEN, "problem.origin");
	if (is_write(req) && !check_type(cx, req, route))
		return false;
	/* A form of another site can send POST alone, and no JSON. */
	if (call->by_cookie && !strcmp(req->method, "POST") && !req->content_type)
		return refuse(cx, PROBLEM_MEDIA_TYPE, "problem.media_type");
	return query_read(cx, call) &&
	       ((route->flags & ROUTE_LIST) ||
		       query_only(cx, call, route->query ? route->query : "")) &&
	       (!is_write(req) || (route->flags & ROUTE_FILE) ||
		       body_read(cx, call, route->flags & ROUTE_LARGE ? BODY_LARGE : BODY_MAX));
}

static bool run_once(struct ctx *cx, struct api_call *call, const struct route *route)
{
	json_init(&call->out, cx->mem);
	call->answer->status = route->ok;
	if (takes_key(call->req, route))
		return run_keyed(cx, call, route);
	return route->run(cx, call);
}

/* Two writers met: again, from a fresh start. */
static bool run(struct ctx *cx, struct api_call *call, const struct route *route)
{
	for (int i = 1;; i++) {
		if (run_once(cx, call, route))
			return true;
		if (cx->problem.kind != PROBLEM_CLASH || i == CLASH_TRIES)
			return false;
		ctx_clear(cx);
		cx->op = NULL;
	}
}

static bool find_route(struct ctx *cx, struct api_call *call, const struct route **route)
{
	const char *allow = NULL;

	*route = api_route(cx->mem, call->api, call->req->method, call->req->path, call, &allow);
	if (*route)
		return true;
	call->answer->allow = allow;
	if (allow)
		return refuse(cx, PROBLEM_METHOD, "problem.method", call->req->method);
	return refuse(cx, PROBLEM_NOT_FOUND, "problem.no_door");
}

static void give_problem(struct ctx *cx, struct api_answer *answer)
{
	struct json_out j;

	json_init(&j, cx->mem);
	write_problem(cx, &j);
	answer->status = kinds[cx->problem.kind].status;
	answer->type = "application/problem+json; charset=utf-8";
	answer->body = j.text.s;
	answer->len = j.text.len;
	answer->retry_after = cx->problem.retry_after;
	if (answer->status == 503 && !answer->retry_after)
		answer->retry_after = 1;
}

void api_handle(struct ctx *cx, const struct api *api, const struct api_request *req,
	struct api_answer *answer)
{
	struct api_call call = { .api = api, .req = req, .answer = answer };
	const struct route *route = NULL;
	bool ok;

	cx->lang = lang_accept(req->accept_language, LANG_IT);
	if (form_is_path(req->path)) {
		form_handle(cx, api, req, answer);
		return;
	}
	*answer = (struct api_answer){ .type = "application/json; charset=utf-8" };
	json_init(&call.out, cx->mem);
	ok = find_route(cx, &call, &route) && enter(cx, &call, route) && run(cx, &call, route);
	if (!ok) {
		give_problem(cx, answer);
		return;
	}
	if (!answer->body && !answer->file) {
		answer->body = call.out.text.s;
		answer->len = call.out.text.len;
	}
	if (cx->done)
		answer->operation_id = cx->done->id;
	answer->done = cx->done;
	follow_set_up(api, cx->done);
}

bool api_enter(struct ctx *cx, const struct api *api, const struct api_request *req,
	struct api_answer *answer)
{
	struct api_call call = { .api = api, .req = req, .answer = answer };

	*answer = (struct api_answer){ 0 };
	cx->lang = lang_accept(req->accept_language, LANG_IT);
	if (api_sign_in(cx, &call))
		return true;
	give_problem(cx, answer);
	return false;
}
