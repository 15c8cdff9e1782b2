/* crisalide import: a CSV file becomes records, with progress. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "crm/entities.h"
#include "record/import.h"

enum { FILE_LIMIT = 1024 * 1024 * 1024 };

/* The whole file; a pipe would have no size. */
static bool read_file(const char *path, struct arena *mem, const char **bytes, size_t *n)
{
	FILE *f = fopen(path, "rb");
	struct stat st;
	char *to;
	bool ok = f && fstat(fileno(f), &st) == 0;

	if (!ok)
		perror(path);
	if (ok && (!S_ISREG(st.st_mode) || st.st_size > FILE_LIMIT)) {
		fprintf(stderr, "%s: no file, or larger than 1 GiB\n", path);
		ok = false;
	}
	if (ok) {
		*n = (size_t)st.st_size;
		*bytes = to = arena_alloc(mem, *n + 1);
		ok = fread(to, 1, *n, f) == *n;
		if (!ok)
			perror(path);
	}
	if (f)
		fclose(f);
	return ok;
}

static void progress(void *arg, int64_t done, int64_t all)
{
	bool *shown = arg;

	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr, "\r%" PRId64 " of %" PRId64 " rows", done, all);
	*shown = true;
}

/* A user's rights and name in place of the program's own. */
static bool act_as(struct desk *d, const char *email)
{
	struct ctx *cx = &d->cx;
	struct who *who;
	int64_t id;

	if (!email)
		return true;
	if (!db_int(cx, &id, 0,
		    "select id from member where ws = $1 and email = $2 and active = 1"
		    " and removed_at is null",
		    ARGS(v_int(cx->ws), v_text(email))))
		return false;
	if (!id || !rights_who(cx, id, &who))
		return refuse(cx, PROBLEM_NOT_FOUND, "token.no_user", email);
	cx->who = who;
	return true;
}

static const json_t *column_of(const json_t *import, const char *heading)
{
	const json_t *columns = json_object_get(import, "columns");

	for (size_t i = 0; i < json_array_size(columns); i++) {
		const json_t *c = json_array_get(columns, i);
		const char *name = json_string_value(json_object_get(c, "name"));
		const char *own = json_string_value(json_object_get(c, "heading"));

		if ((name && !strcmp(name, heading)) || (own && !strcmp(own, heading)))
			return c;
	}
	return NULL;
}

static bool add_map(const json_t *import, json_t *body, const char *path)
{
	json_error_t why;
	json_t *map = json_load_file(path, JSON_REJECT_DUPLICATES, &why), *field,
	       *mapping = json_object();
	const char *heading;
	bool ok = json_is_object(map);

	if (!ok)
		fprintf(stderr, "%s: %s (line %d)\n", path, map ? "is no JSON object" : why.text,
			why.line);
	json_object_foreach(map, heading, field)
	{
		const json_t *column = column_of(import, heading);
		char at[24];

		if (!column) {
			fprintf(stderr, "%s: the file has no column \"%s\"\n", path, heading);
			ok = false;
			continue;
		}
		snprintf(at, sizeof(at), "%lld",
			(long long)json_integer_value(json_object_get(column, "at")));
		json_object_set(mapping, at, field);
	}
	json_object_set_new(body, "mapping", mapping);
	json_decref(map);
	return ok;
}

static void drop(void *tree)
{
	json_decref(tree);
}

/* The import as it stands, as JSON. */
static json_t *look(struct desk *d, int64_t id)
{
	struct json_out j;
	json_t *tree;

	json_init(&j, d->cx.mem);
	if (!import_write(&d->cx, &j, id))
		return NULL;
	tree = json_loads(j.text.s, 0, NULL);
	arena_defer(d->cx.mem, drop, tree);
	return tree;
}

static bool plan(struct desk *d, const struct command_line *line, int64_t id)
{
	const char *map = option(line, "map", NULL), *mode = option(line, "mode", NULL);
	const char *key = option(line, "key", NULL);
	json_t *import = look(d, id), *body = json_object();

	arena_defer(d->cx.mem, drop, body);
	if (!import)
		return false;
	if (mode)
		json_object_set_new(body, "mode", json_string(mode));
	if (key)
		json_object_set_new(body, "key", json_string(key));
	if (map && !add_map(import, body, map))
		return refuse(&d->cx, PROBLEM_INVALID, "import.map");
	return !json_object_size(body) || import_change(&d->cx, id, body);
}

static void print_plan(const json_t *import)
{
	const json_t *columns = json_object_get(import, "columns");

	printf("%s, separator \"%s\"\n", json_string_value(json_object_get(import, "encoding")),
		json_string_value(json_object_get(import, "separator")));
	for (size_t i = 0; i < json_array_size(columns); i++) {
		const json_t *c = json_array_get(columns, i);
		const char *field = json_string_value(json_object_get(c, "field"));

		printf("  %-40s %s\n", json_string_value(json_object_get(c, "name")),
			field ? field : "(other data)");
	}
}

static void print_counts(const json_t *from, const char *const *names)
{
	for (; *names; names++)
		printf("%-12s %lld\n", *names,
			(long long)json_integer_value(json_object_get(from, *names)));
}

static bool print_check(struct desk *d, int64_t id)
{
	static const char *const names[] = { "rows", "good", "refused", "duplicates", "in_file",
		NULL };
	json_t *import = look(d, id);
	const json_t *report = json_object_get(import, "report"), *rows, *row, *why;
	const char *field;
	size_t i;

	if (!import)
		return false;
	print_plan(import);
	print_counts(report, names);
	rows = json_object_get(report, "refused_rows");
	json_array_foreach(rows, i, row) json_object_foreach(
		json_object_get(row, "fields"), field, why) printf("line %lld: %s: %s\n",
		(long long)json_integer_value(json_object_get(row, "line")), field,
		json_string_value(why));
	if (!strcmp(json_string_value(json_object_get(import, "state")), "checked"))
		return true;
	fprintf(stderr, "%s\n", json_string_value(json_object_get(import, "problem")));
	return false;
}

/* FILE.refused.csv, beside the file. */
static bool write_refused(struct desk *d, int64_t id, const char *path)
{
	char name[4096];
	struct buf out;
	FILE *f;
	bool ok;

	buf_init(&out, d->cx.mem);
	if (!import_write_refused(&d->cx, &out, id))
		return false;
	snprintf(name, sizeof(name), "%s.refused.csv", path);
	f = fopen(name, "wb");
	ok = f && fwrite(out.s, 1, out.len, f) == out.len;
	if (f && fclose(f) != 0)
		ok = false;
	if (ok)
		printf("refused rows, with their reasons: %s\n", name);
	else
		perror(name);
	return true;
}

static bool print_done(struct desk *d, int64_t id, const char *path)
{
	static const char *const names[] = { "done", "created", "updated", "skipped", "refused",
		"duplicates", NULL };
	json_t *import = look(d, id);
	const json_t *progress_now = json_object_get(import, "progress");
	const char *state = json_string_value(json_object_get(import, "state"));

	if (!import)
		return false;
	print_counts(progress_now, names);
	printf("operation    %lld\n",
		(long long)json_integer_value(json_object_get(import, "operation_id")));
	if (json_integer_value(json_object_get(progress_now, "refused")) &&
		!write_refused(d, id, path))
		return false;
	if (!strcmp(state, "done"))
		return true;
	fprintf(stderr, "%s\n", json_string_value(json_object_get(import, "problem")));
	return false;
}

static bool bring(struct desk *d, const struct command_line *line, const struct entity *of)
{
	const char *path = line->words[1];
	const char *slash = strrchr(path, '/');
	bool dry = option(line, "dry-run", NULL) != NULL, shown = false, ok;
	struct import_host host = { .store = d->store,
		.words = d->words,
		.entities = entities,
		.ws = d->cx.ws,
		.progress = progress,
		.arg = &shown,
		.lang = d->cx.lang,
		.alone = true };
	struct arena *file = arena_new();
	struct import_given given;
	const char *bytes;
	size_t n;
	int64_t id = 0;

	ok = read_file(path, file, &bytes, &n);
	if (!ok)
		refuse(&d->cx, PROBLEM_INVALID, "import.file", path);
	given = (struct import_given){ .name = slash ? slash + 1 : path,
		.bytes = bytes,
		.n = ok ? n : 0,
		.sheet = option(line, "sheet", NULL),
		.into = option(line, "into", NULL) };
	ok = ok && act_as(d, option(line, "user", NULL)) && import_create(&d->cx, of, &given, &id);
	arena_free(file);
	ok = ok && plan(d, line, id) &&
	     (dry ? import_check(&d->cx, &host, id) : import_run(&d->cx, &host, id));
	if (shown)
		fprintf(stderr, "\r%30s\r", "");
	return ok && (dry ? print_check(d, id) : print_done(d, id, path));
}

static int run(const struct command_line *line)
{
	const struct entity *of = entity_named(line->words[0]);
	struct desk d;
	int code = 0;

	if (!of) {
		fprintf(stderr,
			"there is no entity \"%s\": leads, companies, contacts, opportunities ...\n",
			line->words[0]);
		return 2;
	}
	if (!desk_open(&d, line, "import", true))
		return 1;
	if (!desk_make_tables(&d) || !bring(&d, line, of))
		code = d.cx.problem.kind == PROBLEM_NONE ? 1 : desk_fail(&d);
	desk_close(&d);
	return code;
}

static const struct option_spec options[] = {
	{ "data", "DIR", "the folder of the workspace" },
	{ "store", "URL", "or its PostgreSQL database" },
	{ "map", "FILE", "JSON {\"heading\": \"field\"}; null keeps a column as other data" },
	{ "mode", "create|update|skip",
		"what to do with records that are there; create by default" },
	{ "key", "email|vat_number|tax_code|phone|name", "by what they are known" },
	{ "user", "EMAIL", "whose import it is; the program's own by default" },
	{ "dry-run", NULL, "look only: the columns, what would be refused, what is there already" },
	{ 0 },
};

const struct command import_command = {
	"import",
	"--data DIR ENTITY FILE [--map FILE] [--mode MODE --key KEY] [--dry-run]",
	"Bring records from a CSV file.",
	options,
	2,
	run,
};
