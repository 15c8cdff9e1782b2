/* What every entity has: list, add, read, change, remove, restore. */
#include <string.h>

#include "api/handlers.h"
#include "base/arena.h"
#include "base/clock.h"
#include "crm/entities.h"
#include "crm/timeline.h"
#include "record/op.h"

bool write_record(struct ctx *cx, struct api_call *call, const struct record *rec)
{
	return record_write_whole(cx, &call->out, rec);
}

bool demand_admin(struct ctx *cx)
{
	return rights_is_admin(cx->who) || refuse(cx, PROBLEM_FORBIDDEN, "problem.forbidden");
}

bool records_list(struct ctx *cx, struct api_call *call)
{
	return list_write(cx, call->of, &call->params, &call->out);
}

/* One may give a record to a colleague within one's reach, not beyond: else it
 * would be gone from one's own sight. */
static bool check_owner(struct ctx *cx, const struct record *rec)
{
	if (!rec->of->owned || !record_has(rec, "owner_id") || !record_changed(rec, "owner_id"))
		return true;
	if (rights_covers(cx->who, rec->of, RIGHT_WRITE, record_int(rec, "owner_id")))
		return true;
	return refuse_field(cx, "owner_id", "record.owner");
}

bool records_create(struct ctx *cx, struct api_call *call)
{
	struct record *rec = record_new(cx, call->of);
	bool ok = rights_demand(cx, call->of, RIGHT_WRITE) && record_fill(cx, rec, call->body) &&
		  op_begin(cx, "record.create") && check_owner(cx, rec) && record_store(cx, rec) &&
		  op_about(cx, rec);

	return op_end(cx, ok) && write_record(cx, call, rec);
}

bool records_read(struct ctx *cx, struct api_call *call)
{
	struct record *rec;

	return record_load(cx, call->of, call->id, RIGHT_READ, &rec) && write_record(cx, call, rec);
}

/* If-Match: 7 or "7"; "*" and none mean the present version. */
static bool read_version(struct ctx *cx, const char *text, int64_t *version)
{
	const char *at = text;

	*version = 0;
	if (!text || !strcmp(text, "*"))
		return true;
	at += !strncmp(at, "W/", 2) ? 2 : 0;
	at += *at == '"';
	for (; *at >= '0' && *at <= '9' && *version < INT64_C(1000000000000); at++)
		*version = *version * 10 + (*at - '0');
	at += *at == '"';
	if (*at || !*version)
		return refuse(cx, PROBLEM_MALFORMED, "problem.if_match");
	return true;
}

/* A user may change a few things about himself without being an admin. */
static bool load_for_change(struct ctx *cx, struct api_call *call, struct record **rec)
{
	static const char *const own[] = { "name", "lang", "theme", "digest", "digest_hour",
		"time_zone" };
	size_t n = json_object_size(call->body);

	if (call->of != &user_entity || call->id != cx->who->id || rights_is_admin(cx->who))
		return record_load(cx, call->of, call->id, RIGHT_WRITE, rec);
	for (size_t i = 0; i < COUNT(own); i++)
		n -= json_object_get(call->body, own[i]) != NULL;
	if (n)
		return refuse(cx, PROBLEM_FORBIDDEN, "problem.forbidden");
	return record_load(cx, call->of, call->id, RIGHT_READ, rec);
}

bool records_change(struct ctx *cx, struct api_call *call)
{
	struct record *rec;
	int64_t version;
	bool ok = read_version(cx, call->req->if_match, &version) && op_begin(cx, "record.edit") &&
		  load_for_change(cx, call, &rec) && record_merge(cx, rec, call->body, version) &&
		  check_owner(cx, rec) && record_store(cx, rec) && op_about(cx, rec);

	return op_end(cx, ok) && write_record(cx, call, rec);
}

static bool remove_reason(struct ctx *cx, struct api_call *call, const char **reason)
{
	const char *asked = param_get(&call->params, "reason");

	*reason = asked ? asked : "";
	if (!body_only(cx, call, "reason") || !body_text(cx, call, "reason", reason))
		return false;
	return strlen(*reason) <= 500 || refuse_field(cx, "reason", "field.too_long", "500");
}

static bool mark_removed(struct ctx *cx, struct record *rec, const char *reason)
{
	record_set(rec, "removed_at", v_int(cx->now));
	record_set_text(rec, "removed_reason", reason);
	return record_store(cx, rec);
}

bool records_remove(struct ctx *cx, struct api_call *call)
{
	struct record *rec;
	const char *reason;
	bool ok = remove_reason(cx, call, &reason) && op_begin(cx, "record.remove") &&
		  record_load(cx, call->of, call->id, RIGHT_REMOVE, &rec) &&
		  mark_removed(cx, rec, reason) && op_about(cx, rec);

	return op_end(cx, ok) && write_record(cx, call, rec);
}

static bool unmark(struct ctx *cx, struct record *rec)
{
	if (!record_has(rec, "removed_at"))
		return refuse(cx, PROBLEM_CONFLICT, "record.not_removed");
	if (rec->of->join && record_has(rec, "merged_into_id"))
		return refuse(cx, PROBLEM_CONFLICT, "record.merged");
	if (!rights_covers(cx->who, rec->of, RIGHT_REMOVE,
		    rec->of->owned ? record_int(rec, "owner_id") : 0))
		return refuse(cx, PROBLEM_FORBIDDEN, "problem.forbidden");
	record_set(rec, "removed_at", v_null());
	record_set(rec, "removed_reason", v_null());
	return record_store(cx, rec);
}

bool records_restore(struct ctx *cx, struct api_call *call)
{
	struct record *rec;
	bool ok = body_only(cx, call, "") && op_begin(cx, "record.restore") &&
		  record_load(cx, call->of, call->id, RIGHT_READ, &rec) && unmark(cx, rec) &&
		  op_about(cx, rec);

	return op_end(cx, ok) && write_record(cx, call, rec);
}

bool records_timeline(struct ctx *cx, struct api_call *call)
{
	struct timeline_ask ask = {
		.of = call->of, .id = call->id, .cursor = param_get(&call->params, "cursor")
	};

	return query_limit(cx, call, LIST_DEFAULT, &ask.limit) &&
	       timeline_write(cx, &call->out, &ask);
}
