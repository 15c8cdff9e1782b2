/* The doors of addresses that are left alone. */
#include <string.h>

#include "api/handlers.h"
#include "crm/entities.h"
#include "crm/suppression.h"

/* Whoever may write to leads may leave an address alone. */
static bool take_address(struct ctx *cx, const char *email)
{
	if (!email || !*email)
		return refuse_field(cx, "email", "field.required");
	if (!strchr(email, '@') || strlen(email) > 254)
		return refuse_field(cx, "email", "field.email");
	return rights_demand(cx, &lead_entity, RIGHT_WRITE);
}

/* Without an address, what was done of late: for administrators. */
static bool read_page(struct ctx *cx, struct api_call *call)
{
	int64_t before = 0;
	size_t limit;

	return demand_admin(cx) && query_int(cx, call, "cursor", &before) &&
	       query_limit(cx, call, LIST_DEFAULT, &limit) &&
	       suppression_write_page(cx, &call->out, before, limit);
}

bool suppressions_read(struct ctx *cx, struct api_call *call)
{
	const char *email = param_get(&call->params, "email");

	if (!email)
		return read_page(cx, call);
	return take_address(cx, email) && suppression_write(cx, &call->out, email);
}

static bool change(struct ctx *cx, struct api_call *call,
	bool (*verb)(struct ctx *cx, const char *email, const char *reason))
{
	const char *email = NULL, *reason = NULL;

	return body_only(cx, call, "email reason") && body_text(cx, call, "email", &email) &&
	       body_text(cx, call, "reason", &reason) && take_address(cx, email) &&
	       verb(cx, email, reason ? reason : "") && suppression_write(cx, &call->out, email);
}

bool suppressions_add(struct ctx *cx, struct api_call *call)
{
	return change(cx, call, suppression_add);
}

bool suppressions_lift(struct ctx *cx, struct api_call *call)
{
	return demand_admin(cx) && change(cx, call, suppression_lift);
}
