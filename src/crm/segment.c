/* A segment: a list's query string that the list itself has judged. */
#include "crm/segment.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "crm/firm.h"

static const struct choice lists[] = {
	{ "lead", "Lead", "Leads" },
	{ "contact", "Contatti", "Contacts" },
	{ "company", "Aziende", "Companies" },
	{ "opportunity", "Opportunità", "Opportunities" },
	{ "prospect", "Prospect", "Prospects" },
	{ NULL },
};

static const struct field fields[] = {
	{ "name", FIELD_TEXT, "Nome", "Name", "campaign", .max = 100, .required = true,
		.quick = true, .searchable = true },
	{ "entity", FIELD_CHOICE, "Elenco", "List", "campaign", .choices = lists, .required = true,
		.initial = "lead", .list = true, .quick = true },
	{ "query", FIELD_TEXT, "Filtro", "Filter", "campaign", .max = 2000, .list = true },
	{ "owner_id", FIELD_LINK, "Assegnato a", "Assigned to", "origin", .to = &user_entity,
		.required = true },
};

static const char *const indexes[] = { "entity, id", NULL };

static const struct entity *list_of(const struct record *segment)
{
	const struct entity *of = entity_named(record_text(segment, "entity"));

	return of ? of : &lead_entity;
}

/* The list answers, or says which of the names it does not know. */
static bool list_must_take_it(struct ctx *cx, const struct record *segment)
{
	struct params asked, one;
	struct json_out scratch;
	const char *name = "";
	struct param *p;

	json_init(&scratch, cx->mem);
	if (params_read(cx, record_text(segment, "query"), &asked)) {
		p = arena_alloc(cx->mem, (asked.n + 1) * sizeof(*p));
		p[0] = (struct param){ "limit", "1" };
		one = (struct params){ p, 1 };
		for (size_t i = 0; i < asked.n; i++)
			if (strcmp(asked.p[i].name, "limit") != 0)
				p[one.n++] = asked.p[i];
		if (list_write(cx, list_of(segment), &one, &scratch))
			return true;
	}
	if (cx->problem.kind != PROBLEM_INVALID && cx->problem.kind != PROBLEM_MALFORMED)
		return false;
	if (cx->problem.fields)
		name = cx->problem.fields->field;
	ctx_clear(cx);
	return refuse_field(cx, "query", "segment.query", name);
}

static bool check(struct ctx *cx, struct record *segment)
{
	bool is_new = !segment->was || record_changed(segment, "query") ||
		      record_changed(segment, "entity");

	return owner_complete(cx, segment) && (!is_new || list_must_take_it(cx, segment));
}

static const char *title(struct ctx *cx, const struct record *segment)
{
	(void)cx;
	return record_text(segment, "name");
}

const struct entity segment_entity = {
	.name = "segment",
	.plural = "segments",
	.it = "Segmento",
	.en = "Segment",
	.its = "Segmenti",
	.ens = "Segments",
	.fields = fields,
	.field_count = COUNT(fields),
	.owned = true,
	.indexes = indexes,
	.check = check,
	.title = title,
};

bool segment_page(struct ctx *cx, const struct record *segment, int64_t below, size_t limit,
	struct page *page)
{
	struct params asked;
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	if (!params_read(cx, record_text(segment, "query"), &asked) ||
		!list_where(cx, list_of(segment), RIGHT_READ, &asked, &sql, &args))
		return false;
	buf_addf(&sql, " and t.id < $%zu order by t.id desc",
		args_add(&args, v_int(below ? below : INT64_MAX)));
	return list_select(cx, list_of(segment), sql.s, &args, limit, page);
}
