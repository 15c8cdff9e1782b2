/* Addresses that are left alone, by their hashes. */
#include "crm/suppression.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "base/secret.h"
#include "record/rights.h"

enum { MARK = 12, REASON_MAX = 500, TOLD_MAX = 50 };

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

static bool note(struct ctx *cx, const char *hash, const char *what, const char *reason)
{
	return db_run(cx,
		"insert into suppression_change (ws, id, hash, what, reason, at, user_id)"
		" values ($1, $2, $3, $4, $5, $6, $7)",
		ARGS(v_int(cx->ws), v_int(store_id(db_store(cx->db), cx->now)), v_text(hash),
			v_text(what), *reason ? v_text(reason) : v_null(), v_int(cx->now),
			v_id(cx->who ? cx->who->id : 0)));
}

bool suppression_put(struct ctx *cx, const char *hash, const char *why, const char *reason)
{
	int64_t at;

	return db_int(cx, &at, 0,
		       "insert into suppression (ws, hash, why, at) values ($1, $2, $3, $4)"
		       " on conflict (ws, hash) do nothing returning at",
		       ARGS(v_int(cx->ws), v_text(hash), v_text(why), v_int(cx->now))) &&
	       (!at || note(cx, hash, why, reason));
}

static bool must_be_short(struct ctx *cx, const char *reason)
{
	return utf8_length(reason) <= REASON_MAX ||
	       refuse_field(cx, "reason", "field.too_long", textf(cx, "%d", REASON_MAX));
}

bool suppression_add(struct ctx *cx, const char *email, const char *reason)
{
	if (!must_be_short(cx, reason))
		return false;

	bool ok =
		tx_begin(cx) && suppression_put(cx, suppression_hash(cx, email), "by_hand", reason);

	return tx_end(cx, ok);
}

/* Who left must have said that he wants to hear of us again: that is kept. */
bool suppression_lift(struct ctx *cx, const char *email, const char *reason)
{
	const char *hash = suppression_hash(cx, email);
	int64_t at = 0;

	if (!*reason)
		return refuse_field(cx, "reason", "field.required");
	if (!must_be_short(cx, reason))
		return false;

	bool ok = tx_begin(cx) &&
		  db_int(cx, &at, 0,
			  "delete from suppression where ws = $1 and hash = $2 returning at",
			  ARGS(v_int(cx->ws), v_text(hash))) &&
		  (!at || note(cx, hash, "lifted", reason));

	return tx_end(cx, ok);
}

#define CHANGES                                                                           \
	"select c.id, c.what, c.reason, c.at, c.user_id, u.name, c.hash"                  \
	" from suppression_change c left join member u on u.ws = $1 and u.id = c.user_id" \
	" where c.ws = $1"

static void write_change(struct ctx *cx, struct json_out *j, const struct rows *r, bool marked)
{
	json_open(j, '{');
	json_put_int(j, "id", rows_int(r, 0));
	if (marked)
		json_put_text(j, "mark", textf(cx, "%.*s", MARK, rows_text(r, 6)));
	json_put_text(j, "what", rows_text(r, 1));
	json_put_text(j, "reason", rows_val(r, 2).s);
	json_put_time(j, "at", rows_int(r, 3));
	json_put_id(j, "user_id", rows_int(r, 4));
	json_put_text(j, "user", rows_val(r, 5).s);
	json_close(j, '}');
}

static bool write_history(struct ctx *cx, struct json_out *j, const char *hash)
{
	struct rows *r = db_query(cx, CHANGES " and c.hash = $2 order by c.id desc limit $3",
		ARGS(v_int(cx->ws), v_text(hash), v_int(TOLD_MAX)));

	json_key(j, "history");
	json_open(j, '[');
	while (rows_next(r))
		write_change(cx, j, r, false);
	json_close(j, ']');
	return rows_end(r);
}

bool suppression_write(struct ctx *cx, struct json_out *j, const char *email)
{
	const char *hash = suppression_hash(cx, email);
	struct rows *r = db_query(cx, "select why, at from suppression where ws = $1 and hash = $2",
		ARGS(v_int(cx->ws), v_text(hash)));
	bool is_there = rows_next(r), ok;

	json_open(j, '{');
	json_put_text(j, "mark", textf(cx, "%.*s", MARK, hash));
	json_put_bool(j, "suppressed", is_there);
	json_put_text(j, "why", is_there ? rows_text(r, 0) : NULL);
	json_put_time(j, "at", is_there ? rows_int(r, 1) : 0);
	ok = rows_end(r) && write_history(cx, j, hash);
	json_close(j, '}');
	return ok;
}

bool suppression_write_page(struct ctx *cx, struct json_out *j, int64_t before, size_t limit)
{
	int64_t count = 0, last = 0;
	struct rows *r;
	size_t n = 0;

	if (!db_int(cx, &count, 0, "select count(*) from suppression where ws = $1",
		    ARGS(v_int(cx->ws))))
		return false;
	json_open(j, '{');
	json_put_int(j, "count", count);
	json_key(j, "items");
	json_open(j, '[');
	r = db_query(cx, CHANGES " and c.id < $2 order by c.id desc limit $3",
		ARGS(v_int(cx->ws), v_int(before ? before : INT64_MAX), v_int((int64_t)limit + 1)));
	while (rows_next(r) && n++ < limit) {
		write_change(cx, j, r, true);
		last = rows_int(r, 0);
	}
	json_close(j, ']');
	json_put_text(j, "next", n > limit ? textf(cx, "%" PRId64, last) : NULL);
	json_close(j, '}');
	return rows_end(r);
}
