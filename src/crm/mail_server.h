/* mail_server - through whom the firm's messages go out: its settings, and the
 * password that is kept sealed.
 *
 * The password is written, never shown.  It lies sealed in the firm's record
 * under a key in a file that is neither in the store nor in its backups, and
 * holds for the server it was given for: with another host it is forgotten. */
#pragma once

#include "mail/mail.h"
#include "record/record.h"

/* What the program was started with. */
struct mail_means {
	const char *key_file;  /* NULL: none was named */
	const char *authority; /* certificates of a mail server's own authority, or NULL */
};

/* The settings as mail/ wants them; *ready is false while host or sender is
 * missing.  PROBLEM_CONFLICT when the password cannot be opened. */
bool mail_server_load(
	struct ctx *cx, const struct mail_means *means, struct mail_server *server, bool *ready);

/* Seal and keep the password; "" forgets it.
 *
 * PROBLEM_INVALID   longer than 500 bytes, or no text
 * PROBLEM_CONFLICT  there is no key file, or it cannot be used */
bool mail_server_password(struct ctx *cx, const struct mail_means *means, const char *password);

/* Send a short message now and tell what the server said.
 *
 * PROBLEM_CONFLICT  the settings are not complete, or it was not taken */
bool mail_server_try(
	struct ctx *cx, const struct mail_means *means, const char *to, const char **said);

/* Of the firm's check: each wrong setting is told under its name. */
void mail_server_check(struct ctx *cx, struct record *firm);
/* A page of the user interface for links: base_url without a last slash and
 * the path; NULL while the firm has no base_url. */
const char *firm_link(struct ctx *cx, const struct record *firm, const char *path);
