/* A user: somebody who signs in. */
#include "crm/admin.h"
#include "crm/digest.h"
#include "crm/firm.h"

#include <ctype.h>

#include "base/arena.h"

static const struct choice langs[] = {
	{ "it", "Italiano", "Italian" },
	{ "en", "Inglese", "English" },
	{ NULL },
};

static const struct choice themes[] = {
	{ "auto", "Automatico", "Automatic" },
	{ "light", "Chiaro", "Light" },
	{ "dark", "Scuro", "Dark" },
	{ NULL },
};

static const struct field fields[] = {
	{ "email", FIELD_EMAIL, "E-mail", "E-mail", "person", .max = 254, .required = true,
		.unique = true, .list = true },
	{ "name", FIELD_TEXT, "Nome", "Name", "person", .max = 150, .required = true,
		.list = true },
	{ "lang", FIELD_CHOICE, "Lingua", "Language", "person", .choices = langs, .required = true,
		.list = true },
	{ "theme", FIELD_CHOICE, "Tema", "Theme", "person", .choices = themes, .required = true,
		.initial = "auto" },
	{ "team_id", FIELD_LINK, "Gruppo", "Team", "person", .to = &team_entity, .list = true },
	{ "role_id", FIELD_LINK, "Ruolo", "Role", "person", .to = &role_entity, .required = true,
		.list = true },
	{ "active", FIELD_BOOL, "Attivo", "Active", "person", .required = true, .initial = "1",
		.list = true },
	/* S4.26, C23 */
	{ "digest", FIELD_BOOL, "E-mail del mattino con i lead scaduti",
		"Morning e-mail of expired leads", "habits", .required = true, .initial = "1" },
	{ "digest_hour", FIELD_INT, "Ora dell'e-mail del mattino", "Hour of the morning e-mail",
		"habits", .required = true, .initial = "7" },
	{ "time_zone", FIELD_TEXT, "Fuso orario (vuoto: quello dell'azienda)",
		"Time zone (empty: the firm's)", "habits", .max = 60 },
	{ "password_hash", FIELD_TEXT, "Password", "Password", "person", .max = 200,
		.secret = true },
};

/* Signing in asks for it in small letters. */
static void in_small_letters(struct ctx *cx, struct record *user)
{
	char *email = arena_dup(cx->mem, record_text(user, "email"));

	for (char *p = email; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	record_set_text(user, "email", email);
}

/* The firm's, when nobody says. */
static bool speaks(struct ctx *cx, struct record *user)
{
	struct record *firm;

	if (!firm_load(cx, &firm))
		return false;
	if (!record_has(user, "lang"))
		record_set_text(user, "lang", record_text(firm, "lang"));
	return !record_changed(user, "lang") || firm_speaks(firm, record_text(user, "lang")) ||
	       refuse_field(cx, "lang", "firm.language_unused");
}

static bool check(struct ctx *cx, struct record *user)
{
	in_small_letters(cx, user);
	return speaks(cx, user) && digest_check(cx, user) &&
	       (!user->was || admin_remains(cx, user));
}

static const char *title(struct ctx *cx, const struct record *user)
{
	(void)cx;
	return record_text(user, "name");
}

static const char *subtitle(struct ctx *cx, const struct record *user)
{
	(void)cx;
	return record_text(user, "email");
}

static const char *const indexes[] = { "team_id, id where team_id is not null", NULL };

/* "user" is a word of SQL's own. */
const struct entity user_entity = {
	.name = "user",
	.plural = "users",
	.it = "Utente",
	.en = "User",
	.its = "Utenti",
	.ens = "Users",
	.table = "member",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.indexes = indexes,
	.check = check,
	.title = title,
	.subtitle = subtitle,
};
