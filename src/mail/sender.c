/* Sending what is due: claimed on disk, spoken, and what came of it on disk.
 *
 * Between the claim and its end the row says sending and next_at is the moment
 * at which another may take it over: it is then tried again under the same
 * Message-ID, or, with a key, is in doubt (queue.c).  The lease is longer than
 * any sending may last. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "mail/parts.h"

#define MINUTE (INT64_C(60) * 1000)
#define LEASE (10 * MINUTE)
#define PATIENCE (INT64_C(3) * 24 * 60 * MINUTE)

enum { TRIES_AT_LEAST = 10 };

struct claimed {
	int64_t id, tries, first_at;
	const char *recipient, *content, *name, *domain, *claim;
	bool has_key;
};

/* What became of a message, as long as the store has not taken it down. */
struct debt {
	int64_t id; /* 0: none */
	char claim[MESSAGE_NAME], said[SAID_MAX + 1];
	const char *state, *problem;
	int64_t at, next_at;
};

struct postman {
	struct smtp *smtp;
	struct debt debt;
};

struct postman *postman_new(void)
{
	struct postman *p = calloc(1, sizeof(*p));

	if (!p)
		abort();
	p->smtp = smtp_new();
	return p;
}

void postman_free(struct postman *p)
{
	if (!p)
		return;
	smtp_free(p->smtp);
	free(p);
}

void postman_stop(struct postman *p)
{
	smtp_stop(p->smtp);
}

#define DUE MAIL_OPEN " and next_at <= $2 and (state <> 'sending' or once is null)"

static bool is_due(struct ctx *cx, const struct mail_server *server, bool *due)
{
	int64_t id, lately;

	*due = false;
	if (!db_int(cx, &id, 0, "select id from mail where ws = $1 and " DUE " limit 1",
		    ARGS(v_int(cx->ws), v_int(cx->now))))
		return false;
	if (!id)
		return true;
	if (!db_int(cx, &lately, 0,
		    "select count(*) from mail where ws = $1 and claimed_at > $2"
		    " and claimed_at <= $3",
		    ARGS(v_int(cx->ws), v_int(cx->now - MINUTE), v_int(cx->now))))
		return false;
	*due = lately < server->per_minute;
	return true;
}

/* Nobody else has it from here on, on either engine: PostgreSQL lets one of
 * two that meet begin anew. */
static bool claim(struct ctx *cx, const struct mail_server *server, struct claimed *c)
{
	char token[MESSAGE_NAME];
	struct rows *r;
	bool ok;

	*c = (struct claimed){ 0 };
	message_name(token);
	c->claim = arena_dup(cx->mem, token);
	if (!tx_begin(cx))
		return tx_end(cx, false);
	r = db_query(cx,
		"update mail set state = 'sending', claim = $3, claimed_at = $2, tries = tries + 1,"
		" first_at = coalesce(first_at, $2), next_at = $4,"
		" message_domain = coalesce(message_domain, $5)"
		" where ws = $1 and id = (select id from mail where ws = $1 and " DUE
		" order by next_at, id limit 1)"
		" returning id, tries, first_at, recipient, content, message_name, message_domain,"
		" once",
		ARGS(v_int(cx->ws), v_int(cx->now), v_text(c->claim), v_int(cx->now + LEASE),
			v_text(domain_of(server->from))));
	if (rows_next(r)) {
		c->id = rows_int(r, 0);
		c->tries = rows_int(r, 1);
		c->first_at = rows_int(r, 2);
		c->recipient = rows_text(r, 3);
		c->content = rows_text(r, 4);
		c->name = rows_text(r, 5);
		c->domain = rows_text(r, 6);
		/* not "once is null": SQLite 3.40 answers that wrongly after returning */
		c->has_key = rows_val(r, 7).type != VAL_NULL;
	}
	ok = rows_end(r);
	return tx_end(cx, ok);
}

int64_t mail_pause(int64_t tries)
{
	int64_t pause = MINUTE;

	while (--tries > 0 && pause < MAIL_LONGEST)
		pause *= 2;
	return pause < MAIL_LONGEST ? pause : MAIL_LONGEST;
}

/* A clock that leapt ahead gives no message up: it had its tries, too. */
static bool is_hopeless(const struct ctx *cx, const struct claimed *c)
{
	return c->tries >= TRIES_AT_LEAST && cx->now - c->first_at > PATIENCE;
}

static const char *state_after(
	const struct ctx *cx, const struct claimed *c, const struct smtp_result *result)
{
	if (result->end == SMTP_TAKEN)
		return "sent";
	if (result->is_unknown && c->has_key)
		return "in_doubt";
	return result->end == SMTP_NEVER || is_hopeless(cx, c) ? "given_up" : "failed";
}

static void owe(struct ctx *cx, struct debt *debt, const struct claimed *c,
	const struct smtp_result *result)
{
	*debt = (struct debt){ .id = c->id,
		.state = state_after(cx, c, result),
		.problem = result->problem,
		.at = cx->now,
		.next_at = cx->now + mail_pause(c->tries) };
	snprintf(debt->claim, sizeof(debt->claim), "%s", c->claim);
	snprintf(debt->said, sizeof(debt->said), "%s", result->said);
}

struct disk {
	pthread_mutex_t lock;
	pthread_cond_t told;
	bool is_told, is_durable;
};

static void hear_of_disk(void *arg, bool durable)
{
	struct disk *d = arg;

	pthread_mutex_lock(&d->lock);
	d->is_told = true;
	d->is_durable = durable;
	pthread_cond_signal(&d->told);
	pthread_mutex_unlock(&d->lock);
}

static bool is_on_disk(struct ctx *cx)
{
	struct disk d = { .lock = PTHREAD_MUTEX_INITIALIZER, .told = PTHREAD_COND_INITIALIZER };

	db_when_durable(cx->db, hear_of_disk, &d);
	pthread_mutex_lock(&d.lock);
	while (!d.is_told)
		pthread_cond_wait(&d.told, &d.lock);
	pthread_mutex_unlock(&d.lock);
	return d.is_durable || refuse(cx, PROBLEM_UNAVAILABLE, "problem.unavailable");
}

/* Told again, it changes nothing more. */
static bool pay(struct ctx *cx, struct debt *debt)
{
	bool is_sent = debt->id && !strcmp(debt->state, "sent");
	bool ok;

	if (!debt->id)
		return true;
	ok = tx_begin(cx) &&
	     db_run(cx,
		     "update mail set state = $4, next_at = $5, sent_at = $6, problem = $7, answer = $8"
		     " where ws = $1 and id = $2 and claim = $3 and state in ('sending', 'in_doubt')",
		     ARGS(v_int(cx->ws), v_int(debt->id), v_text(debt->claim), v_text(debt->state),
			     v_int(debt->next_at), v_id(is_sent ? debt->at : 0),
			     v_text(debt->problem), v_text(debt->said)));
	if (!tx_end(cx, ok) || !is_on_disk(cx))
		return false;
	debt->id = 0;
	return true;
}

static void speak(struct ctx *cx, struct smtp *s, const struct mail_server *server,
	const struct claimed *c, struct smtp_result *result)
{
	struct sender sender = { .from = server->from,
		.from_name = server->from_name,
		.name = c->name,
		.domain = c->domain,
		.at = cx->now };
	struct letter letter = { .from = server->from,
		.to = c->recipient,
		.message = mime_message(cx, &sender, c->content) };

	smtp_send(cx, s, server, &letter, result);
}

bool mail_send_next(
	struct ctx *cx, struct postman *p, const struct mail_server *server, enum mail_step *step)
{
	static const enum mail_step steps[] = {
		[SMTP_TAKEN] = MAIL_SENT,
		[SMTP_LATER] = MAIL_REFUSED,
		[SMTP_NEVER] = MAIL_REFUSED,
		[SMTP_AWAY] = MAIL_DOWN,
	};
	struct smtp_result result;
	struct claimed c;
	bool due;

	*step = MAIL_IDLE;
	if (!pay(cx, &p->debt) || !is_due(cx, server, &due))
		return false;
	if (!due) {
		smtp_hang_up(p->smtp);
		return true;
	}
	if (!claim(cx, server, &c))
		return false;
	if (!c.id)
		return true;
	speak(cx, p->smtp, server, &c, &result);
	*step = steps[result.end];
	owe(cx, &p->debt, &c, &result);
	return pay(cx, &p->debt);
}

bool mail_try(struct ctx *cx, const struct mail_server *server, const struct mail *mail,
	const char **said)
{
	struct smtp_result result;
	char name[MESSAGE_NAME];
	struct claimed c = {
		.recipient = mail->to, .name = name, .domain = domain_of(server->from)
	};
	struct smtp *s;

	message_name(name);
	c.content = mime_content(cx, mail, name);
	if (!c.content)
		return false;
	s = smtp_new();
	speak(cx, s, server, &c, &result);
	smtp_free(s);
	*said = result.said;
	return !result.problem || refuse(cx, PROBLEM_CONFLICT, result.problem, result.said);
}
