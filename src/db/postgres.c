/* PostgreSQL by libpq: prepared once a connection, values as text, one pipeline:
 * what nobody reads is sent without waiting, and answered at the next question. */
#include "db/driver.h"

#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A statement lies in one of WAYS places from its hash on. */
enum {
	CACHE = 512,
	WAYS = 4,
	FEW_ARGS = 64,
	INT_DIGITS = 24,
	INT8_OID = 20,
	INT4_OID = 23,
	BOOL_OID = 16
};
/* Of what is sent and not yet answered: more would fill both ends' buffers. */
enum { SENT_MAX = 64, SENT_BYTES = 32 * 1024, NAME = 32 };

/* A place for a prepared statement; round: names are never used twice. */
struct known {
	char *sql;
	unsigned round;
};

/* One command whose answer is still to come. */
struct sent {
	const char *sql;
	struct known *prepares; /* or NULL */
};

struct conn {
	PGconn *pg;
	char *url;
	struct known known[CACHE];
	struct sent sent[SENT_MAX];
	size_t sent_n, sent_bytes;
	bool lost;     /* something could not even be sent */
	char state[6]; /* SQLSTATE of the last failure */
	char text[256];
	int64_t touched;
	char version[64];
};

struct stmt {
	PGresult *result;
	int row;
};

static void quiet(void *arg, const PGresult *result)
{
	(void)arg;
	(void)result;
}

/* A lost server is noticed in seconds, not after the TCP time-out. */
static PGconn *connect_to(const char *url)
{
	const char *keys[] = { "dbname", "connect_timeout", "tcp_user_timeout", "application_name",
		"client_encoding", NULL };
	const char *values[] = { url, "4", "4000", "crisalide", "UTF8", NULL };
	PGconn *pg = PQconnectdbParams(keys, values, 1);

	if (PQstatus(pg) != CONNECTION_OK)
		return pg;
	PQsetNoticeReceiver(pg, quiet, NULL);
	PQclear(PQexec(pg, "set statement_timeout = 60000; set lock_timeout = 10000;"
			   "set idle_in_transaction_session_timeout = 30000"));
	PQenterPipelineMode(pg);
	return pg;
}

static void *open_conn(const char *url, bool writes, char *why, size_t size)
{
	struct conn *c = calloc(1, sizeof(*c));

	(void)writes;
	if (!c)
		abort();
	c->pg = connect_to(url);
	if (PQstatus(c->pg) == CONNECTION_OK) {
		c->url = strdup(url);
		snprintf(c->version, sizeof(c->version), "PostgreSQL %s",
			PQparameterStatus(c->pg, "server_version"));
		return c;
	}
	snprintf(why, size, "%s", PQerrorMessage(c->pg));
	PQfinish(c->pg);
	free(c);
	return NULL;
}

static void forget_statements(struct conn *c)
{
	for (size_t i = 0; i < CACHE; i++) {
		free(c->known[i].sql);
		c->known[i].sql = NULL;
	}
}

static void close_conn(void *arg)
{
	struct conn *c = arg;

	forget_statements(c);
	PQfinish(c->pg);
	free(c->url);
	free(c);
}

static void remember(struct conn *c, const PGresult *result, const char *sql)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;

	snprintf(c->state, sizeof(c->state), "%s", state ? state : "08000");
	snprintf(c->text, sizeof(c->text), "%.60s: %s", sql,
		result ? PQresultErrorMessage(result) : PQerrorMessage(c->pg));
}

static size_t slot_of(const char *sql)
{
	uint64_t h = 1469598103934665603u;

	for (; *sql; sql++)
		h = (h ^ (unsigned char)*sql) * 1099511628211u;
	return (size_t)(h % CACHE);
}

static bool good(const PGresult *result)
{
	ExecStatusType s = PQresultStatus(result);

	return s == PGRES_TUPLES_OK || s == PGRES_COMMAND_OK;
}

static void note_sent(struct conn *c, int sent, const char *sql, struct known *prepares)
{
	if (!sent) {
		c->lost = true;
		return;
	}
	c->sent[c->sent_n++] = (struct sent){ sql, prepares };
	c->sent_bytes += strlen(sql);
}

static struct known *place_of(struct conn *c, const char *sql)
{
	size_t at = slot_of(sql);
	struct known *free_one = NULL;

	for (size_t i = 0; i < WAYS; i++) {
		struct known *k = &c->known[(at + i) % CACHE];

		if (k->sql && !strcmp(k->sql, sql))
			return k;
		if (!k->sql && !free_one)
			free_one = k;
	}
	return free_one ? free_one : &c->known[at];
}

/* Have sql prepared; another one in its place makes way. */
static void prepare(struct conn *c, const char *sql, char *name)
{
	struct known *k = place_of(c, sql);
	size_t at = (size_t)(k - c->known);
	bool is_known = k->sql && !strcmp(k->sql, sql);

	if (k->sql && !is_known) {
		char drop[NAME + 16];

		snprintf(drop, sizeof(drop), "deallocate s%zu_%u", at, k->round++);
		note_sent(
			c, PQsendQueryParams(c->pg, drop, 0, NULL, NULL, NULL, NULL, 0), "", NULL);
		free(k->sql);
		k->sql = NULL;
	}
	snprintf(name, NAME, "s%zu_%u", at, k->round);
	if (is_known)
		return;
	note_sent(c, PQsendPrepare(c->pg, name, sql, 0, NULL), sql, k);
	k->sql = strdup(sql);
}

/* A statement that was not prepared after all. */
static void forget(struct known *k)
{
	if (!k)
		return;
	free(k->sql);
	k->sql = NULL;
	k->round++;
}

static PGresult *next_answer(struct conn *c)
{
	PGresult *result = PQgetResult(c->pg), *more;

	while (result && (more = PQgetResult(c->pg)))
		PQclear(more);
	return result;
}

/* Hear all that is still to be answered: the last of the answers, or NULL when
 * one of them is no; the first such is remembered. */
static PGresult *hear(struct conn *c)
{
	bool ok = PQpipelineSync(c->pg) == 1 && !c->lost;
	PGresult *last = NULL;

	if (!ok)
		remember(c, NULL, "");
	for (size_t i = 0; i < c->sent_n; i++) {
		PQclear(last);
		last = next_answer(c);
		if (good(last))
			continue;
		forget(c->sent[i].prepares);
		if (ok)
			remember(c, last, c->sent[i].sql);
		ok = false;
	}
	PQclear(PQgetResult(c->pg)); /* the end of the pipeline */
	c->sent_n = c->sent_bytes = 0;
	c->lost = false;
	if (ok)
		return last;
	PQclear(last);
	return NULL;
}

struct bound {
	const char *text[FEW_ARGS];
	char digits[FEW_ARGS][INT_DIGITS];
	const char **more; /* for long lists of values */
	char (*more_digits)[INT_DIGITS];
};

static const char *const *bind(struct bound *b, const struct val *args, size_t n)
{
	const char **text = b->text;
	char(*digits)[INT_DIGITS] = b->digits;

	b->more = NULL;
	b->more_digits = NULL;
	if (n > FEW_ARGS) {
		text = b->more = calloc(n, sizeof(*text));
		digits = b->more_digits = calloc(n, sizeof(*digits));
		if (!text || !digits)
			abort();
	}
	for (size_t i = 0; i < n; i++) {
		text[i] = args[i].type == VAL_TEXT ? args[i].s : NULL;
		if (args[i].type != VAL_INT)
			continue;
		snprintf(digits[i], INT_DIGITS, "%" PRId64, args[i].i);
		text[i] = digits[i];
	}
	return text;
}

static bool is_ddl(const char *sql)
{
	return !strncmp(sql, "create", 6) || !strncmp(sql, "alter", 5) || !strncmp(sql, "drop", 4);
}

/* A lost connection is taken up again, but never inside a transaction. */
static void revive(struct conn *c)
{
	PGconn *fresh;

	if (PQstatus(c->pg) == CONNECTION_OK)
		return;
	fresh = connect_to(c->url);
	if (PQstatus(fresh) != CONNECTION_OK) {
		PQfinish(fresh);
		return;
	}
	PQfinish(c->pg);
	c->pg = fresh;
	forget_statements(c);
}

static bool is_spoken_once(const char *sql, size_t n)
{
	return is_ddl(sql) || (!n && (!strcmp(sql, "commit") || !strcmp(sql, "rollback") ||
					     !strncmp(sql, "begin", 5)));
}

static void post(struct conn *c, const char *sql, const struct val *args, size_t n)
{
	struct bound b;
	char name[NAME];
	const char *const *text = bind(&b, args, n);
	int sent;

	if (PQstatus(c->pg) != CONNECTION_OK && !c->sent_n)
		revive(c);
	for (size_t i = 0; i < n; i++)
		c->sent_bytes += text[i] ? strlen(text[i]) : 0;
	if (is_spoken_once(sql, n)) {
		sent = PQsendQueryParams(c->pg, sql, (int)n, NULL, text, NULL, NULL, 0);
	} else {
		prepare(c, sql, name);
		sent = PQsendQueryPrepared(c->pg, name, (int)n, text, NULL, NULL, 0);
	}
	note_sent(c, sent, sql, NULL);
	free(b.more);
	free(b.more_digits);
}

static bool settle(void *arg)
{
	struct conn *c = arg;
	PGresult *result;

	if (!c->sent_n && !c->lost)
		return true;
	result = hear(c);
	if (!result)
		return false;
	c->touched = strtoll(PQcmdTuples(result), NULL, 10);
	PQclear(result);
	return true;
}

/* A statement is up to three commands. */
static bool send_on(void *arg, const char *sql, const struct val *args, size_t n)
{
	struct conn *c = arg;

	post(c, sql, args, n);
	if (c->sent_n + 3 <= SENT_MAX && c->sent_bytes < SENT_BYTES && !c->lost)
		return true;
	return settle(c);
}

static void *start(void *arg, const char *sql, const struct val *args, size_t n)
{
	struct conn *c = arg;
	struct stmt *s;
	PGresult *result;

	post(c, sql, args, n);
	result = hear(c);
	if (!result)
		return NULL;
	/* "commit" of a transaction that had failed answers ROLLBACK. */
	if (!strcmp(sql, "commit") && strcmp(PQcmdStatus(result), "COMMIT") != 0) {
		snprintf(c->state, sizeof(c->state), "40001");
		snprintf(c->text, sizeof(c->text), "the commit was a rollback");
		PQclear(result);
		return NULL;
	}
	c->touched = strtoll(PQcmdTuples(result), NULL, 10);
	s = malloc(sizeof(*s));
	if (!s)
		abort();
	*s = (struct stmt){ .result = result, .row = -1 };
	return s;
}

static enum step step(void *arg)
{
	struct stmt *s = arg;

	return ++s->row < PQntuples(s->result) ? STEP_ROW : STEP_DONE;
}

static struct val val(void *arg, size_t column)
{
	struct stmt *s = arg;
	int at = (int)column;
	Oid type = PQftype(s->result, at);
	const char *text = PQgetvalue(s->result, s->row, at);

	if (PQgetisnull(s->result, s->row, at))
		return v_null();
	if (type == INT8_OID || type == INT4_OID)
		return v_int(strtoll(text, NULL, 10));
	if (type == BOOL_OID)
		return v_int(*text == 't');
	return v_text(text);
}

static void finish(void *arg)
{
	struct stmt *s = arg;

	PQclear(s->result);
	free(s);
}

static int64_t touched(void *conn)
{
	return ((struct conn *)conn)->touched;
}

static const char *why(void *conn)
{
	return ((struct conn *)conn)->text;
}

/* 23505 unique_violation; 23503, 23514, 23502 foreign key, check, not null;
 * 40001, 40P01, 55P03 two writers; 08, 57P0x, 25006, 53 (resources) away. */
static enum fault fault(void *arg)
{
	const char *s = ((struct conn *)arg)->state;

	if (!strcmp(s, "23505"))
		return FAULT_UNIQUE;
	if (!strncmp(s, "23", 2))
		return FAULT_RULE;
	if (!strncmp(s, "40", 2) || !strcmp(s, "55P03"))
		return FAULT_CLASH;
	if (!strncmp(s, "08", 2) || !strncmp(s, "57P", 3) || !strcmp(s, "25006") ||
		!strncmp(s, "53", 2))
		return FAULT_AWAY;
	return FAULT_OTHER;
}

static bool in_tx(void *arg)
{
	PGTransactionStatusType s = PQtransactionStatus(((struct conn *)arg)->pg);

	return s == PQTRANS_INTRANS || s == PQTRANS_INERROR || s == PQTRANS_ACTIVE;
}

static const char *version(void *conn)
{
	return ((struct conn *)conn)->version;
}

const struct driver postgres_driver = {
	.name = "postgres",
	.begin = "begin isolation level serializable",
	.still = "begin isolation level repeatable read, read only",
	.open = open_conn,
	.close = close_conn,
	.start = start,
	.send = send_on,
	.settle = settle,
	.step = step,
	.val = val,
	.finish = finish,
	.touched = touched,
	.why = why,
	.fault = fault,
	.in_tx = in_tx,
	.version = version,
	.copy = NULL,
};
