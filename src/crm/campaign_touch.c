/* Somebody met a campaign: from then on he is a lead of it. */
#include <string.h>

#include "crm/campaign.h"
#include "crm/lead.h"
#include "crm/prospect_parts.h"
#include "record/op.h"

static bool must_be_there(struct ctx *cx, const struct record *rec)
{
	return !record_has(rec, "removed_at") ||
	       refuse(cx, PROBLEM_CONFLICT, "touch.removed", record_title(cx, rec));
}

/* A link that leads nowhere is told under its name. */
static bool load_met(
	struct ctx *cx, const struct entity *of, const char *name, int64_t id, struct record **met)
{
	enum right right = entity_is(of, &contact_entity) ? RIGHT_READ : RIGHT_WRITE;

	if (record_load(cx, of, id, right, met))
		return must_be_there(cx, *met);
	if (cx->problem.kind != PROBLEM_NOT_FOUND)
		return false;
	ctx_clear(cx);
	return refuse_field(cx, name, "field.link");
}

/* Answering makes a lead; a message alone does not (S3.6). */
static bool make_lead(struct ctx *cx, const struct record *campaign, const struct touch_ask *ask,
	struct record **lead)
{
	if (!strcmp(ask->kind, "sent"))
		return refuse_field(cx, "kind", "touch.no_interest");
	if (!rights_demand(cx, &lead_entity, RIGHT_WRITE))
		return false;
	*lead = record_new(cx, &lead_entity);
	if (!record_fill(cx, *lead, ask->lead) || !record_check_links(cx, *lead))
		return false;
	if (!record_has(*lead, "source_id"))
		record_copy(*lead, campaign, "source_id");
	record_set(*lead, "campaign_id", v_int(campaign->id));
	return record_store(cx, *lead);
}

/* The lead that a row became before, as far as the user may change it. */
static bool find_lead_of(struct ctx *cx, const struct record *row, struct record **lead)
{
	if (!record_find(cx, &lead_entity, "id", v_int(record_int(row, "lead_id")), lead))
		return false;
	if (*lead &&
		!rights_covers(cx->who, &lead_entity, RIGHT_WRITE, record_int(*lead, "owner_id")))
		*lead = NULL;
	return true;
}

/* The first manifestation of interest takes a row out of its list (S3.6). */
static bool meet_prospect(struct ctx *cx, const struct record *campaign,
	const struct touch_ask *ask, struct touch_made *made)
{
	bool shows = strcmp(ask->kind, "sent") != 0, is_lead;
	struct prospect_turn turn = { .campaign_id = campaign->id,
		.source_id = record_int(campaign, "source_id") };
	struct prospect_outcome out = { 0 };

	if (!load_met(cx, &prospect_entity, "prospect_id", ask->prospect_id, &made->prospect) ||
		!prospect_is_lead(cx, made->prospect, &is_lead))
		return false;
	if (is_lead)
		return find_lead_of(cx, made->prospect, &made->lead);
	out.prospect = made->prospect;
	if (!shows)
		return true;
	if (!prospect_make_lead(cx, &turn, &out))
		return false;
	made->lead = out.lead;
	return true;
}

static bool find_met(struct ctx *cx, const struct record *campaign, const struct touch_ask *ask,
	struct touch_made *made, struct record **contact)
{
	if ((ask->lead_id != 0) + (ask->contact_id != 0) + (ask->prospect_id != 0) +
			(ask->lead != NULL) !=
		1)
		return refuse_field(cx, "lead_id", "touch.one");
	if (ask->lead)
		return make_lead(cx, campaign, ask, &made->lead);
	if (ask->prospect_id)
		return meet_prospect(cx, campaign, ask, made);
	if (ask->lead_id)
		return load_met(cx, &lead_entity, "lead_id", ask->lead_id, &made->lead);
	return load_met(cx, &contact_entity, "contact_id", ask->contact_id, contact);
}

static bool is_kind(const char *kind)
{
	for (const struct choice *c = touch_kinds; c->value; c++)
		if (!strcmp(c->value, kind))
			return true;
	return false;
}

static bool keep_touch(struct ctx *cx, const struct record *campaign, const struct touch_ask *ask,
	const struct record *contact, struct touch_made *made)
{
	struct record *touch = made->touch = record_new(cx, &touch_entity);

	record_set(touch, "campaign_id", v_int(campaign->id));
	record_set(touch, "lead_id", v_id(made->lead ? made->lead->id : 0));
	if (made->prospect)
		record_copy(touch, made->prospect, "lead_id");
	record_set(touch, "contact_id", v_id(contact ? contact->id : 0));
	record_set(touch, "prospect_id", v_id(ask->prospect_id));
	record_set_text(touch, "kind", ask->kind);
	record_set_text(touch, "note", ask->note);
	record_set(touch, "at", v_int(ask->at ? ask->at : cx->now));
	return record_store(cx, touch);
}

/* S3.8: the campaign whose call was answered first. */
static bool mark_lead(struct ctx *cx, const struct record *campaign, struct record *lead,
	const struct record *touch)
{
	if (!lead || record_has(lead, "campaign_id") || record_has(lead, "converted_at") ||
		record_is(touch, "kind", "sent"))
		return true;
	record_set(lead, "campaign_id", v_int(campaign->id));
	return record_store(cx, lead);
}

/* What they did themselves; a call and a visit are our doing. */
static bool wake_lead(struct ctx *cx, const struct record *campaign, struct record *lead,
	const struct record *touch)
{
	struct answer answer = { .what = record_title(cx, campaign),
		.at = record_int(touch, "at") };

	if (!lead || (!record_is(touch, "kind", "answered") && !record_is(touch, "kind", "form")))
		return true;
	return lead_answered(cx, lead, &answer);
}

static bool take_words(struct ctx *cx, struct touch_ask *ask)
{
	if (!*ask->kind)
		ask->kind = "answered";
	if (!is_kind(ask->kind))
		refuse_field(cx, "kind", "field.choice");
	if (strlen(ask->note) > 1000)
		refuse_field(cx, "note", "field.too_long", "1000");
	return cx->problem.kind == PROBLEM_NONE;
}

bool campaign_touch(
	struct ctx *cx, int64_t id, const struct touch_ask *asked, struct touch_made *made)
{
	struct touch_ask ask = *asked;
	struct record *campaign, *contact = NULL;

	*made = (struct touch_made){ 0 };

	bool ok = op_begin(cx, "campaign.touch") &&
		  record_load(cx, &campaign_entity, id, RIGHT_READ, &campaign) &&
		  must_be_there(cx, campaign) && take_words(cx, &ask) &&
		  find_met(cx, campaign, &ask, made, &contact) &&
		  keep_touch(cx, campaign, &ask, contact, made) &&
		  mark_lead(cx, campaign, made->lead, made->touch) &&
		  wake_lead(cx, campaign, made->lead, made->touch) &&
		  op_about(cx, made->lead ? made->lead
			       : contact  ? contact
					  : made->prospect);

	return op_end(cx, ok);
}
