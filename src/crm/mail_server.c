/* The firm's mail server: its settings judged, its password sealed. */
#include "crm/mail_server.h"

#include <errno.h>
#include <string.h>

#include "base/secret.h"
#include "base/words.h"
#include "crm/firm.h"
#include "record/op.h"

enum { PASSWORD_MAX = 500, PER_MINUTE = 60, SMTP_PORT = 587 };

/* A host is letters, digits, dots and hyphens, or an IPv6 address. */
static bool is_host(const char *s)
{
	return !s[strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-:")];
}

/* "https://crm.example.com/sales": a web address that a path may follow. */
static bool is_base(const char *s)
{
	size_t scheme = !strncmp(s, "https://", 8) ? 8 : !strncmp(s, "http://", 7) ? 7 : 0;

	if (!*s)
		return true;
	for (const char *p = s; *p; p++)
		if ((unsigned char)*p <= ' ' || (unsigned char)*p >= 0x7f ||
			strchr("?#<>\"\\`'@", *p))
			return false;
	return scheme && s[scheme] && s[scheme] != '/';
}

static void forget_password_of_another(struct record *firm)
{
	if (firm->was && record_changed(firm, "smtp_host") &&
		!record_changed(firm, "smtp_password"))
		record_set(firm, "smtp_password", v_null());
}

static void check_range(struct ctx *cx, const struct record *firm, const char *field, int64_t max)
{
	int64_t n = record_int(firm, field);

	if (record_has(firm, field) && (n < 1 || n > max))
		refuse_field(cx, field, "mail.range", textf(cx, "%lld", (long long)max));
}

void mail_server_check(struct ctx *cx, struct record *firm)
{
	const char *host = record_text(firm, "smtp_host");

	check_range(cx, firm, "smtp_port", 65535);
	check_range(cx, firm, "mails_per_minute", 6000);
	if (!is_host(host))
		refuse_field(cx, "smtp_host", "mail.host");
	if (*host && record_is(firm, "smtp_security", "none") && !mail_is_loopback(host))
		refuse_field(cx, "smtp_security", "mail.needs_tls");
	if (strchr(record_text(firm, "mail_from_name"), '\n') ||
		strchr(record_text(firm, "mail_from_name"), '\r'))
		refuse_field(cx, "mail_from_name", "mail.line_break");
	if (!is_base(record_text(firm, "base_url")))
		refuse_field(cx, "base_url", "mail.base_url");
	forget_password_of_another(firm);
}

const char *firm_link(struct ctx *cx, const struct record *firm, const char *path)
{
	const char *base = record_text(firm, "base_url");
	size_t n = strlen(base);

	if (!n)
		return NULL;
	while (n && base[n - 1] == '/')
		n--;
	return textf(cx, "%.*s%s", (int)n, base, path);
}

static bool key_of(struct ctx *cx, const struct mail_means *means, bool make, unsigned char *key)
{
	if (!means->key_file)
		return refuse(cx, PROBLEM_CONFLICT, "mail.no_key");
	return secret_key(means->key_file, make, key) ||
	       refuse(cx, PROBLEM_CONFLICT, "mail.bad_key", means->key_file, strerror(errno));
}

static const char *purpose_of(struct ctx *cx, const struct record *firm)
{
	return textf(cx, "smtp %s", record_text(firm, "smtp_host"));
}

static bool open_password(struct ctx *cx, const struct mail_means *means, const struct record *firm,
	const char **password)
{
	unsigned char key[SECRET_KEY];

	*password = "";
	if (!record_has(firm, "smtp_password"))
		return true;
	if (!key_of(cx, means, false, key))
		return false;
	*password =
		secret_open(cx->mem, key, purpose_of(cx, firm), record_text(firm, "smtp_password"));
	secret_forget(key, sizeof(key));
	return *password || refuse(cx, PROBLEM_CONFLICT, "mail.sealed");
}

static enum mail_security security_of(const struct record *firm)
{
	if (record_is(firm, "smtp_security", "tls"))
		return MAIL_TLS;
	return record_is(firm, "smtp_security", "none") ? MAIL_NO_TLS : MAIL_STARTTLS;
}

bool mail_server_load(
	struct ctx *cx, const struct mail_means *means, struct mail_server *server, bool *ready)
{
	struct record *firm;
	const char *name;

	*ready = false;
	if (!firm_load(cx, &firm))
		return false;
	name = record_text(firm, "mail_from_name");
	*server = (struct mail_server){ .host = record_text(firm, "smtp_host"),
		.port = (int)record_int(firm, "smtp_port"),
		.security = security_of(firm),
		.user = record_text(firm, "smtp_user"),
		.from = record_text(firm, "mail_from"),
		.from_name = *name ? name : record_text(firm, "name"),
		.authority = means->authority,
		.per_minute = record_int(firm, "mails_per_minute") };
	if (!server->port)
		server->port = SMTP_PORT;
	if (!server->per_minute)
		server->per_minute = PER_MINUTE;
	*ready = *server->host && *server->from;
	return !*ready || open_password(cx, means, firm, &server->password);
}

static bool may_be_sealed(struct ctx *cx, const char *password)
{
	if (strlen(password) > PASSWORD_MAX)
		return refuse_field(
			cx, "password", "field.too_long", textf(cx, "%d", PASSWORD_MAX));
	if (strpbrk(password, "\r\n"))
		return refuse_field(cx, "password", "mail.line_break");
	return true;
}

static bool seal(
	struct ctx *cx, const struct mail_means *means, struct record *firm, const char *password)
{
	unsigned char key[SECRET_KEY];

	if (!*password) {
		record_set(firm, "smtp_password", v_null());
		return true;
	}
	if (!key_of(cx, means, true, key))
		return false;
	record_set_text(
		firm, "smtp_password", secret_seal(cx->mem, key, purpose_of(cx, firm), password));
	secret_forget(key, sizeof(key));
	return true;
}

bool mail_server_password(struct ctx *cx, const struct mail_means *means, const char *password)
{
	struct record *firm;

	if (!may_be_sealed(cx, password))
		return false;

	bool ok = op_begin(cx, "firm.smtp_password") && firm_load(cx, &firm) &&
		  seal(cx, means, firm, password) && record_store(cx, firm);

	return op_end(cx, ok);
}

static const char *words(struct ctx *cx, const char *key, const char *arg)
{
	return words_say(cx->words, cx->mem, cx->lang, &(struct saying){ key, { arg } });
}

bool mail_server_try(
	struct ctx *cx, const struct mail_means *means, const char *to, const char **said)
{
	struct mail_header automatic = { "Auto-Submitted", "auto-generated" };
	struct mail_server server;
	bool ready;

	if (!mail_server_load(cx, means, &server, &ready))
		return false;
	if (!ready)
		return refuse(cx, PROBLEM_CONFLICT, "mail.not_ready");

	struct mail mail = { .to = to,
		.subject = words(cx, "mail.test_subject", NULL),
		.text = words(cx, "mail.test_text", server.from_name),
		.headers = &automatic,
		.header_n = 1,
		.purpose = "test" };

	return mail_try(cx, &server, &mail, said);
}
