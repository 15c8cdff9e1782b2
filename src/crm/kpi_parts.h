/* kpi_parts - the figures while they are gathered. */
#pragma once

#include "base/clock.h"
#include "crm/counts.h"
#include "crm/kpi.h"
#include "crm/rates.h"

enum { KPI_MONTHS = 240, KPI_GROUPS = 1000, KPI_SPANS = 3, KPI_TEAMS = 2000 };

/* Opportunities of some kind together. */
struct kpi_deals {
	int64_t count, amount, weighted;
};

struct kpi_month {
	char name[8];			       /* "2026-01" */
	char first[DATE_TEXT], end[DATE_TEXT]; /* its days within the period: first <= x < end */
	int64_t period;			       /* 202601 */
	bool by_day;			       /* a currency's rate changes within it */
	int64_t generated, converted_cohort, customers; /* made then */
	int64_t converted, won, lost, won_amount;
};

/* A source's, an owner's, a status's, a reason's line; id 0: none. */
struct kpi_line {
	int64_t id;
	int64_t generated, converted, customers; /* made in the period */
	int64_t won, won_amount;
	struct kpi_deals deals;
	int64_t count, since; /* standing there; their instants in seconds together */
	int64_t left, stayed; /* how often one left, how many seconds together */
};

struct kpi_lines {
	struct kpi_line all[KPI_GROUPS];
	size_t n;
};

struct kpi_person {
	int64_t id, created, worked, steps, converted, won;
};

/* Periods of what is kept: whole months, and the days before and after them. */
struct kpi_span {
	int64_t from, to;
};

struct kpi {
	struct kpi_ask ask;
	char first[DATE_TEXT], last[DATE_TEXT], end[DATE_TEXT], today[DATE_TEXT];
	int64_t from, to; /* instants: from <= x < to */
	struct kpi_span spans[KPI_SPANS];
	size_t span_n;
	struct rates *rates;
	bool is_counting; /* a store of before is not through yet */
	int64_t generated, converted_cohort, converted_flow, customers, not_interested;
	int64_t suspects, leads, hot_leads;
	struct kpi_deals open, won, lost, ever_won;
	struct kpi_month months[KPI_MONTHS + 1];
	size_t month_n;
	struct kpi_lines sources, campaigns, owners, teams, statuses, stages;
	struct kpi_lines lost_leads, lost_deals;
	struct kpi_lines to_come; /* the forecast; id: the month */
	struct kpi_deals overdue, undated;
	struct kpi_person people[KPI_GROUPS];
	size_t person_n;
	struct {
		int64_t user, team;
	} members[KPI_TEAMS];
	size_t member_n;
};

/* The line of that id, made when it is not there. */
struct kpi_line *kpi_line(struct kpi_lines *lines, int64_t id);
/* NULL: there is none yet. */
const struct kpi_line *kpi_line_of(const struct kpi_lines *lines, int64_t id);
/* The month of a period, or of a day's. */
struct kpi_month *kpi_month(struct kpi *k, int64_t period);
/* "2026-01-31", or the first of the month, of a period. */
void kpi_day(int64_t period, char *day);
int64_t kpi_team_of(const struct kpi *k, int64_t user_id);
struct kpi_person *kpi_person(struct kpi *k, int64_t id);
void kpi_deals_add(struct kpi_deals *to, int64_t n, int64_t amount, int64_t weighted);

/* "t.ws = $1 and ..." for the rows of t that count: the user's reach, and whom
 * and what was asked for. */
void kpi_scope(struct ctx *cx, const struct kpi *k, const struct entity *of, struct buf *sql,
	struct args *args);

/* The same of whose they are alone. */
void kpi_owners(struct ctx *cx, const struct kpi *k, const struct entity *of, struct buf *sql,
	struct args *args);

/* What is kept of a kind, row by row: of the spans, or of all times (none). */
struct kpi_read {
	const struct entity *of; /* whose rights narrow it */
	int64_t kind;
	const struct kpi_span *spans; /* NULL: what has no period */
	size_t n;
	void (*each)(struct kpi *k, const struct counted *row);
};
bool kpi_read(struct ctx *cx, struct kpi *k, const struct kpi_read *read);
/* Sums over sources and campaigns are enough. */
bool kpi_is_plain(const struct kpi *k);

/* Whether the user may see this figure; fields hidden from him hide it. */
bool kpi_shows(const struct ctx *cx, const char *figure);

bool kpi_leads(struct ctx *cx, struct kpi *k);
bool kpi_opportunities(struct ctx *cx, struct kpi *k);
bool kpi_phases(struct ctx *cx, struct kpi *k);
bool kpi_steps(struct ctx *cx, struct kpi *k);
bool kpi_contributors(struct ctx *cx, struct kpi *k);
/* Every figure that has a definition; ends in NULL. */
extern const char *const kpi_defined[];
bool kpi_print(struct ctx *cx, struct json_out *j, const struct kpi *k);

/* A list behind a figure: of those in the period, or narrowed by a line. */
struct kpi_behind {
	const char *plural; /* "leads" */
	const char *what;   /* "status_id=7&converted_at[null]=true" */
	const char *by;	    /* the line's filter, or NULL */
	int64_t id;	    /* the line's; 0: those without one */
};
const char *kpi_behind(struct ctx *cx, const struct kpi *k, const struct kpi_behind *b);
/* "created_at[gte]=2026-01-01&created_at[lt]=2027-01-01" */
const char *kpi_between(struct ctx *cx, const char *field, const char *first, const char *end);
