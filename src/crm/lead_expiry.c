/* When a lead has stood in its status for too long. */
#include "crm/lead_expiry.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "crm/entities.h"

void lead_derive_expiry(struct ctx *cx, struct record *lead)
{
	int64_t days = record_int(lead, "expiry_days");
	char day[DATE_TEXT], today[DATE_TEXT];

	record_set(lead, "expires_on", v_null());
	record_set(lead, "expired", v_int(0));
	if (days <= 0 || record_has(lead, "converted_at") || !record_has(lead, "status_since"))
		return;
	date_of(record_int(lead, "status_since"), cx->zone, day);
	date_add(day, days, day);
	date_of(cx->now, cx->zone, today);
	record_set_text(lead, "expires_on", arena_dup(cx->mem, day));
	record_set(lead, "expired", v_int(strcmp(day, today) <= 0));
}

int64_t lead_entered_before(struct ctx *cx, int64_t days)
{
	char day[DATE_TEXT];

	date_of(cx->now, cx->zone, day);
	date_add(day, 1 - days, day);
	return date_start(day, cx->zone);
}

/* Each status and since when, at the latest, its leads have stood in it. */
static bool read_ranges(struct ctx *cx, struct args *args, struct ranges *ranges)
{
	struct rows *r = db_query(cx,
		"select id, expiry_days, count(*) over () from lead_status"
		" where ws = $1 and expiry_days > 0 order by id",
		ARGS(v_int(cx->ws)));

	ranges->latest = "t.removed_at desc, t.converted_at desc,"
			 " t.status_since desc, t.id desc";
	while (rows_next(r)) {
		size_t status = args_add(args, rows_val(r, 0));
		size_t since = args_add(args, v_int(lead_entered_before(cx, rows_int(r, 1))));

		if (!ranges->n)
			ranges->sql =
				arena_alloc(cx->mem, (size_t)rows_int(r, 2) * sizeof(*ranges->sql));
		ranges->sql[ranges->n++] =
			textf(cx, "(t.status_id = $%zu and t.status_since < $%zu)", status, since);
	}
	return rows_end(r);
}

static bool add_where(struct ctx *cx, bool yes, struct buf *sql, struct args *args)
{
	struct ranges ranges = { 0 };

	if (!read_ranges(cx, args, &ranges))
		return false;
	buf_add(sql, yes ? " and t.converted_at is null and ("
			 : " and not (t.converted_at is null and (");
	for (size_t i = 0; i < ranges.n; i++)
		buf_addf(sql, "%s%s", i ? " or " : "", ranges.sql[i]);
	buf_add(sql, ranges.n ? ")" : "1 = 0)");
	buf_add(sql, yes ? "" : ")");
	return true;
}

bool lead_expired_asked(
	struct ctx *cx, const struct by_clock *by, struct buf *sql, struct args *args)
{
	bool yes = !strcmp(by->value, "true");

	if (!yes && strcmp(by->value, "false") != 0)
		return refuse_field(cx, by->field->name, "query.flag");
	if (!yes || !by->ranges || by->ranges->n)
		return add_where(cx, yes, sql, args);
	if (!read_ranges(cx, args, by->ranges))
		return false;
	buf_add(sql, by->ranges->n ? " and t.converted_at is null" : " and 1 = 0");
	return true;
}
