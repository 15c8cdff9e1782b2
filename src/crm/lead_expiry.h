/* lead_expiry - how long a lead may stay in a status (S4.18, S4.19, C4, C24).
 *
 * A status has so many calendar days, of the firm's zone, counted from the day
 * the lead entered it; 0: no end.  On the day they are over the lead is
 * expired, until it enters a status again.  A converted lead never is.
 * Nothing is stored of it: it is asked of the clock. */
#pragma once

#include "base/buf.h"
#include "db/db.h"
#include "record/record.h"

/* SQL: the days of the status of lead t. */
#define LEAD_EXPIRY_DAYS                                                  \
	"(select s.expiry_days from lead_status s where s.ws = t.ws and " \
	"s.id = t.status_id)"

/* For the entity: expires_on and expired of a loaded lead. */
void lead_derive_expiry(struct ctx *cx, struct record *lead);

/* expired=true, expired=false, as the entity's where.  Expired is one range of
 * an index for each status, however many leads there are. */
bool lead_expired_asked(
	struct ctx *cx, const struct by_clock *by, struct buf *sql, struct args *args);
/* Who entered a status before that instant has had these days of it. */
int64_t lead_entered_before(struct ctx *cx, int64_t days);

/* What statuses ask for by themselves: a lead that is expired in a status whose
 * on_expiry is move goes to its expiry_status.  All of them are one operation
 * of the program's own.  A lead that somebody put back by undo stays until it
 * enters a status anew.  Does nothing, cheaply, when none is due. */
bool lead_expire_due(struct ctx *cx);
/* For the check of lead_status: on_expiry and expiry_status_id go together. */
bool lead_expiry_check(struct ctx *cx, struct record *status);
