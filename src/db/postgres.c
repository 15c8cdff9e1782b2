/* PostgreSQL by libpq: prepared once a connection, values as text. */
#include "db/driver.h"

#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE = 512, FEW_ARGS = 64, INT_DIGITS = 24, INT8_OID = 20, INT4_OID = 23, BOOL_OID = 16 };

struct conn {
	PGconn *pg;
	char *url;
	char *known[CACHE]; /* SQL prepared under the name of its place */
	char state[6];	    /* SQLSTATE of the last failure */
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
		free(c->known[i]);
		c->known[i] = NULL;
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

static void remember(struct conn *c, const PGresult *result)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;

	snprintf(c->state, sizeof(c->state), "%s", state ? state : "08000");
	snprintf(c->text, sizeof(c->text), "%s", PQerrorMessage(c->pg));
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

/* Have sql prepared under its slot's name; another one there makes way. */
static bool prepare(struct conn *c, const char *sql, char *name)
{
	size_t at = slot_of(sql);
	PGresult *result;
	bool ok;

	snprintf(name, 16, "s%zu", at);
	if (c->known[at] && !strcmp(c->known[at], sql))
		return true;
	if (c->known[at]) {
		char drop[32];

		snprintf(drop, sizeof(drop), "deallocate s%zu", at);
		PQclear(PQexec(c->pg, drop));
		free(c->known[at]);
		c->known[at] = NULL;
	}
	result = PQprepare(c->pg, name, sql, 0, NULL);
	ok = good(result);
	if (ok)
		c->known[at] = strdup(sql);
	else
		remember(c, result);
	PQclear(result);
	return ok;
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

static PGresult *execute(struct conn *c, const char *sql, const struct val *args, size_t n)
{
	struct bound b;
	char name[16];
	const char *const *text;
	PGresult *result = NULL;

	text = bind(&b, args, n);
	if (is_ddl(sql) || (!n && (!strcmp(sql, "commit") || !strcmp(sql, "rollback") ||
					  !strncmp(sql, "begin", 5))))
		result = PQexecParams(c->pg, sql, (int)n, NULL, text, NULL, NULL, 0);
	else if (prepare(c, sql, name))
		result = PQexecPrepared(c->pg, name, (int)n, text, NULL, NULL, 0);
	free(b.more);
	free(b.more_digits);
	return result;
}

static void *start(void *arg, const char *sql, const struct val *args, size_t n)
{
	struct conn *c = arg;
	struct stmt *s;
	PGresult *result;

	if (PQstatus(c->pg) != CONNECTION_OK)
		revive(c);
	result = execute(c, sql, args, n);
	if (!result)
		return NULL;
	if (!good(result)) {
		remember(c, result);
		PQclear(result);
		return NULL;
	}
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
	.open = open_conn,
	.close = close_conn,
	.start = start,
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
