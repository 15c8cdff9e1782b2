/* The server itself: start, stop, the timer, and what the library calls. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "http/inside.h"

int64_t http_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The library tells the target before it cuts it up, and decodes nothing:
 * target.c does, strictly. */
static void *on_target(void *arg, const char *target, struct MHD_Connection *lib)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(lib, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct conn *conn = info ? info->socket_context : NULL;

	(void)arg;
	return conn ? call_new(conn, lib, target) : NULL;
}

static size_t leave_escaped(void *arg, struct MHD_Connection *lib, char *s)
{
	(void)arg, (void)lib;
	return strlen(s);
}

static enum MHD_Result refuse_now(struct http_call *c, int status)
{
	answer_refuse(c, status);
	return answer_queue(c);
}

static enum MHD_Result hear_head(struct http_call *c, const char *method, const char *version)
{
	int status = head_check(c, method, version);

	c->heard = true;
	if (!status && atomic_load(&c->server->stopping))
		status = 503;
	if (!status)
		status = body_begin(c);
	return status ? refuse_now(c, status) : MHD_YES;
}

static enum MHD_Result serve(struct http_call *c)
{
	if (!body_end(c))
		return refuse_now(c, 503);
	if (c->refused)
		return refuse_now(c, c->refused);
	c->served = true;
	conn_does(c->conn, DOING_SERVE, 0);
	c->server->app.serve(c->server->app.app, c);
	if (c->later)
		return MHD_YES; /* comes back when it is resumed */
	if (!c->out) {
		fputs("serve() gave no answer and did not say http_later()\n", stderr);
		abort();
	}
	return answer_queue(c);
}

/* The library calls this once when the head is in, then for each piece of
 * the body, then with none left for the answer, and again after a resume. */
static enum MHD_Result on_request(void *arg, struct MHD_Connection *lib, const char *url,
	const char *method, const char *version, const char *data, size_t *n, void **state)
{
	struct http_call *c = *state;
	size_t len = *n;

	(void)arg, (void)lib, (void)url;
	if (!c || atomic_load(&c->dropped))
		return MHD_NO;
	if (!c->heard)
		return hear_head(c, method, version);
	if (len) {
		*n = 0;
		return body_take(c, data, len) ? MHD_YES : MHD_NO;
	}
	if (!c->served)
		return serve(c);
	return c->out ? answer_queue(c) : MHD_NO;
}

static void on_end(
	void *arg, struct MHD_Connection *lib, void **state, enum MHD_RequestTerminationCode how)
{
	struct http_call *c = *state;

	(void)arg, (void)lib, (void)how;
	*state = NULL;
	if (!c)
		return;
	conn_does(c->conn, DOING_IDLE, (int64_t)c->server->o.idle_seconds * 1000);
	call_leave(c);
}

static void *keep_time(void *arg)
{
	struct http_server *s = arg;
	struct timespec until;

	pthread_mutex_lock(&s->lock);
	while (!s->timer_ends) {
		int64_t now = http_now();

		conns_judge(s, now);
		streams_beat(s, now);
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += TICK_MS * 1000000L;
		until.tv_sec += until.tv_nsec / 1000000000L;
		until.tv_nsec %= 1000000000L;
		pthread_cond_timedwait(&s->wake, &s->lock, &until);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

/* Files, database and log need descriptors too: without them a full house
 * would be a dead one. */
static void fit_to_descriptors(struct http_options *o)
{
	struct rlimit r;
	int most;

	if (getrlimit(RLIMIT_NOFILE, &r) || r.rlim_cur > 1000000)
		return;
	most = (int)r.rlim_cur - (r.rlim_cur >= 256 ? 128 : (int)r.rlim_cur / 2);
	if (most < 4)
		most = 4;
	if (o->connections > most)
		o->connections = most;
}

static bool read_address(const struct http_options *o, struct sockaddr_storage *at)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)at;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)at;

	memset(at, 0, sizeof(*at));
	if (inet_pton(AF_INET, o->address, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)o->port);
		return true;
	}
	if (inet_pton(AF_INET6, o->address, &v6->sin6_addr) != 1)
		return false;
	v6->sin6_family = AF_INET6;
	v6->sin6_port = htons((uint16_t)o->port);
	return true;
}

/* The library splits its limit among its threads, and who accepts is chance:
 * so each may hold them all, and conns.c keeps the count. */
static bool start_daemon(struct http_server *s, struct sockaddr_storage *at)
{
	unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL |
			 MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
	unsigned threads = (unsigned)(s->o.threads > 0 ? s->o.threads : 1);
	const union MHD_DaemonInfo *info;

	if (at->ss_family == AF_INET6)
		flags |= MHD_USE_IPv6;
	s->daemon = MHD_start_daemon(flags, 0, conns_admit, s, on_request, s,
		MHD_OPTION_EXTERNAL_LOGGER, amend_refusal, s, MHD_OPTION_SOCK_ADDR,
		(struct sockaddr *)at, MHD_OPTION_NOTIFY_COMPLETED, on_end, s,
		MHD_OPTION_NOTIFY_CONNECTION, conns_changed, s, MHD_OPTION_URI_LOG_CALLBACK,
		on_target, s, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, s,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_SIZE, MHD_OPTION_CONNECTION_LIMIT,
		((unsigned)s->o.connections + 64) * threads, MHD_OPTION_THREAD_POOL_SIZE,
		threads > 1 ? threads : 0u, MHD_OPTION_END);
	if (!s->daemon)
		return false;
	info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
	s->port = info ? info->port : s->o.port;
	return true;
}

static struct http_server *not_started(
	struct http_server *s, char *why, size_t size, const char *reason)
{
	if (why && size)
		snprintf(why, size, "%s", reason);
	pthread_mutex_destroy(&s->lock);
	pthread_mutex_destroy(&s->shelf.lock);
	pthread_cond_destroy(&s->wake);
	free(s);
	return NULL;
}

struct http_server *http_start(
	const struct http_options *o, const struct http_app *app, char *why, size_t size)
{
	struct http_server *s = need(calloc(1, sizeof(*s)));
	struct sockaddr_storage at;
	char reason[128];

	s->o = *o;
	s->app = *app;
	pthread_mutex_init(&s->lock, NULL);
	pthread_mutex_init(&s->shelf.lock, NULL);
	pthread_cond_init(&s->wake, NULL);
	fit_to_descriptors(&s->o);
	s->seams_known = !strncmp(MHD_get_version(), "0.9.75", 6);
	if (!read_address(o, &at))
		return not_started(s, why, size, "the address is not one");
	if (!start_daemon(s, &at)) {
		snprintf(reason, sizeof(reason), "cannot listen on %s port %d: %m", o->address,
			o->port);
		return not_started(s, why, size, reason);
	}
	if (pthread_create(&s->timer, NULL, keep_time, s)) {
		MHD_stop_daemon(s->daemon);
		return not_started(s, why, size, "cannot start the timer's thread");
	}
	return s;
}

int http_port(const struct http_server *s)
{
	return s->port;
}

static int count_calls(struct http_server *s)
{
	int n = 0;

	pthread_mutex_lock(&s->lock);
	for (struct conn *conn = s->conns; conn; conn = conn->next) {
		pthread_mutex_lock(&conn->lock);
		n += conn->call != NULL;
		pthread_mutex_unlock(&conn->lock);
	}
	pthread_mutex_unlock(&s->lock);
	return n;
}

/* Those that are away still after their time come back without an answer;
 * who holds them may still say http_reply() to their shell.  Someone may be at
 * it this very moment: those are waited for, without the lock they may need. */
static void drop_calls(struct http_server *s)
{
	pthread_mutex_lock(&s->lock);
	for (struct conn *conn = s->conns; conn; conn = conn->next) {
		pthread_mutex_lock(&conn->lock);
		if (conn->call)
			call_forget(conn->call);
		pthread_mutex_unlock(&conn->lock);
	}
	pthread_mutex_unlock(&s->lock);
	while (atomic_load(&s->away))
		usleep(1000);
}

static void wait_for_calls(struct http_server *s)
{
	int64_t until = http_now() + STOP_MS;

	pthread_mutex_lock(&s->lock);
	streams_end(s);
	pthread_mutex_unlock(&s->lock);
	while (count_calls(s) && http_now() < until)
		usleep(10 * 1000);
}

static void end_timer(struct http_server *s)
{
	pthread_mutex_lock(&s->lock);
	s->timer_ends = true;
	pthread_cond_broadcast(&s->wake);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->timer, NULL);
}

/* Not MHD_quiesce_daemon: with a thread pool, 0.9.75 may take the listening
 * socket out of epoll twice and end the program.  conns_admit turns new ones
 * away instead. */
void http_stop(struct http_server *s)
{
	atomic_store(&s->stopping, true);
	wait_for_calls(s);
	drop_calls(s);
	end_timer(s);
	MHD_stop_daemon(s->daemon);
	shelf_free(&s->shelf);
	pthread_mutex_destroy(&s->lock);
	pthread_mutex_destroy(&s->shelf.lock);
	pthread_cond_destroy(&s->wake);
	free(s);
}
