/* admin - somebody must be able to change the set-up. */
#pragma once

#include "record/record.h"

/* Whether after this change of a user or role there is still an active user
 * whose role may write the set-up: PROBLEM_CONFLICT user.last_admin. */
bool admin_remains(struct ctx *cx, const struct record *changed);
