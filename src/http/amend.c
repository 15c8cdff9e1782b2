/* The library's own refusals, said in our words where it says them badly.
 *
 * Version 0.9.75 sends the head of its answer twice when Content-Length is
 * malformed, and calls a chunk's endless line an error of ours (500).  It
 * never asks us then; but it logs on the connection's own thread before it
 * answers.  Where only one request of this thread can be meant, its client
 * gets a whole answer from here and the library's goes nowhere.  Where
 * several can, the library's stands: ugly, and as closed. */
#include <stdarg.h>
#include <string.h>

#include "http/inside.h"

/* A length is read before we hear of the head; chunks after. */
static bool can_be_meant(struct conn *conn, bool in_body)
{
	bool ours;

	pthread_mutex_lock(&conn->lock);
	ours = conn->call && pthread_equal(conn->call->thread, pthread_self());
	pthread_mutex_unlock(&conn->lock);
	if (!ours)
		return false;
	return in_body ? conn->call->heard && conn_doing(conn) == DOING_BODY : !conn->call->heard;
}

static struct http_call *find_meant(struct http_server *s, bool in_body)
{
	struct http_call *found = NULL;
	int n = 0;

	pthread_mutex_lock(&s->lock);
	for (struct conn *conn = s->conns; conn; conn = conn->next)
		if (can_be_meant(conn, in_body)) {
			found = conn->call;
			n++;
		}
	pthread_mutex_unlock(&s->lock);
	return n == 1 ? found : NULL; /* of this thread: it stays while we are here */
}

void amend_refusal(void *server, const char *format, va_list values)
{
	static const char about[] = "Error processing request (HTTP response code is %u";
	struct http_call *c = NULL;
	const char *text;
	unsigned status;

	if (strncmp(format, about, sizeof(about) - 1) != 0)
		return;
	status = va_arg(values, unsigned);
	text = va_arg(values, const char *);
	if (strstr(text, "<b>Content-Length</b>"))
		c = find_meant(server, false);
	else if (status == 500)
		c = find_meant(server, true);
	if (!c)
		return;
	answer_send_raw(c, status == 500 ? 400 : (int)status);
	shutdown(c->conn->fd, SHUT_WR);
}
