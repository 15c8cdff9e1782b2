/* driver - what an engine must do; sqlite.c and postgres.c do it. */
#pragma once

#include "db/db.h"

enum step { STEP_ROW, STEP_DONE, STEP_FAILED };

/* What kind of failure the last one was. */
enum fault {
	FAULT_OTHER,
	FAULT_UNIQUE, /* a unique value taken */
	FAULT_RULE,   /* a foreign key or a check says no */
	FAULT_CLASH,  /* two writers met */
	FAULT_AWAY,   /* the connection or the disk is gone or full */
};

struct driver {
	const char *name;
	const char *begin; /* how a writing transaction starts */
	const char *still; /* ... and one that reads what there is at one moment */
	/* NULL, and the reason in why, when it cannot be opened. */
	void *(*open)(const char *url, bool writes, char *why, size_t size);
	void (*close)(void *conn);
	/* NULL when the statement cannot be started; why() then tells. */
	void *(*start)(void *conn, const char *sql, const struct val *args, size_t n);
	/* Send one whose rows nobody reads, and do not wait; false: this or one
	 * sent before failed.  settle() hears what became of them; start() does so
	 * too, and fails when they did.  NULL: every statement is answered at once. */
	bool (*send)(void *conn, const char *sql, const struct val *args, size_t n);
	bool (*settle)(void *conn);
	enum step (*step)(void *stmt);
	struct val (*val)(void *stmt, size_t column); /* valid until next step */
	void (*finish)(void *stmt);
	int64_t (*touched)(void *conn);
	const char *(*why)(void *conn);
	enum fault (*fault)(void *conn);
	/* Whether the transaction that was begun still stands. */
	bool (*in_tx)(void *conn);
	const char *(*version)(void *conn);
	/* Copy the store into a new file; NULL when the engine has no such way. */
	bool (*copy)(void *conn, const char *file, char *why, size_t size);
};

extern const struct driver sqlite_driver, postgres_driver;
