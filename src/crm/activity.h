/* activity - a task, call, e-mail, appointment or comment about a lead, a
 * company, a contact, an opportunity or a prospect. */
#pragma once

#include "crm/entities.h"
#include "record/record.h"

/* task, call, email, meeting, comment */
extern const struct choice activity_kinds[];

bool activity_complete(struct ctx *cx, struct record *activity);
