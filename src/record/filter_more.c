/* Filters that ask other tables: the owner's team, the steps that were left. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "record/parts.h"

static bool read_id(const char *text, char ends, int64_t *id, const char **rest)
{
	char *end;

	*id = strtoll(text, &end, 10);
	*rest = end + (*end != '\0');
	return *text >= '0' && *text <= '9' && end - text < 19 && *end == ends;
}

bool filter_by_team(
	struct ctx *cx, const char *name, const char *value, struct buf *sql, struct args *args)
{
	const char *rest;
	int64_t id;

	if (!strcmp(name, "team_id[null]")) {
		if (strcmp(value, "true") != 0 && strcmp(value, "false") != 0)
			return refuse_field(cx, name, "query.flag");
		buf_addf(sql,
			" and t.owner_id in (select m.id from member m where m.ws = t.ws"
			" and m.team_id is %snull)",
			*value == 't' ? "" : "not ");
		return true;
	}
	if (strcmp(name, "team_id") != 0)
		return refuse_field(cx, textf(cx, "%.60s", name), "query.unknown");
	if (!read_id(value, '\0', &id, &rest))
		return refuse_field(cx, name, "query.value", textf(cx, "%.60s", value));
	buf_addf(sql,
		" and t.owner_id in (select m.id from member m where m.ws = t.ws"
		" and m.team_id = $%zu)",
		args_add(args, v_int(id)));
	return true;
}

/* "2026-01-01:2026-02-01" */
static bool read_days(struct ctx *cx, const char *text, int64_t *from, int64_t *to)
{
	char *days = arena_dup(cx->mem, text), *colon = strchr(days, ':');

	if (!colon)
		return false;
	*colon++ = '\0';
	if (!date_is_valid(days) || !date_is_valid(colon))
		return false;
	*from = date_start(days, cx->zone);
	*to = date_start(colon, cx->zone);
	return true;
}

bool filter_by_stay(struct ctx *cx, const char *value, struct buf *sql, struct args *args)
{
	int64_t step, from, to;
	const char *days;

	if (!read_id(value, ':', &step, &days) || !read_days(cx, days, &from, &to))
		return refuse_field(cx, "left", "query.value", textf(cx, "%.60s", value));
	buf_addf(sql,
		" and t.id in (select s.record_id from stay s where s.ws = $1 and s.step_id = $%zu",
		args_add(args, v_int(step)));
	buf_addf(sql, " and s.left_at >= $%zu", args_add(args, v_int(from)));
	buf_addf(sql, " and s.left_at < $%zu)", args_add(args, v_int(to)));
	return true;
}
