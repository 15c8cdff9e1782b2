/* From the facts to two instants, and from these and the clock to a word. */
#include "crm/lead_temperature.h"

#include <string.h>

#include "base/arena.h"
#include "crm/entities.h"
#include "record/list.h"

#define DAY (INT64_C(86400) * 1000)
#define FOR_EVER INT64_C(9000000000000000)

const struct choice temperatures[] = {
	{ "cold", "Freddo", "Cold" },
	{ "warm", "Tiepido", "Warm" },
	{ "hot", "Caldo", "Hot" },
	{ NULL },
};

bool heat_load(struct ctx *cx, struct heat *heat)
{
	struct rows *r = db_query(cx,
		"select coalesce(hot_days, 14), coalesce(answer_days, 7), coalesce(cold_days, 30)"
		" from firm where ws = $1 order by id limit 1",
		ARGS(v_int(cx->ws)));

	*heat = (struct heat){ 14, 7, 30 };
	if (rows_next(r))
		*heat = (struct heat){ rows_int(r, 0), rows_int(r, 1), rows_int(r, 2) };
	return rows_end(r);
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void set(struct record *lead, int64_t hot, int64_t warm)
{
	record_set(lead, "hot_until", v_id(hot));
	record_set(lead, "warm_until", v_int(warm));
}

static bool is_open(const struct record *lead)
{
	return record_is(lead, "status_type", "open");
}

static bool is_overruled(const struct record *lead)
{
	return record_has(lead, "temperature_override") &&
	       (is_open(lead) || record_is(lead, "status_type", "frozen"));
}

static void overrule(struct record *lead)
{
	bool hot = record_is(lead, "temperature_override", "hot");
	bool cold = record_is(lead, "temperature_override", "cold");

	set(lead, hot ? FOR_EVER : 0, cold ? 0 : FOR_EVER);
}

/* A request is hot while something follows it; an answer of a good profile for
 * some days; then it is warm until it was silent for long.  So whatever is hot
 * stays warm longer than what is warm: the order by warm_until is by heat. */
static void from_facts(const struct heat *heat, struct record *lead)
{
	int64_t seen = record_int(lead, "last_activity_at");
	int64_t answered = record_int(lead, "last_answer_at");
	int64_t asked = record_int(lead, "purchase_request_at");
	int64_t stirred = later(seen, record_int(lead, "status_since"));
	int64_t hot = 0, warm = stirred + heat->cold_days * DAY;

	if (asked)
		hot = later(asked, seen) + heat->hot_days * DAY;
	if (answered && record_is(lead, "qualification", "met"))
		hot = later(hot, answered + heat->answer_days * DAY);
	if (hot)
		warm = later(warm, hot + heat->cold_days * DAY);
	set(lead, hot, warm);
}

void temperature_reckon(const struct heat *heat, struct record *lead)
{
	if (is_overruled(lead))
		overrule(lead);
	else if (record_is(lead, "status_type", "qualified"))
		set(lead, FOR_EVER, FOR_EVER);
	else if (is_open(lead))
		from_facts(heat, lead);
	else
		set(lead, 0, 0);
}

/* An activity or a touch stored by the same operation has changed them since. */
static bool read_facts(struct ctx *cx, struct record *lead)
{
	static const char *const facts[] = { "last_activity_at", "last_answer_at",
		"purchase_request_at" };
	struct rows *r;

	if (!lead->was)
		return true;
	r = db_query(cx,
		"select last_activity_at, last_answer_at, purchase_request_at from lead"
		" where ws = $1 and id = $2",
		ARGS(v_int(cx->ws), v_int(lead->id)));
	if (rows_next(r))
		for (size_t i = 0; i < COUNT(facts); i++)
			record_set(lead, facts[i], rows_val(r, i));
	return rows_end(r);
}

static bool must_have_a_reason(struct ctx *cx, struct record *lead)
{
	if (!record_has(lead, "temperature_override"))
		record_set(lead, "temperature_reason", v_null());
	else if (!record_has(lead, "temperature_reason"))
		return refuse_field(cx, "temperature_reason", "temperature.reason");
	return true;
}

bool temperature_settle(struct ctx *cx, const struct heat *heat, struct record *lead)
{
	if (!must_have_a_reason(cx, lead) || !read_facts(cx, lead))
		return false;
	temperature_reckon(heat, lead);
	return true;
}

struct facts {
	int64_t seen, answered, asked;
};

/* When it took place; 0: it has not yet. */
static int64_t took_place(const struct ctx *cx, const struct record *activity)
{
	if (record_has(activity, "done_at"))
		return record_int(activity, "done_at");
	if (record_is(activity, "kind", "task") || record_is(activity, "kind", "meeting"))
		return 0;
	return activity->id ? activity->created_at : cx->now;
}

static struct facts told_by_activity(const struct ctx *cx, const struct record *activity)
{
	int64_t at = took_place(cx, activity);

	return (struct facts){ at, record_is(activity, "direction", "in") ? at : 0,
		record_int(activity, "purchase_request") ? at : 0 };
}

/* A message sent to many is no sign of life. */
static struct facts told_by_touch(const struct record *touch)
{
	int64_t at = record_int(touch, "at");
	bool answers = record_is(touch, "kind", "answered") || record_is(touch, "kind", "form");

	if (record_is(touch, "kind", "sent"))
		return (struct facts){ 0 };
	return (struct facts){ at, answers ? at : 0, 0 };
}

static void add(struct facts *all, struct facts more)
{
	all->seen = later(all->seen, more.seen);
	all->answered = later(all->answered, more.answered);
	all->asked = later(all->asked, more.asked);
}

/* Of the other activities about that lead, and its other touches. */
static bool find_facts(struct ctx *cx, int64_t lead_id, int64_t but, struct facts *facts)
{
	struct rows *r = db_query(cx,
		"select max(a.at), max(case when a.answers = 1 then a.at end),"
		" max(case when a.asks = 1 then a.at end) from"
		" (select case when done_at is not null then done_at"
		" when kind not in ('task', 'meeting') then created_at end as at,"
		" case when direction = 'in' then 1 else 0 end as answers,"
		" purchase_request as asks from activity"
		" where ws = $1 and lead_id = $2 and id <> $3 and removed_at is null"
		" union all select at, case when kind in ('answered', 'form') then 1 else 0 end, 0"
		" from touch where ws = $1 and lead_id = $2 and id <> $3 and removed_at is null"
		" and kind <> 'sent') as a",
		ARGS(v_int(cx->ws), v_int(lead_id), v_int(but)));

	if (rows_next(r))
		*facts = (struct facts){ rows_int(r, 0), rows_int(r, 1), rows_int(r, 2) };
	return rows_end(r);
}

/* Without history and version: it follows from activities and touches. */
static bool put_facts(struct ctx *cx, struct record *lead, const struct facts *facts)
{
	struct heat heat;

	if (!heat_load(cx, &heat))
		return false;
	record_set(lead, "last_activity_at", v_id(facts->seen));
	record_set(lead, "last_answer_at", v_id(facts->answered));
	record_set(lead, "purchase_request_at", v_id(facts->asked));
	temperature_reckon(&heat, lead);
	return db_run(cx,
		"update lead set last_activity_at = $3, last_answer_at = $4, purchase_request_at = $5,"
		" hot_until = $6, warm_until = $7 where ws = $1 and id = $2",
		ARGS(v_int(cx->ws), v_int(lead->id), v_id(facts->seen), v_id(facts->answered),
			v_id(facts->asked), v_id(record_int(lead, "hot_until")),
			v_int(record_int(lead, "warm_until"))));
}

/* told: what rec says of that lead, NULL when it is about another. */
static bool hear(
	struct ctx *cx, int64_t lead_id, const struct record *rec, const struct facts *told)
{
	struct facts facts = { 0 };
	struct record *lead;

	if (!record_find(cx, &lead_entity, "id", v_int(lead_id), &lead))
		return false;
	if (!lead)
		return true;
	if (!find_facts(cx, lead_id, rec->id, &facts))
		return false;
	if (told && !record_has(rec, "removed_at"))
		add(&facts, *told);
	return put_facts(cx, lead, &facts);
}

bool temperature_hear(struct ctx *cx, const struct record *rec)
{
	int64_t lead = record_int(rec, "lead_id"), before = lead;
	struct facts told = entity_is(rec->of, &activity_entity) ? told_by_activity(cx, rec)
								 : told_by_touch(rec);

	if (!cx->op)
		return true; /* looked at, not stored */
	if (rec->was)
		before = rec->was[record_at(rec, "lead_id")].i;
	return (!lead || hear(cx, lead, rec, &told)) &&
	       (!before || before == lead || hear(cx, before, rec, NULL));
}

const char *temperature_now(struct ctx *cx, const struct record *lead)
{
	if (record_int(lead, "hot_until") > cx->now)
		return "hot";
	return record_int(lead, "warm_until") > cx->now ? "warm" : "cold";
}

enum { FEW = 2000 };

/* Few are found by the index and put in order; of many a page is found sooner
 * by going through the list in its own order.  A plus keeps an engine from the
 * index that it would take for either. */
static bool is_many(struct ctx *cx, const char *condition, bool *many)
{
	int64_t n;

	if (!db_int(cx, &n, 0,
		    textf(cx,
			    "select count(*) from (select 1 from lead t where t.ws = $1 and %s"
			    " limit %d) as x",
			    condition, FEW),
		    ARGS(v_int(cx->ws), v_int(cx->now))))
		return false;
	*many = n == FEW;
	return true;
}

static bool is_by_temperature(const char *sort)
{
	return sort && (!strcmp(sort, "temperature") || !strcmp(sort, "-temperature"));
}

bool temperature_where(
	struct ctx *cx, const struct by_clock *by, struct buf *sql, struct args *args)
{
	static const struct {
		const char *word, *by_index, *rest;
	} ways[] = {
		{ "hot", "t.hot_until > $2", "" },
		{ "warm", "t.warm_until > $2",
			" and (t.hot_until is null or t.hot_until <= $%zu)" },
		{ "cold", "t.warm_until <= $2", "" },
	};
	size_t i = 0, now = args_add(args, v_int(cx->now));
	bool many = false;

	while (i < COUNT(ways) && strcmp(ways[i].word, by->value) != 0)
		i++;
	if (i == COUNT(ways))
		return refuse_field(
			cx, by->field->name, "query.value", textf(cx, "%.60s", by->value));
	if (!is_by_temperature(by->sort) && !is_many(cx, ways[i].by_index, &many))
		return false;
	buf_addf(sql, " and %s", many ? "+" : "");
	buf_addn(sql, ways[i].by_index, strlen(ways[i].by_index) - 1);
	buf_addf(sql, "%zu", now);
	if (*ways[i].rest)
		buf_addf(sql, ways[i].rest, now);
	return true;
}
