/* The stages of opportunities. */
#include "crm/stage.h"

#include <string.h>

#include "crm/naming.h"
#include "crm/pipeline.h"
#include "crm/step.h"

static const struct field fields[] = {
	{ "name_it", FIELD_TEXT, "Nome (italiano)", "Name (Italian)", "sales", .max = 60,
		.required = true, .list = true },
	{ "name_en", FIELD_TEXT, "Nome (inglese)", "Name (English)", "sales", .max = 60,
		.list = true },
	{ "pipeline_id", FIELD_LINK, "Pipeline", "Pipeline", "sales", .to = &pipeline_entity,
		.required = true, .list = true },
	{ "position", FIELD_INT, "Ordine", "Order", "sales", .list = true },
	{ "probability", FIELD_PERCENT, "Probabilità", "Probability", "sales", .required = true,
		.initial = "0", .list = true },
	{ "active", FIELD_BOOL, "Attiva", "Active", "sales", .required = true, .initial = "1",
		.list = true },
	{ "required_fields", FIELD_TEXT, "Campi richiesti", "Required fields", "sales",
		.max = 500 },
};

static bool must_not_be_in_use(struct ctx *cx, const struct record *stage)
{
	int64_t used;

	if (!step_is_going(stage))
		return true;
	return db_int(cx, &used, 0,
		       "select count(*) from (select 1 from opportunity where ws = $1"
		       " and stage_id = $2 and state = 'open' limit 1) as x",
		       ARGS(v_int(cx->ws), v_int(stage->id))) &&
	       (!used || refuse(cx, PROBLEM_CONFLICT, "stage.in_use"));
}

static bool must_leave_one(struct ctx *cx, const struct record *stage)
{
	int64_t others;

	if (!stage->was || (record_int(stage, "active") && !record_has(stage, "removed_at")))
		return true;
	return step_others(cx, stage, &others) &&
	       (others || refuse(cx, PROBLEM_CONFLICT, "stage.last"));
}

/* Without one named, that of the first pipeline. */
static bool take_pipeline(struct ctx *cx, struct record *stage)
{
	struct record *first;

	if (record_has(stage, "pipeline_id"))
		return true;
	if (!pipeline_first(cx, &first))
		return false;
	record_set(stage, "pipeline_id", v_id(first ? first->id : 0));
	return true;
}

/* What is in it would change pipelines unseen. */
static bool must_stay_in_its_pipeline(struct ctx *cx, const struct record *stage)
{
	return !stage->was || !record_changed(stage, "pipeline_id") ||
	       stage->was[record_at(stage, "pipeline_id")].type == VAL_NULL ||
	       refuse_field(cx, "pipeline_id", "stage.pipeline");
}

/* The next name of a list of names parted by blanks and commas; "" at the
 * end. */
static const char *next_name(struct ctx *cx, const char **at)
{
	const char *start = *at + strspn(*at, " ,");
	size_t len = strcspn(start, " ,");

	*at = start + len;
	return textf(cx, "%.*s", (int)len, start);
}

static bool may_be_required(const struct ctx *cx, const char *name)
{
	const struct entity *of = entity_of(cx, &opportunity_entity);
	int at = entity_find(of, name);
	const struct field *f = at < 0 ? NULL : entity_field(of, (size_t)at);

	return f && !f->readonly && !f->derived && !f->secret;
}

/* Kept in one form: "amount close_on". */
static bool read_required(struct ctx *cx, struct record *stage)
{
	const char *at = record_text(stage, "required_fields"), *name;
	struct buf names;

	buf_init(&names, cx->mem);
	while (*(name = next_name(cx, &at))) {
		if (!may_be_required(cx, name))
			return refuse_field(cx, "required_fields", "stage.unknown_field", name);
		buf_addf(&names, "%s%s", names.len ? " " : "", name);
	}
	record_set_text(stage, "required_fields", names.s);
	return true;
}

static bool check(struct ctx *cx, struct record *stage)
{
	return must_not_be_in_use(cx, stage) && must_leave_one(cx, stage) &&
	       take_pipeline(cx, stage) && must_stay_in_its_pipeline(cx, stage) &&
	       read_required(cx, stage) && step_complete(cx, stage);
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

bool stage_first(struct ctx *cx, int64_t pipeline_id, struct record **stage)
{
	int64_t id;

	*stage = NULL;
	if (!db_int(cx, &id, 0,
		    "select s.id from stage s join pipeline p on p.ws = s.ws and p.id = s.pipeline_id"
		    " where s.ws = $1 and s.active = 1 and s.removed_at is null and p.active = 1"
		    " and p.removed_at is null and (cast($2 as bigint) = 0 or p.id = $2)"
		    " order by p.position, p.id, s.position, s.id limit 1",
		    ARGS(v_int(cx->ws), v_int(pipeline_id))))
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

static bool has_all_of(struct ctx *cx, const struct record *opportunity, const struct record *stage)
{
	const char *at = record_text(stage, "required_fields"), *name;
	bool ok = true;

	while (*(name = next_name(cx, &at)))
		if (entity_find(opportunity->of, name) >= 0 && !record_has(opportunity, name))
			ok = refuse_field(cx, name, "stage.needs", record_title(cx, stage));
	return ok;
}

bool stage_is_ready(struct ctx *cx, const struct record *opportunity, const struct record *stage)
{
	struct record **all;
	bool ok = true;
	size_t n;

	if (!record_all(cx, &stage_entity, &all, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		if (record_int(all[i], "active") &&
			record_int(all[i], "pipeline_id") == record_int(stage, "pipeline_id") &&
			record_int(all[i], "position") <= record_int(stage, "position"))
			ok = has_all_of(cx, opportunity, all[i]) && ok;
	return ok;
}
