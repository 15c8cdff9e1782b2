/* reason - why a lead was not interested, an opportunity lost, a prospect
 * discarded: the firm's own list, for statistics.
 *
 * People choose one or write what they like; what they write in the words of
 * one of the list, in either language, counts as that one. */
#pragma once

#include "crm/entities.h"
#include "record/record.h"

/* The id of the reason of that kind that the text names, 0 for none. */
bool reason_named(struct ctx *cx, const char *kind, const char *text, int64_t *id);
/* The list to begin with, where there is none at all.  Inside an operation. */
bool reasons_found(struct ctx *cx);
