/* Where leads come from: a channel of acquisition. */
#include "crm/entities.h"
#include "record/record.h"

static const struct field fields[] = {
	{ "name", FIELD_TEXT, "Nome", "Name", "origin", .max = 150, .required = true,
		.unique = true, .list = true },
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
