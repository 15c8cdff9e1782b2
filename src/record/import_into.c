/* Rows that go into something: a list that is there, or one that the run makes
 * first, with a column for each heading that has no field. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "record/import_parts.h"

enum { NAME_MAX_TEXT = 150 };

/* The file's name without its folder and its ending. */
static const char *named_as_file(struct ctx *cx, const char *file)
{
	const char *slash = strrchr(file, '/');
	char *name = arena_dup(cx->mem, slash ? slash + 1 : file);
	char *dot = strrchr(name, '.');

	if (dot && dot > name)
		*dot = '\0';
	return name;
}

static bool take_there(struct ctx *cx, struct import_plan *plan, int64_t id)
{
	int at = entity_find(plan->of, plan->of->into);
	struct record *there;

	plan->into = id;
	if (record_load(cx, entity_field(plan->of, (size_t)at)->to, id, RIGHT_WRITE, &there))
		return true;
	if (cx->problem.kind != PROBLEM_NOT_FOUND)
		return false;
	ctx_clear(cx);
	return refuse_field(cx, "into", "field.link");
}

bool import_into_read(struct ctx *cx, struct import_plan *plan, const struct import_given *given)
{
	const char *into = given->into ? given->into : "";
	char *end;
	int64_t id = strtoll(into, &end, 10);

	if (!plan->of->into)
		return !*into || refuse_field(cx, "into", "query.unknown");
	if (*into && !*end && id > 0)
		return take_there(cx, plan, id);
	plan->into_name = *into ? arena_dup(cx->mem, into) : named_as_file(cx, given->name);
	if (!*plan->into_name)
		return refuse_field(cx, "into", "field.required");
	return utf8_length(plan->into_name) <= NAME_MAX_TEXT ||
	       refuse_field(cx, "into", "field.too_long", textf(cx, "%d", NAME_MAX_TEXT));
}

/* The names of columns without a field become the keys they are given. */
static bool receive(struct ctx *cx, struct import_plan *plan)
{
	const char **headings = arena_alloc(cx->mem, (plan->n + 1) * sizeof(*headings));
	struct receiving r = { .name = plan->into_name, .headings = headings };
	size_t n = 0;

	r.keys = arena_alloc(cx->mem, (plan->n + 1) * sizeof(*r.keys));
	for (size_t i = 0; i < plan->n; i++)
		if (!plan->columns[i].field)
			headings[r.n++] = plan->columns[i].name;
	if (!plan->of->receive(cx, &plan->into, &r))
		return false;
	for (size_t i = 0; i < plan->n; i++)
		if (!plan->columns[i].field)
			plan->columns[i].name = r.keys[n++];
	plan->is_received = true;
	return true;
}

bool import_into_receive(struct ctx *cx, struct import_job *job)
{
	struct import im = job->im;
	bool ok = im.op_id ? op_resume(cx, im.op_id, "import") : op_begin(cx, "import");

	if (ok) {
		cx->op->is_running = true;
		im.op_id = cx->op->id;
		ok = receive(cx, &im.plan) && import_save(cx, &im);
	}
	/* what is in hand lies in this slice's memory: it is read anew */
	job->im.id = 0;
	return op_end(cx, ok);
}
