/* crisalide schema: the tables, for people. */
#include <stdio.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "crm/entities.h"
#include "record/schema.h"

static int run(const struct command_line *line)
{
	struct arena *mem = arena_new();
	struct buf sql;
	int code;

	buf_init(&sql, mem);
	schema_write(&sql, entities, option(line, "postgres", NULL) != NULL);
	code = fputs(sql.s, stdout) < 0 || fflush(stdout) != 0;
	arena_free(mem);
	return code;
}

static const struct option_spec options[] = {
	{ "postgres", NULL, "as PostgreSQL has them" },
	{ 0 },
};

const struct command schema_command = {
	"schema",
	"[--postgres]",
	"Print the tables as SQL.",
	options,
	0,
	run,
};
