/* gzip of answers, by libdeflate's fastest level. */
#include <libdeflate.h>
#include <string.h>
#include <strings.h>

#include "http/inside.h"

enum { LEAST = 1024 };

static const char *const types[] = {
	"application/json",
	"application/problem+json",
	"text/csv",
	"text/plain",
	"text/html",
	"text/css",
	"text/javascript",
	"application/javascript",
	"text/calendar",
	"application/xml",
	"text/xml",
	"image/svg+xml",
};

bool compress_suits(const struct http_res *res)
{
	size_t n = res->type ? strcspn(res->type, "; ") : 0;

	if (!n || res->is_static || res->len < LEAST || res->status == 206)
		return false;
	for (size_t i = 0; i < 8 && res->extra[i].name; i++)
		if (!strcasecmp(res->extra[i].name, "Content-Encoding"))
			return false;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strlen(types[i]) == n && !strncasecmp(types[i], res->type, n))
			return true;
	return false;
}

/* "q=0", "q=0.", "q=0.000" say no. */
static bool is_refused(const char *parameters, size_t len)
{
	const char *at = parameters, *end = parameters + len;

	while (at < end && (*at == ' ' || *at == '\t' || *at == ';'))
		at++;
	if (end - at < 3 || (at[0] != 'q' && at[0] != 'Q') || at[1] != '=' || at[2] != '0')
		return false;
	for (at += 3; at < end; at++)
		if (*at >= '1' && *at <= '9')
			return false;
	return true;
}

static bool takes_gzip(const struct http_call *c)
{
	const char *at = http_header(c, "Accept-Encoding");

	while (at && *at) {
		size_t len, name;

		at += strspn(at, " \t,");
		len = strcspn(at, ",");
		name = strcspn(at, " \t,;");
		if (name == 4 && !strncasecmp(at, "gzip", 4))
			return !is_refused(at + name, len - name);
		at += len;
	}
	return false;
}

static struct libdeflate_compressor *take(struct shelf *shelf)
{
	struct libdeflate_compressor *one = NULL;

	pthread_mutex_lock(&shelf->lock);
	if (shelf->n)
		one = shelf->ready[--shelf->n];
	pthread_mutex_unlock(&shelf->lock);
	return one ? one : need(libdeflate_alloc_compressor(1));
}

static void put_back(struct shelf *shelf, struct libdeflate_compressor *one)
{
	pthread_mutex_lock(&shelf->lock);
	if (shelf->n < SHELF_SIZE) {
		shelf->ready[shelf->n++] = one;
		one = NULL;
	}
	pthread_mutex_unlock(&shelf->lock);
	libdeflate_free_compressor(one);
}

char *compress_body(const struct http_call *c, const struct http_res *res, size_t *len)
{
	struct shelf *shelf = &c->server->shelf;
	struct libdeflate_compressor *one;
	char *packed;

	if (!takes_gzip(c))
		return NULL;
	packed = need(malloc(res->len));
	one = take(shelf);
	*len = libdeflate_gzip_compress(one, res->body, res->len, packed, res->len);
	put_back(shelf, one);
	if (*len)
		return packed;
	free(packed); /* it would not have become smaller */
	return NULL;
}

void shelf_free(struct shelf *shelf)
{
	while (shelf->n)
		libdeflate_free_compressor(shelf->ready[--shelf->n]);
}
