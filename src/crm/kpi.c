/* The figures of a period: what was asked for, and the gathering of it. */
#include "crm/kpi_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "crm/entities.h"

/* Days count as people there count them; without any it is this year. */
static bool read_days(struct ctx *cx, const struct kpi_ask *ask, struct kpi *k)
{
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
	date_add(k->last, 1, k->end);
	k->from = date_start(k->first, cx->zone);
	k->to = date_start(k->end, cx->zone);
	return true;
}

static void month_after(const char *day, char *next)
{
	date_add(day, 31 - (day[8] - '0') * 10 - (day[9] - '0') + 1, next);
	memcpy(next + 8, "01", 2);
}

static void lay_out_months(struct kpi *k)
{
	char day[DATE_TEXT];

	memcpy(day, k->first, DATE_TEXT);
	while (k->month_n <= KPI_MONTHS && strcmp(day, k->last) <= 0) {
		struct kpi_month *m = &k->months[k->month_n++];

		memcpy(m->name, day, 7);
		memcpy(m->first, day, DATE_TEXT);
		m->period = count_month(day);
		month_after(day, day);
		memcpy(m->end, strcmp(day, k->end) < 0 ? day : k->end, DATE_TEXT);
	}
}

static void add_span(struct kpi *k, int64_t from, int64_t to)
{
	if (from <= to)
		k->spans[k->span_n++] = (struct kpi_span){ from, to };
}

static bool is_whole(const struct kpi_month *m)
{
	return !strcmp(m->first + 8, "01") && !strcmp(m->end + 8, "01");
}

static void add_days(struct kpi *k, const struct kpi_month *m)
{
	char last[DATE_TEXT];

	date_add(m->end, -1, last);
	add_span(k, count_day(m->first), count_day(last));
}

/* Whole months by their sums, what is before and after them by days. */
static void lay_out_spans(struct kpi *k)
{
	size_t from = 0, to = k->month_n;

	if (!is_whole(&k->months[0]))
		add_days(k, &k->months[from++]);
	if (to > from && !is_whole(&k->months[to - 1]))
		add_days(k, &k->months[--to]);
	if (to > from)
		add_span(k, k->months[from].period, k->months[to - 1].period);
}

static bool read_teams(struct ctx *cx, struct kpi *k)
{
	struct rows *r = db_query(cx,
		"select id, team_id from member where ws = $1 and team_id is not null"
		" order by id desc limit 2000",
		ARGS(v_int(cx->ws)));

	while (k->member_n < KPI_TEAMS && rows_next(r)) {
		k->members[k->member_n].user = rows_int(r, 0);
		k->members[k->member_n++].team = rows_int(r, 1);
	}
	return rows_end(r);
}

/* A filter must name something, and nothing that is hidden from the user: his
 * own sums would tell it. */
static bool must_be_known(struct ctx *cx, const char *name, const struct entity *of, int64_t id)
{
	const char *field = strcmp(name, "team_id") ? name : "owner_id";
	const char *title;

	if (!id)
		return true;
	if (rights_field(cx->who, &lead_entity, field) == FIELD_HIDDEN ||
		rights_field(cx->who, &opportunity_entity, field) == FIELD_HIDDEN)
		return refuse_field(cx, name, "query.unknown");
	if (!record_title_of(cx, of, id, &title))
		return false;
	return *title || refuse_field(cx, name, "field.link");
}

static bool read_filters(struct ctx *cx, const struct kpi_ask *ask)
{
	bool ok = must_be_known(cx, "owner_id", &user_entity, ask->owner_id);

	ok = must_be_known(cx, "team_id", &team_entity, ask->team_id) && ok;
	ok = must_be_known(cx, "source_id", &source_entity, ask->source_id) && ok;
	return must_be_known(cx, "campaign_id", &campaign_entity, ask->campaign_id) && ok;
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

static int by_id(const void *a, const void *b)
{
	const struct kpi_line *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static int often_first(const void *a, const void *b)
{
	const struct kpi_line *x = a, *y = b;
	int64_t m = x->count + x->deals.count, n = y->count + y->deals.count;

	if (m != n)
		return m < n ? 1 : -1;
	return by_id(a, b);
}

static void sort(struct kpi_lines *lines, int (*first)(const void *a, const void *b))
{
	qsort(lines->all, lines->n, sizeof(*lines->all), first);
}

static void put_in_order(struct kpi *k)
{
	struct kpi_lines *const made[] = { &k->sources, &k->campaigns, &k->owners, &k->teams };

	for (size_t i = 0; i < COUNT(made); i++)
		sort(made[i], most_first);
	sort(&k->lost_leads, often_first);
	sort(&k->lost_deals, often_first);
	sort(&k->to_come, by_id);
	qsort(k->people, k->person_n, sizeof(*k->people), hardest_working_first);
}

static bool gather(struct ctx *cx, struct kpi *k)
{
	return rates_load(cx, &k->rates) && count_anew_is_due(cx, &k->is_counting) &&
	       read_teams(cx, k) && kpi_leads(cx, k) && kpi_opportunities(cx, k) &&
	       kpi_steps(cx, k) && kpi_phases(cx, k) && kpi_contributors(cx, k);
}

bool kpi_write(struct ctx *cx, struct json_out *j, const struct kpi_ask *ask)
{
	struct kpi *k = arena_alloc(cx->mem, sizeof(*k));

	k->ask = *ask;
	if (!read_days(cx, ask, k) || !read_filters(cx, ask))
		return false;
	lay_out_months(k);
	lay_out_spans(k);
	if (!gather(cx, k))
		return false;
	put_in_order(k);
	return kpi_print(cx, j, k);
}
