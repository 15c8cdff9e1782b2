/* The client folder as people see it. */
#include "crm/folder.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "crm/rates.h"
#include "crm/timeline_parts.h"

enum { OPPORTUNITIES_MAX = 200, PEOPLE_MAX = 100 };

static const char *const phases[] = { "lead", "negotiation", "customer" };

enum { PHASES = COUNT(phases) };

struct sum {
	int64_t count, amount, weighted;
};

struct phase {
	int64_t count, first_at, last_at;
};

struct folder {
	const struct folder_ask *ask;
	const struct record *of;
	struct story story;
	struct rates *rates;
	struct sum won, open, lost;
	int64_t customer_since; /* the first win; INT64_MAX: none yet */
	struct phase phases[PHASES];
};

/* " and ...": its opportunities t, as far as the user may read them. */
static void opportunities_where(
	struct ctx *cx, const struct folder *f, struct buf *sql, struct args *args)
{
	buf_addf(sql, " and t.removed_at is null and t.%s_id = $%zu", f->of->of->name,
		args_add(args, v_int(f->of->id)));
	rights_where(cx, &opportunity_entity, RIGHT_READ, sql, args);
}

static void add_to(struct sum *sum, int64_t amount, int64_t probability)
{
	sum->count++;
	sum->amount = rates_add(sum->amount, amount);
	sum->weighted = rates_add(
		sum->weighted, amount / 100 * probability + amount % 100 * probability / 100);
}

/* By the rate of the day each was closed, or today's (C21). */
static void count_in(struct ctx *cx, struct folder *f, const struct rows *r)
{
	const char *state = rows_text(r, 0);
	int64_t closed_at = rows_int(r, 1), amount;
	bool is_open = !strcmp(state, "open"), is_won = !strcmp(state, "won");
	char day[DATE_TEXT];

	date_of(is_open ? cx->now : closed_at, cx->zone, day);
	amount = rates_convert(f->rates, rows_int(r, 3), rows_text(r, 2), day);
	add_to(is_open ? &f->open : is_won ? &f->won : &f->lost, amount, rows_int(r, 4));
	if (is_won && closed_at < f->customer_since)
		f->customer_since = closed_at;
}

static bool add_up(struct ctx *cx, struct folder *f)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	buf_add(&sql,
		"select t.state, t.closed_at, t.currency, t.amount, t.probability from opportunity t"
		" where t.ws = $1");
	args_add(&args, v_int(cx->ws));
	opportunities_where(cx, f, &sql, &args);
	f->customer_since = INT64_MAX;
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r))
		count_in(cx, f, r);
	return rows_end(r);
}

/* What was said and done, not what is planned; when, and in which phase. */
static const char *exchange_from(
	struct ctx *cx, const struct folder *f, const char *columns, struct args *args)
{
	struct buf sql;

	args_init(args, cx->mem);
	buf_init(&sql, cx->mem);
	buf_addf(&sql,
		"(select t.id, coalesce(t.done_at, t.starts_at, t.created_at) as at,"
		" case when t.lead_id is not null then 0"
		" when coalesce(t.done_at, t.starts_at, t.created_at) < $%zu then 1 else 2 end"
		" as phase from activity t where",
		args_add(args, v_int(f->customer_since)));
	buf_addf(&sql, " t.ws = $%zu and t.removed_at is null", args_add(args, v_int(cx->ws)));
	buf_addf(&sql, " and (t.done_at is not null or t.kind = 'comment' or t.starts_at <= $%zu)",
		args_add(args, v_int(cx->now)));
	story_where(cx, &f->story, &sql, args);
	if (rights_reach(cx->who, &activity_entity, RIGHT_READ) == REACH_NONE)
		buf_add(&sql, " and 1 = 0");
	buf_add(&sql, ") as x");
	return textf(cx, "select %s from %s", columns, sql.s);
}

static bool count_phases(struct ctx *cx, struct folder *f)
{
	struct args args;
	const char *from = exchange_from(cx, f,
		"x.phase, count(*), cast(min(x.at) as bigint), cast(max(x.at) as bigint)", &args);
	struct rows *r = db_query(cx, textf(cx, "%s group by x.phase", from), args.v, args.n);

	while (rows_next(r))
		f->phases[rows_int(r, 0)] =
			(struct phase){ rows_int(r, 1), rows_int(r, 2), rows_int(r, 3) };
	return rows_end(r);
}

/* A lead is written down when somebody was met (S1.3): that is the first
 * contact, unless something that was said is older. */
static void write_contacts(struct json_out *j, const struct folder *f)
{
	int64_t first = f->story.since, last = f->story.since;

	for (size_t i = 0; i < PHASES; i++) {
		if (f->phases[i].count && f->phases[i].first_at < first)
			first = f->phases[i].first_at;
		if (f->phases[i].count && f->phases[i].last_at > last)
			last = f->phases[i].last_at;
	}
	json_put_time(j, "first_contact_at", first);
	json_put_time(j, "last_contact_at", last);
}

static void write_money(struct json_out *j, const char *key, int64_t cents, bool shown)
{
	json_key(j, key);
	if (shown)
		json_money(j, cents);
	else
		json_none(j);
}

static void write_sum(struct ctx *cx, struct json_out *j, const char *key, const struct sum *sum)
{
	bool shown = rights_field(cx->who, &opportunity_entity, "amount") != FIELD_HIDDEN;

	json_key(j, key);
	json_open(j, '{');
	json_put_int(j, "count", sum->count);
	write_money(j, "amount", sum->amount, shown);
	if (!strcmp(key, "open"))
		write_money(j, "weighted", sum->weighted, shown);
	json_close(j, '}');
}

static void write_totals(struct ctx *cx, struct json_out *j, const struct folder *f)
{
	json_put_text(j, "currency", rates_base(f->rates));
	json_key(j, "currencies_without_rate");
	rates_write_lacking(f->rates, j);
	json_key(j, "totals");
	json_open(j, '{');
	write_sum(cx, j, "won", &f->won);
	write_sum(cx, j, "open", &f->open);
	write_sum(cx, j, "lost", &f->lost);
	json_close(j, '}');
}

static bool write_page(struct ctx *cx, struct json_out *j, struct folder *f, const char *key,
	const struct page *page)
{
	json_key(j, key);
	json_open(j, '[');
	for (size_t i = 0; i < page->n; i++) {
		record_write(cx, j, page->items[i]);
		names_want_links(f->story.names, page->items[i]);
	}
	json_close(j, ']');
	return true;
}

/* Some of its opportunities, by a further condition and an order. */
static bool write_opportunities(
	struct ctx *cx, struct json_out *j, struct folder *f, const char *key, const char *which)
{
	struct page page;
	struct args args;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	args_add(&args, v_int(cx->ws));
	buf_add(&sql, " where t.ws = $1");
	opportunities_where(cx, f, &sql, &args);
	buf_add(&sql, which);
	return list_select(cx, &opportunity_entity, sql.s, &args, OPPORTUNITIES_MAX, &page) &&
	       write_page(cx, j, f, key, &page);
}

static bool write_people(struct ctx *cx, struct json_out *j, struct folder *f)
{
	struct page page = { 0 };
	struct args args;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(f->of->id));
	buf_add(&sql, " where t.ws = $1 and t.removed_at is null and t.company_id = $2");
	rights_where(cx, &contact_entity, RIGHT_READ, &sql, &args);
	buf_add(&sql, " order by t.title_fold, t.id");
	if (f->of->of == &company_entity &&
		!list_select(cx, &contact_entity, sql.s, &args, PEOPLE_MAX, &page))
		return false;
	return write_page(cx, j, f, "people", &page);
}

static void write_phases(struct json_out *j, const struct folder *f)
{
	json_key(j, "phases");
	json_open(j, '[');
	for (size_t i = 0; i < PHASES; i++) {
		json_open(j, '{');
		json_put_text(j, "phase", phases[i]);
		json_put_int(j, "count", f->phases[i].count);
		json_put_time(j, "first_at", f->phases[i].first_at);
		json_put_time(j, "last_at", f->phases[i].last_at);
		json_close(j, '}');
	}
	json_close(j, ']');
}

struct exchange {
	int64_t id;
	size_t phase;
};

static bool write_exchange(
	struct ctx *cx, struct json_out *j, struct folder *f, const struct exchange *x)
{
	struct record *activity;

	if (!record_find(cx, &activity_entity, "id", v_int(x->id), &activity) || !activity)
		return false;
	json_open(j, '{');
	json_put_text(j, "type", "activity");
	json_put_time(j, "at", activity->created_at);
	json_put_text(j, "phase", phases[x->phase]);
	json_key(j, "activity");
	record_write(cx, j, activity);
	json_close(j, '}');
	names_want_links(f->story.names, activity);
	names_want(f->story.names, &user_entity, record_int(activity, "created_by"));
	return true;
}

static bool find_exchanges(
	struct ctx *cx, const struct folder *f, struct exchange *found, size_t *n)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	buf_init(&sql, cx->mem);
	buf_add(&sql, exchange_from(cx, f, "x.id, x.phase", &args));
	buf_addf(&sql, " where x.id < $%zu", args_add(&args, v_int(f->story.before)));
	for (size_t i = 0; f->ask->phase && i < PHASES; i++)
		if (!strcmp(f->ask->phase, phases[i]))
			buf_addf(&sql, " and x.phase = $%zu", args_add(&args, v_int((int64_t)i)));
	buf_addf(&sql, " order by x.id desc limit %zu", f->story.limit + 1);
	r = db_query(cx, sql.s, args.v, args.n);
	for (*n = 0; rows_next(r); ++*n)
		found[*n] = (struct exchange){ rows_int(r, 0), (size_t)rows_int(r, 1) };
	return rows_end(r);
}

static bool write_exchanges(struct ctx *cx, struct json_out *j, struct folder *f)
{
	struct exchange *found = arena_alloc(cx->mem, (f->story.limit + 1) * sizeof(*found));
	size_t n, limit = f->story.limit;
	bool ok = find_exchanges(cx, f, found, &n);

	json_key(j, "exchanges");
	json_open(j, '{');
	json_key(j, "items");
	json_open(j, '[');
	for (size_t i = 0; ok && i < n && i < limit; i++)
		ok = write_exchange(cx, j, f, &found[i]);
	json_close(j, ']');
	json_put_text(
		j, "next", ok && n > limit ? textf(cx, "%" PRId64, found[limit - 1].id) : NULL);
	json_close(j, '}');
	return ok;
}

static bool read_phase(struct ctx *cx, const struct folder_ask *ask)
{
	if (!ask->phase || !*ask->phase)
		return true;
	for (size_t i = 0; i < PHASES; i++)
		if (!strcmp(ask->phase, phases[i]))
			return true;
	return refuse_field(cx, "phase", "field.choice");
}

/* A contact's with a company is the company's. */
static void write_verdict(struct json_out *j, const struct folder *f)
{
	int64_t count = f->won.count + f->open.count + f->lost.count;
	int64_t company =
		f->of->of == &contact_entity ? record_int(f->of, "company_id") : f->of->id;

	json_put_bool(j, "is_folder", count > 1 && (f->of->of == &company_entity || !company));
	json_put_id(j, "company_id", company);
}

static bool write_all(struct ctx *cx, struct json_out *j, struct folder *f)
{
	json_open(j, '{');
	write_verdict(j, f);
	write_totals(cx, j, f);
	write_contacts(j, f);
	write_phases(j, f);
	if (!write_opportunities(cx, j, f, "opportunities",
		    " order by case t.state when 'open' then 0 else 1 end, t.closed_at desc,"
		    " t.next_action_at, t.id") ||
		!write_opportunities(cx, j, f, "renewals",
			" and t.state = 'open' and t.renewal_of_id is not null"
			" order by t.close_on, t.id") ||
		!write_people(cx, j, f) || !write_exchanges(cx, j, f) ||
		!names_write(cx, f->story.names, j))
		return false;
	json_close(j, '}');
	return true;
}

bool folder_write(struct ctx *cx, struct json_out *j, const struct folder_ask *ask)
{
	struct folder f = { .ask = ask, .story.names = names_new(cx) };
	struct record *of;

	if (!record_load(cx, ask->of, ask->id, RIGHT_READ, &of))
		return false;
	f.of = of;
	return story_page(cx, &f.story, ask->limit, ask->cursor) && read_phase(cx, ask) &&
	       rates_load(cx, &f.rates) && story_find(cx, &f.story, of) && add_up(cx, &f) &&
	       count_phases(cx, &f) && write_all(cx, j, &f);
}
