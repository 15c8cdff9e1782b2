/* The invented firm: its people first, then its year. */
#include "crm/demo.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "crm/demo_parts.h"
#include "crm/entities.h"
#include "crm/firm.h"
#include "crm/tour.h"
#include "record/op.h"
#include "record/schema.h"

#define DAY (INT64_C(86400) * 1000)
#define FIRM "Ginestra Automazioni srl"

static bool make_team(struct ctx *cx, int which, int64_t *id)
{
	struct record *team = record_new(cx, &team_entity);

	record_set_text(team, "name", demo_teams[which][cx->lang == LANG_EN]);
	if (!record_store(cx, team))
		return false;
	*id = team->id;
	return true;
}

static bool make_user(struct demo *d, const struct demo_user *u, int64_t team)
{
	struct ctx *cx = d->cx;
	struct record *user = record_new(cx, &user_entity), *role;

	if (!record_find(cx, &role_entity, "name_en", v_text(u->role), &role))
		return false;
	record_set_text(user, "name", textf(cx, "%s %s", u->first, u->last));
	record_set_text(user, "email",
		textf(cx, "%s.%s@ginestra.example", fold(cx->mem, u->first),
			fold(cx->mem, u->last)));
	record_set_text(user, "password_hash", d->password_hash);
	record_set_text(user, "lang", cx->lang == LANG_EN ? "en" : "it");
	record_set(user, "team_id", v_int(team));
	record_set(user, "role_id", v_int(role->id));
	if (!record_store(cx, user))
		return false;
	d->users[d->user_n++] = (struct who){
		.id = user->id, .is_system = true, .name = record_text(user, "name")
	};
	return true;
}

/* The administrator is the tenth and sells too: whoever signs in first finds
 * work of his own. */
static bool take_in_admin(struct demo *d, int64_t team)
{
	struct record **users;
	size_t n;

	if (!record_all(d->cx, &user_entity, &users, &n) || !n)
		return false;
	record_set(users[0], "team_id", v_int(team));
	d->users[d->user_n++] = (struct who){
		.id = users[0]->id, .is_system = true, .name = record_text(users[0], "name")
	};
	return record_store(d->cx, users[0]);
}

static bool hire(struct demo *d)
{
	int64_t teams[2] = { 0, 0 };

	bool ok = op_begin(d->cx, "seed") && make_team(d->cx, 0, &teams[0]) &&
		  make_team(d->cx, 1, &teams[1]);

	for (size_t i = 0; ok && i < demo_user_n; i++) {
		if (d->user_n == DEMO_FIRST_SELLER + DEMO_SELLERS - 1)
			ok = take_in_admin(d, teams[1]);
		ok = ok && make_user(d, &demo_users[i], teams[demo_users[i].team]);
	}
	return op_end(d->cx, ok);
}

static bool learn(struct ctx *cx, const struct entity *of, int64_t *ids, size_t *n)
{
	struct record **all;
	size_t found;

	if (!record_all(cx, of, &all, &found))
		return false;
	for (*n = 0; *n < found; (*n)++)
		ids[*n] = all[*n]->id;
	return true;
}

static bool name_firm(struct ctx *cx)
{
	struct record *firm;

	if (!firm_load(cx, &firm) || record_has(firm, "name"))
		return cx->problem.kind == PROBLEM_NONE;
	record_set_text(firm, "name", FIRM);

	bool ok = op_begin(cx, "seed") && record_store(cx, firm);

	return op_end(cx, ok);
}

static void free_arena(void *mem)
{
	arena_free(mem);
}

/* Each event in memory of its own: the year's would be a hundred megabytes.
 * What went wrong stays until the caller has told it. */
static bool play_all(struct demo *d)
{
	struct ctx *cx = d->cx;
	bool ok = true;

	for (size_t i = 0; ok && i < d->event_n; i++) {
		cx->mem = arena_new();
		ok = demo_play(d, &d->events[i]);
		cx->done = NULL;
		if (ok)
			arena_free(cx->mem);
		else
			arena_defer(d->mem, free_arena, cx->mem);
	}
	cx->mem = d->mem;
	return ok;
}

bool demo_fill(struct ctx *cx, int64_t until, const char *password_hash)
{
	struct demo *d = arena_alloc(cx->mem, sizeof(*d));
	const struct who *who = cx->who;

	d->cx = cx;
	d->mem = cx->mem;
	d->seed = 20260105;
	d->from = cx->now;
	d->until = until;
	d->days = (int)((until - cx->now) / DAY);
	d->password_hash = password_hash;
	d->names =
		arena_alloc(cx->mem, (DEMO_LEADS + DEMO_COMPANIES + DEMO_FAIR) * sizeof(*d->names));
	date_of(cx->now, cx->zone, d->first_day);

	bool ok = name_firm(cx) && hire(d) &&
		  learn(cx, &lead_status_entity, d->statuses, &d->status_n) &&
		  learn(cx, &stage_entity, d->stages, &d->stage_n) &&
		  learn(cx, &source_entity, d->sources, &d->source_n);

	if (ok) {
		demo_plan(d);
		ok = demo_campaigns(d) && play_all(d) && demo_costs(d) && demo_fair(d) &&
		     setting_set(cx, TOUR_SINCE, textf(cx, "%" PRId64, until));
	}
	cx->who = who;
	return ok;
}
