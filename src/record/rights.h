/* rights - who may do what.  One function puts the scope into every query. */
#pragma once

#include "base/buf.h"
#include "db/db.h"
#include "meta/meta.h"

enum right { RIGHT_READ, RIGHT_WRITE, RIGHT_REMOVE, RIGHT_EXPORT, RIGHT_COUNT };
enum reach { REACH_NONE, REACH_OWN, REACH_TEAM, REACH_ALL };
enum secrecy { FIELD_OPEN, FIELD_READONLY, FIELD_HIDDEN };

/* One entity's line in a role; "*" stands for those without one of their own,
 * "setup" for the tables of the set-up. */
struct grant {
	const char *entity;
	enum reach reach[RIGHT_COUNT];
};

struct field_rule {
	const char *entity, *field;
	enum secrecy secrecy;
};

/* Who asks.  Belongs to the request's arena. */
struct who {
	int64_t id, team_id, role_id;
	const char *name, *email;
	bool is_system;	     /* the program itself: may all */
	const int64_t *team; /* ids of the team's members, self included */
	size_t team_n;
	const struct grant *grants;
	size_t grant_n;
	const struct field_rule *rules;
	size_t rule_n;
	const char *session; /* hash of the session or token in use */
};

/* Read a role's JSON (see doc/API.md, "A role"); false and *why (a key of
 * locales) when it is not such a thing. */
bool rights_read(
	struct ctx *cx, const char *rights, const char *fields, struct who *who, const char **why);

/* An active user with his team and role, in the arena; *found is NULL when
 * there is none such.  The ctx takes his language. */
bool rights_who(struct ctx *cx, int64_t user_id, struct who **found);

enum reach rights_reach(const struct who *who, const struct entity *of, enum right right);
enum secrecy rights_field(const struct who *who, const struct entity *of, const char *field);
bool rights_is_admin(const struct who *who); /* may write the set-up */

/* " and owner_id in (...)" for table alias t, as narrow as the reach; for
 * REACH_NONE a condition that nothing meets. */
void rights_where(struct ctx *cx, const struct entity *of, enum right right, struct buf *sql,
	struct args *args);
/* PROBLEM_FORBIDDEN when the user may do this to none at all. */
bool rights_demand(struct ctx *cx, const struct entity *of, enum right right);
/* Whether a record of this owner lies within reach. */
bool rights_covers(
	const struct who *who, const struct entity *of, enum right right, int64_t owner_id);
