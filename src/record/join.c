/* Several records become one: the sentence, and its preview. */
#include "record/join.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "record/distinct.h"
#include "record/join_parts.h"
#include "record/op.h"

static bool names_another(struct ctx *cx, const struct join_ask *ask, size_t at)
{
	bool again = ask->with[at] == ask->id;

	for (size_t i = 0; i < at && !again; i++)
		again = ask->with[i] == ask->with[at];
	return !again || refuse_field(cx, "with", "join.twice");
}

static bool must_name_some(struct ctx *cx, const struct join_ask *ask)
{
	if (!ask->of->join)
		return refuse(cx, PROBLEM_NOT_FOUND, "problem.no_door");
	if (!ask->n || ask->n > JOIN_MAX)
		return refuse_field(cx, "with", "join.with", textf(cx, "%d", JOIN_MAX));
	for (size_t i = 0; i < ask->n; i++)
		if (!names_another(cx, ask, i))
			return false;
	return true;
}

/* As the caller last saw it. */
static bool must_be_current(struct ctx *cx, const struct join_ask *ask, const struct record *rec)
{
	const json_t *known = json_object_get(ask->versions, textf(cx, "%" PRId64, rec->id));

	if (!known)
		return true;
	if (!json_is_integer(known))
		return refuse_field(cx, "versions", "field.object");
	return json_integer_value(known) == rec->version ||
	       refuse(cx, PROBLEM_CONFLICT, "join.changed", record_title(cx, rec));
}

static bool must_be_there(struct ctx *cx, const struct record *rec)
{
	return !record_has(rec, "removed_at") || refuse(cx, PROBLEM_NOT_FOUND, "problem.not_found",
							 entity_label(rec->of, cx->lang, false));
}

static bool load_one(struct ctx *cx, const struct join_ask *ask, int64_t id, enum right right,
	struct record **rec)
{
	return record_load(cx, ask->of, id, right, rec) && must_be_there(cx, *rec) &&
	       must_be_current(cx, ask, *rec);
}

static bool load_others(
	struct ctx *cx, const struct join_ask *ask, bool to_write, struct joining *j)
{
	j->others = arena_alloc(cx->mem, ask->n * sizeof(*j->others));
	for (j->n = 0; j->n < ask->n; j->n++) {
		struct record **rec = &j->others[j->n];
		int64_t id = ask->with[j->n];

		/* to go they must be written, too: their fields go elsewhere */
		if (!load_one(cx, ask, id, to_write ? RIGHT_WRITE : RIGHT_READ, rec) ||
			(to_write && !record_load(cx, ask->of, id, RIGHT_REMOVE, rec)))
			return false;
	}
	return true;
}

bool join_load(struct ctx *cx, const struct join_ask *ask, bool to_write, struct joining *j)
{
	*j = (struct joining){ 0 };
	return must_name_some(cx, ask) &&
	       load_one(cx, ask, ask->id, to_write ? RIGHT_WRITE : RIGHT_READ, &j->survivor) &&
	       load_others(cx, ask, to_write, j);
}

static bool judge(struct ctx *cx, struct joining *j)
{
	return j->survivor->of->join(cx, j);
}

/* Before the survivor is stored, so that what is unique is free for it. */
static bool remove_others(struct ctx *cx, const struct joining *j)
{
	for (size_t i = 0; i < j->n; i++) {
		record_set(j->others[i], "removed_at", v_int(cx->now));
		record_set(j->others[i], "merged_into_id", v_int(j->survivor->id));
		if (!record_store(cx, j->others[i]))
			return false;
	}
	return true;
}

/* Who was said not to be one of the others is not the survivor either. */
static bool carry_distinctions(struct ctx *cx, const struct joining *j)
{
	for (size_t i = 0; i < j->n; i++)
		if (!distinct_carry(cx, j->others[i], j->survivor))
			return false;
	return true;
}

bool record_join(struct ctx *cx, const struct join_ask *ask, struct record **survivor)
{
	struct joining j;
	bool ok = op_begin(cx, "record.merge") && join_load(cx, ask, true, &j) && judge(cx, &j) &&
		  join_fill(cx, &j, ask->fields) && remove_others(cx, &j) &&
		  record_store(cx, j.survivor) && join_carry(cx, &j) &&
		  carry_distinctions(cx, &j) && op_about(cx, j.survivor);

	if (!op_end(cx, ok))
		return false;
	*survivor = j.survivor;
	return true;
}

bool join_survivor(struct ctx *cx, const struct entity *of, int64_t id, int64_t *survivor)
{
	int64_t next = id;

	*survivor = id;
	for (int steps = 0; next && of->join && steps < JOIN_MAX; steps++) {
		*survivor = next;
		if (!db_int(cx, &next, 0,
			    textf(cx, "select merged_into_id from %s where ws = $1 and id = $2",
				    entity_table(of)),
			    ARGS(v_int(cx->ws), v_int(next))))
			return false;
	}
	return true;
}
