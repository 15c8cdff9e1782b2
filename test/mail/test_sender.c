/* The queue against a mail server that does what it is told (sink.py), at
 * moments of the test's choosing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "crm/entities.h"
#include "mail/parts.h"
#include "office.h"

#define MINUTE (INT64_C(60) * 1000)

struct post {
	struct office *o;
	struct ctx cx;
	struct mail_server server;
	struct postman *postman;
	char folder[64];
	pid_t sink;
	int to_sink;
};

/* The sink ends when its standard input does. */
static void start_sink(struct post *p)
{
	char line[16] = "";
	int in[2], out[2];

	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	p->sink = fork();
	if (!p->sink) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		close(in[1]);
		close(out[0]);
		execlp("python3", "python3", SINK, p->folder, (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	p->to_sink = in[1];
	assert_true(read(out[0], line, sizeof(line) - 1) > 0);
	close(out[0]);
	p->server.port = (int)strtol(line, NULL, 10);
}

static int begin(void **state)
{
	struct post *p = calloc(1, sizeof(*p));

	p->o = office_open(OFFICE_EMPTY);
	p->cx = office_ctx(p->o);
	snprintf(p->folder, sizeof(p->folder), "/tmp/sink-XXXXXX");
	if (!mkdtemp(p->folder))
		abort();
	p->server = (struct mail_server){ .host = "127.0.0.1",
		.security = MAIL_NO_TLS,
		.user = "",
		.password = "",
		.from = "crm@prova.it",
		.from_name = "Prova srl",
		.per_minute = 60 };
	start_sink(p);
	p->postman = postman_new();
	*state = p;
	return 0;
}

static int end(void **state)
{
	struct post *p = *state;
	char command[128];

	postman_free(p->postman);
	close(p->to_sink);
	waitpid(p->sink, NULL, 0);
	snprintf(command, sizeof(command), "rm -rf %s", p->folder);
	assert_int_equal(system(command), 0);
	office_close(p->o);
	free(p);
	return 0;
}
#define AT_POST(test) cmocka_unit_test_setup_teardown(test, begin, end)

static bool queue(struct ctx *cx, const char *to, const char *once)
{
	struct mail mail = { .to = to,
		.subject = "Perché €",
		.text = "Due righe\n.\n",
		.html = "<p>Due righe</p>",
		.purpose = "test",
		.once = once };
	bool ok = tx_begin(cx) && mail_queue(cx, &mail);

	return tx_end(cx, ok);
}

static enum mail_step step(struct post *p)
{
	enum mail_step step = MAIL_IDLE;

	assert_true(mail_send_next(&p->cx, p->postman, &p->server, &step));
	return step;
}

/* How many messages the sink has taken. */
static int taken(const struct post *p)
{
	char command[128];
	FILE *f;
	int n = -1;

	snprintf(command, sizeof(command), "ls %s | grep -c '[.]eml$'", p->folder);
	f = popen(command, "r");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "%d", &n), 1);
	pclose(f);
	return n;
}

static int lines(const struct post *p, const char *what)
{
	char command[200];
	FILE *f;
	int n = -1;

	snprintf(command, sizeof(command), "cat %s/*.eml | grep '%s' | sort -u | wc -l", p->folder,
		what);
	f = popen(command, "r");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "%d", &n), 1);
	pclose(f);
	return n;
}

static int64_t column(struct post *p, const char *what)
{
	int64_t n = -1;

	assert_true(db_int(&p->cx, &n, -1, textf(&p->cx, "select %s from mail where ws = $1", what),
		ARGS(v_int(p->cx.ws))));
	return n;
}

static bool is_in(struct post *p, const char *state)
{
	return column(p, textf(&p->cx, "case when state = '%s' then 1 else 0 end", state)) == 1;
}

static void the_mode(const struct post *p, const char *mode)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/mode", p->folder);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(mode, f);
	fclose(f);
}

static void what_was_taken_is_not_sent_again(void **state)
{
	struct post *p = *state;

	assert_true(queue(&p->cx, "ok@example.it", NULL));
	assert_int_equal(step(p), MAIL_SENT);
	assert_true(is_in(p, "sent"));
	p->cx.now += 40 * 24 * 60 * MINUTE;
	assert_int_equal(step(p), MAIL_IDLE);
	p->cx.now -= 80 * 24 * 60 * MINUTE;
	assert_int_equal(step(p), MAIL_IDLE);
	assert_int_equal(taken(p), 1);
}

static void the_same_key_is_queued_once(void **state)
{
	struct post *p = *state;

	assert_true(queue(&p->cx, "ok@example.it", "digest 7 2026-01-05"));
	assert_true(queue(&p->cx, "ok@example.it", "digest 7 2026-01-05"));
	assert_true(queue(&p->cx, "ok@example.it", "digest 7 2026-01-06"));
	assert_true(queue(&p->cx, "ok@example.it", NULL));
	assert_true(queue(&p->cx, "ok@example.it", NULL));
	assert_int_equal(column(p, "count(*)"), 4);
}

/* RELIABILITY: greylist, 4xx: back-off 1, 2, 4 ... minutes. */
static void a_4xx_is_tried_again_later(void **state)
{
	static const char *const ways[] = { "grey@example.it", "later@example.it" };
	struct post *p = *state;

	for (size_t i = 0; i < COUNT(ways); i++) {
		assert_true(queue(&p->cx, ways[i], NULL));
		assert_int_equal(step(p), MAIL_REFUSED);
		assert_int_equal(taken(p), i);
		p->cx.now += MINUTE - 1;
		assert_int_equal(step(p), MAIL_IDLE);
		p->cx.now += 1;
		assert_int_equal(step(p), MAIL_SENT);
		assert_int_equal(taken(p), i + 1);
	}
}

static void a_5xx_is_given_up_and_says_why(void **state)
{
	static const char *const ways[] = { "never@example.it", "reject@example.it" };
	struct post *p = *state;

	for (size_t i = 0; i < COUNT(ways); i++) {
		assert_true(queue(&p->cx, ways[i], NULL));
		assert_int_equal(step(p), MAIL_REFUSED);
	}
	assert_int_equal(column(p, "count(*)"), 2);
	assert_int_equal(
		column(p,
			"sum(case when state = 'given_up' and answer like '55%' then 1 else 0 end)"),
		2);
	p->cx.now += 24 * 60 * MINUTE;
	assert_int_equal(step(p), MAIL_IDLE);
	assert_int_equal(taken(p), 0);
}

/* It can be known again by its Message-ID where the end was unclear. */
static void a_line_cut_is_tried_again_under_the_same_name(void **state)
{
	struct post *p = *state;

	assert_true(queue(&p->cx, "cut@example.it", NULL));
	assert_int_equal(step(p), MAIL_REFUSED);
	assert_true(is_in(p, "failed"));
	assert_int_equal(taken(p), 0);
	p->cx.now += MINUTE;
	assert_int_equal(step(p), MAIL_SENT);
	assert_int_equal(taken(p), 1);
	assert_true(queue(&p->cx, "cutafter@example.it", NULL));
	assert_int_equal(step(p), MAIL_REFUSED);
	assert_int_equal(taken(p), 2);
	p->cx.now += MINUTE;
	assert_int_equal(step(p), MAIL_SENT);
	assert_int_equal(taken(p), 3);
	assert_int_equal(lines(p, "^Message-ID: "), 2);
}

/* Nobody gets the same letter twice unless a person says so. */
static void what_has_a_key_and_an_unknown_end_is_in_doubt(void **state)
{
	struct post *p = *state;

	assert_true(queue(&p->cx, "later@example.it", "a"));
	assert_int_equal(step(p), MAIL_REFUSED);
	assert_true(is_in(p, "failed")); /* the server said that it did not take it */
	p->cx.now += MINUTE;
	assert_int_equal(step(p), MAIL_SENT);
	assert_true(queue(&p->cx, "cutafter@example.it", "b"));
	assert_int_equal(step(p), MAIL_REFUSED);
	assert_int_equal(column(p, "sum(case when state = 'in_doubt' then 1 else 0 end)"), 1);
	p->cx.now += 4 * 24 * 60 * MINUTE;
	assert_true(mail_tidy(&p->cx));
	assert_int_equal(step(p), MAIL_IDLE);
	assert_int_equal(taken(p), 2);
	assert_true(mail_retry(&p->cx, column(p, "max(id)")));
	assert_int_equal(step(p), MAIL_SENT);
	assert_int_equal(taken(p), 3);
	assert_int_equal(lines(p, "^Message-ID: "), 2);
}

static void a_server_that_takes_nothing_costs_no_message(void **state)
{
	static const char *const modes[] = { "down", "busy" };
	struct post *p = *state;

	assert_true(queue(&p->cx, "ok@example.it", NULL));
	for (size_t i = 0; i < COUNT(modes); i++) {
		the_mode(p, modes[i]);
		assert_int_equal(step(p), MAIL_DOWN);
		assert_true(is_in(p, "failed"));
		p->cx.now += 10 * MINUTE;
	}
	the_mode(p, "");
	assert_int_equal(step(p), MAIL_SENT);
	p->server.port = 1;
	assert_true(queue(&p->cx, "ok@example.it", NULL));
	assert_int_equal(step(p), MAIL_DOWN);
}

static void a_message_is_given_up_after_three_days(void **state)
{
	struct post *p = *state;
	int tries = 0;
	int64_t begun = p->cx.now;

	p->server.port = 1;
	assert_true(queue(&p->cx, "ok@example.it", NULL));
	while (!is_in(p, "given_up")) {
		assert_int_equal(step(p), MAIL_DOWN);
		tries++;
		p->cx.now = column(p, "next_at");
		assert_true(tries < 100);
	}
	assert_true(p->cx.now - begun > 3 * 24 * 60 * MINUTE);
	assert_true(p->cx.now - begun < 4 * 24 * 60 * MINUTE);
	/* by hand it has three days more */
	assert_true(mail_retry(&p->cx, column(p, "id")));
	assert_int_equal(step(p), MAIL_DOWN);
	assert_true(is_in(p, "failed"));
	/* a clock that leaps by forty days gives nothing up */
	p->cx.now += 40 * 24 * 60 * MINUTE;
	assert_int_equal(step(p), MAIL_DOWN);
	assert_true(is_in(p, "failed"));
}

/* Claimed and not finished: another takes it over under the same name, unless
 * it has a key; that one waits for a person. */
static void a_claim_left_behind_is_taken_over_or_in_doubt(void **state)
{
	struct post *p = *state;

	assert_true(queue(&p->cx, "ok@example.it", NULL));
	assert_true(queue(&p->cx, "key@example.it", "k"));
	assert_true(tx_begin(&p->cx));
	assert_true(db_run(&p->cx,
		"update mail set state = 'sending', claim = 'x', claimed_at = $2, next_at = $3"
		" where ws = $1",
		ARGS(v_int(p->cx.ws), v_int(p->cx.now), v_int(p->cx.now + 10 * MINUTE))));
	assert_true(tx_end(&p->cx, true));
	p->cx.now += 9 * MINUTE;
	assert_true(mail_tidy(&p->cx));
	assert_int_equal(step(p), MAIL_IDLE);
	p->cx.now += 2 * MINUTE;
	assert_true(mail_tidy(&p->cx));
	assert_int_equal(step(p), MAIL_SENT);
	p->cx.now += 30 * 24 * 60 * MINUTE;
	assert_int_equal(step(p), MAIL_IDLE);
	assert_int_equal(column(p, "sum(case when state = 'in_doubt' then 1 else 0 end)"), 1);
	assert_true(mail_retry(&p->cx, column(p, "max(id)")));
	assert_int_equal(step(p), MAIL_SENT);
	assert_int_equal(taken(p), 2);
}

static void a_clock_put_back_leaves_nothing_behind(void **state)
{
	struct post *p = *state;

	assert_true(queue(&p->cx, "grey@example.it", NULL));
	assert_int_equal(step(p), MAIL_REFUSED);
	p->cx.now -= 30 * 24 * 60 * MINUTE;
	assert_int_equal(step(p), MAIL_IDLE);
	assert_true(mail_tidy(&p->cx));
	assert_int_equal(step(p), MAIL_SENT);
}

static void no_more_are_sent_a_minute_than_settled(void **state)
{
	struct post *p = *state;

	p->server.per_minute = 2;
	for (int i = 0; i < 5; i++)
		assert_true(queue(&p->cx, "ok@example.it", NULL));
	assert_int_equal(step(p), MAIL_SENT);
	assert_int_equal(step(p), MAIL_SENT);
	assert_int_equal(step(p), MAIL_IDLE);
	p->cx.now += MINUTE;
	assert_int_equal(step(p), MAIL_SENT);
	assert_int_equal(step(p), MAIL_SENT);
	assert_int_equal(step(p), MAIL_IDLE);
	assert_int_equal(taken(p), 4);
}

static void what_waits_for_its_moment_is_not_sent_before(void **state)
{
	struct post *p = *state;
	struct mail mail = { .to = "ok@example.it",
		.text = "x",
		.purpose = "test",
		.not_before = p->cx.now + 5 * MINUTE };

	assert_true(tx_begin(&p->cx));
	assert_true(mail_queue(&p->cx, &mail));
	assert_true(tx_end(&p->cx, true));
	assert_int_equal(step(p), MAIL_IDLE);
	p->cx.now += 5 * MINUTE;
	assert_int_equal(step(p), MAIL_SENT);
}

/* After a 250 a store that does not listen is told until it does. */
static void a_store_that_fails_after_the_250_is_told_again(void **state)
{
	struct post *p = *state;
	enum mail_step what;
	int n = 0;

	assert_true(queue(&p->cx, "ok@example.it", "k"));
	for (; !is_in(p, "sent"); n++) {
		db_fail_after(p->cx.db, n);
		mail_send_next(&p->cx, p->postman, &p->server, &what);
		db_fail_after(p->cx.db, -1);
		ctx_clear(&p->cx);
		p->cx.now += MINUTE; /* within the claim's ten */
		assert_true(n < 20);
	}
	assert_true(n > 3);
	assert_int_equal(taken(p), 1);
}

static void bodies_are_let_go_after_thirty_days(void **state)
{
	struct post *p = *state;

	assert_true(queue(&p->cx, "ok@example.it", "k"));
	assert_int_equal(step(p), MAIL_SENT);
	assert_true(mail_tidy(&p->cx));
	assert_int_equal(column(p, "count(content)"), 1);
	p->cx.now += 31 * 24 * 60 * MINUTE;
	assert_true(mail_tidy(&p->cx));
	assert_int_equal(column(p, "count(content)"), 0);
	/* the key stays taken */
	assert_true(queue(&p->cx, "ok@example.it", "k"));
	assert_int_equal(column(p, "count(*)"), 1);
}

/* What the serving program's thread does; several of them on one store. */
static void *carry(void *arg)
{
	struct post *p = arg;
	struct postman *postman = postman_new();
	enum mail_step step = MAIL_SENT;

	while (step != MAIL_IDLE) {
		struct arena *mem = arena_new();
		struct ctx cx = p->cx;

		cx.mem = mem;
		cx.db = db_session(p->o->store, mem);
		if (!mail_send_next(&cx, postman, &p->server, &step))
			step = cx.problem.kind == PROBLEM_CLASH ? MAIL_SENT : MAIL_DOWN;
		arena_free(mem);
		if (step == MAIL_DOWN)
			break;
	}
	postman_free(postman);
	return NULL;
}

static void several_programs_send_each_message_once(void **state)
{
	enum { MESSAGES = 40, PROGRAMS = 3 };
	pthread_t programs[PROGRAMS];
	struct post *p = *state;

	for (int i = 0; i < MESSAGES; i++)
		assert_true(queue(&p->cx, textf(&p->cx, "n%d@example.it", i), NULL));
	db_rest(p->cx.db);
	for (int i = 0; i < PROGRAMS; i++)
		assert_int_equal(pthread_create(&programs[i], NULL, carry, p), 0);
	for (int i = 0; i < PROGRAMS; i++)
		pthread_join(programs[i], NULL);
	p->cx = office_ctx(p->o);
	assert_int_equal(column(p, "sum(case when state = 'sent' then 1 else 0 end)"), MESSAGES);
	assert_int_equal(taken(p), MESSAGES);
	assert_int_equal(lines(p, "^To: "), MESSAGES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_POST(what_was_taken_is_not_sent_again),
		AT_POST(the_same_key_is_queued_once),
		AT_POST(a_4xx_is_tried_again_later),
		AT_POST(a_5xx_is_given_up_and_says_why),
		AT_POST(a_line_cut_is_tried_again_under_the_same_name),
		AT_POST(what_has_a_key_and_an_unknown_end_is_in_doubt),
		AT_POST(a_server_that_takes_nothing_costs_no_message),
		AT_POST(a_message_is_given_up_after_three_days),
		AT_POST(a_claim_left_behind_is_taken_over_or_in_doubt),
		AT_POST(a_clock_put_back_leaves_nothing_behind),
		AT_POST(no_more_are_sent_a_minute_than_settled),
		AT_POST(what_waits_for_its_moment_is_not_sent_before),
		AT_POST(a_store_that_fails_after_the_250_is_told_again),
		AT_POST(several_programs_send_each_message_once),
		AT_POST(bodies_are_let_go_after_thirty_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
