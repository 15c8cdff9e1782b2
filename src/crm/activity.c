/* An activity: what is to be done, or was done or said, about a record. */
#include "crm/activity.h"

#include <string.h>

#include "base/words.h"
#include "crm/firm.h"
#include "crm/headings.h"
#include "crm/lead.h"
#include "crm/lead_temperature.h"

const struct choice activity_kinds[] = {
	{ "task", "Compito", "Task" },
	{ "call", "Telefonata", "Call" },
	{ "email", "E-mail", "E-mail" },
	{ "meeting", "Appuntamento", "Appointment" },
	{ "comment", "Commento", "Comment" },
	{ NULL },
};

/* Who began it: what comes in is an answer (S3.6, S3.10). */
static const struct choice directions[] = {
	{ "in", "Da loro", "Incoming" },
	{ "out", "Da noi", "Outgoing" },
	{ NULL },
};

static const struct field fields[] = {
	{ "kind", FIELD_CHOICE, "Tipo", "Kind", "sales", .choices = activity_kinds,
		.required = true, .initial = "task", .list = true, .quick = true,
		.also = "Type|Activity Type|Tipo attività" },
	{ "direction", FIELD_CHOICE, "Da che parte", "Direction", "sales", .choices = directions,
		.also = "Direction|Verso|Call Type|Tipo chiamata" },
	{ "purchase_request", FIELD_BOOL, "Richiesta d'acquisto", "Purchase request", "sales" },
	{ "subject", FIELD_TEXT, "Oggetto", "Subject", "sales", .max = 250, .searchable = true,
		.quick = true, .also = "Titolo|Title|Name|Nome|Activity Name" },
	{ "body", FIELD_LONGTEXT, "Testo", "Text", "notes", .searchable = true, .quick = true,
		.also = ALSO_DESCRIPTION "|Descrizione|Description" },
	{ "due_at", FIELD_TIME, "Scadenza", "Due", "sales", .list = true, .quick = true,
		.also = "Entro|Data scadenza|Due Date|Deadline" },
	{ "starts_at", FIELD_TIME, "Inizio", "Start", "sales", .list = true,
		.also = "Data inizio|Start Date|Start Time|Da" },
	{ "ends_at", FIELD_TIME, "Fine", "End", "sales", .also = "Data fine|End Date|End Time|A" },
	{ "done_at", FIELD_TIME, "Svolta il", "Done on", "sales", .list = true,
		.also = "Completata il|Completed|Completed Date|Marked as done time" },
	{ "outcome", FIELD_TEXT, "Esito", "Outcome", "sales", .max = 500, .searchable = true,
		.also = "Risultato|Result|Call Result" },
	{ "owner_id", FIELD_LINK, "Assegnata a", "Assigned to", "origin", .to = &user_entity,
		.required = true, .list = true, .also = ALSO_OWNER },
	{ "lead_id", FIELD_LINK, "Lead", "Lead", "origin", .to = &lead_entity, .list = true },
	{ "company_id", FIELD_LINK, "Azienda", "Company", "origin", .to = &company_entity,
		.list = true },
	{ "contact_id", FIELD_LINK, "Contatto", "Contact", "origin", .to = &contact_entity,
		.list = true },
	{ "opportunity_id", FIELD_LINK, "Opportunità", "Opportunity", "origin",
		.to = &opportunity_entity, .list = true },
	{ "prospect_id", FIELD_LINK, "Prospect", "Prospect", "origin", .to = &prospect_entity },
};

static const char *const indexes[] = {
	"lead_id, id where lead_id is not null",
	"company_id, id where company_id is not null",
	"contact_id, id where contact_id is not null",
	"opportunity_id, id where opportunity_id is not null",
	"prospect_id, id where prospect_id is not null",
	NULL,
};

/* Noted by hand; what a verb notes is that verb's. */
static const char *const work[] = { "record.create", NULL };
static const char *const work_for[] = { "opportunity_id", "lead_id", NULL };

static bool must_be_about_something(struct ctx *cx, const struct record *activity)
{
	static const char *const links[] = { "lead_id", "company_id", "contact_id",
		"opportunity_id", "prospect_id" };

	for (size_t i = 0; i < COUNT(links); i++)
		if (record_has(activity, links[i]))
			return true;
	return refuse_field(cx, "lead_id", "activity.about");
}

static bool must_end_after_start(struct ctx *cx, const struct record *activity)
{
	if (!record_has(activity, "ends_at"))
		return true;
	if (!record_has(activity, "starts_at"))
		return refuse_field(cx, "starts_at", "activity.no_start");
	return record_int(activity, "ends_at") >= record_int(activity, "starts_at") ||
	       refuse_field(cx, "ends_at", "activity.ends_before");
}

static bool must_say_something(struct ctx *cx, const struct record *activity)
{
	return !record_is(activity, "kind", "comment") || record_has(activity, "body") ||
	       record_has(activity, "subject") ||
	       refuse_field(cx, "body", "activity.empty_comment");
}

static bool check(struct ctx *cx, struct record *activity)
{
	bool ok = must_be_about_something(cx, activity);

	ok = must_end_after_start(cx, activity) && ok;
	ok = must_say_something(cx, activity) && ok;
	return ok && (activity->was || activity_complete(cx, activity)) &&
	       temperature_hear(cx, activity);
}

/* Who asks to buy is worked on again, wherever he had been laid aside. */
static bool hear_request(struct ctx *cx, struct record *activity)
{
	struct saying asks = { .key = "lead.purchase_request" };
	struct answer answer = { .is_noted_by_us = true };
	struct record *lead;

	if (activity->was || !record_int(activity, "purchase_request"))
		return true;
	if (!record_find(cx, &lead_entity, "id", v_int(record_int(activity, "lead_id")), &lead))
		return false;
	answer.what = words_say(cx->words, cx->mem, cx->lang, &asks);
	answer.at = record_has(activity, "done_at") ? record_int(activity, "done_at") : cx->now;
	return !lead || lead_answered(cx, lead, &answer);
}

/* The first line of a comment, cut at a word near its 80th byte. */
static const char *first_line(struct ctx *cx, const char *s)
{
	size_t n = strcspn(s, "\r\n");

	if (n <= 80)
		return textf(cx, "%.*s", (int)n, s);
	for (n = 80; n > 40 && s[n] != ' '; n--)
		;
	while (n && ((unsigned char)s[n] & 0xc0) == 0x80)
		n--;
	return textf(cx, "%.*s…", (int)n, s);
}

static const char *title(struct ctx *cx, const struct record *activity)
{
	const struct choice *kind;

	if (record_has(activity, "subject"))
		return record_text(activity, "subject");
	if (record_has(activity, "body"))
		return first_line(cx, record_text(activity, "body"));
	for (kind = activity_kinds; kind->value; kind++)
		if (record_is(activity, "kind", kind->value))
			return cx->lang == LANG_IT ? kind->it : kind->en;
	return "";
}

const struct entity activity_entity = {
	.name = "activity",
	.plural = "activities",
	.it = "Attività",
	.en = "Activity",
	.its = "Attività",
	.ens = "Activities",
	.fields = fields,
	.field_count = COUNT(fields),
	.extensible = true,
	.owned = true,
	.constraints = "check (lead_id is not null or company_id is not null"
		       " or contact_id is not null or opportunity_id is not null"
		       " or prospect_id is not null)",
	.indexes = indexes,
	.check = check,
	.title = title,
	.stored = hear_request,
	.work = work,
	.work_for = work_for,
};

bool activity_complete(struct ctx *cx, struct record *activity)
{
	return owner_complete(cx, activity);
}
