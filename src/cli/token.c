/* crisalide token: a bearer token for programs. */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "cli/cli.h"

static bool make(struct ctx *cx, const char *email, const char *name, char *token)
{
	char hash[HASH_TEXT];
	int64_t user = 0;
	bool ok = db_int(cx, &user, 0,
		"select id from member where ws = $1 and email = $2 and active = 1"
		" and removed_at is null",
		ARGS(v_int(cx->ws), v_text(email)));

	if (!ok)
		return false;
	if (!user)
		return refuse(cx, PROBLEM_NOT_FOUND, "token.no_user", email);
	token_make(token);
	secret_digest(token, strlen(token), hash);
	ok = tx_begin(cx) &&
	     db_run(cx,
		     "insert into token (ws, id, hash, user_id, name, created_at) values ($1, $2, $3, $4, $5, $6)",
		     ARGS(v_int(cx->ws), v_int(store_id(db_store(cx->db), cx->now)), v_text(hash),
			     v_int(user), v_text(name), v_int(cx->now)));
	return tx_end(cx, ok);
}

static int run(const struct command_line *line)
{
	char token[TOKEN_TEXT];
	struct desk d;
	int code = 0;

	if (!desk_open(&d, line, "token", true))
		return 1;
	if (desk_make_tables(&d) && make(&d.cx, option(line, "user", ""),
					    option(line, "name", "crisalide token"), token))
		printf("%s\n", token);
	else
		code = desk_fail(&d);
	desk_close(&d);
	return code;
}

static const struct option_spec options[] = {
	{ "data", "DIR", "the folder of the workspace" },
	{ "store", "URL", "or its PostgreSQL database" },
	{ "user", "EMAIL", "whose token it is", true },
	{ "name", "NAME", "what it is for" },
	{ 0 },
};

const struct command token_command = {
	"token",
	"--data DIR --user EMAIL",
	"Print a bearer token.",
	options,
	0,
	run,
};
