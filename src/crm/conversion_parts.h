/* conversion_parts - what the preview and the verb of conversion share. */
#pragma once

#include "crm/conversion.h"
#include "crm/mapping.h"

/* What a lead would become, not stored. */
struct draft {
	struct mappings mappings;
	struct record *company, *contact, *opportunity;
	bool has_company, has_contact; /* made when nothing else is said */
};

bool draft_make(struct ctx *cx, const struct record *lead, struct draft *draft);

/* Why it cannot be converted, as a key of locales; NULL when it can. */
const char *conversion_obstacle(const struct record *lead);

/* Whether conversion may give the field a value: others are the verbs'. */
bool conversion_may_set(const struct field *f);

/* The empty fields of an existing record that the draft has a value for: each
 * is told to fill. */
void conversion_fill(struct record *existing, const struct record *draft);
