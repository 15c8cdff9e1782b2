/* The doors of lists that are taken away. */
#include <string.h>

#include "api/export.h"
#include "api/handlers.h"
#include "api/limiter.h"
#include "api/spool.h"
#include "base/arena.h"
#include "base/clock.h"
#include "crm/entities.h"

/* EXPORTS: of one user, a minute; ROWS: named one by one, as many as a body holds. */
enum { EXPORTS = 30, ROWS = 500000 };

static bool may_go_on(struct ctx *cx, const struct api_call *call)
{
	const char *key = textf(cx, "export %lld", (long long)cx->who->id);
	int wait = call->api->no_limits
			   ? 0
			   : limiter_count(call->api->limiter, key, EXPORTS, clock_monotonic());

	if (!wait)
		return true;
	refuse(cx, PROBLEM_TOO_MANY, "export.too_many");
	cx->problem.retry_after = wait;
	return false;
}

/* The query without our own names. */
static void read_filters(struct ctx *cx, const struct api_call *call, struct params *filters)
{
	struct param *p = arena_alloc(cx->mem, (call->params.n + 1) * sizeof(*p));

	*filters = (struct params){ p, 0 };
	for (size_t i = 0; i < call->params.n; i++)
		if (strcmp(call->params.p[i].name, "format") != 0 &&
			strcmp(call->params.p[i].name, "columns") != 0)
			p[filters->n++] = call->params.p[i];
}

static bool answer(struct ctx *cx, struct api_call *call, struct export *e, const char *name)
{
	struct spool spool;
	bool ok;

	spool_begin(&spool, call);
	e->to = (struct sheet_to){ .out = spool_out, .arg = &spool };
	ok = may_go_on(cx, call) && export_write(cx, e);
	if (ok)
		spool_answer_sheet(cx, &spool, e->form, name);
	else
		spool_drop(&spool);
	return ok;
}

bool records_export(struct ctx *cx, struct api_call *call)
{
	struct params filters;
	struct export e = {
		.of = call->of,
		.filters = &filters,
		.columns = param_get(&call->params, "columns"),
	};

	read_filters(cx, call, &filters);
	return sheet_form_asked(cx, call, &e.form) && answer(cx, call, &e, call->of->plural);
}

/* Those that were marked in a list, in the order in which they are named. */
bool records_export_some(struct ctx *cx, struct api_call *call)
{
	const struct params all = { 0 };
	struct export e = { .of = call->of, .filters = &all };
	const char *format = "csv";
	int64_t *ids;

	if (!body_only(cx, call, "ids columns format") ||
		!body_text(cx, call, "columns", &e.columns) ||
		!body_text(cx, call, "format", &format) || !body_ids(cx, call, "ids", ROWS, &ids))
		return false;
	e.ids = ids;
	e.n = json_array_size(json_object_get(call->body, "ids"));
	return sheet_form_read(cx, format, &e.form) && answer(cx, call, &e, call->of->plural);
}

/* The rows that a screen shows of a sheet, which sifts and sorts by itself. */
bool prospects_export(struct ctx *cx, struct api_call *call)
{
	const struct param filters[] = { { "list_id", textf(cx, "%lld", (long long)call->id) },
		{ "removed", "true" } };
	struct params ps = { filters, 1 };
	struct export e = { .of = &prospect_entity, .filters = &ps };
	const char *format = "csv";
	bool discarded = false;
	int64_t *ids;

	if (!body_only(cx, call, "ids columns format discarded") ||
		!body_text(cx, call, "columns", &e.columns) ||
		!body_text(cx, call, "format", &format) ||
		!body_bool(cx, call, "discarded", &discarded) ||
		!body_ids(cx, call, "ids", ROWS, &ids))
		return false;
	e.ids = ids;
	e.n = json_array_size(json_object_get(call->body, "ids"));
	ps.n += discarded;
	return sheet_form_read(cx, format, &e.form) && answer(cx, call, &e, "prospects");
}
