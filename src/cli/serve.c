/* crisalide serve: puts the rooms together and waits to be told to stop. */
#include "cli/serve.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/limiter.h"
#include "api/version.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/words.h"
#include "crm/entities.h"
#include "record/custom.h"
#include "record/import.h"
#include "record/slices.h"
#include "record/twins.h"

enum {
	HTTP_THREADS_MIN = 2,
	HTTP_THREADS_MAX = 8,
	SLOW_THREADS = 2,
	QUEUE_MAX = 4096,
	HOUSE_SECONDS = 60,
	LOOK_SECONDS = 1,
};

struct later {
	struct serve *serve;
	void (*run)(void *job);
	void *job;
};

static void run_later(void *app, void *arg)
{
	struct later *l = arg;

	(void)app;
	l->run(l->job);
	free(l);
}

/* With a full queue it is done at once; when the program ends, not at all. */
bool serve_later(void *arg, void (*run)(void *job), void *job)
{
	struct serve *s = arg;
	struct later *l = malloc(sizeof(*l));

	if (!l)
		abort();
	*l = (struct later){ s, run, job };
	if (pool_add(s->jobs, l))
		return true;
	free(l);
	if (pool_ends(s->jobs))
		return false;
	run(job);
	return true;
}

static void tell(void *arg, int64_t user_id, const char *text)
{
	hub_tell_user(((struct serve *)arg)->hub, user_id, text);
}

struct ctx serve_ctx(const struct serve *s, struct arena *mem, const char *name)
{
	return (struct ctx){ .mem = mem,
		.db = db_session(s->desk.store, mem),
		.words = s->desk.words,
		.who = &s->desk.system,
		.ws = s->api.ws,
		.now = clock_now(),
		.zone = "UTC",
		.entities = entities,
		.request_id = name };
}

/* Each in memory and words of its own: what one breaks does not stop the next. */
static void run_chore(const struct serve *s, const struct chore *chore)
{
	struct arena *mem = arena_new();
	struct ctx cx = serve_ctx(s, mem, chore->name);
	bool ok = custom_see(&cx) && chore->run(&cx);

	if (cx.done)
		hub_tell_op(s->hub, cx.done, 0, "");
	if (!ok)
		log_line("problem", "request", chore->name, "detail",
			cx.problem.detail ? cx.problem.detail : cx.problem.text.key, NULL);
	arena_free(mem);
}

static bool has_more(const struct serve *s, const struct chore *chore)
{
	struct arena *mem = arena_new();
	struct ctx cx = serve_ctx(s, mem, chore->name);
	bool more = chore->has_more && custom_see(&cx) && chore->has_more(&cx);

	arena_free(mem);
	return more;
}

/* Whether any was run. */
static bool run_chores(const struct serve *s, bool all)
{
	bool any = false;

	for (const struct chore *c = chores; c->name; c++)
		if (all || has_more(s, c)) {
			run_chore(s, c);
			any = true;
		}
	return any;
}

/* What a crash left half done is taken back before the chores begin anything. */
static void *housekeeper(void *arg)
{
	static const struct chore halves = { "halves", slices_sweep };
	struct serve *s = arg;
	int64_t minute = 0; /* monotonic: when all are due */
	struct timespec until;
	bool all, any;

	run_chore(s, &halves);
	pthread_mutex_lock(&s->lock);
	while (!s->stopping) {
		pthread_mutex_unlock(&s->lock);
		all = clock_monotonic() >= minute;
		if (all)
			minute = clock_monotonic() + HOUSE_SECONDS * 1000;
		any = run_chores(s, all);
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += LOOK_SECONDS;
		pthread_mutex_lock(&s->lock);
		if (!s->stopping && (all || !any))
			pthread_cond_timedwait(&s->stop, &s->lock, &until);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

/* "127.0.0.1:8080", "[::1]:8080", "8080" */
static bool read_address(const char *text, char *address, size_t size, int *port)
{
	const char *colon = strrchr(text, ':');
	char *end;
	long n = strtol(colon ? colon + 1 : text, &end, 10);

	if (*end || n < 0 || n > 65535 || end == (colon ? colon + 1 : text))
		return false;
	*port = (int)n;
	if (!colon)
		snprintf(address, size, "127.0.0.1");
	else if (*text == '[')
		snprintf(address, size, "%.*s", (int)(colon - text - 2), text + 1);
	else
		snprintf(address, size, "%.*s", (int)(colon - text), text);
	return true;
}

/* More of them than there are cores only wait for one another: the slowest
 * answer in a hundred then takes half as long again. */
static int http_threads(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (cores < HTTP_THREADS_MIN)
		return HTTP_THREADS_MIN;
	return cores > HTTP_THREADS_MAX ? HTTP_THREADS_MAX : (int)cores;
}

static bool start_http(struct serve *s, const struct command_line *line)
{
	char address[128], why[256] = "";
	struct http_options o = { .threads = http_threads(),
		.connections = 1024,
		.per_address = (int)strtol(option(line, "per-address", "256"), NULL, 10),
		.head_seconds = 5,
		.body_seconds = 30,
		.idle_seconds = 30,
		.behind_proxy = option(line, "behind-proxy", NULL) != NULL };
	struct http_app app = serve_app;

	if (!read_address(
		    option(line, "listen", "127.0.0.1:8080"), address, sizeof(address), &o.port)) {
		fprintf(stderr, "--listen takes an address and a port: 127.0.0.1:8080\n");
		return false;
	}
	o.address = address;
	app.app = s;
	s->http = http_start(&o, &app, why, sizeof(why));
	if (!s->http)
		fprintf(stderr, "%s\n", why);
	return s->http != NULL;
}

static bool prepare(struct serve *s, const struct command_line *line)
{
	const char *data = option(line, "data", "");
	int writers = store_is_postgres(s->desk.store) ? DESK_CONNECTIONS - 8 : 2;

	if (!desk_make_tables(&s->desk)) {
		desk_fail(&s->desk);
		return false;
	}
	snprintf(s->key_file, sizeof(s->key_file), "%s",
		option(line, "key-file",
			*data ? textf(&s->desk.cx, "%s/crisalide.key", data) : ""));
	s->api = (struct api){ .store = s->desk.store,
		.words = s->desk.words,
		.entities = entities,
		.limiter = limiter_new(),
		.welcome = s->guest ? &s->welcome : NULL,
		.ws = 1,
		.no_limits = option(line, "no-limits", NULL) != NULL,
		.fetch_allow = option(line, "fetch-allow", NULL),
		.mail = { *s->key_file ? s->key_file : NULL, option(line, "smtp-ca", NULL) },
		.later = serve_later,
		.tell = tell,
		.arg = s };
	s->hub = hub_new();
	s->postman = postman_new();
	s->writes = pool_new(writers, QUEUE_MAX, serve_job, s, "write");
	s->slow = pool_new(SLOW_THREADS, 256, serve_job, s, "slow");
	s->jobs = pool_new(1, 64, run_later, s, "jobs");
	return start_http(s, line);
}

/* What follows a "#" a browser sends to nobody: the secret stands in no log. */
static void invite(struct serve *s, const struct command_line *line, const char *address)
{
	const struct saying how = { .key = "demo.hello" };
	char secret[TOKEN_TEXT];

	welcome_make(&s->welcome, s->guest, clock_monotonic(), secret);
	printf("%s/welcome#%s\n%s\n", address, secret,
		words_say(s->desk.words, s->desk.mem,
			strcmp(option(line, "lang", "it"), "en") ? LANG_IT : LANG_EN, &how));
	secret_forget(secret, sizeof(secret));
}

static void say_hello(struct serve *s, const struct command_line *line)
{
	char text[512];
	const char *listen = option(line, "listen", "127.0.0.1:8080");
	const char *colon = strrchr(listen, ':');

	snprintf(text, sizeof(text), "http://%.*s:%d", (int)(colon ? colon - listen : 9),
		colon ? listen : "127.0.0.1", http_port(s->http));
	log_line("serve", "crisalide", CRISALIDE_VERSION, "store", store_version(s->desk.store),
		"at", text, NULL);
	if (geteuid() == 0)
		log_line("warning", "text", "runs as root: better as a user of its own", NULL);
	printf("%s\n", text);
	if (s->guest)
		invite(s, line, text);
	fflush(stdout);
}

static void stop(struct serve *s, pthread_t house, pthread_t mail)
{
	http_stop(s->http);
	pool_free(s->writes);
	pool_free(s->slow);
	pool_free(s->jobs);
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	pthread_cond_broadcast(&s->stop);
	pthread_mutex_unlock(&s->lock);
	postman_stop(s->postman);
	pthread_join(house, NULL);
	pthread_join(mail, NULL);
	postman_free(s->postman);
	hub_free(s->hub);
	limiter_free(s->api.limiter);
}

/* An answer's memory is taken and let go thousands of times a second: what is
 * kept in hand costs no page faults, nor other processors' attention. */
static void keep_memory(void)
{
	mallopt(M_MMAP_THRESHOLD, 4 << 20);
	mallopt(M_TRIM_THRESHOLD, 32 << 20);
	mallopt(M_TOP_PAD, 1 << 20);
}

int serve_until_told(const struct command_line *line, int64_t guest)
{
	struct serve s = { .lock = PTHREAD_MUTEX_INITIALIZER,
		.stop = PTHREAD_COND_INITIALIZER,
		.guest = guest,
		.welcome = { .lock = PTHREAD_MUTEX_INITIALIZER } };
	pthread_t house, mail;
	sigset_t signals;
	int sig, code = 0;

	keep_memory();
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	if (!desk_open(&s.desk, line, "serve", true))
		return 1;
	if (prepare(&s, line)) {
		const struct import_host host = { .store = s.desk.store,
			.words = s.desk.words,
			.entities = entities,
			.ws = s.api.ws,
			.later = serve_later,
			.tell = tell,
			.arg = &s };

		pthread_create(&house, NULL, housekeeper, &s);
		pthread_create(&mail, NULL, serve_mail, &s);
		import_resume(&host);
		twins_resume(&host);
		say_hello(&s, line);
		sigwait(&signals, &sig);
		log_line("stop", "signal", sig == SIGTERM ? "TERM" : "INT", NULL);
		stop(&s, house, mail);
	} else {
		code = 1;
	}
	desk_close(&s.desk);
	return code;
}

static int run(const struct command_line *line)
{
	return serve_until_told(line, 0);
}

static const struct option_spec options[] = {
	{ "data", "DIR", "the folder of the workspace" },
	{ "store", "URL", "or its PostgreSQL database" },
	{ "listen", "ADDRESS:PORT", "127.0.0.1:8080 by default; port 0: any free one" },
	{ "behind-proxy", NULL, "believe X-Forwarded-For and X-Forwarded-Proto" },
	{ "per-address", "N", "connections of one address; 256 by default, 0: no limit" },
	{ "key-file", "FILE", "the key of sealed passwords; DIR/crisalide.key by default" },
	{ "smtp-ca", "FILE", "certificates by which the mail server's own is believed" },
	{ "no-limits", NULL, "no rate limit on sign-ins: for tests alone" },
	{ "fetch-allow", "HOST:PORT,...",
		"published sheets may come from there, not public as it is: for tests alone" },
	{ "node", "N", "0 to 31: which of several programs on one PostgreSQL" },
	{ 0 },
};

const struct command serve_command = {
	"serve",
	"--data DIR [--listen 127.0.0.1:8080]",
	"Serve the workspace.",
	options,
	0,
	run,
};
