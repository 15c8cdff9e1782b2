/* The tour: what of it is done, and on what the next step may be done. */
#include "crm/tour.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/arena.h"
#include "crm/entities.h"
#include "crm/firm.h"
#include "record/list.h"
#include "record/schema.h"

#define NEW_MS (INT64_C(14) * 86400 * 1000)

#define TOUCHED_LEAD                                                                  \
	" and exists (select 1 from change c join lead l"                             \
	" on l.ws = c.ws and l.id = c.record_id where c.ws = o.ws and c.op_id = o.id" \
	" and c.entity = 'lead' and "

/* clang-format off */
static const struct step {
	const char *key;
	const char *did;         /* of an operation o: by it the step was done */
	const struct entity *on; /* what it is done on */
	const char *fits;        /* whether it can be done on the record t */
	bool full;               /* no step of simple mode */
} steps[] = {
	{ "prospect", "o.kind in ('prospect.lead', 'prospect.call')" TOUCHED_LEAD "c.old is null)",
		&prospect_list_entity, "exists (select 1 from prospect p where p.ws = t.ws"
		" and p.list_id = t.id and p.state = 'new' and p.removed_at is null)", false },
	{ "action", "o.kind = 'lead.next_action'", &lead_entity, "t.next_action_at is not null", false },
	{ "qualify", "o.kind in ('lead.conclude', 'lead.convert', 'lead.win')"
		TOUCHED_LEAD "l.status_type = 'qualified')",
		&lead_entity, "t.next_action_at is not null", true },
	{ "convert", "o.kind in ('lead.convert', 'lead.win')", &lead_entity,
		"t.status_type = 'qualified' and t.converted_at is null", true },
	{ "win", "o.kind in ('opportunity.win', 'lead.win')", &opportunity_entity, "t.state = 'open'", false },
};
/* clang-format on */

struct tour {
	int64_t op[COUNT(steps)]; /* by which each was done; 0: not yet */
	int64_t since;
	bool is_simple;
	const struct step *next; /* NULL: all is done */
};

static bool is_step(const struct tour *t, size_t i)
{
	return !t->is_simple || !steps[i].full;
}

static bool read_settings(struct ctx *cx, struct tour *t)
{
	struct record *firm;
	const char *since;

	if (!firm_load(cx, &firm) || !setting_get(cx, TOUR_SINCE, "0", &since))
		return false;
	t->is_simple = record_int(firm, "simple_mode");
	t->since = strtoll(since, NULL, 10);
	return true;
}

static bool look_back(struct ctx *cx, struct tour *t)
{
	for (size_t i = 0; i < COUNT(steps); i++) {
		if (!db_int(cx, &t->op[i], 0,
			    textf(cx,
				    "select o.id from op o where o.ws = $1 and o.user_id = $2"
				    " and o.at > $3 and o.undone_by is null and %s"
				    " order by o.id desc limit 1",
				    steps[i].did),
			    ARGS(v_int(cx->ws), v_int(cx->who->id), v_int(t->since))))
			return false;
		if (is_step(t, i) && !t->op[i] && !t->next)
			t->next = &steps[i];
	}
	return true;
}

/* In simple mode one wins from the lead. */
static const struct step *step_on(const struct tour *t, const struct step *step)
{
	return t->is_simple && step->on == &opportunity_entity ? &steps[1] : step;
}

static bool find(struct ctx *cx, const struct step *step, const char *which, int64_t id,
	struct record **found)
{
	struct page page;
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(id));
	buf_addf(
		&sql, " where t.ws = $1 and t.removed_at is null and %s and %s", step->fits, which);
	rights_where(cx, step->on, RIGHT_WRITE, &sql, &args);
	buf_add(&sql, " order by t.id desc");
	if (!list_select(cx, step->on, sql.s, &args, 1, &page))
		return false;
	*found = page.n ? page.items[0] : NULL;
	return true;
}

/* The lead that the step before was done on, or what came of it; 0: none. */
static bool find_in_hand(struct ctx *cx, const struct tour *t, const struct entity *of, int64_t *id)
{
	size_t i = (size_t)(t->next - steps);

	*id = 0;
	while (i > 0 && !is_step(t, i - 1))
		i--;
	if (!i || !t->op[i - 1])
		return true;
	return db_int(cx, id, 0,
		textf(cx,
			"select coalesce(%s, 0) from change c join lead l on l.ws = c.ws"
			" and l.id = c.record_id where c.ws = $1 and c.op_id = $2"
			" and c.entity = 'lead' order by c.id desc limit 1",
			of == &opportunity_entity ? "l.opportunity_id" : "l.id"),
		ARGS(v_int(cx->ws), v_int(t->op[i - 1])));
}

/* Lists are everybody's; leads of colleagues are left alone. */
static bool find_on(struct ctx *cx, const struct tour *t, struct record **found)
{
	const struct step *step = step_on(t, t->next);
	int64_t id;

	*found = NULL;
	if (!find_in_hand(cx, t, step->on, &id) || (id && !find(cx, step, "t.id = $2", id, found)))
		return false;
	if (*found)
		return true;
	return find(cx, step,
		step->on == &prospect_list_entity ? "cast($2 as bigint) > 0" : "t.owner_id = $2",
		cx->who->id, found);
}

static bool write_next(struct ctx *cx, struct json_out *j, const struct tour *t)
{
	struct record *on;

	json_key(j, "next");
	if (!t->next) {
		json_none(j);
		return true;
	}
	if (!find_on(cx, t, &on))
		return false;
	json_open(j, '{');
	json_put_text(j, "key", t->next->key);
	json_put_text(j, "entity", on ? on->of->name : NULL);
	json_put_id(j, "id", on ? on->id : 0);
	json_put_text(j, "title", on ? record_title(cx, on) : NULL);
	json_close(j, '}');
	return true;
}

static bool is_offered(struct ctx *cx, const struct tour *t, bool is_demo, bool *offered)
{
	struct record *me;

	*offered = is_demo;
	if (is_demo || !t->next || rights_reach(cx->who, &lead_entity, RIGHT_WRITE) == REACH_NONE)
		return true;
	if (!record_load(cx, &user_entity, cx->who->id, RIGHT_READ, &me))
		return false;
	*offered = cx->now - me->created_at < NEW_MS;
	return true;
}

bool tour_write(struct ctx *cx, struct json_out *j, bool is_demo)
{
	struct tour t = { 0 };
	bool offered;

	if (!read_settings(cx, &t) || !look_back(cx, &t) || !is_offered(cx, &t, is_demo, &offered))
		return false;
	json_open(j, '{');
	json_put_bool(j, "demo", is_demo);
	json_put_bool(j, "offered", offered);
	json_key(j, "steps");
	json_open(j, '[');
	for (size_t i = 0; i < COUNT(steps); i++) {
		if (!is_step(&t, i))
			continue;
		json_open(j, '{');
		json_put_text(j, "key", steps[i].key);
		json_put_bool(j, "done", t.op[i] != 0);
		json_close(j, '}');
	}
	json_close(j, ']');
	if (!write_next(cx, j, &t))
		return false;
	json_close(j, '}');
	return true;
}
