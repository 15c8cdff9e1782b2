/* The firm's own settings: one record, at a door without a number. */
#include "api/handlers.h"
#include "base/clock.h"
#include "crm/firm.h"
#include "crm/mapping.h"
#include "crm/retire.h"
#include "crm/step.h"

bool settings_read(struct ctx *cx, struct api_call *call)
{
	struct record *firm;

	return rights_demand(cx, &firm_entity, RIGHT_READ) && firm_load(cx, &firm) &&
	       write_record(cx, call, firm);
}

/* As PATCH of any record: the doors of records do it. */
bool settings_change(struct ctx *cx, struct api_call *call)
{
	struct record *firm;

	if (!firm_load(cx, &firm))
		return false;
	call->of = &firm_entity;
	call->id = firm->id;
	return records_change(cx, call);
}

bool time_zones_list(struct ctx *cx, struct api_call *call)
{
	json_open(&call->out, '{');
	json_key(&call->out, "items");
	json_open(&call->out, '[');
	for (const char *const *zone = zones_known(cx->mem); *zone; zone++)
		json_text(&call->out, *zone);
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return true;
}

static bool retire(struct ctx *cx, struct api_call *call, const struct entity *of)
{
	struct retirement r = { .of = of, .id = call->id };

	if (!body_only(cx, call, "to") || !body_int(cx, call, "to", &r.to) || !step_retire(cx, &r))
		return false;
	json_open(&call->out, '{');
	json_put_int(&call->out, "moved", r.moved);
	json_key(&call->out, of->name);
	record_write(cx, &call->out, r.step);
	json_close(&call->out, '}');
	return true;
}

bool statuses_retire(struct ctx *cx, struct api_call *call)
{
	return retire(cx, call, &lead_status_entity);
}

bool stages_retire(struct ctx *cx, struct api_call *call)
{
	return retire(cx, call, &stage_entity);
}

enum { ORDER_MAX = 1000 };

static bool read_ids(struct ctx *cx, const struct api_call *call, int64_t *ids, size_t *n)
{
	const json_t *list = json_object_get(call->body, "ids");

	*n = json_array_size(list);
	if (!json_is_array(list) || *n > ORDER_MAX)
		return refuse_field(cx, "ids", list ? "field.type" : "field.required");
	for (size_t i = 0; i < *n; i++) {
		const json_t *id = json_array_get(list, i);

		if (!json_is_integer(id))
			return refuse_field(cx, "ids", "field.type");
		ids[i] = json_integer_value(id);
	}
	return true;
}

/* Answers with the whole table as it stands then. */
bool steps_put_in_order(struct ctx *cx, struct api_call *call)
{
	int64_t ids[ORDER_MAX];
	struct record **all;
	size_t n;

	if (!body_only(cx, call, "ids") || !read_ids(cx, call, ids, &n) ||
		!steps_order(cx, call->of, ids, n) || !record_all(cx, call->of, &all, &n))
		return false;
	json_open(&call->out, '{');
	json_key(&call->out, "items");
	json_open(&call->out, '[');
	for (size_t i = 0; i < n; i++)
		record_write(cx, &call->out, all[i]);
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return true;
}

bool mappings_targets(struct ctx *cx, struct api_call *call)
{
	return rights_demand(cx, &mapping_entity, RIGHT_READ) &&
	       mapping_targets_write(cx, &call->out);
}
