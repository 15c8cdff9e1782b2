/* A touch: a campaign has met somebody. */
#include "crm/campaign.h"
#include "crm/firm.h"
#include "crm/lead_temperature.h"

const struct choice touch_kinds[] = {
	{ "sent", "Messaggio inviato", "Message sent" },
	{ "answered", "Risposta", "Answer" },
	{ "form", "Modulo compilato", "Form filled in" },
	{ "call", "Telefonata", "Call" },
	{ "visit", "Visita o incontro", "Visit or meeting" },
	{ NULL },
};

/* Whom and by which campaign is said once, by campaign_touch. */
static const struct field fields[] = {
	{ "campaign_id", FIELD_LINK, "Campagna", "Campaign", "campaign", .to = &campaign_entity,
		.required = true, .readonly = true, .list = true },
	{ "lead_id", FIELD_LINK, "Lead", "Lead", "campaign", .to = &lead_entity, .readonly = true,
		.list = true },
	{ "contact_id", FIELD_LINK, "Contatto", "Contact", "campaign", .to = &contact_entity,
		.readonly = true, .list = true },
	{ "prospect_id", FIELD_LINK, "Prospect", "Prospect", "campaign", .to = &prospect_entity,
		.readonly = true },
	{ "kind", FIELD_CHOICE, "Tipo", "Kind", "campaign", .choices = touch_kinds,
		.required = true, .initial = "answered", .list = true },
	{ "at", FIELD_TIME, "Quando", "When", "campaign", .required = true, .list = true },
	{ "note", FIELD_TEXT, "Nota", "Note", "campaign", .max = 1000, .list = true },
	{ "owner_id", FIELD_LINK, "Registrato da", "Entered by", "campaign", .to = &user_entity,
		.required = true },
};

static const char *const indexes[] = {
	"campaign_id, id",
	"lead_id, id where lead_id is not null",
	"contact_id, id where contact_id is not null",
	"prospect_id, id where prospect_id is not null",
	NULL,
};

bool met_is_one(const struct record *rec)
{
	return record_has(rec, "contact_id") !=
	       (record_has(rec, "lead_id") || record_has(rec, "prospect_id"));
}

static bool check(struct ctx *cx, struct record *touch)
{
	if (!record_has(touch, "campaign_id"))
		refuse_field(cx, "campaign_id", "touch.by_verb");
	if (!met_is_one(touch))
		refuse_field(cx, "lead_id", "touch.one");
	if (record_int(touch, "at") > cx->now)
		refuse_field(cx, "at", "touch.future");
	return cx->problem.kind == PROBLEM_NONE && owner_complete(cx, touch) &&
	       temperature_hear(cx, touch);
}

static const char *title(struct ctx *cx, const struct record *touch)
{
	const struct choice *kind = touch_kinds;

	while (kind->value && !record_is(touch, "kind", kind->value))
		kind++;
	if (!kind->value)
		return "";
	return cx->lang == LANG_IT ? kind->it : kind->en;
}

const struct entity touch_entity = {
	.name = "touch",
	.plural = "touches",
	.it = "Contatto di campagna",
	.en = "Campaign touch",
	.its = "Contatti di campagna",
	.ens = "Campaign touches",
	.fields = fields,
	.field_count = COUNT(fields),
	.owned = true,
	.constraints = MET_IS_ONE,
	.indexes = indexes,
	.check = check,
	.title = title,
};
