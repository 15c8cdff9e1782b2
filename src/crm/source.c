/* Where leads come from: a channel of acquisition. */
#include "crm/entities.h"
#include "record/record.h"

/* S3.9; where a list or a form does not say, people do. */
static const struct choice channels[] = {
	{ "web", "Sito web", "Web site" },
	{ "email", "E-mail", "E-mail" },
	{ "phone", "Telefono", "Phone" },
	{ "fair", "Fiera o evento", "Trade fair or event" },
	{ "referral", "Passaparola", "Referral" },
	{ "list", "Lista", "List" },
	{ "social", "Social", "Social media" },
	{ "advert", "Pubblicità", "Advertising" },
	{ "network", "Rete personale", "Own network" },
	{ "other", "Altro", "Other" },
	{ NULL },
};

static const struct field fields[] = {
	{ "name", FIELD_TEXT, "Nome", "Name", "origin", .max = 150, .required = true,
		.unique = true, .list = true },
	{ "channel", FIELD_CHOICE, "Canale", "Channel", "origin", .choices = channels,
		.list = true },
	{ "active", FIELD_BOOL, "Attiva", "Active", "origin", .required = true, .initial = "1",
		.list = true },
};

static const char *title(struct ctx *cx, const struct record *source)
{
	(void)cx;
	return record_text(source, "name");
}

const struct entity source_entity = {
	.name = "source",
	.plural = "sources",
	.it = "Origine",
	.en = "Source",
	.its = "Origini",
	.ens = "Sources",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.title = title,
};
