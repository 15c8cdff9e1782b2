/* office - a fresh workspace for a test, and ways to ask it things.
 *
 * On SQLite a file in a new folder under $TMPDIR; with TEST_DB=postgres://...
 * a schema of its own in that database.  Both are gone at office_close(). */
#pragma once

#include "api/api.h"
#include "record/record.h"

struct office {
	struct store *store;
	struct words *words;
	struct arena *mem; /* keeps answers until the test ends */
	struct who system;
	struct api api;
	char place[256]; /* folder, or name of the schema */
	char url[512];
	int64_t now; /* of the next ctx; starts at a fixed Monday */
};

enum office_kind { OFFICE_BARE, OFFICE_EMPTY, OFFICE_DEMO };

/* OFFICE_BARE: tables only; EMPTY: seeded, the admin being admin@example.it
 * with OFFICE_PASSWORD; DEMO: with the invented firm. */
struct office *office_open(enum office_kind kind);
void office_close(struct office *o);
#define OFFICE_PASSWORD "una parola lunga"
#define OFFICE_ADMIN "admin@example.it"
#define OFFICE_NOW INT64_C(1767603600000) /* 2026-01-05 10:00 in Rome */

/* A ctx of the program itself, which may all; in o->mem. */
struct ctx office_ctx(struct office *o);
/* A ctx of a user of that e-mail, with his rights and language. */
struct ctx office_ctx_of(struct office *o, const char *email);
/* A bearer token of that user: "Bearer crm_..." */
const char *office_token(struct office *o, const char *email);
/* A user with a role ("sales"...) in a team (0: none); his id. */
int64_t office_user(struct office *o, const char *email, const char *role, int64_t team_id);

/* Ask a door; returns the status, *answer is the body. */
int office_ask(struct office *o, const char *token, const char *method, const char *path,
	const char *body, const char **answer);
int office_send(struct office *o, const struct api_request *req, struct api_answer *answer);
int64_t office_count(struct office *o, const char *sql); /* $1 is ws */
