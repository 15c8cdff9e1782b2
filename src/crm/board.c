/* The pipeline: a column for each status and stage, most urgent card first. */
#include "crm/board.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "crm/agenda.h"
#include "crm/entities.h"
#include "crm/rates.h"
#include "record/list.h"
#include "record/search.h"

struct column {
	const struct record *step;    /* a lead status or a stage */
	const struct entity *of;      /* what stands in it */
	const char *step_id;	      /* SQL: the link to the step */
	const char *money, *currency; /* SQL: what is summed */
};

struct board {
	const struct board_ask *ask;
	struct rates *rates;
	struct names *names;
	char today[DATE_TEXT];
	size_t limit, columns;
};

static struct column column_of(const struct record *step)
{
	if (step->of == &lead_status_entity)
		return (struct column){ step, &lead_entity, "status_id", "budget",
			"budget_currency" };
	return (struct column){ step, &opportunity_entity, "stage_id", "amount", "currency" };
}

static const char *key_of(struct ctx *cx, const struct column *c)
{
	return textf(cx, "%s:%lld", c->of->name, (long long)c->step->id);
}

static bool add_where(struct ctx *cx, const struct board *b, const struct column *c,
	struct buf *sql, struct args *args)
{
	args_add(args, v_int(cx->ws));
	buf_addf(sql, " where t.ws = $1 and t.removed_at is null and t.%s = $%zu", c->step_id,
		args_add(args, v_int(c->step->id)));
	buf_add(sql,
		c->of == &lead_entity ? " and t.converted_at is null" : " and t.state = 'open'");
	rights_where(cx, c->of, RIGHT_READ, sql, args);
	if (b->ask->who && !who_where(cx, b->ask->who, sql, args))
		return false;
	return !b->ask->q || !*b->ask->q || search_where(cx, c->of, b->ask->q, sql, args);
}

/* How many, and what they are worth; beyond the cap the sum is not told. */
static bool write_sum(struct ctx *cx, struct json_out *j, struct board *b, const struct column *c)
{
	int64_t n = 0, sum = 0;
	struct args args;
	struct rows *r;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	buf_addf(&sql,
		"select x.currency, count(*), cast(sum(x.amount) as bigint) from"
		" (select t.%s as currency, t.%s as amount from %s t",
		c->currency, c->money, entity_table(c->of));
	if (!add_where(cx, b, c, &sql, &args))
		return false;
	buf_addf(&sql, " limit %d) as x group by x.currency", COUNT_CAP + 1);
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r)) {
		n += rows_int(r, 1);
		sum = rates_add(
			sum, rates_convert(b->rates, rows_int(r, 2), rows_text(r, 0), b->today));
	}
	json_put_int(j, "count", n > COUNT_CAP ? COUNT_CAP : n);
	json_put_text(j, "count_is", n > COUNT_CAP ? "at_least" : "exact");
	json_key(j, "sum");
	if (n > COUNT_CAP)
		json_none(j);
	else
		json_money(j, sum);
	json_put_text(j, "currency", rates_base(b->rates));
	return rows_end(r);
}

/* By next action where there is one, so that what is late stands on top;
 * frozen ones newest first. */
static bool has_order(const struct column *c)
{
	return c->of == &opportunity_entity || record_is(c->step, "type", "open");
}

static bool add_after(struct ctx *cx, const struct board *b, const struct column *c,
	struct buf *sql, struct args *args)
{
	int64_t at;

	if (!b->ask->after)
		return true;
	if (!has_order(c)) {
		buf_addf(sql, " and t.id < $%zu", args_add(args, v_int(b->ask->after)));
		return true;
	}
	if (!db_int(cx, &at, 0,
		    textf(cx, "select next_action_at from %s where ws = $1 and id = $2",
			    entity_table(c->of)),
		    ARGS(v_int(cx->ws), v_int(b->ask->after))))
		return false;
	size_t number = args_add(args, v_int(at));

	buf_addf(sql, " and (t.next_action_at, t.id) > ($%zu, $%zu)", number,
		args_add(args, v_int(b->ask->after)));
	return true;
}

static bool write_items(struct ctx *cx, struct json_out *j, struct board *b, const struct column *c)
{
	struct page page;
	struct args args;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	if (!add_where(cx, b, c, &sql, &args) || !add_after(cx, b, c, &sql, &args))
		return false;
	buf_add(&sql, has_order(c) ? " order by t.next_action_at, t.id" : " order by t.id desc");
	if (!list_select(cx, c->of, sql.s, &args, b->limit, &page))
		return false;
	json_key(j, "items");
	json_open(j, '[');
	for (size_t i = 0; i < page.n; i++) {
		record_write(cx, j, page.items[i]);
		names_want_links(b->names, page.items[i]);
	}
	json_close(j, ']');
	json_put_bool(j, "more", page.more);
	return true;
}

static bool write_column(
	struct ctx *cx, struct json_out *j, struct board *b, const struct record *step)
{
	struct column c = column_of(step);

	if (b->ask->column && strcmp(b->ask->column, key_of(cx, &c)) != 0)
		return true;
	b->columns++;
	json_open(j, '{');
	json_put_text(j, "key", key_of(cx, &c));
	json_put_text(j, "entity", c.of->name);
	json_put_int(j, "id", step->id);
	json_put_text(j, "name", record_title(cx, step));
	json_put_text(j, "type", c.of == &lead_entity ? record_text(step, "type") : "open");
	if (!write_sum(cx, j, b, &c) || !write_items(cx, j, b, &c))
		return false;
	json_close(j, '}');
	return true;
}

static bool is_on_board(const struct board *b, const struct record *step)
{
	if (!record_int(step, "active"))
		return false;
	if (step->of == &stage_entity)
		return !b->ask->pipeline_id ||
		       record_int(step, "pipeline_id") == b->ask->pipeline_id;
	return record_is(step, "type", "open") || record_is(step, "type", "frozen");
}

/* The stages of one pipeline together, pipelines in their order. */
static bool write_pipelines(struct ctx *cx, struct json_out *j, struct board *b)
{
	struct record **pipelines, **stages;
	size_t n, stage_n;
	bool ok = true;

	if (!record_all(cx, &pipeline_entity, &pipelines, &n) ||
		!record_all(cx, &stage_entity, &stages, &stage_n))
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; ok && record_int(pipelines[i], "active") && k < stage_n; k++)
			if (record_int(stages[k], "pipeline_id") == pipelines[i]->id &&
				is_on_board(b, stages[k]))
				ok = write_column(cx, j, b, stages[k]);
	return ok;
}

static bool write_statuses(struct ctx *cx, struct json_out *j, struct board *b)
{
	struct record **all;
	bool ok = true;
	size_t n;

	if (!record_all(cx, &lead_status_entity, &all, &n))
		return false;
	for (size_t i = 0; ok && i < n; i++)
		if (is_on_board(b, all[i]))
			ok = write_column(cx, j, b, all[i]);
	return ok;
}

bool board_write(struct ctx *cx, struct json_out *j, const struct board_ask *ask)
{
	struct board b = { .ask = ask, .limit = ask->limit ? ask->limit : LIST_DEFAULT };

	if (b.limit > LIST_MAX)
		return refuse_field(cx, "limit", "query.limit", textf(cx, "%d", LIST_MAX));
	if (!rates_load(cx, &b.rates))
		return false;
	b.names = names_new(cx);
	date_of(cx->now, cx->zone, b.today);
	json_open(j, '{');
	json_key(j, "columns");
	json_open(j, '[');
	if (!write_statuses(cx, j, &b) || !write_pipelines(cx, j, &b))
		return false;
	json_close(j, ']');
	if (ask->column && !b.columns)
		return refuse_field(cx, "column", "board.column");
	if (!names_write(cx, b.names, j))
		return false;
	json_close(j, '}');
	return true;
}
