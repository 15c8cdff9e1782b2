/* What one works by: agenda, board, search, figures, history, undo. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "api/handlers.h"
#include "api/spool.h"
#include "base/arena.h"
#include "base/clock.h"
#include "crm/agenda.h"
#include "crm/board.h"
#include "crm/duplicates.h"
#include "crm/entities.h"
#include "crm/kpi.h"
#include "crm/tour.h"
#include "record/op.h"
#include "record/search.h"

static const char *ask(const struct api_call *call, const char *name)
{
	return param_get(&call->params, name);
}

bool work_agenda(struct ctx *cx, struct api_call *call)
{
	struct agenda_ask a = {
		.list = ask(call, "list"), .who = ask(call, "who"), .cursor = ask(call, "cursor")
	};

	return query_limit(cx, call, LIST_DEFAULT, &a.limit) && agenda_write(cx, &call->out, &a);
}

bool work_board(struct ctx *cx, struct api_call *call)
{
	struct board_ask a = {
		.who = ask(call, "who"), .q = ask(call, "q"), .column = ask(call, "column")
	};

	return query_limit(cx, call, LIST_DEFAULT, &a.limit) &&
	       query_int(cx, call, "after", &a.after) &&
	       query_int(cx, call, "pipeline_id", &a.pipeline_id) &&
	       board_write(cx, &call->out, &a);
}

bool work_search(struct ctx *cx, struct api_call *call)
{
	const char *q = ask(call, "q");
	size_t limit;

	if (!query_limit(cx, call, 20, &limit))
		return false;
	if (!q || strlen(q) > 200)
		return refuse_field(cx, "q", q ? "field.too_long" : "field.required", "200");
	return search_write(cx, &call->out, q, limit, searchable_entities);
}

/* The values being typed, as a record that is not stored. */
static bool like_of(struct ctx *cx, const struct api_call *call, struct record *like)
{
	for (size_t i = 0; i < call->params.n; i++) {
		const struct param *p = &call->params.p[i];
		int at = entity_find(like->of, p->name);

		if (!strcmp(p->name, "entity"))
			continue;
		if (at < 0 || field_is_number(entity_field(like->of, (size_t)at)))
			return refuse_field(cx, textf(cx, "%.60s", p->name), "query.unknown");
		if (strlen(p->value) > 300)
			return refuse_field(cx, p->name, "field.too_long", "300");
		record_set_text(like, p->name, p->value);
	}
	return true;
}

const struct entity *asked_entity(struct ctx *cx, const struct api_call *call)
{
	const char *name = ask(call, "entity");
	const struct entity *const *e = cx->entities;

	while (name && *e && strcmp((*e)->name, name) != 0)
		e++;
	if (!name || !*e)
		refuse_field(
			cx, "entity", name ? "query.entity" : "field.required", name ? name : "");
	return name ? *e : NULL;
}

bool work_duplicates(struct ctx *cx, struct api_call *call)
{
	const struct entity *of = asked_entity(cx, call);
	struct record *like = of ? record_new(cx, of) : NULL;

	return like && like_of(cx, call, like) && duplicates_write(cx, &call->out, like);
}

static bool ask_kpi(struct ctx *cx, const struct api_call *call, struct kpi_ask *a)
{
	*a = (struct kpi_ask){ .from = ask(call, "from"), .to = ask(call, "to") };
	return query_int(cx, call, "owner_id", &a->owner_id) &&
	       query_int(cx, call, "team_id", &a->team_id) &&
	       query_int(cx, call, "source_id", &a->source_id) &&
	       query_int(cx, call, "campaign_id", &a->campaign_id);
}

bool work_kpi(struct ctx *cx, struct api_call *call)
{
	struct kpi_ask a;

	return ask_kpi(cx, call, &a) && kpi_write(cx, &call->out, &a);
}

bool work_kpi_export(struct ctx *cx, struct api_call *call)
{
	struct spool spool;
	struct sheet_to to = { .out = spool_out, .arg = &spool };
	enum sheet_form form;
	struct kpi_ask a;

	spool_begin(&spool, call);
	if (!sheet_form_asked(cx, call, &form) || !ask_kpi(cx, call, &a) ||
		!kpi_export(cx, &a, form, &to)) {
		spool_drop(&spool);
		return false;
	}
	spool_answer_sheet(cx, &spool, form, "crisalide-kpi");
	return true;
}

bool work_tour(struct ctx *cx, struct api_call *call)
{
	return tour_write(cx, &call->out, call->api->welcome != NULL);
}

/* An id as a cursor. */
static bool ask_before(struct ctx *cx, const struct api_call *call, int64_t *before)
{
	*before = 0;
	return query_int(cx, call, "cursor", before);
}

bool work_history(struct ctx *cx, struct api_call *call)
{
	const struct entity *of = asked_entity(cx, call);
	struct history_walk *walk;
	struct change *changes;
	int64_t id = 0, before, last = 0;
	size_t n, limit, told = 0;
	struct record *rec;
	bool ok;

	ok = of && query_int(cx, call, "id", &id) && ask_before(cx, call, &before) &&
	     query_limit(cx, call, LIST_DEFAULT, &limit) &&
	     record_load(cx, of, id, RIGHT_READ, &rec) && history_of(cx, of, id, &changes, &n);
	if (!ok)
		return false;
	walk = history_walk_new(cx, rec);
	json_open(&call->out, '{');
	json_key(&call->out, "items");
	json_open(&call->out, '[');
	for (size_t i = 0; ok && i < n && told < limit; i++) {
		bool show = !before || changes[i].id < before;

		ok = history_write(cx, &call->out, walk, &changes[i], show);
		told += show;
		last = changes[i].id;
	}
	json_close(&call->out, ']');
	json_put_text(&call->out, "next",
		n && told == limit && changes[n - 1].id < last ? textf(cx, "%" PRId64, last)
							       : NULL);
	json_close(&call->out, '}');
	return ok;
}

static bool ask_flag(struct ctx *cx, const struct api_call *call, const char *name, bool *flag)
{
	const char *text = param_get(&call->params, name);

	*flag = text && !strcmp(text, "true");
	return !text || *flag || !strcmp(text, "false") || refuse_field(cx, name, "query.flag");
}

/* A local day, or an instant. */
static bool ask_instant(struct ctx *cx, const struct api_call *call, const char *name, int64_t *at)
{
	const char *text = param_get(&call->params, name);

	if (!text || clock_read(text, at))
		return true;
	if (!date_is_valid(text))
		return refuse_field(cx, name, "query.value", textf(cx, "%.60s", text));
	*at = date_start(text, cx->zone);
	return true;
}

bool work_operations(struct ctx *cx, struct api_call *call)
{
	struct op_filter f = { .reach = &lead_entity };

	return query_int(cx, call, "user_id", &f.user_id) && ask_before(cx, call, &f.before) &&
	       query_limit(cx, call, LIST_DEFAULT, &f.limit) &&
	       ask_flag(cx, call, "count", &f.is_counted) &&
	       ask_flag(cx, call, "work", &f.is_work) &&
	       ask_instant(cx, call, "at[gte]", &f.from) &&
	       ask_instant(cx, call, "at[lt]", &f.to) &&
	       query_int(cx, call, "source_id", &f.source_id) &&
	       query_int(cx, call, "campaign_id", &f.campaign_id) &&
	       op_write_page(cx, &call->out, &f);
}

bool work_operation(struct ctx *cx, struct api_call *call)
{
	return op_write(cx, &call->out, call->id);
}

bool work_undo(struct ctx *cx, struct api_call *call)
{
	bool skip = false;

	return body_only(cx, call, "skip_conflicts") &&
	       body_bool(cx, call, "skip_conflicts", &skip) && op_undo(cx, call->id, skip) &&
	       (cx->done ? op_write(cx, &call->out, cx->done->id)
			 : refuse(cx, PROBLEM_CONFLICT, "undo.nothing"));
}
