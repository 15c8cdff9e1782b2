/* A firm at work: random steps by the real verbs. */
#include "figures_world.h"

#include <stdlib.h>

#include "base/clock.h"
#include "crm/conversion.h"
#include "crm/lead.h"
#include "crm/lead_win.h"
#include "crm/opportunity.h"
#include "crm/prospect.h"
#include "record/join.h"

int64_t world_below(struct world *w, int64_t n)
{
	w->random = w->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t)((w->random >> 33) % (uint64_t)n);
}

int64_t world_number(struct world *w, const char *sql)
{
	int64_t n;

	went_well(w->d, db_int(&w->d->cx, &n, 0, sql, ARGS(v_int(w->d->cx.ws))));
	return n;
}

/* One of them, or 0 when there are none. */
static int64_t any(struct world *w, const char *from_where)
{
	int64_t n = world_number(w, textf(&w->d->cx, "select count(*) from %s", from_where));

	return n ? world_number(
			   w, textf(&w->d->cx, "select id from %s order by id limit 1 offset %lld",
				      from_where, (long long)world_below(w, n)))
		 : 0;
}

struct record *world_take(struct world *w, const struct entity *of, int64_t id)
{
	struct record *rec = NULL;

	went_well(w->d, record_load(&w->d->cx, of, id, RIGHT_READ, &rec));
	return rec;
}

static bool is_work(const struct op *op)
{
	static const char *const kinds[] = { "lead.next_action", "lead.move", "lead.conclude",
		"lead.reopen", "opportunity.next_action", "opportunity.move", "opportunity.reopen",
		"record.edit" };

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (!strcmp(kinds[i], op->kind))
			return entity_is(op->of, &lead_entity) ||
			       entity_is(op->of, &opportunity_entity);
	return entity_is(op->of, &activity_entity) && !strcmp(op->kind, "record.create");
}

/* What the operation was about, and of which origin that is now. */
static void note_work(struct world *w, const struct op *op)
{
	struct world_work *note = &w->works[w->work_n];
	const struct entity *of = op->of;
	int64_t on = op->record_id;
	struct record *rec;

	if (!w->d->cx.who->id || !is_work(op))
		return;
	if (entity_is(of, &activity_entity)) {
		rec = world_take(w, of, on);
		of = record_has(rec, "opportunity_id") ? &opportunity_entity : &lead_entity;
		on = record_int(rec, textf(&w->d->cx, "%s_id", of->name));
	}
	rec = world_take(w, of, on);
	*note = (struct world_work){ op->id, w->d->cx.who->id, w->d->cx.now, on,
		record_int(rec, "source_id"), record_int(rec, "campaign_id") };
	w->work_n++;
}

/* What may be refused for good reasons; but nothing may break. */
static bool tried(struct world *w, bool ok)
{
	const struct op *op = op_done(&w->d->cx);

	if (!ok) {
		if (w->d->cx.problem.kind == PROBLEM_INTERNAL)
			went_well(w->d, false);
		ctx_clear(&w->d->cx);
		return false;
	}
	if (op && w->op_n < WORLD_OPS && (!w->op_n || w->ops[w->op_n - 1] != op->id)) {
		w->ops[w->op_n++] = op->id;
		note_work(w, op);
	}
	return true;
}

static void make_lead(struct world *w)
{
	struct record *lead = record_new(&w->d->cx, &lead_entity);
	bool ok;

	record_set_text(
		lead, "last_name", textf(&w->d->cx, "L%lld", (long long)world_below(w, 1000)));
	if (world_below(w, 3))
		record_set_text(lead, "company_name",
			textf(&w->d->cx, "C%lld srl", (long long)world_below(w, 12)));
	record_set(lead, "owner_id", v_int(w->users[world_below(w, 4)]));
	record_set(lead, "source_id", v_id(world_below(w, 4) ? w->sources[world_below(w, 3)] : 0));
	record_set(
		lead, "campaign_id", v_id(world_below(w, 3) ? 0 : w->campaigns[world_below(w, 2)]));
	ok = op_begin(&w->d->cx, "record.create") && record_store(&w->d->cx, lead);
	tried(w, op_end(&w->d->cx, ok));
}

static const char *some_day(struct world *w)
{
	char *day = arena_alloc(w->d->cx.mem, DATE_TEXT);

	date_of(w->d->cx.now, w->d->cx.zone, day);
	date_add(day, world_below(w, 120) - 30, day);
	return day;
}

/* Fields of a record that people edit. */
static void change(struct world *w, struct record *rec)
{
	bool deal = entity_is(rec->of, &opportunity_entity), ok;

	switch (world_below(w, deal ? 7 : 3)) {
	case 0:
		record_set(rec, "owner_id", v_int(w->users[world_below(w, 4)]));
		break;
	case 1:
		record_set(rec, "source_id",
			v_id(world_below(w, 4) ? w->sources[world_below(w, 3)] : 0));
		break;
	case 2:
		record_set_text(rec, "description",
			textf(&w->d->cx, "%lld", (long long)world_below(w, 1000)));
		break;
	case 3:
		record_set(rec, "amount", v_int(1000 * world_below(w, 5000)));
		break;
	case 4:
		record_set(rec, "probability", v_int(10 * world_below(w, 11)));
		break;
	case 5:
		record_set_text(rec, "close_on", world_below(w, 4) ? some_day(w) : "");
		break;
	default:
		record_set_text(rec, "currency", world_below(w, 2) ? "USD" : "EUR");
	}
	ok = op_begin(&w->d->cx, "record.edit") && record_store(&w->d->cx, rec);
	tried(w, op_end(&w->d->cx, ok));
}

static void remove_or_restore(struct world *w, struct record *rec)
{
	bool gone = record_has(rec, "removed_at"), ok;

	if (gone && entity_find(rec->of, "merged_into_id") >= 0 &&
		record_has(rec, "merged_into_id"))
		return;
	record_set(rec, "removed_at", gone ? v_null() : v_int(w->d->cx.now));
	ok = op_begin(&w->d->cx, gone ? "record.restore" : "record.remove") &&
	     record_store(&w->d->cx, rec);
	tried(w, op_end(&w->d->cx, ok));
}

static void convert(struct world *w, int64_t id)
{
	struct conversion how = { 0 };
	struct conversion_outcome made;

	if (!world_below(w, 3))
		how.opportunity.wish = PART_NONE;
	if (!world_below(w, 3))
		how.owner_id = w->users[world_below(w, 4)];
	how.company.id = any(w, "company where ws = $1 and removed_at is null");
	if (how.company.id && !world_below(w, 2))
		how.company.wish = PART_EXISTING;
	tried(w, lead_convert(&w->d->cx, id, &how, &made));
}

static struct win a_win(struct world *w)
{
	static struct val amount;
	struct win win = { .closed_on = "", .customer_code = "" };

	amount = v_int(1000 * world_below(w, 3000));
	win.amount = world_below(w, 2) ? &amount : NULL;
	if (!world_below(w, 4)) {
		char *day = arena_alloc(w->d->cx.mem, DATE_TEXT);

		date_of(w->d->cx.now, w->d->cx.zone, day);
		date_add(day, -world_below(w, 20), day);
		win.closed_on = day;
	}
	return win;
}

static void work_on_lead(struct world *w, int64_t id)
{
	static const char *const reasons[] = { "Prezzo", "Nessun bisogno", "something else" };
	struct ctx *cx = &w->d->cx;
	struct win win = a_win(w);
	struct lead_win_outcome won;
	struct record *lead;

	switch (world_below(w, 9)) {
	case 0:
	case 1:
		tried(w, lead_move(cx, id, any(w, "lead_status where ws = $1 and active = 1"),
				 &lead));
		break;
	case 2:
		tried(w, lead_conclude(cx, id,
				 any(w, "lead_status where ws = $1 and type in"
					" ('not_interested', 'qualified')"),
				 reasons[world_below(w, 3)], &lead));
		break;
	case 3:
		convert(w, id);
		break;
	case 4:
		tried(w, lead_win(cx, id, &win, &won));
		break;
	case 5:
		tried(w, lead_reopen(cx, id, 0, &lead));
		break;
	case 6:
		tried(w, lead_purchase_request(cx, id, "", &lead));
		break;
	case 7:
		remove_or_restore(w, world_take(w, &lead_entity, id));
		break;
	default:
		change(w, world_take(w, &lead_entity, id));
	}
}

static void make_deal(struct world *w)
{
	int64_t company = any(w, "company where ws = $1 and removed_at is null");
	struct record *deal = record_new(&w->d->cx, &opportunity_entity);
	bool ok;

	record_set_text(deal, "name", "Deal");
	record_set(deal, "company_id", v_id(company));
	record_set(deal, "owner_id", v_int(w->users[world_below(w, 4)]));
	record_set(deal, "amount", v_int(1000 * world_below(w, 900)));
	record_set_text(deal, "close_on", world_below(w, 4) ? some_day(w) : "");
	ok = op_begin(&w->d->cx, "record.create") && record_store(&w->d->cx, deal);
	tried(w, op_end(&w->d->cx, ok));
}

static void work_on_deal(struct world *w, int64_t id)
{
	struct ctx *cx = &w->d->cx;
	struct win win = a_win(w);
	struct win_outcome won;
	struct duplicate how = { "", "", NULL };
	struct record *deal;
	struct stage_move to = { any(w, "stage where ws = $1 and active = 1"), NULL };

	switch (world_below(w, 9)) {
	case 0:
	case 1:
		tried(w, opportunity_win(cx, id, &win, &won));
		break;
	case 2:
		tried(w, opportunity_lose(cx, id, world_below(w, 2) ? "Prezzo" : "no idea", &deal));
		break;
	case 3:
		tried(w, opportunity_reopen(cx, id, &won));
		break;
	case 4:
		tried(w, opportunity_move(cx, id, &to, &deal));
		break;
	case 5:
		tried(w, opportunity_duplicate(cx, id, &how, &deal));
		break;
	case 6:
		remove_or_restore(w, world_take(w, &opportunity_entity, id));
		break;
	default:
		change(w, world_take(w, &opportunity_entity, id));
	}
}

static void merge_two(struct world *w, const struct entity *of)
{
	const char *some =
		textf(&w->d->cx, "%s where ws = $1 and removed_at is null", entity_table(of));
	int64_t other = any(w, some);
	struct join_ask ask = { .of = of, .id = any(w, some), .with = &other, .n = 1 };
	struct record *survivor;

	if (other && ask.id && other != ask.id)
		tried(w, record_join(&w->d->cx, &ask, &survivor));
}

/* Noted by hand on a lead, on an opportunity, or on both. */
static void note_activity(struct world *w, int64_t lead, int64_t deal)
{
	struct record *call = record_new(&w->d->cx, &activity_entity);
	int64_t which = world_below(w, 3);
	bool ok;

	record_set_text(call, "kind", "call");
	record_set(call, "lead_id", v_id(which != 1 || !deal ? lead : 0));
	record_set(call, "opportunity_id", v_id(which ? deal : 0));
	ok = op_begin(&w->d->cx, "record.create") && record_store(&w->d->cx, call);
	tried(w, op_end(&w->d->cx, ok));
}

static void prospect_step(struct world *w)
{
	int64_t id = any(w, "prospect where ws = $1 and removed_at is null and lead_id is null");
	struct record *row = record_new(&w->d->cx, &prospect_entity);
	struct prospect_outcome made;
	bool ok;

	if (id && world_below(w, 2)) {
		tried(w, prospect_lead(&w->d->cx, id, 0, &made));
		return;
	}
	record_set(row, "list_id", v_int(w->list));
	record_set_text(row, "last_name", "Suspect");
	record_set(row, "owner_id", v_int(w->users[world_below(w, 4)]));
	ok = op_begin(&w->d->cx, "record.create") && record_store(&w->d->cx, row);
	tried(w, op_end(&w->d->cx, ok));
}

static void undo_some(struct world *w)
{
	size_t back = (size_t)world_below(w, w->op_n > 12 ? 12 : (int64_t)w->op_n + 1);

	if (back < w->op_n)
		tried(w, op_undo(&w->d->cx, w->ops[w->op_n - 1 - back], world_below(w, 3) == 0));
}

void world_step(struct world *w)
{
	static const char *const live[] = { "lead where ws = $1 and removed_at is null",
		"lead where ws = $1" };
	int64_t lead = any(w, live[world_below(w, 8) == 0]);
	int64_t deal = any(w, "opportunity where ws = $1");
	int64_t what = world_below(w, 22);
	const struct who *before = w->d->cx.who;

	w->d->cx.now += 1000 + world_below(w, 3 * 86400) * 1000;
	w->d->cx.who = &w->people[world_below(w, COUNT(w->people))];
	if (!lead || what < 4)
		make_lead(w);
	else if (what < 10)
		work_on_lead(w, lead);
	else if (what < 11)
		make_deal(w);
	else if (what < 15 && deal)
		work_on_deal(w, deal);
	else if (what < 16)
		merge_two(w, world_below(w, 2) ? &lead_entity : &company_entity);
	else if (what < 17)
		prospect_step(w);
	else if (what < 19)
		note_activity(w, lead, deal);
	else
		undo_some(w);
	w->d->cx.who = before;
}

static int64_t id_of(struct record *rec)
{
	return rec->id;
}

void world_furnish(struct world *w)
{
	struct desk *d = w->d;

	for (int i = 0; i < 2; i++)
		w->teams[i] = id_of(make(d, &team_entity, "name", i ? "North" : "South", NULL));
	for (int i = 0; i < 4; i++)
		w->users[i] = office_user(d->o, textf(&d->cx, "u%d@prova.it", i), "sales",
			i < 3 ? w->teams[i % 2] : 0);
	w->works = arena_alloc(d->cx.mem, WORLD_OPS * sizeof(*w->works));
	for (int i = 0; i < 5; i++) {
		w->people[i] = *d->cx.who;
		w->people[i].id = i < 4 ? w->users[i] : d->cx.who->id;
	}
	for (int i = 0; i < 3; i++)
		w->sources[i] =
			id_of(make(d, &source_entity, "name", textf(&d->cx, "Source %d", i), NULL));
	for (int i = 0; i < 2; i++)
		w->campaigns[i] = id_of(make(d, &campaign_entity, "name",
			textf(&d->cx, "Campaign %d", i), "kind", "fair", NULL));
	w->list = id_of(make(d, &prospect_list_entity, "name", "Bought", NULL));
	make(d, &rate_entity, "currency", "USD", "day", "2026-03-12", "rate", "800000", NULL);
	w->rate_changes = date_start("2026-03-12", d->cx.zone);
}

static bool is_undone(struct world *w, int64_t op)
{
	return world_number(w, textf(&w->d->cx,
				       "select count(*) from op where ws = $1 and id = %lld"
				       " and undone_by is not null",
				       (long long)op)) > 0;
}

/* Filters by owner and team are of the people, origin as it was then. */
static bool is_asked(struct world *w, const struct world_ask *a, const struct world_work *k)
{
	int64_t team = world_number(
		w, textf(&w->d->cx,
			   "select coalesce(team_id, 0) from member where ws = $1 and id = %lld",
			   (long long)k->user_id));

	return k->at >= a->from && k->at < a->to &&
	       (!a->ask->owner_id || a->ask->owner_id == k->user_id) &&
	       (!a->ask->team_id || a->ask->team_id == team) &&
	       (!a->ask->source_id || a->ask->source_id == k->source_id) &&
	       (!a->ask->campaign_id || a->ask->campaign_id == k->campaign_id) &&
	       !is_undone(w, k->op_id);
}

static bool is_noted(const int64_t *ids, size_t n, int64_t id)
{
	while (n && ids[n - 1] != id)
		n--;
	return n > 0;
}

void world_worked(struct world *w, const struct world_ask *a, int64_t *steps, int64_t *worked)
{
	int64_t on[WORLD_OPS];
	size_t n = 0;

	*steps = 0;
	for (size_t i = 0; i < w->work_n; i++) {
		const struct world_work *k = &w->works[i];

		if (k->user_id != a->user_id || !is_asked(w, a, k))
			continue;
		++*steps;
		if (!is_noted(on, n, k->on))
			on[n++] = k->on;
	}
	*worked = (int64_t)n;
}

int64_t world_merit(json_t *k, int64_t user, const char *name)
{
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(k, "contributors"), i,
		one) if (json_integer_value(json_object_get(one, "user_id")) ==
			 user) return json_integer_value(json_object_get(one, name));
	return 0;
}
