/* Rows cut out of a text, whatever wrote it. */
#include "base/csv.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fold.h"

enum { CELL_MAX = 1024 * 1024, COLUMNS_MAX = 1000 };

struct csv {
	const char *text, *at, *end;
	const char *encoding;
	int64_t line;
	char separator;
	char newline;	 /* '\r' where a file has no other */
	const char *why; /* set once, when reading has ended early */
};

/* U+0080 to U+009F in Windows-1252; 0 where it has nothing. */
/* clang-format off */
static const unsigned short windows[32] = { 0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020,
	0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f, 0x90, 0x2018, 0x2019,
	0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e,
	0x178 };
/* clang-format on */

static void from_windows(struct arena *mem, struct csv *c)
{
	size_t n = (size_t)(c->end - c->text), room = 1;
	char *out, *to;

	for (size_t i = 0; i < n; i++)
		room += (unsigned char)c->text[i] < 0x80 ? 1 : 3;
	to = out = arena_alloc(mem, room);
	for (size_t i = 0; i < n; i++) {
		unsigned char b = (unsigned char)c->text[i];

		if (b < 0x80)
			*to++ = (char)b;
		else
			to += utf8_write(b < 0xa0 ? windows[b - 0x80] : b, to);
	}
	c->text = out;
	c->end = to;
	c->encoding = "windows-1252";
}

/* Half a pair becomes U+FFFD; an odd byte at the end is no character. */
static void from_utf16(struct arena *mem, struct csv *c, bool big)
{
	const unsigned char *s = (const unsigned char *)c->text;
	size_t n = (size_t)(c->end - c->text) / 2;
	char *out = arena_alloc(mem, n * 3 + 1), *to = out;

	for (size_t i = 0; i < n; i++) {
		uint32_t u = (uint32_t)s[2 * i + big] | (uint32_t)s[2 * i + !big] << 8;
		uint32_t next = 0;

		if (i + 1 < n)
			next = (uint32_t)s[2 * i + 2 + big] | (uint32_t)s[2 * i + 2 + !big] << 8;
		if (u >= 0xd800 && u < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
			u = 0x10000 + ((u - 0xd800) << 10) + (next - 0xdc00);
			i++;
		} else if (u >= 0xd800 && u < 0xe000) {
			u = 0xfffd;
		}
		to += utf8_write(u, to);
	}
	c->text = out;
	c->end = to;
	c->encoding = big ? "utf-16be" : "utf-16le";
}

/* Latin text in UTF-16 is zero at every second byte. */
static bool looks_like_utf16(const struct csv *c, bool big)
{
	size_t n = (size_t)(c->end - c->text), zeros = 0, others = 0;

	if (n > 512)
		n = 512;
	for (size_t i = 0; i < n; i++)
		if ((i % 2 == 0) == big)
			zeros += !c->text[i];
		else
			others += !c->text[i];
	return n >= 4 && zeros * 4 >= n && others == 0;
}

/* A NUL is told later, where it stands: it must not make a file Windows-1252. */
static bool is_utf8(const char *s, const char *end)
{
	while (s < end) {
		const char *nul = memchr(s, '\0', (size_t)(end - s));
		const char *stop = nul ? nul : end;

		if (!utf8_is_valid(s, (size_t)(stop - s)))
			return false;
		s = stop + 1;
	}
	return true;
}

static bool skip_mark(struct csv *c, const char *mark, size_t n)
{
	if ((size_t)(c->end - c->text) < n || memcmp(c->text, mark, n))
		return false;
	c->text += n;
	return true;
}

static void decode(struct arena *mem, struct csv *c)
{
	c->encoding = "utf-8";
	skip_mark(c, "\xef\xbb\xbf", 3);
	if (skip_mark(c, "\xff\xfe", 2) || looks_like_utf16(c, false))
		from_utf16(mem, c, false);
	else if (skip_mark(c, "\xfe\xff", 2) || looks_like_utf16(c, true))
		from_utf16(mem, c, true);
	else if (!is_utf8(c->text, c->end))
		from_windows(mem, c);
}

static const char separators[] = ";,\t|";

enum { CANDIDATES = 4, LOOK_AHEAD = 20, LOOK_BYTES = 64 * 1024 };

/* How often each candidate stands in the line, outside quotes; where the
 * next line begins. */
static const char *count_line(const struct csv *c, const char *s, size_t *counts)
{
	bool quoted = false;

	memset(counts, 0, CANDIDATES * sizeof(*counts));
	for (; s < c->end && (quoted || *s != c->newline); s++) {
		const char *found = *s ? strchr(separators, *s) : NULL;

		if (*s == '"')
			quoted = !quoted;
		else if (found && !quoted)
			counts[found - separators]++;
	}
	return s < c->end ? s + 1 : s;
}

/* The candidate that parts most lines as it parts the first. */
static void guess_separator(struct csv *c)
{
	size_t first[CANDIDATES], counts[CANDIDATES], same[CANDIDATES] = { 0 };
	const char *s = count_line(c, c->at, first), *start = c->at;
	size_t best = 0;

	for (int i = 0; i < LOOK_AHEAD && s < c->end && s - start < LOOK_BYTES; i++) {
		s = count_line(c, s, counts);
		for (size_t k = 0; k < CANDIDATES; k++)
			same[k] += counts[k] == first[k];
	}
	for (size_t k = 1; k < CANDIDATES; k++) {
		if (!first[k])
			continue;
		if (!first[best] || same[k] > same[best] ||
			(same[k] == same[best] && first[k] > first[best]))
			best = k;
	}
	c->separator = separators[best];
}

/* Excel's own first line: sep=; */
static bool take_separator(struct csv *c)
{
	const char *s = c->at;

	if (c->end - s < 5 || strncasecmp(s, "sep=", 4) || !strchr(separators, s[4]) || !s[4])
		return false;
	s += 5;
	if (s < c->end && *s == '\r' && c->newline == '\n')
		s++;
	if (s < c->end && *s != c->newline)
		return false;
	c->separator = c->at[4];
	c->at = s < c->end ? s + 1 : s;
	c->line = 2;
	return true;
}

struct csv *csv_open(struct arena *mem, const char *bytes, size_t n)
{
	struct csv *c = arena_alloc(mem, sizeof(*c));

	*c = (struct csv){ .text = bytes, .end = bytes + n, .line = 1 };
	decode(mem, c);
	c->at = c->text;
	n = (size_t)(c->end - c->at);
	c->newline = n && !memchr(c->at, '\n', n) && memchr(c->at, '\r', n) ? '\r' : '\n';
	if (!take_separator(c))
		guess_separator(c);
	return c;
}

const char *csv_encoding(const struct csv *c)
{
	return c->encoding;
}

char csv_separator(const struct csv *c)
{
	return c->separator;
}

void csv_progress(const struct csv *c, size_t *done, size_t *all)
{
	*done = (size_t)(c->at - c->text);
	*all = (size_t)(c->end - c->text);
}

/* A row being cut: its cells lie one after the other in one piece of memory. */
struct cut {
	const char **cells;
	size_t count;
	char *to;
};

static bool breaks(struct csv *c, const char *why)
{
	c->why = why;
	return false;
}

/* Where the row beginning at c->at ends, its newline not included; NULL when
 * a quote never ends.  Quotes count only at the beginning of a cell. */
static const char *row_end(struct csv *c, bool *quoted)
{
	const char *s = c->at;
	const char *end = memchr(s, c->newline, (size_t)(c->end - s));

	if (!end)
		end = c->end;
	*quoted = memchr(s, '"', (size_t)(end - s)) != NULL;
	while (*quoted && s < c->end && *s != c->newline) {
		if (*s != '"') {
			while (s < c->end && *s != c->separator && *s != c->newline)
				s++;
		} else {
			for (s++; (s = memchr(s, '"', (size_t)(c->end - s))) && s + 1 < c->end &&
				  s[1] == '"';)
				s += 2;
			if (!s)
				return NULL;
			while (s < c->end && *s != c->separator && *s != c->newline)
				s++;
		}
		if (s < c->end && *s == c->separator)
			s++;
	}
	return *quoted ? s : end;
}

/* A cell in quotes; what stands after the closing one is kept as it is. */
static const char *cut_quoted(struct cut *cut, const char *s, const char *end, char separator)
{
	for (s++; s < end; s++) {
		if (*s == '"' && (s + 1 == end || s[1] != '"'))
			break;
		if (*s == '"')
			s++;
		*cut->to++ = *s;
	}
	for (s++; s < end && *s != separator; s++)
		*cut->to++ = *s;
	return s < end ? s : end;
}

static const char *cut_plain(struct cut *cut, const char *s, const char *end, char separator)
{
	const char *stop = memchr(s, separator, (size_t)(end - s));
	size_t n;

	if (!stop)
		stop = end;
	n = (size_t)(stop - s);
	memcpy(cut->to, s, n);
	cut->to += n;
	return stop;
}

static bool cut_row(struct csv *c, struct cut *cut, const char *s, const char *end)
{
	for (;;) {
		char *cell = cut->to;

		if (cut->count == COLUMNS_MAX)
			return breaks(c, "csv.columns");
		if (s < end && *s == '"')
			s = cut_quoted(cut, s, end, c->separator);
		else
			s = cut_plain(cut, s, end, c->separator);
		if (cut->to - cell > CELL_MAX)
			return breaks(c, "csv.cell");
		*cut->to++ = '\0';
		cut->cells[cut->count++] = cell;
		if (s == end)
			return true;
		s++;
	}
}

static size_t count_separators(const char *s, const char *end, char separator)
{
	size_t n = 0;

	while (n < COLUMNS_MAX && (s = memchr(s, separator, (size_t)(end - s)))) {
		n++;
		s++;
	}
	return n;
}

static int64_t count_lines(const char *s, const char *end, char newline)
{
	int64_t n = 0;

	while (s < end && (s = memchr(s, newline, (size_t)(end - s)))) {
		n++;
		s++;
	}
	return n;
}

/* Nothing but separators and blanks: what spreadsheets leave behind. */
static bool is_empty(const char *s, const char *end, char separator)
{
	while (s < end && (*s == separator || *s == ' ' || *s == '\r'))
		s++;
	return s == end;
}

/* So long that one of its cells must be too long, even if all of it were
 * doubled quotes: told before there is room made for it. */
static bool has_long_cell(size_t n, size_t parts)
{
	return n / 2 / (parts + 1) > CELL_MAX + 1;
}

static bool next_row(struct csv *c, struct arena *mem, struct csv_row *row)
{
	bool quoted;
	const char *from = c->at, *end = row_end(c, &quoted);
	struct cut cut = { .count = 0 };
	size_t n, parts;

	if (!end)
		return breaks(c, c->end - from > CELL_MAX ? "csv.cell" : "csv.quote");
	n = (size_t)(end - from);
	if (n && from[n - 1] == '\r')
		n--;
	if (memchr(from, '\0', n))
		return breaks(c, "csv.nul");
	*row = (struct csv_row){ .line = c->line };
	if (!is_empty(from, from + n, c->separator)) {
		parts = count_separators(from, from + n, c->separator);
		if (has_long_cell(n, parts))
			return breaks(c, "csv.cell");
		cut.cells = arena_alloc(mem, (parts + 1) * sizeof(*cut.cells));
		cut.to = arena_alloc(mem, n + 2);
		if (!cut_row(c, &cut, from, from + n))
			return false;
	}
	row->cells = cut.cells;
	row->count = cut.count;
	c->line += 1 + (quoted ? count_lines(from, end, c->newline) : 0);
	c->at = end < c->end ? end + 1 : end;
	return true;
}

enum csv_result csv_next(struct csv *c, struct arena *mem, struct csv_row *row, const char **why)
{
	*row = (struct csv_row){ .line = c->line };
	while (!c->why && c->at < c->end)
		if (next_row(c, mem, row) && row->count)
			return CSV_ROW;
	*why = c->why;
	return c->why ? CSV_BROKEN : CSV_END;
}

/* What a spreadsheet would run: the full-width forms too, which some fold. */
static bool is_formula(const char *s)
{
	static const char *const wide[] = { "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
		"\xef\xbc\xa0" };

	if ((*s == '+' || *s == '-') && s[1] && !s[1 + strspn(s + 1, "0123456789 .,/()-")])
		return false;
	if (*s && strchr("=+-@\t\r", *s))
		return true;
	for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++)
		if (!strncmp(s, wide[i], 3))
			return true;
	return false;
}

/* A cell that already looks guarded is guarded once more, so that taking one
 * guard away always gives back what was there. */
static bool needs_guard(const char *s)
{
	while (*s == '\'')
		s++;
	return is_formula(s);
}

void csv_add_cell(struct buf *out, const char *s, char separator)
{
	const char special[] = { separator, '"', '\r', '\n', '\0' };
	size_t n = strlen(s);
	bool quote = s[strcspn(s, special)] || (n && (*s == ' ' || s[n - 1] == ' '));

	if (quote)
		buf_addn(out, "\"", 1);
	if (needs_guard(s))
		buf_addn(out, "'", 1);
	for (const char *mark; (mark = strchr(s, '"')); s = mark + 1) {
		buf_addn(out, s, (size_t)(mark - s) + 1);
		buf_addn(out, "\"", 1);
	}
	buf_add(out, s);
	if (quote)
		buf_addn(out, "\"", 1);
}

const char *csv_unguard(const char *s)
{
	return *s == '\'' && needs_guard(s + 1) ? s + 1 : s;
}
