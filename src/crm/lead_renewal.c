/* Going through all leads by their numbers, a slice at a time. */
#include "crm/lead_renewal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "crm/entities.h"
#include "crm/lead.h"
#include "record/list.h"
#include "record/op.h"
#include "record/schema.h"
#include "record/slices.h"

enum { SLICE = 200, TURN_MS = 1000 };

/* "after 123, by the rates of this day", as the store keeps it; all is done
 * when after is none. */
struct standing {
	int64_t after;
	bool is_done;
	char day[DATE_TEXT];
};

static const char setting[] = "lead_renewal";

static bool read_standing(struct ctx *cx, struct standing *s)
{
	const char *text, *day;

	*s = (struct standing){ 0 };
	if (!setting_get(cx, setting, "0 ", &text))
		return false;
	day = strchr(text, ' ');
	s->is_done = !strncmp(text, "done", 4);
	s->after = s->is_done ? 0 : strtoll(text, NULL, 10);
	if (day && strlen(day + 1) == DATE_TEXT - 1)
		memcpy(s->day, day + 1, DATE_TEXT);
	return true;
}

static bool write_standing(struct ctx *cx, const struct standing *s)
{
	const char *text = s->is_done ? textf(cx, "done %s", s->day)
				      : textf(cx, "%" PRId64 " %s", s->after, s->day);

	return setting_set(cx, setting, text);
}

/* A rate that begins on a day since. */
static bool has_new_rate(struct ctx *cx, const struct standing *s, bool *has)
{
	char today[DATE_TEXT];
	int64_t n;

	date_of(cx->now, cx->zone, today);
	*has = false;
	if (!strcmp(today, s->day))
		return true;
	if (!db_int(cx, &n, 0,
		    "select count(*) from rate where ws = $1 and day > $2 and day <= $3"
		    " and removed_at is null",
		    ARGS(v_int(cx->ws), v_text(s->day), v_text(today))))
		return false;
	*has = n > 0;
	return true;
}

static bool is_due(struct ctx *cx, const struct standing *s, bool *due)
{
	*due = true;
	return !s->is_done || has_new_rate(cx, s, due);
}

bool lead_renewal_is_due(struct ctx *cx, bool *due)
{
	struct standing s;

	return read_standing(cx, &s) && is_due(cx, &s, due);
}

/* From the first one on, by what is valid today. */
static void begin(struct ctx *cx, struct standing *s)
{
	*s = (struct standing){ 0 };
	date_of(cx->now, cx->zone, s->day);
}

bool lead_renewal_ask(struct ctx *cx)
{
	struct standing s;
	int64_t first;

	begin(cx, &s);
	if (!db_int(cx, &first, 0, "select id from lead where ws = $1 limit 1",
		    ARGS(v_int(cx->ws))))
		return false;
	s.is_done = !first;
	cx->op->kept = NULL;
	return write_standing(cx, &s);
}

static bool renew_one(struct ctx *cx, struct ways *ways, struct record *lead)
{
	if (!lead_settle_by(cx, ways, lead))
		return false;
	if (!record_changed(lead, "qualification") && !record_changed(lead, "hot_until") &&
		!record_changed(lead, "warm_until"))
		return true;
	return db_run(cx,
		"update lead set qualification = $3, hot_until = $4, warm_until = $5"
		" where ws = $1 and id = $2",
		ARGS(v_int(cx->ws), v_int(lead->id), v_text(record_text(lead, "qualification")),
			v_id(record_int(lead, "hot_until")),
			v_int(record_int(lead, "warm_until"))));
}

static bool select_some(struct ctx *cx, const struct standing *s, struct page *page)
{
	struct args args;

	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(s->after));
	return list_select(cx, &lead_entity, " where t.ws = $1 and t.id > $2 order by t.id", &args,
		SLICE, page);
}

static bool renew_some(struct ctx *cx, bool *more)
{
	struct standing s;
	struct ways *ways;
	struct page page;

	if (!read_standing(cx, &s) || !is_due(cx, &s, more))
		return false;
	if (!*more)
		return true;
	if (s.is_done || !*s.day)
		begin(cx, &s);
	if (!ways_load(cx, &ways) || !select_some(cx, &s, &page))
		return false;
	for (size_t i = 0; i < page.n; i++)
		if (!renew_one(cx, ways, page.items[i]))
			return false;
	s.after = page.n ? page.items[page.n - 1]->id : s.after;
	s.is_done = !page.more;
	*more = page.more;
	return write_standing(cx, &s);
}

static bool slice(struct ctx *cx, void *more)
{
	bool ok = tx_begin(cx) && renew_some(cx, more);

	return tx_end(cx, ok);
}

static bool work(struct ctx *cx, int64_t until)
{
	bool more = true;

	while (more && clock_monotonic() < until)
		if (!in_part(cx, slice, &more))
			return false;
	return true;
}

bool lead_renewal_turn(struct ctx *cx)
{
	return work(cx, clock_monotonic() + TURN_MS);
}

bool lead_renewal_finish(struct ctx *cx)
{
	return work(cx, INT64_MAX);
}
