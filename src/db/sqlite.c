/* SQLite: one file, one connection that writes, several that read. */
#include "db/driver.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Prepared statements kept by a connection; each lies in one of WAYS places. */
enum { CACHE = 512, WAYS = 4 };

/* SQLite takes "$1" for a name, and numbers names as they appear: place[n] is
 * where $n is bound, 0 where the statement has none. */
struct stmt {
	struct conn *conn;
	char *sql;
	sqlite3_stmt *stmt;
	int *place;
	size_t places;
	bool kept, busy;
};

struct conn {
	sqlite3 *db;
	struct stmt cache[CACHE];
	int code; /* of the last failure */
	char text[256];
};

static bool run(struct conn *c, const char *sql)
{
	return sqlite3_exec(c->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* mmap stays off: a page changed under a map is not seen to be written.
 * synchronous=FULL: an acknowledged commit is on disk. */
static bool set_up(struct conn *c, bool writes)
{
	sqlite3_busy_timeout(c->db, 5000);
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (!writes)
		return run(c,
			"pragma query_only = on; pragma cache_size = -4000; pragma temp_store = memory");
	return run(c,
		"pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;"
		"pragma cache_size = -48000; pragma wal_autocheckpoint = 4000;"
		"pragma journal_size_limit = 67108864; pragma temp_store = memory");
}

static void *open_file(const char *url, bool writes, char *why, size_t size)
{
	struct conn *c = calloc(1, sizeof(*c));
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (writes ? SQLITE_OPEN_CREATE : 0);

	if (!c)
		abort();
	/* Its count of memory is one lock for all threads; no effect once it runs. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (sqlite3_open_v2(url, &c->db, flags, NULL) == SQLITE_OK && set_up(c, writes))
		return c;
	snprintf(why, size, "%s: %s", url, sqlite3_errmsg(c->db));
	sqlite3_close(c->db);
	free(c);
	return NULL;
}

static void empty(struct stmt *s)
{
	sqlite3_finalize(s->stmt);
	free(s->sql);
	free(s->place);
	*s = (struct stmt){ .sql = NULL };
}

static void close_file(void *arg)
{
	struct conn *c = arg;

	for (size_t i = 0; i < CACHE; i++)
		empty(&c->cache[i]);
	sqlite3_close(c->db);
	free(c);
}

/* Of a long statement not every byte: it is compared whole anyway. */
static size_t slot_of(const char *sql)
{
	uint64_t h = 1469598103934665603u;
	size_t n = strlen(sql);

	for (size_t i = 0; i < n; i += 1 + n / 128)
		h = (h ^ (unsigned char)sql[i]) * 1099511628211u;
	return (size_t)((h ^ n) % CACHE);
}

static void find_places(struct stmt *s)
{
	int n = sqlite3_bind_parameter_count(s->stmt);

	for (int at = 1; at <= n; at++) {
		size_t number = strtoul(sqlite3_bind_parameter_name(s->stmt, at) + 1, NULL, 10);

		if (number >= s->places)
			s->places = number + 1;
	}
	s->place = calloc(s->places + 1, sizeof(*s->place));
	if (!s->place)
		abort();
	for (int at = 1; at <= n; at++)
		s->place[strtoul(sqlite3_bind_parameter_name(s->stmt, at) + 1, NULL, 10)] = at;
}

static void remember(struct conn *c)
{
	c->code = sqlite3_extended_errcode(c->db);
	snprintf(c->text, sizeof(c->text), "%s", sqlite3_errmsg(c->db));
}

/* The place where it is kept, or may be; NULL when all are in use. */
static struct stmt *find_place(struct conn *c, const char *sql)
{
	size_t at = slot_of(sql);
	struct stmt *free_one = NULL;

	for (size_t i = 0; i < WAYS; i++) {
		struct stmt *s = &c->cache[(at + i) % CACHE];

		if (s->busy)
			continue;
		if (s->sql && !strcmp(s->sql, sql))
			return s;
		if (!free_one || (free_one->sql && !s->sql))
			free_one = s;
	}
	return free_one;
}

static bool prepare(struct stmt *s, const char *sql)
{
	unsigned flags = s->kept ? SQLITE_PREPARE_PERSISTENT : 0;

	if (sqlite3_prepare_v3(s->conn->db, sql, -1, flags, &s->stmt, NULL) != SQLITE_OK) {
		remember(s->conn);
		return false;
	}
	s->sql = strdup(sql);
	if (!s->sql)
		abort();
	find_places(s);
	return true;
}

static void drop(struct stmt *s)
{
	bool kept = s->kept;

	empty(s);
	if (!kept)
		free(s);
}

/* A prepared statement, from the cache when it is there and free. */
static struct stmt *take(struct conn *c, const char *sql)
{
	struct stmt *s = find_place(c, sql);

	if (s && s->sql && !strcmp(s->sql, sql))
		return s;
	if (s)
		empty(s);
	else
		s = calloc(1, sizeof(*s));
	if (!s)
		abort();
	s->conn = c;
	s->kept = s >= c->cache && s < c->cache + CACHE;
	if (prepare(s, sql))
		return s;
	drop(s);
	return NULL;
}

static bool bind(const struct stmt *s, size_t i, const struct val *v)
{
	int at = i + 1 < s->places ? s->place[i + 1] : 0;

	if (!at)
		return true; /* this statement does not use it */
	if (v->type == VAL_INT)
		return sqlite3_bind_int64(s->stmt, at, v->i) == SQLITE_OK;
	if (v->type == VAL_TEXT)
		return sqlite3_bind_text(s->stmt, at, v->s, -1, SQLITE_STATIC) == SQLITE_OK;
	return sqlite3_bind_null(s->stmt, at) == SQLITE_OK;
}

static void finish(void *arg)
{
	struct stmt *s = arg;

	sqlite3_reset(s->stmt);
	sqlite3_clear_bindings(s->stmt);
	s->busy = false;
	if (!s->kept)
		drop(s);
}

static void *start(void *arg, const char *sql, const struct val *args, size_t n)
{
	struct stmt *s = take(arg, sql);

	if (!s)
		return NULL;
	s->busy = true;
	for (size_t i = 0; i < n; i++) {
		if (bind(s, i, &args[i]))
			continue;
		remember(s->conn);
		finish(s);
		return NULL;
	}
	return s;
}

static enum step step(void *arg)
{
	struct stmt *s = arg;

	switch (sqlite3_step(s->stmt)) {
	case SQLITE_ROW:
		return STEP_ROW;
	case SQLITE_DONE:
		return STEP_DONE;
	default:
		remember(s->conn);
		return STEP_FAILED;
	}
}

static struct val val(void *arg, size_t column)
{
	sqlite3_value *v = sqlite3_column_value(((struct stmt *)arg)->stmt, (int)column);

	switch (sqlite3_value_type(v)) {
	case SQLITE_NULL:
		return v_null();
	case SQLITE_INTEGER:
		return v_int(sqlite3_value_int64(v));
	default:
		return v_text((const char *)sqlite3_value_text(v));
	}
}

static int64_t touched(void *conn)
{
	return sqlite3_changes(((struct conn *)conn)->db);
}

static const char *why(void *conn)
{
	return ((struct conn *)conn)->text;
}

static enum fault fault(void *conn)
{
	int code = ((struct conn *)conn)->code;

	if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
		return FAULT_UNIQUE;
	if ((code & 0xff) == SQLITE_CONSTRAINT)
		return FAULT_RULE;
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return FAULT_CLASH;
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
	case SQLITE_NOMEM:
		return FAULT_AWAY;
	default:
		return FAULT_OTHER;
	}
}

static bool in_tx(void *conn)
{
	return !sqlite3_get_autocommit(((struct conn *)conn)->db);
}

static const char *version(void *conn)
{
	(void)conn;
	return "SQLite " SQLITE_VERSION;
}

static bool copy(void *conn, const char *file, char *why_not, size_t size)
{
	sqlite3 *to = NULL;
	sqlite3_backup *job = NULL;
	int code = sqlite3_open(file, &to);

	if (code == SQLITE_OK)
		job = sqlite3_backup_init(to, "main", ((struct conn *)conn)->db, "main");
	/* In one step: it reads one snapshot, however much is written meanwhile,
	 * where several would begin again after each write. */
	if (job) {
		while ((code = sqlite3_backup_step(job, -1)) == SQLITE_BUSY ||
			code == SQLITE_LOCKED)
			sqlite3_sleep(20);
		sqlite3_backup_finish(job);
	}
	if (code != SQLITE_DONE)
		snprintf(why_not, size, "%s: %s", file, sqlite3_errmsg(to));
	sqlite3_close(to);
	return code == SQLITE_DONE;
}

const struct driver sqlite_driver = {
	.name = "sqlite",
	.begin = "begin immediate",
	.still = "begin",
	.open = open_file,
	.close = close_file,
	.start = start,
	.step = step,
	.val = val,
	.finish = finish,
	.touched = touched,
	.why = why,
	.fault = fault,
	.in_tx = in_tx,
	.version = version,
	.copy = copy,
};
