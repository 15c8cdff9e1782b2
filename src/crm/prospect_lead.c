/* A row becomes a lead: each cell gets its meaning as in an import (S5.43). */
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "crm/firm.h"
#include "crm/lead.h"
#include "crm/prospect_parts.h"
#include "record/import.h"
#include "record/op.h"

/* One that was removed makes way for another. */
static bool must_not_be_a_lead(struct ctx *cx, const struct record *row)
{
	int64_t n = 0;

	if (record_has(row, "lead_id") &&
		!db_int(cx, &n, 0,
			"select count(*) from lead where ws = $1 and id = $2 and removed_at is null",
			ARGS(v_int(cx->ws), v_int(record_int(row, "lead_id")))))
		return false;
	return !n || refuse(cx, PROBLEM_CONFLICT, "prospect.is_lead");
}

static bool take_cell(struct ctx *cx, struct record *lead, const struct prospect_column *c,
	const char *s, json_t *rest)
{
	struct import_taken taken;

	if (!c->lead) {
		json_object_set_new(rest, c->label, json_string(s));
		return true;
	}
	if (!import_cell_take(cx, &lead_entity, c->lead, s, &taken))
		return false;
	if (taken.why)
		return refuse_field(
			cx, c->key, taken.why, textf(cx, "%u", c->lead->max ? c->lead->max : 200));
	if (taken.v.type != VAL_NULL)
		record_set(lead, c->key, taken.v);
	if (taken.partly)
		json_object_set_new(rest, c->label, json_string(s));
	return true;
}

/* All that cannot be taken is told at once; what has no field of the lead, or
 * says more than the field, is kept under its heading. */
static bool take_cells(struct ctx *cx, const struct record *row, struct record *lead)
{
	const json_t *own = prospect_own_cells(cx, row);
	const struct prospect_columns *columns;
	json_t *rest = json_object();
	char *text;

	arena_defer(cx->mem, (void (*)(void *))json_decref, rest);
	if (!prospect_columns_of(cx, record_int(row, "list_id"), &columns))
		return false;
	for (size_t i = 0; i < columns->n; i++) {
		const char *s = prospect_cell(row, &columns->c[i], own);

		if (*s)
			(void)take_cell(cx, lead, &columns->c[i], s, rest);
	}
	text = json_object_size(rest) ? json_dumps(rest, JSON_COMPACT) : NULL;
	record_set_text(lead, "custom", text ? arena_dup(cx->mem, text) : NULL);
	free(text);
	return cx->problem.kind == PROBLEM_NONE;
}

/* Where the list's people come from, and who works on it now (S5.11). */
static bool take_origin(
	struct ctx *cx, const struct record *row, int64_t owner_id, struct record *lead)
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
	record_copy(lead, row, "owner_id");
	if (!owner_id)
		return true;
	record_set(lead, "owner_id", v_int(owner_id));
	return must_be_a_colleague(cx, owner_id);
}

static bool close_row(struct ctx *cx, struct record *row, const struct record *lead)
{
	record_set(row, "lead_id", v_int(lead->id));
	record_set_text(row, "state", "lead");
	record_set(row, "call_at", v_null());
	return record_store(cx, row);
}

bool prospect_make_lead(struct ctx *cx, int64_t owner_id, struct prospect_outcome *made)
{
	struct record *row = made->prospect, *lead = record_new(cx, &lead_entity);

	made->lead = lead;
	return must_not_be_a_lead(cx, row) && rights_demand(cx, &lead_entity, RIGHT_WRITE) &&
	       take_cells(cx, row, lead) && take_origin(cx, row, owner_id, lead) &&
	       record_store(cx, lead) && close_row(cx, row, lead);
}

bool prospect_lead(struct ctx *cx, int64_t id, int64_t owner_id, struct prospect_outcome *made)
{
	*made = (struct prospect_outcome){ 0 };

	bool ok = op_begin(cx, "prospect.lead") &&
		  record_load(cx, &prospect_entity, id, RIGHT_WRITE, &made->prospect) &&
		  prospect_make_lead(cx, owner_id, made) && op_about(cx, made->prospect);

	return op_end(cx, ok);
}
