/* The figures of a period: what was asked for, and the gathering of it. */
#include "crm/kpi_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct kpi_line *kpi_line(struct kpi_lines *lines, int64_t id)
{
	for (size_t i = 0; i < lines->n; i++)
		if (lines->all[i].id == id)
			return &lines->all[i];
	if (lines->n == KPI_GROUPS) /* the last one takes what is too much */
		return &lines->all[KPI_GROUPS - 1];
	lines->all[lines->n] = (struct kpi_line){ .id = id };
	return &lines->all[lines->n++];
}

struct kpi_month *kpi_month(struct kpi *k, int64_t at)
{
	size_t i = k->month_n - 1;

	while (i && k->months[i].start > at)
		i--;
	return &k->months[i];
}

void kpi_scope(struct ctx *cx, const struct kpi *k, const struct entity *of, struct buf *sql,
	struct args *args)
{
	if (!args->n)
		args_add(args, v_int(cx->ws));
	buf_add(sql, "t.ws = $1 and t.removed_at is null");
	if (k->owner_id)
		buf_addf(sql, " and t.owner_id = $%zu", args_add(args, v_int(k->owner_id)));
	if (k->source_id)
		buf_addf(sql, " and t.source_id = $%zu", args_add(args, v_int(k->source_id)));
	rights_where(cx, of, RIGHT_READ, sql, args);
}

/* Days count as people there count them; without any it is this year. */
static bool read_days(struct ctx *cx, const struct kpi_ask *ask, struct kpi *k)
{
	char after[DATE_TEXT];

	date_of(cx->now, cx->zone, k->today);
	memcpy(k->first, k->today, DATE_TEXT);
	memcpy(k->first + 5, "01-01", 5);
	memcpy(k->last, k->today, DATE_TEXT);
	if (ask->from && *ask->from && !date_is_valid(ask->from))
		refuse_field(cx, "from", "field.date");
	if (ask->to && *ask->to && !date_is_valid(ask->to))
		refuse_field(cx, "to", "field.date");
	if (cx->problem.kind != PROBLEM_NONE)
		return false;
	if (ask->from && *ask->from)
		memcpy(k->first, ask->from, DATE_TEXT);
	if (ask->to && *ask->to)
		memcpy(k->last, ask->to, DATE_TEXT);
	if (strcmp(k->first, k->last) > 0)
		return refuse_field(cx, "to", "kpi.before");
	if (strcmp(k->first, "1970-01-01") < 0 || strcmp(k->last, "9998-12-31") > 0 ||
		date_days(k->first, k->last) > 30 * KPI_MONTHS)
		return refuse_field(cx, "to", "kpi.too_long");
	date_add(k->last, 1, after);
	k->from = date_start(k->first, cx->zone);
	k->to = date_start(after, cx->zone);
	return true;
}

static void lay_out_months(struct ctx *cx, struct kpi *k)
{
	char day[DATE_TEXT];

	memcpy(day, k->first, DATE_TEXT);
	memcpy(day + 8, "01", 2);
	while (k->month_n < KPI_MONTHS && strcmp(day, k->last) <= 0) {
		struct kpi_month *m = &k->months[k->month_n++];

		memcpy(m->name, day, 7);
		m->start = date_start(day, cx->zone);
		date_add(day, 31, day);
		memcpy(day + 8, "01", 2);
	}
}

static int most_first(const void *a, const void *b)
{
	const struct kpi_line *x = a, *y = b;

	if (x->generated != y->generated)
		return x->generated < y->generated ? 1 : -1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static int hardest_working_first(const void *a, const void *b)
{
	const struct kpi_person *x = a, *y = b;
	int64_t m = x->won * 4 + x->converted * 2 + x->worked;
	int64_t n = y->won * 4 + y->converted * 2 + y->worked;

	if (m != n)
		return m < n ? 1 : -1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static void put_in_order(struct kpi *k)
{
	qsort(k->sources.all, k->sources.n, sizeof(*k->sources.all), most_first);
	qsort(k->owners.all, k->owners.n, sizeof(*k->owners.all), most_first);
	qsort(k->people, k->person_n, sizeof(*k->people), hardest_working_first);
}

bool kpi_write(struct ctx *cx, struct json_out *j, const struct kpi_ask *ask)
{
	struct kpi *k = arena_alloc(cx->mem, sizeof(*k));

	k->owner_id = ask->owner_id;
	k->source_id = ask->source_id;
	if (!read_days(cx, ask, k))
		return false;
	lay_out_months(cx, k);
	if (!rates_load(cx, &k->rates) || !kpi_leads(cx, k) || !kpi_opportunities(cx, k) ||
		!kpi_contributors(cx, k))
		return false;
	put_in_order(k);
	return kpi_print(cx, j, k);
}
