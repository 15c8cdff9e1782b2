/* layout - how the firm's cards look: what its tables field_layout and
 * field_panel say of fields and of the panels they stand in.
 *
 * A row of field_layout says of one field only what is otherwise than usual:
 * how it is called, its panel and place, whether it is shown, a column of
 * lists, in the short form, asked for.  Fields without a place of their own
 * come last in their panel.  A field that is hidden is asked of nobody. */
#pragma once

#include "db/db.h"
#include "meta/meta.h"

struct layout;

/* Everything there is to say, in mem. */
bool layout_read(struct ctx *cx, struct arena *mem, struct layout **layout);
/* Lay it over an entity whose fields (those of wide, still to be changed) are
 * given; false when nothing is said of it. */
bool layout_lay(
	const struct layout *layout, struct arena *mem, struct entity *wide, struct field *fields);
/* Whether fields of the entity stand in that panel. */
bool layout_is_own_panel(const struct entity *e, const char *name);
