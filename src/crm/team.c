/* A team: who works together, and whose records its manager sees. */
#include "crm/entities.h"
#include "record/record.h"

static const struct field fields[] = {
	{ "name", FIELD_TEXT, "Nome", "Name", "person", .max = 100, .required = true,
		.unique = true, .list = true },
};

static const char *title(struct ctx *cx, const struct record *team)
{
	(void)cx;
	return record_text(team, "name");
}

const struct entity team_entity = {
	.name = "team",
	.plural = "teams",
	.it = "Gruppo",
	.en = "Team",
	.its = "Gruppi",
	.ens = "Teams",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.title = title,
};
