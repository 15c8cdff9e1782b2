/* The tests' server and its client. */
#include "house.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { LIMIT = 4 * 1024 * 1024, HELLO = 2048 };

void pause_ms(int ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000L };

	nanosleep(&t, NULL);
}

static size_t limit(void *app, const struct http_call *c)
{
	(void)app;
	return !strcmp(http_path(c), "/body") || !strcmp(http_path(c), "/later") ? LIMIT : 16;
}

static void refusal(void *app, const struct http_call *c, int status, char *text, size_t size)
{
	(void)app, (void)c;
	snprintf(text, size, "{\"refused\":%d}", status);
}

struct kept {
	struct house *house;
	char text[HELLO + 1], note[16];
};

static void release(void *arg)
{
	struct kept *kept = arg;

	atomic_fetch_add(&kept->house->released, 1);
	free(kept);
}

static void answer(struct house *h, struct http_call *c, const char *text)
{
	struct kept *kept = calloc(1, sizeof(*kept));
	struct http_res res = { .status = 200,
		.type = "application/json",
		.body = kept->text,
		.release = release,
		.keepsake = kept };

	kept->house = h;
	snprintf(kept->text, sizeof(kept->text), "%s", text);
	/* a header out of the same memory as the body */
	snprintf(kept->note, sizeof(kept->note), "kept");
	res.extra[0] = (struct http_header){ "X-House", kept->note };
	res.len = strlen(kept->text);
	res.is_static = !strcmp(http_path(c), "/static");
	http_reply(c, &res);
}

static void work(void *app, void *job)
{
	pause_ms(5);
	answer(app, job, "later");
}

static void tell_body(struct house *h, struct http_call *c)
{
	const char *body = http_body(c);
	size_t len = http_body_len(c);
	char text[128];

	snprintf(text, sizeof(text), "%zu %s %d", len, len > 4 ? body + len - 4 : body, body[len]);
	answer(h, c, text);
}

static void greet(struct house *h, struct http_call *c)
{
	char text[HELLO + 1];

	for (size_t i = 0; i < HELLO; i++)
		text[i] = "hello "[i % 6];
	text[HELLO] = '\0';
	answer(h, c, text);
}

static void stream_gone(void *arg)
{
	struct house *h = arg;

	pthread_mutex_lock(&h->lock);
	h->stream = NULL;
	pthread_mutex_unlock(&h->lock);
	atomic_fetch_add(&h->gone, 1);
}

static void stream(struct house *h, struct http_call *c)
{
	pthread_mutex_lock(&h->lock);
	h->stream = http_stream_start(c, stream_gone, h);
	pthread_mutex_unlock(&h->lock);
}

static void serve(void *app, struct http_call *c)
{
	struct house *h = app;
	const char *path = http_path(c);

	if (!strcmp(path, "/later")) {
		http_later(c);
		atomic_fetch_add(&h->later, 1);
		pool_add(h->pool, c);
	} else if (!strcmp(path, "/held")) {
		http_later(c);
		atomic_store(&h->held, c);
	} else if (!strcmp(path, "/body")) {
		tell_body(h, c);
	} else if (!strcmp(path, "/peer")) {
		answer(h, c, http_peer(c));
	} else if (!strcmp(path, "/events")) {
		stream(h, c);
	} else {
		greet(h, c);
	}
}

void house_let_go(struct house *h)
{
	struct http_call *c = atomic_exchange(&h->held, NULL);

	if (c)
		answer(h, c, "let go");
}

struct http_options house_options(void)
{
	return (struct http_options){ .address = "127.0.0.1",
		.threads = 2,
		.connections = 100,
		.head_seconds = 20,
		.body_seconds = 20,
		.idle_seconds = 20 };
}

void house_open(struct house *h, const struct http_options *o)
{
	struct http_app app = { limit, serve, refusal, h };
	char why[128];

	memset(h, 0, sizeof(*h));
	pthread_mutex_init(&h->lock, NULL);
	h->pool = pool_new(2, 16, work, h, "test");
	h->server = http_start(o, &app, why, sizeof(why));
	if (!h->server) {
		fprintf(stderr, "%s\n", why);
		abort();
	}
}

void house_close(struct house *h)
{
	if (h->server)
		http_stop(h->server);
	h->server = NULL;
	pool_free(h->pool);
	pthread_mutex_destroy(&h->lock);
}

int dial(const struct house *h)
{
	struct sockaddr_in there = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)http_port(h->server)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&there, sizeof(there))) {
		perror("connect");
		abort();
	}
	return fd;
}

void say(int fd, const char *text, size_t len)
{
	while (len) {
		ssize_t n = send(fd, text, len, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		text += n;
		len -= (size_t)n;
	}
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool hear(int fd, char *text, size_t size, int ms)
{
	int64_t until = now_ms() + ms;
	size_t len = 0;

	text[0] = '\0';
	while (len + 1 < size && now_ms() < until) {
		struct pollfd waits = { fd, POLLIN, 0 };
		ssize_t n;

		if (poll(&waits, 1, (int)(until - now_ms())) <= 0)
			return false;
		n = recv(fd, text + len, size - len - 1, 0);
		if (n <= 0)
			return true;
		len += (size_t)n;
		text[len] = '\0';
	}
	return false;
}

/* Byte by byte, so that nothing of the next answer is taken. */
static bool hear_head(int fd, char *text, size_t size)
{
	size_t len = 0;

	text[0] = '\0';
	while (len + 1 < size && !strstr(text, "\r\n\r\n")) {
		if (recv(fd, text + len, 1, 0) <= 0)
			return false;
		text[++len] = '\0';
	}
	return true;
}

int hear_one(int fd, char *text, size_t size)
{
	const char *length;
	size_t head, body;

	if (!hear_head(fd, text, size))
		return 0;
	head = strlen(text);
	length = strstr(text, "Content-Length: ");
	body = length ? strtoul(length + 16, NULL, 10) : 0;
	if (head + body + 1 > size)
		abort();
	if (body && recv(fd, text + head, body, MSG_WAITALL) != (ssize_t)body)
		return 0;
	text[head + body] = '\0';
	return (int)strtol(text + 9, NULL, 10);
}

int ask(const struct house *h, const char *text, char *answer, size_t size)
{
	int fd = dial(h);
	int status;

	say(fd, text, strlen(text));
	status = hear_one(fd, answer, size);
	close(fd);
	return status;
}
