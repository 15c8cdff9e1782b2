/* Check digits and letters of Italian identifiers. */
#include "base/codes.h"

#include <stdint.h>
#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool are_digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!is_digit(s[i]))
			return false;
	return true;
}

/* What people put between the characters: blanks, dots, dashes. */
static size_t filler_at(const char *s)
{
	static const char *const wide[] = { "\xc2\xa0", "\xe2\x80\x8b", "\xe2\x80\x90",
		"\xe2\x80\x91", "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\xaf", "\xef\xbb\xbf" };

	if (*s && strchr(" \t\r\n.-_", *s))
		return 1;
	for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++)
		if (!strncmp(s, wide[i], strlen(wide[i])))
			return strlen(wide[i]);
	return 0;
}

/* So that a cut never leaves half a character. */
static size_t whole_characters(const char *s, size_t n)
{
	size_t end = n;

	while (end && ((unsigned char)s[end] & 0xc0) == 0x80)
		end--;
	return end;
}

void code_clean(const char *typed, char *out)
{
	char all[CODE_TEXT + 4];
	size_t n = 0;
	const char *from;

	while (*typed && n + 1 < sizeof(all)) {
		size_t skip = filler_at(typed);

		if (!skip)
			all[n++] = *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 32) : *typed;
		typed += skip ? skip : 1;
	}
	all[n] = '\0';
	from = n == 13 && !memcmp(all, "IT", 2) && are_digits(all + 2, 11) ? all + 2 : all;
	n -= (size_t)(from - all);
	if (n >= CODE_TEXT)
		n = whole_characters(from, CODE_TEXT - 1);
	memcpy(out, from, n);
	out[n] = '\0';
}

/* Luhn's sum, as the Agenzia delle Entrate uses it. */
static bool luhn_fits(const char *s)
{
	int sum = 0, any = 0;

	for (int i = 0; i < 11; i++) {
		int digit = s[i] - '0';

		any |= digit;
		if (i % 2)
			digit = digit * 2 - (digit > 4 ? 9 : 0);
		sum += digit;
	}
	return any && sum % 10 == 0;
}

static enum code_state check_digits(const char *code, char *proposal)
{
	size_t n = strlen(code);
	char mended[CODE_TEXT] = "0";

	if (!are_digits(code, n) || (n != 10 && n != 11))
		return CODE_LENGTH;
	if (n == 11)
		return luhn_fits(code) ? CODE_GOOD : CODE_CHECK;
	memcpy(mended + 1, code, n + 1);
	if (!luhn_fits(mended))
		return CODE_LENGTH;
	if (proposal)
		memcpy(proposal, mended, n + 2);
	return CODE_ZERO_LOST;
}

/* The Union, and the neighbours whose numbers stand in the same place. */
static bool is_foreign(const char *code)
{
	static const char countries[] =
		"AT BE BG CY CZ DE DK EE EL ES FI FR GB GR HR HU IE LI LT LU LV MC MT NL NO PL PT "
		"RO SE SI SK SM XI CH ";
	size_t n = strlen(code);
	bool digits = false;

	if (n < 4 || n > 15)
		return false;
	for (size_t i = 2; i < n; i++) {
		digits |= is_digit(code[i]);
		if (!is_digit(code[i]) && !is_upper(code[i]))
			return false;
	}
	for (const char *c = countries; digits && *c; c += 3)
		if (!memcmp(c, code, 2))
			return true;
	return false;
}

enum code_state vat_number_check(const char *typed, char *proposal)
{
	char code[CODE_TEXT];

	code_clean(typed, code);
	if (proposal)
		*proposal = '\0';
	if (is_foreign(code))
		return CODE_GOOD;
	return check_digits(strncmp(code, "IT", 2) ? code : code + 2, proposal);
}

/* The worth of a character at an odd place; digits count as the letters A to
 * J do.  At an even place it is worth its own number. */
static const int odd_worth[26] = { 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12,
	14, 16, 10, 22, 25, 24, 23 };

static char check_letter(const char *s, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int worth = is_digit(s[i]) ? s[i] - '0' : s[i] - 'A';

		sum += i % 2 ? worth : odd_worth[worth];
	}
	return (char)('A' + sum % 26);
}

/* A digit, or the letter that stands for it when two people would share a
 * code (omocodia); -1 for neither. */
static int digit_of(char c)
{
	static const char letters[] = "LMNPQRSTUV";
	const char *at = is_upper(c) ? strchr(letters, c) : NULL;

	return is_digit(c) ? c - '0' : at ? (int)(at - letters) : -1;
}

static bool has_shape(const char *code)
{
	static const char shape[] = "AAAAAA00A00A000A";

	if (strlen(code) != sizeof(shape) - 1)
		return false;
	for (size_t i = 0; shape[i]; i++)
		if (shape[i] == 'A' ? !is_upper(code[i]) : digit_of(code[i]) < 0)
			return false;
	return true;
}

static bool has_birthday(const char *code)
{
	static const char months[] = "ABCDEHLMPRST";
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int year = digit_of(code[6]) * 10 + digit_of(code[7]);
	int day = digit_of(code[9]) * 10 + digit_of(code[10]);
	const char *month = strchr(months, code[8]);

	if (day > 40)
		day -= 40; /* a woman's */
	if (!month || day < 1 || day > days[month - months])
		return false;
	return month[0] != 'B' || day < 29 || year % 4 == 0;
}

enum code_state tax_code_check(const char *typed, char *proposal)
{
	char code[CODE_TEXT];

	code_clean(typed, code);
	if (proposal)
		*proposal = '\0';
	if (is_digit(*code) && is_digit(code[1]))
		return check_digits(code, proposal);
	if (!has_shape(code))
		return CODE_LENGTH;
	return check_letter(code, 15) == code[15] && has_birthday(code) ? CODE_GOOD : CODE_CHECK;
}

/* SWIFT's registry: how long each country's IBAN is. */
/* clang-format off */
static const struct length {
	char country[3];
	unsigned char n;
} lengths[] = {
	{ "AD", 24 }, { "AE", 23 }, { "AL", 28 }, { "AT", 20 }, { "AZ", 28 }, { "BA", 20 },
	{ "BE", 16 }, { "BG", 22 }, { "BH", 22 }, { "BR", 29 }, { "BY", 28 }, { "CH", 21 },
	{ "CR", 22 }, { "CY", 28 }, { "CZ", 24 }, { "DE", 22 }, { "DK", 18 }, { "DO", 28 },
	{ "EE", 20 }, { "EG", 29 }, { "ES", 24 }, { "FI", 18 }, { "FO", 18 }, { "FR", 27 },
	{ "GB", 22 }, { "GE", 22 }, { "GI", 23 }, { "GL", 18 }, { "GR", 27 }, { "GT", 28 },
	{ "HR", 21 }, { "HU", 28 }, { "IE", 22 }, { "IL", 23 }, { "IQ", 23 }, { "IS", 26 },
	{ "IT", 27 }, { "JO", 30 }, { "KW", 30 }, { "KZ", 20 }, { "LB", 28 }, { "LC", 32 },
	{ "LI", 21 }, { "LT", 20 }, { "LU", 20 }, { "LV", 21 }, { "LY", 25 }, { "MC", 27 },
	{ "MD", 24 }, { "ME", 22 }, { "MK", 19 }, { "MR", 27 }, { "MT", 31 }, { "MU", 30 },
	{ "NL", 18 }, { "NO", 15 }, { "PK", 24 }, { "PL", 28 }, { "PS", 29 }, { "PT", 25 },
	{ "QA", 29 }, { "RO", 24 }, { "RS", 22 }, { "SA", 24 }, { "SC", 31 }, { "SE", 24 },
	{ "SI", 19 }, { "SK", 24 }, { "SM", 27 }, { "ST", 25 }, { "SV", 28 }, { "TL", 23 },
	{ "TN", 24 }, { "TR", 26 }, { "UA", 29 }, { "VA", 22 }, { "VG", 24 }, { "XK", 20 },
};
/* clang-format on */

static bool has_length(const char *code, size_t n)
{
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++)
		if (!memcmp(lengths[i].country, code, 2))
			return lengths[i].n == n;
	return n >= 15 && n <= 34;
}

/* The first four characters count last; letters count as 10 to 35. */
static bool mod97_fits(const char *code, size_t n)
{
	unsigned rest = 0;

	for (size_t i = 0; i < n; i++) {
		char c = code[(i + 4) % n];

		if (is_digit(c))
			rest = (rest * 10 + (unsigned)(c - '0')) % 97;
		else
			rest = (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
	}
	return rest == 1;
}

enum code_state iban_check(const char *typed)
{
	char code[CODE_TEXT];
	size_t n;

	code_clean(typed, code);
	n = strlen(code);
	if (n < 4 || !is_upper(code[0]) || !is_upper(code[1]) || !are_digits(code + 2, 2))
		return CODE_LENGTH;
	for (size_t i = 4; i < n; i++)
		if (!is_digit(code[i]) && !is_upper(code[i]))
			return CODE_LENGTH;
	if (!has_length(code, n))
		return CODE_LENGTH;
	if (!mod97_fits(code, n))
		return CODE_CHECK;
	if (memcmp(code, "IT", 2) && memcmp(code, "SM", 2))
		return CODE_GOOD;
	/* ABI and CAB, ten places after the CIN, hold digits alone. */
	if (!is_upper(code[4]) || !are_digits(code + 5, 10))
		return CODE_LENGTH;
	return check_letter(code + 5, 22) == code[4] ? CODE_GOOD : CODE_CHECK;
}
