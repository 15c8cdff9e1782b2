/* The stages of opportunities. */
#include "crm/stage.h"

#include "crm/naming.h"

static const struct field fields[] = {
	{ "name_it", FIELD_TEXT, "Nome (italiano)", "Name (Italian)", "sales", .max = 60,
		.required = true, .list = true },
	{ "name_en", FIELD_TEXT, "Nome (inglese)", "Name (English)", "sales", .max = 60,
		.list = true },
	{ "position", FIELD_INT, "Ordine", "Order", "sales", .list = true },
	{ "probability", FIELD_PERCENT, "Probabilità", "Probability", "sales", .required = true,
		.initial = "0", .list = true },
	{ "active", FIELD_BOOL, "Attiva", "Active", "sales", .required = true, .initial = "1",
		.list = true },
};

static bool must_not_be_in_use(struct ctx *cx, const struct record *stage)
{
	int64_t used;

	if (!stage->was || !record_has(stage, "removed_at") || !record_changed(stage, "removed_at"))
		return true;
	return db_int(cx, &used, 0,
		       "select count(*) from (select 1 from opportunity where ws = $1"
		       " and stage_id = $2 limit 1) as x",
		       ARGS(v_int(cx->ws), v_int(stage->id))) &&
	       (!used || refuse(cx, PROBLEM_CONFLICT, "stage.in_use"));
}

static bool must_leave_one(struct ctx *cx, const struct record *stage)
{
	int64_t others;

	if (!stage->was || (record_int(stage, "active") && !record_has(stage, "removed_at")))
		return true;
	return db_int(cx, &others, 0,
		       "select count(*) from stage where ws = $1 and active = 1"
		       " and removed_at is null and id <> $2",
		       ARGS(v_int(cx->ws), v_int(stage->id))) &&
	       (others || refuse(cx, PROBLEM_CONFLICT, "stage.last"));
}

static bool take_position(struct ctx *cx, struct record *stage)
{
	int64_t last;

	if (record_has(stage, "position"))
		return true;
	if (!db_int(cx, &last, 0, "select max(position) from stage where ws = $1",
		    ARGS(v_int(cx->ws))))
		return false;
	record_set(stage, "position", v_int(last + 1));
	return true;
}

static bool check(struct ctx *cx, struct record *stage)
{
	return must_not_be_in_use(cx, stage) && must_leave_one(cx, stage) &&
	       take_position(cx, stage);
}

static const char *const indexes[] = { "position, id", NULL };

const struct entity stage_entity = {
	.name = "stage",
	.plural = "stages",
	.it = "Fase",
	.en = "Stage",
	.its = "Fasi",
	.ens = "Stages",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.indexes = indexes,
	.check = check,
	.title = local_name,
};

bool stage_first(struct ctx *cx, struct record **stage)
{
	int64_t id;

	*stage = NULL;
	if (!db_int(cx, &id, 0,
		    "select id from stage where ws = $1 and active = 1"
		    " and removed_at is null order by position, id limit 1",
		    ARGS(v_int(cx->ws))))
		return false;
	return !id || record_find(cx, &stage_entity, "id", v_int(id), stage);
}

bool stage_load(struct ctx *cx, int64_t id, struct record **stage)
{
	if (!record_find(cx, &stage_entity, "id", v_int(id), stage))
		return false;
	if (!*stage)
		return refuse_field(cx, "stage_id", "field.link");
	return record_int(*stage, "active") || refuse(cx, PROBLEM_CONFLICT, "stage.inactive");
}
