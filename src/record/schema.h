/* schema - from fields to tables, on both engines. */
#pragma once

#include "record/record.h"

/* Make what is missing: tables, columns, indexes, foreign keys, and the
 * tables of this room (op, change, search ...).  Never drops or renames:
 * that is what migrations/ is for.  entities ends in NULL. */
bool schema_apply(struct ctx *cx, const struct entity *const *entities);

/* The whole schema as text, for test/golden and people. */
void schema_write(struct buf *sql, const struct entity *const *entities, bool postgres);

/* Tell the store's id maker what was given out before. */
bool schema_seen_ids(struct ctx *cx, const struct entity *const *entities);

/* Settings of the workspace: one text each. */
bool setting_get(struct ctx *cx, const char *name, const char *fallback, const char **value);
bool setting_set(struct ctx *cx, const char *name, const char *value);
