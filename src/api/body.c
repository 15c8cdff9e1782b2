/* Bodies and queries: size, depth and doubled names limited at the door. */
#include "api/body.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fold.h"
#include "base/money.h"
#include "http/http.h"

static void drop(void *tree)
{
	json_decref(tree);
}

/* jansson recurses: what is too deep is seen before it starts. */
static bool is_too_deep(const char *s, size_t n)
{
	size_t depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < n; i++) {
		char c = s[i];

		if (quoted) {
			i += c == '\\'; /* what is escaped ends nothing */
			quoted = c != '"';
		} else if (c == '"') {
			quoted = true;
		} else if (c == '{' || c == '[') {
			if (++depth > BODY_DEPTH)
				return true;
		} else if (c == '}' || c == ']') {
			depth -= depth > 0;
		}
	}
	return false;
}

/* The name before a colon that ends at this quote, or "". */
static const char *name_before(struct ctx *cx, const char *from, const char *quote, const char *end)
{
	const char *colon = quote + 1;

	while (colon < end && strchr(" \t\r\n", *colon))
		colon++;
	if (colon == end || *colon != ':' || quote - from > 60)
		return "";
	return textf(cx, "%.*s", (int)(quote - from), from);
}

/* The member of the outermost object whose value the reader gave up at. */
static const char *member_at(struct ctx *cx, const char *body, size_t n)
{
	const char *name = "", *from = NULL, *end = body + n;
	int depth = 0;

	for (const char *p = body; p < end; p++) {
		if (from && *p == '\\') {
			p++;
		} else if (from && *p == '"') {
			name = depth == 1 && !*name ? name_before(cx, from, p, end) : name;
			from = NULL;
		} else if (from) {
			continue;
		} else if (*p == '"') {
			from = p + 1;
		} else if (*p == ',' && depth == 1) {
			name = "";
		} else {
			depth += (*p == '{' || *p == '[') - (*p == '}' || *p == ']');
		}
	}
	return depth ? name : "";
}

static bool is_not_json(struct ctx *cx, const struct api_request *req, const json_error_t *why)
{
	size_t at = why->position > 0 ? (size_t)why->position : 0;
	const char *name = member_at(cx, req->body, at < req->body_len ? at : req->body_len);

	refuse(cx, PROBLEM_MALFORMED, "problem.json", textf(cx, "%d", why->line));
	return *name ? refuse_field(cx, name, "field.unreadable") : false;
}

static bool parse(struct ctx *cx, struct api_call *call, size_t limit)
{
	const struct api_request *req = call->req;
	json_error_t why;

	if (req->body_len > limit)
		return refuse(cx, PROBLEM_TOO_LARGE, "problem.too_large");
	if (is_too_deep(req->body, req->body_len))
		return refuse(cx, PROBLEM_MALFORMED, "problem.json", "32");
	call->body = json_loadb(req->body, req->body_len, JSON_REJECT_DUPLICATES, &why);
	if (!call->body)
		return is_not_json(cx, req, &why);
	arena_defer(cx->mem, drop, call->body);
	return json_is_object(call->body) || refuse(cx, PROBLEM_MALFORMED, "problem.object");
}

bool body_read(struct ctx *cx, struct api_call *call, size_t limit)
{
	bool may_be_empty = !strcmp(call->req->method, "DELETE") || call->id;

	if (call->req->body_len || !may_be_empty)
		return parse(cx, call, limit);
	call->body = json_object();
	arena_defer(cx->mem, drop, call->body);
	return true;
}

bool query_read(struct ctx *cx, struct api_call *call)
{
	return params_read(cx, call->req->query ? call->req->query : "", &call->params);
}

/* Whether name is one of the words of names; "*" stands for any. */
static bool is_listed(const char *names, const char *name)
{
	size_t n = strlen(name);

	for (const char *at = names; *at;) {
		size_t len = strcspn(at, " ");

		if ((len == n && !strncmp(at, name, n)) || (len == 1 && *at == '*'))
			return true;
		at += len + (at[len] == ' ');
	}
	return false;
}

bool query_only(struct ctx *cx, const struct api_call *call, const char *names)
{
	for (size_t i = 0; i < call->params.n; i++) {
		if (!is_listed(names, call->params.p[i].name))
			refuse_field(
				cx, textf(cx, "%.60s", call->params.p[i].name), "query.unknown");
		for (size_t k = 0; k < i; k++)
			if (!strcmp(call->params.p[k].name, call->params.p[i].name))
				refuse_field(cx, textf(cx, "%.60s", call->params.p[i].name),
					"query.twice");
	}
	return cx->problem.kind == PROBLEM_NONE;
}

bool body_only(struct ctx *cx, const struct api_call *call, const char *names)
{
	const char *key;
	json_t *value;
	size_t told = 0;

	json_object_foreach(call->body, key, value) if (!is_listed(names, key) && told++ < 20)
		refuse_field(cx, textf(cx, "%.60s", key), "field.unknown");
	return cx->problem.kind == PROBLEM_NONE;
}

bool body_text(struct ctx *cx, const struct api_call *call, const char *name, const char **text)
{
	const json_t *v = json_object_get(call->body, name);

	if (!v || json_is_null(v))
		return true;
	if (!json_is_string(v))
		return refuse_field(cx, name, "field.type");
	*text = json_string_value(v);
	return utf8_length(*text) <= 20000 || refuse_field(cx, name, "field.too_long", "20000");
}

bool body_int(struct ctx *cx, const struct api_call *call, const char *name, int64_t *n)
{
	const json_t *v = json_object_get(call->body, name);

	if (!v || json_is_null(v))
		return true;
	if (!json_is_integer(v))
		return refuse_field(cx, name, "field.type");
	*n = json_integer_value(v);
	return true;
}

bool body_bool(struct ctx *cx, const struct api_call *call, const char *name, bool *b)
{
	const json_t *v = json_object_get(call->body, name);

	if (!v)
		return true;
	if (!json_is_boolean(v))
		return refuse_field(cx, name, "field.type");
	*b = json_is_true(v);
	return true;
}

bool body_time(struct ctx *cx, const struct api_call *call, const char *name, int64_t *ms)
{
	const json_t *v = json_object_get(call->body, name);

	if (!v || json_is_null(v))
		return true;
	if (!json_is_string(v) || !clock_read(json_string_value(v), ms))
		return refuse_field(cx, name, "field.time");
	return true;
}

bool body_money(
	struct ctx *cx, const struct api_call *call, const char *name, int64_t *cents, bool *given)
{
	const json_t *v = json_object_get(call->body, name);
	double units;

	*given = v && !json_is_null(v);
	if (!*given)
		return true;
	if (!json_is_number(v))
		return refuse_field(cx, name, "field.type");
	units = json_number_value(v);
	if (!(fabs(units) <= (double)MONEY_MAX / 100))
		return refuse_field(cx, name, "field.too_large");
	*cents = (int64_t)round(units * 100);
	if (fabs(units * 100 - (double)*cents) > 1e-4)
		return refuse_field(cx, name, "field.cents");
	return true;
}

bool body_ids(
	struct ctx *cx, const struct api_call *call, const char *name, size_t max, int64_t **ids)
{
	const json_t *given = json_object_get(call->body, name);
	size_t n = json_array_size(given);

	if (!n || n > max)
		return refuse_field(cx, name, "field.ids", textf(cx, "%zu", max));
	*ids = arena_alloc(cx->mem, n * sizeof(**ids));
	for (size_t i = 0; i < n; i++) {
		(*ids)[i] = json_integer_value(json_array_get(given, i));
		if ((*ids)[i] <= 0)
			return refuse_field(cx, name, "field.link");
	}
	return true;
}

bool query_int(struct ctx *cx, const struct api_call *call, const char *name, int64_t *n)
{
	const char *text = param_get(&call->params, name);
	char *end;

	if (!text || !*text)
		return true;
	*n = strtoll(text, &end, 10);
	if (*end || *text < '0' || *text > '9' || strlen(text) > 18)
		return refuse_field(cx, name, "query.value", textf(cx, "%.60s", text));
	return true;
}

bool query_limit(struct ctx *cx, const struct api_call *call, size_t fallback, size_t *limit)
{
	int64_t n = (int64_t)fallback;

	*limit = fallback;
	if (!query_int(cx, call, "limit", &n))
		return false;
	if (n < 1 || n > LIST_MAX)
		return refuse_field(cx, "limit", "query.limit", textf(cx, "%d", LIST_MAX));
	*limit = (size_t)n;
	return true;
}
