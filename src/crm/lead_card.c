/* A lead out of one pasted line: somebody's card or signature. */
#include <jansson.h>

#include "base/card.h"
#include "base/fold.h"
#include "crm/lead.h"
#include "record/search.h"

enum { CARD_MAX = 20000 };

/* What does not pass for the field is left out: people see what was found. */
static void take(struct ctx *cx, struct record *lead, const char *field, const char *found)
{
	json_t *text = json_string(found);

	if (*found && text &&
		!record_fill_field(cx, lead, entity_field(lead->of, record_at(lead, field)), text))
		ctx_clear(cx);
	json_decref(text);
}

static struct record *read_card(struct ctx *cx, const char *text)
{
	struct record *lead = record_new(cx, &lead_entity);
	struct card card;

	card_read(cx->mem, text, &card);
	take(cx, lead, "first_name", card.first_name);
	take(cx, lead, "last_name", card.last_name);
	take(cx, lead, "company_name", card.company_name);
	take(cx, lead, "job_title", card.job_title);
	take(cx, lead, "email", card.email);
	take(cx, lead, "phone", card.phone);
	take(cx, lead, "mobile", card.mobile);
	take(cx, lead, "website", card.website);
	take(cx, lead, "vat_number", card.vat_number);
	take(cx, lead, "description", card.rest);
	return lead;
}

static void write_fields(struct json_out *j, const struct record *lead)
{
	json_key(j, "fields");
	json_open(j, '{');
	for (size_t i = 0; i < lead->of->field_count; i++)
		if (lead->v[i].type == VAL_TEXT)
			json_put_text(j, lead->of->fields[i].name, lead->v[i].s);
	json_close(j, '}');
}

bool lead_card_write(struct ctx *cx, struct json_out *j, const char *text)
{
	struct likeness *found;
	struct record *lead;
	size_t n;

	if (utf8_length(text) > CARD_MAX)
		return refuse_field(cx, "text", "field.too_long", textf(cx, "%d", CARD_MAX));
	lead = read_card(cx, text);
	if (!keys_find(cx, lead, comparable_entities, &found, &n))
		return false;
	json_open(j, '{');
	write_fields(j, lead);
	json_key(j, "duplicates");
	json_open(j, '[');
	for (size_t i = 0; i < n; i++)
		likeness_write(cx, j, &found[i]);
	json_close(j, ']');
	json_close(j, '}');
	return true;
}
