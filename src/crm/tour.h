/* tour - five steps from a name to a customer, for who is new here (S5.46).
 *
 * A row of a list becomes a lead, the lead has its next action, is concluded as
 * qualified, is converted, and what came of it is won.  What is done is read
 * from the history: operations of this user that were not taken back; those of
 * an invented year (crm/demo.h) are not his.  In simple mode, where one wins
 * from the lead, the steps between are left out. */
#pragma once

#include "record/record.h"

/* Where the invented year ends, in ms; kept by demo_fill. */
#define TOUR_SINCE "tour.since"

/* {"demo","offered","steps":[{"key","done"}],"next":null|{"key","entity","id",
 * "title"}}; next is the first that is not done, with what to do it on: the
 * lead of the step before while it will do, else the newest of one's own; all
 * three null where there is nothing.   Offered: in a trial, or in the first days
 * of a user who may write leads and is not through yet. */
bool tour_write(struct ctx *cx, struct json_out *j, bool is_demo);
