/* A load of clients on kept-alive connections, and how long each answer took.
 *
 * load PORT TOKEN CLIENTS SECONDS METHOD PATHS [BODY]
 * PATHS is a file of paths, taken at random; in BODY {n} is a counter.
 * Prints: requests a second, p50, p95, p99, p99.9 in ms, answers that were not
 * 2xx.  Bounded by SECONDS (at most 60); loopback only. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SAMPLES = 400000, ANSWER = 4 << 20, PATHS_MAX = 100000 };

struct load {
	int port, clients;
	double seconds;
	const char *token, *method, *body;
	char **paths;
	size_t paths_n;
	double until;
	atomic_ullong count, bad;
};

struct client {
	struct load *load;
	unsigned seed;
	float *ms;
	size_t n;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int dial(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0), yes = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0)
		return fd;
	close(fd);
	return -1;
}

static size_t request(const struct client *c, char *out, size_t size)
{
	const struct load *l = c->load;
	const char *path = l->paths[(size_t)rand_r((unsigned *)&c->seed) % l->paths_n];
	char body[4096] = "";
	const char *mark = l->body ? strstr(l->body, "{n}") : NULL;

	if (mark)
		snprintf(body, sizeof(body), "%.*s%p-%zu%s", (int)(mark - l->body), l->body,
			(const void *)c, c->n, mark + 3);
	else if (l->body)
		snprintf(body, sizeof(body), "%s", l->body);
	return (size_t)snprintf(out, size,
		"%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n%s"
		"Content-Length: %zu\r\n\r\n%s",
		l->method, path, l->token, *body ? "Content-Type: application/json\r\n" : "",
		strlen(body), body);
}

/* The whole answer; its status, 0 when the connection broke. */
static int answer(int fd, char *buf)
{
	size_t have = 0, want = 0;

	for (;;) {
		ssize_t n = recv(fd, buf + have, ANSWER - 1 - have, 0);
		char *end, *len;

		if (n <= 0)
			return 0;
		have += (size_t)n;
		buf[have] = '\0';
		end = want ? NULL : strstr(buf, "\r\n\r\n");
		if (end) {
			len = strcasestr(buf, "\r\nContent-Length:");
			want = (size_t)(end + 4 - buf) +
			       (len && len < end ? strtoul(len + 17, NULL, 10) : 0);
		}
		if (want && have >= want)
			return (int)strtol(buf + 9, NULL, 10);
	}
}

static void *client(void *arg)
{
	struct client *c = arg;
	char *buf = malloc(ANSWER), out[8192];
	int fd = dial(c->load->port);
	unsigned served = 0;

	while (buf && now() < c->load->until) {
		size_t n = request(c, out, sizeof(out));
		double from = now();
		int status;

		/* the server ends a connection after 1,000 requests */
		if (++served == 990) {
			close(fd);
			fd = dial(c->load->port);
			served = 0;
			from = now();
		}
		status = send(fd, out, n, MSG_NOSIGNAL) == (ssize_t)n ? answer(fd, buf) : 0;
		if (c->n < SAMPLES)
			c->ms[c->n++] = (float)((now() - from) * 1000);
		atomic_fetch_add(&c->load->count, 1);
		if (status / 100 != 2)
			atomic_fetch_add(&c->load->bad, 1);
		if (!status) {
			close(fd);
			fd = dial(c->load->port);
		}
	}
	close(fd);
	free(buf);
	return NULL;
}

static int by_size(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

static void report(struct client *clients, int n, double seconds, const struct load *l)
{
	float *all;
	size_t count = 0, at = 0;

	for (int i = 0; i < n; i++)
		count += clients[i].n;
	all = malloc((count + 1) * sizeof(*all));
	if (!all)
		abort();
	for (int i = 0; i < n; i++) {
		memcpy(all + at, clients[i].ms, clients[i].n * sizeof(*all));
		at += clients[i].n;
	}
	qsort(all, count, sizeof(*all), by_size);
	printf("%.0f/s p50 %.2f p95 %.2f p99 %.2f p99.9 %.2f ms, %llu not 2xx\n",
		(double)atomic_load(&l->count) / seconds, (double)all[count / 2],
		(double)all[count * 95 / 100], (double)all[count * 99 / 100],
		(double)all[count * 999 / 1000], (unsigned long long)atomic_load(&l->bad));
	free(all);
}

static void read_paths(struct load *l, const char *file)
{
	static char line[4096];
	FILE *f = fopen(file, "r");

	l->paths = calloc(PATHS_MAX, sizeof(*l->paths));
	while (f && l->paths && fgets(line, sizeof(line), f) && l->paths_n < PATHS_MAX) {
		line[strcspn(line, "\n")] = '\0';
		if (*line)
			l->paths[l->paths_n++] = strdup(line);
	}
	if (f)
		fclose(f);
}

int main(int argc, char **argv)
{
	struct load l = { 0 };
	struct client *clients;
	pthread_t *threads;
	double from;

	if (argc < 7) {
		fprintf(stderr, "load PORT TOKEN CLIENTS SECONDS METHOD PATHS [BODY]\n");
		return 2;
	}
	l.port = (int)strtol(argv[1], NULL, 10);
	l.token = argv[2];
	l.clients = (int)strtol(argv[3], NULL, 10);
	l.seconds = strtod(argv[4], NULL);
	l.method = argv[5];
	read_paths(&l, argv[6]);
	l.body = argc > 7 ? argv[7] : NULL;
	if (!l.paths_n || l.clients < 1 || l.clients > 256 || l.seconds > 60)
		return 2;
	clients = calloc((size_t)l.clients, sizeof(*clients));
	threads = calloc((size_t)l.clients, sizeof(*threads));
	from = now();
	l.until = from + l.seconds;
	for (int i = 0; i < l.clients; i++) {
		clients[i] =
			(struct client){ &l, (unsigned)i + 1, malloc(SAMPLES * sizeof(float)), 0 };
		pthread_create(&threads[i], NULL, client, &clients[i]);
	}
	for (int i = 0; i < l.clients; i++)
		pthread_join(threads[i], NULL);
	report(clients, l.clients, now() - from, &l);
	return 0;
}
