/* crisalide recount: the sums behind the figures, from the records anew. */
#include <inttypes.h>
#include <stdio.h>

#include "cli/cli.h"
#include "crm/firm.h"
#include "record/count.h"

static void differs(void *arg, const struct counted *kept, const struct counted *found)
{
	int64_t *n = arg;

	(void)kept;
	(void)found;
	++*n;
}

static int run(const struct command_line *line)
{
	struct record *firm;
	int64_t before = 0;
	struct desk d;
	bool ok;

	if (!desk_open(&d, line, "recount", true))
		return 1;
	ok = desk_make_tables(&d) && firm_load(&d.cx, &firm);
	if (ok) {
		d.cx.zone = record_text(firm, "time_zone");
		ok = count_compare(&d.cx, differs, &before) && count_all(&d.cx);
	}
	if (ok)
		printf("counted anew; sums that were different: %" PRId64 "\n", before);
	else
		desk_fail(&d);
	desk_close(&d);
	return ok ? 0 : 1;
}

static const struct option_spec options[] = {
	{ "data", "DIR", "the folder of the workspace" },
	{ "store", "URL", "or its PostgreSQL database" },
	{ 0 },
};

const struct command recount_command = {
	"recount",
	"--data DIR",
	"Count anew what the figures are read from; while it does not serve.",
	options,
	0,
	run,
};
