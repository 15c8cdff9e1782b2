/* card_parts - the pieces of card.c: what is recognised by its shape alone,
 * and how a person's name is cut in two.
 *
 * The takers cut what they find, with its label ("tel.", "P.IVA"), out of the
 * text and leave CARD_GAP in each of its places. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/card.h"

enum { CARD_GAP = 0x1f };

/* Certified mail (PEC) is no address to write offers to: it stays. */
void card_take_email(struct arena *mem, char *text, struct card *card);
/* Pages in social networks stay. */
void card_take_website(struct arena *mem, char *text, struct card *card);
void card_take_vat_number(struct arena *mem, char *text, struct card *card);
/* Fax numbers stay, and what comes after the first phone and first mobile. */
void card_take_phones(struct arena *mem, char *text, struct card *card);

/* Whether a word, folded, is a first name that many Italians have. */
bool card_is_first_name(const char *folded);
/* "Dott.", "Ing.", "Mr": how many bytes of s are one, 0 for none. */
size_t card_honorific(const char *s);
/* The title as a trade, "Ing." or "Geom."; "" when it is only polite. */
const char *card_profession(struct arena *mem, const char *s);
/* First and last name of "Dott. Mario De Luca", "ROSSI MARIO". */
void card_split_person(struct arena *mem, const char *name, struct card *card);

/* Lists of folded words and phrases. */
extern const char card_job_words[], card_job_phrases[];
extern const char card_job_fillers[]; /* that follow those and belong to them */
extern const char card_forms[], card_form_phrases[];
extern const char card_company_starts[], card_address_starts[];
extern const char card_small_talk[]; /* nothing worth keeping apart */
extern const char card_free_mail[];  /* domains that are nobody's firm */

/* Whether the phrase, n bytes, is one of the list. */
bool card_in_list(const char *list, const char *phrase, size_t n);
/* Whether the folded text begins with one of the list, or has one anywhere. */
bool card_begins_with(const char *list, const char *folded);
bool card_has_any(const char *list, const char *folded);
/* From one word of a folded text to the next; "" after the last. */
const char *card_next_word(const char *folded);
