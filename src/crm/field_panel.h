/* field_panel - a panel of a card as the firm calls it: one of the program's
 * under another title, or one of its own.  Fields come into it by
 * field_layout. */
#pragma once

#include "crm/entities.h"

struct record;

/* *found is NULL when the card has no such row; removed ones are found last. */
bool panel_find(struct ctx *cx, const char *entity, const char *name, struct record **found);
/* A name of its title that no other panel of the card has. */
bool panel_name(struct ctx *cx, const char *entity, const char *title, const char **name);
