/* The rules of the profile in another order. */
#include "crm/entities.h"
#include "crm/qualification.h"
#include "record/op.h"

static bool put(struct ctx *cx, int64_t id, int64_t position)
{
	struct record *rule;

	if (!record_load(cx, &qualification_rule_entity, id, RIGHT_WRITE, &rule))
		return false;
	record_set(rule, "position", v_int(position));
	return record_store(cx, rule);
}

bool qualification_order(struct ctx *cx, const int64_t *ids, size_t n)
{
	bool ok = op_begin(cx, "qualification.order");

	for (size_t i = 0; ok && i < n; i++)
		ok = put(cx, ids[i], (int64_t)i + 1);
	return op_end(cx, ok);
}
