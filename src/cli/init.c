/* crisalide init: a new workspace, with or without the invented firm. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "base/secret.h"
#include "cli/cli.h"
#include "crm/seed.h"

/* The file's last line break is no part of the password. */
static bool read_password(const char *file, char *text, size_t size)
{
	FILE *f = fopen(file, "r");
	size_t n = f ? fread(text, 1, size - 1, f) : 0;

	if (f)
		fclose(f);
	text[n] = '\0';
	if (n && text[n - 1] == '\n')
		text[--n] = '\0';
	if (n && text[n - 1] == '\r')
		text[--n] = '\0';
	if (n && utf8_is_valid(text, n) && utf8_length(text) >= 10 && utf8_length(text) <= 128)
		return true;
	fprintf(stderr, "%s: a password has 10 to 128 characters\n", file);
	return false;
}

static int run(const struct command_line *line)
{
	const char *lang = option(line, "lang", "it");
	char password[600], hash[SECRET_HASH];
	struct seed seed = { .email = option(line, "admin", ""),
		.name = option(line, "name", ""),
		.lang = lang,
		.firm = option(line, "firm", ""),
		.demo = !option(line, "empty", NULL) };
	struct desk d;
	int code = 0;

	if (!read_password(option(line, "password-file", ""), password, sizeof(password)))
		return 1;
	if (!desk_open(&d, line, "init", true))
		return 1;
	if (!password_hash(password, hash)) {
		fprintf(stderr, "not enough memory for a password hash\n");
		return 1;
	}
	seed.password_hash = hash;
	if (!desk_make_tables(&d) || !seed_workspace(&d.cx, &seed))
		code = desk_fail(&d);
	/* Without statistics PostgreSQL's first plans are slow ones. */
	else if (store_is_postgres(d.store) && !db_run(&d.cx, "analyze", NO_ARGS))
		code = desk_fail(&d);
	desk_close(&d);
	return code;
}

static const struct option_spec options[] = {
	{ "data", "DIR", "the folder of the workspace; made when it is not there" },
	{ "store", "URL", "or a PostgreSQL database: postgres://user@host/name" },
	{ "admin", "EMAIL", "who administers it", true },
	{ "password-file", "FILE", "the administrator's password; the last line break is dropped",
		true },
	{ "name", "NAME", "the administrator's name" },
	{ "firm", "NAME", "the firm's name" },
	{ "lang", "it|en", "the administrator's language; it by default" },
	{ "empty", NULL, "without the invented firm" },
	{ 0 },
};

const struct command init_command = {
	"init",
	"--data DIR --admin EMAIL --password-file FILE [--lang it|en] [--empty]",
	"Make a new workspace.",
	options,
	0,
	run,
};
