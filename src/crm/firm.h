/* firm - the workspace itself: who the firm is, and what it has settled for
 * its records.
 *
 * One record, made with the workspace; it is changed like any other, by
 * administrators, with history and undo.  A further setting is one line of its
 * table. */
#pragma once

#include "crm/entities.h"
#include "record/record.h"

/* The one record, not removed.  Read once for all of a memo's work. */
bool firm_load(struct ctx *cx, struct record **firm);
/* Make the one record where there is none yet: of a new workspace, or of one
 * whose settings stood in the table setting.  Inside an operation. */
bool firm_found(struct ctx *cx, const char *name, const char *lang);

/* Whether the firm uses that language, "it" or "en". */
bool firm_speaks(const struct record *firm, const char *lang);
/* Visitors are spoken to in a language of the firm's. */
bool firm_speak(struct ctx *cx);
/* Languages, zone and base currency, for the check of the firm; and what
 * follows when the firm changes them.
 *
 * PROBLEM_INVALID    no such zone; a language that is not in use, or still is */
bool firm_habits_check(struct ctx *cx, struct record *firm);

/* The currency the firm counts in. */
bool firm_currency(struct ctx *cx, const char **code);
/* A sum of money without a currency is in the firm's own. */
bool currency_beside(struct ctx *cx, struct record *rec, const char *money, const char *currency);
/* A record without an owner is its creator's; the program's own are the first
 * user's. */
bool owner_complete(struct ctx *cx, struct record *rec);
/* PROBLEM_INVALID on owner_id: nobody active has that number. */
bool must_be_a_colleague(struct ctx *cx, int64_t user_id);
