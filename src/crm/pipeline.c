/* The ways of selling: each an order of stages of its own. */
#include "crm/pipeline.h"

#include "crm/naming.h"
#include "crm/step.h"
#include "record/op.h"

static const struct field fields[] = {
	{ "name_it", FIELD_TEXT, "Nome (italiano)", "Name (Italian)", "sales", .max = 60,
		.required = true, .list = true },
	{ "name_en", FIELD_TEXT, "Nome (inglese)", "Name (English)", "sales", .max = 60,
		.list = true },
	{ "position", FIELD_INT, "Ordine", "Order", "sales", .list = true },
	{ "active", FIELD_BOOL, "Attiva", "Active", "sales", .required = true, .initial = "1",
		.list = true },
};

static bool must_have_no_stages(struct ctx *cx, const struct record *pipeline)
{
	int64_t stages;

	if (!step_is_going(pipeline))
		return true;
	return db_int(cx, &stages, 0,
		       "select count(*) from stage where ws = $1 and pipeline_id = $2"
		       " and removed_at is null",
		       ARGS(v_int(cx->ws), v_int(pipeline->id))) &&
	       (!stages || refuse(cx, PROBLEM_CONFLICT, "pipeline.in_use"));
}

static bool must_leave_one(struct ctx *cx, const struct record *pipeline)
{
	int64_t others;

	if (!pipeline->was ||
		(record_int(pipeline, "active") && !record_has(pipeline, "removed_at")))
		return true;
	return step_others(cx, pipeline, &others) &&
	       (others || refuse(cx, PROBLEM_CONFLICT, "pipeline.last"));
}

static bool check(struct ctx *cx, struct record *pipeline)
{
	return must_have_no_stages(cx, pipeline) && must_leave_one(cx, pipeline) &&
	       step_complete(cx, pipeline);
}

static const char *const indexes[] = { "position, id", NULL };

const struct entity pipeline_entity = {
	.name = "pipeline",
	.plural = "pipelines",
	.it = "Pipeline",
	.en = "Pipeline",
	.its = "Pipeline",
	.ens = "Pipelines",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.indexes = indexes,
	.check = check,
	.title = local_name,
};

bool pipeline_first(struct ctx *cx, struct record **pipeline)
{
	int64_t id;

	*pipeline = NULL;
	if (!db_int(cx, &id, 0,
		    "select id from pipeline where ws = $1 and active = 1"
		    " and removed_at is null order by position, id limit 1",
		    ARGS(v_int(cx->ws))))
		return false;
	return !id || record_find(cx, &pipeline_entity, "id", v_int(id), pipeline);
}

/* Of before there were pipelines: not a change anyone made, so without
 * history. */
static bool take_in(struct ctx *cx, const struct record *pipeline)
{
	return db_run(cx, "update stage set pipeline_id = $2 where ws = $1 and pipeline_id is null",
		       ARGS(v_int(cx->ws), v_int(pipeline->id))) &&
	       db_run(cx,
		       "update opportunity set pipeline_id = $2 where ws = $1"
		       " and pipeline_id is null",
		       ARGS(v_int(cx->ws), v_int(pipeline->id)));
}

bool pipeline_found(struct ctx *cx)
{
	struct record *pipeline;

	if (!pipeline_first(cx, &pipeline))
		return false;
	if (pipeline)
		return true;
	pipeline = record_new(cx, &pipeline_entity);
	record_set_text(pipeline, "name_it", "Vendite");
	record_set_text(pipeline, "name_en", "Sales");
	return record_store(cx, pipeline) && take_in(cx, pipeline);
}
