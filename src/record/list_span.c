/* Lists of a span of an instant: those behind the figures. */
#include <string.h>

#include "base/arena.h"
#include "record/parts.h"

static bool is_instant(const struct entity *of, const char *name)
{
	int at = entity_find(of, name);

	return !strcmp(name, "created_at") ||
	       (at >= 0 && entity_field(of, (size_t)at)->type == FIELD_TIME);
}

/* Whether an index has all rows that are asked for: "... where closed_at is not
 * null" those of a span of it, "... where a = 'b'" those with the filter a=b. */
static bool holds_all(const char *index, const char *column, const struct params *ps)
{
	const char *where = strstr(index, " where ");

	if (!where)
		return true;
	where += strlen(" where ");
	for (size_t i = 0; i < ps->n; i++) {
		size_t n = strlen(ps->p[i].name), m = strlen(ps->p[i].value);

		if (!strncmp(where, ps->p[i].name, n) && !strncmp(where + n, " = '", 4) &&
			!strncmp(where + n + 4, ps->p[i].value, m) &&
			!strcmp(where + n + 4 + m, "'"))
			return true;
	}
	return !strncmp(where, column, strlen(column)) &&
	       !strcmp(where + strlen(column), " is not null");
}

static const char *index_by(const struct entity *of, const char *column, const struct params *ps)
{
	size_t n = strlen(column);

	for (const char *const *i = of->indexes; i && *i; i++)
		if (!strncmp(*i, column, n) && !strncmp(*i + n, ", id", 4) &&
			holds_all(*i, column, ps))
			return *i;
	return NULL;
}

bool span_find(struct ctx *cx, const struct entity *of, const struct params *ps, struct span *span)
{
	for (size_t i = 0; i < ps->n; i++) {
		const char *end = strchr(ps->p[i].name, '[');
		char *name = arena_dup(cx->mem, ps->p[i].name);

		if (!end || (end[1] != 'g' && end[1] != 'l'))
			continue;
		name[end - ps->p[i].name] = '\0';
		*span = (struct span){ name, NULL };
		if (is_instant(of, name))
			span->index = index_by(of, name, ps);
		if (span->index)
			return true;
	}
	return false;
}

static bool has_column(const char *index, const char *name, size_t n)
{
	for (const char *at = index; at && *at != ' ' && n;) {
		if (!strncmp(at, name, n) && (at[n] == ',' || at[n] == ' ' || !at[n]))
			return true;
		at = strstr(at, ", ");
		at = at ? at + 2 : NULL;
	}
	return false;
}

/* All that is asked for stands in the index. */
static bool is_covered(const char *index, const struct params *ps)
{
	static const char *const asks_none[] = { "limit", "cursor", "sort", "count", "names" };

	for (size_t i = 0; i < ps->n; i++) {
		const char *name = ps->p[i].name;
		size_t n = strcspn(name, "["), k = 0;

		while (k < COUNT(asks_none) && strcmp(asks_none[k], name) != 0)
			k++;
		if (k < COUNT(asks_none))
			continue;
		if (!strcmp(name, "owner") || !strncmp(name, "team_id", 7)) {
			name = "owner_id";
			n = strlen(name);
		}
		if (!has_column(index, name, n))
			return false;
	}
	return true;
}

/* SQLite, which knows how many rows a table has but not how many of a source,
 * would take an index of these and look every one of them up. */
void span_hint(struct ctx *cx, const struct entity *of, const struct params *ps, struct buf *sql)
{
	struct span span;

	if (db_is_postgres(cx->db) || !span_find(cx, of, ps, &span) || !is_covered(span.index, ps))
		return;
	buf_add(sql, " indexed by ");
	schema_index_name(sql, of, span.index);
}
