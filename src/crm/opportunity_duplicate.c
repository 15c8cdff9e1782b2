/* An opportunity once more: an open copy (S5.36). */
#include <string.h>

#include "base/clock.h"
#include "base/fold.h"
#include "base/money.h"
#include "crm/opportunity_parts.h"
#include "record/op.h"

enum { NAME_MAX_LENGTH = 500 };

static bool must_be_there(struct ctx *cx, const struct record *opportunity)
{
	return !record_has(opportunity, "removed_at") ||
	       refuse(cx, PROBLEM_CONFLICT, "opportunity.removed");
}

static bool take_name(struct ctx *cx, struct record *copy, const char *name)
{
	if (utf8_length(name) > NAME_MAX_LENGTH)
		return refuse_field(cx, "name", "field.too_long", textf(cx, "%d", NAME_MAX_LENGTH));
	if (name[strspn(name, " \t\r\n")])
		record_set_text(copy, "name", name);
	return true;
}

static bool take_amount(struct ctx *cx, struct record *copy, const struct val *amount)
{
	if (amount && amount->i < 0)
		return refuse_field(cx, "amount", "money.negative");
	if (amount)
		record_set(copy, "amount", *amount);
	return true;
}

/* Given, or the original's if it is still to come. */
static bool take_close_on(
	struct ctx *cx, struct record *copy, const struct record *opportunity, const char *day)
{
	char today[DATE_TEXT];

	if (*day && !date_is_valid(day))
		return refuse_field(cx, "close_on", "field.date");
	date_of(cx->now, cx->zone, today);
	if (!*day && strcmp(record_text(opportunity, "close_on"), today) >= 0)
		day = record_text(opportunity, "close_on");
	record_set_text(copy, "close_on", day);
	return true;
}

static bool copy_of(struct ctx *cx, const struct record *opportunity, const struct duplicate *how,
	struct record **copy)
{
	bool ok;

	*copy = opportunity_copy(cx, opportunity);
	ok = take_name(cx, *copy, how->name);
	ok = take_amount(cx, *copy, how->amount) && ok;
	ok = take_close_on(cx, *copy, opportunity, how->close_on) && ok;
	if (!rights_covers(cx->who, (*copy)->of, RIGHT_WRITE, record_int(*copy, "owner_id")))
		record_set(*copy, "owner_id", v_null());
	record_set(*copy, "duplicate_of_id", v_int(opportunity->id));
	return ok;
}

bool opportunity_duplicate(
	struct ctx *cx, int64_t id, const struct duplicate *how, struct record **copy)
{
	struct record *opportunity;

	bool ok = op_begin(cx, "opportunity.duplicate") &&
		  rights_demand(cx, &opportunity_entity, RIGHT_WRITE) &&
		  record_load(cx, &opportunity_entity, id, RIGHT_READ, &opportunity) &&
		  must_be_there(cx, opportunity) && copy_of(cx, opportunity, how, copy) &&
		  record_store(cx, *copy);

	return op_end(cx, ok);
}
