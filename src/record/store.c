/* Writing a record: the row, its history, its words and keys. */
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "record/custom.h"
#include "record/op.h"
#include "record/parts.h"
#include "record/search.h"
#include "record/stay_parts.h"

static void add_number(struct buf *sql, size_t n)
{
	char digits[24];
	char *p = digits + sizeof(digits);

	do
		*--p = (char)('0' + n % 10);
	while (n /= 10);
	*--p = '$';
	buf_addn(sql, p, (size_t)(digits + sizeof(digits) - p));
}

static const char *title_of(struct ctx *cx, const struct record *rec, struct args *args)
{
	const char *title = record_title(cx, rec);

	args_add(args, v_text(title));
	args_add(args, v_text(fold(cx->mem, title)));
	return title;
}

/* id, version and the instants belong to every entity, so they stand here and
 * not in its table. */
static const char *insert_sql(struct ctx *cx, const struct entity *of)
{
	size_t values = 6;
	struct buf sql;

	buf_init(&sql, cx->mem);
	buf_addf(&sql, "insert into %s (ws, id, version, created_at, updated_at, title, title_fold",
		entity_table(of));
	for (size_t i = 0; i < entity_width(of); i++) {
		if (!field_has_column(entity_field(of, i)))
			continue;
		buf_addn(&sql, ", ", 2);
		buf_add(&sql, entity_field(of, i)->name);
		values++;
	}
	if (of->custom_count) {
		buf_add(&sql, ", custom_values");
		values++;
	}
	buf_add(&sql, ") values ($1, $2, 1, $3, $3, $4, $5");
	for (size_t i = 6; i < values; i++) {
		buf_addn(&sql, ", ", 2);
		add_number(&sql, i);
	}
	buf_add(&sql, ")");
	return sql.s;
}

static bool insert(struct ctx *cx, struct record *rec)
{
	/* its text, once for all rows of large work */
	char *sql = ctx_recall(cx, rec->of->plural);
	struct args args;

	if (!sql) {
		sql = arena_dup(cx->mem, insert_sql(cx, rec->of));
		ctx_keep(cx, rec->of->plural, sql);
	}
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(rec->id));
	args_add(&args, v_int(cx->now));
	title_of(cx, rec, &args);
	for (size_t i = 0; i < entity_width(rec->of); i++)
		if (field_has_column(entity_field(rec->of, i)))
			args_add(&args, rec->v[i]);
	if (rec->of->custom_count) {
		rec->packed = custom_pack(cx, rec);
		args_add(&args, v_text(rec->packed));
	}
	rec->version = 1;
	rec->created_at = rec->updated_at = cx->now;
	return db_run(cx, sql, args.v, args.n);
}

static bool update(struct ctx *cx, struct record *rec)
{
	bool repack = false;
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(rec->id));
	args_add(&args, v_int(rec->version));
	args_add(&args, v_int(cx->now));
	title_of(cx, rec, &args);
	buf_addf(&sql,
		"update %s set version = version + 1, updated_at = $4, title = $5, title_fold = $6",
		entity_table(rec->of));
	for (size_t i = 0; i < entity_width(rec->of); i++) {
		const struct field *f = entity_field(rec->of, i);

		if (f->derived || val_same(&rec->v[i], &rec->was[i]))
			continue;
		repack |= f->custom;
		if (f->custom)
			continue;
		buf_addf(&sql, ", %s = ", f->name);
		add_number(&sql, args_add(&args, rec->v[i]));
	}
	if (repack) {
		rec->packed = custom_pack(cx, rec);
		buf_addf(&sql, ", custom_values = $%zu", args_add(&args, v_text(rec->packed)));
	}
	buf_add(&sql, " where ws = $1 and id = $2 and version = $3");
	if (!db_run(cx, sql.s, args.v, args.n))
		return false;
	if (db_touched(cx) != 1)
		return refuse(cx, PROBLEM_CLASH, "problem.clash");
	rec->version++;
	rec->updated_at = cx->now;
	return true;
}

/* The old values of what changed, as JSON; NULL when nothing did. */
const char *store_old_values(struct ctx *cx, const struct record *rec)
{
	struct json_out j;
	bool any = false;

	json_init(&j, cx->mem);
	json_open(&j, '{');
	for (size_t i = 0; i < entity_width(rec->of); i++) {
		const struct val *was = &rec->was[i];

		const struct field *f = entity_field(rec->of, i);

		if (f->derived || f->follows || val_same(was, &rec->v[i]))
			continue;
		any = true;
		json_key(&j, f->name);
		if (was->type == VAL_INT)
			json_int(&j, was->i);
		else
			json_text(&j, was->type == VAL_TEXT ? was->s : NULL);
	}
	json_close(&j, '}');
	return any ? j.text.s : NULL;
}

static bool put_change(struct ctx *cx, const struct record *rec, const char *old)
{
	int64_t id = store_id(db_store(cx->db), cx->now);

	return db_run(cx,
		"insert into change (ws, id, op_id, at, user_id, entity, record_id, old)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8)",
		ARGS(v_int(cx->ws), v_int(id), v_int(cx->op->id), v_int(cx->now),
			v_id(cx->who ? cx->who->id : 0), v_text(rec->of->name), v_int(rec->id),
			v_text(old)));
}

/* How many there are, kept as differences that a housekeeper sums up: one row
 * that all writers touch would make them meet on PostgreSQL. */
bool store_tally(struct ctx *cx, const struct record *rec)
{
	bool gone = record_has(rec, "removed_at");
	size_t at = record_at(rec, "removed_at");
	bool was_there = rec->was && rec->was[at].type == VAL_NULL;
	int64_t owner = rec->of->owned ? record_int(rec, "owner_id") : 0;
	int64_t before =
		rec->of->owned && rec->was ? rec->was[record_at(rec, "owner_id")].i : owner;
	bool ok = true;

	if (rec->of->setup || (was_there == !gone && before == owner))
		return true;
	if (was_there)
		ok = tally_add(cx, rec->of, before, -1);
	if (ok && !gone)
		ok = tally_add(cx, rec->of, owner, 1);
	return ok;
}

bool store_settle(struct ctx *cx, struct record *rec)
{
	size_t size = entity_width(rec->of) * sizeof(*rec->was);

	op_touch(cx, rec);
	if (rec->of->stored && !rec->of->stored(cx, rec))
		return false;
	if (rec->of->derive)
		rec->of->derive(cx, rec);
	if (!rec->was)
		rec->was = arena_alloc(cx->mem, size);
	memcpy(rec->was, rec->v, size);
	return true;
}

/* Everything that goes with the row. */
static bool put_rest(struct ctx *cx, struct record *rec, const char *old)
{
	if (!put_change(cx, rec, old) || !store_tally(cx, rec) || !count_store(cx, rec))
		return false;
	if (!rec->of->setup && !(search_put(cx, rec) && keys_put(cx, rec) && custom_put(cx, rec)))
		return false;
	if (rec->of->shapes)
		shared_outdate(cx->db);
	return store_settle(cx, rec);
}

bool record_store(struct ctx *cx, struct record *rec)
{
	const char *old = NULL;
	bool is_new = rec->id == 0;

	if (!cx->op)
		return broken(cx, "%s is stored outside an operation", rec->of->name);
	if (rec->of->check && !rec->of->check(cx, rec))
		return false;
	if (!record_check_required(cx, rec))
		return false;
	if (is_new) {
		rec->id = store_id(db_store(cx->db), cx->now);
		if (cx->who && cx->who->id)
			record_set(rec, "created_by", v_int(cx->who->id));
		return count_begin(cx, rec) && insert(cx, rec) && put_rest(cx, rec, NULL);
	}
	old = store_old_values(cx, rec);
	if (!old)
		return true;
	return count_begin(cx, rec) && update(cx, rec) && put_rest(cx, rec, old);
}

bool record_follow(struct ctx *cx, struct record *rec)
{
	size_t n = 0;
	struct args args;
	struct buf sql;

	if (!cx->op)
		return broken(cx, "%s follows outside an operation", rec->of->name);
	if (rec->of->count)
		record_set_text(rec, "counted_in", cx->zone);
	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(rec->id));
	buf_addf(&sql, "update %s set", entity_table(rec->of));
	for (size_t i = 0; i < entity_width(rec->of); i++) {
		const struct field *f = entity_field(rec->of, i);

		if (field_has_column(f) && !val_same(&rec->v[i], &rec->was[i]))
			buf_addf(&sql, "%s %s = $%zu", n++ ? "," : "", f->name,
				args_add(&args, rec->v[i]));
	}
	buf_add(&sql, " where ws = $1 and id = $2");
	if ((n && !db_run(cx, sql.s, args.v, args.n)) || !count_store(cx, rec))
		return false;
	memcpy(rec->was, rec->v, entity_width(rec->of) * sizeof(*rec->was));
	return true;
}
