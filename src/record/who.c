/* Who somebody is: a user, his team, and what his role lets him do. */
#include "base/arena.h"
#include "base/words.h"
#include "record/rights.h"

enum { TEAM_MAX = 500 };

static bool load_team(struct ctx *cx, struct who *who)
{
	int64_t *team = arena_raw(cx->mem, TEAM_MAX * sizeof(*team));
	struct rows *r;

	who->team = team;
	team[who->team_n++] = who->id;
	if (!who->team_id)
		return true;
	r = db_query(cx,
		"select id from member where ws = $1 and team_id = $2 and id <> $3"
		" and removed_at is null order by id limit 499",
		ARGS(v_int(cx->ws), v_int(who->team_id), v_int(who->id)));
	while (rows_next(r))
		team[who->team_n++] = rows_int(r, 0);
	return rows_end(r);
}

bool rights_who(struct ctx *cx, int64_t user_id, struct who **found)
{
	struct who *who = arena_alloc(cx->mem, sizeof(*who));
	struct rows *r = db_query(cx,
		"select u.name, u.email, u.lang, u.team_id, u.role_id, r.rights, r.fields"
		" from member u left join role r on r.ws = u.ws and r.id = u.role_id"
		" where u.ws = $1 and u.id = $2 and u.active = 1 and u.removed_at is null",
		ARGS(v_int(cx->ws), v_int(user_id)));
	const char *rights = "", *fields = "", *why;
	bool is_there = rows_next(r);

	*found = NULL;
	*who = (struct who){ .id = user_id };
	if (is_there) {
		who->name = rows_text(r, 0);
		who->email = rows_text(r, 1);
		lang_read(rows_text(r, 2), &cx->lang);
		who->team_id = rows_int(r, 3);
		who->role_id = rows_int(r, 4);
		rights = rows_text(r, 5);
		fields = rows_text(r, 6);
	}
	if (!rows_end(r) || !is_there)
		return cx->problem.kind == PROBLEM_NONE;
	if (!rights_read(cx, rights, fields, who, &why))
		return broken(cx, "role %lld: %s", (long long)who->role_id, why);
	*found = who;
	return load_team(cx, who);
}
