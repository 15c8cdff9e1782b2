/* The doors of what cools and warms leads: parking, requests to buy. */
#include "api/handlers.h"
#include "crm/lead.h"
#include "crm/lead_park.h"
#include "crm/lead_temperature.h"
#include "crm/open_leads.h"

bool leads_parkable(struct ctx *cx, struct api_call *call)
{
	int64_t owner = 0;

	return query_int(cx, call, "owner_id", &owner) &&
	       open_leads_write_parkable(cx, &call->out, owner);
}

static bool read_parking(struct ctx *cx, const struct api_call *call, struct parking *p)
{
	p->until = p->note = "";
	return body_text(cx, call, "until", &p->until) && body_text(cx, call, "note", &p->note) &&
	       body_int(cx, call, "campaign_id", &p->campaign_id);
}

bool leads_park(struct ctx *cx, struct api_call *call)
{
	struct parking p = { .ids = &call->id, .n = 1 };
	struct record **leads;

	return body_only(cx, call, "until note campaign_id") && read_parking(cx, call, &p) &&
	       lead_park(cx, &p, &leads) && write_record(cx, call, leads[0]);
}

bool leads_park_many(struct ctx *cx, struct api_call *call)
{
	struct parking p = { 0 };
	struct record **leads;
	int64_t *ids;

	if (!body_only(cx, call, "ids until note campaign_id") || !read_parking(cx, call, &p) ||
		!body_ids(cx, call, "ids", PARK_MAX, &ids))
		return false;
	p.ids = ids;
	p.n = json_array_size(json_object_get(call->body, "ids"));
	if (!lead_park(cx, &p, &leads))
		return false;
	json_open(&call->out, '{');
	json_key(&call->out, "items");
	json_open(&call->out, '[');
	for (size_t i = 0; i < p.n; i++)
		record_write(cx, &call->out, leads[i]);
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return true;
}

bool leads_purchase_request(struct ctx *cx, struct api_call *call)
{
	const char *note = "";
	struct record *lead;

	return body_only(cx, call, "note") && body_text(cx, call, "note", &note) &&
	       lead_purchase_request(cx, call->id, note, &lead) && write_record(cx, call, lead);
}

bool leads_temperature(struct ctx *cx, struct api_call *call)
{
	return temperature_write(cx, &call->out, call->id);
}
