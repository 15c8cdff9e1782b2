/* Writing many records of one entity: what record_store does, fifty at a
 * time in a handful of statements. */
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "record/op.h"
#include "record/parts.h"
#include "record/search.h"
#include "record/stay_parts.h"

enum { CHUNK = 50 };

struct chunk {
	const struct entity *of;
	struct record *fresh[CHUNK], *changed[CHUNK], *all[CHUNK];
	const char *old[CHUNK]; /* of all; NULL: it is new */
	size_t fresh_n, changed_n, n;
	size_t *columns, column_n; /* that change in any of those changed */
};

/* "($7, $8, $9)" */
static void open_values(struct buf *sql, bool first)
{
	buf_add(sql, first ? " (" : ", (");
}

static void add(struct buf *sql, struct args *args, struct val v, const char *between)
{
	buf_addf(sql, "%s$%zu", between, args_add(args, v));
}

static void begin(struct ctx *cx, struct buf *sql, struct args *args)
{
	buf_init(sql, cx->mem);
	args_init(args, cx->mem);
	args_add(args, v_int(cx->ws));
}

static bool insert_all(struct ctx *cx, const struct chunk *c)
{
	struct args args;
	struct buf sql;

	if (!c->fresh_n)
		return true;
	begin(cx, &sql, &args);
	args_add(&args, v_int(cx->now));
	buf_addf(&sql, "insert into %s (ws, id, version, created_at, updated_at, title, title_fold",
		entity_table(c->of));
	for (size_t i = 0; i < entity_width(c->of); i++)
		if (field_has_column(entity_field(c->of, i)))
			buf_addf(&sql, ", %s", entity_field(c->of, i)->name);
	buf_add(&sql, ") values");
	for (size_t k = 0; k < c->fresh_n; k++) {
		struct record *rec = c->fresh[k];
		const char *title = record_title(cx, rec);

		open_values(&sql, k == 0);
		add(&sql, &args, v_int(rec->id), "$1, ");
		buf_add(&sql, ", 1, $2, $2");
		add(&sql, &args, v_text(title), ", ");
		add(&sql, &args, v_text(fold(cx->mem, title)), ", ");
		for (size_t i = 0; i < entity_width(c->of); i++)
			if (field_has_column(entity_field(c->of, i)))
				add(&sql, &args, rec->v[i], ", ");
		buf_add(&sql, ")");
		rec->version = 1;
		rec->created_at = rec->updated_at = cx->now;
	}
	return db_run(cx, sql.s, args.v, args.n);
}

/* Columns that change in any of them; in the others they stay as they are, for
 * the version says that nobody else was there. */
static void find_columns(struct ctx *cx, struct chunk *c)
{
	c->columns = arena_alloc(cx->mem, entity_width(c->of) * sizeof(*c->columns));
	c->column_n = 0;
	for (size_t i = 0; i < entity_width(c->of); i++) {
		bool any = false;

		for (size_t k = 0; k < c->changed_n && !any; k++)
			any = !val_same(&c->changed[k]->v[i], &c->changed[k]->was[i]);
		if (any && field_has_column(entity_field(c->of, i)))
			c->columns[c->column_n++] = i;
	}
}

/* PostgreSQL takes the types of a column of values from its first row. */
static void add_typed(struct buf *sql, struct args *args, struct val v, const char *type)
{
	buf_addf(sql, ", cast($%zu as %s)", args_add(args, v), type);
}

static void add_changed(struct ctx *cx, const struct chunk *c, const struct record *rec,
	struct buf *sql, struct args *args)
{
	const char *title = record_title(cx, rec);

	buf_addf(sql, "cast($%zu as bigint)", args_add(args, v_int(rec->id)));
	add_typed(sql, args, v_int(rec->version), "bigint");
	add_typed(sql, args, v_text(title), "text");
	add_typed(sql, args, v_text(fold(cx->mem, title)), "text");
	for (size_t i = 0; i < c->column_n; i++)
		add_typed(sql, args, rec->v[c->columns[i]],
			field_is_number(entity_field(c->of, c->columns[i])) ? "bigint" : "text");
	buf_add(sql, ")");
}

static bool update_all(struct ctx *cx, struct chunk *c)
{
	const char *table = entity_table(c->of);
	struct args args;
	struct buf sql, set;

	if (!c->changed_n)
		return true;
	begin(cx, &sql, &args);
	buf_init(&set, cx->mem);
	args_add(&args, v_int(cx->now));
	buf_add(&sql, "with v (id, version, title, title_fold");
	find_columns(cx, c);
	for (size_t i = 0; i < c->column_n; i++) {
		const char *name = entity_field(c->of, c->columns[i])->name;

		buf_addf(&sql, ", %s", name);
		buf_addf(&set, ", %s = v.%s", name, name);
	}
	buf_add(&sql, ") as (values");
	for (size_t k = 0; k < c->changed_n; k++) {
		open_values(&sql, k == 0);
		add_changed(cx, c, c->changed[k], &sql, &args);
	}
	buf_addf(&sql,
		") update %s set version = %s.version + 1, updated_at = $2, title = v.title,"
		" title_fold = v.title_fold",
		table, table);
	buf_add(&sql, set.s);
	buf_addf(&sql, " from v where %s.ws = $1 and %s.id = v.id and %s.version = v.version",
		table, table, table);
	if (!db_run(cx, sql.s, args.v, args.n))
		return false;
	if (db_touched(cx) != (int64_t)c->changed_n)
		return refuse(cx, PROBLEM_CLASH, "problem.clash");
	for (size_t k = 0; k < c->changed_n; k++) {
		c->changed[k]->version++;
		c->changed[k]->updated_at = cx->now;
	}
	return true;
}

static bool put_changes(struct ctx *cx, const struct chunk *c)
{
	struct args args;
	struct buf sql;

	begin(cx, &sql, &args);
	args_add(&args, v_int(cx->op->id));
	args_add(&args, v_int(cx->now));
	args_add(&args, v_id(cx->who ? cx->who->id : 0));
	args_add(&args, v_text(c->of->name));
	buf_add(&sql,
		"insert into change (ws, id, op_id, at, user_id, entity, record_id, old) values");
	for (size_t k = 0; k < c->n; k++) {
		open_values(&sql, k == 0);
		add(&sql, &args, v_int(store_id(db_store(cx->db), cx->now)), "$1, ");
		add(&sql, &args, v_int(c->all[k]->id), ", $2, $3, $4, $5, ");
		add(&sql, &args, v_text(c->old[k]), ", ");
		buf_add(&sql, ")");
	}
	return db_run(cx, sql.s, args.v, args.n);
}

static bool write_chunk(struct ctx *cx, struct chunk *c)
{
	bool ok = !c->n || (insert_all(cx, c) && update_all(cx, c) && put_changes(cx, c));

	for (size_t k = 0; ok && k < c->n; k++)
		ok = store_tally(cx, c->all[k]) && count_store(cx, c->all[k]);
	if (ok && c->n && !c->of->setup)
		ok = search_put_all(cx, c->all, c->n) && keys_put_all(cx, c->all, c->n);
	for (size_t k = 0; ok && k < c->n; k++)
		ok = store_settle(cx, c->all[k]);
	return ok;
}

/* Checked, and put where it belongs; one that did not change goes nowhere. */
static bool take(struct ctx *cx, struct chunk *c, struct record *rec)
{
	const char *old = NULL;

	if ((rec->of->check && !rec->of->check(cx, rec)) || !record_check_required(cx, rec))
		return false;
	if (rec->id) {
		old = store_old_values(cx, rec);
		if (!old)
			return true;
		c->changed[c->changed_n++] = rec;
	} else {
		rec->id = store_id(db_store(cx->db), cx->now);
		if (cx->who && cx->who->id)
			record_set(rec, "created_by", v_int(cx->who->id));
		c->fresh[c->fresh_n++] = rec;
	}
	if (!count_begin(cx, rec))
		return false;
	c->old[c->n] = old;
	c->all[c->n++] = rec;
	return true;
}

/* Not those that go or come back, nor those with fields of the firm's own. */
static bool is_plain(const struct ctx *cx, const struct record *rec)
{
	size_t at = record_at(rec, "removed_at");

	return !cx->op->looks && !rec->of->custom_count && !rec->of->shapes &&
	       rec->v[at].type == VAL_NULL && (!rec->was || rec->was[at].type == VAL_NULL);
}

bool record_store_all(struct ctx *cx, struct record *const *recs, size_t n)
{
	for (size_t at = 0; at < n;) {
		struct chunk *c = arena_alloc(cx->mem, sizeof(*c));

		c->of = recs[at]->of;
		if (!is_plain(cx, recs[at])) {
			if (!record_store(cx, recs[at++]))
				return false;
			continue;
		}
		for (; at < n && c->n < CHUNK && is_plain(cx, recs[at]); at++)
			if (!take(cx, c, recs[at]))
				return false;
		if (!write_chunk(cx, c))
			return false;
	}
	return true;
}
