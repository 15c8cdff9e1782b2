/* The figures as rows: the same answer, one line a figure. */
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "crm/kpi_parts.h"

struct listing {
	struct ctx *cx;
	struct sheet *sheet;
	const json_t *definitions;
	const char *section, *line;
};

static const char *say(struct ctx *cx, const char *key)
{
	struct saying s = { .key = key };

	return words_say(cx->words, cx->mem, cx->lang, &s);
}

/* As many digits as the answer has of it. */
static int digits_of(const char *figure)
{
	if (strstr(figure, "amount"))
		return 2;
	return !strncmp(figure, "rate", 4) ? 4 : 1;
}

/* In text a number as a spreadsheet of the language reads it; in a workbook what
 * it is: a rate, a count, an amount or days. */
static struct cell value_of(const struct listing *s, const char *figure, const json_t *value)
{
	double n = json_number_value(value);
	struct cell cell = { CELL_INT, (int64_t)json_integer_value(value), NULL };
	char *text, *point;

	if (!json_is_number(value))
		return cell_text("");
	if (json_is_integer(value))
		return cell;
	if (!strncmp(figure, "rate", 4))
		cell = cell_of(CELL_RATE, (int64_t)(n * 10000 + 0.5));
	else
		cell = cell_of(CELL_MONEY, (int64_t)(n * 100 + (n < 0 ? -0.5 : 0.5)));
	cell.s = text = arena_dup(s->cx->mem, textf(s->cx, "%.*f", digits_of(figure), n));
	point = strchr(text, '.');
	if (point && s->cx->lang == LANG_IT)
		*point = ',';
	return cell;
}

/* Words of the phases are theirs alone. */
static const char *definition_of(const struct listing *s, const char *figure, const char *phase)
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

static bool add_figures(struct listing *s, json_t *object)
{
	const char *phase = json_string_value(json_object_get(object, "phase"));
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		const struct cell cells[] = { cell_text(s->section), cell_text(s->line),
			cell_text(say(s->cx, textf(s->cx, "kpi.figure.%s", key))),
			value_of(s, key, value), cell_text(definition_of(s, key, phase)) };

		if (is_figure(key, value) && !sheet_row(s->sheet, cells))
			return false;
	}
	return true;
}

static const char *line_of(const struct listing *s, const json_t *object)
{
	static const char *const names[] = { "name", "month" };

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *name = json_string_value(json_object_get(object, names[i]));

		if (name)
			return name;
	}
	return say(s->cx, "kpi.without");
}

static bool add_lines(struct listing *s, json_t *lines)
{
	json_t *line;
	size_t i;

	json_array_foreach(lines, i, line)
	{
		s->line = line_of(s, line);
		if (!add_figures(s, line))
			return false;
	}
	return true;
}

/* Months, then what is overdue and what has no day. */
static bool add_forecast(struct listing *s, json_t *forecast)
{
	const char *key;
	json_t *part;

	json_object_foreach(forecast, key, part)
	{
		if (!json_is_array(part))
			s->line = say(s->cx, textf(s->cx, "kpi.section.%s", key));
		if (!(json_is_array(part) ? add_lines(s, part) : add_figures(s, part)))
			return false;
	}
	return true;
}

static bool add_section(struct listing *s, const char *key, json_t *part)
{
	s->section = say(s->cx, textf(s->cx, "kpi.section.%s", key));
	s->line = "";
	if (json_is_array(part))
		return add_lines(s, part);
	return strcmp(key, "forecast") ? add_figures(s, part) : add_forecast(s, part);
}

static bool add_sections(struct listing *s, json_t *answer)
{
	const char *key;
	json_t *part;

	json_object_foreach(answer, key, part)
	{
		if (!strcmp(key, "definitions") || !strcmp(key, "currencies_without_rate") ||
			(!json_is_array(part) && !json_is_object(part)))
			continue;
		if (!add_section(s, key, part))
			return false;
	}
	return true;
}

static bool begin(struct listing *s, enum sheet_form form, const struct sheet_to *to)
{
	const char *const head[] = { say(s->cx, "kpi.head.section"), say(s->cx, "kpi.head.line"),
		say(s->cx, "kpi.head.figure"), say(s->cx, "kpi.head.value"),
		say(s->cx, "kpi.head.definition") };

	return sheet_begin(s->cx, form, to, &s->sheet) &&
	       sheet_table(s->sheet, say(s->cx, "kpi.head.name"), head, COUNT(head));
}

static void let_go(void *tree)
{
	json_decref(tree);
}

bool kpi_export(
	struct ctx *cx, const struct kpi_ask *ask, enum sheet_form form, const struct sheet_to *to)
{
	struct listing s = { .cx = cx };
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
	return begin(&s, form, to) && add_sections(&s, answer) && sheet_end(s.sheet);
}
