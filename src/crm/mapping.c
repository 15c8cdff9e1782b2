/* Which field of a lead goes where when it is converted (S2.8). */
#include "crm/mapping.h"

#include "base/fold.h"

static const struct choice targets[] = {
	{ "company", "Azienda", "Company" },
	{ "contact", "Contatto", "Contact" },
	{ "opportunity", "Opportunità", "Opportunity" },
	{ NULL },
};

static const struct field fields[] = {
	{ "lead_field", FIELD_TEXT, "Campo del lead", "Lead field", "sales", .max = 60,
		.required = true, .list = true },
	{ "entity", FIELD_CHOICE, "Scheda", "Record", "sales", .choices = targets, .required = true,
		.list = true },
	{ "field", FIELD_TEXT, "Campo", "Field", "sales", .max = 60, .required = true,
		.list = true },
	{ "position", FIELD_INT, "Ordine", "Order", "sales", .required = true, .initial = "0" },
};

static const struct field *known(const struct ctx *cx, const struct entity *of, const char *name)
{
	int at;

	of = entity_of(cx, of);
	at = entity_find(of, name);
	return at < 0 ? NULL : entity_field(of, (size_t)at);
}

static bool may_be_set(const struct field *f)
{
	return f && !f->readonly && !f->derived && !f->secret;
}

/* What is one of a list goes where all of that list are known. */
static bool choices_fit(const struct field *from, const struct field *to)
{
	for (const struct choice *c = from->choices; c && c->value; c++)
		if (!field_choice(to, c->value))
			return false;
	return true;
}

/* Texts go into texts; anything else into its own kind. */
static bool kinds_fit(const struct field *from, const struct field *to)
{
	if (from->type == FIELD_LINK)
		return to->type == FIELD_LINK && from->to == to->to;
	if (field_is_number(from) || field_is_number(to))
		return from->type == to->type;
	if (from->type == FIELD_CHOICE && to->type == FIELD_CHOICE)
		return choices_fit(from, to);
	return to->type == FIELD_TEXT || to->type == FIELD_LONGTEXT || to->type == from->type;
}

static bool check(struct ctx *cx, struct record *mapping)
{
	const struct entity *of = entity_named(record_text(mapping, "entity"));
	const struct field *from = known(cx, &lead_entity, record_text(mapping, "lead_field"));
	const struct field *to = of ? known(cx, of, record_text(mapping, "field")) : NULL;

	if (!record_has(mapping, "entity") || !record_has(mapping, "field"))
		return true; /* told as required */
	if (!from || from->derived || from->secret)
		return refuse_field(cx, "lead_field", "mapping.unknown");
	if (!may_be_set(to))
		return refuse_field(cx, "field", "mapping.unknown");
	return kinds_fit(from, to) || refuse_field(cx, "field", "mapping.kinds");
}

/* As the form calls it; the name of one that is no more. */
static const char *label_of(struct ctx *cx, const struct entity *of, const char *name)
{
	const struct field *f = of ? known(cx, of, name) : NULL;

	return f ? field_label(f, cx->lang) : name;
}

static const char *title(struct ctx *cx, const struct record *mapping)
{
	const struct entity *of = entity_named(record_text(mapping, "entity"));

	return textf(cx, "%s → %s, %s",
		label_of(cx, &lead_entity, record_text(mapping, "lead_field")),
		of ? entity_label(of, cx->lang, false) : record_text(mapping, "entity"),
		label_of(cx, of, record_text(mapping, "field")));
}

static const char *const indexes[] = { "position, id", NULL };

const struct entity mapping_entity = {
	.name = "mapping",
	.plural = "mappings",
	.it = "Mappatura",
	.en = "Mapping",
	.its = "Mappatura dei campi",
	.ens = "Mappings",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.constraints = "unique (ws, lead_field, entity, field)",
	.indexes = indexes,
	.check = check,
	.title = title,
};

/* What is too long for its new place stays where it is: nothing is cut. */
static bool fits(const struct field *f, const struct val *v)
{
	return v->type != VAL_TEXT || f->type == FIELD_LONGTEXT ||
	       utf8_length(v->s) <= (f->max ? f->max : 200);
}

static void map_one(const struct record *lead, struct record *to, const struct record *mapping)
{
	int from = entity_find(lead->of, record_text(mapping, "lead_field"));
	int at = entity_find(to->of, record_text(mapping, "field"));

	if (from >= 0 && at >= 0 && !entity_field(to->of, (size_t)at)->secret &&
		to->v[at].type == VAL_NULL &&
		fits(entity_field(to->of, (size_t)at), &lead->v[from]))
		to->v[at] = lead->v[from];
}

bool mapping_load(struct ctx *cx, struct mappings *m)
{
	return record_all(cx, &mapping_entity, &m->all, &m->n);
}

void mapping_apply(const struct mappings *m, const struct record *lead, struct record *to)
{
	for (size_t i = 0; i < m->n; i++)
		if (record_is(m->all[i], "entity", to->of->name))
			map_one(lead, to, m->all[i]);
}

static void write_takers(struct json_out *j, const struct field *from, const struct entity *of)
{
	json_key(j, of->name);
	json_open(j, '[');
	for (size_t i = 0; i < of->field_count; i++)
		if (may_be_set(&of->fields[i]) && kinds_fit(from, &of->fields[i]))
			json_text(j, of->fields[i].name);
	json_close(j, ']');
}

bool mapping_targets_write(struct ctx *cx, struct json_out *j)
{
	const struct entity *lead = entity_of(cx, &lead_entity);
	const struct entity *const parts[] = { entity_of(cx, &company_entity),
		entity_of(cx, &contact_entity), entity_of(cx, &opportunity_entity) };

	json_open(j, '{');
	for (size_t i = 0; i < lead->field_count; i++) {
		const struct field *from = &lead->fields[i];

		if (from->derived || from->readonly)
			continue;
		json_key(j, from->name);
		json_open(j, '{');
		for (size_t k = 0; k < COUNT(parts); k++)
			write_takers(j, from, parts[k]);
		json_close(j, '}');
	}
	json_close(j, '}');
	return true;
}
