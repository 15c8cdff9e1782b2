/* A file by https, from where it may come from alone. */
#include "fetch/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"

enum { ADDRESSES = 16, HOST = 256, PART = 300 };

/* One hop: where to, and the addresses that were found to be public. */
struct hop {
	char host[HOST], port[8];
	bool is_allowed; /* by name, whatever its addresses are */
	struct sockaddr_storage at[ADDRESSES];
	size_t n;
};

struct fetch {
	struct arena *mem;
	const char *allow;
	struct hop hop;
	char *bytes;
	size_t n, size;
	time_t until;
	bool is_too_large;
};

static bool is_on(const char *list, const char *host, const char *port)
{
	char one[HOST + 10];
	size_t n = (size_t)snprintf(one, sizeof(one), "%s:%s", host, port);

	for (const char *at = list; at && *at; at += strcspn(at, ","), at += *at == ',')
		if (strcspn(at, ",") == n && !strncmp(at, one, n))
			return true;
	return false;
}

/* A part of the address; false when it is absent or longer than it should be. */
static bool take(CURLU *u, CURLUPart part, unsigned flags, char *to, size_t size)
{
	char *text = NULL;
	bool ok = curl_url_get(u, part, &text, flags) == CURLUE_OK && strlen(text) < size;

	if (ok)
		memcpy(to, text, strlen(text) + 1);
	curl_free(text);
	return ok;
}

static bool read_address(struct fetch *f, const char *url, const char **why)
{
	char scheme[16], user[PART];
	CURLU *u = curl_url();
	bool ok = u && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
		  take(u, CURLUPART_SCHEME, 0, scheme, sizeof(scheme)) &&
		  take(u, CURLUPART_HOST, 0, f->hop.host, sizeof(f->hop.host)) &&
		  take(u, CURLUPART_PORT, CURLU_DEFAULT_PORT, f->hop.port, sizeof(f->hop.port)) &&
		  !take(u, CURLUPART_USER, 0, user, sizeof(user));

	curl_url_cleanup(u);
	f->hop.is_allowed = ok && is_on(f->allow, f->hop.host, f->hop.port);
	*why = "fetch.address";
	return ok && (!strcmp(scheme, "https") || (f->hop.is_allowed && !strcmp(scheme, "http")));
}

/* "[::1]" -> "::1" */
static void without_brackets(const char *host, char out[HOST])
{
	size_t n = strlen(host);

	if (*host == '[' && host[n - 1] == ']')
		snprintf(out, HOST, "%.*s", (int)n - 2, host + 1);
	else
		snprintf(out, HOST, "%s", host);
}

/* Once; all that it leads to must be public. */
static bool resolve(struct fetch *f, const char **why)
{
	struct addrinfo wanted = { .ai_socktype = SOCK_STREAM }, *found = NULL;
	char name[HOST];
	bool ok;

	without_brackets(f->hop.host, name);
	ok = !getaddrinfo(name, f->hop.port, &wanted, &found);
	f->hop.n = 0;
	for (struct addrinfo *a = found; ok && a && f->hop.n < ADDRESSES; a = a->ai_next) {
		ok = f->hop.is_allowed || address_is_public(a->ai_addr);
		memcpy(&f->hop.at[f->hop.n++], a->ai_addr, a->ai_addrlen);
	}
	if (found)
		freeaddrinfo(found);
	*why = "fetch.unreachable";
	return ok && f->hop.n;
}

/* "host:port:addr,addr": what was looked at is what is connected to. */
static struct curl_slist *pinned(const struct hop *hop)
{
	char line[HOST + ADDRESSES * (INET6_ADDRSTRLEN + 3)];
	size_t len = (size_t)snprintf(line, sizeof(line), "%s:%s:", hop->host, hop->port);

	for (size_t i = 0; i < hop->n; i++) {
		const struct sockaddr_storage *s = &hop->at[i];
		bool six = s->ss_family == AF_INET6;
		char text[INET6_ADDRSTRLEN] = "";

		inet_ntop(s->ss_family,
			six ? (const void *)&((const struct sockaddr_in6 *)s)->sin6_addr
			    : (const void *)&((const struct sockaddr_in *)s)->sin_addr,
			text, sizeof(text));
		len += (size_t)snprintf(line + len, sizeof(line) - len, six ? "%s[%s]" : "%s%s",
			i ? "," : "", text);
	}
	return curl_slist_append(NULL, line);
}

/* The last look: nothing is opened to what was not found above. */
static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct fetch *f = arg;

	(void)purpose;
	if (!f->hop.is_allowed && !address_is_public(&address->addr))
		return CURL_SOCKET_BAD;
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t take_bytes(char *data, size_t one, size_t n, void *arg)
{
	struct fetch *f = arg;

	n *= one;
	if (f->n + n > FETCH_BYTES) {
		f->is_too_large = true;
		return 0;
	}
	if (f->n + n + 1 > f->size) {
		size_t size = 2 * (f->n + n) + 65536;
		char *more = realloc(f->bytes, size);

		if (!more)
			abort();
		f->bytes = more;
		f->size = size;
	}
	memcpy(f->bytes + f->n, data, n);
	f->n += n;
	f->bytes[f->n] = '\0';
	return n;
}

static void set_limits(CURL *curl, const struct fetch *f)
{
	long left = (long)(f->until - time(NULL));

	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, f->hop.is_allowed ? "http,https" : "https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, left > 0 ? left : 1L);
	curl_easy_setopt(curl, CURLOPT_MAXFILESIZE, (long)FETCH_BYTES);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "Crisalide");
}

/* One answer; *next: where it sends us, or "". */
static bool go(struct fetch *f, const char *url, char **next, const char **why)
{
	CURL *curl = curl_easy_init();
	struct curl_slist *pin = pinned(&f->hop);
	char *to = NULL;
	CURLcode code;
	long status = 0;

	if (!curl)
		abort();
	f->n = 0;
	set_limits(curl, f);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_RESOLVE, pin);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, f);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_bytes);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, f);
	code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &to);
	*next = to ? arena_dup(f->mem, to) : NULL;
	curl_easy_cleanup(curl);
	curl_slist_free_all(pin);
	f->is_too_large = f->is_too_large || code == CURLE_FILESIZE_EXCEEDED;
	*why = f->is_too_large ? "fetch.too_large" : code ? "fetch.unreachable" : "fetch.answer";
	return !code && (*next || status == 200);
}

static bool follow(struct fetch *f, const char *url, const char **why)
{
	char *next = NULL;

	for (int i = 0; i <= FETCH_REDIRECTS; i++) {
		if (!read_address(f, url, why) || !resolve(f, why) || !go(f, url, &next, why))
			return false;
		if (!next)
			return true;
		url = next;
	}
	*why = "fetch.answer";
	return false;
}

bool fetch_file(struct arena *mem, const char *url, const char *allow, struct fetched *got,
	const char **why)
{
	struct fetch f = { .mem = mem, .allow = allow, .until = time(NULL) + FETCH_SECONDS };
	bool ok = follow(&f, url, why);
	char *kept = arena_alloc(mem, f.n + 1);

	if (f.n)
		memcpy(kept, f.bytes, f.n);
	free(f.bytes);
	*got = (struct fetched){ kept, f.n };
	return ok;
}
