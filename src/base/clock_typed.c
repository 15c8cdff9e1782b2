/* Dates and times as people and spreadsheets write them. */
#include "base/clock.h"

#include <stddef.h>
#include <string.h>

/* clang-format off */
static const char *const months[][2] = {
	{ "gennaio", "january" }, { "febbraio", "february" }, { "marzo", "march" },
	{ "aprile", "april" }, { "maggio", "may" }, { "giugno", "june" },
	{ "luglio", "july" }, { "agosto", "august" }, { "settembre", "september" },
	{ "ottobre", "october" }, { "novembre", "november" }, { "dicembre", "december" },
};
/* clang-format on */

static const char *const weekdays[] = {
	"lunedi",
	"martedi",
	"mercoledi",
	"giovedi",
	"venerdi",
	"sabato",
	"domenica",
	"monday",
	"tuesday",
	"wednesday",
	"thursday",
	"friday",
	"saturday",
	"sunday",
};

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE };

struct typed {
	char date[DATE_TEXT];
	int64_t ms_of_day;
	int64_t offset;
	bool has_offset;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Blanks, the one that does not break included. */
static const char *skip_blanks(const char *s)
{
	for (;;) {
		if (*s == ' ' || *s == '\t')
			s++;
		else if (!strncmp(s, "\xc2\xa0", 2))
			s += 2;
		else
			return s;
	}
}

static bool begins(const char *s, size_t n, const char *name)
{
	if (n < 3 || n > strlen(name))
		return false;
	for (size_t i = 0; i < n; i++)
		if ((s[i] | 0x20) != name[i])
			return false;
	return true;
}

static size_t word_length(const char *s)
{
	size_t n = 0;

	while (is_letter(s[n]))
		n++;
	return n;
}

static bool take_month(const char **s, int *month)
{
	size_t n = word_length(*s);

	for (*month = 1; *month <= 12; (*month)++) {
		if (!begins(*s, n, months[*month - 1][0]) && !begins(*s, n, months[*month - 1][1]))
			continue;
		*s += n;
		if (**s == '.')
			(*s)++;
		return true;
	}
	return false;
}

/* "lun", "lun.", "lunedì," ... or the text itself. */
static const char *after_weekday(const char *s)
{
	size_t n = word_length(s);

	for (size_t i = 0; i < sizeof(weekdays) / sizeof(*weekdays); i++) {
		if (!begins(s, n, weekdays[i]))
			continue;
		s += n;
		if (!strncmp(s, "\xc3\xac", 2) || !strncmp(s, "\xc3\x8c", 2))
			s += 2;
		while (*s == '.' || *s == ',' || *s == '\'')
			s++;
		return skip_blanks(s);
	}
	return s;
}

static bool take_number(const char **s, int *n, int *digits)
{
	*n = 0;
	for (*digits = 0; is_digit(**s) && *digits < 9; (*s)++, (*digits)++)
		*n = *n * 10 + (**s - '0');
	return *digits > 0;
}

static int full_year(int year, int digits)
{
	if (digits > 2)
		return year;
	return year + (year < 70 ? 2000 : 1900);
}

static bool set_date(struct typed *t, int year, int month, int day)
{
	int part[] = { year / 100, year % 100, month, day };
	char *p = t->date;

	if (year < 1 || year > 9999 || month < 1 || month > 99 || day < 1 || day > 99)
		return false;
	for (int i = 0; i < 4; i++) {
		if (i > 1)
			*p++ = '-';
		*p++ = (char)('0' + part[i] / 10);
		*p++ = (char)('0' + part[i] % 10);
	}
	*p = '\0';
	return date_is_valid(t->date);
}

/* What stands between day, month and year. */
static bool take_between(const char **s)
{
	const char *from = *s;

	if (!strncmp(*s, "\xc2\xb0", 2) || !strncmp(*s, "\xc2\xba", 2))
		*s += 2;
	*s = skip_blanks(*s);
	if (**s && strchr("/-.,", **s))
		*s = skip_blanks(*s + 1);
	return *s > from;
}

static bool take_year(const char **s, int *year)
{
	int digits;

	if (**s == '\'')
		(*s)++;
	if (!take_number(s, year, &digits) || (digits != 2 && digits != 4))
		return false;
	*year = full_year(*year, digits);
	return true;
}

/* Year first: 2026-01-31, 2026/1/31, 20260131. */
static bool take_year_first(const char **s, struct typed *t)
{
	int year, month, day, digits;

	if (!take_number(s, &year, &digits))
		return false;
	if (digits == 8)
		return set_date(t, year / 10000, year / 100 % 100, year % 100);
	return digits == 4 && take_between(s) && take_number(s, &month, &digits) && digits <= 2 &&
	       take_between(s) && take_number(s, &day, &digits) && digits <= 2 &&
	       set_date(t, year, month, day);
}

/* Day first: 31/1/26, 31 gen 2026; or 12/31/2026, where nothing else fits. */
static bool take_day_first(const char **s, struct typed *t)
{
	int year, month, day, digits;

	if (!take_number(s, &day, &digits) || digits > 2 || !take_between(s))
		return false;
	if (take_month(s, &month)) {
		take_between(s);
		return take_year(s, &year) && set_date(t, year, month, day);
	}
	return take_number(s, &month, &digits) && digits <= 2 && take_between(s) &&
	       take_year(s, &year) &&
	       (set_date(t, year, month, day) || set_date(t, year, day, month));
}

/* January 5, 2026 */
static bool take_month_first(const char **s, struct typed *t)
{
	int year, month, day, digits;

	return take_month(s, &month) && take_between(s) && take_number(s, &day, &digits) &&
	       digits <= 2 && take_between(s) && take_year(s, &year) &&
	       set_date(t, year, month, day);
}

static bool take_day(const char **s, struct typed *t)
{
	size_t digits = 0;

	while (is_digit((*s)[digits]))
		digits++;
	if (digits >= 4)
		return take_year_first(s, t);
	return digits ? take_day_first(s, t) : take_month_first(s, t);
}

static bool take_half_of_day(const char **s, int *hour)
{
	char c = (char)(**s | 0x20);

	if ((c != 'a' && c != 'p') || ((*s)[1] | 0x20) != 'm')
		return true;
	if (*hour < 1 || *hour > 12)
		return false;
	*hour = *hour % 12 + (c == 'p' ? 12 : 0);
	*s += 2;
	return true;
}

static bool take_offset(const char **s, struct typed *t)
{
	int sign = **s == '-' ? -1 : 1, h, m = 0, digits;

	if (**s == 'Z' || **s == 'z') {
		t->has_offset = true;
		(*s)++;
		return true;
	}
	if (**s != '+' && **s != '-')
		return true;
	(*s)++;
	if (!take_number(s, &h, &digits) || (digits != 2 && digits != 4))
		return false;
	if (digits == 4) {
		m = h % 100;
		h /= 100;
	} else if (**s == ':') {
		(*s)++;
		if (!take_number(s, &m, &digits) || digits != 2)
			return false;
	}
	t->has_offset = true;
	t->offset = sign * ((int64_t)h * HOUR + m * MINUTE);
	return h < 24 && m < 60;
}

static bool take_seconds(const char **s, int *ms)
{
	int seconds, digits, worth = 100;

	*ms = 0;
	if (**s != ':')
		return true;
	(*s)++;
	if (!take_number(s, &seconds, &digits) || digits != 2 || seconds > 59)
		return false;
	*ms = seconds * 1000;
	if (**s != '.' && **s != ',')
		return true;
	for ((*s)++; is_digit(**s); (*s)++, worth /= 10)
		*ms += (**s - '0') * worth;
	return true;
}

/* Nothing, or a time and nothing after it. */
static bool take_time(const char *s, struct typed *t)
{
	int h, m, ms, digits;

	s = skip_blanks(s);
	if (*s == 'T' || *s == 't' || *s == ',')
		s = skip_blanks(s + 1);
	else if (!strncmp(s, "ore ", 4) || !strncmp(s, "alle ", 5))
		s = skip_blanks(s + (*s == 'o' ? 4 : 5));
	if (!*s)
		return true;
	if (!take_number(&s, &h, &digits) || digits > 2 || (*s != ':' && *s != '.'))
		return false;
	s++;
	if (!take_number(&s, &m, &digits) || digits != 2 || !take_seconds(&s, &ms))
		return false;
	s = skip_blanks(s);
	if (!take_half_of_day(&s, &h) || h > 23 || m > 59)
		return false;
	s = skip_blanks(s);
	if (!take_offset(&s, t))
		return false;
	t->ms_of_day = (int64_t)h * HOUR + m * MINUTE + ms;
	return !*skip_blanks(s);
}

static bool take_all(const char *s, struct typed *t)
{
	*t = (struct typed){ .offset = 0 };
	return take_day(&s, t) && take_time(s, t);
}

/* "mar" is Tuesday in "mar 5 gen 2026" and March in "mar 5, 2026". */
static bool read_typed(const char *text, struct typed *t)
{
	const char *s = skip_blanks(text);
	const char *after = after_weekday(s);

	return (after != s && take_all(after, t)) || take_all(s, t);
}

bool date_read(const char *text, char *date)
{
	struct typed t;

	if (!read_typed(text, &t))
		return false;
	memcpy(date, t.date, DATE_TEXT);
	return true;
}

bool instant_read(const char *text, const char *zone, int64_t *ms)
{
	struct typed t;

	if (clock_read(text, ms))
		return true;
	if (!read_typed(text, &t))
		return false;
	if (t.has_offset)
		*ms = date_start(t.date, "UTC") + t.ms_of_day - t.offset;
	else
		*ms = instant_of(t.date, t.ms_of_day, zone);
	return true;
}
