/* Opening a store: its lock, its connections, its ids. */
#include "db/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/ctx.h"
#include "base/id.h"

static char *dup_or_die(const char *s)
{
	char *copy = strdup(s);

	if (!copy)
		abort();
	return copy;
}

static bool say_who_holds(int fd, const char *url, char *why, size_t size)
{
	char who[128] = "";
	ssize_t n = pread(fd, who, sizeof(who) - 1, 0);

	if (n < 0)
		n = 0;
	who[n] = '\0';
	who[strcspn(who, "\n")] = '\0';
	snprintf(why, size, "%s is in use by %s; stop it first, or ask it instead", url,
		*who ? who : "another process");
	return false;
}

/* One process writes to a file: it holds this lock as long as it lives. */
static bool take_lock(struct store *s, const char *purpose, char *why, size_t size)
{
	char path[4096];
	char text[128];
	int n;

	snprintf(path, sizeof(path), "%s.lock", s->url);
	s->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (s->lock_fd < 0) {
		snprintf(why, size, "%s: %s", path, strerror(errno));
		return false;
	}
	if (flock(s->lock_fd, LOCK_EX | LOCK_NB) != 0)
		return say_who_holds(s->lock_fd, s->url, why, size);
	n = snprintf(text, sizeof(text), "crisalide %s (process %ld)\n", purpose, (long)getpid());
	if (ftruncate(s->lock_fd, 0) != 0 || pwrite(s->lock_fd, text, (size_t)n, 0) != n) {
		snprintf(why, size, "%s: %s", path, strerror(errno));
		return false;
	}
	return true;
}

static bool open_all(struct store *s, const struct store_options *o, char *why, size_t size)
{
	bool pg = s->driver == &postgres_driver;

	if (!pg && !o->read_only && !take_lock(s, o->purpose ? o->purpose : "?", why, size))
		return false;
	if (!pg && !o->read_only && !writer_open(s, why, size))
		return false;
	s->idle[0] = s->driver->open(s->url, false, why, size);
	if (!s->idle[0])
		return false;
	s->idle_n = s->conn_n = 1;
	s->version = dup_or_die(s->driver->version(s->idle[0]));
	return true;
}

struct store *store_open(const struct store_options *o, char *why, size_t size)
{
	struct store *s = calloc(1, sizeof(*s));

	if (!s)
		abort();
	s->driver = !strncmp(o->url, "postgres", 8) ? &postgres_driver : &sqlite_driver;
	s->url = dup_or_die(o->url);
	s->lock_fd = -1;
	s->read_only = o->read_only;
	s->conn_max = o->readers > 0 ? o->readers : 2;
	s->idle = calloc((size_t)s->conn_max, sizeof(*s->idle));
	if (!s->idle)
		abort();
	s->ids = id_maker_new(o->node);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->given, NULL);
	if (open_all(s, o, why, size))
		return s;
	store_close(s);
	return NULL;
}

void store_close(struct store *s)
{
	writer_close(s);
	shared_end(s);
	for (int i = 0; i < s->idle_n; i++)
		s->driver->close(s->idle[i]);
	if (s->lock_fd >= 0)
		close(s->lock_fd);
	pthread_mutex_destroy(&s->lock);
	pthread_cond_destroy(&s->given);
	id_maker_free(s->ids);
	free(s->idle);
	free(s->version);
	free(s->url);
	free(s);
}

bool store_is_postgres(const struct store *s)
{
	return s->driver == &postgres_driver;
}

const char *store_version(const struct store *s)
{
	return s->version;
}

int64_t store_id(struct store *s, int64_t now_ms)
{
	return id_next(s->ids, now_ms);
}

void store_id_seen(struct store *s, int64_t id)
{
	id_maker_seen(s->ids, id);
}

static void *take_conn(struct store *s)
{
	char why[256];
	void *conn = NULL;

	pthread_mutex_lock(&s->lock);
	while (!s->idle_n && s->conn_n >= s->conn_max)
		pthread_cond_wait(&s->given, &s->lock);
	if (s->idle_n)
		conn = s->idle[--s->idle_n];
	else
		s->conn_n++;
	pthread_mutex_unlock(&s->lock);
	if (conn)
		return conn;
	conn = s->driver->open(s->url, false, why, sizeof(why));
	if (conn)
		return conn;
	pthread_mutex_lock(&s->lock);
	s->conn_n--;
	pthread_cond_signal(&s->given);
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

static void give_conn(struct store *s, void *conn)
{
	pthread_mutex_lock(&s->lock);
	s->idle[s->idle_n++] = conn;
	pthread_cond_signal(&s->given);
	pthread_mutex_unlock(&s->lock);
}

void *db_conn(struct db *db)
{
	if (db->depth && db->store->writer.conn)
		return db->store->writer.conn;
	if (!db->own)
		db->own = take_conn(db->store);
	return db->own;
}

void db_rest(struct db *db)
{
	db_end_open(db);
	if (db->still && db->own)
		conn_run(db->store->driver, db->own, "rollback");
	db->still = false;
	if (db->store->writer.conn)
		writer_forget(db);
	if (db->own)
		give_conn(db->store, db->own);
	db->own = NULL;
}

static void give_back(void *arg)
{
	db_rest(arg);
}

struct db *db_session(struct store *s, struct arena *mem)
{
	struct db *db = arena_alloc(mem, sizeof(*db));

	*db = (struct db){ .store = s, .fail_after = -1 };
	arena_defer(mem, give_back, db);
	return db;
}

struct store *db_store(const struct db *db)
{
	return db->store;
}

bool db_is_postgres(const struct db *db)
{
	return store_is_postgres(db->store);
}

void db_patient(struct db *db, int64_t ms)
{
	db->patient = ms;
}

void db_exact(struct db *db, bool exact)
{
	db->exact = exact;
}

void db_expected(struct db *db)
{
	db->expected = true;
}

bool store_backup(struct ctx *cx, const char *file)
{
	struct store *s = cx->db->store;
	char why[512] = "";

	if (!s->driver->copy)
		return refuse(cx, PROBLEM_INVALID, "backup.postgres");
	if (s->driver->copy(db_conn(cx->db), file, why, sizeof(why)))
		return true;
	return refuse(cx, PROBLEM_UNAVAILABLE, "backup.failed", why);
}

bool store_integrity(struct ctx *cx, const char **found)
{
	struct rows *r;

	*found = "ok";
	if (db_is_postgres(cx->db))
		return true;
	r = db_query(cx, "pragma integrity_check", NO_ARGS);
	if (rows_next(r))
		*found = rows_text(r, 0);
	return rows_end(r);
}
