/* Posts that are no leads yet: doubtful ones, and those whose address is still
 * to be confirmed.  A plain table: what goes leaves no trace. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fold.h"
#include "base/secret.h"
#include "base/words.h"
#include "crm/firm.h"
#include "crm/form_parts.h"
#include "crm/mail_server.h"
#include "record/op.h"

#define DAY (INT64_C(86400) * 1000)

enum { DOUBTFUL_DAYS = 30, WAITING_DAYS = 2, LISTED = 200, ANSWERS_MAX = 32 };

struct post {
	const char *state, *why, *address, *token;
	bool consent;
};

static const char *digest(struct ctx *cx, const char *text)
{
	char hash[HASH_TEXT];

	secret_digest(text, strlen(text), hash);
	return arena_dup(cx->mem, hash);
}

static const char *dumped(struct ctx *cx, const json_t *answers)
{
	char *text = json_dumps(answers, JSON_COMPACT);
	const char *kept = arena_dup(cx->mem, text ? text : "{}");

	free(text);
	return kept;
}

static bool keep(
	struct ctx *cx, const struct record *form, const json_t *answers, const struct post *post)
{
	return db_run(cx,
		"insert into form_post (ws, id, form_id, state, why, answers, consent, lang, address,"
		" token, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
		ARGS(v_int(cx->ws), v_int(store_id(db_store(cx->db), cx->now)), v_int(form->id),
			v_text(post->state), v_text(post->why), v_text(dumped(cx, answers)),
			v_int(post->consent), v_text(cx->lang == LANG_IT ? "it" : "en"),
			v_text(post->address), v_text(post->token), v_int(cx->now)));
}

bool form_put_aside(struct ctx *cx, const struct record *form, const json_t *answers,
	const char *why, bool consent)
{
	return keep(cx, form, answers,
		&(struct post){ .state = "doubtful", .why = why, .consent = consent });
}

static const char *say(struct ctx *cx, const char *key, const char *a, const char *b)
{
	return words_say(cx->words, cx->mem, cx->lang, &(struct saying){ key, { a, b } });
}

static bool write_to(
	struct ctx *cx, const struct record *form, const char *email, const char *token)
{
	struct mail_header automatic = { "Auto-Submitted", "auto-generated" };
	struct record *firm;
	const char *link, *title = form_text(cx, form, "title");

	if (!firm_load(cx, &firm))
		return false;
	link = firm_link(cx, firm, textf(cx, "/f/confirm/%s", token));
	if (!link)
		return refuse(cx, PROBLEM_CONFLICT, "form.closed");

	struct mail mail = { .to = email,
		.subject = say(
			cx, "form.mail_subject", *title ? title : record_text(form, "name"), NULL),
		.text = say(cx, "form.mail_text", record_text(firm, "name"), link),
		.headers = &automatic,
		.header_n = 1,
		.purpose = "form",
		.entity = "web_form",
		.record_id = form->id };

	return mail_queue(cx, &mail);
}

/* One message while it waits, however often it is sent; the last words count. */
bool form_ask_to_confirm(
	struct ctx *cx, const struct record *form, const json_t *answers, bool consent)
{
	const char *email = json_string_value(json_object_get(answers, "email"));
	const char *address = digest(cx, fold(cx->mem, email ? email : ""));
	struct post post = { .state = "waiting", .address = address, .consent = consent };
	char token[TOKEN_TEXT];
	int64_t id;

	if (!db_int(cx, &id, 0,
		    "select id from form_post where ws = $1 and form_id = $2 and address = $3"
		    " and state = 'waiting' order by id limit 1",
		    ARGS(v_int(cx->ws), v_int(form->id), v_text(address))))
		return false;
	if (id)
		return db_run(cx,
			"update form_post set answers = $3, consent = $4 where ws = $1 and id = $2",
			ARGS(v_int(cx->ws), v_int(id), v_text(dumped(cx, answers)),
				v_int(consent)));
	token_make(token);
	post.token = digest(cx, token);
	return keep(cx, form, answers, &post) && write_to(cx, form, email, token);
}

/* A post that waits, by its number or by the hash of its link. */
struct waiting {
	int64_t id, form_id;
	const char *answers, *lang;
	bool consent;
};

static bool find(struct ctx *cx, int64_t id, const char *token, struct waiting *w)
{
	struct rows *r = db_query(cx,
		"select id, form_id, answers, lang, consent from form_post where ws = $1"
		" and (id = $2 or (token = $3 and state = 'waiting' and created_at > $4))",
		ARGS(v_int(cx->ws), v_int(id), v_text(token), v_int(cx->now - WAITING_DAYS * DAY)));
	bool found = rows_next(r);

	if (found)
		*w = (struct waiting){ rows_int(r, 0), rows_int(r, 1), rows_text(r, 2),
			rows_text(r, 3), rows_int(r, 4) != 0 };
	return rows_end(r) && (found || refuse(cx, PROBLEM_NOT_FOUND, "form.no_post"));
}

static bool find_form(struct ctx *cx, const struct waiting *w, struct record **form)
{
	return record_load(cx, &web_form_entity, w->form_id, RIGHT_READ, form);
}

static void drop(void *tree)
{
	json_decref(tree);
}

/* Its answers once more, as if they came now. */
static struct record *answered_of(
	struct ctx *cx, const struct record *form, const struct waiting *w)
{
	struct param *p = arena_alloc(cx->mem, ANSWERS_MAX * sizeof(*p));
	json_t *kept = json_loads(w->answers, 0, NULL), *answers, *value;
	struct params sent = { p, 0 };
	const char *key;

	arena_defer(cx->mem, drop, kept);
	json_object_foreach(kept, key, value) if (sent.n < ANSWERS_MAX) p[sent.n++] =
		(struct param){ key, json_string_value(value) };
	return form_answers(cx, form, &sent, &answers);
}

static bool let_go(struct ctx *cx, int64_t id)
{
	return db_run(cx, "delete from form_post where ws = $1 and id = $2",
		ARGS(v_int(cx->ws), v_int(id)));
}

static bool take(
	struct ctx *cx, const struct record *form, const struct waiting *w, struct record **lead)
{
	struct record *answered = answered_of(cx, form, w);

	return cx->problem.kind == PROBLEM_NONE &&
	       form_make_lead(cx, form, answered, w->consent, lead) && let_go(cx, w->id);
}

static void speak(struct ctx *cx, const struct waiting *w)
{
	cx->lang = !strcmp(w->lang, "it") ? LANG_IT : LANG_EN;
}

bool form_confirm_find(struct ctx *cx, const char *token, struct record **form)
{
	struct waiting w;

	if (!find(cx, 0, digest(cx, token), &w) || !find_form(cx, &w, form))
		return false;
	speak(cx, &w);
	return true;
}

bool form_confirm(struct ctx *cx, const char *token, struct record **form)
{
	struct record *lead;
	struct waiting w;

	bool ok = op_begin(cx, "form.confirm") && find(cx, 0, digest(cx, token), &w) &&
		  find_form(cx, &w, form);

	if (ok) {
		speak(cx, &w);
		ok = take(cx, *form, &w, &lead);
	}
	return op_end(cx, ok);
}

bool form_post_accept(struct ctx *cx, int64_t id, struct record **lead)
{
	struct record *form;
	struct waiting w;

	bool ok = op_begin(cx, "form.accept") && find(cx, id, "", &w) && find_form(cx, &w, &form) &&
		  take(cx, form, &w, lead);

	return op_end(cx, ok);
}

bool form_post_drop(struct ctx *cx, int64_t id)
{
	struct waiting w;

	bool ok = tx_begin(cx) && find(cx, id, "", &w) && let_go(cx, id);

	return tx_end(cx, ok);
}

bool form_posts_write(struct ctx *cx, struct json_out *j, int64_t form_id)
{
	struct rows *r = db_query(cx,
		textf(cx,
			"select id, form_id, state, why, answers, consent, created_at from form_post"
			" where ws = $1 and (form_id = $2 or cast($2 as bigint) = 0) order by id desc limit %d",
			LISTED),
		ARGS(v_int(cx->ws), v_int(form_id)));

	json_open(j, '{');
	json_key(j, "items");
	json_open(j, '[');
	while (rows_next(r)) {
		json_open(j, '{');
		json_put_int(j, "id", rows_int(r, 0));
		json_put_int(j, "form_id", rows_int(r, 1));
		json_put_text(j, "state", rows_text(r, 2));
		json_put_text(j, "why", rows_val(r, 3).s);
		json_key(j, "answers");
		json_raw(j, rows_text(r, 4));
		json_put_bool(j, "consent", rows_int(r, 5) != 0);
		json_put_time(j, "created_at", rows_int(r, 6));
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
	return rows_end(r);
}

bool form_sweep(struct ctx *cx)
{
	bool ok =
		tx_begin(cx) &&
		db_run(cx,
			"delete from form_post where ws = $1 and ((state = 'waiting' and created_at < $2)"
			" or (state <> 'waiting' and created_at < $3))",
			ARGS(v_int(cx->ws), v_int(cx->now - WAITING_DAYS * DAY),
				v_int(cx->now - DOUBTFUL_DAYS * DAY)));

	return tx_end(cx, ok);
}
