/* Somebody is on the phone with a row: for a while nobody else is offered it. */
#include "base/arena.h"
#include "crm/prospect_parts.h"
#include "record/op.h"

/* Longer than a call lasts; whoever closes the browser holds a row no longer. */
enum { HOLD_MS = 15 * 60 * 1000 };

bool prospect_is_free(const struct ctx *cx, const struct record *row)
{
	return record_int(row, "held_until") <= cx->now ||
	       record_int(row, "held_by") == cx->who->id;
}

static bool must_be_free(struct ctx *cx, const struct record *row)
{
	const char *who;

	return prospect_is_free(cx, row) ||
	       (record_title_of(cx, &user_entity, record_int(row, "held_by"), &who) &&
		       refuse(cx, PROBLEM_CONFLICT, "prospect.held", who));
}

/* One has one person on the phone. */
static bool let_go_of_others(struct ctx *cx)
{
	return db_run(cx,
		"update prospect set held_by = null, held_until = null where ws = $1"
		" and held_by = $2",
		ARGS(v_int(cx->ws), v_int(cx->who->id)));
}

void prospect_let_go(struct record *row)
{
	record_set(row, "held_by", v_null());
	record_set(row, "held_until", v_null());
}

static bool take(struct ctx *cx, struct record *row)
{
	record_set(row, "held_by", v_int(cx->who->id));
	record_set(row, "held_until", v_int(cx->now + HOLD_MS));
	return record_follow(cx, row);
}

bool prospect_hold(struct ctx *cx, int64_t id, bool held, struct record **row)
{
	bool ok = op_begin(cx, "prospect.hold") && let_go_of_others(cx) &&
		  record_load(cx, &prospect_entity, id, RIGHT_WRITE, row) &&
		  (!held || (prospect_must_be_no_lead(cx, *row) && must_be_free(cx, *row) &&
				    take(cx, *row)));

	return op_end(cx, ok);
}
