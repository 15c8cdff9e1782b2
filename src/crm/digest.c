/* Who gets a morning mail now, and what stands in it. */
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "crm/digest_parts.h"
#include "crm/firm.h"
#include "crm/lead_expiry.h"
#include "record/list.h"

/* So that it stays a mail: the lists behind the links have the rest. */
enum { OWN_LINES = 100, OTHERS_LINES = 20, LINES_MAX = 400, HOUR = 3600000 };

/* How many leads are expired, by owner and status. */
struct count {
	int64_t owner_id, status_id, n;
};

/* What one run reads once for all who get a mail. */
struct run {
	struct record *firm, **statuses;
	size_t status_n;
	struct count *counts;
	size_t count_n, count_size;
};

/* A user as the clock of the mail needs him. */
struct reader {
	int64_t id, hour;
	const char *zone, *seen; /* the day that was seen to */
	char day[DATE_TEXT];
	bool wants, told;
};

static void add_count(struct ctx *cx, struct run *run, struct count count)
{
	if (run->count_n == run->count_size) {
		size_t size = run->count_size ? run->count_size * 2 : 64;
		struct count *more = arena_alloc(cx->mem, size * sizeof(*more));

		if (run->count_n)
			memcpy(more, run->counts, run->count_n * sizeof(*more));
		run->counts = more;
		run->count_size = size;
	}
	run->counts[run->count_n++] = count;
}

/* From the index of the expired alone. */
static bool read_counts(struct ctx *cx, struct run *run, const struct record *status)
{
	int64_t days = record_int(status, "expiry_days");
	struct rows *r;

	if (days <= 0)
		return true;
	r = db_query(cx,
		"select owner_id, count(*) from lead where ws = $1 and removed_at is null"
		" and converted_at is null and status_id = $2 and status_since < $3"
		" group by owner_id",
		ARGS(v_int(cx->ws), v_int(status->id), v_int(lead_entered_before(cx, days))));
	while (rows_next(r))
		add_count(cx, run, (struct count){ rows_int(r, 0), status->id, rows_int(r, 1) });
	return rows_end(r);
}

static bool read_run(struct ctx *cx, struct run *run)
{
	bool ok = record_all(cx, &lead_status_entity, &run->statuses, &run->status_n);

	for (size_t i = 0; ok && i < run->status_n; i++)
		ok = read_counts(cx, run, run->statuses[i]);
	return ok;
}

static int64_t counted(const struct run *run, int64_t owner_id, int64_t status_id)
{
	for (size_t i = 0; i < run->count_n; i++)
		if (run->counts[i].owner_id == owner_id && run->counts[i].status_id == status_id)
			return run->counts[i].n;
	return 0;
}

static bool read_leads(struct ctx *cx, int64_t owner_id, size_t limit, struct digest_phase *phase)
{
	int64_t days = record_int(phase->status, "expiry_days");
	struct page page;
	struct args args;

	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(phase->status->id));
	args_add(&args, v_int(owner_id));
	args_add(&args, v_int(lead_entered_before(cx, days)));
	if (!list_select(cx, &lead_entity,
		    " where t.ws = $1 and t.status_id = $2 and t.owner_id = $3 and t.removed_at is null"
		    " and t.converted_at is null and t.status_since < $4"
		    " order by t.status_since, t.id",
		    &args, limit, &page))
		return false;
	phase->leads = page.items;
	phase->n = page.n;
	return true;
}

/* Phases in the firm's order; *left lines may still be written. */
static bool read_person(
	struct ctx *cx, const struct run *run, struct digest_person *p, size_t each, size_t *left)
{
	p->phases = arena_alloc(cx->mem, (run->status_n + 1) * sizeof(*p->phases));
	for (size_t i = 0; i < run->status_n; i++) {
		struct digest_phase *phase = &p->phases[p->n];
		size_t limit = each < *left ? each : *left;

		phase->status = run->statuses[i];
		phase->all = counted(run, p->id, phase->status->id);
		if (!phase->all)
			continue;
		if (limit && !read_leads(cx, p->id, limit, phase))
			return false;
		*left -= phase->n;
		p->all += phase->all;
		p->n++;
	}
	return true;
}

static bool has_any(const struct run *run, int64_t owner_id)
{
	for (size_t i = 0; i < run->count_n; i++)
		if (run->counts[i].owner_id == owner_id)
			return true;
	return false;
}

/* Colleagues whose leads one may read, by name. */
static bool read_others(struct ctx *cx, const struct run *run, struct digest *d, size_t *left)
{
	struct rows *r = db_query(cx,
		"select id, name from member where ws = $1 and id <> $2 order by title_fold, id",
		ARGS(v_int(cx->ws), v_int(cx->who->id)));

	d->others = arena_alloc(cx->mem, (run->count_n + 1) * sizeof(*d->others));
	while (rows_next(r)) {
		int64_t id = rows_int(r, 0);

		if (!has_any(run, id) || !rights_covers(cx->who, &lead_entity, RIGHT_READ, id))
			continue;
		d->others[d->n++] = (struct digest_person){ .id = id, .name = rows_text(r, 1) };
	}
	if (!rows_end(r))
		return false;
	for (size_t i = 0; i < d->n; i++) {
		if (!read_person(cx, run, &d->others[i], OTHERS_LINES, left))
			return false;
		d->all_others += d->others[i].all;
	}
	return true;
}

/* As who gets it sees it: his rights, his language. */
static bool make_mail(
	struct ctx *cx, const struct run *run, const struct reader *reader, struct mail *mail)
{
	struct digest d = { .firm = run->firm, .day = reader->day, .hour = reader->hour };
	size_t left = LINES_MAX;
	struct who *who;

	*mail = (struct mail){ 0 };
	if (!rights_who(cx, reader->id, &who))
		return false;
	if (!who || rights_reach(who, &lead_entity, RIGHT_READ) == REACH_NONE)
		return true;
	cx->who = who;
	d.email = who->email;
	d.name = who->name;
	d.own = (struct digest_person){ .id = who->id, .name = who->name };
	if (!read_person(cx, run, &d.own, OWN_LINES, &left) || !read_others(cx, run, &d, &left))
		return false;
	if (!d.own.all && !d.all_others)
		return true;
	d.tells_address =
		!record_has(run->firm, "base_url") && rights_is_admin(who) && !reader->told;
	digest_write(cx, &d, mail);
	mail->to = who->email;
	mail->to_name = who->name;
	mail->purpose = "digest";
	mail->once = textf(cx, "digest:%lld:%s", (long long)who->id, reader->day);
	return true;
}

#define READERS                                                                          \
	"select u.id, u.digest_hour, u.time_zone, d.day, d.told, u.digest from member u" \
	" left join digest d on d.ws = u.ws and d.user_id = u.id"                        \
	" where u.ws = $1 and u.active = 1 and u.removed_at is null"

static struct reader reader_of(struct ctx *cx, const struct rows *r)
{
	const char *zone = rows_text(r, 2);
	struct reader reader = { .id = rows_int(r, 0),
		.hour = rows_int(r, 1),
		.zone = *zone ? zone : cx->zone,
		.seen = rows_text(r, 3),
		.told = rows_int(r, 4) != 0,
		.wants = rows_int(r, 5) != 0 };

	date_of(cx->now, reader.zone, reader.day);
	return reader;
}

static bool hour_has_come(const struct ctx *cx, const struct reader *reader)
{
	return reader->wants &&
	       cx->now >= instant_of(reader->day, reader->hour * HOUR, reader->zone);
}

static bool find_due(struct ctx *cx, struct reader **due, size_t *n)
{
	struct rows *r = db_query(
		cx, READERS " and u.digest = 1 order by u.id limit 1000", ARGS(v_int(cx->ws)));

	*due = NULL;
	*n = 0;
	while (rows_next(r)) {
		struct reader reader = reader_of(cx, r);

		if (!strcmp(reader.seen, reader.day) || !hour_has_come(cx, &reader))
			continue;
		if (!*due)
			*due = arena_alloc(cx->mem, 1000 * sizeof(**due));
		(*due)[(*n)++] = reader;
	}
	return rows_end(r);
}

/* The day is seen to, mail or none; another program may have been quicker. */
static bool keep_day(struct ctx *cx, const struct reader *reader, bool told)
{
	return db_run(cx,
		"insert into digest (ws, user_id, day, told) values ($1, $2, $3, $4)"
		" on conflict (ws, user_id) do update set day = excluded.day, told = excluded.told",
		ARGS(v_int(cx->ws), v_int(reader->id), v_text(reader->day),
			v_int(told || reader->told)));
}

static bool send_one(struct ctx *cx, const struct run *run, const struct reader *reader)
{
	struct mail_header automatic = { "Auto-Submitted", "auto-generated" };
	struct mail mail;
	bool ok = make_mail(cx, run, reader, &mail);

	if (!ok)
		return false;
	mail.headers = &automatic;
	mail.header_n = 1;
	ok = tx_begin(cx) && (!mail.to || mail_queue(cx, &mail)) &&
	     keep_day(cx, reader, mail.to && !record_has(run->firm, "base_url"));
	return tx_end(cx, ok);
}

static void end_memory(void *mem)
{
	arena_free(mem);
}

/* Each in memory of its own; what one breaks is told, and does not keep the
 * others from theirs. */
static bool send_apart(struct ctx *cx, const struct run *run, const struct reader *reader)
{
	struct arena *mem = arena_new();
	struct ctx own = *cx;
	bool ok;

	own.mem = mem;
	ctx_clear(&own);
	ok = send_one(&own, run, reader);
	if (ok || own.problem.kind == PROBLEM_CLASH) {
		arena_free(mem);
		return true;
	}
	if (!cx->problem.kind)
		cx->problem = own.problem;
	arena_defer(cx->mem, end_memory, mem);
	return false;
}

bool digest_send_due(struct ctx *cx)
{
	struct run run = { 0 };
	struct reader *due;
	bool ok = true;
	size_t n;

	if (!firm_load(cx, &run.firm))
		return false;
	if (!record_has(run.firm, "smtp_host") || !record_has(run.firm, "mail_from"))
		return true;
	if (!find_due(cx, &due, &n) || (n && !read_run(cx, &run)))
		return false;
	for (size_t i = 0; i < n; i++)
		ok = send_apart(cx, &run, &due[i]) && ok;
	return ok;
}

bool digest_preview(struct ctx *cx, int64_t user_id, struct mail *mail, bool *due)
{
	struct rows *r =
		db_query(cx, READERS " and u.id = $2", ARGS(v_int(cx->ws), v_int(user_id)));
	struct reader reader = { 0 };
	struct run run = { 0 };
	struct ctx own = *cx;
	bool is_there = rows_next(r), ok;

	*mail = (struct mail){ 0 };
	*due = false;
	if (is_there)
		reader = reader_of(cx, r);
	if (!rows_end(r) || !is_there)
		return cx->problem.kind == PROBLEM_NONE;
	*due = hour_has_come(cx, &reader);
	ok = firm_load(&own, &run.firm) && read_run(&own, &run) &&
	     make_mail(&own, &run, &reader, mail);
	cx->problem = own.problem;
	return ok;
}

bool digest_check(struct ctx *cx, const struct record *user)
{
	int64_t hour = record_int(user, "digest_hour");

	if (hour < 0 || hour > 23)
		refuse_field(cx, "digest_hour", "digest.hour");
	if (record_has(user, "time_zone") && !zone_is_known(record_text(user, "time_zone")))
		refuse_field(cx, "time_zone", "field.zone", record_text(user, "time_zone"));
	return cx->problem.kind == PROBLEM_NONE;
}
