/* Reading ahead: while one slice is written, the next is read, converted and
 * its keys and words worked out, on a thread of its own. */
#include <stdlib.h>

#include "base/arena.h"
#include "record/import_parts.h"

/* The record that a row makes; what is wrong with it is heard now. */
static void make(struct import_ahead *a, struct import_going *g)
{
	g->rec = record_new(&a->cx, a->job->im.plan.of);
	import_row_fill(&a->cx, &g->row, g->rec);
	if (a->cx.problem.kind != PROBLEM_NONE)
		g->why = import_reasons(&a->cx);
	else
		record_foresee(&a->cx, g->rec);
}

static bool read_rows(struct import_ahead *a)
{
	const struct import_plan *plan = &a->job->im.plan;
	struct import_cells cells;

	a->rows = arena_alloc(a->cx.mem, a->wanted * sizeof(*a->rows));
	for (a->more = true; a->n < a->wanted; a->n++) {
		struct import_going *g = &a->rows[a->n];

		if (!import_reader_next(&a->cx, a->job->reader, &cells, &a->more))
			return false;
		if (!a->more)
			return true;
		if (!import_row_read(&a->cx, plan, a->job->links, &cells, &g->row))
			return false;
		/* else it may be one that is there, which only the writer knows */
		if (plan->mode == IMPORT_CREATE)
			make(a, g);
	}
	return true;
}

static void *run(void *arg)
{
	struct import_ahead *a = arg;

	a->ok = import_job_enter(a->job, &a->cx) && read_rows(a);
	db_rest(a->cx.db);
	return NULL;
}

struct import_ahead *import_ahead_start(struct import_job *job)
{
	struct import_ahead *a = calloc(1, sizeof(*a));

	if (!a)
		abort();
	*a = (struct import_ahead){ .job = job, .wanted = job->rows };
	if (!job->reader)
		job->reader = import_reader_new(job->id, job->im.counts.done);
	a->alone = pthread_create(&a->thread, NULL, run, a) != 0;
	if (a->alone)
		run(a);
	return a;
}

void import_ahead_wait(struct import_ahead *a)
{
	if (!a->alone && !a->waited)
		pthread_join(a->thread, NULL);
	a->waited = true;
}

void import_ahead_free(struct import_ahead *a)
{
	if (!a)
		return;
	import_ahead_wait(a);
	arena_free(a->cx.mem);
	free(a);
}
