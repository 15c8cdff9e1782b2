/* Statements and transactions of one session. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/ctx.h"
#include "db/store.h"

struct rows {
	struct ctx *cx;
	void *stmt; /* NULL once finished, or if it never started */
	const char *sql;
	bool failed;
	struct rows *next_open;
};

void args_init(struct args *a, struct arena *mem)
{
	*a = (struct args){ .mem = mem };
}

size_t args_add(struct args *a, struct val v)
{
	if (a->n == a->size) {
		size_t size = a->size ? a->size * 2 : 16;
		struct val *grown = arena_alloc(a->mem, size * sizeof(*grown));

		if (a->n)
			memcpy(grown, a->v, a->n * sizeof(*grown));
		a->v = grown;
		a->size = size;
	}
	a->v[a->n++] = v;
	return a->n;
}

bool conn_run_with(
	const struct driver *driver, void *conn, const char *sql, const struct val *args, size_t n)
{
	void *stmt = driver->start(conn, sql, args, n);
	enum step step = STEP_FAILED;

	if (!stmt)
		return false;
	while ((step = driver->step(stmt)) == STEP_ROW)
		;
	driver->finish(stmt);
	return step == STEP_DONE;
}

bool conn_run(const struct driver *driver, void *conn, const char *sql)
{
	return conn_run_with(driver, conn, sql, NULL, 0);
}

void db_fail_after(struct db *db, int n)
{
	db->fail_after = n;
}

static bool fails_now(struct db *db)
{
	if (db->fail_after < 0)
		return false;
	return db->fail_after-- == 0;
}

static void finish(struct rows *r)
{
	struct rows **at = &r->cx->db->open;

	if (!r->stmt)
		return;
	r->cx->db->store->driver->finish(r->stmt);
	r->stmt = NULL;
	while (*at && *at != r)
		at = &(*at)->next_open;
	if (*at)
		*at = r->next_open;
}

void db_end_open(struct db *db)
{
	while (db->open)
		finish(db->open);
}

/* Say what kind of failure the engine met, in our words. */
static void give_up(struct rows *r, void *conn)
{
	const struct driver *driver = r->cx->db->store->driver;

	r->failed = true;
	switch (conn ? driver->fault(conn) : FAULT_AWAY) {
	case FAULT_UNIQUE:
		refuse(r->cx, PROBLEM_CONFLICT, "problem.taken");
		break;
	case FAULT_RULE:
		refuse(r->cx, PROBLEM_CONFLICT, "problem.rule");
		break;
	case FAULT_CLASH:
		refuse(r->cx, PROBLEM_CLASH, "problem.clash");
		break;
	case FAULT_AWAY:
		refuse(r->cx, PROBLEM_UNAVAILABLE, "problem.unavailable");
		break;
	case FAULT_OTHER:
		broken(r->cx, "%s: %s", r->sql, driver->why(conn));
		break;
	}
	if (!r->cx->problem.detail && conn)
		r->cx->problem.detail = textf(r->cx, "%.300s: %s", r->sql, driver->why(conn));
	finish(r);
}

/* Past its loss a transaction's statements would stand by themselves, and what
 * is read at another moment. */
static bool may_speak(struct ctx *cx, void *conn)
{
	struct db *db = cx->db;

	if (fails_now(db))
		return broken(cx, "a test said so");
	return !conn || !(db->depth || db->still) || db->store->driver->in_tx(conn) ||
	       refuse(cx, PROBLEM_UNAVAILABLE, "problem.unavailable");
}

struct rows *db_query(struct ctx *cx, const char *sql, const struct val *args, size_t n)
{
	struct rows *r = arena_alloc(cx->mem, sizeof(*r));
	struct db *db = cx->db;
	void *conn = db_conn(db);

	*r = (struct rows){ .cx = cx, .sql = sql };
	if (!may_speak(cx, conn)) {
		r->failed = true;
		return r;
	}
	r->stmt = conn ? db->store->driver->start(conn, sql, args, n) : NULL;
	if (!r->stmt) {
		give_up(r, conn);
		return r;
	}
	r->next_open = db->open;
	db->open = r;
	return r;
}

bool rows_next(struct rows *r)
{
	const struct driver *driver = r->cx->db->store->driver;

	if (!r->stmt)
		return false;
	switch (driver->step(r->stmt)) {
	case STEP_ROW:
		return true;
	case STEP_FAILED:
		give_up(r, db_conn(r->cx->db));
		return false;
	case STEP_DONE:
		break;
	}
	r->cx->db->touched = driver->touched(db_conn(r->cx->db));
	finish(r);
	return false;
}

struct val rows_val(const struct rows *r, size_t column)
{
	struct val v = r->cx->db->store->driver->val(r->stmt, column);

	if (v.type == VAL_TEXT)
		v.s = arena_dup(r->cx->mem, v.s);
	return v;
}

int64_t rows_int(const struct rows *r, size_t column)
{
	return r->cx->db->store->driver->val(r->stmt, column).i;
}

const char *rows_text(const struct rows *r, size_t column)
{
	struct val v = rows_val(r, column);

	return v.type == VAL_TEXT ? v.s : "";
}

bool rows_end(struct rows *r)
{
	finish(r);
	return !r->failed;
}

static bool post(struct ctx *cx, const char *sql, const struct val *args, size_t n)
{
	const struct driver *driver = cx->db->store->driver;
	void *conn = db_conn(cx->db);
	struct rows failed = { .cx = cx, .sql = sql };

	if (!may_speak(cx, conn))
		return false;
	if (conn && driver->send(conn, sql, args, n))
		return true;
	give_up(&failed, conn);
	return false;
}

bool db_run(struct ctx *cx, const char *sql, const struct val *args, size_t n)
{
	struct rows *r;

	if (cx->db->depth && cx->db->store->driver->send && !cx->db->exact)
		return post(cx, sql, args, n);
	r = db_query(cx, sql, args, n);

	while (rows_next(r))
		;
	return rows_end(r);
}

bool db_later(struct ctx *cx, const char *sql, const struct val *args, size_t n)
{
	struct db *db = cx->db;

	if (!db->depth || !db->store->writer.conn)
		return db_run(cx, sql, args, n);
	if (fails_now(db))
		return broken(cx, "a test said so");
	later_add(&db->later, sql, args, n);
	return true;
}

int64_t db_touched(struct ctx *cx)
{
	const struct driver *driver = cx->db->store->driver;
	struct rows failed = { .cx = cx, .sql = "" };
	void *conn;

	if (!driver->settle)
		return cx->db->touched;
	conn = db_conn(cx->db);
	if (conn && driver->settle(conn))
		return driver->touched(conn);
	give_up(&failed, conn);
	return -1;
}

bool db_int(struct ctx *cx, int64_t *out, int64_t fallback, const char *sql, const struct val *args,
	size_t n)
{
	struct rows *r = db_query(cx, sql, args, n);

	*out = fallback;
	if (rows_next(r)) {
		struct val v = rows_val(r, 0);

		if (v.type == VAL_INT)
			*out = v.i;
	}
	return rows_end(r);
}

bool tx_is_open(const struct ctx *cx)
{
	return cx->db->depth > 0;
}

static bool begin(struct ctx *cx)
{
	struct db *db = cx->db;
	struct store *s = db->store;

	if (s->read_only)
		return refuse(cx, PROBLEM_UNAVAILABLE, "problem.read_only");
	if (fails_now(db))
		return broken(cx, "a test said so");
	if (s->writer.conn)
		return writer_begin(db) || refuse(cx, PROBLEM_UNAVAILABLE, "problem.unavailable");
	db_conn(db);
	if (!db->own)
		return refuse(cx, PROBLEM_UNAVAILABLE, "problem.unavailable");
	return post(cx, s->driver->begin, NO_ARGS);
}

bool tx_begin(struct ctx *cx)
{
	struct db *db = cx->db;

	if (db->depth) {
		db->depth++;
		return true;
	}
	db->tx_failed = db->tx_lost = db->outdates = false;
	if (!begin(cx))
		return false;
	db->depth = 1;
	return true;
}

static bool end_postgres(struct ctx *cx, bool ok)
{
	struct db *db = cx->db;
	struct rows *r = ok ? db_query(cx, "commit", NO_ARGS) : NULL;

	if (r && rows_end(r)) {
		if (db->outdates)
			store_changed(db->store);
		return true;
	}
	/* what was sent before may fail now, and the first one with it */
	for (int i = 0; i < 2 && db->own && db->store->driver->in_tx(db->own); i++)
		conn_run(db->store->driver, db->own, "rollback");
	return false;
}

/* A tx_begin that failed opened nothing: then there is nothing to end. */
bool tx_end(struct ctx *cx, bool ok)
{
	struct db *db = cx->db;

	if (!db->depth)
		return false;
	if (!ok)
		db->tx_failed = true;
	if (db->depth > 1) {
		db->depth--;
		return ok;
	}
	db_end_open(db);
	ok = !db->tx_failed;
	if (ok && fails_now(db))
		ok = broken(cx, "a test said so");
	if (db->store->writer.conn)
		ok = writer_end(db, ok);
	else
		ok = end_postgres(cx, ok);
	db->depth = 0;
	if (!ok && (db->tx_lost || cx->problem.kind == PROBLEM_NONE))
		refuse(cx, PROBLEM_UNAVAILABLE, "problem.unavailable");
	return ok;
}

bool db_still(struct ctx *cx, bool on)
{
	struct db *db = cx->db;
	const struct driver *driver = db->store->driver;
	void *conn = db_conn(db);

	db_end_open(db);
	if (db->still && conn)
		conn_run(driver, conn, "rollback");
	db->still = on && conn && conn_run(driver, conn, driver->still);
	return db->still == on || refuse(cx, PROBLEM_UNAVAILABLE, "problem.unavailable");
}

/* Tokens come from fold_tokens(): letters and digits alone. */
static void add_word(struct buf *b, bool pg, const char *word, bool prefix)
{
	const char quote = pg ? '\'' : '"';

	buf_addf(b, "%c%s%c%s", quote, word, quote, !prefix ? "" : pg ? ":*" : " *");
}

static void add_group(struct buf *b, bool pg, const struct match_group *g)
{
	buf_add(b, "(");
	add_word(b, pg, g->word, false);
	for (size_t i = 0; i < g->any_n; i++) {
		buf_add(b, i ? (pg ? " | " : " OR ") : pg ? " & (" : " AND (");
		add_word(b, pg, g->any[i], false);
	}
	buf_add(b, g->any_n ? "))" : ")");
}

const char *db_match(struct ctx *cx, const struct match *m)
{
	bool pg = db_is_postgres(cx->db);
	const char *also = pg ? " & " : " AND ", * or = pg ? " | " : " OR ";
	struct buf b;

	buf_init(&b, cx->mem);
	for (size_t i = 0; i < m->n; i++) {
		buf_add(&b, i ? also : "");
		add_word(&b, pg, m->all[i], m->is_prefix && i + 1 == m->n);
	}
	for (size_t i = 0; i < m->group_n; i++) {
		buf_add(&b, i ? or : m->n ? also : "");
		buf_add(&b, i ? "" : "(");
		add_group(&b, pg, &m->groups[i]);
	}
	buf_add(&b, m->group_n ? ")" : "");
	return b.s;
}
