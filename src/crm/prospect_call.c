/* Calling the people of a list, one after the other. */
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "crm/activity.h"
#include "crm/prospect_parts.h"
#include "record/op.h"

enum { NOTE_MAX = 20000, REASON_MAX = 500 };

static const struct choice *outcome_of(const char *value)
{
	for (const struct choice *c = prospect_outcomes; c->value; c++)
		if (!strcmp(c->value, value))
			return c;
	return NULL;
}

static bool is(const struct prospect_talk *talk, const char *outcome)
{
	return !strcmp(talk->outcome, outcome);
}

static bool must_make_sense(struct ctx *cx, const struct prospect_talk *talk)
{
	if (!outcome_of(talk->outcome))
		refuse_field(cx, "outcome", *talk->outcome ? "field.choice" : "field.required");
	if (is(talk, "call_back") && !talk->at)
		refuse_field(cx, "at", "prospect.call_when");
	if (!is(talk, "call_back") && talk->at)
		refuse_field(cx, "at", "prospect.call_back_only");
	if (!is(talk, "lead") && talk->owner_id)
		refuse_field(cx, "owner_id", "prospect.lead_only");
	if (utf8_length(talk->note) > NOTE_MAX)
		refuse_field(cx, "note", "field.too_long", textf(cx, "%d", NOTE_MAX));
	return cx->problem.kind == PROBLEM_NONE;
}

static const char *label(const struct ctx *cx, const struct prospect_talk *talk)
{
	const struct choice *c = outcome_of(talk->outcome);

	return cx->lang == LANG_IT ? c->it : c->en;
}

static bool write_activity(
	struct ctx *cx, const struct prospect_talk *talk, const struct prospect_outcome *made)
{
	struct record *activity = record_new(cx, &activity_entity);

	record_set_text(activity, "kind", "call");
	record_set_text(activity, "outcome", label(cx, talk));
	record_set_text(activity, "body", talk->note);
	record_set(activity, "done_at", v_int(cx->now));
	record_set(activity, "prospect_id", v_int(made->prospect->id));
	if (made->lead)
		record_set(activity, "lead_id", v_int(made->lead->id));
	return record_store(cx, activity);
}

/* The note is the reason, cut to what a reason holds. */
static const char *reason(struct ctx *cx, const struct prospect_talk *talk)
{
	size_t n = strlen(talk->note);

	if (!n)
		return label(cx, talk);
	if (utf8_length(talk->note) <= REASON_MAX)
		return talk->note;
	for (n = n < REASON_MAX ? n : REASON_MAX; ((unsigned char)talk->note[n] & 0xc0) == 0x80;)
		n--;
	return textf(cx, "%.*s", (int)n, talk->note);
}

static void note_call(struct ctx *cx, const struct prospect_talk *talk, struct record *row)
{
	record_set(row, "calls", v_int(record_int(row, "calls") + 1));
	record_set(row, "called_at", v_int(cx->now));
	record_set_text(row, "last_outcome", talk->outcome);
	record_set(row, "call_at", talk->at ? v_int(talk->at) : v_null());
	record_set_text(row, "state", talk->at ? "callback" : "called");
	prospect_let_go(row);
	if (is(talk, "not_interested")) {
		record_set(row, "removed_at", v_int(cx->now));
		record_set_text(row, "removed_reason", reason(cx, talk));
	}
}

/* Who may not remove such rows may not discard them by a call either. */
static bool may_discard(struct ctx *cx, const struct prospect_talk *talk, const struct record *row)
{
	return !is(talk, "not_interested") ||
	       rights_covers(
		       cx->who, &prospect_entity, RIGHT_REMOVE, record_int(row, "owner_id")) ||
	       refuse(cx, PROBLEM_FORBIDDEN, "problem.forbidden");
}

static bool follow(struct ctx *cx, const struct prospect_talk *talk, struct prospect_outcome *made)
{
	struct prospect_turn turn = { .owner_id = talk->owner_id };

	note_call(cx, talk, made->prospect);
	return is(talk, "lead") ? prospect_make_lead(cx, &turn, made)
				: record_store(cx, made->prospect);
}

bool prospect_call(
	struct ctx *cx, int64_t id, const struct prospect_talk *talk, struct prospect_outcome *made)
{
	*made = (struct prospect_outcome){ 0 };
	if (!must_make_sense(cx, talk))
		return false;

	bool ok = op_begin(cx, "prospect.call") &&
		  record_load(cx, &prospect_entity, id, RIGHT_WRITE, &made->prospect) &&
		  prospect_must_be_no_lead(cx, made->prospect) &&
		  may_discard(cx, talk, made->prospect) && follow(cx, talk, made) &&
		  write_activity(cx, talk, made) && op_about(cx, made->prospect);

	return op_end(cx, ok);
}

/* Who comes next, but for those a colleague is speaking with: those whose time has come, then the
 * new ones, then those who did not answer, the longest ago first. */
static const char *const turns[] = {
	" and t.state = 'callback' and t.call_at <= $3 order by t.call_at, t.id",
	" and t.state = 'new' and cast($3 as bigint) > 0 order by t.position, t.id",
	(" and t.state = 'called' and t.last_outcome = 'no_answer' and t.called_at < $3"
	 " order by t.called_at, t.id"),
};

static bool find_turn(
	struct ctx *cx, int64_t list_id, const char *turn, size_t limit, struct page *page)
{
	struct args args;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(list_id));
	args_add(&args, v_int(cx->now));
	args_add(&args, v_int(cx->who->id));
	buf_add(&sql, " where t.ws = $1 and t.list_id = $2 and t.removed_at is null"
		      " and (t.held_until is null or t.held_until <= $3 or t.held_by = $4)");
	rights_where(cx, &prospect_entity, RIGHT_WRITE, &sql, &args);
	buf_add(&sql, turn);
	return list_select(cx, &prospect_entity, sql.s, &args, limit, page);
}

static bool write_items(
	struct ctx *cx, struct json_out *j, int64_t list_id, size_t limit, struct names *names)
{
	size_t left = limit;

	json_key(j, "items");
	json_open(j, '[');
	for (size_t i = 0; i < COUNT(turns) && left; i++) {
		struct page page;

		if (!find_turn(cx, list_id, turns[i], left, &page))
			return false;
		for (size_t k = 0; k < page.n; k++) {
			record_write(cx, j, page.items[k]);
			names_want_links(names, page.items[k]);
		}
		left -= page.n;
	}
	json_close(j, ']');
	return true;
}

bool prospect_calling_write(struct ctx *cx, struct json_out *j, int64_t list_id, size_t limit)
{
	struct names *names = names_new(cx);
	struct record *list;
	bool ok;

	if (!prospect_list_load(cx, list_id, RIGHT_READ, &list))
		return false;
	json_open(j, '{');
	ok = write_items(cx, j, list_id, limit, names) && names_write(cx, names, j);
	json_put_text(j, "script", record_has(list, "script") ? record_text(list, "script") : NULL);
	json_close(j, '}');
	return ok;
}
