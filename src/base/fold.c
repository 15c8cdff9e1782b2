/* Text without case, accents and apostrophes.
 *
 * ASCII, Latin-1 letters and the punctuation that word processors put in are
 * folded by table; any other character sends the whole text through ICU. */
#include "base/fold.h"

#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/arena.h"

/* Between letters an apostrophe is kept as this until tokens are cut. */
enum { APOSTROPHE = 1 };

/* U+00A0 to U+00FF: "" is a blank, "'" an apostrophe, "-" is dropped, NULL is
 * for ICU to say. */
/* clang-format off */
static const char *const latin1[96] = {
	"", "", "", "", "", "", "", "", "", "", "a", "", "", "-", "", "",
	"", "", "2", "3", "'", NULL, "", "", "", "1", "o", "", NULL, NULL, NULL, "",
	"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
	"d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "ss",
	"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
	"d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "y",
};
/* clang-format on */

/* Letters that no normal form takes apart, beyond Latin-1. */
static const struct letter {
	UChar from;
	const char *to;
} letters[] = {
	{ 0x0111, "d" },
	{ 0x0127, "h" },
	{ 0x0131, "i" },
	{ 0x0142, "l" },
	{ 0x0153, "oe" },
	{ 0x0167, "t" },
	{ 0x00e6, "ae" },
	{ 0x00f0, "d" },
	{ 0x00f8, "o" },
	{ 0x00fe, "th" },
};

/* The folded text as it grows: blanks are held back until a word follows. */
struct folded {
	char *s;
	size_t len;
	bool blank, apostrophe;
	bool mark; /* keep apostrophes between letters */
};

static void settle(struct folded *f)
{
	if (f->blank && f->len)
		f->s[f->len++] = ' ';
	else if (f->apostrophe && f->mark && f->len)
		f->s[f->len++] = APOSTROPHE;
	f->blank = f->apostrophe = false;
}

static void put(struct folded *f, const char *s, size_t n)
{
	settle(f);
	memcpy(f->s + f->len, s, n);
	f->len += n;
}

static void put_blank(struct folded *f)
{
	f->blank = true;
	f->apostrophe = false;
}

static void put_apostrophe(struct folded *f)
{
	f->apostrophe = true;
}

static void put_ascii(struct folded *f, unsigned char c)
{
	unsigned char lower = c >= 'A' && c <= 'Z' ? c | 0x20 : c;

	if ((lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9')) {
		if (f->blank | f->apostrophe)
			settle(f);
		f->s[f->len++] = (char)lower;
	} else if (c == '\'' || c == '`') {
		put_apostrophe(f);
	} else {
		put_blank(f);
	}
}

static bool put_latin1(struct folded *f, unsigned c)
{
	const char *to = latin1[c - 0xa0];

	if (!to)
		return false;
	if (!*to)
		put_blank(f);
	else if (*to == '\'')
		put_apostrophe(f);
	else if (*to != '-')
		put(f, to, strlen(to));
	return true;
}

/* U+2000 to U+206F: curly quotes, dashes, marks of direction. */
static void put_punctuation(struct folded *f, unsigned c)
{
	if (c == 0x2018 || c == 0x2019 || c == 0x201b || c == 0x2032)
		put_apostrophe(f);
	else if ((c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || c >= 0x2060)
		return;
	else
		put_blank(f);
}

static bool follows(unsigned char c)
{
	return c >= 0x80 && c < 0xc0;
}

/* Bytes of one character taken, 0 when ICU is needed. */
static size_t put_known(struct folded *f, const unsigned char *s)
{
	unsigned c;

	if (*s < 0x80)
		return put_ascii(f, *s), 1;
	if (!follows(s[1]))
		return 0;
	c = (*s & 0x1fu) << 6 | (s[1] & 0x3fu);
	if ((*s == 0xc2 && s[1] >= 0xa0) || *s == 0xc3)
		return put_latin1(f, c) ? 2 : 0;
	if (*s == 0xcc || (*s == 0xcd && s[1] < 0xb0 && s[1] != 0x85))
		return 2; /* combining marks to U+036F; U+0345 folds to a letter */
	if (*s != 0xe2 || (s[1] != 0x80 && s[1] != 0x81) || !follows(s[2]))
		return 0;
	c = 0x2000u | (s[1] & 0x3fu) << 6 | (s[2] & 0x3fu);
	if (c >= 0x2070)
		return 0;
	return put_punctuation(f, c), 3;
}

static bool is_apostrophe(UChar c)
{
	return c == '\'' || c == '`' || c == 0xb4 || c == 0x2018 || c == 0x2019 || c == 0x201b ||
	       c == 0x2032 || c == 0x02bc || c == 0x02b9 || c == 0xff07;
}

/* What goes in may be any bytes: those that are no UTF-8 count as blanks. */
static UChar *to_utf16(struct arena *mem, const char *s, int32_t *n)
{
	UErrorCode status = U_ZERO_ERROR;
	size_t room = strlen(s) + 1;
	UChar *wide;

	if (room > INT32_MAX / 8)
		room = INT32_MAX / 8;
	wide = arena_alloc(mem, room * sizeof(UChar));
	u_strFromUTF8WithSub(wide, (int32_t)room, n, s, (int32_t)room - 1, 0xfffd, NULL, &status);
	if (U_FAILURE(status))
		*n = 0;
	return wide;
}

static UChar *normalize(struct arena *mem, const UNormalizer2 *form, const UChar *s, int32_t *n)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t room = *n + *n / 2 + 16, made;
	UChar *out = arena_alloc(mem, (size_t)room * sizeof(UChar));

	made = unorm2_normalize(form, s, *n, out, room, &status);
	if (status == U_BUFFER_OVERFLOW_ERROR) {
		status = U_ZERO_ERROR;
		out = arena_alloc(mem, (size_t)(made + 1) * sizeof(UChar));
		made = unorm2_normalize(form, s, *n, out, made + 1, &status);
	}
	*n = U_SUCCESS(status) ? made : 0;
	return out;
}

size_t utf8_write(uint32_t c, char *out)
{
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	for (size_t i = n - 1; i > 0; i--, c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)(lead[n > 1 ? n : 0] | c);
	return n;
}

static const char *plain_letter(UChar32 c)
{
	for (size_t i = 0; i < sizeof(letters) / sizeof(*letters); i++)
		if (letters[i].from == c)
			return letters[i].to;
	return NULL;
}

static void put_any(struct folded *f, UChar32 c)
{
	uint32_t type = U_GET_GC_MASK(c);
	const char *plain = plain_letter(c);
	char utf8[4];

	if (plain) {
		put(f, plain, strlen(plain));
	} else if (type & (U_GC_L_MASK | U_GC_N_MASK | U_GC_MC_MASK)) {
		put(f, utf8, utf8_write((uint32_t)c, utf8));
	} else if (c == APOSTROPHE) {
		put_apostrophe(f);
	} else if (!(type & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK))) {
		put_blank(f);
	}
}

static void fold_by_icu(struct arena *mem, const char *s, struct folded *f)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t n;
	UChar *wide = to_utf16(mem, s, &n);

	for (int32_t i = 0; i < n; i++)
		if (wide[i] == APOSTROPHE)
			wide[i] = ' ';
		else if (is_apostrophe(wide[i]))
			wide[i] = APOSTROPHE;
	wide = normalize(mem, unorm2_getNFKCCasefoldInstance(&status), wide, &n);
	wide = normalize(mem, unorm2_getNFDInstance(&status), wide, &n);
	*f = (struct folded){ .s = arena_alloc(mem, (size_t)n * 4 + 1), .mark = f->mark };
	for (int32_t i = 0; i < n; i++) {
		UChar32 c = wide[i];

		if (U16_IS_LEAD(wide[i]) && i + 1 < n && U16_IS_TRAIL(wide[i + 1]))
			c = 0x10000 + ((c - 0xd800) << 10) + (wide[++i] - 0xdc00);
		put_any(f, c);
	}
}

static char *fold_marking(struct arena *mem, const char *s, bool mark)
{
	const unsigned char *p = (const unsigned char *)s;
	/* Nothing known grows: "ß" and "ss" are two bytes each.  A blank or an
	 * apostrophe is written only where one was read. */
	struct folded f = { .s = arena_alloc(mem, strlen(s) + 1), .mark = mark };
	size_t n;

	for (; *p; p += n) {
		n = put_known(&f, p);
		if (!n) {
			fold_by_icu(mem, s, &f);
			break;
		}
	}
	f.s[f.len] = '\0';
	return f.s;
}

char *fold(struct arena *mem, const char *s)
{
	return fold_marking(mem, s, false);
}

static size_t count_words(const char *s)
{
	size_t n = 1;

	for (; *s; s++)
		n += *s == ' ' || *s == APOSTROPHE;
	return n;
}

/* "d\1amico" as damico. */
static char *joined(struct arena *mem, const char *word)
{
	char *out = arena_alloc(mem, strlen(word) + 1), *to = out;

	for (; *word; word++)
		if (*word != APOSTROPHE)
			*to++ = *word;
	return out;
}

static size_t add_word(struct arena *mem, char *word, const char **list)
{
	size_t n = 0;
	char *mark = strchr(word, APOSTROPHE);

	if (mark)
		list[n++] = joined(mem, word);
	for (; mark; mark = strchr(word, APOSTROPHE)) {
		*mark = '\0';
		list[n++] = word;
		word = mark + 1;
	}
	list[n++] = word;
	return n;
}

size_t fold_tokens(struct arena *mem, const char *s, const char *const **tokens)
{
	char *word = fold_marking(mem, s, true);
	const char **list = arena_alloc(mem, count_words(word) * 2 * sizeof(*list));
	size_t n = 0;

	while (*word) {
		char *end = strchr(word, ' ');

		if (end)
			*end = '\0';
		n += add_word(mem, word, list + n);
		if (!end)
			break;
		word = end + 1;
	}
	*tokens = list;
	return n;
}

/* Bytes of the well-formed character at s, 0 when there is none. */
static size_t character(const unsigned char *s, size_t left)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t n;

	if (*s < 0x80)
		return *s ? 1 : 0;
	n = *s >= 0xc2 && *s <= 0xdf   ? 2
	    : (*s & 0xf0) == 0xe0      ? 3
	    : *s >= 0xf0 && *s <= 0xf4 ? 4
				       : 0;
	if (!n || n > left)
		return 0;
	if (*s == 0xe0)
		low = 0xa0;
	else if (*s == 0xed)
		high = 0x9f;
	else if (*s == 0xf0)
		low = 0x90;
	else if (*s == 0xf4)
		high = 0x8f;
	if (s[1] < low || s[1] > high)
		return 0;
	for (size_t i = 2; i < n; i++)
		if (!follows(s[i]))
			return 0;
	return n;
}

static bool are_plain(const unsigned char *s)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t eight;

	memcpy(&eight, s, sizeof(eight));
	return !((eight | (eight - ones)) & high);
}

bool utf8_is_valid(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;

	for (size_t i = 0, step; i < n; i += step) {
		if (n - i >= 8 && are_plain(p + i))
			step = 8;
		else
			step = character(p + i, n - i);
		if (!step)
			return false;
	}
	return true;
}

size_t utf8_length(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += !follows((unsigned char)*s);
	return n;
}

const char *nfc(struct arena *mem, const char *s)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *form;
	int32_t n, length = 0;
	UChar *wide;
	char *out;
	const unsigned char *p = (const unsigned char *)s;

	/* Below U+0300 nothing composes. */
	while (*p && *p < 0xcc)
		p++;
	if (!*p)
		return s;
	form = unorm2_getNFCInstance(&status);
	wide = to_utf16(mem, s, &n);
	if (unorm2_isNormalized(form, wide, n, &status) && U_SUCCESS(status))
		return s;
	wide = normalize(mem, form, wide, &n);
	out = arena_alloc(mem, (size_t)n * 3 + 1);
	u_strToUTF8(out, n * 3 + 1, &length, wide, n, &status);
	return U_SUCCESS(status) ? out : s;
}
