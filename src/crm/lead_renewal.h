/* lead_renewal - what leads hold that follows from the set-up is made anew.
 *
 * A lead's qualification is judged whenever it is stored.  When a rule or a
 * rate changes, every lead is to be judged again: that is asked for in the
 * same transaction, and done later in slices of a few ms, each knowing from
 * the store where the one before it ended.  So it survives a crash, and may be
 * done by several programs at once.  What follows from the set-up has no
 * history and no version: nobody's edit is in its way.
 *
 * A lead stored meanwhile reads the rules within its own transaction: it is
 * judged by the new ones, or stands before the slice that comes to it. */
#pragma once

#include "record/record.h"

/* Inside an operation: all leads are to be gone through. */
bool lead_renewal_ask(struct ctx *cx);

/* Whether there is still something to do: also when a rate's day has come. */
bool lead_renewal_is_due(struct ctx *cx, bool *due);

/* Slices for a second or so (a chore), or until all is done. */
bool lead_renewal_turn(struct ctx *cx);
bool lead_renewal_finish(struct ctx *cx);
