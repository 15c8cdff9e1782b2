/* A store opened for one command. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/words.h"
#include "crm/entities.h"
#include "crm/firm.h"
#include "crm/pipeline.h"
#include "crm/qualification.h"
#include "crm/reason.h"
#include "record/custom.h"
#include "record/op.h"
#include "record/schema.h"

enum { URL_MAX = 4096 };

const char *option(const struct command_line *line, const char *name, const char *fallback)
{
	for (size_t i = 0; i < line->n; i++)
		if (!strcmp(line->name[i], name))
			return line->value[i];
	return fallback;
}

void desk_fresh(struct desk *d)
{
	if (d->mem)
		arena_free(d->mem);
	d->mem = arena_new();
	d->cx = (struct ctx){ .mem = d->mem,
		.db = db_session(d->store, d->mem),
		.words = d->words,
		.who = &d->system,
		.ws = 1,
		.now = clock_now(),
		.lang = LANG_IT,
		.request_id = "-",
		.zone = "Europe/Rome",
		.entities = entities };
}

/* The languages of the terminal are few: the locale says English or not. */
static enum lang terminal_lang(void)
{
	const char *lang = getenv("LANG");

	return lang && !strncmp(lang, "it", 2) ? LANG_IT : LANG_EN;
}

static bool url_of(const struct command_line *line, bool writes, char *url)
{
	const char *store = option(line, "store", NULL), *data = option(line, "data", NULL);
	struct stat st;

	if (store && strncmp(store, "postgres", 8) != 0) {
		fprintf(stderr, "--store takes postgres://..., a folder goes with --data\n");
		return false;
	}
	if (!store && !data) {
		fprintf(stderr, "say where the data is: --data DIR or --store postgres://...\n");
		return false;
	}
	if (store) {
		snprintf(url, URL_MAX, "%s", store);
		return true;
	}
	snprintf(url, URL_MAX, "%s/crisalide.db", data);
	if (stat(url, &st) == 0)
		return true;
	if (writes && (mkdir(data, 0700) == 0 || errno == EEXIST))
		return true;
	fprintf(stderr, "%s: %s\n", data,
		writes ? strerror(errno)
		       : "there is no workspace here; make one with crisalide init");
	return false;
}

bool desk_open(struct desk *d, const struct command_line *line, const char *purpose, bool writes)
{
	const char *store = option(line, "store", NULL);
	char url[URL_MAX], why[512] = "";
	struct store_options o = { .url = url,
		.purpose = purpose,
		.readers = store ? DESK_CONNECTIONS : 8,
		.read_only = !writes,
		.node = (int)strtol(option(line, "node", "0"), NULL, 10) };

	memset(d, 0, sizeof(*d));
	d->system = (struct who){ .is_system = true };
	if (!secret_start()) {
		fprintf(stderr, "no source of randomness\n");
		return false;
	}
	if (!url_of(line, writes && !strcmp(purpose, "init"), url))
		return false;
	umask(077);
	d->words = words_new(locale_texts);
	d->store = d->words ? store_open(&o, why, sizeof(why)) : NULL;
	if (!d->store) {
		fprintf(stderr, "%s\n", why);
		words_free(d->words);
		return false;
	}
	desk_fresh(d);
	d->cx.lang = terminal_lang();
	return true;
}

/* A workspace of before there was this or that gets what a new one begins
 * with. */
static bool catch_up(struct ctx *cx)
{
	int64_t users;

	if (!db_int(cx, &users, 0, "select count(*) from member where ws = $1",
		    ARGS(v_int(cx->ws))))
		return false;
	if (!users)
		return true;

	bool ok = op_begin(cx, "seed") && firm_found(cx, "", "") && pipeline_found(cx) &&
		  reasons_found(cx) && qualification_found(cx);

	return op_end(cx, ok);
}

bool desk_make_tables(struct desk *d)
{
	return schema_apply(&d->cx, entities) && schema_seen_ids(&d->cx, entities) &&
	       catch_up(&d->cx) && custom_see(&d->cx);
}

void desk_close(struct desk *d)
{
	arena_free(d->mem);
	store_close(d->store);
	words_free(d->words);
}

int desk_fail(struct desk *d)
{
	const struct problem *p = &d->cx.problem;

	fprintf(stderr, "%s\n", words_say(d->words, d->mem, d->cx.lang, &p->text));
	for (const struct field_problem *f = p->fields; f; f = f->next)
		fprintf(stderr, "  %s: %s\n", f->field,
			words_say(d->words, d->mem, d->cx.lang, &f->text));
	if (p->detail)
		fprintf(stderr, "  (%s:%d: %s)\n", p->file, p->line, p->detail);
	return 1;
}
