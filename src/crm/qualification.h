/* qualification - does a lead match the firm's customer profile?
 *
 * The profile is a list of rules (the set-up table qualification_rule): a
 * field of the lead, a test, values.  All must hold; rules of one alternative
 * hold together when one of them does.  A rule is met, not met, or unknown:
 * the field is empty, and somebody has to ask.  Of the whole: one rule not met
 * makes it "not matching", else one unknown makes it unknown.  Who is known by
 * an address alone is unknown at best (S1.6).
 *
 * Sums of money are compared in the firm's currency by the rates of today
 * (crm/rates.h, S1.9); without a rate they are unknown.  Text is compared
 * without case and accents. */
#pragma once

#include "record/record.h"

enum verdict { VERDICT_UNKNOWN, VERDICT_MET, VERDICT_NOT_MET };

/* "unknown", "met", "not_met": the choices of lead.qualification. */
extern const struct choice verdicts[];
const char *verdict_word(enum verdict verdict);

/* The active rules, read once; in the arena. */
struct qualification;
bool qualification_load(struct ctx *cx, struct qualification **q);
/* Whether there are any. */
bool qualification_asks(const struct qualification *q);

bool qualification_judge(
	struct ctx *cx, struct qualification *q, const struct record *lead, enum verdict *verdict);

/* The same for texts as people typed them, by names of the lead's fields:
 * "turnover", "25 mln".  Names that are none are passed over; a text that does
 * not fit its field counts as none. */
struct typed {
	const char *field, *text;
};
bool qualification_judge_typed(struct ctx *cx, struct qualification *q, const struct typed *values,
	size_t n, enum verdict *verdict);

/* These rules in this order, by one operation; the others stay where they are.
 *
 * PROBLEM_NOT_FOUND, PROBLEM_FORBIDDEN */
bool qualification_order(struct ctx *cx, const int64_t *ids, size_t n);

/* Inside an operation: a workspace that never had a rule begins with two, a
 * clear need and a budget (S5.7). */
bool qualification_found(struct ctx *cx);

/* Set the lead's field qualification. */
bool qualification_settle(struct ctx *cx, struct qualification *q, struct record *lead);

/* {"qualification","text","running","rules":[{"id","sentence","verdict",
 * "field","label","value","question","alternative"}]} of one lead. */
bool qualification_write(struct ctx *cx, struct json_out *j, int64_t lead_id);
/* The same of what people typed (qualification_judge_typed). */
bool qualification_write_typed(
	struct ctx *cx, struct json_out *j, const struct typed *values, size_t n);

/* {"leads","met","not_met","unknown","running","fields":[...]}: how the leads
 * within reach stand, and what rules may be made of. */
bool qualification_write_all(struct ctx *cx, struct json_out *j);
