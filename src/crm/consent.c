/* A consent: what somebody allowed or withdrew, when, how, and to which text. */
#include "crm/campaign.h"
#include "crm/firm.h"
#include "record/record.h"

static const struct choice purposes[] = {
	{ "marketing", "Marketing", "Marketing" },
	{ NULL },
};

static const struct choice channels[] = {
	{ "email", "E-mail", "E-mail" },
	{ NULL },
};

static const struct choice ways[] = {
	{ "form", "Modulo web", "Web form" },
	{ "paper", "Su carta", "On paper" },
	{ "spoken", "A voce", "Spoken" },
	{ "email", "Per e-mail", "By e-mail" },
	{ "other", "Altro", "Other" },
	{ NULL },
};

static const struct field fields[] = {
	{ "given", FIELD_BOOL, "Dato", "Given", "consent", .required = true, .initial = "1",
		.list = true, .quick = true },
	{ "purpose", FIELD_CHOICE, "Finalità", "Purpose", "consent", .choices = purposes,
		.required = true, .initial = "marketing", .list = true },
	{ "channel", FIELD_CHOICE, "Canale", "Channel", "consent", .choices = channels,
		.required = true, .initial = "email", .list = true },
	{ "at", FIELD_TIME, "Quando", "When", "consent", .required = true, .list = true,
		.quick = true },
	{ "how", FIELD_CHOICE, "Come", "How", "consent", .choices = ways, .required = true,
		.initial = "other", .list = true, .quick = true },
	{ "text", FIELD_LONGTEXT, "Testo", "Text", "consent", .max = 2000 },
	{ "text_version", FIELD_INT, "Versione del testo", "Version of the text", "consent" },
	{ "web_form_id", FIELD_LINK, "Modulo web", "Web form", "consent", .to = &web_form_entity },
	{ "lead_id", FIELD_LINK, "Lead", "Lead", "consent", .to = &lead_entity, .list = true },
	{ "contact_id", FIELD_LINK, "Contatto", "Contact", "consent", .to = &contact_entity,
		.list = true },
	{ "prospect_id", FIELD_LINK, "Prospect", "Prospect", "consent", .to = &prospect_entity },
	{ "owner_id", FIELD_LINK, "Registrato da", "Entered by", "consent", .to = &user_entity,
		.required = true },
};

static const char *const indexes[] = {
	"lead_id, id where lead_id is not null",
	"contact_id, id where contact_id is not null",
	"prospect_id, id where prospect_id is not null",
	NULL,
};

static bool check(struct ctx *cx, struct record *consent)
{
	if (!record_has(consent, "at"))
		record_set(consent, "at", v_int(cx->now));
	if (record_int(consent, "at") > cx->now)
		refuse_field(cx, "at", "touch.future");
	if (!met_is_one(consent))
		refuse_field(cx, "lead_id", "consent.one");
	return cx->problem.kind == PROBLEM_NONE && owner_complete(cx, consent);
}

static const char *title(struct ctx *cx, const struct record *consent)
{
	bool given = record_int(consent, "given");

	if (cx->lang == LANG_IT)
		return given ? "Marketing per e-mail: sì" : "Marketing per e-mail: no";
	return given ? "Marketing by e-mail: yes" : "Marketing by e-mail: no";
}

const struct entity consent_entity = {
	.name = "consent",
	.plural = "consents",
	.it = "Consenso",
	.en = "Consent",
	.its = "Consensi",
	.ens = "Consents",
	.fields = fields,
	.field_count = COUNT(fields),
	.owned = true,
	.constraints = MET_IS_ONE,
	.indexes = indexes,
	.check = check,
	.title = title,
};
