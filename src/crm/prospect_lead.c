/* A row becomes a lead: each cell gets its meaning as in an import (S5.43). */
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "crm/firm.h"
#include "crm/lead.h"
#include "crm/prospect_parts.h"
#include "record/import.h"
#include "record/op.h"

enum { CARRIED_MAX = 1000 };

bool prospect_is_lead(struct ctx *cx, const struct record *row, bool *is_lead)
{
	int64_t n = 0;

	if (record_has(row, "lead_id") &&
		!db_int(cx, &n, 0,
			"select count(*) from lead where ws = $1 and id = $2 and removed_at is null",
			ARGS(v_int(cx->ws), v_int(record_int(row, "lead_id")))))
		return false;
	*is_lead = n;
	return true;
}

bool prospect_must_be_no_lead(struct ctx *cx, const struct record *row)
{
	bool is_lead;

	return prospect_is_lead(cx, row, &is_lead) &&
	       (!is_lead || refuse(cx, PROBLEM_CONFLICT, "prospect.is_lead"));
}

/* A row on its way to be a lead. */
struct taking {
	const struct record *row;
	struct record *lead;
	bool takes_all; /* what does not fit is kept aside */
	json_t *rest;
};

static bool take_cell(
	struct ctx *cx, const struct taking *t, const struct prospect_column *c, const char *s)
{
	struct import_taken taken = { 0 };

	if (c->lead && !import_cell_take(cx, &lead_entity, c->lead, s, &taken))
		return false;
	if (taken.why && !c->id && !t->takes_all)
		return refuse_field(
			cx, c->key, taken.why, textf(cx, "%u", c->lead->max ? c->lead->max : 200));
	if (c->lead && !taken.why && taken.v.type != VAL_NULL)
		record_set(t->lead, c->lead->name, taken.v);
	if (!c->lead || taken.why || taken.partly)
		json_object_set_new(t->rest, c->label, json_string(s));
	return true;
}

/* All that cannot be taken is told at once; what has no field of the lead, or
 * says more than the field, or stands in a column of the list's own and does
 * not fit, is kept under its heading. */
static bool take_cells(struct ctx *cx, struct taking *t)
{
	const json_t *own = prospect_own_cells(cx, t->row);
	const struct prospect_columns *columns;
	char *text;

	t->rest = json_object();
	arena_defer(cx->mem, (void (*)(void *))json_decref, t->rest);
	if (!prospect_columns_of(cx, record_int(t->row, "list_id"), &columns))
		return false;
	for (size_t i = 0; i < columns->n; i++) {
		const char *s = prospect_cell(t->row, &columns->c[i], own);

		if (*s)
			(void)take_cell(cx, t, &columns->c[i], s);
	}
	text = json_object_size(t->rest) ? json_dumps(t->rest, JSON_COMPACT) : NULL;
	record_set_text(t->lead, "custom", text ? arena_dup(cx->mem, text) : NULL);
	free(text);
	return cx->problem.kind == PROBLEM_NONE;
}

/* Newer than the list, and theirs. */
static void lay_over(struct ctx *cx, const struct record *answered, struct record *lead)
{
	const struct record *empty = record_new(cx, &lead_entity);

	for (size_t i = 0; answered && i < entity_width(lead->of); i++)
		if (answered->v[i].type != VAL_NULL && !val_same(&answered->v[i], &empty->v[i]))
			record_set(lead, entity_field(lead->of, i)->name, answered->v[i]);
}

/* Where the list's people come from, and who works on it now (S5.11). */
static bool take_origin(struct ctx *cx, const struct record *row, const struct prospect_turn *turn,
	struct record *lead)
{
	struct record *list;

	if (!record_load(
		    cx, &prospect_list_entity, record_int(row, "list_id"), RIGHT_READ, &list)) {
		/* a row may be one's own in a list that is not */
		if (cx->problem.kind != PROBLEM_NOT_FOUND)
			return false;
		ctx_clear(cx);
	} else {
		record_copy(lead, list, "source_id");
	}
	if (!record_has(lead, "source_id"))
		record_set(lead, "source_id", v_id(turn->source_id));
	record_set(lead, "campaign_id", v_id(turn->campaign_id));
	record_copy(lead, row, "owner_id");
	if (!turn->owner_id)
		return true;
	record_set(lead, "owner_id", v_int(turn->owner_id));
	return must_be_a_colleague(cx, turn->owner_id);
}

/* What is known of the row by a link is known of the lead too. */
static bool carry(struct ctx *cx, const struct entity *of, const struct record *row, int64_t lead)
{
	struct page page;
	struct args args;

	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(row->id));
	if (!list_select(cx, of,
		    " where t.ws = $1 and t.prospect_id = $2 and t.removed_at is null order by t.id",
		    &args, CARRIED_MAX, &page))
		return false;
	for (size_t i = 0; i < page.n; i++)
		record_set(page.items[i], "lead_id", v_int(lead));
	return record_store_all(cx, page.items, page.n);
}

static bool close_row(struct ctx *cx, struct record *row, const struct record *lead)
{
	record_set(row, "lead_id", v_int(lead->id));
	record_set_text(row, "state", "lead");
	record_set(row, "call_at", v_null());
	prospect_let_go(row);
	return record_store(cx, row);
}

bool prospect_make_lead(
	struct ctx *cx, const struct prospect_turn *turn, struct prospect_outcome *made)
{
	struct record *row = made->prospect, *lead = record_new(cx, &lead_entity);
	struct taking taking = { .row = row, .lead = lead, .takes_all = turn->answered };

	made->lead = lead;
	if (!prospect_must_be_no_lead(cx, row) || !rights_demand(cx, &lead_entity, RIGHT_WRITE) ||
		!take_cells(cx, &taking))
		return false;
	lay_over(cx, turn->answered, lead);
	return take_origin(cx, row, turn, lead) && record_store(cx, lead) &&
	       close_row(cx, row, lead) && carry(cx, &touch_entity, row, lead->id) &&
	       carry(cx, &consent_entity, row, lead->id);
}

bool prospect_lead(struct ctx *cx, int64_t id, int64_t owner_id, struct prospect_outcome *made)
{
	struct prospect_turn turn = { .owner_id = owner_id };

	*made = (struct prospect_outcome){ 0 };

	bool ok = op_begin(cx, "prospect.lead") &&
		  record_load(cx, &prospect_entity, id, RIGHT_WRITE, &made->prospect) &&
		  prospect_make_lead(cx, &turn, made) && op_about(cx, made->prospect);

	return op_end(cx, ok);
}
