/* A role: who may do what, as JSON that record/rights.c reads. */
#include "crm/admin.h"
#include "crm/entities.h"
#include "crm/naming.h"
#include "record/record.h"

static const struct field fields[] = {
	{ "name_it", FIELD_TEXT, "Nome (italiano)", "Name (Italian)", "person", .max = 60,
		.required = true, .list = true },
	{ "name_en", FIELD_TEXT, "Nome (inglese)", "Name (English)", "person", .max = 60,
		.list = true },
	{ "rights", FIELD_JSON, "Permessi", "Rights", "person", .required = true },
	{ "fields", FIELD_JSON, "Campi", "Fields", "person" },
};

static bool must_be_readable(struct ctx *cx, const struct record *role)
{
	struct who who = { 0 };
	const char *why;

	if (!record_has(role, "rights") || rights_read(cx, record_text(role, "rights"),
						   record_text(role, "fields"), &who, &why))
		return true;
	return refuse_field(cx, record_has(role, "fields") ? "fields" : "rights", why);
}

static bool must_not_be_in_use(struct ctx *cx, const struct record *role)
{
	int64_t used;

	if (!role->was || !record_has(role, "removed_at") || !record_changed(role, "removed_at"))
		return true;
	return db_int(cx, &used, 0,
		       "select count(*) from member where ws = $1 and role_id = $2"
		       " and removed_at is null",
		       ARGS(v_int(cx->ws), v_int(role->id))) &&
	       (!used || refuse(cx, PROBLEM_CONFLICT, "role.in_use"));
}

static bool check(struct ctx *cx, struct record *role)
{
	name_in_both(role, "name_it", "name_en");
	return must_be_readable(cx, role) && must_not_be_in_use(cx, role) &&
	       (!role->was || admin_remains(cx, role));
}

const struct entity role_entity = {
	.name = "role",
	.plural = "roles",
	.it = "Ruolo",
	.en = "Role",
	.its = "Ruoli",
	.ens = "Roles",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.check = check,
	.title = local_name,
};
