/* What an older store has, or lacks. */
#include <string.h>

#include "base/arena.h"
#include "record/parts.h"

/* Indexes in whose place others stand. */
static const char *const gone[] = { "leadowner_id_next_action_at_id",
	"leadstatus_id_status_since_id", "leadconverted_at_id", "opportunityclosed_at_id",
	"activitycreated_at_created_by_lead_id_opportu", "op_merit", NULL };

bool schema_drop_gone(struct ctx *cx)
{
	for (const char *const *name = gone; *name; name++)
		if (!db_run(cx, textf(cx, "drop index if exists %s", *name), NO_ARGS))
			return false;
	return true;
}

bool schema_lacks_carried(struct ctx *cx, const struct entity *e, const char *names)
{
	bool lacks = false;

	for (size_t i = 0; i < entity_width(e) && !lacks; i++)
		lacks = entity_field(e, i)->carried &&
			!strstr(names, textf(cx, "|%s|", entity_field(e, i)->name));
	return lacks;
}
