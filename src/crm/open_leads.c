/* Too many open leads: counted by an index, told, and which to park. */
#include "crm/open_leads.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/words.h"
#include "crm/entities.h"
#include "crm/firm.h"
#include "record/list.h"
#include "record/op.h"

enum { COUNTED_BEYOND = 400, PARKABLE = 20 };

static bool read_limit(struct ctx *cx, int64_t *limit)
{
	struct record *firm;

	if (!firm_load(cx, &firm))
		return false;
	*limit = record_int(firm, "open_leads_warning");
	return true;
}

/* A lead has a next action while it is open, and only then (C5). */
bool open_leads_count(struct ctx *cx, int64_t owner_id, int64_t leaving_out, struct open_leads *o)
{
	*o = (struct open_leads){ .owner_id = owner_id };
	return read_limit(cx, &o->limit) &&
	       db_int(cx, &o->n, 0,
		       "select count(*) from (select 1 from lead where ws = $1 and owner_id = $2"
		       " and next_action_at is not null and removed_at is null and id <> $3"
		       " limit $4) as x",
		       ARGS(v_int(cx->ws), v_int(owner_id), v_int(leaving_out),
			       v_int(o->limit + COUNTED_BEYOND)));
}

static bool is_open(const struct record *lead)
{
	return record_has(lead, "next_action_at") && !record_has(lead, "removed_at");
}

void open_leads_note(struct ctx *cx, const struct record *lead)
{
	bool gives = !lead->was || record_changed(lead, "owner_id") ||
		     (is_open(lead) && (record_changed(lead, "status_type") ||
					       record_changed(lead, "removed_at")));

	if (cx->op && gives && is_open(lead))
		cx->op->given = lead;
}

/* There may be more than were counted. */
static bool is_capped(const struct open_leads *o)
{
	return o->n >= o->limit + COUNTED_BEYOND;
}

static bool write_one(struct ctx *cx, struct json_out *j, const struct open_leads *o)
{
	struct saying text = { .key = is_capped(o) ? "open_leads.very_many" : "open_leads.many" };
	const char *name;

	if (!record_title_of(cx, &user_entity, o->owner_id, &name))
		return false;
	text.args[0] = name;
	text.args[1] = textf(cx, "%" PRId64, o->n);
	text.args[2] = textf(cx, "%" PRId64, o->limit);
	json_open(j, '{');
	json_put_text(j, "field", "owner_id");
	json_put_text(j, "text", words_say(cx->words, cx->mem, cx->lang, &text));
	json_put_text(j, "proposal", NULL);
	json_put_text(j, "kind", "open_leads");
	json_put_int(j, "owner_id", o->owner_id);
	json_put_int(j, "open", o->n);
	json_put_int(j, "limit", o->limit);
	json_close(j, '}');
	return true;
}

/* What was just written may not be there yet for who reads: it is left out of
 * the count, and counts for one. */
bool open_leads_warn(struct ctx *cx, struct json_out *j, const struct record *lead)
{
	struct open_leads o;

	if (!cx->done || cx->done->given != lead)
		return true;
	if (!open_leads_count(cx, record_int(lead, "owner_id"), lead->id, &o))
		return false;
	o.n += !is_capped(&o);
	return o.n <= o.limit || write_one(cx, j, &o);
}

bool open_leads_warn_owner(struct ctx *cx, struct json_out *j, int64_t owner_id)
{
	struct open_leads o;

	return open_leads_count(cx, owner_id, 0, &o) && (o.n <= o.limit || write_one(cx, j, &o));
}

/* Ids go by time: a lead with a later one than the operation was made since. */
bool open_leads_warn_import(struct ctx *cx, struct json_out *j, int64_t op_id)
{
	struct rows *r = db_query(cx,
		"select m.id from member m where m.ws = $1 and m.removed_at is null and exists"
		" (select 1 from lead t where t.ws = $1 and t.owner_id = m.id and t.id > $2"
		" and t.created_by = (select o.user_id from op o where o.ws = $1 and o.id = $2))"
		" order by m.id limit 50",
		ARGS(v_int(cx->ws), v_int(op_id)));
	bool ok = true;

	while (ok && rows_next(r))
		ok = open_leads_warn_owner(cx, j, rows_int(r, 0));
	return rows_end(r) && ok;
}

/* The coldest first, of these the longest silent: warm_until says both. */
static bool select_parkable(struct ctx *cx, int64_t owner_id, struct page *page)
{
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(owner_id));
	buf_add(&sql, " where t.ws = $1 and t.owner_id = $2 and t.next_action_at is not null"
		      " and t.removed_at is null");
	rights_where(cx, &lead_entity, RIGHT_WRITE, &sql, &args);
	buf_add(&sql, " order by t.warm_until, t.last_activity_at nulls first, t.id");
	return list_select(cx, &lead_entity, sql.s, &args, PARKABLE, page);
}

static int64_t silent_days(struct ctx *cx, const struct record *lead)
{
	int64_t seen = record_int(lead, "last_activity_at");
	int64_t since = record_int(lead, "status_since");
	char from[DATE_TEXT], today[DATE_TEXT];

	date_of(seen > since ? seen : since, cx->zone, from);
	date_of(cx->now, cx->zone, today);
	return date_days(from, today);
}

static void write_parkable(struct ctx *cx, struct json_out *j, const struct record *lead)
{
	const char *days = textf(cx, "%" PRId64, silent_days(cx, lead));
	struct saying reason = { .key = record_has(lead, "last_activity_at")
						? "open_leads.silent"
						: "open_leads.untouched",
		.args = { days } };

	json_open(j, '{');
	json_key(j, "lead");
	record_write(cx, j, lead);
	json_put_text(j, "reason", words_say(cx->words, cx->mem, cx->lang, &reason));
	json_put_int(j, "silent_days", silent_days(cx, lead));
	json_close(j, '}');
}

bool open_leads_write_parkable(struct ctx *cx, struct json_out *j, int64_t owner_id)
{
	int64_t owner = owner_id ? owner_id : cx->who->id;
	struct open_leads o;
	struct page page;

	if (!rights_demand(cx, &lead_entity, RIGHT_READ) || !open_leads_count(cx, owner, 0, &o) ||
		!select_parkable(cx, owner, &page))
		return false;
	json_open(j, '{');
	json_put_int(j, "owner_id", owner);
	json_put_int(j, "open", o.n);
	json_put_int(j, "limit", o.limit);
	json_key(j, "items");
	json_open(j, '[');
	for (size_t i = 0; i < page.n; i++)
		write_parkable(cx, j, page.items[i]);
	json_close(j, ']');
	json_close(j, '}');
	return true;
}
