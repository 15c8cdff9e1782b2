/* Numbers of a sheet as people read them: by the cell's format a number is a
 * date, a time, a share, a code with zeros in front. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "table/parts.h"

/* One letter's worth of a format code; what only decorates is passed over. */
static const char *next_sign(const char *s, char *sign)
{
	*sign = ' ';
	if (*s == '"') {
		s = strchr(s + 1, '"');
		return s ? s + 1 : "";
	}
	if (*s == '\\' || *s == '_' || *s == '*')
		return s[1] ? s + 2 : s + 1;
	if (*s == '[') {
		const char *end = strchr(s, ']');

		/* [h], [mm], [ss]: time that goes beyond a day */
		if (strchr("hHmMsS", s[1]) && s[1])
			*sign = 'h';
		return end ? end + 1 : "";
	}
	*sign = (char)tolower((unsigned char)*s);
	return s + 1;
}

struct number_format number_format_of(const char *code)
{
	unsigned zeros = 0, others = 0;
	bool day = false, hour = false, month = false, share = false;

	if (!strcasecmp(code, "general") || !strcasecmp(code, "standard"))
		return (struct number_format){ NUMBER_PLAIN, 0 };
	while (*code && *code != ';') {
		char c;

		code = next_sign(code, &c);
		day = day || c == 'y' || c == 'd';
		hour = hour || c == 'h' || c == 's';
		month = month || c == 'm';
		share = share || c == '%';
		zeros += c == '0';
		others += c != '0';
	}
	if (day || (month && !hour))
		return (struct number_format){ NUMBER_DATE, 0 };
	if (hour)
		return (struct number_format){ NUMBER_TIME, 0 };
	if (share)
		return (struct number_format){ NUMBER_PERCENT, 0 };
	if (zeros > 1 && zeros < 30 && !others)
		return (struct number_format){ NUMBER_ZEROS, zeros };
	return (struct number_format){ NUMBER_PLAIN, 0 };
}

/* ECMA-376 part 1, 18.8.30: formats that every workbook has. */
struct number_format number_format_known(int id)
{
	static const struct {
		int from, to;
		enum number_kind kind;
	} known[] = {
		{ 9, 10, NUMBER_PERCENT },
		{ 14, 17, NUMBER_DATE },
		{ 18, 21, NUMBER_TIME },
		{ 22, 22, NUMBER_DATE },
		{ 27, 31, NUMBER_DATE },
		{ 32, 35, NUMBER_TIME },
		{ 36, 36, NUMBER_DATE },
		{ 45, 47, NUMBER_TIME },
		{ 50, 58, NUMBER_DATE },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (id >= known[i].from && id <= known[i].to)
			return (struct number_format){ known[i].kind, 0 };
	return (struct number_format){ NUMBER_PLAIN, 0 };
}

/* Without an exponent; three decimals would look like thousands elsewhere. */
static void show_plain(double x, char out[NUMBER_TEXT])
{
	const char *point;

	if (x == floor(x) && fabs(x) < 1e15) {
		snprintf(out, NUMBER_TEXT, "%.0f", x == 0 ? 0.0 : x);
		return;
	}
	snprintf(out, NUMBER_TEXT, "%.15g", x);
	if (strchr(out, 'e') && fabs(x) < 1e40)
		snprintf(out, NUMBER_TEXT, "%.*f", fabs(x) < 1 ? 15 : 0, x);
	point = strchr(out, '.');
	if (point && strlen(point) == 4 && strlen(out) + 2 < NUMBER_TEXT)
		strncat(out, "0", 2);
}

/* Days since 0000-03-01 to a date (Howard Hinnant, "chrono-compatible low-level
 * date algorithms"). */
static void show_day(int64_t day, char out[NUMBER_TEXT])
{
	int64_t era = day / 146097, of_era = day % 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t m = (5 * of_year + 2) / 153;

	snprintf(out, NUMBER_TEXT, "%04d-%02d-%02d", (int)(year + era * 400 + (m >= 10)),
		(int)(m < 10 ? m + 3 : m - 9), (int)(of_year - (153 * m + 2) / 5 + 1));
}

static void show_hours(int64_t seconds, char *out, size_t size)
{
	int hours = (int)(seconds / 3600), minutes = (int)(seconds / 60 % 60);

	if (seconds % 60)
		snprintf(out, size, "%02d:%02d:%02d", hours, minutes, (int)(seconds % 60));
	else
		snprintf(out, size, "%02d:%02d", hours, minutes);
}

/* Excel counts from 1899-12-30, but for the days before a 29 February 1900 that
 * never was; or from 1904-01-01. */
static void show_date(double x, bool since_1904, char out[NUMBER_TEXT])
{
	enum { BEFORE_1900 = 693899, BEFORE_1904 = 695361, DAY = 86400 };
	int64_t seconds = llround(x * DAY), day = seconds / DAY;

	seconds %= DAY;
	if (!since_1904 && day < 60)
		day++;
	show_day(day + (since_1904 ? BEFORE_1904 : BEFORE_1900), out);
	if (seconds) {
		size_t n = strlen(out);

		out[n++] = ' ';
		show_hours(seconds, out + n, NUMBER_TEXT - n);
	}
}

static void show_time(double x, bool since_1904, char out[NUMBER_TEXT])
{
	/* a date of which only the hour is shown is a date still */
	if (x >= 1000)
		show_date(x, since_1904, out);
	else
		show_hours(llround(x * 86400), out, NUMBER_TEXT);
}

void number_show(const char *typed, struct number_format f, bool since_1904, char out[NUMBER_TEXT])
{
	char *end;
	double x = strtod(typed, &end);

	snprintf(out, NUMBER_TEXT, "%.*s", NUMBER_TEXT - 1, typed);
	if (end == typed || *end || !isfinite(x) || strpbrk(typed, "xXnN"))
		return;
	if (f.kind == NUMBER_DATE && x >= 0 && x < 2958466)
		show_date(x, since_1904, out);
	else if (f.kind == NUMBER_TIME && x >= 0 && x < 2958466)
		show_time(x, since_1904, out);
	else if (f.kind == NUMBER_ZEROS && x == floor(x) && x >= 0 && x < 1e15)
		snprintf(out, NUMBER_TEXT, "%0*.0f", (int)f.width, x);
	else
		show_plain(f.kind == NUMBER_PERCENT ? x * 100 : x, out);
	if (f.kind == NUMBER_PERCENT && strlen(out) + 2 < NUMBER_TEXT)
		strncat(out, "%", 2);
}
