/* Answers: the headers every one of them bears, compression, refusals. */
#include <string.h>
#include <unistd.h>
#include <strings.h>

#include "http/inside.h"

static const struct http_header guards[] = {
	{ "Content-Security-Policy",
		"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
		"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
		"frame-ancestors 'none'; manifest-src 'self'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy",
		"accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
		"magnetometer=(), microphone=(), midi=(), payment=(), usb=()" },
};

static bool has_extra(const struct http_res *res, const char *name)
{
	for (size_t i = 0; i < 8 && res->extra[i].name; i++)
		if (!strcasecmp(res->extra[i].name, name))
			return true;
	return false;
}

/* An answer may say one of these its own way, a download its sandbox. */
static void add_guard(
	struct MHD_Response *out, const struct http_res *res, const char *name, const char *value)
{
	if (!has_extra(res, name))
		MHD_add_response_header(out, name, value);
}

void answer_add_guards(
	const struct http_call *c, struct MHD_Response *out, const struct http_res *res)
{
	for (size_t i = 0; i < sizeof(guards) / sizeof(*guards); i++)
		add_guard(out, res, guards[i].name, guards[i].value);
	if (!res->is_static)
		add_guard(out, res, "Cache-Control", "no-store");
	if (http_is_secure(c))
		add_guard(out, res, "Strict-Transport-Security",
			"max-age=31536000; includeSubDomains");
	if (res->type)
		MHD_add_response_header(out, "Content-Type", res->type);
	for (size_t i = 0; i < 8 && res->extra[i].name; i++)
		MHD_add_response_header(out, res->extra[i].name, res->extra[i].value);
	if (c->closes)
		MHD_add_response_header(out, "Connection", "close");
}

static void keep_static(void *keepsake)
{
	(void)keepsake;
}

/* A file goes straight from the disk into the socket. */
static struct MHD_Response *of_file(const struct http_res *res)
{
	return res->file ? need(MHD_create_response_from_fd64(res->len, res->file - 1)) : NULL;
}

static struct MHD_Response *plain(const struct http_res *res)
{
	return need(MHD_create_response_from_buffer_with_free_callback_cls(res->len,
		(void *)(uintptr_t)(res->body ? res->body : ""),
		res->release ? res->release : keep_static, res->keepsake));
}

static struct MHD_Response *gzipped(const struct http_call *c, const struct http_res *res)
{
	size_t len;
	char *packed = compress_body(c, res, &len);
	struct MHD_Response *out;

	if (!packed)
		return NULL;
	out = need(MHD_create_response_from_buffer(len, packed, MHD_RESPMEM_MUST_FREE));
	MHD_add_response_header(out, "Content-Encoding", "gzip");
	return out;
}

void answer_make(struct http_call *c, const struct http_res *res)
{
	bool suits = !res->file && compress_suits(res);
	struct MHD_Response *own = suits ? gzipped(c, res) : of_file(res);
	struct MHD_Response *out = own ? own : plain(res);

	if (suits)
		MHD_add_response_header(out, "Vary", "Accept-Encoding");
	if (atomic_load_explicit(&c->server->stopping, memory_order_relaxed))
		c->closes = true;
	answer_add_guards(c, out, res);
	/* not sooner: the headers may stand in the same memory */
	if (own && res->release)
		res->release(res->keepsake);
	c->out_len = res->len;
	c->status = res->status;
	c->out = out;
}

void answer_refuse(struct http_call *c, int status)
{
	char *text = need(malloc(4096));
	struct http_res res = { .status = status,
		.type = "application/problem+json",
		.body = text,
		.release = free,
		.keepsake = text };

	text[0] = '\0';
	c->server->app.refusal(c->server->app.app, c, status, text, 4096);
	res.len = strlen(text);
	c->closes = true;
	answer_make(c, &res);
}

void answer_send_raw(const struct http_call *c, int status)
{
	char body[2048] = "", answer[6144];
	size_t n;

	c->server->app.refusal(c->server->app.app, c, status, body, sizeof(body));
	n = (size_t)snprintf(answer, sizeof(answer), "HTTP/1.1 %d %s\r\n", status,
		MHD_get_reason_phrase_for((unsigned)status));
	for (size_t i = 0; i < sizeof(guards) / sizeof(*guards); i++)
		n += (size_t)snprintf(answer + n, sizeof(answer) - n, "%s: %s\r\n", guards[i].name,
			guards[i].value);
	n += (size_t)snprintf(answer + n, sizeof(answer) - n,
		"Cache-Control: no-store\r\nConnection: close\r\n"
		"Content-Type: application/problem+json\r\nContent-Length: %zu\r\n\r\n%s",
		strlen(body), body);
	send(c->conn->fd, answer, n, MSG_NOSIGNAL | MSG_DONTWAIT);
}

enum MHD_Result answer_queue(struct http_call *c)
{
	struct MHD_Response *out = c->out;
	int64_t allowed = (int64_t)c->server->o.body_seconds * 1000 +
			  (int64_t)(c->out_len / (BYTES_A_SECOND / 1000));
	enum MHD_Result queued;

	c->out = NULL;
	conn_does(
		c->conn, c->out_streams ? DOING_STREAM : DOING_SEND, c->out_streams ? 0 : allowed);
	queued = MHD_queue_response(c->lib, (unsigned)c->status, out);
	MHD_destroy_response(out);
	return queued;
}

void http_reply(struct http_call *c, const struct http_res *res)
{
	if (call_claim(c)) {
		answer_make(c, res);
		call_return(c);
		return;
	}
	if (res->file)
		close(res->file - 1);
	if (res->release)
		res->release(res->keepsake);
	call_drop(c);
}
