/* Connections: who is let in, who must go when the house is full, and who
 * takes too long. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#include "http/inside.h"

enum {
	LEAVING_MAX = 64,   /* shut down and not yet gone */
	CLOCKS_DIFFER = 50, /* ms, between the kernel's count and ours */
	UNHEARD_MS = 30000, /* sent and never acknowledged: the kernel gives up */
};

void conn_does(struct conn *conn, enum doing doing, int64_t ms)
{
	int64_t now = http_now();

	atomic_store_explicit(&conn->since, now, memory_order_relaxed);
	atomic_store_explicit(
		&conn->plan, (ms ? now + ms : 0) * 8 + (int64_t)doing, memory_order_relaxed);
}

static enum doing doing_of(int64_t plan)
{
	return (enum doing)(plan & 7);
}

enum doing conn_doing(const struct conn *conn)
{
	return doing_of(atomic_load_explicit(&conn->plan, memory_order_relaxed));
}

/* Under the lock, which conns_changed() takes before the library closes fd. */
void conn_cut(struct conn *conn)
{
	conn->cut = true;
	shutdown(conn->fd, SHUT_RDWR);
}

/* One key an IPv4 address and one an IPv6 network of 64 bits: a client there
 * has all of it. */
static void make_key(const struct sockaddr *from, unsigned char *key)
{
	memset(key, 0, 16);
	if (from->sa_family == AF_INET6)
		memcpy(key, &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr, 8);
	else
		memcpy(key + 12, &((const struct sockaddr_in *)(const void *)from)->sin_addr, 4);
}

static bool has_too_many(const struct http_server *s, const unsigned char *key)
{
	int n = 0;

	for (const struct conn *conn = s->conns; conn; conn = conn->next)
		n += !conn->cut && !memcmp(conn->key, key, 16);
	return n >= s->o.per_address;
}

/* Idle ones before those in a head, those before the ones in a body; the
 * others are being served and stay. */
static int rank(const struct conn *conn)
{
	switch (conn_doing(conn)) {
	case DOING_IDLE:
		return 3;
	case DOING_HEAD:
		return 2;
	case DOING_BODY:
		return 1;
	default:
		return 0;
	}
}

static struct conn *first_to_go(const struct http_server *s, int *standing)
{
	struct conn *first = NULL;

	*standing = 0;
	for (struct conn *conn = s->conns; conn; conn = conn->next) {
		if (conn->cut)
			continue;
		++*standing;
		if (!rank(conn) || (first && rank(conn) < rank(first)))
			continue;
		/* The list has the newest in front; idle ones go by when
		 * they were last heard of. */
		if (!first || rank(conn) > rank(first) ||
			atomic_load(&conn->since) <= atomic_load(&first->since))
			first = conn;
	}
	return first;
}

static bool make_place(struct http_server *s)
{
	int standing;
	struct conn *first = first_to_go(s, &standing);

	if (standing < s->o.connections)
		return true;
	if (!first || s->conn_count >= s->o.connections + LEAVING_MAX)
		return false;
	conn_cut(first);
	return true;
}

/* Behind a proxy all come from one address, and counting is the proxy's. */
enum MHD_Result conns_admit(void *server, const struct sockaddr *from, socklen_t len)
{
	struct http_server *s = server;
	unsigned char key[16];
	bool in;

	(void)len;
	make_key(from, key);
	pthread_mutex_lock(&s->lock);
	in = !atomic_load(&s->stopping) &&
	     !(s->o.per_address && !s->o.behind_proxy && has_too_many(s, key)) && make_place(s);
	pthread_mutex_unlock(&s->lock);
	return in ? MHD_YES : MHD_NO;
}

static void write_peer(struct conn *conn, const struct sockaddr *from)
{
	const void *bytes =
		from->sa_family == AF_INET6
			? (const void *)&((const struct sockaddr_in6 *)(const void *)from)
				  ->sin6_addr
			: (const void *)&((const struct sockaddr_in *)(const void *)from)->sin_addr;

	if (!inet_ntop(from->sa_family, bytes, conn->peer, sizeof(conn->peer)))
		conn->peer[0] = '\0';
}

static struct conn *conn_new(struct http_server *s, struct MHD_Connection *lib)
{
	struct conn *conn = need(calloc(1, sizeof(*conn)));
	const struct sockaddr *from =
		MHD_get_connection_info(lib, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
	unsigned unheard = UNHEARD_MS;

	conn->server = s;
	pthread_mutex_init(&conn->lock, NULL);
	conn->fd = MHD_get_connection_info(lib, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	make_key(from, conn->key);
	write_peer(conn, from);
	conn_does(conn, DOING_HEAD, (int64_t)s->o.head_seconds * 1000);
	setsockopt(conn->fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &unheard, sizeof(unheard));
	pthread_mutex_lock(&s->lock);
	conn->next = s->conns;
	if (conn->next)
		conn->next->prev = conn;
	s->conns = conn;
	s->conn_count++;
	pthread_mutex_unlock(&s->lock);
	return conn;
}

/* A call may be left: the library ends some heads without a word. */
static void conn_free(struct http_server *s, struct conn *conn)
{
	if (conn->call)
		call_leave(conn->call);
	pthread_mutex_lock(&s->lock);
	if (conn->next)
		conn->next->prev = conn->prev;
	if (conn->prev)
		conn->prev->next = conn->next;
	else
		s->conns = conn->next;
	s->conn_count--;
	pthread_mutex_unlock(&s->lock);
	pthread_mutex_destroy(&conn->lock);
	free(conn);
}

void conns_changed(void *server, struct MHD_Connection *lib, void **context,
	enum MHD_ConnectionNotificationCode what)
{
	struct http_server *s = server;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		*context = conn_new(s, lib);
	} else if (*context) {
		conn_free(s, *context);
		*context = NULL;
	}
}

/* The library tells of a head when its first line is in; a client that
 * dribbles must be known earlier: the kernel says when it was last heard. */
static void look_for_head(struct conn *conn, int64_t plan, int64_t now)
{
	struct tcp_info info;
	socklen_t len = sizeof(info);
	int64_t since = atomic_load(&conn->since);
	int64_t heard;

	memset(&info, 0, sizeof(info));
	if (getsockopt(conn->fd, IPPROTO_TCP, TCP_INFO, &info, &len))
		return;
	heard = now - (int64_t)info.tcpi_last_data_recv;
	if (heard <= since + CLOCKS_DIFFER)
		return;
	heard += (int64_t)conn->server->o.head_seconds * 1000;
	/* It may have become a call meanwhile, which then knows better. */
	atomic_compare_exchange_strong(&conn->plan, &plan, heard * 8 + DOING_HEAD);
}

/* The library's edge-triggered reading misses an end that came together with
 * the last bytes, and would wait for more until the deadline. */
static bool has_hung_up(const struct conn *conn)
{
	char byte;

	return recv(conn->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static void judge(struct conn *conn, int64_t now)
{
	int64_t plan = atomic_load(&conn->plan);

	if (plan >= 8 && now >= plan / 8)
		conn_cut(conn);
	else if ((rank(conn) || doing_of(plan) == DOING_STREAM) && has_hung_up(conn))
		conn_cut(conn);
	else if (doing_of(plan) == DOING_IDLE)
		look_for_head(conn, plan, now);
}

void conns_judge(struct http_server *s, int64_t now)
{
	for (struct conn *conn = s->conns; conn; conn = conn->next)
		if (!conn->cut)
			judge(conn, now);
}
