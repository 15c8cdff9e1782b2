/* pipeline - a way of selling: an order of stages of its own.
 *
 * Every stage belongs to one, and an opportunity is in that of its stage.  A
 * firm begins with one and may never see the word. */
#pragma once

#include "crm/entities.h"
#include "record/record.h"

/* The first active one by position; NULL when there is none. */
bool pipeline_first(struct ctx *cx, struct record **pipeline);
/* Make the first one where there is none, and put all stages into it: of a new
 * workspace, or of one that is older than pipelines.  Inside an operation. */
bool pipeline_found(struct ctx *cx);
