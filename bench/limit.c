/* The machine's own limit: bare loops over the same libraries and the same
 * file, without rights, history, HTTP or JSON.
 *
 * limit read FILE        point reads, pages of 50, search, on a filled store
 * limit write FOLDER     rows a second: one transaction each, groups of 64,
 *                        groups of 500 with the lead's indexes
 * limit same FILE        creations a second: all rows that the newest lead of
 *                        a workspace has, in its own tables, groups of 64
 * limit postgres URL     groups as PostgreSQL's own group commit makes them:
 *                        64 connections, one row each */
#include <inttypes.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 25, RUN_SECONDS = 3, CLIENTS = 64 };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(int code, sqlite3 *db, const char *what)
{
	if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
		return;
	fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(db));
	exit(1);
}

static sqlite3_stmt *ready(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s;

	must(sqlite3_prepare_v2(db, sql, -1, &s, NULL), db, sql);
	return s;
}

static int rows(sqlite3_stmt *s)
{
	int n = 0;

	while (sqlite3_step(s) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(s); i++)
			(void)sqlite3_column_text(s, i);
		n++;
	}
	sqlite3_reset(s);
	return n;
}

/* Ids spread over the table. */
static size_t some_ids(sqlite3 *db, int64_t *ids, size_t max)
{
	sqlite3_stmt *s = ready(db, "select id from lead where ws = 1 order by id");
	size_t n = 0, all = 0;

	while (sqlite3_step(s) == SQLITE_ROW)
		if (all++ % 97 == 0 && n < max)
			ids[n++] = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return n;
}

static void loop(sqlite3_stmt *s, const int64_t *ids, size_t n, const char *what)
{
	double from = now();
	size_t count = 0, got = 0;

	while (now() - from < RUN_SECONDS) {
		if (ids)
			sqlite3_bind_int64(s, 1, ids[(count * 7919) % n]);
		got += (size_t)rows(s);
		count++;
	}
	printf("%-34s %8.1f us, %zu rows each\n", what, (now() - from) * 1e6 / (double)count,
		got / count);
	sqlite3_finalize(s);
}

static void bare_reads(const char *file)
{
	static int64_t ids[20000];
	sqlite3 *db;
	size_t n;

	must(sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL), NULL, file);
	sqlite3_exec(db, "pragma cache_size = -4000", NULL, NULL, NULL);
	n = some_ids(db, ids, 20000);
	if (!n)
		exit(1);
	loop(ready(db, "select * from lead where ws = 1 and id = ?1"), ids, n, "one lead by id");
	loop(ready(db, "select * from lead where ws = 1 and id < ?1 order by id desc limit 50"),
		ids, n, "page of 50 by id");
	loop(ready(db,
		     "select * from lead where ws = 1 order by updated_at desc, id desc limit 50"),
		NULL, 0, "page of 50, last changed");
	loop(ready(db,
		     "select rowid from search where search match '\"ws1x\" AND \"enleadx\" AND \"ross\" *' order by rowid desc limit 20"),
		NULL, 0, "search of a beginning");
	sqlite3_close(db);
}

static sqlite3 *fresh(const char *folder, const char *name, bool indexed)
{
	char path[4096], sql[4096] = "create table t (ws integer not null, id integer primary key";
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/%s.db", folder, name);
	remove(path);
	must(sqlite3_open(path, &db), NULL, path);
	sqlite3_exec(db,
		"pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -48000",
		NULL, NULL, NULL);
	for (int i = 0; i < COLUMNS; i++)
		snprintf(sql + strlen(sql), sizeof(sql) - strlen(sql), ", c%d text", i);
	snprintf(sql + strlen(sql), sizeof(sql) - strlen(sql), ") strict");
	must(sqlite3_exec(db, sql, NULL, NULL, NULL), db, sql);
	for (int i = 0; indexed && i < 6; i++) {
		snprintf(sql, sizeof(sql), "create index t%d on t (ws, c%d, id)", i, i);
		must(sqlite3_exec(db, sql, NULL, NULL, NULL), db, sql);
	}
	return db;
}

static void bare_inserts(const char *folder, int group, const char *what)
{
	sqlite3 *db = fresh(folder, "limit", true);
	char sql[1024] = "insert into t values (1, ?1", text[64];
	sqlite3_stmt *s;
	int64_t id = 0;
	double from;

	for (int i = 0; i < COLUMNS; i++)
		snprintf(sql + strlen(sql), sizeof(sql) - strlen(sql), ", ?2");
	snprintf(sql + strlen(sql), sizeof(sql) - strlen(sql), ")");
	s = ready(db, sql);
	from = now();
	while (now() - from < RUN_SECONDS) {
		sqlite3_exec(db, "begin immediate", NULL, NULL, NULL);
		for (int i = 0; i < group; i++) {
			snprintf(text, sizeof(text), "value %" PRId64, ++id * 7919 % 1000003);
			sqlite3_bind_int64(s, 1, id);
			sqlite3_bind_text(s, 2, text, -1, SQLITE_STATIC);
			sqlite3_step(s);
			sqlite3_reset(s);
		}
		sqlite3_exec(db, "commit", NULL, NULL, NULL);
	}
	printf("%-34s %8.0f rows/s\n", what, (double)id / (now() - from));
	sqlite3_finalize(s);
	sqlite3_close(db);
}

/* One creation's rows of a table, kept as they are but for their ids. */
static sqlite3_stmt *copier(sqlite3 *db, const char *table, const char *where)
{
	char sql[8192], names[3000] = "", values[3000] = "";
	sqlite3_stmt *columns;

	snprintf(sql, sizeof(sql), "create temp table of_%s as select %s* from %s where %s", table,
		strcmp(table, "search") ? "" : "rowid, ", table, where);
	must(sqlite3_exec(db, sql, NULL, NULL, NULL), db, sql);
	snprintf(sql, sizeof(sql), "select name from pragma_table_info('of_%s')", table);
	columns = ready(db, sql);
	while (sqlite3_step(columns) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(columns, 0);
		bool own = !strcmp(name, "id") || !strcmp(name, "rowid") ||
			   !strcmp(name, "record_id") || !strcmp(name, "op_id");

		snprintf(names + strlen(names), sizeof(names) - strlen(names), "%s%s",
			*names ? ", " : "", name);
		snprintf(values + strlen(values), sizeof(values) - strlen(values), "%s%s",
			*values ? ", " : "", own ? "?1" : name);
	}
	sqlite3_finalize(columns);
	snprintf(sql, sizeof(sql), "insert into %s (%s) select %s from of_%s", table, names, values,
		table);
	return ready(db, sql);
}

static void same_rows(const char *file)
{
	static const char *const tables[][2] = {
		{ "lead", "id = (select max(id) from lead)" },
		{ "op", "id = (select max(op_id) from change)" },
		{ "change", "id = (select max(id) from change)" },
		{ "likeness", "record_id = (select max(id) from lead)" },
		{ "tally", "rowid = 1" },
		{ "search", "rowid = (select max(id) from lead)" },
	};
	enum { TABLES = sizeof(tables) / sizeof(tables[0]) };
	sqlite3_stmt *copy[TABLES];
	int64_t id = INT64_C(1) << 52, n = 0;
	sqlite3 *db;
	double from;

	must(sqlite3_open(file, &db), NULL, file);
	sqlite3_exec(db,
		"pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -48000; pragma wal_autocheckpoint = 4000",
		NULL, NULL, NULL);
	for (int i = 0; i < TABLES; i++)
		copy[i] = copier(db, tables[i][0], tables[i][1]);
	from = now();
	while (now() - from < RUN_SECONDS) {
		sqlite3_exec(db, "begin immediate", NULL, NULL, NULL);
		for (int i = 0; i < CLIENTS; i++, n++)
			for (int t = 0; t < TABLES; t++) {
				sqlite3_bind_int64(copy[t], 1, id + n);
				must(sqlite3_step(copy[t]), db, tables[t][0]);
				sqlite3_reset(copy[t]);
			}
		sqlite3_exec(db, "commit", NULL, NULL, NULL);
	}
	printf("%-34s %8.0f rows/s\n", "a creation's rows, 64 together",
		(double)n / (now() - from));
	for (int i = 0; i < TABLES; i++)
		sqlite3_finalize(copy[i]);
	sqlite3_close(db);
}

struct pg {
	const char *url;
	atomic_ullong *count;
	double until;
	int number;
};

static void *pg_client(void *arg)
{
	struct pg *p = arg;
	PGconn *c = PQconnectdb(p->url);
	char id[32];
	const char *values[] = { id };

	PQclear(PQprepare(c, "i",
		"insert into limit_t select 1, $1::bigint, 'a value', 'a value', 'a value', 'a value', 'a value', 'a value'",
		1, NULL));
	for (int64_t n = 0; now() < p->until; n++) {
		PGresult *r;

		snprintf(id, sizeof(id), "%" PRId64, n * 100 + p->number);
		r = PQexecPrepared(c, "i", 1, values, NULL, NULL, 0);
		if (PQresultStatus(r) == PGRES_COMMAND_OK)
			atomic_fetch_add(p->count, 1);
		PQclear(r);
	}
	PQfinish(c);
	return NULL;
}

static void bare_postgres(const char *url)
{
	PGconn *c = PQconnectdb(url);
	pthread_t threads[CLIENTS];
	struct pg clients[CLIENTS];
	atomic_ullong count = 0;
	double from;

	PQclear(PQexec(c,
		"create table if not exists limit_t (ws bigint, id bigint, a text, b text, c text, d text, e text, f text, primary key (ws, id))"));
	PQclear(PQexec(c,
		"create index on limit_t (ws, a, id); create index on limit_t (ws, b, id); create index on limit_t (ws, c, id)"));
	from = now();
	for (int i = 0; i < CLIENTS; i++) {
		clients[i] = (struct pg){ url, &count, from + RUN_SECONDS, i };
		pthread_create(&threads[i], NULL, pg_client, &clients[i]);
	}
	for (int i = 0; i < CLIENTS; i++)
		pthread_join(threads[i], NULL);
	printf("%-34s %8.0f rows/s\n", "one row a transaction, 64 at once",
		(double)atomic_load(&count) / (now() - from));
	PQclear(PQexec(c, "drop table limit_t"));
	PQfinish(c);
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	if (!strcmp(argv[1], "read")) {
		bare_reads(argv[2]);
	} else if (!strcmp(argv[1], "write")) {
		bare_inserts(argv[2], 1, "one row a transaction");
		bare_inserts(argv[2], 64, "64 rows a transaction");
		bare_inserts(argv[2], 500, "500 rows a transaction");
	} else if (!strcmp(argv[1], "same")) {
		same_rows(argv[2]);
	} else {
		bare_postgres(argv[2]);
	}
	return 0;
}
