/* Messages out, beside the server: SMTP blocks, so it has a thread of its own. */
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "cli/serve.h"
#include "crm/firm.h"

enum { LOOK_SECONDS = 1, DOWN_SECONDS = 30, DOWN_SECONDS_MAX = 300 };

/* While the server takes nothing it is asked less and less often; new settings
 * are tried at once. */
struct round {
	int64_t seconds; /* the last pause, 0: none */
	int64_t until;	 /* monotonic */
	int64_t firm_version;
	const char *told; /* the problem that the log has already */
};

static bool is_paused(struct round *r, const struct record *firm)
{
	if (r->firm_version != firm->version)
		*r = (struct round){ .firm_version = firm->version };
	return r->seconds && clock_monotonic() < r->until;
}

static void note(struct round *r, enum mail_step step)
{
	if (step == MAIL_SENT || step == MAIL_REFUSED)
		r->seconds = 0;
	if (step != MAIL_DOWN)
		return;
	r->seconds = r->seconds ? r->seconds * 2 : DOWN_SECONDS;
	if (r->seconds > DOWN_SECONDS_MAX)
		r->seconds = DOWN_SECONDS_MAX;
	r->until = clock_monotonic() + r->seconds * 1000;
}

static void complain(struct round *r, struct ctx *cx)
{
	if (r->told != cx->problem.text.key)
		log_line("problem", "request", cx->request_id, "detail",
			cx->problem.detail ? cx->problem.detail : cx->problem.text.key, NULL);
	r->told = cx->problem.text.key;
}

/* Whether there may be more to send at once. */
static bool send_one(const struct serve *s, struct round *r)
{
	struct arena *mem = arena_new();
	struct ctx cx = serve_ctx(s, mem, "mail");
	enum mail_step step = MAIL_IDLE;
	struct mail_server server;
	struct record *firm;
	bool ready = false, met; /* ... another program at the same message */
	bool ok = firm_load(&cx, &firm);

	if (ok && !is_paused(r, firm)) {
		ok = mail_server_load(&cx, &s->api.mail, &server, &ready) &&
		     (!ready || mail_send_next(&cx, s->postman, &server, &step));
		note(r, step);
	}
	met = cx.problem.kind == PROBLEM_CLASH;
	if (!ok && !met)
		complain(r, &cx);
	arena_free(mem);
	return met || (ok && (step == MAIL_SENT || step == MAIL_REFUSED));
}

static bool is_over(struct serve *s, bool wait)
{
	struct timespec until;
	bool over;

	pthread_mutex_lock(&s->lock);
	if (wait && !s->stopping) {
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += LOOK_SECONDS;
		pthread_cond_timedwait(&s->stop, &s->lock, &until);
	}
	over = s->stopping;
	pthread_mutex_unlock(&s->lock);
	return over;
}

void *serve_mail(void *arg)
{
	struct serve *s = arg;
	struct round round = { 0 };
	bool more = false;

	while (!is_over(s, !more))
		more = send_one(s, &round);
	return NULL;
}
