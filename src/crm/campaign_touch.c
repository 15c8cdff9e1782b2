/* Somebody met a campaign: from then on he is a lead of it. */
#include <string.h>

#include "crm/campaign.h"
#include "crm/lead.h"
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
	enum right right = entity_is(of, &lead_entity) ? RIGHT_WRITE : RIGHT_READ;

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

static bool find_met(struct ctx *cx, const struct record *campaign, const struct touch_ask *ask,
	struct touch_made *made, struct record **contact)
{
	if ((ask->lead_id != 0) + (ask->contact_id != 0) + (ask->lead != NULL) != 1)
		return refuse_field(cx, "lead_id", "touch.one");
	if (ask->lead)
		return make_lead(cx, campaign, ask, &made->lead);
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
	record_set(touch, "contact_id", v_id(contact ? contact->id : 0));
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
		  op_about(cx, made->lead ? made->lead : contact);

	return op_end(cx, ok);
}
