/* A web form: what it asks for, in which words, and for whom. */
#include "crm/web_form.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/secret.h"
#include "crm/firm.h"
#include "crm/form_parts.h"
#include "record/op.h"

enum { KEY_TEXT = 32, LABEL_MAX = 150 };

static const struct choice langs[] = {
	{ "visitor", "Quella del visitatore", "The visitor's" },
	{ "it", "Italiano", "Italian" },
	{ "en", "Inglese", "English" },
	{ NULL },
};

static const struct field fields[] = {
	{ "name", FIELD_TEXT, "Nome", "Name", "form", .max = 150, .required = true, .list = true },
	{ "title_it", FIELD_TEXT, "Titolo (italiano)", "Title (Italian)", "form", .max = 200 },
	{ "title_en", FIELD_TEXT, "Titolo (inglese)", "Title (English)", "form", .max = 200 },
	{ "intro_it", FIELD_LONGTEXT, "Introduzione (italiano)", "Introduction (Italian)", "form",
		.max = 2000 },
	{ "intro_en", FIELD_LONGTEXT, "Introduzione (inglese)", "Introduction (English)", "form",
		.max = 2000 },
	{ "thanks_it", FIELD_LONGTEXT, "Ringraziamento (italiano)", "Thanks (Italian)", "form",
		.max = 2000 },
	{ "thanks_en", FIELD_LONGTEXT, "Ringraziamento (inglese)", "Thanks (English)", "form",
		.max = 2000 },
	{ "asks", FIELD_JSON, "Campi", "Fields", "form" },
	{ "lang", FIELD_CHOICE, "Lingua", "Language", "form", .choices = langs, .required = true,
		.initial = "visitor" },
	{ "source_id", FIELD_LINK, "Origine dei lead", "Source of its leads", "form",
		.to = &source_entity, .list = true },
	{ "campaign_id", FIELD_LINK, "Campagna", "Campaign", "form", .to = &campaign_entity,
		.list = true },
	{ "owner_id", FIELD_LINK, "Lead assegnati a", "Leads go to", "form", .to = &user_entity },
	{ "team_id", FIELD_LINK, "Oppure a turno nel gruppo", "Or by turns in the team", "form",
		.to = &team_entity },
	{ "consent_it", FIELD_LONGTEXT, "Testo del consenso (italiano)", "Consent text (Italian)",
		"form", .max = 2000 },
	{ "consent_en", FIELD_LONGTEXT, "Testo del consenso (inglese)", "Consent text (English)",
		"form", .max = 2000 },
	{ "consent_version", FIELD_INT, "Versione del consenso", "Version of the consent", "form",
		.initial = "1", .readonly = true },
	{ "double_opt_in", FIELD_BOOL, "Conferma per e-mail", "Confirmed by e-mail", "form",
		.initial = "0" },
	{ "origins", FIELD_LONGTEXT, "Siti che lo ospitano (uno per riga)",
		"Sites that hold it (one a line)", "form", .max = 2000 },
	{ "active", FIELD_BOOL, "Attivo", "Active", "form", .required = true, .initial = "1",
		.list = true },
	{ "key", FIELD_TEXT, "Chiave", "Key", "form", .max = 64, .unique = true, .readonly = true },
	{ "stamp", FIELD_TEXT, "Firma", "Signature", "form", .max = 64, .secret = true },
	{ "turn", FIELD_INT, "Turno", "Turn", "form", .initial = "0", .secret = true },
};

const char *const form_fields[] = { "salutation", "first_name", "last_name", "job_title",
	"company_name", "email", "phone", "mobile", "website", "street", "postal_code", "city",
	"province", "country", "sector", "need", "description", NULL };

static const char usual[] = "{\"first_name\":\"optional\",\"last_name\":\"required\","
			    "\"email\":\"required\",\"phone\":\"optional\",\"need\":\"optional\"}";

static bool may_ask(const char *name, size_t n)
{
	for (const char *const *f = form_fields; *f; f++)
		if (strlen(*f) == n && !strncmp(*f, name, n))
			return true;
	return false;
}

/* "email": "required" or "optional"; "email.it": what it is called. */
static bool ask_is_sound(const char *key, const json_t *value)
{
	const char *dot = strchr(key, '.'), *text = json_string_value(value);

	if (!text || !may_ask(key, dot ? (size_t)(dot - key) : strlen(key)))
		return false;
	if (dot)
		return (!strcmp(dot, ".it") || !strcmp(dot, ".en")) && strlen(text) <= LABEL_MAX;
	return !strcmp(text, "required") || !strcmp(text, "optional");
}

static void drop(void *tree)
{
	json_decref(tree);
}

static json_t *asks_of(struct ctx *cx, const struct record *form)
{
	json_t *asks = json_loads(record_text(form, "asks"), 0, NULL);

	if (!asks)
		asks = json_object();
	arena_defer(cx->mem, drop, asks);
	return asks;
}

static bool asks_must_be_sound(struct ctx *cx, const struct record *form)
{
	static const char *const somebody[] = { "first_name", "last_name", "company_name", "email",
		"phone", "mobile" };
	json_t *asks = asks_of(cx, form), *value;
	bool names_somebody = false;
	const char *key;

	json_object_foreach(asks, key, value) if (!ask_is_sound(key, value)) return refuse_field(
		cx, "asks", "form.asks", textf(cx, "%.60s", key));
	for (size_t i = 0; i < COUNT(somebody); i++)
		names_somebody = names_somebody || json_object_get(asks, somebody[i]);
	return names_somebody || refuse_field(cx, "asks", "form.nobody");
}

static bool confirming_must_be_possible(struct ctx *cx, const struct record *form)
{
	const char *email = json_string_value(json_object_get(asks_of(cx, form), "email"));
	struct record *firm;

	if (!record_int(form, "double_opt_in"))
		return true;
	if (!email || strcmp(email, "required") != 0)
		return refuse_field(cx, "double_opt_in", "form.needs_email");
	return firm_load(cx, &firm) &&
	       (record_has(firm, "base_url") ||
		       refuse_field(cx, "double_opt_in", "form.needs_base_url"));
}

static const char *random_text(struct ctx *cx)
{
	char token[TOKEN_TEXT], hash[HASH_TEXT];

	token_make(token);
	secret_digest(token, strlen(token), hash);
	return textf(cx, "%.*s", KEY_TEXT, hash);
}

static void begin(struct ctx *cx, struct record *form)
{
	if (!record_has(form, "asks"))
		record_set_text(form, "asks", usual);
	if (!record_has(form, "key"))
		record_set_text(form, "key", random_text(cx));
	if (!record_has(form, "stamp"))
		record_set_text(form, "stamp", random_text(cx));
}

static bool check(struct ctx *cx, struct record *form)
{
	begin(cx, form);
	if (form->was && (record_changed(form, "consent_it") || record_changed(form, "consent_en")))
		record_set(form, "consent_version", v_int(record_int(form, "consent_version") + 1));
	return asks_must_be_sound(cx, form) && confirming_must_be_possible(cx, form);
}

static const char *title(struct ctx *cx, const struct record *form)
{
	(void)cx;
	return record_text(form, "name");
}

const struct entity web_form_entity = {
	.name = "web_form",
	.plural = "web-forms",
	.it = "Modulo web",
	.en = "Web form",
	.its = "Moduli web",
	.ens = "Web forms",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.check = check,
	.title = title,
};

size_t form_asks(struct ctx *cx, const struct record *form, struct form_ask **asks)
{
	const struct entity *lead = entity_of(cx, &lead_entity);
	json_t *all = asks_of(cx, form), *value;
	const char *key;
	size_t n = 0;

	*asks = arena_alloc(cx->mem, (json_object_size(all) + 1) * sizeof(**asks));
	json_object_foreach(all, key, value)
	{
		int at = strchr(key, '.') ? -1 : entity_find(lead, key);
		const char *name = json_string_value(json_object_get(
			all, textf(cx, "%s.%s", key, cx->lang == LANG_IT ? "it" : "en")));

		if (at < 0 || !ask_is_sound(key, value))
			continue;
		(*asks)[n].field = entity_field(lead, (size_t)at);
		(*asks)[n].label = name && *name ? arena_dup(cx->mem, name)
						 : field_label((*asks)[n].field, cx->lang);
		(*asks)[n++].required = !strcmp(json_string_value(value), "required");
	}
	return n;
}

const char *form_text(struct ctx *cx, const struct record *form, const char *name)
{
	bool it = cx->lang == LANG_IT;
	const char *text = record_text(form, textf(cx, "%s_%s", name, it ? "it" : "en"));

	return *text ? text : record_text(form, textf(cx, "%s_%s", name, it ? "en" : "it"));
}

void form_speak(struct ctx *cx, const struct record *form)
{
	if (record_is(form, "lang", "it"))
		cx->lang = LANG_IT;
	if (record_is(form, "lang", "en"))
		cx->lang = LANG_EN;
}

const char *form_stamp(struct ctx *cx, const struct record *form, int64_t at)
{
	const char *text =
		textf(cx, "%s %" PRId64 " %" PRId64, record_text(form, "stamp"), form->id, at);
	char hash[HASH_TEXT];

	secret_digest(text, strlen(text), hash);
	return textf(cx, "%" PRId64 ".%s", at, hash);
}

int64_t form_stamp_age(struct ctx *cx, const struct record *form, const char *stamp)
{
	int64_t at = stamp ? strtoll(stamp, NULL, 10) : 0;

	if (!stamp || strlen(stamp) >= STAMP_TEXT || at <= 0 || at > cx->now ||
		strcmp(form_stamp(cx, form, at), stamp) != 0)
		return -1;
	return cx->now - at;
}

bool form_load(struct ctx *cx, const char *key, struct record **form)
{
	if (!record_find(cx, &web_form_entity, "key", v_text(key), form))
		return false;
	if (!*form)
		return refuse(cx, PROBLEM_NOT_FOUND, "form.not_found");
	form_speak(cx, *form);
	return record_int(*form, "active") || refuse(cx, PROBLEM_FORBIDDEN, "form.closed");
}

/* One of the lines, a slash at its end or none. */
bool form_is_at_home(const struct record *form, const char *origin)
{
	size_t n = strlen(origin);

	for (const char *at = record_text(form, "origins"); *at;) {
		size_t len = strcspn(at, " \t\r\n");
		size_t bare = len && at[len - 1] == '/' ? len - 1 : len;

		if (bare == n && !strncmp(at, origin, n))
			return true;
		at += len + strspn(at + len, " \t\r\n");
	}
	return false;
}

static bool take_new_key(struct ctx *cx, struct record *form)
{
	record_set_text(form, "key", random_text(cx));
	return record_store(cx, form);
}

bool form_renew(struct ctx *cx, int64_t id, struct record **form)
{
	bool ok = op_begin(cx, "form.renew") &&
		  record_load(cx, &web_form_entity, id, RIGHT_WRITE, form) &&
		  take_new_key(cx, *form) && op_about(cx, *form);

	return op_end(cx, ok);
}
