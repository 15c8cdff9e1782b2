/* counts - what leads and opportunities are counted by (record/count.h).
 *
 * The numbers of the kinds stand in the store and are never given again.  A
 * row's by[] are the source, the campaign and one or two more, as said beside
 * each kind.  Where only sums over sources and campaigns are read mostly, an
 * _ALL beside it has them already, with none of the two. */
#pragma once

#include "record/count.h"

enum count_kind {
	/* leads that were made on a day; by author (created_by); sums: converted,
	 * customers by now (C15, C16) */
	COUNT_LEAD_MADE = 1,
	/* converted on a day */
	COUNT_LEAD_CONVERTED = 2,
	/* not converted, standing now; by status; sum: since when, in seconds */
	COUNT_LEAD_STANDING = 3,
	/* concluded as not interested on a day; by reason */
	COUNT_LEAD_LOST = 4,
	COUNT_LEAD_LOST_ALL = 5,
	/* left a status on a day; by status; sum: how long it stood there, seconds */
	COUNT_LEAD_LEFT = 6,
	COUNT_LEAD_LEFT_ALL = 7,
	/* converted on a day; by who did it */
	COUNT_LEAD_CONVERTER = 8,
	COUNT_LEAD_CONVERTER_ALL = 9,
	/* opportunities by stage and state with currency; sums: amount, and of the
	 * open ones the amount times probability, since when in seconds */
	COUNT_DEAL_STANDING = 11,
	/* open ones by the day they are to be closed; by currency; sums: amount, and
	 * times probability */
	COUNT_DEAL_FORECAST = 12,
	/* closed on a day; by won (1) or lost (0), currency; sum: amount */
	COUNT_DEAL_CLOSED = 13,
	/* lost on a day; by reason, currency; sum: amount */
	COUNT_DEAL_LOST = 14,
	COUNT_DEAL_LOST_ALL = 15,
	/* left a stage on a day; by stage; sum: how long it stood there, seconds */
	COUNT_DEAL_LEFT = 16,
	COUNT_DEAL_LEFT_ALL = 17,
	/* won on a day; by who did it */
	COUNT_DEAL_WINNER = 18,
	COUNT_DEAL_WINNER_ALL = 19,
};

/* For people: "leads made". */
const char *count_kind_name(int64_t kind);

enum deal_state { DEAL_OPEN, DEAL_WON, DEAL_LOST };

/* "EUR" as a number that sorts alike, and back (text of 4 bytes). */
int64_t currency_number(const char *code);
void currency_text(int64_t number, char *code);

/* A state and a currency in one number. */
int64_t deal_state_number(enum deal_state state, const char *currency);

/* amount times probability, cut to whole cents. */
int64_t weighted_amount(int64_t cents, int64_t percent);

/* Of the entities: .count, .count_stay, .stand. */
void lead_count(const struct record *lead, const struct val *v, struct counts *c);
void lead_count_stay(
	const struct record *lead, const struct val *v, const struct stay *s, struct counts *c);
void lead_stand(const struct record *lead, const struct val *v, struct stand *s);
void opportunity_count(const struct record *deal, const struct val *v, struct counts *c);
void opportunity_count_stay(
	const struct record *deal, const struct val *v, const struct stay *s, struct counts *c);
void opportunity_stand(const struct record *deal, const struct val *v, struct stand *s);

/* The field of an entity that is counted. */
#define COUNTED_IN                                                                             \
	{                                                                                      \
		"counted_in", FIELD_TEXT, "Contato nel fuso", "Counted in the zone", "origin", \
			.max = 60, .readonly = true, .secret = true, .follows = true,          \
			.carried = true                                                        \
	}
