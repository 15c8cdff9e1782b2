/* company_alike - how likely two company names are one firm's.
 *
 * Words that few firms bear say more than those that many do, so each is
 * weighed by how many names at hand hold it.  A word may be mistyped, cut
 * short ("costr."), an initial, or written in two ("edil tecno"). */
#pragma once

#include <stdint.h>

#include "base/company_name.h"

struct company_words {
	struct company_name name;
	float weight[COMPANY_WORDS];
	float whole; /* their sum */
};

/* How many of the names at hand hold the word; a word that none holds is as
 * rare as can be. */
struct word_counts {
	size_t (*of)(const void *arg, const char *word);
	const void *arg;
	size_t names; /* all there are */
};

/* words->name must be cut already. */
void company_weigh(struct company_words *words, const struct word_counts *counts);

/* 0 to 100: how many of a hundred such pairs are the same firm, as found on
 * names typed by hand (bench/names.c). */
enum { COMPANY_LIKELY = 60 }; /* from here on worth showing to people */
int company_alike(const struct company_words *a, const struct company_words *b);

/* Under which hashes a name is put so that those of one firm meet under one of
 * them: its rarest words, and those without vowels and doubled letters.
 * Returns how many. */
enum { COMPANY_MEETS = 9 };
size_t company_meets(const struct company_words *words, uint64_t meets[COMPANY_MEETS]);

/* What is compared, in numbers from 0 to 1 each but the first: for the bench,
 * which finds how much each says. */
enum { COMPANY_SIGNS = 14 };
void company_signs(
	const struct company_words *a, const struct company_words *b, float sign[COMPANY_SIGNS]);

/* How alike two words are, 0 to 1. */
float word_alike(const char *a, const char *b);
