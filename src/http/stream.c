/* Server-sent events: a bounded queue between whoever sends and the
 * library's thread, which sleeps (suspended) while it is empty. */
#include <string.h>

#include "http/inside.h"

struct http_stream {
	struct http_server *server;
	struct conn *conn;
	struct MHD_Connection *lib;
	struct http_stream *next, *prev;
	void (*gone)(void *arg);
	void *arg;

	pthread_mutex_t lock; /* all below */
	char *queue;
	size_t len, room;
	int64_t sent; /* when something was last queued, ms */
	bool asleep, ended;
};

static void wake(struct http_stream *s)
{
	if (!s->asleep)
		return;
	s->asleep = false;
	MHD_resume_connection(s->lib);
}

static void enqueue(struct http_stream *s, const char *text, size_t n)
{
	if (s->ended)
		return;
	if (s->len + n > STREAM_QUEUE_MAX) {
		/* It reads too slowly: what it misses it cannot know, so it
		 * must come again.  conn stands as long as the stream does. */
		s->ended = true;
		shutdown(s->conn->fd, SHUT_RDWR);
		wake(s);
		return;
	}
	if (s->len + n > s->room) {
		s->room = s->len + n < 4096 ? 4096 : (s->len + n) * 2;
		s->queue = need(realloc(s->queue, s->room));
	}
	memcpy(s->queue + s->len, text, n);
	s->len += n;
	s->sent = http_now();
	wake(s);
}

static ssize_t next_piece(void *arg, uint64_t at, char *out, size_t max)
{
	struct http_stream *s = arg;
	bool waits = false;
	size_t n;

	(void)at;
	pthread_mutex_lock(&s->lock);
	n = s->len < max ? s->len : max;
	if (n) {
		memcpy(out, s->queue, n);
		memmove(s->queue, s->queue + n, s->len - n);
		s->len -= n;
	} else if (!s->ended) {
		s->asleep = waits = true;
		MHD_suspend_connection(s->lib);
	}
	pthread_mutex_unlock(&s->lock);
	if (n)
		return (ssize_t)n;
	return waits ? 0 : MHD_CONTENT_READER_END_OF_STREAM;
}

static void over(void *arg)
{
	struct http_stream *s = arg;
	struct http_server *server = s->server;

	pthread_mutex_lock(&server->lock);
	if (s->next)
		s->next->prev = s->prev;
	if (s->prev)
		s->prev->next = s->next;
	else
		server->streams = s->next;
	pthread_mutex_unlock(&server->lock);
	if (s->gone)
		s->gone(s->arg);
	pthread_mutex_destroy(&s->lock);
	free(s->queue);
	free(s);
}

static void list(struct http_stream *s)
{
	struct http_server *server = s->server;

	pthread_mutex_lock(&server->lock);
	s->next = server->streams;
	if (s->next)
		s->next->prev = s;
	server->streams = s;
	s->ended = atomic_load(&server->stopping);
	pthread_mutex_unlock(&server->lock);
}

struct http_stream *http_stream_start(struct http_call *c, void (*gone)(void *arg), void *arg)
{
	static const struct http_res res = { .status = 200,
		.type = "text/event-stream",
		.extra = { { "X-Accel-Buffering", "no" } } };
	struct http_stream *s;

	if (!call_claim(c)) {
		call_drop(c);
		return NULL;
	}
	s = need(calloc(1, sizeof(*s)));
	s->server = c->server;
	s->conn = c->conn;
	s->lib = c->lib;
	s->gone = gone;
	s->arg = arg;
	s->sent = http_now();
	pthread_mutex_init(&s->lock, NULL);
	list(s);
	c->out = need(
		MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, next_piece, s, over));
	answer_add_guards(c, c->out, &res);
	c->status = res.status;
	c->out_streams = true;
	call_return(c);
	return s;
}

void http_stream_send(struct http_stream *s, const char *text)
{
	pthread_mutex_lock(&s->lock);
	enqueue(s, text, strlen(text));
	pthread_mutex_unlock(&s->lock);
}

void http_stream_end(struct http_stream *s)
{
	pthread_mutex_lock(&s->lock);
	s->ended = true;
	wake(s);
	pthread_mutex_unlock(&s->lock);
}

void streams_beat(struct http_server *server, int64_t now)
{
	for (struct http_stream *s = server->streams; s; s = s->next) {
		pthread_mutex_lock(&s->lock);
		if (s->conn->cut) {
			/* Asleep it would not notice that its client went. */
			s->ended = true;
			wake(s);
		} else if (now - s->sent >= HEARTBEAT_MS) {
			enqueue(s, ": \n\n", 4);
		}
		pthread_mutex_unlock(&s->lock);
	}
}

void streams_end(struct http_server *server)
{
	for (struct http_stream *s = server->streams; s; s = s->next)
		http_stream_end(s);
}
