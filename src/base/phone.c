/* Telephone numbers: found in a cell, brought into one form, shown. */
#include "base/phone.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/phone_country.h"

/* Digits that stand together, and what parts them from those before. */
struct group {
	char digits[24];
	size_t n;
	char before;	/* '/' or '-', ' ' for weaker ones */
	bool plus;	/* "+39" */
	bool in_parens; /* "(0)" */
};

enum { GROUPS = 16, LONGEST = 15 };

/* Groups that may be one number, or several beside each other. */
struct run {
	struct group groups[GROUPS];
	size_t count;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static const char *const extensions[] = { "int", "interno", "interni", "ext", "extension", "x",
	"tasto", "der", "derivato" };

static bool is_extension(const char *word, size_t n)
{
	for (size_t i = 0; i < sizeof(extensions) / sizeof(*extensions); i++) {
		const char *e = extensions[i];
		size_t k = 0;

		while (k < n && e[k] && (word[k] | 0x20) == e[k])
			k++;
		if (k == n && !e[k])
			return true;
	}
	return false;
}

static const char *skip_extension(const char *s)
{
	const char *from = s + strspn(s, " .:");
	size_t n = strspn(from, "0123456789");

	/* More digits than any desk has are another number. */
	return n && n < 6 ? from + n : s;
}

/* Where a run ends and how far a word reaches; extensions are passed over. */
static const char *skip_word(const char *s)
{
	size_t n = 0;

	while (is_letter(s[n]))
		n++;
	return is_extension(s, n) ? skip_extension(s + n) : s + n;
}

/* What joins the groups of one number, and what would part two. */
static size_t joint_at(const char *s, char *kind)
{
	static const struct {
		const char *text;
		char kind;
	} joints[] = {
		{ " ", ' ' },
		{ "\t", ' ' },
		{ ".", ' ' },
		{ "(", ' ' },
		{ ")", ' ' },
		{ "/", '/' },
		{ "\\", '/' },
		{ ",", '/' },
		{ "-", '-' },
		{ "\xc2\xa0", ' ' },
		{ "\xe2\x80\x90", '-' },
		{ "\xe2\x80\x91", '-' },
		{ "\xe2\x80\x93", '-' },
		{ "\xe2\x80\x94", '-' },
		{ "\xe2\x80\xaf", ' ' },
		{ "\xc2\xad", ' ' },
		{ "_", '-' },
		{ "'", ' ' },
		{ "*", ' ' },
		{ "[", ' ' },
		{ "]", ' ' },
		{ "\xe2\x80\x8b", ' ' },
		{ "\xe2\x80\xaa", ' ' },
		{ "\xe2\x80\xac", ' ' },
		{ "\xe2\x80\x8e", ' ' },
	};

	for (size_t i = 0; i < sizeof(joints) / sizeof(*joints); i++) {
		size_t n = strlen(joints[i].text);

		if (strncmp(s, joints[i].text, n))
			continue;
		if (joints[i].kind != ' ' && *kind != '/')
			*kind = joints[i].kind;
		return n;
	}
	return 0;
}

static const char *take_group(const char *s, struct group *g)
{
	g->n = strspn(s, "0123456789");
	g->in_parens = s[g->n] == ')' && *s == '0' && g->n == 1;
	if (g->n < sizeof(g->digits))
		memcpy(g->digits, s, g->n);
	return s + g->n;
}

/* The next run; NULL when none is left. */
static const char *next_run(const char *s, struct run *run)
{
	char kind = ' ';
	bool plus = false;

	memset(run, 0, sizeof(*run));
	while (*s && run->count < GROUPS) {
		struct group *g = &run->groups[run->count];
		size_t n = joint_at(s, &kind);

		if (n) {
			s += n;
		} else if (is_digit(*s)) {
			*g = (struct group){ .before = kind, .plus = plus };
			s = take_group(s, g);
			run->count++;
			kind = ' ';
			plus = false;
		} else if (run->count) {
			break;
		} else {
			plus = *s == '+';
			s = is_letter(*s) ? skip_word(s) : s + 1;
		}
	}
	return run->count ? s : NULL;
}

/* Landlines keep their 0; mobiles begin with 3; 8 and 1 are services. */
static bool is_italian(const char *s, size_t n)
{
	if (*s == '0')
		return n >= 6 && n <= 11 && s[1] != '0';
	if (*s == '3')
		return (n == 9 || n == 10) && s[1] != '0';
	if (*s == '8')
		return n >= 6 && n <= 9 && (s[1] == '0' || s[1] == '4' || s[1] == '9');
	if (*s == '1')
		return n >= 9 && n <= 10 && (s[1] == '9' || s[1] == '7' || s[1] == '6');
	return n == 10 && s[0] == '5' && s[1] == '5';
}

static bool keeps_zero(const struct phone_country *c)
{
	return strcmp(c->own, "0") && strcmp(c->own, "06") && strcmp(c->own, "8");
}

static bool is_plausible(const struct phone_country *c, const char *s, size_t n)
{
	if (!strcmp(c->code, "39"))
		return is_italian(s, n);
	if (!strcmp(c->code, "1"))
		return n == 10 && *s >= '2';
	return n >= 5 && (keeps_zero(c) || *s != '0') && strlen(c->code) + n >= 8 &&
	       strlen(c->code) + n <= LONGEST;
}

static bool join(const struct phone_country *c, const char *s, char *e164)
{
	size_t n = strlen(s);

	if (!is_plausible(c, s, n))
		return false;
	/* San Marino is reached from Italy as if it were a town. */
	if (!strcmp(c->iso, "IT") && !strncmp(s, "0549", 4) && n == 10)
		c = phone_country("SM");
	snprintf(e164, PHONE_TEXT, "+%s%s", c->code, s);
	return true;
}

static bool read_abroad(const char *digits, char *e164)
{
	const struct phone_country *c = phone_country_of(digits);

	if (!c)
		return false;
	digits += strlen(c->code);
	if (!keeps_zero(c) && *digits == '0')
		digits++;
	return join(c, digits, e164);
}

static bool read_at_home(const char *digits, const struct phone_country *c, char *e164)
{
	size_t own = strlen(c->own);

	/* "39 02 ...", the plus lost: no Italian number is that long. */
	if (!strcmp(c->iso, "IT") && strlen(digits) > 10 && !strncmp(digits, "39", 2) &&
		join(c, digits + 2, e164))
		return true;
	if (!strcmp(c->iso, "SM") && strlen(digits) == 6) {
		snprintf(e164, PHONE_TEXT, "+3780549%s", digits);
		return true;
	}
	if (own && !strncmp(digits, c->own, own) && join(c, digits + own, e164))
		return true;
	return join(c, digits, e164);
}

/* The groups as one number, or false. */
static bool read_groups(const struct group *g, size_t count, const char *country, char *e164)
{
	const struct phone_country *c = phone_country(*country ? country : "IT");
	bool plus = g->plus;
	char all[LONGEST + 6] = "";
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		bool again = i + 1 < count && g[i + 1].digits[0] == '0';

		if (g[i].in_parens && plus && (again || strncmp(all, "39", 2)))
			continue;
		if (g[i].n >= sizeof(all) - n)
			return false;
		memcpy(all + n, g[i].digits, g[i].n);
		n += g[i].n;
		all[n] = '\0';
	}
	if (plus)
		return read_abroad(all, e164);
	if (!strncmp(all, "00", 2) && read_abroad(all + 2, e164))
		return true;
	return c && read_at_home(all, c, e164);
}

/* "0532 769137/38", "0532 769137-138": the last groups only say where other
 * desks are reached. */
static bool ends_in_range(const struct group *g, size_t count)
{
	const struct group *last = &g[count - 1];
	size_t before = 0;

	if (count < 2 || last->before == ' ' || last->n > 3 || g[count - 2].n < last->n + 2)
		return false;
	for (size_t i = 0; i + 1 < count; i++)
		before += g[i].n;
	return before >= 9 && (last->n < 3 || before + last->n > 10);
}

/* How many groups from the first make a number: all, or the most that do up
 * to a strong joint, or up to any; 0 when none do. */
static size_t read_first(const struct group *g, size_t count, const char *country, char *e164)
{
	if (ends_in_range(g, count) && read_groups(g, count - 1, country, e164))
		return count;
	if (read_groups(g, count, country, e164))
		return count;
	for (int weak = 0; weak < 2; weak++)
		for (size_t n = count - 1; n > 0; n--)
			if ((weak || g[n].before != ' ') && read_groups(g, n, country, e164))
				return n;
	return 0;
}

/* "0744123456074412345": two numbers that lost what parted them show by the
 * area code that comes again.  The group that holds both becomes two. */
static bool unglue(struct run *run)
{
	const char *area = run->groups[0].digits;

	if (run->groups[0].plus || *area != '0' || run->groups[0].n < 3 || run->count == GROUPS)
		return false;
	for (size_t i = 0; i < run->count; i++) {
		struct group *g = &run->groups[i];

		for (size_t at = i ? 4 : 6; at + 3 <= g->n && g->n < sizeof(g->digits); at++) {
			if (strncmp(g->digits + at, area, 3))
				continue;
			memmove(g + 1, g, (run->count - i) * sizeof(*g));
			run->count++;
			g[1].n = g->n - at;
			g[1].before = '/';
			memmove(g[1].digits, g->digits + at, g[1].n + 1);
			g->n = at;
			g->digits[at] = '\0';
			return true;
		}
	}
	return false;
}

/* "/ 335 / 272" after a number: other desks behind the same one. */
static bool is_desk(const struct run *run, size_t at)
{
	const struct group *g = &run->groups[at];

	return at && g->before != ' ' && g->n <= 3 &&
	       (at + 1 == run->count || (g[1].before != ' ' && g[1].n <= 3));
}

/* One number after the other: its place in the cell. */
struct walk {
	const char *rest;
	const char *country;
	struct run run;
	size_t at;
};

static bool next_number(struct walk *w, char *e164)
{
	for (;;) {
		while (w->at < w->run.count) {
			const struct group *g = w->run.groups + w->at;
			size_t n = 0;

			if (!is_desk(&w->run, w->at))
				n = read_first(g, w->run.count - w->at, w->country, e164);
			if (!n && !w->at && unglue(&w->run))
				continue;
			w->at += n ? n : 1;
			if (n)
				return true;
		}
		w->at = 0;
		w->rest = next_run(w->rest, &w->run);
		if (!w->rest)
			return false;
	}
}

bool phone_read(const char *raw, const char *country, char *e164)
{
	struct walk w = { .rest = raw, .country = country };

	if (next_number(&w, e164))
		return true;
	*e164 = '\0';
	return false;
}

static bool has(const char *const *list, size_t n, const char *e164)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(list[i], e164))
			return true;
	return false;
}

size_t phone_split(
	struct arena *mem, const char *raw, const char *country, const char *const **numbers)
{
	struct walk w = { .rest = raw, .country = country };
	/* A number takes six characters at least, and one to part it. */
	const char **list = arena_alloc(mem, (strlen(raw) / 6 + 1) * sizeof(*list));
	char e164[PHONE_TEXT];
	size_t n = 0;

	while (next_number(&w, e164))
		if (!has(list, n, e164))
			list[n++] = arena_dup(mem, e164);
	*numbers = list;
	return n;
}

bool phone_mend(const char *raw, char *e164)
{
	struct run run;
	char digits[LONGEST + 1] = "0";
	size_t n = 1;

	if (phone_read(raw, "IT", e164))
		return *e164 = '\0', false;
	raw = next_run(raw, &run);
	if (!raw || *raw)
		return false;
	for (size_t i = 0; i < run.count; i++) {
		const struct group *g = &run.groups[i];
		size_t skip = i == 0 && g->plus && !strncmp(g->digits, "39", 2) ? 2 : 0;

		if (n + g->n - skip > LONGEST)
			return false;
		memcpy(digits + n, g->digits + skip, g->n - skip);
		n += g->n - skip;
	}
	return n >= 7 && digits[1] != '0' && join(phone_country("IT"), digits, e164);
}

/* Area codes of two and three digits; all others have four. */
static size_t area_of(const char *s)
{
	static const char three[] = "010 011 015 019 030 031 035 039 040 041 045 049 050 051 055 "
				    "059 070 071 075 079 080 081 085 089 090 091 095 099 ";

	if (*s != '0')
		return 3;
	if (s[1] == '2' || s[1] == '6')
		return 2;
	for (const char *p = three; *p; p += 4)
		if (!strncmp(p, s, 3))
			return 3;
	return 4;
}

/* "123 4567", "12 345", "1234 5678": no group of one. */
static void show_in_groups(const char *s, char *out)
{
	size_t left = strlen(s);

	while (left) {
		size_t n = left == 4 || left == 8 ? 4 : left == 5 || left == 2 ? 2 : 3;

		if (left < n)
			n = left;
		memcpy(out, s, n);
		out += n;
		s += n;
		left -= n;
		if (left)
			*out++ = ' ';
	}
	*out = '\0';
}

void phone_show(const char *e164, char *text, size_t size)
{
	const struct phone_country *c = *e164 == '+' ? phone_country_of(e164 + 1) : NULL;
	char rest[2 * PHONE_TEXT];
	size_t area;
	const char *s;

	if (!c || strlen(e164) > LONGEST + 1) {
		snprintf(text, size, "%s", e164);
		return;
	}
	s = e164 + 1 + strlen(c->code);
	if (!strcmp(c->code, "39")) {
		area = area_of(s);
		if (strlen(s) < area)
			area = strlen(s);
		show_in_groups(s + area, rest);
		snprintf(text, size, "%.*s %s", (int)area, s, rest);
		return;
	}
	area = strlen(s) == 10 ? 3 : strlen(s) > 5 ? 2 : 0;
	show_in_groups(s + area, rest);
	snprintf(text, size, "+%s %.*s%s%s", c->code, (int)area, s, area ? " " : "", rest);
}
