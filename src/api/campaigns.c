/* The doors of campaigns. */
#include <string.h>

#include "api/handlers.h"
#include "crm/campaign_send.h"

static bool read_touch(struct ctx *cx, const struct api_call *call, struct touch_ask *ask)
{
	const json_t *lead = json_object_get(call->body, "lead");

	*ask = (struct touch_ask){ .kind = "", .note = "" };
	if (!body_only(cx, call, "lead_id contact_id prospect_id lead kind at note") ||
		!body_int(cx, call, "lead_id", &ask->lead_id) ||
		!body_int(cx, call, "contact_id", &ask->contact_id) ||
		!body_int(cx, call, "prospect_id", &ask->prospect_id) ||
		!body_text(cx, call, "kind", &ask->kind) || !body_time(cx, call, "at", &ask->at) ||
		!body_text(cx, call, "note", &ask->note))
		return false;
	if (lead && !json_is_null(lead))
		ask->lead = lead;
	return !ask->lead || json_is_object(lead) || refuse_field(cx, "lead", "field.object");
}

bool campaigns_touch(struct ctx *cx, struct api_call *call)
{
	struct touch_made made;
	struct touch_ask ask;

	if (!read_touch(cx, call, &ask) || !campaign_touch(cx, call->id, &ask, &made))
		return false;
	json_open(&call->out, '{');
	json_key(&call->out, "touch");
	record_write(cx, &call->out, made.touch);
	json_key(&call->out, "lead");
	if (!made.lead)
		json_none(&call->out);
	else if (!record_write_whole(cx, &call->out, made.lead))
		return false;
	json_close(&call->out, '}');
	return true;
}

bool campaigns_roi(struct ctx *cx, struct api_call *call)
{
	enum attribution how;

	if (!attribution_read(cx, param_get(&call->params, "attribution"), &how))
		return false;
	return call->id ? campaign_roi_write(cx, &call->out, call->id, how)
			: campaign_roi_table(cx, &call->out, how);
}

bool campaigns_audience(struct ctx *cx, struct api_call *call)
{
	return campaign_audience_write(cx, &call->out, call->id);
}

bool campaigns_send(struct ctx *cx, struct api_call *call)
{
	const char *to = NULL;

	if (!body_only(cx, call, "test_to") || !body_text(cx, call, "test_to", &to))
		return false;
	if (to && (!strchr(to, '@') || strpbrk(to, " \t\r\n,;<>")))
		return refuse_field(cx, "test_to", "field.email");
	return (to ? campaign_try(cx, call->id, to) : campaign_send(cx, call->id)) &&
	       campaign_run_write(cx, &call->out, call->id);
}

bool campaigns_stop(struct ctx *cx, struct api_call *call)
{
	return body_only(cx, call, "") && campaign_stop(cx, call->id) &&
	       campaign_run_write(cx, &call->out, call->id);
}

bool campaigns_run(struct ctx *cx, struct api_call *call)
{
	return campaign_run_write(cx, &call->out, call->id);
}
