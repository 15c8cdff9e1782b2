/* Reading what is kept, as far as it was asked for and may be seen. */
#include "base/arena.h"
#include "crm/entities.h"
#include "crm/kpi_parts.h"

struct kpi_line *kpi_line(struct kpi_lines *lines, int64_t id)
{
	for (size_t i = 0; i < lines->n; i++)
		if (lines->all[i].id == id)
			return &lines->all[i];
	if (lines->n == KPI_GROUPS) /* the last one takes what is too much */
		return &lines->all[KPI_GROUPS - 1];
	lines->all[lines->n] = (struct kpi_line){ .id = id };
	return &lines->all[lines->n++];
}

const struct kpi_line *kpi_line_of(const struct kpi_lines *lines, int64_t id)
{
	for (size_t i = 0; i < lines->n; i++)
		if (lines->all[i].id == id)
			return &lines->all[i];
	return NULL;
}

static int64_t month_of(int64_t period)
{
	return period < COUNT_DAYS ? period : (period - COUNT_DAYS) / 100;
}

struct kpi_month *kpi_month(struct kpi *k, int64_t period)
{
	int64_t month = month_of(period);
	int64_t first = k->months[0].period;
	int64_t i = (month / 100 - first / 100) * 12 + month % 100 - first % 100;

	return &k->months[i < 0 ? 0 : i < (int64_t)k->month_n ? i : (int64_t)k->month_n - 1];
}

void kpi_day(int64_t period, char *day)
{
	int64_t month = month_of(period), n = period < COUNT_DAYS ? 1 : period % 100;
	char digits[9];

	month = month * 100 + n;
	for (int i = 7; i >= 0; i--, month /= 10)
		digits[i] = (char)('0' + month % 10);
	memcpy(day, digits, 4);
	day[4] = day[7] = '-';
	memcpy(day + 5, digits + 4, 2);
	memcpy(day + 8, digits + 6, 2);
	day[10] = '\0';
}

int64_t kpi_team_of(const struct kpi *k, int64_t user_id)
{
	for (size_t i = 0; i < k->member_n; i++)
		if (k->members[i].user == user_id)
			return k->members[i].team;
	return 0;
}

void kpi_deals_add(struct kpi_deals *to, int64_t n, int64_t amount, int64_t weighted)
{
	to->count += n;
	to->amount = rates_add(to->amount, amount);
	to->weighted = rates_add(to->weighted, weighted);
}

bool kpi_is_plain(const struct kpi *k)
{
	return !k->ask.source_id && !k->ask.campaign_id;
}

void kpi_owners(struct ctx *cx, const struct kpi *k, const struct entity *of, struct buf *sql,
	struct args *args)
{
	if (k->ask.owner_id)
		buf_addf(sql, " and t.owner_id = $%zu", args_add(args, v_int(k->ask.owner_id)));
	if (k->ask.team_id)
		buf_addf(sql,
			" and t.owner_id in (select m.id from member m where m.ws = t.ws"
			" and m.team_id = $%zu)",
			args_add(args, v_int(k->ask.team_id)));
	rights_where(cx, of, RIGHT_READ, sql, args);
}

static void add_origin(const char *column, int64_t id, struct buf *sql, struct args *args)
{
	if (id)
		buf_addf(sql, " and t.%s = $%zu", column, args_add(args, v_int(id)));
}

void kpi_scope(struct ctx *cx, const struct kpi *k, const struct entity *of, struct buf *sql,
	struct args *args)
{
	if (!args->n)
		args_add(args, v_int(cx->ws));
	buf_add(sql, "t.ws = $1 and t.removed_at is null");
	add_origin("source_id", k->ask.source_id, sql, args);
	add_origin("campaign_id", k->ask.campaign_id, sql, args);
	kpi_owners(cx, k, of, sql, args);
}

static bool read_span(
	struct ctx *cx, struct kpi *k, const struct kpi_read *read, const struct kpi_span *span)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(read->kind));
	args_add(&args, v_int(span->from));
	args_add(&args, v_int(span->to));
	buf_add(&sql,
		"select t.period, t.owner_id, t.by1, t.by2, t.by3, t.by4, t.n, t.sum1, t.sum2,"
		" t.sum3 from counted t where t.ws = $1 and t.kind = $2 and t.period >= $3"
		" and t.period <= $4");
	add_origin("by1", k->ask.source_id, &sql, &args);
	add_origin("by2", k->ask.campaign_id, &sql, &args);
	kpi_owners(cx, k, read->of, &sql, &args);
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r)) {
		const struct counted row = { read->kind, rows_int(r, 0), rows_int(r, 1),
			{ rows_int(r, 2), rows_int(r, 3), rows_int(r, 4), rows_int(r, 5) },
			rows_int(r, 6), { rows_int(r, 7), rows_int(r, 8), rows_int(r, 9) } };

		read->each(k, &row);
	}
	return rows_end(r);
}

bool kpi_read(struct ctx *cx, struct kpi *k, const struct kpi_read *read)
{
	static const struct kpi_span none = { 0, 0 };

	if (!read->spans)
		return read_span(cx, k, read, &none);
	for (size_t i = 0; i < read->n; i++)
		if (!read_span(cx, k, read, &read->spans[i]))
			return false;
	return true;
}
