/* clock - instants, dates and the zone people live in.
 *
 * Inside, an instant is ms since 1970 UTC and a plain date is text
 * "2026-01-31".  At the doors instants are RFC 3339. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct arena;

enum { CLOCK_TEXT = 32, DATE_TEXT = 11 };

int64_t clock_now(void);       /* the wall clock, ms since 1970 UTC */
int64_t clock_monotonic(void); /* for intervals only, ms */

/* "2026-01-31T09:30:00Z", with ".250" when ms is not whole seconds.  Years
 * 0001 to 9999; text is CLOCK_TEXT long. */
void clock_write(int64_t ms, char *text);

/* RFC 3339 with zone "Z" or "+hh:mm" and up to 6 fraction digits; false when
 * it is not, or is no day of the calendar, or lies outside 0001-9999. */
bool clock_read(const char *text, int64_t *ms);

/* A plain date as ISO "2026-01-31"; strict: a real day, exactly so written. */
bool date_is_valid(const char *text);

/* A date as people and spreadsheets write it: ISO, "31/01/2026", "31-1-26",
 * "31.01.2026", "31 gen 2026", "5 gennaio 2026", "5 Jan 2026", a date
 * followed by a time (the time is dropped).  Day before month, as in Italy,
 * unless impossible.  date is DATE_TEXT long. */
bool date_read(const char *text, char *date);

/* An instant as people write it: RFC 3339, or a date as above with an
 * optional "9:30" or "09:30:15", taken in the zone. */
bool instant_read(const char *text, const char *zone, int64_t *ms);

/* The local day of an instant in an IANA zone ("Europe/Rome"), and the first
 * instant of a local day (DST respected).  An unknown zone counts as UTC. */
void date_of(int64_t ms, const char *zone, char *date);
int64_t date_start(const char *date, const char *zone);
/* What the wall clock of the zone shows at that instant, as if it were UTC. */
int64_t clock_local(int64_t ms, const char *zone);
/* The instant of a wall-clock time: of two equal ones in autumn the first; one
 * that spring skips is taken as if the clock had not been put on yet. */
int64_t instant_of(const char *date, int64_t ms_of_day, const char *zone);
/* Days from a to b, both ISO dates; negative when b comes first. */
int64_t date_days(const char *a, const char *b);
/* date plus n days, into out (DATE_TEXT). */
void date_add(const char *date, int64_t n, char *out);
/* date plus n months: the same day, or the last of a shorter month. */
void date_add_months(const char *date, int64_t n, char *out);
bool zone_is_known(const char *zone);
/* Every zone there is, by its own name, in order; ends in NULL. */
const char *const *zones_known(struct arena *mem);
