/* step - what the firm puts in an order of its own: lead statuses, pipelines,
 * stages, reasons.  Each has the fields position and active. */
#pragma once

#include "record/record.h"

/* A new one without a position comes last; one name is enough (S4.15). */
bool step_complete(struct ctx *cx, struct record *step);
/* How many others of its table are active and not removed. */
bool step_others(struct ctx *cx, const struct record *step, int64_t *n);
/* Put all steps of a table into this order: those not named follow in the
 * order they had.  One operation.
 *
 * PROBLEM_FORBIDDEN  only who may write the set-up
 * PROBLEM_NOT_FOUND  the table has no order
 * PROBLEM_INVALID    ids: one that is not there, or twice */
bool steps_order(struct ctx *cx, const struct entity *of, const int64_t *ids, size_t n);
/* It is being removed by the change in hand. */
bool step_is_going(const struct record *step);
