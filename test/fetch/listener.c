/* One connection after the other, each for one answer. */
#include "listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LARGE = 30 };

static void say(int fd, const char *s, size_t n)
{
	while (n) {
		ssize_t sent = send(fd, s, n, MSG_NOSIGNAL);

		if (sent <= 0)
			return;
		s += sent;
		n -= (size_t)sent;
	}
}

static void answer(int fd, int status, const char *head, const char *body)
{
	char text[4096];
	int n = snprintf(text, sizeof(text),
		"HTTP/1.1 %d x\r\nContent-Length: %zu\r\nConnection: close\r\n%s\r\n%s", status,
		strlen(body), head, body);

	say(fd, text, (size_t)n);
}

static void say_large(int fd)
{
	static char block[1024 * 1024];

	memset(block, 'a', sizeof(block));
	say(fd, "HTTP/1.0 200 x\r\n\r\n", 18);
	for (int i = 0; i < LARGE; i++)
		say(fd, block, sizeof(block));
}

static void serve(struct listener *l, int fd, const char *path)
{
	char where[100];

	if (!strcmp(path, "/sheet"))
		answer(fd, 200, "Content-Type: text/csv\r\n", l->csv);
	else if (!strcmp(path, "/page"))
		answer(fd, 200, "Content-Type: text/html\r\n", "<!DOCTYPE html><p>ciao");
	else if (!strcmp(path, "/hop"))
		answer(fd, 307, "Location: /sheet\r\n", "");
	else if (!strcmp(path, "/round"))
		answer(fd, 302, "Location: /round\r\n", "");
	else if (!strcmp(path, "/private"))
		answer(fd, 302, "Location: https://10.0.0.1/sheet\r\n", "");
	else if (!strcmp(path, "/large"))
		say_large(fd);
	else if (!strcmp(path, "/elsewhere")) {
		snprintf(where, sizeof(where), "Location: http://127.0.0.1:%d/sheet\r\n", l->other);
		answer(fd, 302, where, "");
	} else
		answer(fd, 403, "", "");
}

static void *listen_on(void *arg)
{
	struct listener *l = arg;

	for (;;) {
		char text[4096], path[200] = "";
		int fd = accept(l->fd, NULL, NULL);
		ssize_t n;

		if (fd < 0)
			return NULL;
		l->heard++;
		n = recv(fd, text, sizeof(text) - 1, 0);
		text[n > 0 ? n : 0] = '\0';
		if (sscanf(text, "GET %199s", path) == 1)
			serve(l, fd, path);
		close(fd);
	}
}

void listener_open(struct listener *l, const char *csv)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof(at);

	*l = (struct listener){ .fd = socket(AF_INET, SOCK_STREAM, 0), .csv = csv };
	if (bind(l->fd, (struct sockaddr *)&at, sizeof(at)) || listen(l->fd, 16) ||
		getsockname(l->fd, (struct sockaddr *)&at, &n))
		abort();
	l->port = ntohs(at.sin_port);
	pthread_create(&l->thread, NULL, listen_on, l);
}

void listener_close(struct listener *l)
{
	shutdown(l->fd, SHUT_RDWR);
	pthread_join(l->thread, NULL);
	close(l->fd);
}
