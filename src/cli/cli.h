/* cli - the commands of the program; one file each. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "api/api.h"

/* One option of a command line: "--data DIR"; without value a switch. */
struct option_spec {
	const char *name;  /* "data" */
	const char *value; /* "DIR", NULL: a switch */
	const char *about;
	bool required;
};

enum { OPTIONS_MAX = 16, WORDS_MAX = 4 };

struct command_line {
	const char *name[OPTIONS_MAX], *value[OPTIONS_MAX];
	size_t n;
	const char *words[WORDS_MAX]; /* what is no option */
	size_t words_n;
};

struct command {
	const char *name, *usage, *about;
	const struct option_spec *options; /* ends without a name */
	size_t words;			   /* how many it takes */
	int (*run)(const struct command_line *line);
};

extern const struct command init_command, serve_command, token_command, import_command,
	export_command, digest_command, backup_command, restore_command, check_command,
	recount_command, openapi_command, version_command, schema_command, demo_command;

/* The option's value, "" for a switch that is there, fallback otherwise. */
const char *option(const struct command_line *line, const char *name, const char *fallback);

/* To PostgreSQL, at most: its commits are shared by those that wait for one at
 * the same time, and it takes a hundred unless told otherwise. */
enum { DESK_CONNECTIONS = 48 };

/* An open store with everything a ctx needs; for commands that do one thing. */
struct desk {
	struct store *store;
	struct words *words;
	struct arena *mem;
	struct ctx cx;
	struct who system; /* may all */
};

/* --data DIR or --store URL.  false, the reason told on stderr.  creates: the
 * folder and the tables may be made. */
bool desk_open(struct desk *d, const struct command_line *line, const char *purpose, bool writes);
bool desk_make_tables(struct desk *d);
void desk_close(struct desk *d);
/* A fresh arena and session, as after a slice of work. */
void desk_fresh(struct desk *d);
/* What went wrong, on stderr, in words; returns 1. */
int desk_fail(struct desk *d);

/* locales/<language>/server.json, by enum lang. */
extern const char *const locale_texts[LANG_COUNT];
