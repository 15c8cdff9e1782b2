/* Addresses that are left alone, by their hashes. */
#include "crm/suppression.h"

#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "base/secret.h"

const char *suppression_hash(struct ctx *cx, const char *email)
{
	const char *text = textf(cx, "address %s", fold(cx->mem, email));
	char hash[HASH_TEXT];

	secret_digest(text, strlen(text), hash);
	return arena_dup(cx->mem, hash);
}

bool suppression_has(struct ctx *cx, const char *hash, bool *has)
{
	int64_t n = 0;

	if (!db_int(cx, &n, 0, "select count(*) from suppression where ws = $1 and hash = $2",
		    ARGS(v_int(cx->ws), v_text(hash))))
		return false;
	*has = n > 0;
	return true;
}

bool suppression_put(struct ctx *cx, const char *hash, const char *why)
{
	return db_run(cx,
		"insert into suppression (ws, hash, why, at) values ($1, $2, $3, $4)"
		" on conflict (ws, hash) do nothing",
		ARGS(v_int(cx->ws), v_text(hash), v_text(why), v_int(cx->now)));
}

bool suppression_lift(struct ctx *cx, const char *hash)
{
	return db_run(cx, "delete from suppression where ws = $1 and hash = $2",
		ARGS(v_int(cx->ws), v_text(hash)));
}

bool suppression_write(struct ctx *cx, struct json_out *j, const char *email)
{
	struct rows *r = db_query(cx, "select why, at from suppression where ws = $1 and hash = $2",
		ARGS(v_int(cx->ws), v_text(suppression_hash(cx, email))));
	bool is_there = rows_next(r);

	json_open(j, '{');
	json_put_bool(j, "suppressed", is_there);
	json_put_text(j, "why", is_there ? rows_text(r, 0) : NULL);
	json_put_time(j, "at", is_there ? rows_int(r, 1) : 0);
	json_close(j, '}');
	return rows_end(r);
}
