/* Duplicates over a whole entity, and making one of several. */
#include <stdlib.h>
#include <string.h>

#include "api/handlers.h"
#include "base/arena.h"
#include "crm/duplicates.h"
#include "record/join.h"
#include "record/twins.h"

static const struct entity *entity_in_body(struct ctx *cx, const struct api_call *call)
{
	const char *name = NULL;
	const struct entity *const *e = cx->entities;

	if (!body_only(cx, call, "entity") || !body_text(cx, call, "entity", &name))
		return NULL;
	while (name && *e && strcmp((*e)->name, name) != 0)
		e++;
	if (!name || !*e)
		refuse_field(
			cx, "entity", name ? "query.entity" : "field.required", name ? name : "");
	return name ? *e : NULL;
}

bool duplicates_find(struct ctx *cx, struct api_call *call)
{
	const struct import_host host = api_host(call);
	const struct entity *of = entity_in_body(cx, call);

	return of && twins_find(cx, &host, of) && twins_write_run(cx, &call->out, of);
}

bool duplicates_stop(struct ctx *cx, struct api_call *call)
{
	const struct entity *of = asked_entity(cx, call);

	return of && twins_stop(cx, of) && twins_write_run(cx, &call->out, of);
}

bool duplicates_progress(struct ctx *cx, struct api_call *call)
{
	const struct entity *of = asked_entity(cx, call);

	return of && twins_write_run(cx, &call->out, of);
}

bool duplicates_groups(struct ctx *cx, struct api_call *call)
{
	struct twins_ask ask = { .of = asked_entity(cx, call),
		.cursor = param_get(&call->params, "cursor") };

	return ask.of && query_limit(cx, call, 20, &ask.limit) && twins_write(cx, &call->out, &ask);
}

/* A list of ids, at most max; *n is 0 when it is not there. */
static bool ids_in_body(struct ctx *cx, const struct api_call *call, const char *name,
	const int64_t **ids, size_t *n)
{
	const json_t *list = json_object_get(call->body, name), *entry;
	int64_t *all;
	size_t i;

	*n = 0;
	if (!list || json_is_null(list))
		return true;
	if (!json_is_array(list) || json_array_size(list) > JOIN_MAX)
		return refuse_field(cx, name, "join.with", textf(cx, "%d", JOIN_MAX));
	*ids = all = arena_alloc(cx->mem, (json_array_size(list) + 1) * sizeof(*all));
	json_array_foreach((json_t *)list, i, entry)
	{
		if (!json_is_integer(entry))
			return refuse_field(cx, name, "field.type");
		all[(*n)++] = json_integer_value(entry);
	}
	return true;
}

bool duplicates_dismissed(struct ctx *cx, struct api_call *call)
{
	struct dismissal what = { .group_id = call->id };
	int64_t said;

	if (!body_only(cx, call, "ids only") || !ids_in_body(cx, call, "ids", &what.ids, &what.n) ||
		!body_int(cx, call, "only", &what.only) || !duplicates_dismiss(cx, &what, &said))
		return false;
	json_open(&call->out, '{');
	json_put_int(&call->out, "said", said);
	json_close(&call->out, '}');
	return true;
}

static bool object_in_body(
	struct ctx *cx, const struct api_call *call, const char *name, const json_t **object)
{
	*object = json_object_get(call->body, name);
	if (json_is_null(*object))
		*object = NULL;
	return !*object || json_is_object(*object) || refuse_field(cx, name, "field.object");
}

bool records_merge(struct ctx *cx, struct api_call *call)
{
	struct join_ask ask = { .of = call->of, .id = call->id };
	struct record *survivor;

	return body_only(cx, call, "with fields versions") &&
	       ids_in_body(cx, call, "with", &ask.with, &ask.n) &&
	       object_in_body(cx, call, "fields", &ask.fields) &&
	       object_in_body(cx, call, "versions", &ask.versions) &&
	       record_join(cx, &ask, &survivor) && write_record(cx, call, survivor);
}

/* "12,13,14" */
static bool ids_in_query(struct ctx *cx, const char *text, const int64_t **ids, size_t *n)
{
	int64_t *all = arena_alloc(cx->mem, JOIN_MAX * sizeof(*all));
	char *end;

	*ids = all;
	for (*n = 0; *text && *n < JOIN_MAX; text = *end == ',' ? end + 1 : end) {
		all[*n] = strtoll(text, &end, 10);
		if (end == text || (*end && *end != ',') || all[*n] <= 0)
			return refuse_field(cx, "with", "query.value", textf(cx, "%.60s", text));
		++*n;
	}
	return !*text || refuse_field(cx, "with", "join.with", textf(cx, "%d", JOIN_MAX));
}

bool records_merge_preview(struct ctx *cx, struct api_call *call)
{
	const char *with = param_get(&call->params, "with");
	struct join_ask ask = { .of = call->of, .id = call->id };

	return ids_in_query(cx, with ? with : "", &ask.with, &ask.n) &&
	       join_write_preview(cx, &call->out, &ask);
}
