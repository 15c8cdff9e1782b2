/* The head of a request, judged before anyone hears of it: what the library
 * lets through and RFC 9110 and 9112 do not. */
#include <string.h>
#include <strings.h>

#include "http/inside.h"

static const char *const methods[] = {
	"GET",
	"HEAD",
	"POST",
	"PATCH",
	"PUT",
	"DELETE",
	"OPTIONS",
};

/* Two of these would let two readers of one head understand two things. */
static const char *const once[] = {
	"Host",
	"Content-Length",
	"Transfer-Encoding",
	"Authorization",
	"Content-Type",
	"Expect",
	"Origin",
	"Idempotency-Key",
	"If-Match",
};

static bool is(struct text name, const char *word)
{
	return !strcasecmp(name.s, word);
}

static const struct text *find(const struct http_call *c, const char *name)
{
	for (size_t i = 0; i < c->header_count; i++)
		if (is(c->headers[i].name, name))
			return &c->headers[i].value;
	return NULL;
}

static bool is_token_char(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
	       (ch && strchr("!#$%&'*+-.^_`|~", ch));
}

static bool is_token(struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if (!is_token_char(t.s[i]))
			return false;
	return t.len > 0;
}

static bool is_printable(struct text t)
{
	for (size_t i = 0; i < t.len; i++) {
		unsigned char ch = (unsigned char)t.s[i];

		if ((ch < 0x20 && ch != '\t') || ch == 0x7f)
			return false;
	}
	return true;
}

static size_t times(const struct http_call *c, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < c->header_count; i++)
		n += is(c->headers[i].name, name);
	return n;
}

struct gathering {
	struct http_call *call;
	size_t total, bytes;
};

static enum MHD_Result gather(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_len,
	const char *value, size_t value_len)
{
	struct gathering *g = arg;
	struct http_call *c = g->call;

	(void)kind;
	g->bytes += name_len + value_len + 4;
	if (++g->total <= HEADERS_MAX)
		c->headers[c->header_count++] = (struct head_line){ { name, name_len },
			{ value ? value : "", value ? value_len : 0 } };
	return MHD_YES;
}

static char *keep(char *at, struct text *t)
{
	memcpy(at, t->s, t->len);
	at[t->len] = '\0';
	t->s = at;
	return at + t->len + 1;
}

/* The library's texts end with the request; the call may be looked at on
 * another thread later than that. */
static void keep_texts(struct http_call *c, size_t bytes)
{
	char *at = c->texts = need(malloc(bytes + 1));

	for (size_t i = 0; i < c->header_count; i++) {
		at = keep(at, &c->headers[i].name);
		at = keep(at, &c->headers[i].value);
	}
}

static int check_lines(const struct http_call *c)
{
	for (size_t i = 0; i < c->header_count; i++)
		if (!is_token(c->headers[i].name) || !is_printable(c->headers[i].value))
			return 400;
	for (size_t i = 0; i < sizeof(once) / sizeof(*once); i++)
		if (times(c, once[i]) > 1)
			return 400;
	return 0;
}

static int check_method(struct http_call *c, const char *method)
{
	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
		if (!strcmp(methods[i], method)) {
			c->method = methods[i];
			return 0;
		}
	return 501;
}

static int check_version(struct http_call *c, const char *version)
{
	c->is_1_0 = !strcmp(version, "HTTP/1.0");
	return c->is_1_0 || !strcmp(version, "HTTP/1.1") ? 0 : 505;
}

static int check_host(const struct http_call *c)
{
	const struct text *host = find(c, "Host");

	if (!host)
		return c->is_1_0 ? 0 : 400;
	return host_is_good(host->s, host->len) ? 0 : 400;
}

static int check_length(struct http_call *c)
{
	const struct text *length = find(c, "Content-Length");
	const struct text *coding = find(c, "Transfer-Encoding");

	if (coding && (length || c->is_1_0))
		return 400;
	if (coding && strcasecmp(coding->s, "chunked") != 0)
		return 501;
	if (!length)
		return 0;
	if (!length->len || length->len > 18)
		return 400;
	for (size_t i = 0; i < length->len; i++) {
		if (length->s[i] < '0' || length->s[i] > '9')
			return 400;
		c->body_told = c->body_told * 10 + (uint64_t)(length->s[i] - '0');
	}
	return 0;
}

static int check_body_headers(const struct http_call *c)
{
	const struct text *expect = find(c, "Expect");

	if (expect && strcasecmp(expect->s, "100-continue") != 0)
		return 417;
	if (find(c, "Content-Encoding"))
		return 415;
	if (head_has_body(c) && (!strcmp(c->method, "GET") || !strcmp(c->method, "HEAD")))
		return 400;
	return 0;
}

bool head_has_body(const struct http_call *c)
{
	return c->body_told || find(c, "Transfer-Encoding");
}

/* Blanks around a value are not of it; length and coding were judged with
 * them, since the library reads them so. */
static int trim_values(struct http_call *c)
{
	for (size_t i = 0; i < c->header_count; i++) {
		struct text *value = &c->headers[i].value;
		char *end = (char *)(uintptr_t)value->s + value->len;

		while (end > value->s && (end[-1] == ' ' || end[-1] == '\t'))
			*--end = '\0';
		value->len = (size_t)(end - value->s);
	}
	return 0;
}

/* The first that is not content says the status. */
static int check_all(struct http_call *c, const char *method, const char *version)
{
	int status = check_version(c, version);

	if (!status)
		status = check_method(c, method);
	if (!status)
		status = check_lines(c);
	if (!status)
		status = check_length(c);
	if (!status)
		status = trim_values(c);
	if (!status)
		status = check_host(c);
	if (!status)
		status = target_check(c);
	return status ? status : check_body_headers(c);
}

int head_check(struct http_call *c, const char *method, const char *version)
{
	struct gathering g = { c, 0, strlen(c->target) + strlen(method) + 16 };
	int status;

	MHD_get_connection_values_n(c->lib, MHD_HEADER_KIND, gather, &g);
	status = g.total > HEADERS_MAX || g.bytes > HEAD_MAX ? 431 : head_seams(c, method, version);
	keep_texts(c, g.bytes);
	if (!status)
		status = check_all(c, method, version);
	if (!status)
		call_find_peer(c);
	return status;
}
