/* From a method and a path to a row of the table. */
#include <string.h>

#include "api/api.h"
#include "base/arena.h"
#include "base/buf.h"

static const char base[] = "/api/v1";

static const struct entity *plural_of(const struct api *api, const char *name, size_t n)
{
	for (const struct entity *const *e = api->entities; *e; e++)
		if (strlen((*e)->plural) == n && !strncmp((*e)->plural, name, n))
			return *e;
	return NULL;
}

/* Digits without a leading zero, up to 53 bits. */
static bool take_id(const char *text, size_t n, int64_t *id)
{
	*id = 0;
	if (!n || n > 16 || *text == '0')
		return false;
	for (size_t i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*id = *id * 10 + (text[i] - '0');
	}
	return true;
}

static bool take_piece(
	const struct api *api, const char **pattern, const char **path, struct api_call *call)
{
	size_t n = strcspn(*path, "/");
	bool ok;

	if (!strncmp(*pattern, "{id}", 4)) {
		ok = take_id(*path, n, &call->id);
		*pattern += 4;
	} else {
		call->of = plural_of(api, *path, n);
		ok = call->of != NULL;
		*pattern += strlen("{plural}");
	}
	*path += n;
	return ok;
}

static bool matches(
	const struct api *api, const char *pattern, const char *path, struct api_call *call)
{
	while (*pattern) {
		if (*pattern == '{') {
			if (!take_piece(api, &pattern, &path, call))
				return false;
		} else if (*pattern++ != *path++) {
			return false;
		}
	}
	return !*path;
}

const struct route *api_route(struct arena *mem, const struct api *api, const char *method,
	const char *path, struct api_call *call, const char **allow)
{
	struct buf methods;

	*allow = NULL;
	if (strncmp(path, base, sizeof(base) - 1) != 0)
		return NULL;
	path += sizeof(base) - 1;
	if (!strcmp(method, "HEAD"))
		method = "GET";
	buf_init(&methods, mem);
	for (const struct route *r = routes; r->method; r++) {
		struct api_call found = { 0 };

		if (!matches(api, r->path, path, &found))
			continue;
		if (!strcmp(r->method, method)) {
			call->id = found.id;
			call->of = found.of;
			return r;
		}
		buf_addf(&methods, "%s%s", methods.len ? ", " : "", r->method);
	}
	*allow = methods.len ? methods.s : NULL;
	return NULL;
}
