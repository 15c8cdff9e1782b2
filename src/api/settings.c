/* The firm's own settings: one record, at a door without a number. */
#include "api/handlers.h"
#include "crm/firm.h"
#include "crm/retire.h"

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
