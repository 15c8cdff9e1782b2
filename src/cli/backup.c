/* crisalide backup: a safe copy of the workspace, while it is in use too. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/files.h"

static bool copy(struct desk *d, const char *path)
{
	char part[4096];

	snprintf(part, sizeof(part), "%s.part", path);
	unlink(part);
	if (store_backup(&d->cx, part) && file_settle(part, path))
		return true;
	unlink(part);
	return false;
}

static int run(const struct command_line *line)
{
	const char *path = line->words[0];
	struct desk d;
	int code = 0;

	if (access(path, F_OK) == 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(EEXIST));
		return 1;
	}
	if (!desk_open(&d, line, "backup", false))
		return 1;
	if (!copy(&d, path))
		code = d.cx.problem.kind == PROBLEM_NONE ? 1 : desk_fail(&d);
	desk_close(&d);
	return code;
}

static const struct option_spec options[] = {
	{ "data", "DIR", "the folder of the workspace", true },
	{ 0 },
};

const struct command backup_command = {
	"backup",
	"--data DIR FILE",
	"Copy the workspace to a new file, while it serves too.",
	options,
	1,
	run,
};
