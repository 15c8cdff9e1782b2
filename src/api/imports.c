/* Files brought in: read, mapped, looked at, run. */
#include <string.h>

#include "api/handlers.h"
#include "crm/entities.h"
#include "record/import.h"

struct import_host api_host(const struct api_call *call)
{
	const struct api *api = call->api;

	return (struct import_host){ .store = api->store,
		.words = api->words,
		.entities = api->entities,
		.ws = api->ws,
		.later = api->later,
		.tell = api->tell,
		.arg = api->arg };
}

bool imports_list(struct ctx *cx, struct api_call *call)
{
	return import_write_all(cx, &call->out);
}

static bool ask_entity(struct ctx *cx, const struct api_call *call, const struct entity **of)
{
	const char *name = param_get(&call->params, "entity");

	*of = name ? entity_named(name) : NULL;
	return *of || refuse_field(cx, "entity", name ? "query.entity" : "field.required",
			      name ? name : "");
}

/* mode and key of the query, as a PATCH would give them. */
static bool take_query(struct ctx *cx, const struct api_call *call, int64_t id)
{
	static const char *const names[] = { "mode", "key" };
	json_t *body = json_object();
	bool ok = true;

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *value = param_get(&call->params, names[i]);

		if (value)
			json_object_set_new(body, names[i], json_string(value));
	}
	if (json_object_size(body))
		ok = import_change(cx, id, body);
	json_decref(body);
	return ok;
}

static const char *asked(const struct api_call *call, const char *name)
{
	const char *value = param_get(&call->params, name);

	return value ? value : "";
}

static struct import_given given_by(const struct api_call *call)
{
	return (struct import_given){ .name = asked(call, "name"),
		.bytes = call->req->body_len ? call->req->body : "",
		.n = call->req->body_len,
		.sheet = asked(call, "sheet"),
		.into = asked(call, "into") };
}

bool imports_sheets(struct ctx *cx, struct api_call *call)
{
	const struct import_given given = given_by(call);

	return import_sheets_write(cx, &call->out, &given);
}

bool imports_create(struct ctx *cx, struct api_call *call)
{
	const struct import_given given = given_by(call);
	const struct import_host host = api_host(call);
	const char *run = asked(call, "run");
	const struct entity *of;
	int64_t id;

	if (!ask_entity(cx, call, &of))
		return false;
	if (*run && strcmp(run, "true") && strcmp(run, "false"))
		return refuse_field(cx, "run", "query.value", textf(cx, "%.60s", run));
	if (!import_create(cx, of, &given, &id) || !take_query(cx, call, id))
		return false;
	if (!strcmp(run, "true") && !import_run(cx, &host, id))
		return false;
	return import_write(cx, &call->out, id);
}

bool imports_read(struct ctx *cx, struct api_call *call)
{
	return import_write(cx, &call->out, call->id);
}

bool imports_change(struct ctx *cx, struct api_call *call)
{
	return body_only(cx, call, "mapping mode key skip_lines") &&
	       import_change(cx, call->id, call->body) && import_write(cx, &call->out, call->id);
}

bool imports_check(struct ctx *cx, struct api_call *call)
{
	const struct import_host host = api_host(call);

	return body_only(cx, call, "") && import_check(cx, &host, call->id) &&
	       import_write(cx, &call->out, call->id);
}

bool imports_run(struct ctx *cx, struct api_call *call)
{
	const struct import_host host = api_host(call);

	return body_only(cx, call, "") && import_run(cx, &host, call->id) &&
	       import_write(cx, &call->out, call->id);
}

bool imports_refused(struct ctx *cx, struct api_call *call)
{
	if (!import_write_refused(cx, &call->out.text, call->id))
		return false;
	call->answer->type = "text/csv; charset=utf-8";
	call->answer->filename = textf(cx, "import-%lld-refused.csv", (long long)call->id);
	return true;
}
