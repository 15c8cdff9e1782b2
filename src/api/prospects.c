/* The doors of prospecting lists. */
#include <string.h>

#include "api/handlers.h"
#include "crm/prospect.h"
#include "record/op.h"

bool prospects_sheet(struct ctx *cx, struct api_call *call)
{
	return prospect_sheet_write(cx, &call->out, call->id);
}

bool prospects_counts(struct ctx *cx, struct api_call *call)
{
	return prospect_counts_write(cx, &call->out);
}

bool prospects_qualification(struct ctx *cx, struct api_call *call)
{
	return prospect_qualification_write(cx, &call->out, call->id);
}

static bool read_page(struct ctx *cx, const struct api_call *call, struct prospect_ask *ask)
{
	const char *discarded = param_get(&call->params, "discarded");
	int64_t limit = 1000;

	*ask = (struct prospect_ask){ .list_id = call->id,
		.cursor = param_get(&call->params, "cursor"),
		.ids = param_get(&call->params, "ids"),
		.discarded = discarded && !strcmp(discarded, "true") };
	if (discarded && strcmp(discarded, "true") && strcmp(discarded, "false"))
		return refuse_field(cx, "discarded", "query.value", textf(cx, "%.60s", discarded));
	if (ask->ids)
		limit = PROSPECT_PAGE;
	if (!query_int(cx, call, "limit", &limit))
		return false;
	ask->limit = (size_t)limit;
	return (limit >= 1 && limit <= PROSPECT_PAGE) ||
	       refuse_field(cx, "limit", "query.limit", textf(cx, "%d", PROSPECT_PAGE));
}

bool prospects_rows(struct ctx *cx, struct api_call *call)
{
	struct prospect_ask ask;

	return read_page(cx, call, &ask) && prospect_rows_write(cx, &call->out, &ask);
}

static bool read_list(
	struct ctx *cx, const struct api_call *call, const char *name, const json_t **list)
{
	*list = json_object_get(call->body, name);
	if (json_is_null(*list))
		*list = NULL;
	return !*list || json_is_array(*list) || refuse_field(cx, name, "field.type");
}

/* Absent or null: last; 0: above all others. */
bool prospects_cells(struct ctx *cx, struct api_call *call)
{
	const json_t *after = json_object_get(call->body, "after");
	struct prospect_edit edit = { .list_id = call->id };
	struct api_call own = *call;

	if (!body_only(cx, call, "set add after") || !read_list(cx, call, "set", &edit.set) ||
		!read_list(cx, call, "add", &edit.add) || !body_int(cx, call, "after", &edit.after))
		return false;
	edit.first = json_is_integer(after) && !edit.after;
	json_init(&own.out, cx->mem);
	if (!prospect_cells(cx, &own.out, &edit))
		return false;
	json_open(&call->out, '{');
	json_put_id(&call->out, "operation_id", cx->done ? cx->done->id : 0);
	json_key(&call->out, "rows");
	json_raw(&call->out, own.out.text.s);
	json_close(&call->out, '}');
	return true;
}

bool prospects_move(struct ctx *cx, struct api_call *call)
{
	int64_t after = 0;

	return body_only(cx, call, "ids after") && body_int(cx, call, "after", &after) &&
	       prospect_move(cx, &call->out, call->id, json_object_get(call->body, "ids"), after);
}

bool prospects_consent(struct ctx *cx, struct api_call *call)
{
	struct prospect_word word = { .list_id = call->id };
	int64_t *ids;
	size_t said;

	if (!body_only(cx, call, "ids given how text at") ||
		!body_ids(cx, call, "ids", PROSPECT_ADD, &ids))
		return false;
	word.ids = ids;
	word.n = json_array_size(json_object_get(call->body, "ids"));
	json_object_del(call->body, "ids");
	word.fields = call->body;
	if (!prospect_consent(cx, &word, &said))
		return false;
	json_open(&call->out, '{');
	json_put_int(&call->out, "said", (int64_t)said);
	json_close(&call->out, '}');
	return true;
}

static bool write_outcome(
	struct ctx *cx, struct api_call *call, const struct prospect_outcome *made)
{
	bool ok = true;

	json_open(&call->out, '{');
	json_key(&call->out, "prospect");
	record_write(cx, &call->out, made->prospect);
	json_key(&call->out, "lead");
	if (made->lead)
		ok = record_write_whole(cx, &call->out, made->lead);
	else
		json_none(&call->out);
	json_close(&call->out, '}');
	return ok;
}

bool prospects_lead(struct ctx *cx, struct api_call *call)
{
	struct prospect_outcome made;
	int64_t owner = 0;

	return body_only(cx, call, "owner_id") && body_int(cx, call, "owner_id", &owner) &&
	       prospect_lead(cx, call->id, owner, &made) && write_outcome(cx, call, &made);
}

bool prospects_call(struct ctx *cx, struct api_call *call)
{
	struct prospect_talk talk = { .outcome = "", .note = "" };
	struct prospect_outcome made;

	return body_only(cx, call, "outcome at note owner_id") &&
	       body_text(cx, call, "outcome", &talk.outcome) &&
	       body_time(cx, call, "at", &talk.at) && body_text(cx, call, "note", &talk.note) &&
	       body_int(cx, call, "owner_id", &talk.owner_id) &&
	       prospect_call(cx, call->id, &talk, &made) && write_outcome(cx, call, &made);
}

bool prospects_hold(struct ctx *cx, struct api_call *call)
{
	struct record *row;
	bool held = true;

	if (!body_only(cx, call, "held") || !body_bool(cx, call, "held", &held) ||
		!prospect_hold(cx, call->id, held, &row))
		return false;
	return record_write_whole(cx, &call->out, row);
}

bool prospects_calling(struct ctx *cx, struct api_call *call)
{
	size_t limit;

	return query_limit(cx, call, 20, &limit) &&
	       prospect_calling_write(cx, &call->out, call->id, limit);
}

bool prospects_fetch(struct ctx *cx, struct api_call *call)
{
	struct prospect_feed ask = {
		.list_id = call->id, .url = "", .key = "", .allow = call->api->fetch_allow
	};

	return body_only(cx, call, "url key apply") && body_text(cx, call, "url", &ask.url) &&
	       body_text(cx, call, "key", &ask.key) && body_bool(cx, call, "apply", &ask.apply) &&
	       prospect_fetch(cx, &call->out, &ask);
}
