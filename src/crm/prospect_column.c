/* The columns of a list: the fields that leads have too, then its own. */
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "crm/lead.h"
#include "crm/prospect_parts.h"
#include "record/import.h"

static const struct choice types[] = {
	{ "text", "Testo", "Text" },
	{ "int", "Numero intero", "Whole number" },
	{ "money", "Importo", "Amount" },
	{ "date", "Data", "Date" },
	{ "bool", "Sì o no", "Yes or no" },
	{ NULL },
};

static const struct field fields[] = {
	{ "list_id", FIELD_LINK, "Lista", "List", "origin", .to = &prospect_list_entity,
		.required = true, .list = true },
	{ "label", FIELD_TEXT, "Intestazione", "Heading", "origin", .max = 200, .required = true,
		.list = true, .quick = true },
	{ "type", FIELD_CHOICE, "Tipo", "Type", "origin", .choices = types, .required = true,
		.initial = "text", .list = true, .quick = true },
	{ "position", FIELD_INT, "Posizione", "Position", "origin", .list = true },
	{ "owner_id", FIELD_LINK, "Assegnata a", "Assigned to", "origin", .to = &user_entity,
		.required = true, .readonly = true },
};

static const char *const indexes[] = { "list_id, position, id", NULL };

enum { OWN_MAX = 1000, LABEL = 200 };

/* A column is of its list for ever, and its list's owner's. */
static bool check(struct ctx *cx, struct record *column)
{
	struct record *list;
	int64_t n;

	if (column->was)
		return !record_changed(column, "list_id") ||
		       refuse_field(cx, "list_id", "prospect.list_stays");
	if (!record_has(column, "list_id"))
		return refuse_field(cx, "list_id", "field.required");
	if (!prospect_list_load(cx, record_int(column, "list_id"), RIGHT_WRITE, &list) ||
		!db_int(cx, &n, 0,
			"select count(*) from prospect_column where ws = $1 and list_id = $2"
			" and removed_at is null",
			ARGS(v_int(cx->ws), v_int(list->id))))
		return false;
	if (n >= OWN_MAX)
		return refuse_field(cx, "label", "prospect.columns", textf(cx, "%d", OWN_MAX));
	record_copy(column, list, "owner_id");
	if (!record_has(column, "position"))
		record_set(column, "position", v_int(n + 1));
	return true;
}

static const char *title(struct ctx *cx, const struct record *column)
{
	(void)cx;
	return record_text(column, "label");
}

const struct entity prospect_column_entity = {
	.name = "prospect_column",
	.plural = "prospect-columns",
	.it = "Colonna di una lista",
	.en = "Column of a list",
	.its = "Colonne delle liste",
	.ens = "Columns of lists",
	.fields = fields,
	.field_count = COUNT(fields),
	.owned = true,
	.indexes = indexes,
	.check = check,
	.title = title,
};

/* What is typed there, in the words of a column's types. */
static const char *type_of(const struct field *lead)
{
	if (lead && lead->type == FIELD_INT)
		return "int";
	return lead && lead->type == FIELD_MONEY ? "money" : "text";
}

static void add_fields(struct ctx *cx, struct prospect_columns *columns)
{
	const struct entity *of = &prospect_entity;

	for (size_t i = 0; i < of->field_count; i++) {
		const struct field *f = &of->fields[i];
		int at = entity_find(&lead_entity, f->name);
		const struct field *lead = at < 0 ? NULL : entity_field(&lead_entity, (size_t)at);

		if (f->type == FIELD_TEXT && !f->readonly)
			columns->c[columns->n++] = (struct prospect_column){ f->name,
				field_label(f, cx->lang), type_of(lead), 0, lead };
	}
}

static bool add_own(struct ctx *cx, int64_t list_id, struct prospect_columns *columns)
{
	struct rows *r = db_query(cx,
		"select id, label, type from prospect_column where ws = $1 and list_id = $2"
		" and removed_at is null order by position, id limit 1000",
		ARGS(v_int(cx->ws), v_int(list_id)));

	while (rows_next(r))
		columns->c[columns->n++] =
			(struct prospect_column){ textf(cx, "c%lld", (long long)rows_int(r, 0)),
				rows_text(r, 1), rows_text(r, 2), rows_int(r, 0), NULL };
	return rows_end(r);
}

/* Whether a cell of the list's own may fill it: what the sheet has no column
 * for already, and no link, for a sheet's words name nobody's records. */
static bool may_mean(const struct prospect_columns *columns, const struct field *lead)
{
	return lead && lead->type != FIELD_LINK && !prospect_column_named(columns, lead->name);
}

/* A column of the list's own that is headed like a field of the lead, the
 * firm's own fields too, means that field: by the rules of an import. */
static void give_own_meaning(struct ctx *cx, struct prospect_columns *columns)
{
	const char **headings = arena_alloc(cx->mem, (columns->n + 1) * sizeof(*headings));
	const struct field **means;
	size_t own = 0;

	while (own < columns->n && !columns->c[own].id)
		own++;
	if (own == columns->n)
		return;
	for (size_t i = own; i < columns->n; i++)
		headings[i - own] = columns->c[i].label;
	means = import_headings(cx, entity_of(cx, &lead_entity), headings, columns->n - own);
	for (size_t i = own; i < columns->n; i++)
		if (may_mean(columns, means[i - own]))
			columns->c[i].lead = means[i - own];
}

static const char *memo_of(struct ctx *cx, int64_t list_id)
{
	return textf(cx, "prospect columns %lld", (long long)list_id);
}

bool prospect_columns_of(struct ctx *cx, int64_t list_id, const struct prospect_columns **columns)
{
	const char *what = memo_of(cx, list_id);
	struct prospect_columns *read = ctx_recall(cx, what);

	*columns = read;
	if (read)
		return true;
	*columns = read = arena_alloc(cx->mem, sizeof(*read));
	read->c = arena_alloc(cx->mem, (prospect_entity.field_count + OWN_MAX) * sizeof(*read->c));
	add_fields(cx, read);
	if (!add_own(cx, list_id, read))
		return false;
	give_own_meaning(cx, read);
	ctx_keep(cx, what, read);
	return true;
}

void prospect_columns_forget(struct ctx *cx, int64_t list_id)
{
	ctx_forget(cx, memo_of(cx, list_id));
}

const struct prospect_column *prospect_column_named(
	const struct prospect_columns *columns, const char *key)
{
	for (size_t i = 0; i < columns->n; i++)
		if (!strcmp(columns->c[i].key, key))
			return &columns->c[i];
	return NULL;
}

const struct prospect_column *prospect_column_meaning(
	const struct prospect_columns *columns, const char *field)
{
	for (size_t i = 0; i < columns->n; i++)
		if (columns->c[i].lead && !strcmp(columns->c[i].lead->name, field))
			return &columns->c[i];
	return NULL;
}

static const char *own_key(
	struct ctx *cx, const struct prospect_columns *columns, const char *heading)
{
	const char *folded = fold(cx->mem, heading);

	for (size_t i = 0; i < columns->n; i++)
		if (columns->c[i].id && !strcmp(fold(cx->mem, columns->c[i].label), folded))
			return columns->c[i].key;
	return NULL;
}

static bool add_column(struct ctx *cx, int64_t list_id, const char *heading, const char **key)
{
	struct record *column = record_new(cx, &prospect_column_entity);
	size_t n = strlen(heading);

	for (n = n < LABEL ? n : LABEL; ((unsigned char)heading[n] & 0xc0) == 0x80;)
		n--;
	record_set(column, "list_id", v_int(list_id));
	record_set_text(column, "label", textf(cx, "%.*s", (int)n, heading));
	if (!record_store(cx, column))
		return false;
	*key = textf(cx, "c%lld", (long long)column->id);
	return true;
}

bool prospect_columns_want(struct ctx *cx, int64_t list_id, const struct receiving *r)
{
	const struct prospect_columns *columns;

	if (!prospect_columns_of(cx, list_id, &columns))
		return false;
	for (size_t i = 0; i < r->n; i++) {
		r->keys[i] = own_key(cx, columns, r->headings[i]);
		if (!r->keys[i] && !add_column(cx, list_id, r->headings[i], &r->keys[i]))
			return false;
	}
	prospect_columns_forget(cx, list_id);
	return true;
}

bool prospect_own_columns(
	struct ctx *cx, int64_t list_id, const struct prospect_own **own, size_t *n)
{
	const struct prospect_columns *columns;
	struct prospect_own *some;
	struct record *list;

	*n = 0;
	if (!prospect_list_load(cx, list_id, RIGHT_READ, &list) ||
		!prospect_columns_of(cx, list_id, &columns))
		return false;
	*own = some = arena_alloc(cx->mem, (columns->n + 1) * sizeof(*some));
	for (size_t i = 0; i < columns->n; i++)
		if (columns->c[i].id)
			some[(*n)++] =
				(struct prospect_own){ columns->c[i].key, columns->c[i].label };
	return true;
}

void prospect_own_texts(struct ctx *cx, const struct record *row, const struct prospect_own *own,
	size_t n, const char **texts)
{
	const json_t *cells = n ? prospect_own_cells(cx, row) : NULL;

	for (size_t i = 0; i < n; i++) {
		texts[i] = json_string_value(json_object_get(cells, own[i].key));
		if (!texts[i])
			texts[i] = "";
	}
}
