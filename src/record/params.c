/* The names and values of a query string, or of a form's body. */
#include <string.h>

#include "base/arena.h"
#include "http/http.h"
#include "record/list.h"

static bool read_pair(struct ctx *cx, const char *at, size_t len, struct param *p)
{
	const char *eq = memchr(at, '=', len);
	size_t name_len = eq ? (size_t)(eq - at) : len;
	size_t value_len = eq ? len - name_len - 1 : 0;
	char *name = arena_alloc(cx->mem, name_len + 1);
	char *value = arena_alloc(cx->mem, value_len + 1);

	*p = (struct param){ name, value };
	return (http_unescape(at, name_len, name, name_len + 1) &&
		       (!eq || http_unescape(eq + 1, value_len, value, value_len + 1))) ||
	       refuse(cx, PROBLEM_MALFORMED, "query.escape");
}

bool params_read(struct ctx *cx, const char *text, struct params *ps)
{
	struct param *p = arena_alloc(cx->mem, PARAMS_MAX * sizeof(*p));

	*ps = (struct params){ p, 0 };
	while (*text) {
		size_t len = strcspn(text, "&");

		if (ps->n == PARAMS_MAX)
			return refuse(cx, PROBLEM_MALFORMED, "query.too_many");
		if (len && !read_pair(cx, text, len, &p[ps->n++]))
			return false;
		text += len + (text[len] == '&');
	}
	return true;
}
