/* Operations page by page, newest first. */
#include <inttypes.h>

#include "base/arena.h"
#include "record/parts.h"

/* Those who see only their own records see only their own operations; work,
 * also of whom they see the records. */
static int64_t whose(const struct ctx *cx, const struct op_filter *f)
{
	if (rights_is_admin(cx->who) ||
		(f->is_work && f->user_id && f->reach &&
			rights_covers(cx->who, f->reach, RIGHT_READ, f->user_id)))
		return f->user_id;
	return cx->who->id;
}

static void add_number(struct buf *sql, struct args *args, const char *what, int64_t n)
{
	if (n)
		buf_addf(sql, " and o.%s $%zu", what, args_add(args, v_int(n)));
}

static void where(struct ctx *cx, const struct op_filter *f, struct buf *sql, struct args *args)
{
	args_init(args, cx->mem);
	buf_addf(sql, " where o.ws = $%zu", args_add(args, v_int(cx->ws)));
	add_number(sql, args, "user_id =", whose(cx, f));
	add_number(sql, args, "at >=", f->from);
	add_number(sql, args, "at <", f->to);
	add_number(sql, args, "source_id =", f->source_id);
	add_number(sql, args, "campaign_id =", f->campaign_id);
	if (f->is_work)
		buf_add(sql, " and o.work_on is not null and o.undone_by is null");
}

static bool select_page(struct ctx *cx, const struct op_filter *f, struct rows **r)
{
	struct args args;
	struct buf sql;
	size_t n;

	buf_init(&sql, cx->mem);
	buf_add(&sql, OP_COLUMNS);
	where(cx, f, &sql, &args);
	n = f->before ? args_add(&args, v_int(f->before)) : 0;
	if (n && f->is_work)
		buf_addf(&sql,
			" and (o.at, o.id) < ((select b.at from op b where b.ws = $1 and b.id = $%zu),"
			" $%zu)",
			n, n);
	else if (n)
		buf_addf(&sql, " and o.id < $%zu", n);
	buf_addf(&sql, " order by %so.id desc limit %zu", f->is_work ? "o.at desc, " : "",
		f->limit + 1);
	*r = db_query(cx, sql.s, args.v, args.n);
	return *r != NULL;
}

static bool put_total(struct ctx *cx, struct json_out *j, const struct op_filter *f)
{
	struct args args;
	struct buf sql;
	int64_t n;

	buf_init(&sql, cx->mem);
	buf_add(&sql, "from op o");
	where(cx, f, &sql, &args);
	if (!count_capped(cx, sql.s, &args, &n))
		return false;
	json_put_int(j, "total", n > COUNT_CAP ? COUNT_CAP : n);
	json_put_text(j, "total_is", n > COUNT_CAP ? "at_least" : "exact");
	return true;
}

bool op_write_page(struct ctx *cx, struct json_out *j, const struct op_filter *f)
{
	int64_t last = 0;
	size_t n = 0;
	struct rows *r;

	if (!select_page(cx, f, &r))
		return false;
	json_open(j, '{');
	json_key(j, "items");
	json_open(j, '[');
	while (rows_next(r) && n++ < f->limit) {
		last = rows_int(r, 0);
		op_write_row(cx, j, r);
	}
	json_close(j, ']');
	json_put_text(j, "next", n > f->limit ? textf(cx, "%" PRId64, last) : NULL);
	if (!rows_end(r) || (f->is_counted && !put_total(cx, j, f)))
		return false;
	json_close(j, '}');
	return true;
}
