/* The public doors of web forms: pages without a script and without cookies;
 * and those by which the firm looks after them. */
#include <string.h>
#include <strings.h>

#include "api/forms.h"
#include "api/handlers.h"
#include "api/limiter.h"
#include "base/clock.h"
#include "crm/campaign_send.h"
#include "crm/firm.h"
#include "crm/web_form.h"
#include "record/custom.h"

enum { CLASHES = 12, PER_ADDRESS = 10, PER_FORM = 60, MINUTE = 60 };

static const char base[] = "/f/", confirm[] = "confirm/", leave[] = "leave/";

bool form_is_path(const char *path)
{
	return !strncmp(path, base, sizeof(base) - 1);
}

struct visit {
	const struct api *api;
	const struct api_request *req;
	const char *key;   /* of the form, or NULL */
	const char *token; /* of a link to confirm, or NULL */
	const char *leave; /* of a link to leave, or NULL */
	bool sends;
	struct buf html;
	int status;
};

static bool is_form_type(const char *type)
{
	static const char wanted[] = "application/x-www-form-urlencoded";
	size_t n = sizeof(wanted) - 1;

	return type && !strncasecmp(type, wanted, n) && (!type[n] || type[n] == ';');
}

static bool read_body(struct ctx *cx, const struct visit *v, struct params *sent)
{
	*sent = (struct params){ 0 };
	if (v->req->body_len > FORM_BODY)
		return refuse(cx, PROBLEM_TOO_LARGE, "problem.too_large");
	if (!v->req->body_len)
		return true;
	if (!is_form_type(v->req->content_type) || memchr(v->req->body, '\0', v->req->body_len))
		return refuse(cx, PROBLEM_MEDIA_TYPE, "form.malformed");
	return params_read(cx, v->req->body, sent);
}

static bool count(struct ctx *cx, const struct visit *v, const char *key, int most)
{
	int wait = v->api->no_limits ? 0
				     : limiter_count(v->api->limiter, key, most, clock_monotonic());

	if (!wait)
		return true;
	refuse(cx, PROBLEM_TOO_MANY, "form.too_many");
	cx->problem.retry_after = wait;
	return false;
}

static bool may_send(struct ctx *cx, const struct visit *v)
{
	const char *peer = v->req->peer ? v->req->peer : "";

	return count(cx, v, textf(cx, "form from %.80s", peer), PER_ADDRESS) &&
	       count(cx, v, textf(cx, "form %.80s", v->key ? v->key : "-"), PER_FORM);
}

/* From our own page, or from a site the form names. */
static bool comes_from_home(struct ctx *cx, const struct visit *v, const struct record *form)
{
	const char *origin = v->req->origin;
	const char *host = origin ? strstr(origin, "://") : NULL;

	if (!origin || (host && v->req->host && !strcmp(host + 3, v->req->host)) ||
		(form && form_is_at_home(form, origin)))
		return true;
	return refuse(cx, PROBLEM_FORBIDDEN, "form.closed");
}

static bool send_form(struct ctx *cx, struct visit *v, struct record *form)
{
	enum form_end end = FORM_AGAIN;
	struct params sent;
	bool ok;

	if (!comes_from_home(cx, v, form) || !read_body(cx, v, &sent))
		return false;
	ok = form_take(cx, form, &sent, &end);
	if (!ok && cx->problem.kind != PROBLEM_INVALID)
		return false;
	if (ok && end == FORM_TAKEN) {
		form_page_thanks(cx, form, &v->html);
		return true;
	}
	v->status = ok ? 200 : 422;
	form_page(cx, form, &sent, &v->html);
	ctx_clear(cx);
	return true;
}

static bool visit_form(struct ctx *cx, struct visit *v)
{
	struct record *form;

	if (v->sends && !may_send(cx, v))
		return false;
	if (!form_load(cx, v->key, &form))
		return false;
	if (v->sends)
		return send_form(cx, v, form);
	form_page(cx, form, NULL, &v->html);
	return true;
}

/* Looking at the link changes nothing: programs that read mail do that. */
static bool visit_link(struct ctx *cx, struct visit *v)
{
	struct record *form;
	struct params sent;

	if (!v->sends) {
		if (!form_confirm_find(cx, v->token, &form))
			return false;
		form_page_confirm(cx, v->token, &v->html);
		return true;
	}
	if (!may_send(cx, v) || !comes_from_home(cx, v, NULL) || !read_body(cx, v, &sent) ||
		!form_confirm(cx, v->token, &form))
		return false;
	form_page_notice(cx, "form.confirmed_title", "form.confirmed", &v->html);
	return true;
}

/* By the button, or by the reader's mail program in one click (RFC 8058). */
static bool visit_leave(struct ctx *cx, struct visit *v)
{
	if (!v->sends) {
		if (!campaign_leave_find(cx, v->leave))
			return false;
		form_page_leave(cx, v->leave, &v->html);
		return true;
	}
	if (!campaign_leave(cx, v->leave))
		return false;
	form_page_notice(cx, "form.left_title", "form.left", &v->html);
	return true;
}

static bool visit(struct ctx *cx, struct visit *v)
{
	bool reads = !strcmp(v->req->method, "GET") || !strcmp(v->req->method, "HEAD");

	v->sends = !strcmp(v->req->method, "POST");
	if (!reads && !v->sends)
		return refuse(cx, PROBLEM_METHOD, "form.malformed");
	if (!custom_see(cx) || !firm_speak(cx))
		return false;
	if (v->leave)
		return visit_leave(cx, v);
	return v->token ? visit_link(cx, v) : visit_form(cx, v);
}

static void tell_problem(struct ctx *cx, struct visit *v, struct api_answer *answer)
{
	static const struct {
		enum problem_kind kind;
		int status;
		const char *text;
	} told[] = {
		{ PROBLEM_NOT_FOUND, 404, NULL },
		{ PROBLEM_FORBIDDEN, 403, NULL },
		{ PROBLEM_CONFLICT, 409, "form.closed" },
		{ PROBLEM_METHOD, 405, NULL },
		{ PROBLEM_MALFORMED, 400, NULL },
		{ PROBLEM_MEDIA_TYPE, 415, NULL },
		{ PROBLEM_TOO_LARGE, 413, NULL },
		{ PROBLEM_TOO_MANY, 429, NULL },
		{ PROBLEM_INVALID, 422, "form.malformed" },
		{ PROBLEM_INTERNAL, 500, "form.later" },
		{ PROBLEM_NONE, 503, "form.later" },
	};
	size_t i = 0;

	while (told[i].kind && told[i].kind != cx->problem.kind)
		i++;
	v->status = told[i].status;
	answer->retry_after = cx->problem.retry_after;
	if (v->status == 503 && !answer->retry_after)
		answer->retry_after = 1;
	if (v->status == 405)
		answer->allow = "GET, HEAD, POST";
	buf_init(&v->html, cx->mem);
	form_page_notice(
		cx, "form.sorry", told[i].text ? told[i].text : cx->problem.text.key, &v->html);
}

void form_handle(struct ctx *cx, const struct api *api, const struct api_request *req,
	struct api_answer *answer)
{
	const char *rest = req->path + sizeof(base) - 1;
	bool is_link = !strncmp(rest, confirm, sizeof(confirm) - 1);
	bool leaves = !strncmp(rest, leave, sizeof(leave) - 1);
	struct who visitor = { .name = "", .email = "", .is_system = true };
	struct visit v = { .api = api,
		.req = req,
		.key = is_link || leaves ? NULL : rest,
		.leave = leaves ? rest + sizeof(leave) - 1 : NULL,
		.token = is_link ? rest + sizeof(confirm) - 1 : NULL };
	bool ok = false;

	cx->who = &visitor;
	for (int i = 0; !ok && i < CLASHES; i++) {
		ctx_clear(cx);
		cx->op = NULL;
		v.status = 200;
		buf_init(&v.html, cx->mem);
		ok = visit(cx, &v);
		if (cx->problem.kind != PROBLEM_CLASH)
			break;
	}
	*answer = (struct api_answer){ .type = "text/html; charset=utf-8" };
	if (!ok)
		tell_problem(cx, &v, answer);
	cx->who = NULL;
	answer->status = v.status;
	answer->body = v.html.s;
	answer->len = v.html.len;
	answer->done = cx->done;
}

bool web_forms_renew(struct ctx *cx, struct api_call *call)
{
	struct record *form;

	return demand_admin(cx) && body_only(cx, call, "") && form_renew(cx, call->id, &form) &&
	       write_record(cx, call, form);
}

bool form_posts_list(struct ctx *cx, struct api_call *call)
{
	int64_t form = 0;

	return demand_admin(cx) && query_int(cx, call, "form_id", &form) &&
	       form_posts_write(cx, &call->out, form);
}

bool form_posts_accept(struct ctx *cx, struct api_call *call)
{
	struct record *lead = NULL;

	if (!demand_admin(cx) || !body_only(cx, call, "") || !form_post_accept(cx, call->id, &lead))
		return false;
	json_open(&call->out, '{');
	json_key(&call->out, "lead");
	if (lead)
		record_write(cx, &call->out, lead);
	else
		json_none(&call->out);
	json_close(&call->out, '}');
	return true;
}

bool form_posts_drop(struct ctx *cx, struct api_call *call)
{
	if (!demand_admin(cx) || !body_only(cx, call, "") || !form_post_drop(cx, call->id))
		return false;
	json_open(&call->out, '{');
	json_put_bool(&call->out, "dropped", true);
	json_close(&call->out, '}');
	return true;
}
