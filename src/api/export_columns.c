/* The columns of a list that is taken away: its fields, what every record has,
 * and those that a sheet has of its own. */
#include "api/export_columns.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "crm/entities.h"

/* What belongs to no table of fields; the labels are keys of locales. */
static const struct {
	const char *name, *label;
	int from;
	bool usual; /* there when nobody names columns */
} commons[] = {
	{ "id", "export.id", FROM_ID, true },
	{ "title", "export.title", FROM_TITLE, false },
	{ "created_at", "export.created_at", FROM_CREATED, true },
	{ "updated_at", "export.updated_at", FROM_UPDATED, true },
};

static const char *say(struct ctx *cx, const char *key)
{
	const struct saying s = { .key = key };

	return words_say(cx->words, cx->mem, cx->lang, &s);
}

static void add(struct export_columns *all, struct export_column c)
{
	all->c[all->n++] = c;
}

/* The list whose rows these are, when the filters say so. */
static bool read_list(struct ctx *cx, const struct export *e, struct export_columns *all)
{
	const char *text = all->of->into ? param_get(e->filters, all->of->into) : NULL;
	char *end = NULL;

	all->list_id = text ? strtoll(text, &end, 10) : 0;
	if (all->list_id <= 0 || *end) {
		all->list_id = 0; /* what is no number the list refuses by its name */
		return true;
	}
	return prospect_own_columns(cx, all->list_id, &all->own, &all->own_n);
}

static bool may_see(struct ctx *cx, const struct export_columns *all, const struct field *f)
{
	return !f->secret && rights_field(cx->who, all->of, f->name) != FIELD_HIDDEN &&
	       !(all->list_id && !strcmp(f->name, all->of->rest));
}

static bool add_common(struct ctx *cx, struct export_columns *all, const char *name)
{
	for (size_t i = 0; i < COUNT(commons); i++)
		if (!strcmp(commons[i].name, name)) {
			add(all, (struct export_column){ commons[i].name, say(cx, commons[i].label),
					 (unsigned)commons[i].from, NULL, 0 });
			return true;
		}
	return false;
}

static bool add_field(struct ctx *cx, struct export_columns *all, const char *name)
{
	int at = entity_find(all->of, name);
	const struct field *f = at < 0 ? NULL : entity_field(all->of, (size_t)at);

	if (!f || !may_see(cx, all, f))
		return false;
	add(all, (struct export_column){
			 f->name, field_label(f, cx->lang), FROM_FIELD, f, (size_t)at });
	return true;
}

static bool add_own(struct export_columns *all, const char *name)
{
	for (size_t i = 0; i < all->own_n; i++)
		if (!strcmp(all->own[i].key, name)) {
			add(all, (struct export_column){
					 all->own[i].key, all->own[i].label, FROM_CELLS, NULL, i });
			return true;
		}
	return false;
}

static void add_all(struct ctx *cx, struct export_columns *all)
{
	(void)add_common(cx, all, "id");
	for (size_t i = 0; i < entity_width(all->of); i++)
		(void)add_field(cx, all, entity_field(all->of, i)->name);
	for (size_t i = 0; i < all->own_n; i++)
		(void)add_own(all, all->own[i].key);
	for (size_t i = 1; i < COUNT(commons); i++)
		if (commons[i].usual)
			(void)add_common(cx, all, commons[i].name);
}

static bool is_there(const struct export_columns *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->c[i].name, name))
			return true;
	return false;
}

/* Each once, in the order in which they are named. */
static bool add_named(struct ctx *cx, struct export_columns *all, const char *names, size_t room)
{
	char *rest = arena_dup(cx->mem, names), *name;

	while ((name = strsep(&rest, ","))) {
		if (all->n == room || is_there(all, name))
			return refuse_field(
				cx, "columns", "export.column_twice", textf(cx, "%.60s", name));
		if (!add_common(cx, all, name) && !add_field(cx, all, name) && !add_own(all, name))
			return refuse_field(
				cx, "columns", "export.column", textf(cx, "%.60s", name));
	}
	return true;
}

bool export_columns_read(struct ctx *cx, const struct entity *of, const struct export *e,
	struct export_columns *columns)
{
	size_t room;

	*columns = (struct export_columns){ .of = of, .users = entity_of(cx, &user_entity) };
	if (!read_list(cx, e, columns))
		return false;
	room = entity_width(of) + columns->own_n + COUNT(commons);
	columns->c = arena_alloc(cx->mem, room * sizeof(*columns->c));
	if (e->columns)
		return add_named(cx, columns, e->columns, room);
	add_all(cx, columns);
	return true;
}

/* created_by is of every entity; its table of fields stands below users. */
static const struct entity *target_of(const struct export_columns *all, const struct field *f)
{
	return f->to ? f->to : all->users;
}

bool export_names(struct ctx *cx, const struct export_columns *columns, struct record *const *rows,
	size_t n, struct names **names)
{
	*names = names_new(cx);
	for (size_t i = 0; i < columns->n; i++) {
		const struct export_column *c = &columns->c[i];

		if (!c->field || c->field->type != FIELD_LINK)
			continue;
		for (size_t k = 0; k < n; k++)
			if (rows[k]->v[c->at].type == VAL_INT)
				names_want(
					*names, target_of(columns, c->field), rows[k]->v[c->at].i);
	}
	return names_read(cx, *names);
}

static struct cell of_field(struct ctx *cx, const struct export_columns *all,
	const struct names *names, const struct field *f, const struct val *v)
{
	if (v->type == VAL_NULL)
		return (struct cell){ CELL_NONE, 0, NULL };
	switch (f->type) {
	case FIELD_MONEY:
		return cell_of(CELL_MONEY, v->i);
	case FIELD_DECIMAL:
		return cell_of(CELL_DECIMAL, v->i);
	case FIELD_INT:
		return cell_of(CELL_INT, v->i);
	case FIELD_PERCENT:
		return cell_of(CELL_PERCENT, v->i);
	case FIELD_TIME:
		return cell_of(CELL_TIME, v->i);
	case FIELD_DATE:
		return (struct cell){ CELL_DATE, 0, v->s };
	case FIELD_LINK:
		return cell_text(names_title(names, target_of(all, f), v->i));
	default:
		return cell_text(field_show(cx, f, v));
	}
}

static struct cell of_common(
	struct ctx *cx, const struct export_column *c, const struct record *rec)
{
	switch (c->from) {
	case FROM_ID:
		return cell_text(textf(cx, "%" PRId64, rec->id));
	case FROM_TITLE:
		return cell_text(record_title(cx, rec));
	case FROM_CREATED:
		return cell_of(CELL_TIME, rec->created_at);
	default:
		return cell_of(CELL_TIME, rec->updated_at);
	}
}

void export_cells(struct ctx *cx, const struct export_columns *columns, const struct names *names,
	const struct record *rec, struct cell *cells)
{
	const char **own = arena_alloc(cx->mem, (columns->own_n + 1) * sizeof(*own));

	prospect_own_texts(cx, rec, columns->own, columns->own_n, own);
	for (size_t i = 0; i < columns->n; i++) {
		const struct export_column *c = &columns->c[i];

		if (c->from == FROM_FIELD)
			cells[i] = of_field(cx, columns, names, c->field, &rec->v[c->at]);
		else if (c->from == FROM_CELLS)
			cells[i] = cell_text(own[c->at]);
		else
			cells[i] = of_common(cx, c, rec);
	}
}
