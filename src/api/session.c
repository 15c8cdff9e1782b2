/* Signing in and out, tokens, passwords. */
#include <string.h>

#include "api/handlers.h"
#include "api/limiter.h"
#include "api/welcome.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fold.h"
#include "base/secret.h"
#include "base/words.h"
#include "crm/entities.h"
#include "record/op.h"

enum { IDLE_MS = 12 * 3600 * 1000, PASSWORD_MIN = 10, PASSWORD_MAX = 128 };
static const int64_t session_ms = INT64_C(30) * 86400 * 1000;

static const char *cookie_name(const struct api_request *req)
{
	return req->is_secure ? "__Host-crisalide" : "crisalide";
}

/* The cookie's value, or NULL. */
static const char *cookie_value(struct ctx *cx, const struct api_request *req)
{
	const char *name = cookie_name(req);
	const char *at = req->cookie;
	size_t n = strlen(name);

	while (at && *at) {
		at += strspn(at, "; ");
		if (!strncmp(at, name, n) && at[n] == '=') {
			size_t len = strcspn(at + n + 1, "; ");

			return textf(cx, "%.*s", (int)(len < 200 ? len : 200), at + n + 1);
		}
		at += strcspn(at, ";");
	}
	return NULL;
}

static bool signed_out(struct ctx *cx)
{
	return refuse(cx, PROBLEM_SIGNED_OUT, "problem.signed_out");
}

static bool load_who(struct ctx *cx, int64_t user_id, struct who **who)
{
	return rights_who(cx, user_id, who) && (*who || signed_out(cx));
}

static bool user_of_session(struct ctx *cx, const char *hash, int64_t *user)
{
	struct rows *r = db_query(cx,
		"select user_id, seen_at from session where ws = $1 and hash = $2"
		" and created_at > $3 and seen_at > $4",
		ARGS(v_int(cx->ws), v_text(hash), v_int(cx->now - session_ms),
			v_int(cx->now - IDLE_MS)));
	int64_t seen = cx->now;

	*user = 0;
	if (rows_next(r)) {
		*user = rows_int(r, 0);
		seen = rows_int(r, 1);
	}
	if (!rows_end(r))
		return false;
	if (!*user || cx->now - seen < 600000)
		return true;
	/* Seen anew now and then, not with each request. */
	return tx_end(cx,
		tx_begin(cx) &&
			db_run(cx, "update session set seen_at = $3 where ws = $1 and hash = $2",
				ARGS(v_int(cx->ws), v_text(hash), v_int(cx->now))));
}

static bool user_of_token(struct ctx *cx, const char *hash, int64_t *user)
{
	return db_int(cx, user, 0,
		"select user_id from token where ws = $1 and hash = $2 and ended_at is null",
		ARGS(v_int(cx->ws), v_text(hash)));
}

bool api_sign_in(struct ctx *cx, struct api_call *call)
{
	const struct api_request *req = call->req;
	const char *given = NULL;
	struct who *who;
	char hash[HASH_TEXT];
	int64_t user = 0;
	bool ok;

	if (req->authorization) {
		if (strncasecmp(req->authorization, "Bearer ", 7) != 0)
			return signed_out(cx);
		given = req->authorization + 7;
	} else {
		given = cookie_value(cx, req);
		call->by_cookie = given != NULL;
	}
	if (!given || !*given)
		return signed_out(cx);
	secret_digest(given, strlen(given), hash);
	ok = call->by_cookie ? user_of_session(cx, hash, &user) : user_of_token(cx, hash, &user);
	if (!ok)
		return false;
	if (!user || !load_who(cx, user, &who))
		return user ? false : signed_out(cx);
	who->session = arena_dup(cx->mem, hash);
	cx->who = who;
	return true;
}

static bool write_me(struct ctx *cx, struct api_call *call)
{
	struct record *me;

	if (!record_load(cx, &user_entity, cx->who->id, RIGHT_READ, &me))
		return false;
	json_open(&call->out, '{');
	json_key(&call->out, "user");
	record_write(cx, &call->out, me);
	json_close(&call->out, '}');
	return true;
}

bool session_read(struct ctx *cx, struct api_call *call)
{
	return write_me(cx, call);
}

/* Known or not, active or not: the same words after the same time. */
static bool check_password(struct ctx *cx, const char *email, const char *password, int64_t *user)
{
	struct rows *r = db_query(cx,
		"select id, password_hash, active from member where ws = $1 and email = $2"
		" and removed_at is null",
		ARGS(v_int(cx->ws), v_text(email)));
	const char *hash = "";
	bool active = false;

	if (rows_next(r)) {
		*user = rows_int(r, 0);
		hash = rows_text(r, 1);
		active = rows_int(r, 2) == 1;
	}
	if (!rows_end(r))
		return false;
	if (!*hash) {
		password_pretend(password);
		*user = 0;
	} else if (!password_fits(hash, password) || !active) {
		*user = 0;
	}
	return *user ? true : refuse(cx, PROBLEM_SIGNED_OUT, "session.wrong");
}

static bool open_session(struct ctx *cx, struct api_call *call, int64_t user)
{
	char token[TOKEN_TEXT], hash[HASH_TEXT];
	const struct api_request *req = call->req;
	const char *old = cookie_value(cx, req);
	char old_hash[HASH_TEXT] = "";
	bool ok;

	token_make(token);
	secret_digest(token, strlen(token), hash);
	if (old)
		secret_digest(old, strlen(old), old_hash);
	ok = tx_begin(cx) &&
	     db_run(cx, "delete from session where ws = $1 and hash = $2",
		     ARGS(v_int(cx->ws), v_text(old_hash))) &&
	     db_run(cx,
		     "insert into session (ws, hash, user_id, created_at, seen_at, address, agent)"
		     " values ($1, $2, $3, $4, $4, $5, $6)",
		     ARGS(v_int(cx->ws), v_text(hash), v_int(user), v_int(cx->now),
			     v_text(req->peer),
			     v_text(req->agent ? textf(cx, "%.200s", req->agent) : NULL)));
	if (!tx_end(cx, ok))
		return false;
	call->answer->cookie = textf(cx, "%s=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000%s",
		cookie_name(req), token, req->is_secure ? "; Secure" : "");
	return true;
}

static bool wait_first(struct ctx *cx, const struct api_call *call, const char *key)
{
	int wait =
		call->api->no_limits ? 0 : limiter_try(call->api->limiter, key, clock_monotonic());

	if (!wait)
		return true;
	refuse(cx, PROBLEM_TOO_MANY, "session.wait", textf(cx, "%d", wait));
	cx->problem.retry_after = wait;
	return false;
}

bool session_start(struct ctx *cx, struct api_call *call)
{
	const char *email = NULL, *password = NULL, *key;
	struct who *who;
	int64_t user = 0;

	if (!body_only(cx, call, "email password") || !body_text(cx, call, "email", &email) ||
		!body_text(cx, call, "password", &password))
		return false;
	if (!email || !*email)
		refuse_field(cx, "email", "field.required");
	if (!password || !*password)
		refuse_field(cx, "password", "field.required");
	if (cx->problem.kind != PROBLEM_NONE)
		return false;
	key = textf(cx, "%s %.200s", call->req->peer ? call->req->peer : "", fold(cx->mem, email));
	if (!wait_first(cx, call, key) || !check_password(cx, email, password, &user))
		return false;
	if (!call->api->no_limits)
		limiter_forgive(call->api->limiter, key);
	if (!load_who(cx, user, &who))
		return false;
	cx->who = who;
	return open_session(cx, call, user) && write_me(cx, call);
}

/* Where no demo is served there is no secret that would do. */
bool session_welcome(struct ctx *cx, struct api_call *call)
{
	struct welcome *welcome = call->api->welcome;
	const char *secret = NULL;
	struct who *who;
	int64_t user;

	if (!body_only(cx, call, "secret") || !body_text(cx, call, "secret", &secret))
		return false;
	if (!secret || !*secret)
		return refuse_field(cx, "secret", "field.required");
	user = welcome ? welcome_take(welcome, secret, clock_monotonic()) : 0;
	if (!user)
		return refuse(cx, PROBLEM_SIGNED_OUT, "session.welcome");
	if (!load_who(cx, user, &who))
		return false;
	cx->who = who;
	return open_session(cx, call, user) && write_me(cx, call);
}

bool session_end(struct ctx *cx, struct api_call *call)
{
	bool ok = tx_begin(cx) && db_run(cx, "delete from session where ws = $1 and hash = $2",
					  ARGS(v_int(cx->ws), v_text(cx->who->session)));

	if (!tx_end(cx, ok))
		return false;
	call->answer->cookie = textf(cx, "%s=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0%s",
		cookie_name(call->req), call->req->is_secure ? "; Secure" : "");
	json_open(&call->out, '{');
	json_put_bool(&call->out, "ok", true);
	json_close(&call->out, '}');
	return true;
}

static bool check_new_password(struct ctx *cx, const char *password)
{
	size_t n = password ? utf8_length(password) : 0;

	if (n < PASSWORD_MIN || n > PASSWORD_MAX)
		return refuse_field(cx, "password", "password.length");
	return true;
}

/* One's own needs the present one; an admin may set another's. */
static bool may_set_password(
	struct ctx *cx, const struct api_call *call, const struct record *user, const char *current)
{
	const char *key;

	if (user->id != cx->who->id)
		return demand_admin(cx);
	if (!current)
		return refuse_field(cx, "current", "field.required");
	key = textf(cx, "password %lld", (long long)user->id);
	if (!wait_first(cx, call, key))
		return false;
	if (!password_fits(record_text(user, "password_hash"), current))
		return refuse_field(cx, "current", "password.wrong");
	if (!call->api->no_limits)
		limiter_forgive(call->api->limiter, key);
	return true;
}

static bool put_password(struct ctx *cx, struct record *user, const char *hash)
{
	record_set_text(user, "password_hash", hash);
	return record_store(cx, user) &&
	       db_run(cx, "delete from session where ws = $1 and user_id = $2 and hash <> $3",
		       ARGS(v_int(cx->ws), v_int(user->id), v_text(cx->who->session)));
}

bool users_password(struct ctx *cx, struct api_call *call)
{
	const char *password = NULL, *current = NULL;
	char hash[SECRET_HASH];
	struct record *user;
	bool ok = body_only(cx, call, "password current") &&
		  body_text(cx, call, "password", &password) &&
		  body_text(cx, call, "current", &current) &&
		  record_load(cx, &user_entity, call->id, RIGHT_READ, &user) &&
		  may_set_password(cx, call, user, current) && check_new_password(cx, password);

	if (!ok)
		return false;
	if (!password_hash(password, hash))
		return broken(cx, "no memory for a password hash");
	ok = op_begin(cx, "user.password") && put_password(cx, user, hash);
	return op_end(cx, ok) && write_record(cx, call, user);
}

static void write_token(struct json_out *j, int64_t id, const char *name, const char *token)
{
	json_open(j, '{');
	json_put_int(j, "id", id);
	json_put_text(j, "name", name);
	if (token)
		json_put_text(j, "token", token);
	json_close(j, '}');
}

bool tokens_list(struct ctx *cx, struct api_call *call)
{
	struct rows *r = db_query(cx,
		"select id, name from token where ws = $1 and user_id = $2"
		" and ended_at is null order by id desc limit 500",
		ARGS(v_int(cx->ws), v_int(cx->who->id)));

	json_open(&call->out, '{');
	json_key(&call->out, "items");
	json_open(&call->out, '[');
	while (rows_next(r))
		write_token(&call->out, rows_int(r, 0), rows_text(r, 1), NULL);
	json_close(&call->out, ']');
	json_close(&call->out, '}');
	return rows_end(r);
}

bool tokens_create(struct ctx *cx, struct api_call *call)
{
	char token[TOKEN_TEXT], hash[HASH_TEXT];
	const char *name = NULL;
	int64_t id;
	bool ok;

	if (!body_only(cx, call, "name") || !body_text(cx, call, "name", &name))
		return false;
	if (!name || !*name || strlen(name) > 200)
		return refuse_field(
			cx, "name", name && *name ? "field.too_long" : "field.required", "200");
	token_make(token);
	secret_digest(token, strlen(token), hash);
	id = store_id(db_store(cx->db), cx->now);
	ok = tx_begin(cx) &&
	     db_run(cx,
		     "insert into token (ws, id, hash, user_id, name, created_at) values ($1, $2, $3, $4, $5, $6)",
		     ARGS(v_int(cx->ws), v_int(id), v_text(hash), v_int(cx->who->id), v_text(name),
			     v_int(cx->now)));
	if (!tx_end(cx, ok))
		return false;
	write_token(&call->out, id, name, token);
	return true;
}

bool tokens_end(struct ctx *cx, struct api_call *call)
{
	bool ok =
		body_only(cx, call, "") && tx_begin(cx) &&
		db_run(cx,
			"update token set ended_at = $4 where ws = $1 and id = $2 and user_id = $3"
			" and ended_at is null",
			ARGS(v_int(cx->ws), v_int(call->id), v_int(cx->who->id), v_int(cx->now))) &&
		(db_touched(cx) == 1 || refuse(cx, PROBLEM_NOT_FOUND, "token.not_found"));

	if (!tx_end(cx, ok))
		return false;
	write_token(&call->out, call->id, "", NULL);
	return true;
}
