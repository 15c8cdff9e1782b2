/* Keys of many records, put and taken in one statement each. */
#include "record/parts.h"
#include "record/search.h"

/* Pairs of key and record, gathered; PostgreSQL takes their types from casts. */
static void add_pair(struct buf *sql, struct args *args, int64_t number, int64_t id)
{
	const char *between = args->n > 1 ? ", " : "";
	size_t key = args_add(args, v_int(number)), record = args_add(args, v_int(id));

	buf_addf(sql, "%s(cast($%zu as bigint), cast($%zu as bigint))", between, key, record);
}

static bool drop_all(struct ctx *cx, struct record *const *recs, size_t n)
{
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	/* SQLite goes by the key for "in (select ...)", and through all for "in (values ...)" */
	buf_add(&sql, "with gone (key, record_id) as (values ");
	for (size_t r = 0; r < n; r++) {
		struct keys now, before;

		keys_of(cx, recs[r], recs[r]->v, &now);
		keys_of(cx, recs[r], recs[r]->was, &before);
		for (size_t i = 0; i < before.n; i++)
			if (!keys_has(&now, before.number[i]))
				add_pair(&sql, &args, before.number[i], recs[r]->id);
	}
	buf_add(&sql, ") delete from likeness where ws = $1 and (key, record_id) in"
		      " (select key, record_id from gone)");
	return args.n == 1 || db_run(cx, sql.s, args.v, args.n);
}

bool keys_put_all(struct ctx *cx, struct record *const *recs, size_t n)
{
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_text(n ? recs[0]->of->name : ""));
	buf_add(&sql, "insert into likeness (ws, entity, key, record_id) values ");
	for (size_t r = 0; r < n; r++) {
		struct keys now, before;

		keys_of(cx, recs[r], recs[r]->v, &now);
		keys_of(cx, recs[r], recs[r]->was, &before);
		for (size_t i = 0; i < now.n; i++) {
			size_t at = args.n + 1;

			if (keys_has(&before, now.number[i]))
				continue;
			args_add(&args, v_int(now.number[i]));
			args_add(&args, v_int(recs[r]->id));
			buf_addf(&sql, "%s($1, $2, $%zu, $%zu)", at > 3 ? ", " : "", at, at + 1);
		}
	}
	if (!drop_all(cx, recs, n) || (args.n > 2 && !db_run(cx, sql.s, args.v, args.n)))
		return false;
	for (size_t r = 0; r < n; r++)
		if (!keys_gone_put(cx, recs[r]))
			return false;
	return true;
}
