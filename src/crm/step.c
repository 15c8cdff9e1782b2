/* What stands in an order of the firm's own. */
#include "crm/step.h"

#include "crm/naming.h"
#include "record/op.h"

bool step_complete(struct ctx *cx, struct record *step)
{
	int64_t last;

	name_in_both(step, "name_it", "name_en");
	if (record_has(step, "position"))
		return true;
	if (!db_int(cx, &last, 0,
		    textf(cx, "select max(position) from %s where ws = $1", entity_table(step->of)),
		    ARGS(v_int(cx->ws))))
		return false;
	record_set(step, "position", v_int(last + 1));
	return true;
}

bool step_others(struct ctx *cx, const struct record *step, int64_t *n)
{
	return db_int(cx, n, 0,
		textf(cx,
			"select count(*) from %s where ws = $1 and active = 1"
			" and removed_at is null and id <> $2",
			entity_table(step->of)),
		ARGS(v_int(cx->ws), v_int(step->id)));
}

bool step_is_going(const struct record *step)
{
	return step->was && record_has(step, "removed_at") && record_changed(step, "removed_at");
}

static struct record *with_id(struct record *const *all, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (all[i] && all[i]->id == id)
			return all[i];
	return NULL;
}

static bool put_at(struct ctx *cx, struct record *step, int64_t position)
{
	record_set(step, "position", v_int(position));
	return record_store(cx, step);
}

/* Those named first, then what is left of all. */
static bool put_all(struct ctx *cx, struct record **all, size_t all_n, const int64_t *ids, size_t n)
{
	int64_t position = 0;

	for (size_t i = 0; i < n; i++) {
		struct record *step = with_id(all, all_n, ids[i]);

		if (!step)
			return refuse_field(cx, "ids", "field.link");
		for (size_t k = 0; k < all_n; k++)
			if (all[k] == step)
				all[k] = NULL;
		if (!put_at(cx, step, ++position))
			return false;
	}
	for (size_t k = 0; k < all_n; k++)
		if (all[k] && !put_at(cx, all[k], ++position))
			return false;
	return true;
}

static bool has_order(struct ctx *cx, const struct entity *of)
{
	return (of->setup && entity_find(of, "position") >= 0) ||
	       refuse(cx, PROBLEM_NOT_FOUND, "problem.not_found");
}

bool steps_order(struct ctx *cx, const struct entity *of, const int64_t *ids, size_t n)
{
	struct record **all;
	size_t all_n;

	bool ok = op_begin(cx, "step.order") && has_order(cx, of) &&
		  rights_demand(cx, of, RIGHT_WRITE) && record_all(cx, of, &all, &all_n) &&
		  put_all(cx, all, all_n, ids, n);

	return op_end(cx, ok);
}
