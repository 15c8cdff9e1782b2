/* crisalide export: a list of records, as CSV or as a workbook. */
#include <stdio.h>
#include <unistd.h>

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

/* A terminal is no place for a workbook's bytes. */
static bool has_place(enum sheet_form form)
{
	if (form == SHEET_CSV || !isatty(STDOUT_FILENO))
		return true;
	fprintf(stderr, "a workbook wants a file: ... > leads.xlsx\n");
	return false;
}

static bool print_list(struct desk *d, const struct command_line *line, struct export *e)
{
	struct params filters;

	e->columns = option(line, "columns", NULL);
	e->filters = &filters;
	e->to.out = print;
	return custom_see(&d->cx) && params_read(&d->cx, option(line, "filter", ""), &filters) &&
	       export_write(&d->cx, e) && fflush(stdout) == 0;
}

static int run(const struct command_line *line)
{
	struct export e = { .of = entity_named(line->words[0]) };
	const char *form = option(line, "format", "csv");
	struct desk d;
	int code = 0;

	if (!e.of) {
		fprintf(stderr,
			"there is no entity \"%s\": leads, companies, contacts, opportunities ...\n",
			line->words[0]);
		return 2;
	}
	if (!sheet_form_named(form, &e.form)) {
		fprintf(stderr, "--format is csv or xlsx, not \"%s\"\n", form);
		return 2;
	}
	if (!has_place(e.form) || !desk_open(&d, line, "export", false))
		return 1;
	if (!print_list(&d, line, &e))
		code = d.cx.problem.kind == PROBLEM_NONE ? 1 : desk_fail(&d);
	desk_close(&d);
	return code;
}

static const struct option_spec options[] = {
	{ "data", "DIR", "the folder of the workspace" },
	{ "store", "URL", "or its PostgreSQL database" },
	{ "format", "csv|xlsx", "what to write: csv unless told otherwise" },
	{ "filter", "QUERY", "as in a list's address: \"status_id=7&sort=-updated_at\"" },
	{ "columns", "A,B", "which fields, in this order; all unless told otherwise" },
	{ 0 },
};

const struct command export_command = {
	"export",
	"--data DIR [--format xlsx] ENTITY",
	"Print a list of records, as CSV or as a workbook.",
	options,
	1,
	run,
};
