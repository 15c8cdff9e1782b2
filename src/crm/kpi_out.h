/* kpi_out - an object of figures while it is written: each figure with the
 * list behind it, or null where the user may not know it. */
#pragma once

#include "crm/kpi_parts.h"

struct kpi_out {
	struct ctx *cx;
	struct json_out *j;
	const struct kpi *k;
	struct json_out behind;
};

void out_open(struct kpi_out *o);
void out_close(struct kpi_out *o);
/* behind NULL: there is no list. */
void out_count(struct kpi_out *o, const char *name, int64_t n, const char *behind);
void out_money(struct kpi_out *o, const char *name, int64_t cents, const char *behind);
/* A fraction of four digits, or null where there is nothing to divide by. */
struct kpi_rate {
	int64_t part, whole;
};
void out_rate(struct kpi_out *o, const char *name, struct kpi_rate rate, const char *behind);
/* The mean of so many seconds of n, in days with one digit. */
void out_days(struct kpi_out *o, const char *name, struct kpi_rate seconds, const char *behind);
/* count, amount, weighted_amount. */
void out_deals(struct kpi_out *o, const struct kpi_deals *deals, const char *behind);

/* The sections, each an array under its key, empty where it may not be known. */
void out_phases(struct kpi_out *o);
bool out_lines(struct kpi_out *o);
void out_months(struct kpi_out *o);
bool out_steps(struct kpi_out *o);
bool out_reasons(struct kpi_out *o);
void out_forecast(struct kpi_out *o);
bool out_contributors(struct kpi_out *o);
