/* Who may do what, and the condition that says so in SQL. */
#include "record/rights.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/ctx.h"

static const char *const right_names[] = { "read", "write", "remove", "export" };
static const char *const reach_names[] = { "none", "own", "team", "all" };

static void drop(void *tree)
{
	json_decref(tree);
}

/* An object, or NULL; "" is an empty one. */
static json_t *object_of(struct ctx *cx, const char *text)
{
	json_t *tree = json_loads(*text ? text : "{}", JSON_REJECT_DUPLICATES, NULL);

	if (tree)
		arena_defer(cx->mem, drop, tree);
	return json_is_object(tree) ? tree : NULL;
}

static bool read_reach(const json_t *given, enum reach *reach)
{
	const char *word = json_string_value(given);

	for (size_t i = 0; word && i < COUNT(reach_names); i++)
		if (!strcmp(word, reach_names[i])) {
			*reach = (enum reach)i;
			return true;
		}
	return false;
}

static bool read_grant(struct grant *g, const char *entity, json_t *line)
{
	const char *name;
	json_t *value;

	g->entity = entity;
	json_object_foreach(line, name, value)
	{
		size_t i = 0;

		while (i < RIGHT_COUNT && strcmp(right_names[i], name) != 0)
			i++;
		if (i == RIGHT_COUNT || !read_reach(value, &g->reach[i]))
			return false;
	}
	return json_is_object(line);
}

static bool read_rules(struct ctx *cx, json_t *tree, struct who *who)
{
	struct field_rule *rules;
	const char *entity, *field;
	json_t *line, *value;
	size_t n = 0;

	json_object_foreach(tree, entity, line) n += json_object_size(line);
	who->rules = rules = arena_alloc(cx->mem, (n + 1) * sizeof(*rules));
	json_object_foreach(tree, entity, line) json_object_foreach(line, field, value)
	{
		const char *word = json_string_value(value);
		bool hidden = word && !strcmp(word, "hidden");

		if (!hidden && (!word || strcmp(word, "readonly") != 0))
			return false;
		rules[who->rule_n++] = (struct field_rule){ arena_dup(cx->mem, entity),
			arena_dup(cx->mem, field), hidden ? FIELD_HIDDEN : FIELD_READONLY };
	}
	return true;
}

bool rights_read(
	struct ctx *cx, const char *rights, const char *fields, struct who *who, const char **why)
{
	json_t *tree = object_of(cx, rights), *rules = object_of(cx, fields);
	struct grant *grants;
	const char *entity;
	json_t *line;

	*why = "role.rights";
	if (!tree)
		return false;
	who->grants = grants = arena_alloc(cx->mem, (json_object_size(tree) + 1) * sizeof(*grants));
	json_object_foreach(
		tree, entity, line) if (!read_grant(&grants[who->grant_n++],
						arena_dup(cx->mem, entity), line)) return false;
	*why = "role.fields";
	return rules && read_rules(cx, rules, who);
}

static const struct grant *grant_for(const struct who *who, const char *entity)
{
	for (size_t i = 0; i < who->grant_n; i++)
		if (!strcmp(who->grants[i].entity, entity))
			return &who->grants[i];
	return NULL;
}

enum reach rights_reach(const struct who *who, const struct entity *of, enum right right)
{
	const struct grant *g;

	if (!who)
		return REACH_NONE;
	if (who->is_system)
		return REACH_ALL;
	g = grant_for(who, of->name);
	if (!g)
		g = grant_for(who, of->setup ? "setup" : "*");
	if (of->setup && right == RIGHT_READ)
		return REACH_ALL;
	/* nobody takes away what he may not read */
	if (g && right == RIGHT_EXPORT && !of->setup && g->reach[right] > g->reach[RIGHT_READ])
		return g->reach[RIGHT_READ];
	return g ? g->reach[right] : REACH_NONE;
}

enum secrecy rights_field(const struct who *who, const struct entity *of, const char *field)
{
	for (size_t i = 0; who && i < who->rule_n; i++)
		if (!strcmp(who->rules[i].entity, of->name) && !strcmp(who->rules[i].field, field))
			return who->rules[i].secrecy;
	return FIELD_OPEN;
}

bool rights_is_admin(const struct who *who)
{
	const struct grant *g = who ? grant_for(who, "setup") : NULL;

	return who && (who->is_system || (g && g->reach[RIGHT_WRITE] == REACH_ALL));
}

void rights_where(struct ctx *cx, const struct entity *of, enum right right, struct buf *sql,
	struct args *args)
{
	const struct who *who = cx->who;
	enum reach reach = rights_reach(who, of, right);

	if (reach == REACH_ALL)
		return;
	if (reach == REACH_NONE || !of->owned) {
		buf_add(sql, " and 1 = 0");
		return;
	}
	if (reach == REACH_OWN || who->team_n <= 1) {
		buf_addf(sql, " and t.owner_id = $%zu", args_add(args, v_int(who->id)));
		return;
	}
	for (size_t i = 0; i < who->team_n; i++)
		buf_addf(sql, "%s$%zu", i ? ", " : " and t.owner_id in (",
			args_add(args, v_int(who->team[i])));
	buf_add(sql, ")");
}

bool rights_demand(struct ctx *cx, const struct entity *of, enum right right)
{
	if (rights_reach(cx->who, of, right) != REACH_NONE)
		return true;
	return refuse(cx, PROBLEM_FORBIDDEN, "problem.forbidden");
}

bool rights_covers(
	const struct who *who, const struct entity *of, enum right right, int64_t owner_id)
{
	enum reach reach = rights_reach(who, of, right);

	if (reach == REACH_ALL)
		return true;
	if (reach == REACH_NONE || !of->owned)
		return false;
	if (owner_id == who->id)
		return true;
	for (size_t i = 0; reach == REACH_TEAM && i < who->team_n; i++)
		if (who->team[i] == owner_id)
			return true;
	return false;
}
