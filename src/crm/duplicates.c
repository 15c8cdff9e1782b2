/* Who is there already, while somebody types; and who is not the same. */
#include "crm/duplicates.h"

#include "crm/entities.h"
#include "record/distinct.h"
#include "record/op.h"
#include "record/search.h"
#include "record/twins.h"

bool duplicates_write(struct ctx *cx, struct json_out *j, const struct record *like)
{
	struct likeness *found;
	size_t n;

	if (!keys_find(cx, like, comparable_entities, &found, &n))
		return false;
	json_open(j, '{');
	json_key(j, "items");
	json_open(j, '[');
	for (size_t i = 0; i < n; i++)
		likeness_write(cx, j, &found[i]);
	json_close(j, ']');
	json_close(j, '}');
	return true;
}

static bool is_meant(const struct dismissal *what, int64_t id)
{
	for (size_t i = 0; i < what->n; i++)
		if (what->ids[i] == id)
			return true;
	return !what->n;
}

static bool is_member(struct record *const *members, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (members[i]->id == id)
			return true;
	return false;
}

static bool must_be_members(
	struct ctx *cx, const struct dismissal *what, struct record *const *members, size_t n)
{
	for (size_t i = 0; i < what->n; i++)
		if (!is_member(members, n, what->ids[i]))
			return refuse_field(cx, "ids", "twins.not_member");
	return !what->only || is_member(members, n, what->only) ||
	       refuse_field(cx, "only", "twins.not_member");
}

static bool say_each(struct ctx *cx, const struct dismissal *what, struct record *const *members,
	size_t n, int64_t *said)
{
	bool ok = true, is_new;

	for (size_t i = 0; ok && i < n; i++)
		for (size_t k = i + 1; ok && k < n; k++) {
			struct distinct_pair pair = { members[i]->id, members[k]->id };

			if (!is_meant(what, pair.a) || !is_meant(what, pair.b) ||
				(what->only && pair.a != what->only && pair.b != what->only))
				continue;
			ok = distinct_say(cx, members[i]->of, pair, &is_new);
			*said += ok && is_new;
		}
	return ok;
}

bool duplicates_dismiss(struct ctx *cx, const struct dismissal *what, int64_t *said)
{
	struct record **members;
	size_t n;
	bool ok = op_begin(cx, "duplicates.dismiss") &&
		  twins_members(cx, what->group_id, &members, &n) &&
		  rights_demand(cx, members[0]->of, RIGHT_WRITE) &&
		  must_be_members(cx, what, members, n) && op_about(cx, members[0]);

	*said = 0;
	ok = ok && say_each(cx, what, members, n, said);
	return op_end(cx, ok);
}
