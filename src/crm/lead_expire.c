/* Leads that move on by themselves when their days are over (C4). */
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "crm/lead.h"
#include "crm/lead_expiry.h"
#include "crm/lead_status.h"
#include "record/slices.h"

enum { PART = 100 };

/* Where each lead of a part goes. */
struct due {
	int64_t lead_id[PART], to[PART];
	size_t n;
};

/* One status at a time, so that each reads a range of its index.  A lead that
 * somebody put back into this very stay has a change of then; what the program
 * itself took back, since a part failed, is due again. */
static bool find_in(struct ctx *cx, const struct record *status, size_t limit, struct due *due)
{
	int64_t since = lead_entered_before(cx, record_int(status, "expiry_days"));
	struct rows *r = db_query(cx,
		"select t.id from lead t where t.ws = $1 and t.status_id = $2 and t.removed_at is null"
		" and t.converted_at is null and t.status_since < $3"
		" and not exists (select 1 from change c join op o on o.ws = c.ws and o.id = c.op_id"
		" join op u on u.ws = o.ws and u.id = o.undone_by and u.user_id is not null"
		" where c.ws = $1 and c.entity = 'lead' and c.record_id = t.id"
		" and c.at > t.status_since and o.kind = 'lead.expire') limit $4",
		ARGS(v_int(cx->ws), v_int(status->id), v_int(since),
			v_int((int64_t)(limit - due->n))));

	while (rows_next(r)) {
		due->lead_id[due->n] = rows_int(r, 0);
		due->to[due->n++] = record_int(status, "expiry_status_id");
	}
	return rows_end(r);
}

static bool moves(const struct record *status)
{
	return record_is(status, "on_expiry", "move") && record_int(status, "expiry_days") > 0 &&
	       record_has(status, "expiry_status_id");
}

static bool find_due(struct ctx *cx, size_t limit, struct due *due)
{
	struct record **all;
	size_t n;
	bool ok = record_all(cx, &lead_status_entity, &all, &n);

	due->n = 0;
	for (size_t i = 0; ok && i < n && due->n < limit; i++)
		if (moves(all[i]))
			ok = find_in(cx, all[i], limit, due);
	return ok;
}

static bool expire(struct ctx *cx, int64_t id, int64_t to)
{
	struct record *lead, *status;

	if (!record_load(cx, &lead_entity, id, RIGHT_READ, &lead) ||
		!record_find(cx, &lead_status_entity, "id", v_int(to), &status))
		return false;
	if (!status)
		return broken(cx, "lead status %lld is gone", (long long)to);
	lead_enter(cx, lead, status);
	return record_store(cx, lead);
}

/* What another program has moved meanwhile is no longer found. */
static bool part(struct ctx *cx, void *arg, bool *more)
{
	struct due due;
	bool ok = find_due(cx, PART, &due);

	(void)arg;
	for (size_t i = 0; ok && i < due.n; i++)
		ok = expire(cx, due.lead_id[i], due.to[i]);
	*more = due.n == PART;
	return ok;
}

bool lead_expire_due(struct ctx *cx)
{
	struct due due;

	return find_due(cx, 1, &due) && (!due.n || op_in_slices(cx, "lead.expire", part, NULL));
}

static bool may_leave_by_itself(const struct record *status)
{
	return record_is(status, "type", "open") || record_is(status, "type", "frozen") ||
	       record_is(status, "type", "abandoned");
}

static bool is_target(const struct record *status, const struct record *to)
{
	return to && to->id != status->id && record_int(to, "active") &&
	       record_is(to, "type", "abandoned");
}

static bool must_lead_somewhere(struct ctx *cx, struct record *status)
{
	struct record *to = NULL;

	if (!may_leave_by_itself(status))
		return refuse_field(cx, "on_expiry", "lead_status.concluded");
	if (!record_has(status, "expiry_status_id"))
		return refuse_field(cx, "expiry_status_id", "lead_status.expiry_needed");
	if (!record_find(cx, &lead_status_entity, "id",
		    v_int(record_int(status, "expiry_status_id")), &to))
		return false;
	return is_target(status, to) ||
	       refuse_field(cx, "expiry_status_id", "lead_status.expiry_target");
}

/* One that others lead to stays what it is. */
static bool must_remain_a_target(struct ctx *cx, const struct record *status)
{
	int64_t others;

	if (!status->was ||
		(record_is(status, "type", "abandoned") && record_int(status, "active") &&
			!record_has(status, "removed_at")))
		return true;
	return db_int(cx, &others, 0,
		       "select count(*) from lead_status where ws = $1 and expiry_status_id = $2"
		       " and on_expiry = 'move' and removed_at is null and id <> $2",
		       ARGS(v_int(cx->ws), v_int(status->id))) &&
	       (!others || refuse(cx, PROBLEM_CONFLICT, "lead_status.is_target"));
}

bool lead_expiry_check(struct ctx *cx, struct record *status)
{
	return (!record_is(status, "on_expiry", "move") || must_lead_somewhere(cx, status)) &&
	       must_remain_a_target(cx, status);
}
