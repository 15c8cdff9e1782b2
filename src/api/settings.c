/* The firm's own settings: one record, at a door without a number. */
#include "api/handlers.h"
#include "crm/firm.h"

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
