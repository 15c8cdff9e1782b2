/* A contact: a natural person. */
#include "crm/contact.h"

#include "crm/firm.h"
#include "crm/headings.h"
#include "crm/naming.h"

enum { HIERARCHY_MAX = 50 };

static const struct field fields[] = {
	{ "salutation", FIELD_TEXT, "Titolo", "Salutation", "person", .max = 40,
		.also = ALSO_SALUTATION },
	{ "first_name", FIELD_TEXT, "Nome", "First name", "person", .max = 100, .quick = true,
		.searchable = true, .also = ALSO_FIRST_NAME },
	{ "last_name", FIELD_TEXT, "Cognome", "Last name", "person", .max = 150, .quick = true,
		.searchable = true,
		.also = ALSO_LAST_NAME "|Nominativo|Nome e cognome|Cognome e nome|"
				       "Nome completo|Full Name|Name|Contact Name|Person - Name" },
	{ "job_title", FIELD_TEXT, "Ruolo aziendale", "Job title", "person", .max = 150,
		.list = true, .quick = true, .searchable = true, .also = ALSO_JOB_TITLE },
	{ "company_id", FIELD_LINK, "Azienda", "Company", "company", .to = &company_entity,
		.list = true, .quick = true, .also = ALSO_COMPANY_NAME },
	{ "reports_to_id", FIELD_LINK, "Riporta a", "Reports to", "company", .to = &contact_entity,
		.also = "Superiore|Manager|Supervisor|Diretto superiore" },
	{ "email", FIELD_EMAIL, "E-mail", "E-mail", "contact", .max = 254, .list = true,
		.quick = true, .searchable = true, .match = 'e', .also = ALSO_EMAIL },
	{ "email_secondary", FIELD_EMAIL, "E-mail secondaria", "Second e-mail", "contact",
		.max = 254, .searchable = true, .match = 'e', .also = ALSO_EMAIL_2 },
	{ "emails", FIELD_LIST, "Altre e-mail", "More e-mails", "contact", .searchable = true,
		.match = 'e' },
	{ "phone", FIELD_PHONE, "Telefono ufficio", "Office phone", "contact", .max = 200,
		.list = true, .searchable = true, .match = 'p', .also = ALSO_PHONE "|Telefono" },
	{ "phone_home", FIELD_PHONE, "Telefono casa", "Home phone", "contact", .max = 200,
		.searchable = true, .match = 'p', .also = ALSO_PHONE_HOME },
	{ "mobile", FIELD_PHONE, "Cellulare", "Mobile", "contact", .max = 200, .list = true,
		.quick = true, .searchable = true, .match = 'p', .also = ALSO_MOBILE },
	{ "phones", FIELD_LIST, "Altri telefoni", "More phones", "contact", .searchable = true,
		.match = 'p' },
	{ "linkedin", FIELD_URL, "LinkedIn", "LinkedIn", "contact", .max = 500,
		.also = ALSO_LINKEDIN },
	{ "facebook", FIELD_URL, "Facebook", "Facebook", "contact", .max = 500,
		.also = "Profilo Facebook|Facebook URL|Facebook Page" },
	{ "instagram", FIELD_URL, "Instagram", "Instagram", "contact", .max = 500,
		.also = "Profilo Instagram|Instagram URL" },
	{ "x_profile", FIELD_URL, "X", "X", "contact", .max = 500,
		.also = "Twitter|Profilo X|Profilo Twitter|Twitter URL|X (Twitter)" },
	{ "birthday", FIELD_DATE, "Compleanno", "Birthday", "person",
		.also = "Data di nascita|Data di compleanno|Nato il|Birth Date|Birthdate|Date of Birth|DOB" },
	{ "street", FIELD_TEXT, "Indirizzo", "Address", "address", .max = 250,
		.also = ALSO_STREET },
	{ "postal_code", FIELD_TEXT, "CAP", "Postcode", "address", .max = 20,
		.also = ALSO_POSTAL_CODE },
	{ "city", FIELD_TEXT, "Città", "City", "address", .max = 100, .list = true,
		.searchable = true, .also = ALSO_CITY },
	{ "province", FIELD_TEXT, "Provincia", "Province", "address", .max = 100,
		.also = ALSO_PROVINCE },
	{ "region", FIELD_TEXT, "Regione", "Region", "address", .max = 100, .also = ALSO_REGION },
	{ "country", FIELD_TEXT, "Nazione", "Country", "address", .max = 100,
		.also = ALSO_COUNTRY "|Stato" },
	{ "vat_number", FIELD_VAT, "Partita IVA", "VAT number", "person", .max = 40,
		.searchable = true, .match = 'v', .also = ALSO_VAT },
	{ "tax_code", FIELD_TAX_CODE, "Codice fiscale", "Tax code", "person", .max = 40,
		.searchable = true, .match = 't', .also = ALSO_TAX_CODE },
	{ "owner_id", FIELD_LINK, "Assegnato a", "Assigned to", "origin", .to = &user_entity,
		.required = true, .list = true, .also = ALSO_OWNER },
	{ "description", FIELD_LONGTEXT, "Descrizione", "Description", "notes",
		.also = ALSO_DESCRIPTION },
	{ "merged_into_id", FIELD_LINK, "Unito a", "Merged into", "origin", .to = &contact_entity,
		.readonly = true },
};

static const char *const indexes[] = {
	"company_id, id where company_id is not null",
	"reports_to_id, id where reports_to_id is not null",
	"merged_into_id where merged_into_id is not null",
	NULL,
};

static bool must_be_someone(struct ctx *cx, const struct record *contact)
{
	if (record_has(contact, "first_name") || record_has(contact, "last_name") ||
		record_has(contact, "email"))
		return true;
	refuse_field(cx, "last_name", "contact.nobody");
	return refuse_field(cx, "email", "contact.nobody");
}

/* Going up from who it reports to, it must not meet itself. */
static bool must_not_loop(struct ctx *cx, const struct record *contact)
{
	int64_t up = record_int(contact, "reports_to_id");

	if (!up || !contact->id || !record_changed(contact, "reports_to_id"))
		return true;
	for (int steps = 0; up && up != contact->id && steps < HIERARCHY_MAX; steps++)
		if (!db_int(cx, &up, 0,
			    "select reports_to_id from contact where ws = $1 and id = $2",
			    ARGS(v_int(cx->ws), v_int(up))))
			return false;
	return !up || refuse_field(cx, "reports_to_id", "contact.reports_to_loop");
}

static bool check(struct ctx *cx, struct record *contact)
{
	return must_be_someone(cx, contact) && must_not_loop(cx, contact) &&
	       (contact->was || contact_complete(cx, contact));
}

static const char *title(struct ctx *cx, const struct record *contact)
{
	const char *name = person_name(cx, contact);

	return *name ? name : record_text(contact, "email");
}

static const char *subtitle(struct ctx *cx, const struct record *contact)
{
	const char *company = "";

	if (record_has(contact, "company_id") &&
		!record_title_of(cx, &company_entity, record_int(contact, "company_id"), &company))
		company = "";
	return both(cx, record_text(contact, "job_title"),
		*company ? company : record_text(contact, "city"));
}

/* Two cards of one person are one; nothing else is to be settled. */
static bool contact_join(struct ctx *cx, struct joining *j)
{
	(void)cx;
	(void)j;
	return true;
}

static const char *const verbs[] = { "merge", NULL };

const struct entity contact_entity = {
	.name = "contact",
	.plural = "contacts",
	.it = "Contatto",
	.en = "Contact",
	.its = "Contatti",
	.ens = "Contacts",
	.fields = fields,
	.field_count = COUNT(fields),
	.extensible = true,
	.owned = true,
	.indexes = indexes,
	.verbs = verbs,
	.check = check,
	.title = title,
	.join = contact_join,
	.subtitle = subtitle,
};

bool contact_complete(struct ctx *cx, struct record *contact)
{
	return owner_complete(cx, contact);
}
