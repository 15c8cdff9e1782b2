/* next_action - what is to be done next about an open lead or opportunity.
 *
 * There is always exactly one.  When its time has come it stands in To do,
 * until then in Stand-by; no job moves it, the question is asked of the
 * clock.  The fields next_action_at, next_action_kind, next_action_note of
 * both entities. */
#pragma once

#include "meta/meta.h"
#include "record/record.h"

/* call, email, meeting, demo, quote, other */
extern const struct choice action_kinds[];
/* todo, standby */
extern const struct choice agenda_lists[];

/* What a caller plans, and what he has just done. */
struct plan {
	int64_t at;	       /* ms since 1970 UTC */
	const char *kind;      /* of action_kinds, or "" */
	const char *note;      /* "" for none */
	const char *done_kind; /* of an activity, or NULL: nothing was done */
	const char *done_body; /* "" for none */
};

/* To do at once, no kind yet. */
void next_action_now(struct ctx *cx, struct record *rec);
void next_action_clear(struct record *rec);
/* Somebody wrote or asked: whatever waited is to do at once.  The note says
 * what they did, and after it what was planned; what is due already stays. */
void next_action_hurry(struct ctx *cx, struct record *rec, const char *what);
/* PROBLEM_INVALID on at, kind, note. */
bool next_action_set(struct ctx *cx, struct record *rec, const struct plan *plan);
/* The activity for what was done, linked to rec; nothing when done_kind is
 * NULL.  PROBLEM_INVALID on done. */
bool next_action_done(struct ctx *cx, const struct record *rec, const struct plan *plan);
/* Sets the derived field agenda. */
void derive_agenda(struct ctx *cx, struct record *rec);
