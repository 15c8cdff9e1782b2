/* The listeners, in a list under one lock. */
#include "cli/events.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"

struct listener {
	struct listener *next;
	struct hub *hub;
	struct http_stream *stream;
	struct arena *mem;
	const struct who *who;
};

struct hub {
	pthread_mutex_t lock;
	struct listener *first;
};

struct hub *hub_new(void)
{
	struct hub *h = calloc(1, sizeof(*h));
	pthread_mutexattr_t attr;

	if (!h)
		abort();
	/* Sending may find that a client is gone, and gone() asks for the lock. */
	pthread_mutexattr_init(&attr);
	pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&h->lock, &attr);
	pthread_mutexattr_destroy(&attr);
	return h;
}

/* After the server stopped: its streams are gone. */
void hub_free(struct hub *h)
{
	pthread_mutex_destroy(&h->lock);
	free(h);
}

static void gone(void *arg)
{
	struct listener *l = arg;
	struct hub *h = l->hub;

	pthread_mutex_lock(&h->lock);
	for (struct listener **at = &h->first; *at; at = &(*at)->next)
		if (*at == l) {
			*at = l->next;
			break;
		}
	pthread_mutex_unlock(&h->lock);
	arena_free(l->mem);
}

void hub_join(struct hub *h, struct http_call *call, struct arena *mem, const struct who *who)
{
	struct listener *l = arena_alloc(mem, sizeof(*l));

	*l = (struct listener){ .hub = h, .mem = mem, .who = who };
	/* The lock is held so that no event meets a listener half made. */
	pthread_mutex_lock(&h->lock);
	l->stream = http_stream_start(call, gone, l);
	if (l->stream) {
		l->next = h->first;
		h->first = l;
		http_stream_send(l->stream, "event: hello\ndata: {}\n\n");
	}
	pthread_mutex_unlock(&h->lock);
	if (!l->stream)
		arena_free(mem);
}

/* The event as this listener may hear it; false when nothing is for him. */
static bool write_op(struct json_out *j, const struct listener *l, const struct op *op)
{
	size_t n = 0;

	json_key(j, "records");
	json_open(j, '[');
	for (size_t i = 0; i < op->changed_n; i++) {
		const struct op_record *r = &op->changed[i];

		if (!rights_covers(l->who, r->of, RIGHT_READ, r->owner_id))
			continue;
		json_open(j, '{');
		json_put_text(j, "entity", r->of->name);
		json_put_int(j, "id", r->id);
		json_close(j, '}');
		n++;
	}
	json_close(j, ']');
	return n > 0;
}

static bool changes_people(const struct op *op)
{
	for (size_t i = 0; i < op->changed_n; i++)
		if (!strcmp(op->changed[i].of->name, "user") ||
			!strcmp(op->changed[i].of->name, "role"))
			return true;
	return false;
}

void hub_tell_op(struct hub *h, const struct op *op, int64_t user_id, const char *user)
{
	bool people = changes_people(op);

	pthread_mutex_lock(&h->lock);
	for (struct listener *l = h->first, *next; l; l = next) {
		struct arena *mem = arena_new();
		struct json_out j;
		struct buf text;

		next = l->next;
		json_init(&j, mem);
		json_open(&j, '{');
		json_put_int(&j, "operation_id", op->id);
		json_put_text(&j, "kind", op->kind);
		json_put_id(&j, "user_id", user_id);
		json_put_text(&j, "user", user);
		if (op->changed_n == OP_TOLD)
			json_put_bool(&j, "more", true);
		if (write_op(&j, l, op)) {
			json_close(&j, '}');
			buf_init(&text, mem);
			buf_addf(&text, "event: change\ndata: %s\n\n", j.text.s);
			if (!people)
				http_stream_send(l->stream, text.s);
		}
		/* Rights may be others now: come back and be asked again. */
		if (people)
			http_stream_end(l->stream);
		arena_free(mem);
	}
	pthread_mutex_unlock(&h->lock);
}

void hub_tell_user(struct hub *h, int64_t user_id, const char *text)
{
	pthread_mutex_lock(&h->lock);
	for (struct listener *l = h->first; l; l = l->next)
		if (l->who->id == user_id)
			http_stream_send(l->stream, text);
	pthread_mutex_unlock(&h->lock);
}
