/* A row of a file as a record: fields where they fit, the rest under its
 * heading in custom, so that nothing is lost. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/fold.h"
#include "base/words.h"
#include "record/import_parts.h"

enum { CUSTOM_TEXT = 20000 };

static void keep(struct import_row *row, const char *name, const char *value)
{
	row->names[row->custom_n] = name;
	row->values[row->custom_n++] = value;
}

static bool read_field(struct ctx *cx, struct import_row *row, const struct import_cell *cell,
	const struct import_column *column)
{
	struct val *v = &row->v[entity_find(cell->of, column->field->name)];
	bool lost;

	if (cell->of->into && column->field->type == FIELD_TEXT) {
		*v = v_text(import_cell_typed(cx, cell->text));
		return true;
	}
	if (!import_cell_read(cx, cell, v, &lost))
		return false;
	if (lost)
		keep(row, column->name, cell->text);
	return true;
}

bool import_row_read(struct ctx *cx, const struct import_plan *plan, struct import_links *links,
	const struct import_cells *cells, struct import_row *row)
{
	*row = (struct import_row){ .from = *cells, .into = plan->into };
	row->v = arena_alloc(cx->mem, entity_width(plan->of) * sizeof(*row->v));
	row->names = arena_alloc(cx->mem, (cells->n + 1) * sizeof(*row->names));
	row->values = arena_alloc(cx->mem, (cells->n + 1) * sizeof(*row->values));
	for (size_t i = 0; i < cells->n; i++) {
		const struct import_column *column = i < plan->n ? &plan->columns[i] : NULL;
		const char *text = nfc(cx->mem, csv_unguard(cells->cells[i]));
		struct import_cell cell = { plan->of, column ? column->field : NULL,
			import_trimmed(cx, text), links };

		if (!*cell.text)
			continue;
		if (!cell.f)
			keep(row, column ? column->name : plan_name_beyond(cx, i),
				plan->of->into ? import_cell_typed(cx, text) : text);
		else if (!read_field(cx, row, &cell, column))
			return false;
	}
	return true;
}

/* Headings already there get the new cells; the others stay. */
static const char *merge_custom(struct ctx *cx, const struct import_row *row, const char *old)
{
	json_t *tree = json_loads(old, 0, NULL);
	const char *merged = old;
	char *text;

	if (!tree)
		return old;
	for (size_t i = 0; i < row->custom_n; i++)
		json_object_set_new(tree, row->names[i], json_string(row->values[i]));
	text = json_dumps(tree, JSON_COMPACT);
	if (text)
		merged = arena_dup(cx->mem, text);
	free(text);
	json_decref(tree);
	return merged;
}

static const char *write_custom(struct ctx *cx, const struct import_row *row)
{
	struct json_out j;

	json_init(&j, cx->mem);
	json_open(&j, '{');
	for (size_t i = 0; i < row->custom_n; i++)
		json_put_text(&j, row->names[i], row->values[i]);
	json_close(&j, '}');
	return j.text.s;
}

static void must_fit(struct ctx *cx, const struct field *f, const struct val *v)
{
	if (f->max && v->type == VAL_TEXT && strlen(v->s) > f->max && utf8_length(v->s) > f->max)
		refuse_field(cx, f->name, "field.too_long", textf(cx, "%u", f->max));
}

void import_row_fill(struct ctx *cx, const struct import_row *row, struct record *rec)
{
	const char *rest = rec->of->rest ? rec->of->rest : "custom";
	const char *old = record_text(rec, rest);

	for (size_t i = 0; i < rec->of->field_count; i++) {
		if (row->v[i].type != VAL_NULL)
			rec->v[i] = row->v[i];
		if (rec->of->into)
			must_fit(cx, &rec->of->fields[i], &row->v[i]);
	}
	if (rec->of->into)
		record_set(rec, rec->of->into, v_id(row->into));
	for (size_t i = 0; i < row->custom_n; i++)
		if (strlen(row->values[i]) > CUSTOM_TEXT &&
			utf8_length(row->values[i]) > CUSTOM_TEXT)
			refuse_field(cx, row->names[i], "field.too_long", "20000");
	if (row->custom_n)
		record_set_text(
			rec, rest, *old ? merge_custom(cx, row, old) : write_custom(cx, row));
}

const char *import_reasons(struct ctx *cx)
{
	const struct problem *p = &cx->problem;
	json_t *told = json_object();
	struct json_out j;

	json_init(&j, cx->mem);
	json_open(&j, '{');
	for (const struct field_problem *f = p->fields; f; f = f->next) {
		if (json_object_get(told, f->field))
			continue;
		json_object_set_new(told, f->field, json_true());
		json_put_text(&j, f->field, words_say(cx->words, cx->mem, cx->lang, &f->text));
	}
	if (!p->fields)
		json_put_text(&j, "", words_say(cx->words, cx->mem, cx->lang, &p->text));
	json_close(&j, '}');
	json_decref(told);
	ctx_clear(cx);
	return j.text.s;
}
