/* The queue: messages as rows, and what people may ask of them. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "mail/parts.h"

#define HOUR (INT64_C(3600) * 1000)

enum { BODY_DAYS = 30 };

bool mail_queue(struct ctx *cx, const struct mail *mail)
{
	char name[MESSAGE_NAME];
	const char *content;

	message_name(name);
	content = mime_content(cx, mail, name);
	return content &&
	       db_run(cx,
		       "insert into mail (ws, id, state, purpose, recipient, subject, content, message_name,"
		       " entity, record_id, user_id, once, tries, created_at, next_at)"
		       " values ($1, $2, 'waiting', $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13)"
		       " on conflict (ws, once) do nothing",
		       ARGS(v_int(cx->ws), v_int(store_id(db_store(cx->db), cx->now)),
			       v_text(mail->purpose), v_text(mail->to),
			       v_text(mail->subject ? mail->subject : ""), v_text(content),
			       v_text(name), v_text(mail->entity), v_id(mail->record_id),
			       v_id(mail->user_id), v_text(mail->once), v_int(cx->now),
			       v_int(mail->not_before > cx->now ? mail->not_before : cx->now)));
}

#define SHOWN                                                                                 \
	"select id, state, purpose, recipient, subject, tries, created_at, next_at, sent_at," \
	" problem, answer, message_name, message_domain, entity, record_id from mail where ws = $1"

static void write_answer(struct ctx *cx, struct json_out *j, const struct rows *r)
{
	const char *problem = rows_text(r, 9), *said = rows_text(r, 10);
	struct saying words = { problem, { said } };

	json_put_text(j, "said", *said ? said : NULL);
	json_put_text(j, "text", *problem ? words_say(cx->words, cx->mem, cx->lang, &words) : NULL);
}

static void write_row(struct ctx *cx, struct json_out *j, const struct rows *r)
{
	const char *state = rows_text(r, 1), *domain = rows_text(r, 12);
	bool goes_on = !strcmp(state, "waiting") || !strcmp(state, "failed");

	json_open(j, '{');
	json_put_int(j, "id", rows_int(r, 0));
	json_put_text(j, "state", state);
	json_put_text(j, "purpose", rows_text(r, 2));
	json_put_text(j, "to", rows_text(r, 3));
	json_put_text(j, "subject", rows_text(r, 4));
	json_put_int(j, "tries", rows_int(r, 5));
	json_put_time(j, "created_at", rows_int(r, 6));
	json_put_time(j, "next_at", goes_on ? rows_int(r, 7) : 0);
	json_put_time(j, "sent_at", rows_int(r, 8));
	write_answer(cx, j, r);
	json_put_text(
		j, "message_id", *domain ? textf(cx, "<%s@%s>", rows_text(r, 11), domain) : NULL);
	json_put_text(j, "entity", rows_val(r, 13).s);
	json_put_id(j, "record_id", rows_int(r, 14));
	json_close(j, '}');
}

/* "failed,given_up": each a state. */
static bool add_states(struct ctx *cx, const char *states, struct buf *sql, struct args *args)
{
	static const char *const known = ",waiting,sending,sent,failed,in_doubt,given_up,";
	char *rest = arena_dup(cx->mem, states), *one;
	size_t n = 0;

	buf_add(sql, " and state in (");
	while ((one = strsep(&rest, ","))) {
		if (!*one || n == 6 || !strstr(known, textf(cx, ",%s,", one)))
			return refuse_field(cx, "state", "query.value", textf(cx, "%.60s", one));
		buf_addf(sql, "%s$%zu", n++ ? ", " : "", args_add(args, v_text(one)));
	}
	buf_add(sql, ")");
	return true;
}

bool mail_write_page(struct ctx *cx, struct json_out *j, const struct mail_ask *ask)
{
	int64_t last = 0;
	struct args args;
	struct rows *r;
	struct buf sql;
	size_t n = 0;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	buf_add(&sql, SHOWN);
	if (ask->state && !add_states(cx, ask->state, &sql, &args))
		return false;
	if (ask->before)
		buf_addf(&sql, " and id < $%zu", args_add(&args, v_int(ask->before)));
	buf_addf(&sql, " order by id desc limit %zu", ask->limit + 1);
	json_open(j, '{');
	json_key(j, "items");
	json_open(j, '[');
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r) && n++ < ask->limit) {
		write_row(cx, j, r);
		last = rows_int(r, 0);
	}
	json_close(j, ']');
	json_put_text(j, "next", n > ask->limit ? textf(cx, "%" PRId64, last) : NULL);
	json_close(j, '}');
	return rows_end(r);
}

bool mail_write(struct ctx *cx, struct json_out *j, int64_t id)
{
	struct rows *r = db_query(cx, SHOWN " and id = $2", ARGS(v_int(cx->ws), v_int(id)));
	bool is_there = rows_next(r);

	if (is_there)
		write_row(cx, j, r);
	return rows_end(r) && (is_there || refuse(cx, PROBLEM_NOT_FOUND, "mail.not_found"));
}

static bool must_be_there(struct ctx *cx, int64_t id)
{
	int64_t n;

	return db_int(cx, &n, 0, "select count(*) from mail where ws = $1 and id = $2",
		       ARGS(v_int(cx->ws), v_int(id))) &&
	       (n || refuse(cx, PROBLEM_NOT_FOUND, "mail.not_found"));
}

bool mail_retry(struct ctx *cx, int64_t id)
{
	bool ok =
		tx_begin(cx) && must_be_there(cx, id) &&
		db_run(cx,
			"update mail set state = 'waiting', tries = 0, first_at = null, next_at = $3"
			" where ws = $1 and id = $2 and state in ('failed', 'given_up', 'in_doubt')",
			ARGS(v_int(cx->ws), v_int(id), v_int(cx->now))) &&
		(db_touched(cx) == 1 || refuse(cx, PROBLEM_CONFLICT, "mail.not_failed"));

	return tx_end(cx, ok);
}

/* Asked first, so that a minute without any takes no turn at writing. */
static bool is_any(struct ctx *cx, const char *which, int64_t when, bool *any)
{
	int64_t id;

	if (!db_int(cx, &id, 0,
		    textf(cx, "select id from mail where ws = $1 and %s limit 1", which),
		    ARGS(v_int(cx->ws), v_int(when))))
		return false;
	*any = id != 0;
	return true;
}

#define OLD "state = 'sent' and content is not null and sent_at < $2"
#define FAR MAIL_OPEN " and state <> 'waiting' and next_at > $2"

static bool let_bodies_go(struct ctx *cx)
{
	int64_t before = cx->now - BODY_DAYS * 24 * HOUR;
	bool any, ok;

	if (!is_any(cx, OLD, before, &any))
		return false;
	if (!any)
		return true;
	ok = tx_begin(cx) && db_run(cx, "update mail set content = null where ws = $1 and " OLD,
				     ARGS(v_int(cx->ws), v_int(before)));
	return tx_end(cx, ok);
}

static bool call_back(struct ctx *cx)
{
	int64_t after = cx->now + MAIL_LONGEST + HOUR;
	bool any, ok;

	if (!is_any(cx, FAR, after, &any))
		return false;
	if (!any)
		return true;
	ok = tx_begin(cx) && db_run(cx, "update mail set next_at = $3 where ws = $1 and " FAR,
				     ARGS(v_int(cx->ws), v_int(after), v_int(cx->now)));
	return tx_end(cx, ok);
}

#define LEFT "state = 'sending' and once is not null and next_at <= $2"

/* Whoever was saying it has died, or lost the store, and nobody knows more. */
static bool doubt(struct ctx *cx)
{
	bool any, ok;

	if (!is_any(cx, LEFT, cx->now, &any))
		return false;
	if (!any)
		return true;
	ok = tx_begin(cx) &&
	     db_run(cx, "update mail set state = 'in_doubt', problem = $3 where ws = $1 and " LEFT,
		     ARGS(v_int(cx->ws), v_int(cx->now), v_text("mail.in_doubt")));
	return tx_end(cx, ok);
}

bool mail_tidy(struct ctx *cx)
{
	return let_bodies_go(cx) && call_back(cx) && doubt(cx);
}

bool mail_waiting(struct ctx *cx, int64_t limit, int64_t *n)
{
	return db_int(cx, n, 0,
		"select count(*) from (select 1 from mail where ws = $1 and " MAIL_OPEN
		" limit $2) few",
		ARGS(v_int(cx->ws), v_int(limit)));
}
