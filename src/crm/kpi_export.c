/* The figures as a table: the same answer, one line a figure. */
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/words.h"
#include "crm/kpi_parts.h"

struct sheet {
	struct ctx *cx;
	struct buf *csv;
	const json_t *definitions;
	const char *section, *line;
};

static const char *say(struct ctx *cx, const char *key)
{
	struct saying s = { .key = key };

	return words_say(cx->words, cx->mem, cx->lang, &s);
}

static void add_row(struct sheet *s, const char *const cells[5])
{
	for (int i = 0; i < 5; i++) {
		if (i)
			buf_add(s->csv, ";");
		csv_add_cell(s->csv, cells[i], ';');
	}
	buf_add(s->csv, "\r\n");
}

/* As many digits as the answer has of it. */
static int digits_of(const char *figure)
{
	if (strstr(figure, "amount"))
		return 2;
	return !strncmp(figure, "rate", 4) ? 4 : 1;
}

/* A number as a spreadsheet of the language reads it; "" for none. */
static const char *value_of(const struct sheet *s, const char *figure, const json_t *value)
{
	char *text, *point;

	if (json_is_integer(value))
		return textf(s->cx, "%lld", (long long)json_integer_value(value));
	if (!json_is_real(value))
		return "";
	text = arena_dup(
		s->cx->mem, textf(s->cx, "%.*f", digits_of(figure), json_real_value(value)));
	point = strchr(text, '.');
	if (point && s->cx->lang == LANG_IT)
		*point = ',';
	return text;
}

/* Words of the phases are theirs alone. */
static const char *definition_of(const struct sheet *s, const char *figure, const char *phase)
{
	const char *name = phase ? textf(s->cx, "by_phase.%s", phase) : figure;
	const char *text = json_string_value(json_object_get(s->definitions, name));

	return text ? text : "";
}

static bool is_figure(const char *key, const json_t *value)
{
	return (json_is_number(value) || json_is_null(value)) && strcmp(key, "name") != 0 &&
	       strcmp(key, "id") != 0 && strcmp(key, "user_id") != 0 &&
	       strcmp(key, "pipeline_id") != 0;
}

static void add_figures(struct sheet *s, json_t *object)
{
	const char *phase = json_string_value(json_object_get(object, "phase"));
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		const char *cells[5] = { s->section, s->line, NULL, value_of(s, key, value),
			definition_of(s, key, phase) };

		if (!is_figure(key, value))
			continue;
		cells[2] = say(s->cx, textf(s->cx, "kpi.figure.%s", key));
		add_row(s, cells);
	}
}

static const char *line_of(const struct sheet *s, const json_t *object)
{
	static const char *const names[] = { "name", "month" };

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *name = json_string_value(json_object_get(object, names[i]));

		if (name)
			return name;
	}
	return say(s->cx, "kpi.without");
}

static void add_lines(struct sheet *s, json_t *lines)
{
	json_t *line;
	size_t i;

	json_array_foreach(lines, i, line)
	{
		s->line = line_of(s, line);
		add_figures(s, line);
	}
}

/* Months, then what is overdue and what has no day. */
static void add_forecast(struct sheet *s, json_t *forecast)
{
	const char *key;
	json_t *part;

	json_object_foreach(forecast, key, part)
	{
		if (json_is_array(part)) {
			add_lines(s, part);
			continue;
		}
		s->line = say(s->cx, textf(s->cx, "kpi.section.%s", key));
		add_figures(s, part);
	}
}

static void add_sections(struct sheet *s, json_t *answer)
{
	const char *key;
	json_t *part;

	json_object_foreach(answer, key, part)
	{
		if (!strcmp(key, "definitions") || !strcmp(key, "currencies_without_rate") ||
			(!json_is_array(part) && !json_is_object(part)))
			continue;
		s->section = say(s->cx, textf(s->cx, "kpi.section.%s", key));
		s->line = "";
		if (json_is_array(part))
			add_lines(s, part);
		else if (!strcmp(key, "forecast"))
			add_forecast(s, part);
		else
			add_figures(s, part);
	}
}

static void add_head(struct sheet *s)
{
	const char *const head[5] = { say(s->cx, "kpi.head.section"), say(s->cx, "kpi.head.line"),
		say(s->cx, "kpi.head.figure"), say(s->cx, "kpi.head.value"),
		say(s->cx, "kpi.head.definition") };

	buf_add(s->csv, "\xef\xbb\xbf");
	add_row(s, head);
}

static void let_go(void *tree)
{
	json_decref(tree);
}

bool kpi_export(struct ctx *cx, struct buf *csv, const struct kpi_ask *ask)
{
	struct sheet s = { .cx = cx, .csv = csv };
	struct json_out j;
	json_t *answer;

	json_init(&j, cx->mem);
	if (!kpi_write(cx, &j, ask))
		return false;
	answer = json_loads(j.text.s, 0, NULL);
	if (!answer)
		return broken(cx, "the figures are no JSON");
	arena_defer(cx->mem, let_go, answer);
	s.definitions = json_object_get(answer, "definitions");
	add_head(&s);
	add_sections(&s, answer);
	return true;
}
