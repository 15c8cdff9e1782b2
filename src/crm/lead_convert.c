/* A lead becomes company, contact and opportunity, all of it or none. */
#include <string.h>

#include "base/arena.h"
#include "crm/conversion_parts.h"
#include "crm/firm.h"
#include "crm/lead.h"
#include "crm/lead_status.h"
#include "crm/opportunity_parts.h"
#include "crm/stage.h"
#include "record/op.h"

static bool must_be_convertible(struct ctx *cx, const struct record *lead)
{
	const char *obstacle = conversion_obstacle(lead);

	return !obstacle || refuse(cx, PROBLEM_CONFLICT, obstacle);
}

/* What is wrong with a part is told by its name: "company.name". */
static bool told_of(struct ctx *cx, bool ok, const struct entity *part)
{
	for (struct field_problem *p = cx->problem.fields; !ok && p; p = p->next)
		if (!strchr(p->field, '.'))
			p->field = textf(cx, "%s.%s", part->name, p->field);
	return ok;
}

static void let_go(void *tree)
{
	json_decref(tree);
}

/* The stage is the one field of the preview that plain editing may not set. */
static bool take_stage(struct ctx *cx, struct record *draft, const json_t *given)
{
	struct record *stage;

	if (!json_is_integer(given))
		return !given || refuse_field(cx, "stage_id", "field.type");
	if (!stage_load(cx, json_integer_value(given), &stage))
		return false;
	opportunity_enter(draft, stage);
	record_copy(draft, stage, "probability");
	return true;
}

static bool take_fields(struct ctx *cx, struct record *draft, const json_t *fields)
{
	json_t *plain = json_copy((json_t *)fields);

	arena_defer(cx->mem, let_go, plain);
	if (entity_is(draft->of, &opportunity_entity)) {
		if (!take_stage(cx, draft, json_object_get(fields, "stage_id")))
			return false;
		json_object_del(plain, "stage_id");
	}
	return record_fill(cx, draft, plain);
}

/* A linked record gives what it has; the lead fills what it lacks, if this
 * user may write there. */
static bool take_existing(
	struct ctx *cx, int64_t id, const struct record *draft, struct record **chosen)
{
	if (!record_load(cx, draft->of, id, RIGHT_READ, chosen)) {
		if (cx->problem.kind != PROBLEM_NOT_FOUND)
			return false;
		ctx_clear(cx);
		return refuse_field(cx, draft->of->name, "field.link");
	}
	if (record_has(*chosen, "removed_at"))
		return refuse_field(cx, draft->of->name, "field.link");
	if (rights_covers(cx->who, draft->of, RIGHT_WRITE, record_int(*chosen, "owner_id")))
		conversion_fill(*chosen, draft);
	return true;
}

static bool choose(struct ctx *cx, const struct part *part, struct record *draft, bool by_default,
	struct record **chosen)
{
	*chosen = NULL;
	if (part->wish == PART_NONE || (part->wish == PART_DEFAULT && !by_default))
		return true;
	if (part->wish == PART_EXISTING)
		return take_existing(cx, part->id, draft, chosen);
	if (!rights_demand(cx, draft->of, RIGHT_WRITE))
		return false;
	*chosen = draft;
	if (part->wish == PART_DEFAULT || !part->fields)
		return true;
	return told_of(cx, take_fields(cx, draft, part->fields), draft->of);
}

static bool choose_parts(struct ctx *cx, const struct conversion *how, struct draft *draft,
	struct conversion_outcome *made)
{
	bool ok = choose(cx, &how->company, draft->company, draft->has_company, &made->company);

	ok = choose(cx, &how->contact, draft->contact, draft->has_contact, &made->contact) && ok;
	ok = choose(cx, &how->opportunity, draft->opportunity, true, &made->opportunity) && ok;
	if (ok && !made->company && !made->contact)
		ok = refuse_field(cx, "company", "conversion.nothing");
	return ok;
}

/* From marketing to sales: the lead and what is made of it (S3.19). */
static bool hand_over(struct ctx *cx, const struct conversion *how, struct conversion_outcome *made)
{
	struct record *const parts[] = { made->lead, made->company, made->contact,
		made->opportunity };

	if (!how->owner_id)
		return true;
	if (!must_be_a_colleague(cx, how->owner_id))
		return false;
	made->is_handed_over = record_int(made->lead, "owner_id") != how->owner_id;
	for (size_t i = 0; i < COUNT(parts); i++)
		if (parts[i] && (!parts[i]->id || parts[i] == made->lead))
			record_set(parts[i], "owner_id", v_int(how->owner_id));
	return true;
}

static bool store_part(struct ctx *cx, struct record *part)
{
	return told_of(cx, record_store(cx, part), part->of);
}

static bool make_company(struct ctx *cx, struct conversion_outcome *made)
{
	return !made->company || store_part(cx, made->company);
}

static bool may_be_changed(struct ctx *cx, const struct record *rec)
{
	return !rec->id ||
	       rights_covers(cx->who, rec->of, RIGHT_WRITE, record_int(rec, "owner_id"));
}

static bool make_contact(struct ctx *cx, struct conversion_outcome *made)
{
	if (!made->contact)
		return true;
	if (made->company && !record_has(made->contact, "company_id") &&
		may_be_changed(cx, made->contact))
		record_set(made->contact, "company_id", v_int(made->company->id));
	return store_part(cx, made->contact);
}

static bool make_opportunity(struct ctx *cx, struct conversion_outcome *made)
{
	struct record *opportunity = made->opportunity;

	if (!opportunity)
		return true;
	if (made->company)
		record_set(opportunity, "company_id", v_int(made->company->id));
	if (made->contact)
		record_set(opportunity, "contact_id", v_int(made->contact->id));
	record_set(opportunity, "lead_id", v_int(made->lead->id));
	if (!record_has(opportunity, "campaign_id"))
		record_copy(opportunity, made->lead, "campaign_id");
	return store_part(cx, opportunity);
}

/* The dialogue turned to money: an open lead is qualified by that (S1.17). */
static bool qualify(struct ctx *cx, struct record *lead)
{
	struct record *status;

	if (!record_is(lead, "status_type", "open"))
		return true;
	if (!lead_status_first(cx, "qualified", &status))
		return false;
	if (!status)
		return refuse(cx, PROBLEM_CONFLICT, "conversion.no_status");
	lead_enter(cx, lead, status);
	return true;
}

static bool close_lead(struct ctx *cx, struct conversion_outcome *made)
{
	struct record *lead = made->lead;

	record_set(lead, "converted_at", v_int(cx->now));
	record_set(lead, "converted_by", v_id(cx->who->id));
	if (made->company)
		record_set(lead, "company_id", v_int(made->company->id));
	if (made->contact)
		record_set(lead, "contact_id", v_int(made->contact->id));
	if (made->opportunity)
		record_set(lead, "opportunity_id", v_int(made->opportunity->id));
	return qualify(cx, lead) && record_store(cx, lead);
}

bool lead_convert(
	struct ctx *cx, int64_t id, const struct conversion *how, struct conversion_outcome *made)
{
	struct draft draft;

	*made = (struct conversion_outcome){ 0 };

	bool ok = op_begin(cx, "lead.convert") && lead_load(cx, id, &made->lead) &&
		  must_be_convertible(cx, made->lead) && draft_make(cx, made->lead, &draft) &&
		  choose_parts(cx, how, &draft, made) && hand_over(cx, how, made) &&
		  make_company(cx, made) && make_contact(cx, made) && make_opportunity(cx, made) &&
		  close_lead(cx, made) && op_about(cx, made->lead);

	return op_end(cx, ok);
}
