/* crisalide export: all records of an entity, as CSV. */
#include <stdio.h>

#include "api/export.h"
#include "cli/cli.h"
#include "crm/entities.h"
#include "record/custom.h"

static bool print(void *arg, const char *text, size_t n)
{
	(void)arg;
	if (fwrite(text, 1, n, stdout) == n)
		return true;
	perror("stdout");
	return false;
}

static bool print_all(struct desk *d, const struct entity *of)
{
	struct params all = { 0 };
	struct export e = { of, &all, print, NULL };

	return custom_see(&d->cx) && export_write(&d->cx, &e) && fflush(stdout) == 0;
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
	if (!desk_open(&d, line, "export", false))
		return 1;
	if (!print_all(&d, of))
		code = d.cx.problem.kind == PROBLEM_NONE ? 1 : desk_fail(&d);
	desk_close(&d);
	return code;
}

static const struct option_spec options[] = {
	{ "data", "DIR", "the folder of the workspace" },
	{ "store", "URL", "or its PostgreSQL database" },
	{ 0 },
};

const struct command export_command = {
	"export",
	"--data DIR ENTITY",
	"Print all records of an entity as CSV.",
	options,
	1,
	run,
};
