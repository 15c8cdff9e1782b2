/* codes - Italian identifiers and their check digits: partita IVA (D.P.R. 633/1972,
 * art. 35, check digit by Luhn), codice fiscale (D.M. 23 December 1976), IBAN
 * (ISO 13616, with the CIN of Italian accounts).
 *
 * All take text as typed: blanks, dots, a leading "IT" and small letters are
 * no fault.  They say what they think; nobody is refused because of it. */
#pragma once

#include <stdbool.h>

enum { CODE_TEXT = 36 };

enum code_state {
	CODE_GOOD,
	CODE_LENGTH,	/* wrong number of characters, or wrong ones */
	CODE_CHECK,	/* the check digit or letter does not fit */
	CODE_ZERO_LOST, /* ten digits that are right with a 0 in front */
};

/* Upper case, without blanks, dots and dashes, without a leading "IT" when
 * eleven digits follow.  out is CODE_TEXT long; longer input is cut. */
void code_clean(const char *typed, char *out);

/* Partita IVA: eleven digits, Luhn.  On CODE_ZERO_LOST the proposal (may be
 * NULL, CODE_TEXT long) holds the mended code, else "".  The VAT number of
 * another EU country ("DE123456789", by its two letters) is CODE_GOOD
 * unchecked. */
enum code_state vat_number_check(const char *typed, char *proposal);

/* Codice fiscale of a person (16, omocodia understood, date checked) or of a
 * company (11 digits, as the P.IVA). */
enum code_state tax_code_check(const char *typed, char *proposal);

/* IBAN: mod 97, and for IT and SM the CIN letter. */
enum code_state iban_check(const char *typed);
