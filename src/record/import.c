/* An import's life: taken in, planned, shown.  Checking and running it are
 * import_check.c and import_run.c. */
#include "record/import.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/fold.h"
#include "record/import_parts.h"

enum { NAME_MAX_TEXT = 200, SKIP_MAX = 100000 };

/* Half an import is hidden; it goes at once, or with the next start. */
static void forget(struct ctx *cx, int64_t id)
{
	struct problem why = cx->problem;
	bool ok;

	ctx_clear(cx);
	ok = tx_begin(cx) && import_file_drop(cx, id) &&
	     db_run(cx, "delete from import where ws = $1 and id = $2",
		     ARGS(v_int(cx->ws), v_int(id)));
	(void)tx_end(cx, ok);
	cx->problem = why;
}

static bool begin(struct ctx *cx, const struct import *im)
{
	bool ok = tx_begin(cx) && import_insert(cx, im);

	return tx_end(cx, ok);
}

static bool finish(struct ctx *cx, struct import *im)
{
	bool ok = tx_begin(cx);

	plan_name_columns(cx, &im->plan);
	import_guess(cx, &im->plan);
	im->state = "read";
	ok = ok && import_save(cx, im);
	return tx_end(cx, ok);
}

bool import_create(
	struct ctx *cx, const struct entity *of, const struct import_given *given, int64_t *id)
{
	struct import im = { .user_id = cx->who->id,
		.name = given->name,
		.state = "reading",
		.created_at = cx->now,
		.plan = { .of = entity_of(cx, of), .encoding = "", .separator = "" } };

	if (!rights_demand(cx, of, RIGHT_WRITE) || !import_into_read(cx, &im.plan, given))
		return false;
	if (utf8_length(given->name) > NAME_MAX_TEXT)
		return refuse_field(cx, "name", "field.too_long", "200");
	im.id = *id = store_id(db_store(cx->db), cx->now);
	if (!begin(cx, &im))
		return false;
	if (import_file_put(cx, im.id, &im.plan, given) && finish(cx, &im))
		return true;
	forget(cx, im.id);
	return false;
}

static bool change_column(
	struct ctx *cx, struct import_plan *plan, const char *at, const json_t *to)
{
	char *end;
	size_t i = strtoul(at, &end, 10);
	const char *name = json_string_value(to);
	int found = name ? entity_find(plan->of, name) : -1;

	if (*end || *at < '0' || *at > '9' || i >= plan->n)
		return refuse_field(cx, "mapping", "import.no_column", at);
	if (!json_is_null(to) && (found < 0 || !import_may_fill(cx, plan->of,
						       entity_field(plan->of, (size_t)found))))
		return refuse_field(cx, "mapping", "import.no_field", name ? name : "?");
	plan->columns[i].field = found < 0 ? NULL : entity_field(plan->of, (size_t)found);
	return true;
}

static bool change_mapping(struct ctx *cx, struct import_plan *plan, const json_t *mapping)
{
	const char *at;
	json_t *to;

	if (!json_is_object(mapping))
		return refuse_field(cx, "mapping", "field.type");
	json_object_foreach(
		(json_t *)mapping, at, to) if (!change_column(cx, plan, at, to)) return false;
	for (size_t i = 0; i < plan->n; i++)
		for (size_t k = 0; k < i; k++)
			if (plan->columns[i].field &&
				plan->columns[i].field == plan->columns[k].field)
				return refuse_field(cx, "mapping", "import.field_twice",
					field_label(plan->columns[i].field, cx->lang));
	return true;
}

static bool change_mode(struct ctx *cx, struct import_plan *plan, const json_t *mode)
{
	static const char *const modes[] = { "create", "update", "skip" };
	const char *word = json_string_value(mode);

	for (size_t i = 0; word && i < COUNT(modes); i++)
		if (!strcmp(modes[i], word)) {
			plan->mode = (enum import_mode)i;
			return true;
		}
	return refuse_field(cx, "mode", "field.choice");
}

static bool change_key(struct ctx *cx, struct import_plan *plan, const json_t *key)
{
	const char *word = json_string_value(key);

	if (!json_is_null(key) && (!word || !*key_letters(word)))
		return refuse_field(cx, "key", "field.choice");
	plan->key = word ? arena_dup(cx->mem, word) : NULL;
	return true;
}

static int by_line(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static bool change_skip(struct ctx *cx, struct import_plan *plan, const json_t *lines)
{
	json_t *line;
	size_t i;

	if (!json_is_array(lines) || json_array_size(lines) > SKIP_MAX)
		return refuse_field(cx, "skip_lines", "field.type");
	plan->skip_n = json_array_size(lines);
	plan->skip = arena_alloc(cx->mem, (plan->skip_n + 1) * sizeof(*plan->skip));
	json_array_foreach(lines, i, line)
	{
		if (!json_is_integer(line))
			return refuse_field(cx, "skip_lines", "field.type");
		plan->skip[i] = json_integer_value(line);
	}
	qsort(plan->skip, plan->skip_n, sizeof(*plan->skip), by_line);
	return true;
}

static const struct {
	const char *name;
	bool (*change)(struct ctx *cx, struct import_plan *plan, const json_t *to);
} members[] = {
	{ "mapping", change_mapping },
	{ "mode", change_mode },
	{ "key", change_key },
	{ "skip_lines", change_skip },
};

static bool change(struct ctx *cx, struct import *im, const json_t *body)
{
	for (size_t i = 0; i < COUNT(members); i++) {
		const json_t *to = json_object_get(body, members[i].name);

		if (to && !members[i].change(cx, &im->plan, to))
			return false;
	}
	if (strcmp(im->state, "read") && strcmp(im->state, "checked"))
		return refuse(cx, PROBLEM_CONFLICT, "import.state");
	im->state = "read";
	im->report = NULL;
	return import_save(cx, im);
}

bool import_change(struct ctx *cx, int64_t id, const json_t *body)
{
	struct import im;
	bool ok = tx_begin(cx) && import_load(cx, id, &im) && change(cx, &im, body);

	return tx_end(cx, ok);
}

/* What the entity has to say about all those that it made. */
static bool write_warnings(struct ctx *cx, struct json_out *j, const struct import *im)
{
	bool asks = im->op_id && !strcmp(im->state, "done") && im->plan.of->warn_import;
	bool ok;

	json_key(j, "warnings");
	json_open(j, '[');
	ok = !asks || im->plan.of->warn_import(cx, j, im->op_id);
	json_close(j, ']');
	return ok;
}

static void write_one(struct json_out *j, const struct import *im)
{
	json_put_int(j, "id", im->id);
	json_put_text(j, "entity", im->plan.of->name);
	json_put_text(j, "name", im->name);
	json_put_text(j, "state", im->state);
	json_put_id(j, "user_id", im->user_id);
	json_put_time(j, "created_at", im->created_at);
	plan_write(j, &im->plan);
	json_key(j, "report");
	json_raw(j, im->report ? im->report : "null");
	json_key(j, "progress");
	import_write_counts(j, im);
	json_put_id(j, "operation_id", im->op_id);
	json_put_text(j, "problem", im->problem);
}

bool import_write(struct ctx *cx, struct json_out *j, int64_t id)
{
	struct import im;

	if (!import_load(cx, id, &im))
		return false;
	json_open(j, '{');
	write_one(j, &im);
	if (!write_warnings(cx, j, &im))
		return false;
	json_close(j, '}');
	return true;
}

bool import_write_all(struct ctx *cx, struct json_out *j)
{
	struct import *all;
	size_t n;

	if (!import_load_all(cx, &all, &n))
		return false;
	json_open(j, '{');
	json_key(j, "items");
	json_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		json_open(j, '{');
		write_one(j, &all[i]);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
	return true;
}

static const char *label_of(struct ctx *cx, const struct import_plan *plan, const char *field)
{
	int at = entity_find(plan->of, field);

	return at < 0 ? field : field_label(entity_field(plan->of, (size_t)at), cx->lang);
}

static void add_reasons(
	struct ctx *cx, struct buf *out, const struct import_plan *plan, const struct rows *r)
{
	json_t *tree = json_loads(rows_text(r, 2), 0, NULL), *text;
	const char *field;
	struct buf b;

	buf_init(&b, cx->mem);
	json_object_foreach(tree, field, text) buf_addf(&b, "%s%s%s%s", b.len ? "; " : "",
		label_of(cx, plan, field), *field ? ": " : "", json_string_value(text));
	json_decref(tree);
	buf_add(out, plan->separator);
	csv_add_cell(out, b.s, *plan->separator);
	buf_addf(out, "%s%" PRId64, plan->separator, rows_int(r, 0));
}

/* The file's columns, the reason, the line, and what lay beyond the columns. */
static void add_refused(
	struct ctx *cx, struct buf *out, const struct import_plan *plan, const struct rows *r)
{
	json_t *cells = json_loads(rows_text(r, 1), 0, NULL);
	size_t n = json_array_size(cells);

	for (size_t i = 0; i < n || i < plan->n; i++) {
		const char *cell = json_string_value(json_array_get(cells, i));

		if (i == plan->n)
			add_reasons(cx, out, plan, r);
		if (i)
			buf_add(out, plan->separator);
		csv_add_cell(out, cell ? cell : "", *plan->separator);
	}
	if (n <= plan->n)
		add_reasons(cx, out, plan, r);
	buf_add(out, "\r\n");
	json_decref(cells);
}

bool import_write_refused(struct ctx *cx, struct buf *out, int64_t id)
{
	struct import im;
	struct rows *r;

	if (!import_load(cx, id, &im))
		return false;
	buf_add(out, "\xef\xbb\xbf");
	for (size_t i = 0; i < im.plan.n; i++) {
		csv_add_cell(out, im.plan.columns[i].heading, *im.plan.separator);
		buf_add(out, im.plan.separator);
	}
	buf_addf(out, "%s%s%s\r\n", cx->lang == LANG_IT ? "Motivo" : "Reason", im.plan.separator,
		cx->lang == LANG_IT ? "Riga" : "Line");
	r = db_query(cx,
		"select line, cells, why from import_refused where ws = $1 and import_id = $2 order by line",
		ARGS(v_int(cx->ws), v_int(id)));
	while (rows_next(r))
		add_refused(cx, out, &im.plan, r);
	return rows_end(r);
}
