/* crisalide version: which one this is. */
#include <stdio.h>

#include "api/version.h"
#include "cli/cli.h"

static int run(const struct command_line *line)
{
	(void)line;
	return printf("crisalide %s\n", CRISALIDE_VERSION) < 0;
}

const struct command version_command = {
	"version",
	"",
	"Print the version.",
	NULL,
	0,
	run,
};
