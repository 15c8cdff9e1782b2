/* The body as it arrives: in memory up to 1 MiB, else in a file without a
 * name, which http_body() sees mapped. */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "http/inside.h"

static int nameless_file(void)
{
	int fd = open("/var/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	return fd >= 0 ? fd : open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

static bool write_all(int fd, const char *data, size_t n)
{
	while (n) {
		ssize_t done = write(fd, data, n);

		if (done <= 0)
			return false;
		data += done;
		n -= (size_t)done;
	}
	return true;
}

static bool move_to_file(struct http_call *c)
{
	c->body_file = nameless_file();
	if (c->body_file < 0 || !write_all(c->body_file, c->body, c->body_len))
		return false;
	free(c->body);
	c->body = NULL;
	return true;
}

static void make_room(struct http_call *c, size_t wanted)
{
	size_t room = c->body_room ? c->body_room : 4096;

	while (room < wanted + 1)
		room *= 2;
	if (room != c->body_room)
		c->body = need(realloc(c->body, room));
	c->body_room = room;
}

static bool store(struct http_call *c, const char *data, size_t n)
{
	if (c->body_file < 0 && c->body_len + n > BODY_IN_MEMORY && !move_to_file(c))
		return false;
	if (c->body_file >= 0) {
		if (!write_all(c->body_file, data, n))
			return false;
	} else {
		make_room(c, c->body_len + n);
		memcpy(c->body + c->body_len, data, n);
	}
	c->body_len += n;
	return true;
}

/* The time a body may take grows with what has come of it. */
static void set_deadline(struct http_call *c)
{
	int64_t allowed = (int64_t)c->server->o.body_seconds * 1000 +
			  (int64_t)(c->body_size / (BYTES_A_SECOND / 1000));

	conn_does(c->conn, DOING_BODY, c->body_since + allowed - http_now());
}

int body_begin(struct http_call *c)
{
	if (!head_has_body(c))
		return 0;
	c->body_limit = c->server->app.limit(c->server->app.app, c);
	if (c->body_told > c->body_limit) {
		if (c->body_told > c->body_limit + BODY_DRAINED || http_header(c, "Expect"))
			return 413;
		c->refused = 413;
	}
	c->body_since = http_now();
	set_deadline(c);
	return 0;
}

bool body_take(struct http_call *c, const char *data, size_t n)
{
	c->body_size += n;
	set_deadline(c);
	if (!c->refused && c->body_size > c->body_limit)
		c->refused = 413;
	if (c->refused)
		return c->body_size <= c->body_limit + BODY_DRAINED;
	if (!store(c, data, n))
		c->refused = 503;
	return true;
}

bool body_end(struct http_call *c)
{
	void *at;

	if (c->refused || c->body_file < 0) {
		if (c->body)
			c->body[c->body_len] = '\0';
		return true;
	}
	/* One byte more than came, so that a NUL follows. */
	if (!write_all(c->body_file, "", 1))
		return false;
	at = mmap(NULL, c->body_len + 1, PROT_READ, MAP_PRIVATE, c->body_file, 0);
	if (at == MAP_FAILED)
		return false;
	c->body = at;
	c->body_mapped = c->body_len + 1;
	return true;
}

void body_release(struct http_call *c)
{
	if (c->body_mapped)
		munmap(c->body, c->body_mapped);
	else
		free(c->body);
	if (c->body_file >= 0)
		close(c->body_file);
	c->body = NULL;
	c->body_file = -1;
}
