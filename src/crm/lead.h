/* lead - someone who may become a customer.
 *
 * A lead has one of the statuses of lead_status, each of one of five types.
 * While its type is open it has exactly one next action, and so stands in To
 * do or in Stand-by.  It ends by being concluded: qualified, and then turned
 * into company, contact and opportunity; or not interested.  A converted lead
 * keeps links to what came of it and changes no more. */
#pragma once

#include "crm/entities.h"
#include "crm/next_action.h"
#include "record/record.h"

/* Every verb loads the lead with the user's right to write it:
 *
 * PROBLEM_NOT_FOUND  no such lead, or not for this user
 * PROBLEM_FORBIDDEN  it may be read, not written
 * PROBLEM_CONFLICT   lead.converted: it changes no more
 *
 * and leaves it, as stored, in *lead. */

/* Take the lead to another active status of type open, frozen or abandoned.
 *
 * PROBLEM_INVALID    status_id: there is no such status
 * PROBLEM_CONFLICT   the status is not active, or is reached by concluding */
bool lead_move(struct ctx *cx, int64_t id, int64_t status_id, struct record **lead);

/* Say what comes next, and, in the same operation, what was done.
 *
 * PROBLEM_CONFLICT   the lead is not in a status of type open
 * PROBLEM_INVALID    at, kind or note */
bool lead_next_action(struct ctx *cx, int64_t id, const struct plan *plan, struct record **lead);

/* End the work: a status of type qualified or not_interested, with a reason
 * ("" for none).
 *
 * PROBLEM_INVALID    status_id, reason
 * PROBLEM_CONFLICT   a status of another type, or one not active */
bool lead_conclude(
	struct ctx *cx, int64_t id, int64_t status_id, const char *reason, struct record **lead);

/* Back to work from any status that is not of type open, To do at once;
 * status_id 0: the first open status.
 *
 * PROBLEM_CONFLICT   it is open already; or the status is not an open one */
bool lead_reopen(struct ctx *cx, int64_t id, int64_t status_id, struct record **lead);

/* They ask to buy: noted as an activity of theirs, which makes the lead hot
 * (S3.10, S3.11).
 *
 * PROBLEM_INVALID    note */
bool lead_purchase_request(struct ctx *cx, int64_t id, const char *note, struct record **lead);

/* They wrote, answered a campaign or asked to buy: a lead that was frozen,
 * abandoned or not interested is open again (S3.16), and one that waited is to
 * do at once, its note saying what they did.  What is older than its status
 * changes nothing, nor is anything refused.  Inside an operation. */
struct answer {
	const char *what; /* the form, the campaign, "asks to buy" */
	int64_t at;
	bool is_noted_by_us; /* by who works on it: what he planned stays */
};
bool lead_answered(struct ctx *cx, struct record *lead, const struct answer *answer);

/* {"items":[{"status_id","name","type","state","days"}]}: the way through the
 * statuses, with the days spent in each by the firm's calendar (C24). */
bool lead_progress_write(struct ctx *cx, struct json_out *j, int64_t id);

/* {"fields":{...},"duplicates":[...]} for one pasted line or signature. */
bool lead_card_write(struct ctx *cx, struct json_out *j, const char *text);

/* What a lead has from its first moment: owner, status, next action.  The
 * entity's check calls it, so that none is stored without. */
bool lead_complete(struct ctx *cx, struct record *lead);

/* For its check: what follows from its other fields and from the set-up, the
 * qualification and the temperature.  Nothing when it is only looked at. */
bool lead_settle(struct ctx *cx, struct record *lead);
/* The same by a set-up that was read before. */
struct ways;
bool ways_load(struct ctx *cx, struct ways **ways);
bool lead_settle_by(struct ctx *cx, struct ways *ways, struct record *lead);

/* For the verbs: the lead is now in this status, with or without a next
 * action as the status's type asks. */
void lead_enter(struct ctx *cx, struct record *lead, const struct record *status);
/* Leads become one (record/join.h).  A converted one survives; two converted
 * ones are one when they became the same company and contact.  Of what was
 * planned the soonest stays.
 *
 * PROBLEM_CONFLICT   otherwise, and why */
bool lead_join(struct ctx *cx, struct joining *j);
/* Loads it to be written, and sees that it is not converted. */
bool lead_load(struct ctx *cx, int64_t id, struct record **lead);
