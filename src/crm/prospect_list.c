/* A prospecting list: a sheet of people and firms not spoken to yet. */
#include "base/arena.h"
#include "crm/firm.h"
#include "crm/prospect_parts.h"
#include "record/op.h"

static const struct field fields[] = {
	{ "name", FIELD_TEXT, "Nome", "Name", "origin", .max = 150, .required = true,
		.searchable = true, .list = true, .quick = true },
	{ "description", FIELD_TEXT, "Descrizione", "Description", "notes", .max = 2000,
		.searchable = true, .list = true },
	{ "script", FIELD_LONGTEXT, "Traccia della telefonata", "Script of the call", "notes" },
	{ "source_id", FIELD_LINK, "Origine dei lead", "Source of its leads", "origin",
		.to = &source_entity, .list = true },
	{ "owner_id", FIELD_LINK, "Assegnata a", "Assigned to", "origin", .to = &user_entity,
		.required = true, .list = true },
	{ "feed_url", FIELD_URL, "Indirizzo del foglio pubblicato",
		"Address of the published sheet", "origin", .max = 2000 },
	{ "feed_at", FIELD_TIME, "Foglio letto il", "Sheet read on", "origin", .readonly = true },
	{ "feed_key", FIELD_TEXT, "Colonna che riconosce le righe", "Column that knows its rows",
		"origin", .max = 60 },
};

enum { HANDED_AT_ONCE = 500 };

static void end_part(void *mem)
{
	arena_free(mem);
}

static bool take_page(
	struct ctx *cx, const struct entity *of, const struct record *list, struct page *page)
{
	struct args args;

	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(list->id));
	args_add(&args, v_int(list->was[record_at(list, "owner_id")].i));
	if (!list_select(cx, of,
		    " where t.ws = $1 and t.list_id = $2 and t.owner_id = $3 order by t.id", &args,
		    HANDED_AT_ONCE, page))
		return false;
	for (size_t i = 0; i < page->n; i++)
		record_copy(page->items[i], list, "owner_id");
	return record_store_all(cx, page->items, page->n);
}

/* Rows and columns that were his who had the list go with it; a page in memory
 * of its own, for there may be a hundred thousand. */
static bool hand_over_some(
	struct ctx *cx, const struct entity *of, const struct record *list, bool *more)
{
	struct ctx part = *cx;
	struct page page = { 0 };
	bool ok;

	part.mem = arena_new();
	part.memo = NULL;
	ok = take_page(&part, of, list, &page);
	*more = ok && page.more;
	cx->problem = part.problem;
	if (ok)
		arena_free(part.mem);
	else /* the problem's words lie in it */
		arena_defer(cx->mem, end_part, part.mem);
	return ok;
}

static bool hand_over(struct ctx *cx, const struct record *list)
{
	static const struct entity *const parts[] = { &prospect_column_entity, &prospect_entity };
	bool ok = true;

	/* the undo has the rows' own changes to take back */
	if (!list->was || !record_changed(list, "owner_id") || cx->op->undoes)
		return true;
	for (size_t i = 0; ok && i < COUNT(parts); i++)
		for (bool more = true; ok && more;)
			ok = hand_over_some(cx, parts[i], list, &more);
	return ok;
}

static bool check(struct ctx *cx, struct record *list)
{
	return (list->was || owner_complete(cx, list)) && hand_over(cx, list);
}

static const char *title(struct ctx *cx, const struct record *list)
{
	(void)cx;
	return record_text(list, "name");
}

static const char *const verbs[] = { "cells", "move", "fetch", NULL };

const struct entity prospect_list_entity = {
	.name = "prospect_list",
	.plural = "prospect-lists",
	.it = "Lista prospect",
	.en = "Prospect list",
	.its = "Liste prospect",
	.ens = "Prospect lists",
	.fields = fields,
	.field_count = COUNT(fields),
	.owned = true,
	.verbs = verbs,
	.check = check,
	.title = title,
};

bool prospect_list_load(struct ctx *cx, int64_t id, enum right right, struct record **list)
{
	const char *what = textf(cx, "prospect list %d %lld", (int)right, (long long)id);

	*list = ctx_recall(cx, what);
	if (*list)
		return true;
	if (!record_load(cx, &prospect_list_entity, id, right, list))
		return false;
	ctx_keep(cx, what, *list);
	return true;
}

bool prospect_receive(struct ctx *cx, int64_t *id, const struct receiving *r)
{
	struct record *list;

	if (*id)
		return prospect_list_load(cx, *id, RIGHT_WRITE, &list) &&
		       prospect_columns_want(cx, *id, r);
	list = record_new(cx, &prospect_list_entity);
	record_set_text(list, "name", r->name);
	if (!rights_demand(cx, list->of, RIGHT_WRITE) || !record_store(cx, list))
		return false;
	*id = list->id;
	return op_about(cx, list) && prospect_columns_want(cx, *id, r);
}
