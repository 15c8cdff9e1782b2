/* campaign_send - a campaign's message to the people of its segment.
 *
 * Law: ITALY.md 12; art. 130 D.Lgs. 196/2003: e-mail for marketing needs
 * consent given before (c. 1-2); own customers may be written to without, for
 * similar goods, if the firm says so (c. 4, its setting soft_spam).  Certified
 * addresses (PEC) are never written to.  Whoever left is left alone, whatever
 * else is kept about him. */
#pragma once

#include "crm/campaign.h"

/* Texts with {first_name} or {first_name|friend}: unknown names are told under
 * the field.  Of the campaign's check. */
bool letter_check(struct ctx *cx, const struct record *campaign, const char *field);

/* {"people","ready","left_out":{"no_address","pec","suppressed","no_consent",
 * "sent","twice"}}: whom a sending now would reach, and whom not and why.
 *
 * PROBLEM_INVALID  segment_id: there is none, or it is none of people */
bool campaign_audience_write(struct ctx *cx, struct json_out *j, int64_t id);

/* One message to that address, marked as a trial. */
bool campaign_try(struct ctx *cx, int64_t id, const char *to);
/* Begin to write to all that are ready, once each; the rest goes on by itself.
 *
 * PROBLEM_INVALID   segment_id, subject, body
 * PROBLEM_CONFLICT  it is being sent; the mail server or base_url is not set */
bool campaign_send(struct ctx *cx, int64_t id);
/* What is queued goes out; nobody else is written to.
 * PROBLEM_CONFLICT  it is not being sent */
bool campaign_stop(struct ctx *cx, int64_t id);
/* {"state":"none|running|done|stopped","queued","left_out","started_at",
 * "ended_at"} of the last sending. */
bool campaign_run_write(struct ctx *cx, struct json_out *j, int64_t id);
/* Once a minute: the sendings that are under way go on. */
bool campaigns_go_on(struct ctx *cx);
/* One is under way, and less waits to go out than a minute takes: it goes on at
 * once.  Else there would be pauses in which nothing is in hand. */
bool campaigns_have_more(struct ctx *cx);

/* The link of a message by which one leaves: whether it is ours, and leaving.
 * PROBLEM_NOT_FOUND  it is not */
bool campaign_leave_find(struct ctx *cx, const char *token);
bool campaign_leave(struct ctx *cx, const char *token);
