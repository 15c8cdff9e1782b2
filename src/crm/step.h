/* step - what the firm puts in an order of its own: lead statuses, pipelines,
 * stages, reasons.  Each has the fields position and active. */
#pragma once

#include "record/record.h"

/* A new one without a position comes last. */
bool step_take_position(struct ctx *cx, struct record *step);
/* How many others of its table are active and not removed. */
bool step_others(struct ctx *cx, const struct record *step, int64_t *n);
/* It is being removed by the change in hand. */
bool step_is_going(const struct record *step);
