/* What a lead would become: the preview. */
#include "crm/conversion.h"

#include <string.h>

#include "base/fold.h"
#include "base/words.h"
#include "crm/conversion_parts.h"
#include "crm/firm.h"
#include "crm/naming.h"
#include "crm/opportunity_parts.h"
#include "crm/stage.h"
#include "record/alike.h"

const char *conversion_obstacle(const struct record *lead)
{
	if (record_has(lead, "converted_at"))
		return "lead.converted";
	if (record_is(lead, "status_type", "open") || record_is(lead, "status_type", "qualified"))
		return NULL;
	return "conversion.not_qualified";
}

bool conversion_may_set(const struct field *f)
{
	return !f->readonly && !f->derived && !f->secret && strcmp(f->name, "owner_id") != 0;
}

/* The need, or else the firm or the person it is with. */
static void name_opportunity(struct ctx *cx, const struct record *lead, struct record *opportunity)
{
	const char *name = record_text(lead, "company_name");

	if (!record_has(opportunity, "name"))
		record_set_text(opportunity, "name", *name ? name : record_title(cx, lead));
}

/* Somebody known by a phone number alone is called by it. */
static void name_contact(struct ctx *cx, const struct record *lead, struct record *contact)
{
	if (!record_has(contact, "first_name") && !record_has(contact, "last_name") &&
		!record_has(contact, "email"))
		record_set_text(contact, "last_name", record_title(cx, lead));
}

static struct record *part_of(struct ctx *cx, const struct entity *of, const struct record *lead,
	const struct draft *draft)
{
	struct record *part = record_new(cx, of);

	mapping_apply(&draft->mappings, lead, part);
	record_copy(part, lead, "owner_id");
	return part;
}

bool draft_make(struct ctx *cx, const struct record *lead, struct draft *draft)
{
	struct record *stage, *firm;

	*draft = (struct draft){ 0 };
	if (!mapping_load(cx, &draft->mappings) || !stage_first(cx, 0, &stage) ||
		!firm_load(cx, &firm))
		return false;
	if (!stage)
		return refuse(cx, PROBLEM_CONFLICT, "opportunity.no_stage");
	draft->company = part_of(cx, &company_entity, lead, draft);
	draft->contact = part_of(cx, &contact_entity, lead, draft);
	draft->opportunity = part_of(cx, &opportunity_entity, lead, draft);
	name_opportunity(cx, lead, draft->opportunity);
	name_contact(cx, lead, draft->contact);
	opportunity_enter(draft->opportunity, stage);
	record_copy(draft->opportunity, stage, "probability");
	draft->has_company =
		record_has(lead, "company_name") && !record_is(firm, "business_model", "b2c");
	draft->has_contact = !draft->has_company || record_has(lead, "first_name") ||
			     record_has(lead, "last_name");
	return currency_beside(cx, draft->opportunity, "amount", "currency");
}

void conversion_fill(struct record *existing, const struct record *draft)
{
	int sum = entity_find(existing->of, "turnover");
	bool takes_sum = sum >= 0 && existing->v[sum].type == VAL_NULL;

	for (size_t i = 0; i < existing->of->field_count; i++)
		if (conversion_may_set(&existing->of->fields[i]) && existing->v[i].type == VAL_NULL)
			existing->v[i] = draft->v[i];
	if (takes_sum && existing->v[sum].type != VAL_NULL)
		record_copy(existing, draft, "turnover_currency");
}

static bool is_hidden(struct ctx *cx, const struct entity *of, const char *field)
{
	return rights_field(cx->who, of, field) == FIELD_HIDDEN;
}

static void write_fields(struct ctx *cx, struct json_out *j, const struct record *part)
{
	json_key(j, "fields");
	json_open(j, '{');
	for (size_t i = 0; i < part->of->field_count; i++) {
		const struct field *f = &part->of->fields[i];

		if (part->v[i].type == VAL_NULL || is_hidden(cx, part->of, f->name) ||
			(!conversion_may_set(f) && strcmp(f->name, "stage_id") != 0))
			continue;
		json_key(j, f->name);
		field_write(j, f, &part->v[i]);
	}
	json_close(j, '}');
}

static bool reads_the_same(struct ctx *cx, const struct val *a, const struct val *b)
{
	if (a->type != VAL_TEXT || b->type != VAL_TEXT)
		return val_same(a, b);
	return !strcmp(fold(cx->mem, a->s), fold(cx->mem, b->s));
}

/* What linking would fill. */
static void write_fill(struct ctx *cx, struct json_out *j, const struct record *existing)
{
	const struct entity *e = existing->of;

	json_key(j, "fill");
	json_open(j, '{');
	for (size_t i = 0; i < e->field_count; i++) {
		const struct field *f = &e->fields[i];

		if (!record_changed(existing, f->name) || is_hidden(cx, e, f->name))
			continue;
		json_key(j, f->name);
		field_write(j, f, &existing->v[i]);
	}
	json_close(j, '}');
}

/* Where the two say different things: ours is what stands there, theirs what
 * the lead says. */
static void write_difference(
	struct json_out *j, const struct field *f, const struct val *ours, const struct val *theirs)
{
	json_key(j, f->name);
	json_open(j, '{');
	json_key(j, "ours");
	field_write(j, f, ours);
	json_key(j, "theirs");
	field_write(j, f, theirs);
	json_close(j, '}');
}

static void write_comparison(
	struct ctx *cx, struct json_out *j, struct record *existing, const struct record *draft)
{
	const struct entity *e = draft->of;

	conversion_fill(existing, draft);
	write_fill(cx, j, existing);
	json_key(j, "differs");
	json_open(j, '{');
	for (size_t i = 0; i < e->field_count; i++) {
		const struct field *f = &e->fields[i];

		if (conversion_may_set(f) && !f->initial && draft->v[i].type != VAL_NULL &&
			!is_hidden(cx, e, f->name) &&
			!reads_the_same(cx, &existing->v[i], &draft->v[i]))
			write_difference(j, f, &existing->v[i], &draft->v[i]);
	}
	json_close(j, '}');
}

static bool write_likeness(
	struct ctx *cx, struct json_out *j, const struct likeness *l, const struct record *draft)
{
	struct record *existing;

	if (!record_load(cx, l->of, l->id, RIGHT_READ, &existing))
		return false;
	json_open(j, '{');
	likeness_put(cx, j, l);
	write_comparison(cx, j, existing, draft);
	json_close(j, '}');
	return true;
}

static bool write_duplicates(struct ctx *cx, struct json_out *j, const struct record *draft)
{
	const struct entity *const among[] = { draft->of, NULL };
	struct likeness *found;
	bool ok = true;
	size_t n;

	if (!keys_find(cx, draft, among, &found, &n))
		return false;
	json_key(j, "duplicates");
	json_open(j, '[');
	for (size_t i = 0; ok && i < n; i++)
		ok = write_likeness(cx, j, &found[i], draft);
	json_close(j, ']');
	return ok;
}

static bool write_part(
	struct ctx *cx, struct json_out *j, bool by_default, const struct record *draft)
{
	json_key(j, draft->of->name);
	json_open(j, '{');
	json_put_bool(j, "default", by_default);
	write_fields(cx, j, draft);
	if (!entity_is(draft->of, &opportunity_entity) && !write_duplicates(cx, j, draft))
		return false;
	json_close(j, '}');
	return true;
}

static struct record *target(const struct draft *d, const struct record *mapping)
{
	struct record *const parts[] = { d->company, d->contact, d->opportunity };

	for (size_t i = 0; i < COUNT(parts); i++)
		if (record_is(mapping, "entity", parts[i]->of->name))
			return parts[i];
	return NULL;
}

/* Whether the row's value arrived where the row leads. */
static bool is_taken(const struct draft *d, const struct record *lead, const struct record *mapping)
{
	const struct record *to = target(d, mapping);
	int from = entity_find(lead->of, record_text(mapping, "lead_field"));
	int at = to ? entity_find(to->of, record_text(mapping, "field")) : -1;

	return from >= 0 && at >= 0 && lead->v[from].type != VAL_NULL &&
	       val_same(&lead->v[from], &to->v[at]);
}

static void write_rows(
	struct ctx *cx, struct json_out *j, const struct draft *d, const struct record *lead)
{
	json_key(j, "rows");
	json_open(j, '[');
	for (size_t i = 0; i < d->mappings.n; i++) {
		const struct record *m = d->mappings.all[i];
		const char *from = record_text(m, "lead_field");

		if (!is_taken(d, lead, m) || is_hidden(cx, lead->of, from))
			continue;
		size_t at = record_at(lead, from);

		json_open(j, '{');
		json_put_text(j, "from", from);
		json_put_text(j, "to",
			textf(cx, "%s.%s", record_text(m, "entity"), record_text(m, "field")));
		json_put_text(j, "value", field_show(cx, entity_field(lead->of, at), &lead->v[at]));
		json_close(j, '}');
	}
	json_close(j, ']');
}

static bool is_mapped(const struct draft *d, const struct record *lead, const char *field)
{
	for (size_t i = 0; i < d->mappings.n; i++)
		if (record_is(d->mappings.all[i], "lead_field", field) &&
			is_taken(d, lead, d->mappings.all[i]))
			return true;
	return false;
}

static void write_unmapped(struct json_out *j, const struct draft *d, const struct record *lead)
{
	json_key(j, "unmapped");
	json_open(j, '[');
	for (size_t i = 0; i < lead->of->field_count; i++) {
		const struct field *f = &lead->of->fields[i];

		if (conversion_may_set(f) && lead->v[i].type != VAL_NULL &&
			!is_mapped(d, lead, f->name))
			json_text(j, f->name);
	}
	json_close(j, ']');
}

static void write_verdict(struct ctx *cx, struct json_out *j, const struct record *lead)
{
	struct saying why = { .key = conversion_obstacle(lead) };

	json_put_bool(j, "possible", !why.key);
	json_put_text(j, "why", why.key ? words_say(cx->words, cx->mem, cx->lang, &why) : NULL);
}

bool conversion_write(struct ctx *cx, struct json_out *j, int64_t lead_id)
{
	struct record *lead;
	struct draft draft;

	if (!record_load(cx, &lead_entity, lead_id, RIGHT_READ, &lead) ||
		!draft_make(cx, lead, &draft))
		return false;
	json_open(j, '{');
	write_verdict(cx, j, lead);
	if (!write_part(cx, j, draft.has_company, draft.company) ||
		!write_part(cx, j, draft.has_contact, draft.contact) ||
		!write_part(cx, j, true, draft.opportunity))
		return false;
	json_put_id(j, "owner_id", record_int(lead, "owner_id"));
	write_rows(cx, j, &draft, lead);
	write_unmapped(j, &draft, lead);
	json_close(j, '}');
	return true;
}
