/* Amounts read exactly, with whole numbers alone. */
#include "base/money.h"

#include <stddef.h>
#include <string.h>

/* value * 10^exponent; no trailing zero is in value. */
struct decimal {
	uint64_t value;
	int64_t exponent;
	int significant; /* digits in value */
	int64_t zeros;	 /* that may still turn out to be inside */
	bool too_long;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void add_digit(struct decimal *d, char c)
{
	if (c == '0') {
		d->zeros += d->significant > 0;
		return;
	}
	if (d->significant + d->zeros + 1 > 18) {
		d->too_long = true;
		return;
	}
	for (d->significant += (int)d->zeros + 1; d->zeros; d->zeros--)
		d->value *= 10;
	d->value = d->value * 10 + (uint64_t)(c - '0');
}

/* The decimal moved by shift places, as a whole number. */
static bool to_whole(const struct decimal *d, bool negative, int64_t shift, int64_t *whole)
{
	int64_t places = d->exponent + d->zeros + shift;
	uint64_t n = d->value;

	*whole = 0;
	if (d->too_long)
		return false;
	if (!n)
		return true;
	if (places < 0 || places > 18)
		return false;
	for (; places; places--) {
		if (n > (uint64_t)MONEY_MAX / 10)
			return false;
		n *= 10;
	}
	if (n > (uint64_t)MONEY_MAX)
		return false;
	*whole = negative ? -(int64_t)n : (int64_t)n;
	return true;
}

static bool take_exponent(const char **s, int64_t *exponent)
{
	bool negative;
	int64_t e = 0;

	if (**s != 'e' && **s != 'E')
		return true;
	(*s)++;
	negative = **s == '-';
	if (**s == '-' || **s == '+')
		(*s)++;
	if (!is_digit(**s))
		return false;
	for (; is_digit(**s); (*s)++)
		if (e < INT64_C(1000000000000))
			e = e * 10 + (**s - '0');
	*exponent += negative ? -e : e;
	return true;
}

bool decimal_read(const char *decimal, int places, int64_t *whole)
{
	struct decimal d = { .value = 0 };
	bool negative = *decimal == '-';
	const char *s = decimal + negative;

	if (!is_digit(*s) || (*s == '0' && is_digit(s[1])))
		return false;
	for (; is_digit(*s); s++)
		add_digit(&d, *s);
	if (*s == '.') {
		if (!is_digit(*++s))
			return false;
		for (; is_digit(*s); s++, d.exponent--)
			add_digit(&d, *s);
	}
	return take_exponent(&s, &d.exponent) && !*s && to_whole(&d, negative, places, whole);
}

bool money_read(const char *decimal, int64_t *cents)
{
	return decimal_read(decimal, 2, cents);
}

/* What an amount may be dressed in. */
static const char *const signs[] = {
	"\xe2\x82\xac" /* euro */,
	"$",
	"\xc2\xa3" /* pound */,
	"\xc2\xa5" /* yen */,
	"euro",
	"eur",
	"usd",
	"gbp",
	"chf",
	"fr.",
};

/* The longer word before the one it begins with. */
/* clang-format off */
static const struct scale {
	const char *word;
	int places;
} scales[] = {
	{ "miliardi", 9 }, { "miliardo", 9 }, { "billion", 9 }, { "mld", 9 }, { "bn", 9 },
	{ "milioni", 6 }, { "milione", 6 }, { "million", 6 }, { "mln", 6 }, { "mio", 6 },
	{ "mila", 3 }, { "mille", 3 }, { "m", 6 }, { "k", 3 },
};
/* clang-format on */

/* Blanks of all widths that software puts into numbers. */
static size_t blank_at(const char *s)
{
	if (*s == ' ' || *s == '\t')
		return 1;
	if (!strncmp(s, "\xc2\xa0", 2))
		return 2;
	return !strncmp(s, "\xe2\x80\xaf", 3) || !strncmp(s, "\xe2\x80\x89", 3) ? 3 : 0;
}

static const char *skip_blanks(const char *s)
{
	while (blank_at(s))
		s += blank_at(s);
	return s;
}

static bool take_word(const char **s, const char *word)
{
	const char *p = *s;

	for (; *word; p++, word++) {
		char c = *p >= 'A' && *p <= 'Z' ? (char)(*p | 0x20) : *p;

		if (c != *word)
			return false;
	}
	*s = skip_blanks(p);
	return true;
}

static bool take_sign(const char **s)
{
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (take_word(s, signs[i]))
			return true;
	return false;
}

static bool take_minus(const char **s)
{
	return take_word(s, "-") || take_word(s, "\xe2\x88\x92");
}

static int take_scale(const char **s)
{
	for (size_t i = 0; i < sizeof(scales) / sizeof(*scales); i++)
		if (take_word(s, scales[i].word)) {
			take_word(s, "di ");
			return scales[i].places;
		}
	return 0;
}

/* The characters of a number and how it is cut. */
struct typed {
	const char *from, *end;
	char last;		 /* the last separator that stands in it, or '\0' */
	int dots, commas, marks; /* marks: blanks and apostrophes */
	const char *last_at;
};

static size_t mark_at(const char *s)
{
	if (*s == '\'')
		return 1;
	if (!strncmp(s, "\xe2\x80\x99", 3))
		return 3;
	return blank_at(s);
}

static struct typed scan(const char *s)
{
	struct typed t = { .from = s, .end = s };

	for (;;) {
		size_t n = mark_at(s);

		if (is_digit(*s)) {
			t.end = ++s;
		} else if (*s == '.' || *s == ',') {
			t.dots += *s == '.';
			t.commas += *s == ',';
			t.last = *s;
			t.last_at = s++;
			t.end = s;
		} else if (n && is_digit(s[n])) {
			t.marks++;
			s += n;
		} else {
			return t;
		}
	}
}

static size_t digits_at(const char *s)
{
	size_t n = 0;

	while (is_digit(s[n]))
		n++;
	return n;
}

/* Whether the last separator begins the fraction; a lone dot before three
 * digits parts thousands, as in Italy. */
static bool has_fraction(const struct typed *t)
{
	size_t before = digits_at(t->from);

	if (!t->last || (t->dots > 1 && !t->commas) || (t->commas > 1 && !t->dots))
		return false;
	if (t->last == ',' || t->commas || t->marks)
		return true;
	return digits_at(t->last_at + 1) != 3 || before > 3 || before == 0 || *t->from == '0';
}

/* "1,234" is a thousand to some and one and a bit to others: nobody's guess. */
static bool is_ambiguous(const struct typed *t)
{
	size_t before = digits_at(t->from);

	return t->commas == 1 && !t->dots && !t->marks && before >= 1 && before <= 3 &&
	       *t->from != '0' && digits_at(t->last_at + 1) == 3;
}

/* Digits in threes between equal separators, up to where the fraction begins. */
static bool take_whole(const char **s, const struct typed *t, bool fraction, struct decimal *d)
{
	char separator = '\0';
	size_t n = digits_at(*s);

	for (;;) {
		for (size_t i = 0; i < n; i++)
			add_digit(d, *(*s)++);
		if (*s >= t->end || (fraction && *s == t->last_at))
			return true;
		if ((separator && separator != **s) || n > 3 || n == 0 ||
			(fraction && **s == t->last))
			return false;
		separator = **s;
		*s += mark_at(*s) ? mark_at(*s) : 1;
		n = digits_at(*s);
		if (n != 3)
			return false;
	}
}

/* lone: a separator that stands alone begins the fraction. */
static bool take_amount(const char **s, bool lone, struct decimal *d)
{
	struct typed t = scan(*s);
	bool fraction = lone && t.dots + t.commas == 1 ? true : has_fraction(&t);

	*d = (struct decimal){ .value = 0 };
	if (t.end == t.from || !take_whole(s, &t, fraction, d))
		return false;
	if (fraction) {
		(*s)++;
		if (!digits_at(*s) && t.last_at == t.from)
			return false;
		for (; is_digit(**s); (*s)++, d->exponent--)
			add_digit(d, **s);
	}
	if (*s != t.end)
		return false;
	if (fraction && *s == t.last_at + 1 && **s == '-')
		(*s)++; /* "12,-" is written north of the Alps */
	*s = skip_blanks(*s);
	return true;
}

static bool read_typed(const char *typed, bool lone, int place, int64_t *whole)
{
	const char *s = skip_blanks(typed);
	bool closing = take_word(&s, "(");
	bool negative = take_minus(&s) || closing;
	struct decimal d;
	struct typed t;
	int places;

	if (!negative)
		take_word(&s, "+");
	take_sign(&s);
	if (!negative)
		negative = take_minus(&s);
	t = scan(s);
	if (!take_amount(&s, lone, &d))
		return false;
	places = take_scale(&s);
	take_sign(&s);
	if (!negative)
		negative = take_minus(&s);
	if ((closing && !take_word(&s, ")")) || *s || (!places && !lone && is_ambiguous(&t)))
		return false;
	return to_whole(&d, negative, places + place, whole);
}

bool money_read_typed(const char *typed, int64_t *cents)
{
	return read_typed(typed, false, 2, cents);
}

bool decimal_read_typed(const char *typed, int places, int64_t *whole)
{
	return read_typed(typed, true, places, whole);
}

bool number_read_typed(const char *typed, int64_t *n)
{
	int64_t cents;

	if (!money_read_typed(typed, &cents) || cents % 100)
		return false;
	*n = cents / 100;
	return true;
}

void money_write(int64_t cents, char *text)
{
	uint64_t u = cents < 0 ? 0 - (uint64_t)cents : (uint64_t)cents;
	char digits[MONEY_TEXT], *p = digits + sizeof(digits);

	*--p = '\0';
	for (int place = 0; place < 3 || u; place++, u /= 10) {
		if (place == 2)
			*--p = '.';
		*--p = (char)('0' + u % 10);
	}
	if (cents < 0)
		*--p = '-';
	memcpy(text, p, (size_t)(digits + sizeof(digits) - p));
}

void decimal_write(int64_t whole, int places, char *text)
{
	uint64_t u = whole < 0 ? 0 - (uint64_t)whole : (uint64_t)whole;
	char digits[MONEY_TEXT], *p = digits + sizeof(digits);
	bool told = false; /* zeros at the end are not */

	*--p = '\0';
	for (int place = 0; place <= places || u; place++, u /= 10) {
		if (place == places && told)
			*--p = '.';
		told = told || place >= places || u % 10;
		if (told)
			*--p = (char)('0' + u % 10);
	}
	if (whole < 0)
		*--p = '-';
	memcpy(text, p, (size_t)(digits + sizeof(digits) - p));
}

int64_t money_convert(int64_t cents, int64_t rate, int64_t per)
{
	__int128 product = (__int128)cents * rate;
	__int128 half = product < 0 ? -(per / 2) : per / 2;
	__int128 n = (product + half) / per;

	return n > INT64_MAX ? INT64_MAX : n < INT64_MIN ? INT64_MIN : (int64_t)n;
}

/* ISO 4217, in order, four characters each. */
static const char currencies[] =
	"AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD "
	"BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD "
	"EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD "
	"IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL "
	"MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN "
	"PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN "
	"SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES "
	"VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ";

bool currency_at(size_t n, char code[4])
{
	if (n >= (sizeof(currencies) - 1) / 4)
		return false;
	memcpy(code, currencies + n * 4, 3);
	code[3] = '\0';
	return true;
}

bool currency_is_known(const char *code)
{
	if (strlen(code) != 3 || strchr(code, ' '))
		return false;
	for (const char *p = currencies; *p; p += 4)
		if (!memcmp(p, code, 3))
			return true;
	return false;
}
