/* A fresh workspace for each test, on either engine. */
#include "office.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/limiter.h"
#include "base/arena.h"
#include "base/secret.h"
#include "base/words.h"
#include "crm/entities.h"
#include "crm/seed.h"
#include "record/op.h"
#include "record/schema.h"

/* Of the program's embedded files. */
extern const char *const locale_texts[LANG_COUNT];

static void die(const char *what, const char *why)
{
	fprintf(stderr, "office: %s: %s\n", what, why);
	abort();
}

static struct store *open_at(const char *url)
{
	struct store_options so = { .url = url, .purpose = "test", .readers = 64 };
	char why[512];
	struct store *s = store_open(&so, why, sizeof(why));

	if (!s)
		die(url, why);
	return s;
}

static void run_outside(const char *url, const char *sql)
{
	struct store *s = open_at(url);
	struct arena *mem = arena_new();
	struct ctx cx = { .mem = mem, .db = db_session(s, mem) };

	if (!db_run(&cx, sql, NO_ARGS))
		die(sql, cx.problem.detail ? cx.problem.detail : "");
	arena_free(mem);
	store_close(s);
}

static void find_place(struct office *o)
{
	const char *pg = getenv("TEST_DB"), *tmp = getenv("TMPDIR");
	char sql[300];

	if (!pg || !*pg) {
		snprintf(o->place, sizeof(o->place), "%s/office-XXXXXX", tmp ? tmp : "/tmp");
		if (!mkdtemp(o->place))
			die(o->place, "no folder");
		snprintf(o->url, sizeof(o->url), "%s/crisalide.db", o->place);
		return;
	}
	snprintf(o->place, sizeof(o->place), "test_%ld_%lld", (long)getpid(),
		(long long)(intptr_t)o & 0xffffff);
	snprintf(sql, sizeof(sql), "create schema %s", o->place);
	run_outside(pg, sql);
	snprintf(o->url, sizeof(o->url), "%s%coptions=-csearch_path%%3D%s", pg,
		strchr(pg, '?') ? '&' : '?', o->place);
}

struct ctx office_ctx(struct office *o)
{
	o->now += 1000;
	return (struct ctx){ .mem = o->mem,
		.db = db_session(o->store, o->mem),
		.words = o->words,
		.who = &o->system,
		.ws = 1,
		.now = o->now,
		.lang = LANG_EN,
		.request_id = "test",
		.zone = "Europe/Rome",
		.entities = o->api.entities };
}

/* Hashing takes 50 ms: once for all tests of a program. */
static const char *hash_once(void)
{
	static char hash[SECRET_HASH];

	if (!*hash && !password_hash(OFFICE_PASSWORD, hash))
		die("password", "no memory");
	return hash;
}

struct office *office_open(enum office_kind kind)
{
	struct office *o = calloc(1, sizeof(*o));
	struct seed seed = { .email = OFFICE_ADMIN,
		.name = "Ada Admin",
		.lang = "en",
		.firm = "Prova srl",
		.demo = kind == OFFICE_DEMO };
	struct ctx cx;

	if (!o || !secret_start())
		abort();
	o->now = OFFICE_NOW;
	o->system = (struct who){ .is_system = true };
	find_place(o);
	o->mem = arena_new();
	o->words = words_new(locale_texts);
	o->store = open_at(o->url);
	o->api = (struct api){ .store = o->store,
		.words = o->words,
		.entities = entities,
		.ws = 1,
		.limiter = limiter_new() };
	cx = office_ctx(o);
	seed.password_hash = hash_once();
	if (!schema_apply(&cx, entities) || (kind != OFFICE_BARE && !seed_workspace(&cx, &seed)))
		die(words_say(o->words, o->mem, LANG_EN, &cx.problem.text),
			cx.problem.detail ? cx.problem.detail : "");
	return o;
}

static void remove_place(const struct office *o)
{
	static const char *const ends[] = { "", "-wal", "-shm", ".lock" };
	char path[600];

	if (getenv("TEST_DB") && *getenv("TEST_DB")) {
		snprintf(path, sizeof(path), "drop schema %s cascade", o->place);
		run_outside(getenv("TEST_DB"), path);
		return;
	}
	for (size_t i = 0; i < COUNT(ends); i++) {
		snprintf(path, sizeof(path), "%s%s", o->url, ends[i]);
		unlink(path);
	}
	rmdir(o->place);
}

void office_close(struct office *o)
{
	arena_free(o->mem);
	store_close(o->store);
	words_free(o->words);
	limiter_free(o->api.limiter);
	remove_place(o);
	free(o);
}

int office_send(struct office *o, const struct api_request *req, struct api_answer *answer)
{
	struct ctx cx = office_ctx(o);

	cx.who = NULL;
	api_handle(&cx, &o->api, req, answer);
	if (answer->status >= 500 && cx.problem.detail &&
		!strstr(cx.problem.detail, "a test said so"))
		fprintf(stderr, "%s %s: %s:%d: %s\n", req->method, req->path, cx.problem.file,
			cx.problem.line, cx.problem.detail);
	db_rest(cx.db);
	return answer->status;
}

int office_ask(struct office *o, const char *token, const char *method, const char *path,
	const char *body, const char **answer)
{
	const char *query = strchr(path, '?');
	struct api_request req = { .method = method,
		.path = path,
		.query = query ? query + 1 : "",
		.body = body ? body : "",
		.body_len = body ? strlen(body) : 0,
		.content_type = body ? "application/json" : NULL,
		.authorization = token,
		.host = "127.0.0.1",
		.peer = "127.0.0.1",
		.accept_language = "en" };
	struct api_answer got;

	if (query) {
		char *plain = arena_dup(o->mem, path);

		plain[query - path] = '\0';
		req.path = plain;
	}
	office_send(o, &req, &got);
	*answer = got.body;
	return got.status;
}

static int64_t user_named(struct office *o, const char *email)
{
	struct ctx cx = office_ctx(o);
	int64_t id = 0;

	if (!db_int(&cx, &id, 0, "select id from member where ws = $1 and email = $2",
		    ARGS(v_int(1), v_text(email))) ||
		!id)
		die(email, "no such user");
	db_rest(cx.db);
	return id;
}

const char *office_token(struct office *o, const char *email)
{
	char token[TOKEN_TEXT], hash[HASH_TEXT];
	struct ctx cx = office_ctx(o);
	bool ok;

	token_make(token);
	secret_digest(token, strlen(token), hash);
	ok = tx_begin(&cx) &&
	     db_run(&cx,
		     "insert into token (ws, id, hash, user_id, name, created_at)"
		     " values ($1, $2, $3, $4, 'test', $5)",
		     ARGS(v_int(1), v_int(store_id(o->store, cx.now)), v_text(hash),
			     v_int(user_named(o, email)), v_int(cx.now)));
	if (!tx_end(&cx, ok))
		die("token", cx.problem.detail ? cx.problem.detail : "");
	db_rest(cx.db);
	return textf(&cx, "Bearer %s", token);
}

struct ctx office_ctx_of(struct office *o, const char *email)
{
	struct ctx cx = office_ctx(o);
	struct api_request req = {
		.method = "GET", .path = "/", .authorization = office_token(o, email)
	};
	struct api_call call = { .api = &o->api, .req = &req };

	cx.who = NULL;
	if (!api_sign_in(&cx, &call))
		die(email, "cannot sign in");
	return cx;
}

int64_t office_user(struct office *o, const char *email, const char *role, int64_t team_id)
{
	struct ctx cx = office_ctx(o);
	struct record *user = record_new(&cx, &user_entity);
	int64_t role_id = 0;
	bool ok;

	if (!db_int(&cx, &role_id, 0,
		    "select id from role where ws = $1 and lower(name_en) = lower($2)",
		    ARGS(v_int(1), v_text(role))) ||
		!role_id)
		die(role, "no such role");
	record_set_text(user, "email", email);
	record_set_text(user, "name", email);
	record_set_text(user, "lang", "en");
	record_set_text(user, "password_hash", hash_once());
	record_set(user, "role_id", v_int(role_id));
	record_set(user, "team_id", v_id(team_id));
	record_set(user, "active", v_int(1));
	ok = op_begin(&cx, "record.create") && record_store(&cx, user);
	if (!op_end(&cx, ok))
		die(email, cx.problem.detail ? cx.problem.detail : cx.problem.text.key);
	db_rest(cx.db);
	return user->id;
}

int64_t office_count(struct office *o, const char *sql)
{
	struct ctx cx = office_ctx(o);
	int64_t n = -1;

	if (!db_int(&cx, &n, -1, sql, ARGS(v_int(1))))
		die(sql, cx.problem.detail ? cx.problem.detail : "");
	db_rest(cx.db);
	return n;
}
