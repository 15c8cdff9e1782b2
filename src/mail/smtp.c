/* SMTP by libcurl: one message, and what the server said to it. */
#include <curl/curl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "mail/parts.h"

enum { CONNECT_SECONDS = 20, WHOLE_SECONDS = 180 };

struct smtp {
	CURL *curl; /* NULL: no line is open */
	atomic_bool stopping;
};

/* One sending under way. */
struct talk {
	struct smtp *smtp;
	const char *rest; /* of the message */
	char said[SAID_MAX + 1];
	bool is_about_message; /* MAIL FROM was said: what is refused is this one */
	bool is_over;	       /* QUIT was said: what comes is no answer to the message */
};

struct smtp *smtp_new(void)
{
	struct smtp *s = calloc(1, sizeof(*s));

	if (!s || curl_global_init(CURL_GLOBAL_DEFAULT))
		abort();
	return s;
}

void smtp_hang_up(struct smtp *s)
{
	if (s->curl)
		curl_easy_cleanup(s->curl);
	s->curl = NULL;
}

void smtp_stop(struct smtp *s)
{
	atomic_store(&s->stopping, true);
}

void smtp_free(struct smtp *s)
{
	if (!s)
		return;
	smtp_hang_up(s);
	curl_global_cleanup();
	free(s);
}

bool mail_is_loopback(const char *host)
{
	return !strcmp(host, "localhost") || !strcmp(host, "::1") || !strncmp(host, "127.", 4);
}

static size_t give(char *to, size_t size, size_t n, void *arg)
{
	struct talk *talk = arg;
	size_t given = strnlen(talk->rest, size * n);

	memcpy(to, talk->rest, given);
	talk->rest += given;
	return given;
}

/* Each line of the server's; the last one is kept. */
static size_t hear(char *line, size_t size, size_t n, void *arg)
{
	struct talk *talk = arg;
	size_t len = size * n < SAID_MAX ? size * n : SAID_MAX;

	if (talk->is_over)
		return size * n;
	while (len && (unsigned char)line[len - 1] <= ' ')
		len--;
	memcpy(talk->said, line, len);
	talk->said[len] = '\0';
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			talk->said[i] = ' ';
	if (!utf8_is_valid(talk->said, strlen(talk->said)))
		for (char *p = talk->said; *p; p++)
			if ((unsigned char)*p >= 0x80)
				*p = '?';
	return size * n;
}

/* What we say; passwords go by here too, and are not looked at. */
static int watch(CURL *curl, curl_infotype type, char *data, size_t n, void *arg)
{
	struct talk *talk = arg;

	(void)curl;
	if (type != CURLINFO_HEADER_OUT)
		return 0;
	if (n > 10 && !strncmp(data, "MAIL FROM:", 10))
		talk->is_about_message = true;
	if (n >= 4 && !strncmp(data, "QUIT", 4))
		talk->is_over = true;
	return 0;
}

/* Told to stop: what is wholly said waits for its answer, else the line is cut. */
static int go_on(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct talk *talk = arg;

	(void)a, (void)b, (void)c, (void)d;
	return atomic_load(&talk->smtp->stopping) && *talk->rest;
}

static void set_security(CURL *curl, const struct mail_server *server)
{
	curl_easy_setopt(curl, CURLOPT_USE_SSL,
		(long)(server->security == MAIL_STARTTLS ? CURLUSESSL_ALL : CURLUSESSL_NONE));
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	if (server->authority)
		curl_easy_setopt(curl, CURLOPT_CAINFO, server->authority);
}

static void set_server(struct ctx *cx, CURL *curl, const struct mail_server *server)
{
	bool is_v6 = strchr(server->host, ':') != NULL;

	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)WHOLE_SECONDS);
	/* what follows the slash is how we greet */
	curl_easy_setopt(curl, CURLOPT_URL,
		textf(cx, "%s://%s%s%s:%d/%s", server->security == MAIL_TLS ? "smtps" : "smtp",
			is_v6 ? "[" : "", server->host, is_v6 ? "]" : "", server->port,
			domain_of(server->from)));
	if (*server->user) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password);
	}
	set_security(curl, server);
}

static void set_letter(CURL *curl, struct curl_slist *to, const char *from, struct talk *talk)
{
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, talk);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, hear);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, talk);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, hear);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, talk);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, go_on);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, talk);
	curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, watch);
	curl_easy_setopt(curl, CURLOPT_DEBUGDATA, talk);
}

/* What the library's words mean for us. */
static const struct meaning {
	CURLcode code;
	enum smtp_end end;
	const char *problem;
} meanings[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, SMTP_AWAY, "mail.no_host" },
	{ CURLE_COULDNT_CONNECT, SMTP_AWAY, "mail.no_answer" },
	{ CURLE_OPERATION_TIMEDOUT, SMTP_AWAY, "mail.slow" },
	{ CURLE_PEER_FAILED_VERIFICATION, SMTP_AWAY, "mail.certificate" },
	{ CURLE_SSL_CONNECT_ERROR, SMTP_AWAY, "mail.certificate" },
	{ CURLE_SSL_CACERT_BADFILE, SMTP_AWAY, "mail.certificate" },
	{ CURLE_USE_SSL_FAILED, SMTP_AWAY, "mail.no_starttls" },
	{ CURLE_LOGIN_DENIED, SMTP_AWAY, "mail.login" },
};

/* 530, 534, 535, 538: who we are is not believed; the message is not at fault
 * (RFC 4954). */
static bool is_about_login(long code)
{
	return code == 530 || code == 534 || code == 535 || code == 538;
}

static void judge(struct ctx *cx, const struct talk *talk, CURLcode how, struct smtp_result *result)
{
	long code = strtol(talk->said, NULL, 10);

	*result = (struct smtp_result){ .said = arena_dup(cx->mem, talk->said) };
	if (how == CURLE_OK)
		return;
	/* the last answer was to DATA: "go on" */
	result->is_unknown = code == 354 && !*talk->rest;
	for (size_t i = 0; i < COUNT(meanings); i++)
		if (meanings[i].code == how) {
			result->end = meanings[i].end;
			result->problem = meanings[i].problem;
			return;
		}
	result->end = talk->is_about_message ? SMTP_LATER : SMTP_AWAY;
	result->problem = code >= 400 ? "mail.refused" : "mail.cut";
	if (talk->is_about_message && code >= 500 && !is_about_login(code))
		result->end = SMTP_NEVER;
	if (is_about_login(code)) {
		result->end = SMTP_AWAY;
		result->problem = "mail.login";
	}
}

void smtp_send(struct ctx *cx, struct smtp *s, const struct mail_server *server,
	const struct letter *letter, struct smtp_result *result)
{
	struct talk talk = { .smtp = s, .rest = letter->message };
	struct curl_slist *to = curl_slist_append(NULL, textf(cx, "<%s>", letter->to));
	char error[CURL_ERROR_SIZE] = "";
	CURLcode how;

	if (!s->curl)
		s->curl = curl_easy_init();
	if (!s->curl)
		abort();
	curl_easy_setopt(s->curl, CURLOPT_ERRORBUFFER, error);
	set_server(cx, s->curl, server);
	set_letter(s->curl, to, textf(cx, "<%s>", letter->from), &talk);
	how = curl_easy_perform(s->curl);
	judge(cx, &talk, how, result);
	if (how != CURLE_OK && strtol(talk.said, NULL, 10) < 400)
		result->said = textf(cx, "%s", *error ? error : curl_easy_strerror(how));
	/* closing the line calls back: not into what is gone */
	curl_easy_reset(s->curl);
	curl_slist_free_all(to);
}
