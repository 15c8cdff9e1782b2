/* opportunity_parts - what the verbs of opportunities share. */
#pragma once

#include "crm/opportunity.h"

enum { RENEWAL_MONTHS_MAX = 120 };

bool opportunity_must_be_open(struct ctx *cx, const struct record *opportunity);
/* It stands in this stage, and so in its pipeline. */
void opportunity_enter(struct record *opportunity, const struct record *stage);

/* A new one that says what the other says; no stage, no next action yet, not
 * stored. */
struct record *opportunity_copy(struct ctx *cx, const struct record *opportunity);

/* Puts into an opportunity being won when it is to be renewed.
 * PROBLEM_INVALID on renewal_months, renewal_on. */
bool renewal_settle(struct ctx *cx, struct record *opportunity, const struct win *win);
/* Makes the renewal of one just won; NULL when there is to be none. */
bool renewal_make(struct ctx *cx, const struct record *opportunity, struct record **renewal);
/* Before it is opened again: takes back a renewal that nobody has touched, and
 * leaves the day to the next win. */
bool renewal_take_back(struct ctx *cx, struct record *opportunity);
