/* kpi_parts - the figures while they are gathered. */
#pragma once

#include "base/clock.h"
#include "crm/kpi.h"
#include "crm/rates.h"

enum { KPI_MONTHS = 240, KPI_GROUPS = 1000 };

struct kpi_month {
	char name[8];  /* "2026-01" */
	int64_t start; /* its first instant */
	int64_t generated, converted, won, lost, won_amount;
};

/* A source's, an owner's, a status's or a stage's line; id 0: none. */
struct kpi_line {
	int64_t id, generated, converted, amount, count;
};

struct kpi_lines {
	struct kpi_line all[KPI_GROUPS];
	size_t n;
};

struct kpi_person {
	int64_t id, created, worked, converted, won;
};

struct kpi {
	int64_t owner_id, source_id;
	char first[DATE_TEXT], last[DATE_TEXT], today[DATE_TEXT];
	int64_t from, to; /* instants: from <= x < to */
	struct rates *rates;
	int64_t generated, converted_cohort, converted_flow, customers;
	int64_t open, open_amount, weighted_amount, won, won_amount, lost, lost_amount;
	struct kpi_month months[KPI_MONTHS + 1];
	size_t month_n;
	struct kpi_lines sources, owners, statuses, stages;
	struct kpi_person people[KPI_GROUPS];
	size_t person_n;
};

/* The line of that id, made when it is not there. */
struct kpi_line *kpi_line(struct kpi_lines *lines, int64_t id);
struct kpi_month *kpi_month(struct kpi *k, int64_t at);
/* "t.ws = $1 and ..." for the rows of t that count: the user's reach, the
 * owner and the source asked for. */
void kpi_scope(struct ctx *cx, const struct kpi *k, const struct entity *of, struct buf *sql,
	struct args *args);

bool kpi_leads(struct ctx *cx, struct kpi *k);
bool kpi_opportunities(struct ctx *cx, struct kpi *k);
bool kpi_contributors(struct ctx *cx, struct kpi *k);
bool kpi_print(struct ctx *cx, struct json_out *j, const struct kpi *k);
