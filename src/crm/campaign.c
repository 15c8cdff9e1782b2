/* A campaign: what the firm does to be heard of, and what it may cost. */
#include "crm/campaign.h"

#include <string.h>

#include "base/secret.h"
#include "crm/campaign_send.h"
#include "crm/firm.h"

/* S3.7 */
static const struct choice kinds[] = {
	{ "newsletter", "Newsletter", "Newsletter" },
	{ "fair", "Fiera", "Trade fair" },
	{ "advert", "Pubblicità", "Advert" },
	{ "mailing", "Invio postale", "Mailing" },
	{ "calls", "Telefonate", "Calls" },
	{ "event", "Evento", "Event" },
	{ "web", "Web", "Web" },
	{ "other", "Altro", "Other" },
	{ NULL },
};

static const struct choice channels[] = {
	{ "email", "E-mail", "E-mail" },
	{ "phone", "Telefono", "Phone" },
	{ "post", "Posta", "Post" },
	{ "press", "Stampa", "Press" },
	{ "web", "Sito web", "Web site" },
	{ "social", "Social", "Social media" },
	{ "in_person", "Di persona", "In person" },
	{ "other", "Altro", "Other" },
	{ NULL },
};

static const struct choice states[] = {
	{ "planned", "Prevista", "Planned" },
	{ "running", "In corso", "Running" },
	{ "ended", "Conclusa", "Ended" },
	{ NULL },
};

static const struct field fields[] = {
	{ "name", FIELD_TEXT, "Nome", "Name", "campaign", .max = 200, .required = true,
		.searchable = true, .quick = true,
		.also = "Campagna|Nome campagna|Campaign|Campaign Name" },
	{ "kind", FIELD_CHOICE, "Tipo", "Kind", "campaign", .choices = kinds, .required = true,
		.initial = "newsletter", .list = true, .quick = true,
		.also = "Type|Campaign Type" },
	{ "channel", FIELD_CHOICE, "Canale", "Channel", "campaign", .choices = channels,
		.list = true, .quick = true },
	{ "state", FIELD_CHOICE, "Stato", "State", "campaign", .choices = states, .required = true,
		.initial = "planned", .list = true, .also = "Status" },
	{ "starts_on", FIELD_DATE, "Inizio", "Start", "campaign", .list = true, .quick = true,
		.also = "Data inizio|Start Date|Dal" },
	{ "ends_on", FIELD_DATE, "Fine", "End", "campaign", .list = true,
		.also = "Data fine|End Date|Al" },
	{ "budget", FIELD_MONEY, "Budget", "Budget", "campaign", .list = true, .quick = true,
		.also = "Budget previsto|Budgeted Cost" },
	{ "budget_currency", FIELD_CURRENCY, "Valuta del budget", "Budget currency", "campaign",
		.max = 3, .also = "Valuta|Currency" },
	{ "source_id", FIELD_LINK, "Origine dei lead", "Source of its leads", "campaign",
		.to = &source_entity },
	{ "segment_id", FIELD_LINK, "Segmento", "Segment", "message", .to = &segment_entity },
	{ "subject", FIELD_TEXT, "Oggetto", "Subject", "message", .max = 250 },
	{ "body", FIELD_LONGTEXT, "Testo", "Text", "message", .max = 20000 },
	{ "stamp", FIELD_TEXT, "Firma", "Signature", "message", .max = 64, .secret = true },
	{ "owner_id", FIELD_LINK, "Assegnata a", "Assigned to", "campaign", .to = &user_entity,
		.required = true, .list = true },
	{ "description", FIELD_LONGTEXT, "Descrizione", "Description", "notes" },
};

static const char *const verbs[] = { "touch", "send", "stop", NULL };

/* What its links to leave are signed with. */
static void begin(struct ctx *cx, struct record *campaign)
{
	char token[TOKEN_TEXT];

	if (record_has(campaign, "stamp"))
		return;
	token_make(token);
	record_set_text(campaign, "stamp", textf(cx, "%s", token));
}

static bool check(struct ctx *cx, struct record *campaign)
{
	const char *start = record_text(campaign, "starts_on");
	const char *end = record_text(campaign, "ends_on");

	if (*start && *end && strcmp(end, start) < 0)
		return refuse_field(cx, "ends_on", "campaign.ends_before");
	if (record_int(campaign, "budget") < 0)
		return refuse_field(cx, "budget", "campaign.positive");
	if (!letter_check(cx, campaign, "subject") || !letter_check(cx, campaign, "body"))
		return false;
	begin(cx, campaign);
	return currency_beside(cx, campaign, "budget", "budget_currency") &&
	       owner_complete(cx, campaign);
}

static const char *title(struct ctx *cx, const struct record *campaign)
{
	(void)cx;
	return record_text(campaign, "name");
}

static const char *subtitle(struct ctx *cx, const struct record *campaign)
{
	const struct choice *kind = field_choice(&fields[1], record_text(campaign, "kind"));

	if (!kind)
		return "";
	return cx->lang == LANG_IT ? kind->it : kind->en;
}

const struct entity campaign_entity = {
	.name = "campaign",
	.plural = "campaigns",
	.it = "Campagna",
	.en = "Campaign",
	.its = "Campagne",
	.ens = "Campaigns",
	.fields = fields,
	.field_count = COUNT(fields),
	.extensible = true,
	.owned = true,
	.verbs = verbs,
	.check = check,
	.title = title,
	.subtitle = subtitle,
};
