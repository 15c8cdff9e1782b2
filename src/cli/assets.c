/* The UI's files, which are part of the program. */
#include <stdio.h>
#include <string.h>

#include "cli/serve.h"

enum { SCREEN_PATH = 200 };

static const struct asset *find(const char *path)
{
	for (const struct asset *a = assets; a->path; a++)
		if (!strcmp(a->path, path))
			return a;
	return NULL;
}

/* A short path without a dot in its last part is a screen: the page finds it. */
static bool is_screen(const char *path)
{
	const char *last = strrchr(path, '/');

	return last && !strchr(last, '.') && strlen(path) <= SCREEN_PATH;
}

static void add(struct http_res *res, const char *name, const char *value)
{
	size_t i = 0;

	while (res->extra[i].name)
		i++;
	res->extra[i] = (struct http_header){ name, value };
}

static bool accepts(const struct http_call *c, const char *coding)
{
	const char *given = http_header(c, "Accept-Encoding");

	return given && strstr(given, coding);
}

static void pick(const struct http_call *c, const struct asset *a, struct http_res *res)
{
	res->body = (const char *)a->plain;
	res->len = a->plain_len;
	if (a->brotli_len && accepts(c, "br")) {
		res->body = (const char *)a->brotli;
		res->len = a->brotli_len;
		add(res, "Content-Encoding", "br");
	} else if (a->gzip_len && accepts(c, "gzip")) {
		res->body = (const char *)a->gzip;
		res->len = a->gzip_len;
		add(res, "Content-Encoding", "gzip");
	}
	add(res, "Vary", "Accept-Encoding");
}

static void refuse_asset(struct http_call *c, int status, const char *text)
{
	struct http_res res = { .status = status,
		.type = "text/plain; charset=utf-8",
		.body = text,
		.len = strlen(text) };

	if (status == 405)
		add(&res, "Allow", "GET, HEAD");
	http_reply(c, &res);
}

void serve_asset(struct http_call *c)
{
	const char *path = http_path(c);
	const struct asset *a = find(path);
	const char *known = http_header(c, "If-None-Match");
	struct http_res res = { .status = 200, .is_static = true };

	if (!a && is_screen(path))
		a = find("/index.html");
	if (!a) {
		refuse_asset(c, 404, "404\n");
		return;
	}
	if (strcmp(http_method(c), "GET") != 0 && strcmp(http_method(c), "HEAD") != 0) {
		refuse_asset(c, 405, "405\n");
		return;
	}
	res.type = a->type;
	add(&res, "Cache-Control",
		strncmp(a->path, "/assets/", 8) ? "no-cache"
						: "public, max-age=31536000, immutable");
	add(&res, "ETag", a->etag);
	if (known && strstr(known, a->etag)) {
		res.status = 304;
		res.body = "";
	} else {
		pick(c, a, &res);
	}
	http_reply(c, &res);
}
