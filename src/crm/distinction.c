/* A distinction: two records that look the same, and somebody says are not. */
#include "crm/entities.h"
#include "crm/firm.h"
#include "record/record.h"

static const struct choice kinds[] = {
	{ "lead", "Lead", "Lead" },
	{ "company", "Azienda", "Company" },
	{ "contact", "Contatto", "Contact" },
	{ NULL },
};

static const struct field fields[] = {
	{ "entity", FIELD_CHOICE, "Tipo", "Kind", "origin", .choices = kinds, .required = true,
		.list = true },
	{ "first_id", FIELD_INT, "Prima scheda", "First record", "origin", .required = true,
		.list = true },
	{ "second_id", FIELD_INT, "Seconda scheda", "Second record", "origin", .required = true,
		.list = true },
	{ "owner_id", FIELD_LINK, "Detto da", "Said by", "origin", .to = &user_entity,
		.required = true, .list = true },
};

static const char *const indexes[] = { "first_id, second_id", "second_id", NULL };

static bool must_be_there(struct ctx *cx, const struct record *distinction, const char *field)
{
	const struct entity *of = entity_named(record_text(distinction, "entity"));
	struct record *rec;

	if (record_load(cx, of, record_int(distinction, field), RIGHT_READ, &rec))
		return true;
	if (cx->problem.kind != PROBLEM_NOT_FOUND)
		return false;
	ctx_clear(cx);
	return refuse_field(cx, field, "field.link");
}

/* The lower number first, so that a pair is said in one way alone. */
static void put_in_order(struct record *distinction)
{
	int64_t first = record_int(distinction, "first_id");

	if (first <= record_int(distinction, "second_id"))
		return;
	record_set(distinction, "first_id", v_int(record_int(distinction, "second_id")));
	record_set(distinction, "second_id", v_int(first));
}

static bool check(struct ctx *cx, struct record *distinction)
{
	if (!record_has(distinction, "entity") || !record_has(distinction, "first_id") ||
		!record_has(distinction, "second_id"))
		return true; /* told as required */
	if (record_int(distinction, "first_id") == record_int(distinction, "second_id"))
		return refuse_field(cx, "second_id", "join.twice");
	put_in_order(distinction);
	if (distinction->was)
		return true;
	return must_be_there(cx, distinction, "first_id") &&
	       must_be_there(cx, distinction, "second_id") && owner_complete(cx, distinction);
}

static const char *title(struct ctx *cx, const struct record *distinction)
{
	const struct entity *of = entity_named(record_text(distinction, "entity"));
	const char *first = "", *second = "";

	if (!of || !record_title_of(cx, of, record_int(distinction, "first_id"), &first) ||
		!record_title_of(cx, of, record_int(distinction, "second_id"), &second) ||
		!*first || !*second)
		return "";
	return textf(cx, "%s ≠ %s", first, second);
}

const struct entity distinction_entity = {
	.name = "distinction",
	.plural = "distinctions",
	.it = "Distinzione",
	.en = "Distinction",
	.its = "Distinzioni",
	.ens = "Distinctions",
	.fields = fields,
	.field_count = COUNT(fields),
	.owned = true,
	.indexes = indexes,
	.check = check,
	.title = title,
};
