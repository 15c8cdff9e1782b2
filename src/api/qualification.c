/* The doors of the customer profile; and what follows from a change of the
 * set-up. */
#include <stdlib.h>

#include "api/handlers.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "crm/entities.h"
#include "crm/lead_renewal.h"
#include "crm/qualification.h"
#include "record/count.h"
#include "record/custom.h"
#include "record/op.h"

bool leads_qualification(struct ctx *cx, struct api_call *call)
{
	return qualification_write(cx, &call->out, call->id);
}

bool qualification_read(struct ctx *cx, struct api_call *call)
{
	return qualification_write_all(cx, &call->out);
}

bool qualification_rules_order(struct ctx *cx, struct api_call *call)
{
	size_t n = json_array_size(json_object_get(call->body, "ids"));
	int64_t *ids;

	if (!body_only(cx, call, "ids") || !body_ids(cx, call, "ids", 200, &ids) ||
		!qualification_order(cx, ids, n))
		return false;
	call->of = &qualification_rule_entity;
	return list_write(cx, call->of, &(struct params){ 0 }, &call->out);
}

static bool touches_leads(const struct op *op)
{
	for (size_t i = 0; i < op->changed_n; i++) {
		const struct entity *of = op->changed[i].of;

		if (entity_is(of, &qualification_rule_entity) || entity_is(of, &rate_entity) ||
			entity_is(of, &firm_entity) || entity_is(of, &custom_field_entity))
			return true;
	}
	return false;
}

/* As the program itself; what it does not end a chore goes on with. */
static void renew(void *arg)
{
	const struct api *api = arg;
	struct arena *mem = arena_new();
	struct who system = { .is_system = true };
	struct ctx cx = { .mem = mem,
		.db = db_session(api->store, mem),
		.words = api->words,
		.who = &system,
		.ws = api->ws,
		.now = clock_now(),
		.zone = "UTC",
		.entities = api->entities,
		.request_id = "leads" };

	if (!custom_see(&cx) || !(api->later ? lead_renewal_turn(&cx) && count_anew_turn(&cx)
					     : lead_renewal_finish(&cx) && count_anew_finish(&cx)))
		log_line("problem", "request", "leads", "detail",
			cx.problem.detail ? cx.problem.detail : cx.problem.text.key, NULL);
	arena_free(mem);
}

void follow_set_up(const struct api *api, const struct op *done)
{
	if (!done || !touches_leads(done))
		return;
	if (api->later)
		api->later(api->arg, renew, (void *)(uintptr_t)api);
	else
		renew((void *)(uintptr_t)api);
}
