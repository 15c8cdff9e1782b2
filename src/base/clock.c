/* Instants, days and zones: arithmetic by hand, ICU for zones but Rome's. */
#include "base/clock.h"

#include <string.h>
#include <time.h>
#include <unicode/ucal.h>

#include "base/arena.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

static const int64_t first_day = -719162; /* 0001-01-01, in days since 1970 */
static const int64_t last_day = 2932896;  /* 9999-12-31 */

struct civil {
	int64_t year;
	int month, day;
};

int64_t clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec / 1000000;
}

int64_t clock_monotonic(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec / 1000000;
}

/* The year is counted from March, so that the leap day is its last; then
 * days and 400-year eras are plain division (Howard Hinnant's way). */
static int64_t days_of(struct civil c)
{
	int64_t y = c.year - (c.month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * ((c.month + 9) % 12) + 2) / 5 + c.day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct civil civil_of(int64_t days)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int month = (int)(mp < 10 ? mp + 3 : mp - 9);

	return (struct civil){ yoe + era * 400 + (month <= 2), month,
		(int)(doy - (153 * mp + 2) / 5 + 1) };
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t within(int64_t n, int64_t low, int64_t high)
{
	return n < low ? low : n > high ? high : n;
}

static int days_in_month(int64_t year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

static char *put(char *p, int64_t n, int width)
{
	for (int i = width - 1; i >= 0; i--, n /= 10)
		p[i] = (char)('0' + n % 10);
	return p + width;
}

static char *put_date(char *p, int64_t days)
{
	struct civil c = civil_of(within(days, first_day, last_day));

	p = put(p, c.year, 4);
	*p++ = '-';
	p = put(p, c.month, 2);
	*p++ = '-';
	return put(p, c.day, 2);
}

void clock_write(int64_t ms, char *text)
{
	int64_t at = within(ms, first_day * DAY, last_day * DAY + DAY - 1);
	int64_t days = floor_div(at, DAY);
	int64_t rest = at - days * DAY;
	char *p = put_date(text, days);

	*p++ = 'T';
	p = put(p, rest / HOUR, 2);
	*p++ = ':';
	p = put(p, rest / MINUTE % 60, 2);
	*p++ = ':';
	p = put(p, rest / SECOND % 60, 2);
	if (rest % SECOND) {
		*p++ = '.';
		p = put(p, rest % SECOND, 3);
	}
	*p++ = 'Z';
	*p = '\0';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Exactly width digits, then the character after, which '\0' leaves unsaid. */
static bool take(const char **s, int width, char after, int *n)
{
	const char *p = *s;

	for (*n = 0; width--; p++) {
		if (!is_digit(*p))
			return false;
		*n = *n * 10 + (*p - '0');
	}
	if (after && *p++ != after)
		return false;
	*s = p;
	return true;
}

static bool take_date(const char **s, int64_t *days)
{
	int y, m, d;

	if (!take(s, 4, '-', &y) || !take(s, 2, '-', &m) || !take(s, 2, '\0', &d))
		return false;
	if (y < 1 || m < 1 || m > 12 || d < 1 || d > days_in_month(y, m))
		return false;
	*days = days_of((struct civil){ y, m, d });
	return true;
}

/* Digits after the sixth are refused, those after the third are dropped. */
static bool take_fraction(const char **s, int *ms)
{
	int worth = 100, count = 0;

	*ms = 0;
	if (**s != '.')
		return true;
	for ((*s)++; is_digit(**s); (*s)++, count++, worth /= 10)
		*ms += (**s - '0') * worth;
	return count >= 1 && count <= 6;
}

static bool take_zone(const char **s, int64_t *offset)
{
	char sign = *(*s)++;
	int h, m;

	*offset = 0;
	if (sign == 'Z' || sign == 'z')
		return true;
	if ((sign != '+' && sign != '-') || !take(s, 2, ':', &h) || !take(s, 2, '\0', &m))
		return false;
	*offset = (sign == '-' ? -1 : 1) * ((int64_t)h * HOUR + m * MINUTE);
	return h < 24 && m < 60;
}

bool clock_read(const char *text, int64_t *ms)
{
	int64_t days, offset;
	int h, m, s, fraction;

	if (!take_date(&text, &days) || (*text != 'T' && *text != 't'))
		return false;
	text++;
	if (!take(&text, 2, ':', &h) || !take(&text, 2, ':', &m) || !take(&text, 2, '\0', &s))
		return false;
	if (h > 23 || m > 59 || s > 59 || !take_fraction(&text, &fraction))
		return false;
	if (!take_zone(&text, &offset) || *text)
		return false;
	*ms = days * DAY + (int64_t)h * HOUR + m * MINUTE + s * SECOND + fraction - offset;
	return *ms >= first_day * DAY && *ms < (last_day + 1) * DAY;
}

bool date_is_valid(const char *text)
{
	int64_t days;

	return take_date(&text, &days) && !*text;
}

/* 0 for what is no date: callers hold dates that were checked. */
static int64_t date_number(const char *date)
{
	int64_t days;

	return take_date(&date, &days) ? days : 0;
}

int64_t date_days(const char *a, const char *b)
{
	return date_number(b) - date_number(a);
}

void date_add(const char *date, int64_t n, char *out)
{
	n = within(n, first_day - last_day, last_day - first_day);
	*put_date(out, date_number(date) + n) = '\0';
}

void date_add_months(const char *date, int64_t n, char *out)
{
	struct civil c = civil_of(date_number(date));
	int64_t month = c.year * 12 + c.month - 1 + within(n, -120000, 120000);
	struct civil then = { floor_div(month, 12), (int)(month - floor_div(month, 12) * 12) + 1,
		1 };

	then.day = (int)within(c.day, 1, days_in_month(then.year, then.month));
	*put_date(out, days_of(then)) = '\0';
}

/* A zone: UTC, Rome by rule, and an ICU calendar for all else. */
struct zone {
	bool is_rome;
	UCalendar *icu; /* opened when first needed */
};

static bool to_utf16(const char *name, UChar *out, size_t size)
{
	size_t i;

	for (i = 0; name[i]; i++) {
		if (i + 1 >= size || (unsigned char)name[i] >= 0x80)
			return false;
		out[i] = (UChar)name[i];
	}
	out[i] = 0;
	return i > 0;
}

static bool is_utc(const char *zone)
{
	return !strcmp(zone, "UTC") || !strcmp(zone, "Etc/UTC");
}

bool zone_is_known(const char *zone)
{
	UChar name[64], canonical[64];
	UErrorCode status = U_ZERO_ERROR;
	UBool is_system = 0;

	if (!strcmp(zone, "Europe/Rome") || is_utc(zone))
		return true;
	if (!strcmp(zone, "Etc/Unknown") || !to_utf16(zone, name, 64))
		return false;
	ucal_getCanonicalTimeZoneID(name, -1, canonical, 64, &is_system, &status);
	return U_SUCCESS(status) && is_system;
}

/* One more place than ICU has, for UTC, and one for the end. */
const char *const *zones_known(struct arena *mem)
{
	UErrorCode status = U_ZERO_ERROR;
	UEnumeration *all = ucal_openTimeZoneIDEnumeration(
		UCAL_ZONE_TYPE_CANONICAL_LOCATION, NULL, NULL, &status);
	int32_t count = U_SUCCESS(status) ? uenum_count(all, &status) : 0;
	const char **zones = arena_alloc(mem, ((size_t)count + 2) * sizeof(*zones));
	const char *name;
	size_t n = 0;

	while (n < (size_t)count && (name = uenum_next(all, NULL, &status)))
		zones[n++] = arena_dup(mem, name);
	zones[n++] = "UTC";
	zones[n] = NULL;
	uenum_close(all);
	return zones;
}

static void open_icu(struct zone *z, const char *name)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[64];

	if (to_utf16(name, wide, 64))
		z->icu = ucal_open(wide, -1, "en", UCAL_GREGORIAN, &status);
}

static void zone_init(struct zone *z, const char *name)
{
	*z = (struct zone){ .is_rome = !strcmp(name, "Europe/Rome") };
	if (!z->is_rome && !is_utc(name) && zone_is_known(name))
		open_icu(z, name);
}

static void zone_release(struct zone *z)
{
	if (z->icu)
		ucal_close(z->icu);
}

static int64_t icu_offset(const struct zone *z, int64_t ms)
{
	UErrorCode status = U_ZERO_ERROR;
	int64_t offset;

	ucal_setMillis(z->icu, (UDate)ms, &status);
	offset = (int64_t)ucal_get(z->icu, UCAL_ZONE_OFFSET, &status) +
		 ucal_get(z->icu, UCAL_DST_OFFSET, &status);
	return U_SUCCESS(status) ? offset : 0;
}

/* 01:00 UTC of a month's last Sunday: the month has 31 days, and 1970-01-01
 * was a Thursday. */
static int64_t last_sunday(int64_t year, int month)
{
	int64_t last = days_of((struct civil){ year, month, 31 });

	return (last - (last + 4) % 7) * DAY + HOUR;
}

/* The Union's summer time has been the same since 1996. */
static int64_t rome_offset(struct zone *z, int64_t ms)
{
	const int64_t since = INT64_C(820454400000); /* 1996-01-01 */
	int64_t year;

	if (ms < since) {
		if (!z->icu)
			open_icu(z, "Europe/Rome");
		return z->icu ? icu_offset(z, ms) : HOUR;
	}
	year = civil_of(floor_div(ms, DAY)).year;
	return ms >= last_sunday(year, 3) && ms < last_sunday(year, 10) ? 2 * HOUR : HOUR;
}

static int64_t offset_at(struct zone *z, int64_t ms)
{
	if (z->is_rome)
		return rome_offset(z, ms);
	return z->icu ? icu_offset(z, ms) : 0;
}

void date_of(int64_t ms, const char *zone, char *date)
{
	int64_t at = within(ms, first_day * DAY, last_day * DAY + DAY - 1);
	struct zone z;

	zone_init(&z, zone);
	*put_date(date, floor_div(at + offset_at(&z, at), DAY)) = '\0';
	zone_release(&z);
}

int64_t clock_local(int64_t ms, const char *zone)
{
	struct zone z;

	zone_init(&z, zone);
	ms += offset_at(&z, within(ms, first_day * DAY, last_day * DAY + DAY - 1));
	zone_release(&z);
	return ms;
}

/* The reading before a change of the clocks comes first: it is the earlier of
 * two equal wall times, and carries a time that was skipped to after the gap. */
int64_t instant_of(const char *date, int64_t ms_of_day, const char *zone)
{
	int64_t local = date_number(date) * DAY + ms_of_day;
	int64_t before, after, ms;
	struct zone z;

	zone_init(&z, zone);
	before = offset_at(&z, local - DAY);
	after = offset_at(&z, local + DAY);
	ms = local - before;
	if (offset_at(&z, ms) != before && offset_at(&z, local - after) == after)
		ms = local - after;
	zone_release(&z);
	return ms;
}

int64_t date_start(const char *date, const char *zone)
{
	return instant_of(date, 0, zone);
}
