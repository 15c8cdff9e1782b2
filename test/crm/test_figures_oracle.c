/* The figures beside plain SQL, whatever was done before: hundreds of random
 * steps by the real verbs, each of them undone now and then. */
#include "figures_world.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "crm/kpi.h"
#include "record/count.h"

/* Each step asks some hundred questions, which take their time on PostgreSQL. */
enum { STEPS = 320, STEPS_PG = 100 };

static int steps(const struct world *w)
{
	return store_is_postgres(w->d->o->store) ? STEPS_PG : STEPS;
}

/* Every number again, by statements of its own. */
struct asked {
	struct world *w;
	struct kpi_ask ask;
	int64_t from, to; /* instants */
	char today[DATE_TEXT];
};

/* Rows that are there and were asked for; more begins with " and". */
static int64_t sql_of(const struct asked *a, const char *what, const char *table, const char *more)
{
	struct ctx *cx = &a->w->d->cx;
	struct buf b;
	int64_t n;

	buf_init(&b, cx->mem);
	buf_addf(&b, "select %s from %s t where t.ws = $1 and t.removed_at is null%s", what, table,
		more);
	if (a->ask.owner_id)
		buf_addf(&b, " and t.owner_id = %lld", (long long)a->ask.owner_id);
	if (a->ask.team_id)
		buf_addf(&b,
			" and exists (select 1 from member m where m.ws = $1 and m.id = t.owner_id"
			" and m.team_id = %lld)",
			(long long)a->ask.team_id);
	if (a->ask.source_id)
		buf_addf(&b, " and t.source_id = %lld", (long long)a->ask.source_id);
	if (a->ask.campaign_id)
		buf_addf(&b, " and t.campaign_id = %lld", (long long)a->ask.campaign_id);
	went_well(a->w->d, db_int(cx, &n, 0, b.s, ARGS(v_int(cx->ws))));
	return n;
}

static int64_t leads(const struct asked *a, const char *more)
{
	return sql_of(a, "count(*)", "lead", more);
}

static int64_t deals(const struct asked *a, const char *more)
{
	return sql_of(a, "count(*)", "opportunity", more);
}

static const char *within(const struct asked *a, const char *column)
{
	return textf(&a->w->d->cx, " and t.%s >= %lld and t.%s < %lld", column, (long long)a->from,
		column, (long long)a->to);
}

static const char * and (const struct asked *a, const char *x, const char *y)
{
	return textf(&a->w->d->cx, "%s%s", x, y);
}

/* " and t.source_id = 7", or is null. */
static const char *line(const struct asked *a, const char *column, int64_t id)
{
	return id ? textf(&a->w->d->cx, " and t.%s = %lld", column, (long long)id)
		  : textf(&a->w->d->cx, " and t.%s is null", column);
}

static const char *team(const struct asked *a, int64_t id)
{
	return textf(&a->w->d->cx,
		" and (select coalesce(m.team_id, 0) from member m where m.ws = $1"
		" and m.id = t.owner_id) = %lld",
		(long long)id);
}

#define CUSTOMER                                                                              \
	" and t.converted_at is not null and exists (select 1 from opportunity o"             \
	" where o.ws = t.ws and o.state = 'won' and o.removed_at is null"                     \
	" and (o.lead_id = t.id or (t.opportunity_id is null and o.company_id = t.company_id" \
	" and o.closed_at >= t.converted_at)))"

/* Cents in euros: the rate of the closing day, or today's. */
static int64_t euros(const struct asked *a, const char *more, bool closed)
{
	const char *when =
		closed ? "t.closed_at" : textf(&a->w->d->cx, "%lld", (long long)a->w->d->cx.now);

	return sql_of(a,
		textf(&a->w->d->cx,
			"cast(coalesce(sum(case when t.currency <> 'USD' then t.amount when %s < %lld"
			" then t.amount * 9 / 10 else t.amount * 8 / 10 end), 0) as bigint)",
			when, (long long)a->w->rate_changes),
		"opportunity", more);
}

static int64_t cents(json_t *tree, const char *path)
{
	json_t *found = inside(tree, path);

	assert_true(json_is_number(found));
	return (int64_t)(json_number_value(found) * 100 +
			 (json_number_value(found) < 0 ? -0.5 : 0.5));
}

static void is_rate(json_t *tree, const char *path, int64_t part, int64_t whole)
{
	json_t *found = inside(tree, path);

	if (!whole)
		assert_true(json_is_null(found));
	else
		assert_int_equal((int64_t)(json_number_value(found) * 10000 + 0.5),
			(part * 10000 + whole / 2) / whole);
}

static void totals(const struct asked *a, json_t *k)
{
	const char *made = within(a, "created_at"), *closed = within(a, "closed_at");
	const char *won = and(a, " and t.state = 'won'", closed);
	const char *lost = and(a, " and t.state = 'lost'", closed);
	int64_t n = leads(a, made), flow = leads(a, within(a, "converted_at"));
	int64_t cohort = leads(a, and(a, made, " and t.converted_at is not null"));
	int64_t customers = leads(a, and(a, made, CUSTOMER));

	assert_int_equal(number(k, "leads.generated"), n);
	assert_int_equal(number(k, "leads.converted_cohort"), cohort);
	is_rate(k, "leads.rate_cohort", cohort, n);
	assert_int_equal(number(k, "leads.converted_flow"), flow);
	is_rate(k, "leads.rate_flow", flow, n);
	assert_int_equal(number(k, "leads.customers"), customers);
	is_rate(k, "leads.rate_customers", customers, n);
	assert_int_equal(number(k, "leads.not_interested"),
		leads(a, and(a, within(a, "status_since"),
				 " and t.status_type = 'not_interested'")));
	assert_int_equal(number(k, "opportunities.open"), deals(a, " and t.state = 'open'"));
	assert_int_equal(
		cents(k, "opportunities.open_amount"), euros(a, " and t.state = 'open'", false));
	assert_int_equal(number(k, "opportunities.won"), deals(a, won));
	assert_int_equal(cents(k, "opportunities.won_amount"), euros(a, won, true));
	assert_int_equal(number(k, "opportunities.lost"), deals(a, lost));
	assert_int_equal(cents(k, "opportunities.lost_amount"), euros(a, lost, true));
	is_rate(k, "opportunities.rate_won", deals(a, won), deals(a, won) + deals(a, lost));
}

static int64_t id_at(json_t *object, const char *name)
{
	json_t *id = json_object_get(object, name);

	return json_is_integer(id) ? json_integer_value(id) : 0;
}

/* Each line, and that none is missing. */
static void lines(const struct asked *a, json_t *k, const char *key, const char *column)
{
	const char *made = within(a, "created_at"), *closed = within(a, "closed_at");
	int64_t generated = 0, won = 0;
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(k, key), i, one)
	{
		int64_t id = id_at(one, "id");
		const char *of = column ? line(a, column, id) : team(a, id);
		const char *mine = and(a, of, made);
		const char *theirs = and(a, and(a, of, closed), " and t.state = 'won'");

		assert_int_equal(number(one, "generated"), leads(a, mine));
		assert_int_equal(number(one, "converted"),
			leads(a, and(a, mine, " and t.converted_at is not null")));
		assert_int_equal(number(one, "customers"), leads(a, and(a, mine, CUSTOMER)));
		assert_int_equal(number(one, "won"), deals(a, theirs));
		assert_int_equal(cents(one, "won_amount"), euros(a, theirs, true));
		generated += number(one, "generated");
		won += number(one, "won");
	}
	assert_int_equal(generated, number(k, "leads.generated"));
	assert_int_equal(won, number(k, "opportunities.won"));
}

static int64_t first_of(const char *month, int ahead, const char *zone)
{
	char day[DATE_TEXT];

	snprintf(day, sizeof(day), "%.7s-01", month);
	for (; ahead; ahead--) {
		date_add(day, 31, day);
		memcpy(day + 8, "01", 2);
	}
	return date_start(day, zone);
}

static void months(const struct asked *a, json_t *k)
{
	int64_t generated = 0;
	json_t *m;
	size_t i;

	json_array_foreach(json_object_get(k, "by_month"), i, m)
	{
		struct asked in = *a;
		int64_t from = first_of(text(m, "month"), 0, a->w->d->cx.zone);
		int64_t to = first_of(text(m, "month"), 1, a->w->d->cx.zone);

		in.from = from > a->from ? from : a->from;
		in.to = to < a->to ? to : a->to;
		generated += number(m, "generated");
		assert_int_equal(number(m, "generated"), leads(&in, within(&in, "created_at")));
		assert_int_equal(number(m, "converted_cohort"),
			leads(&in, and(&in, within(&in, "created_at"),
					   " and t.converted_at is not null")));
		assert_int_equal(number(m, "customers"),
			leads(&in, and(&in, within(&in, "created_at"), CUSTOMER)));
		assert_int_equal(number(m, "converted"), leads(&in, within(&in, "converted_at")));
		assert_int_equal(number(m, "won"),
			deals(&in, and(&in, " and t.state = 'won'", within(&in, "closed_at"))));
		assert_int_equal(cents(m, "won_amount"),
			euros(&in, and(&in, " and t.state = 'won'", within(&in, "closed_at")),
				true));
		assert_int_equal(number(m, "lost"),
			deals(&in, and(&in, " and t.state = 'lost'", within(&in, "closed_at"))));
	}
	assert_int_equal(generated, number(k, "leads.generated"));
}

/* S3.1: suspect, lead, hot lead, opportunity; then won */
static void phases(const struct asked *a, json_t *k)
{
	const char *worked = " and t.converted_at is null and t.status_type in ('open', 'frozen',"
			     " 'qualified')";
	const char *hot =
		textf(&a->w->d->cx, " and t.hot_until > %lld", (long long)a->w->d->cx.now);
	int64_t all = leads(a, worked), hottest = leads(a, and(a, worked, hot));

	assert_string_equal(text(k, "by_phase.0.phase"), "suspect");
	if (a->ask.source_id || a->ask.campaign_id)
		assert_true(json_is_null(inside(k, "by_phase.0.count")));
	else
		assert_int_equal(number(k, "by_phase.0.count"),
			sql_of(a, "count(*)", "prospect", " and t.lead_id is null"));
	assert_int_equal(number(k, "by_phase.1.count"), all - hottest);
	assert_int_equal(number(k, "by_phase.2.count"), hottest);
	assert_int_equal(number(k, "by_phase.3.count"), deals(a, " and t.state = 'open'"));
	assert_int_equal(number(k, "by_phase.4.count"), deals(a, " and t.state = 'won'"));
}

/* Who left a step, and how long they had stood there. */
static void stays(const struct asked *a, json_t *one, const char *table)
{
	const char *s = textf(&a->w->d->cx,
		" and s.step_id = %lld and s.left_at >= %lld and s.left_at < %lld",
		(long long)id_at(one, "id"), (long long)a->from, (long long)a->to);
	int64_t n, seconds;

	n = sql_of(a,
		textf(&a->w->d->cx,
			"cast(coalesce(sum((select count(*) from stay s where s.ws = t.ws"
			" and s.record_id = t.id%s)), 0) as bigint)",
			s),
		table, "");
	seconds = sql_of(a,
		textf(&a->w->d->cx,
			"cast(coalesce(sum((select sum((s.left_at - s.entered_at) / 1000) from stay s"
			" where s.ws = t.ws and s.record_id = t.id%s)), 0) as bigint)",
			s),
		table, "");
	assert_int_equal(number(one, "left"), n);
	if (!n)
		assert_true(json_is_null(json_object_get(one, "mean_days")));
	else
		assert_int_equal(
			(int64_t)(json_number_value(json_object_get(one, "mean_days")) * 10 + 0.5),
			seconds / n / 8640);
}

static void steps_of(const struct asked *a, json_t *k)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(k, "by_status"), i, one)
	{
		assert_int_equal(number(one, "count"),
			leads(a, and(a, line(a, "status_id", id_at(one, "id")),
					 " and t.converted_at is null")));
		stays(a, one, "lead");
	}
	json_array_foreach(json_object_get(k, "by_stage"), i, one)
	{
		const char *of =
			and(a, line(a, "stage_id", id_at(one, "id")), " and t.state = 'open'");

		assert_int_equal(number(one, "count"), deals(a, of));
		assert_int_equal(cents(one, "amount"), euros(a, of, false));
		stays(a, one, "opportunity");
	}
}

static void reasons(const struct asked *a, json_t *k)
{
	int64_t n = 0, lost = 0;
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(k, "lost_leads"), i, one)
	{
		n += number(one, "count");
		assert_int_equal(number(one, "count"),
			leads(a, and(a,
					 and(a, line(a, "conclusion_reason_id", id_at(one, "id")),
						 " and t.status_type = 'not_interested'"),
					 within(a, "status_since"))));
	}
	assert_int_equal(n, number(k, "leads.not_interested"));
	json_array_foreach(json_object_get(k, "lost_opportunities"), i, one)
	{
		const char *of = and(a,
			and(a, line(a, "lost_reason_id", id_at(one, "id")),
				" and t.state = 'lost'"),
			within(a, "closed_at"));

		lost += number(one, "count");
		assert_int_equal(number(one, "count"), deals(a, of));
		assert_int_equal(cents(one, "amount"), euros(a, of, true));
	}
	assert_int_equal(lost, number(k, "opportunities.lost"));
}

static void are_deals(const struct asked *a, json_t *one, const char *more)
{
	const char *of = and(a, " and t.state = 'open'", more);

	assert_int_equal(number(one, "count"), deals(a, of));
	assert_int_equal(cents(one, "amount"), euros(a, of, false));
}

static void forecast(const struct asked *a, json_t *k)
{
	struct ctx *cx = &a->w->d->cx;
	int64_t n = number(k, "forecast.overdue.count") + number(k, "forecast.undated.count");
	json_t *one;
	size_t i;

	are_deals(a, inside(k, "forecast.overdue"), textf(cx, " and t.close_on < '%s'", a->today));
	are_deals(a, inside(k, "forecast.undated"), " and t.close_on is null");
	json_array_foreach(inside(k, "forecast.months"), i, one)
	{
		n += number(one, "count");
		are_deals(a, one,
			textf(cx, " and t.close_on >= '%s' and substr(t.close_on, 1, 7) = '%s'",
				a->today, text(one, "month")));
	}
	assert_int_equal(n, number(k, "opportunities.open"));
}

/* S1.16 S1.19 */
static void contributors(const struct asked *a, json_t *k)
{
	for (size_t i = 0; i < COUNT(a->w->users); i++) {
		int64_t user = a->w->users[i], steps, worked;
		const struct world_ask asked = { &a->ask, a->from, a->to, user };

		world_worked(a->w, &asked, &steps, &worked);
		assert_int_equal(world_merit(k, user, "steps"), steps);
		assert_int_equal(world_merit(k, user, "worked"), worked);
		assert_int_equal(world_merit(k, user, "created"),
			leads(a, and(a, line(a, "created_by", user), within(a, "created_at"))));
		assert_int_equal(world_merit(k, user, "converted"),
			leads(a, and(a, line(a, "converted_by", user), within(a, "converted_at"))));
		assert_int_equal(world_merit(k, user, "won"),
			deals(a, and(a, and(a, line(a, "closed_by", user), within(a, "closed_at")),
					 " and t.state = 'won'")));
	}
}

static void differs(void *arg, const struct counted *kept, const struct counted *found)
{
	(void)arg;
	fail_msg("kind %lld period %lld: %lld are kept, %lld found (sums %lld, %lld)",
		(long long)kept->kind, (long long)kept->period, (long long)kept->n,
		(long long)found->n, (long long)kept->sum[0], (long long)found->sum[0]);
}

static void begin_ask(struct asked *a, const char *from, const char *to)
{
	struct ctx *cx = &a->w->d->cx;
	char after[DATE_TEXT];

	a->ask.from = from;
	a->ask.to = to;
	date_add(to, 1, after);
	a->from = date_start(from, cx->zone);
	a->to = date_start(after, cx->zone);
	date_of(cx->now, cx->zone, a->today);
}

static json_t *kpi(struct asked *a)
{
	struct json_out *j = answer(a->w->d);

	return told(a->w->d, kpi_write(&a->w->d->cx, j, &a->ask), j);
}

static void agree(struct asked *a)
{
	json_t *k = kpi(a);

	totals(a, k);
	lines(a, k, "by_source", "source_id");
	lines(a, k, "by_campaign", "campaign_id");
	lines(a, k, "by_owner", "owner_id");
	lines(a, k, "by_team", NULL);
	months(a, k);
	phases(a, k);
	steps_of(a, k);
	reasons(a, k);
	forecast(a, k);
	contributors(a, k);
}

/* Of the whole time, of some days of it, and of one owner or other. */
static void look(struct world *w)
{
	struct asked a = { .w = w };
	char until[DATE_TEXT];

	date_of(w->d->cx.now, w->d->cx.zone, until);
	date_add(until, 40, until);
	begin_ask(&a, "2026-01-01", until);
	agree(&a);
	begin_ask(&a, "2026-01-20", "2026-05-07");
	switch (world_below(w, 5)) {
	case 0:
		a.ask.owner_id = w->users[world_below(w, 4)];
		break;
	case 1:
		a.ask.team_id = w->teams[world_below(w, 2)];
		break;
	case 2:
		a.ask.source_id = w->sources[world_below(w, 3)];
		break;
	case 3:
		a.ask.campaign_id = w->campaigns[world_below(w, 2)];
		break;
	default:
		begin_ask(&a, "2026-02-03", "2026-02-20");
	}
	agree(&a);
	went_well(w->d, count_compare(&w->d->cx, differs, NULL));
}

/* S1.16 S1.18 S1.30 S3.1 S3.21 S3.22 S3.23 C15 C16 C21 */
static void figures_agree_with_plain_sql_after_every_step(void **state)
{
	struct world w = { .d = *state, .random = 20260105 };

	world_furnish(&w);
	for (int i = 0; i < steps(&w); i++) {
		world_step(&w);
		look(&w);
	}
	assert_true(world_number(&w, "select count(*) from lead where ws = $1") > steps(&w) / 9);
	assert_true(world_number(&w, "select count(*) from lead where ws = $1"
				     " and customer_at is not null") > 0);
	assert_true(world_number(&w, "select count(*) from stay where ws = $1") > steps(&w) / 12);
	assert_true(world_number(&w, "select count(*) from lead where ws = $1"
				     " and converted_by is not null") > 0);
	assert_int_equal(world_number(&w, "select count(*) from lead where ws = $1"
					  " and converted_at is null and converted_by is not null"),
		0);
	assert_int_equal(world_number(&w, "select count(*) from opportunity where ws = $1"
					  " and state = 'open' and closed_by is not null"),
		0);
	assert_true(w.work_n > (size_t)steps(&w) / 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(figures_agree_with_plain_sql_after_every_step),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
