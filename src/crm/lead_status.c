/* The statuses of leads: any number of rows over five fixed types (C1). */
#include "crm/lead_status.h"

#include <string.h>

#include "crm/lead_expiry.h"
#include "crm/naming.h"
#include "crm/step.h"

static const struct choice types[] = {
	{ "open", "Aperto", "Open" },
	{ "frozen", "Congelato", "Frozen" },
	{ "qualified", "Qualificato", "Qualified" },
	{ "not_interested", "Non interessato", "Not interested" },
	{ "abandoned", "Abbandonato", "Abandoned" },
	{ NULL },
};

/* C4: the system says that a lead has not advanced, or takes it away too. */
static const struct choice on_expiry[] = {
	{ "notify", "Avvisa soltanto", "Only notify" },
	{ "move", "Sposta in un altro stato", "Move to another status" },
	{ NULL },
};

/* The name is the only one that must be given (S4.15). */
static const struct field fields[] = {
	{ "name_it", FIELD_TEXT, "Nome (italiano)", "Name (Italian)", "sales", .max = 60,
		.required = true, .list = true },
	{ "name_en", FIELD_TEXT, "Nome (inglese)", "Name (English)", "sales", .max = 60,
		.list = true },
	{ "position", FIELD_INT, "Ordine", "Order", "sales", .list = true },
	{ "active", FIELD_BOOL, "Attivo", "Active", "sales", .required = true, .initial = "1",
		.list = true },
	{ "expiry_days", FIELD_INT, "Scadenza fase (giorni solari; 0 = mai)",
		"Stage deadline (calendar days; 0 = never)", "sales", .required = true,
		.initial = "0", .list = true },
	{ "on_expiry", FIELD_CHOICE, "Alla scadenza", "On the deadline", "sales",
		.choices = on_expiry, .required = true, .initial = "notify", .list = true },
	{ "expiry_status_id", FIELD_LINK, "Stato in cui spostare", "Status to move to", "sales",
		.to = &lead_status_entity, .list = true },
	{ "type", FIELD_CHOICE, "Tipo di stato", "State type", "sales", .choices = types,
		.required = true, .initial = "open", .list = true },
};

/* Leads in it hold its type by a foreign key.  It may go when none but
 * converted ones, which change no more, are left in it. */
static bool must_not_be_in_use(struct ctx *cx, const struct record *status)
{
	bool goes = step_is_going(status);
	int64_t used;

	if (!status->was || !(goes || record_changed(status, "type")))
		return true;
	return db_int(cx, &used, 0,
		       goes ? "select count(*) from (select 1 from lead where ws = $1"
			      " and status_id = $2 and converted_at is null limit 1) as x"
			    : "select count(*) from (select 1 from lead where ws = $1"
			      " and status_id = $2 limit 1) as x",
		       ARGS(v_int(cx->ws), v_int(status->id))) &&
	       (!used || refuse(cx, PROBLEM_CONFLICT, "lead_status.in_use"));
}

/* Without an open status no lead could begin, without a qualified one none
 * could be converted. */
static bool counts_as(const struct record *status, const struct val *v, const char *type)
{
	const struct val *t = &v[record_at(status, "type")];

	return t->type == VAL_TEXT && !strcmp(t->s, type) && v[record_at(status, "active")].i &&
	       v[record_at(status, "removed_at")].type == VAL_NULL;
}

static bool must_leave_one(struct ctx *cx, const struct record *status, const char *type)
{
	int64_t others;

	if (!status->was || !counts_as(status, status->was, type) ||
		counts_as(status, status->v, type))
		return true;
	return db_int(cx, &others, 0,
		       "select count(*) from lead_status where ws = $1 and type = $2"
		       " and active = 1 and removed_at is null and id <> $3",
		       ARGS(v_int(cx->ws), v_text(type), v_int(status->id))) &&
	       (others || refuse(cx, PROBLEM_CONFLICT, "lead_status.last"));
}

static bool must_count_days(struct ctx *cx, const struct record *status)
{
	int64_t days = record_int(status, "expiry_days");

	return (days >= 0 && days <= 3650) || refuse_field(cx, "expiry_days", "lead_status.expiry");
}

static bool check(struct ctx *cx, struct record *status)
{
	return must_count_days(cx, status) && must_not_be_in_use(cx, status) &&
	       must_leave_one(cx, status, "open") && must_leave_one(cx, status, "qualified") &&
	       lead_expiry_check(cx, status) && step_complete(cx, status);
}

static const char *const indexes[] = { "position, id", NULL };

const struct entity lead_status_entity = {
	.name = "lead_status",
	.plural = "lead-statuses",
	.it = "Stato lead",
	.en = "Lead status",
	.its = "Stati lead",
	.ens = "Lead statuses",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.constraints = "unique (ws, id, type)",
	.indexes = indexes,
	.check = check,
	.title = local_name,
};

const char *lead_status_name(struct ctx *cx, const struct record *status)
{
	return local_name(cx, status);
}

bool lead_status_first(struct ctx *cx, const char *type, struct record **status)
{
	bool is_open = !strcmp(type, "open");
	int64_t id;

	*status = is_open ? ctx_recall(cx, "the open status") : NULL;
	if (*status)
		return true;
	if (!db_int(cx, &id, 0,
		    "select id from lead_status where ws = $1 and type = $2 and active = 1"
		    " and removed_at is null order by position, id limit 1",
		    ARGS(v_int(cx->ws), v_text(type))))
		return false;
	if (id && !record_find(cx, &lead_status_entity, "id", v_int(id), status))
		return false;
	if (is_open && *status)
		ctx_keep(cx, "the open status", *status);
	return true;
}

bool lead_status_load(struct ctx *cx, int64_t id, struct record **status)
{
	if (!record_find(cx, &lead_status_entity, "id", v_int(id), status))
		return false;
	if (!*status)
		return refuse_field(cx, "status_id", "field.link");
	return record_int(*status, "active") ||
	       refuse(cx, PROBLEM_CONFLICT, "lead_status.inactive");
}
