/* The doors of what cools and warms leads: parking, requests to buy. */
#include "api/handlers.h"
#include "base/arena.h"
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
	return body_text(cx, call, "until", &p->until) && body_text(cx, call, "note", &p->note);
}

bool leads_park(struct ctx *cx, struct api_call *call)
{
	struct parking p = { .ids = &call->id, .n = 1 };
	struct record **leads;

	return body_only(cx, call, "until note") && read_parking(cx, call, &p) &&
	       lead_park(cx, &p, &leads) && write_record(cx, call, leads[0]);
}

static bool read_ids(struct ctx *cx, const struct api_call *call, struct parking *p)
{
	const json_t *given = json_object_get(call->body, "ids");
	size_t n = json_array_size(given);
	int64_t *ids = arena_alloc(cx->mem, (n + 1) * sizeof(*ids));

	if (!n || n > PARK_MAX)
		return refuse_field(cx, "ids", "lead.park_ids", textf(cx, "%d", PARK_MAX));
	for (size_t i = 0; i < n; i++) {
		ids[i] = json_integer_value(json_array_get(given, i));
		if (ids[i] <= 0)
			return refuse_field(cx, "ids", "field.link");
	}
	p->ids = ids;
	p->n = n;
	return true;
}

bool leads_park_many(struct ctx *cx, struct api_call *call)
{
	struct record **leads;
	struct parking p;

	if (!body_only(cx, call, "ids until note") || !read_ids(cx, call, &p) ||
		!read_parking(cx, call, &p) || !lead_park(cx, &p, &leads))
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
