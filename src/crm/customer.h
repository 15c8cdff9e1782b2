/* customer - when a lead became a customer (C16).
 *
 * A lead is a customer since the first opportunity was won that came of it;
 * where conversion made none, since the first that was won with its company
 * after the conversion.  lead.customer_at says since when: it follows from the
 * opportunities, so whatever wins, reopens, removes, restores or undoes one
 * keeps it, within its operation. */
#pragma once

#include "record/record.h"

/* For the entities' .stored: the opportunity, or the lead itself, changed. */
bool customer_deal_stored(struct ctx *cx, struct record *deal);
bool customer_lead_stored(struct ctx *cx, struct record *lead);
/* Since when, as the store has it now, into the lead in hand. */
bool customer_settle(struct ctx *cx, struct record *lead);
