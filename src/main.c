/* Crisalide: one program, its commands. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const struct command *const commands[] = {
	&demo_command,
	&init_command,
	&serve_command,
	&token_command,
	&import_command,
	&export_command,
	&backup_command,
	&restore_command,
	&check_command,
	&recount_command,
	&digest_command,
	&openapi_command,
	&schema_command,
	&version_command,
};

static int usage(FILE *to)
{
	fprintf(to, "crisalide COMMAND [options]\n\n");
	for (size_t i = 0; i < COUNT(commands); i++)
		fprintf(to, "  %-9s %s\n", commands[i]->name, commands[i]->about);
	fprintf(to, "\ncrisalide COMMAND --help says more.\n");
	return to == stderr ? 2 : 0;
}

static int help(const struct command *c)
{
	printf("crisalide %s %s\n\n%s\n\n", c->name, c->usage, c->about);
	for (const struct option_spec *o = c->options; o && o->name; o++)
		printf("  --%s%s%s\n      %s%s\n", o->name, o->value ? " " : "",
			o->value ? o->value : "", o->about, o->required ? " (required)" : "");
	return 0;
}

static const struct option_spec *find(const struct command *c, const char *name)
{
	for (const struct option_spec *o = c->options; o && o->name; o++)
		if (!strcmp(o->name, name))
			return o;
	return NULL;
}

static bool take(const struct command *c, struct command_line *line, int *i, int argc, char **argv)
{
	const char *arg = argv[*i];
	const struct option_spec *o;

	if (strncmp(arg, "--", 2) != 0) {
		if (line->words_n == c->words)
			return false;
		line->words[line->words_n++] = arg;
		return true;
	}
	o = find(c, arg + 2);
	if (!o || line->n == OPTIONS_MAX || (o->value && *i + 1 >= argc))
		return false;
	line->name[line->n] = o->name;
	line->value[line->n++] = o->value ? argv[++*i] : "";
	return true;
}

static int wrong(const struct command *c, const char *what)
{
	fprintf(stderr, "crisalide %s: what is \"%s\"?\nusage: crisalide %s %s\n", c->name, what,
		c->name, c->usage);
	return 2;
}

static int run(const struct command *c, int argc, char **argv)
{
	struct command_line line = { 0 };

	for (int i = 2; i < argc; i++) {
		if (!strcmp(argv[i], "--help"))
			return help(c);
		if (!take(c, &line, &i, argc, argv))
			return wrong(c, argv[i < argc ? i : argc - 1]);
	}
	for (const struct option_spec *o = c->options; o && o->name; o++)
		if (o->required && !option(&line, o->name, NULL)) {
			fprintf(stderr, "crisalide %s: --%s is needed\n", c->name, o->name);
			return 2;
		}
	if (line.words_n < c->words) {
		fprintf(stderr, "usage: crisalide %s %s\n", c->name, c->usage);
		return 2;
	}
	return c->run(&line);
}

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	if (argc < 2)
		return usage(stderr);
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help"))
		return usage(stdout);
	for (size_t i = 0; i < COUNT(commands); i++)
		if (!strcmp(commands[i]->name, argv[1]))
			return run(commands[i], argc, argv);
	fprintf(stderr, "crisalide: there is no command \"%s\"\n", argv[1]);
	return usage(stderr);
}
