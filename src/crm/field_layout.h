/* field_layout - how one field of a card looks to this firm: what it is
 * called, in which panel and where it stands, whether it is shown, a column of
 * lists, in the short form, asked for.  What is not said stays as usual.
 *
 * What a card cannot do without is never hidden, and what the program writes
 * is never asked for.  A hidden field keeps its values, and is asked of nobody. */
#pragma once

#include <jansson.h>

#include "crm/entities.h"
#include "record/list.h"

/* *found is NULL when nothing is said of the field. */
bool layout_find(struct ctx *cx, const char *entity, const char *field, struct record **found);
/* A field of that card, as it is now; NULL when it has no such. */
const struct field *layout_field(struct ctx *cx, const char *entity, const char *field);

/* A whole card in one operation: its panels in order, each
 * {"name","title_it","title_en","fields":["email",…]}.  A panel without a name
 * is made; one of the firm's own that is left out is removed.  Fields left out
 * come last in their panels, those of a removed panel where they once were.
 * *arranged: the panels, as records.
 *
 * PROBLEM_INVALID  naming what does not fit: "panels", "panels.2.title_it" */
bool layout_arrange(
	struct ctx *cx, const char *entity, const json_t *panels, struct page *arranged);
