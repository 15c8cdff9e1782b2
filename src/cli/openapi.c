/* crisalide openapi: the doors, for machines. */
#include <stdio.h>

#include "api/handlers.h"
#include "base/arena.h"
#include "cli/cli.h"
#include "crm/entities.h"

static int run(const struct command_line *line)
{
	struct arena *mem = arena_new();
	struct json_out j;
	int code;

	(void)line;
	json_init(&j, mem);
	openapi_write(&j, entities);
	code = puts(j.text.s) < 0 || fflush(stdout) != 0;
	arena_free(mem);
	return code;
}

const struct command openapi_command = {
	"openapi",
	"",
	"Print the OpenAPI document of the server.",
	NULL,
	0,
	run,
};
