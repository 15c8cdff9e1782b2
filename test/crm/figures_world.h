/* figures_world - a firm with people, sources and campaigns, and what may happen
 * there in any order: leads are made, edited, moved, concluded, converted, won,
 * merged, removed, restored; and any of it is undone. */
#pragma once

#include "crm/kpi.h"
#include "steps.h"

enum { WORLD_OPS = 400 };

/* Work as it was when it was done: who, when, on what, of which origin. */
struct world_work {
	int64_t op_id, user_id, at, on, source_id, campaign_id;
};

struct world {
	struct desk *d;
	uint64_t random;
	int64_t users[4], teams[2], sources[3], campaigns[2], list;
	int64_t ops[WORLD_OPS];
	size_t op_n;
	struct who people[5]; /* the four users, who may all, and the program itself */
	struct world_work *works;
	size_t work_n;
	int64_t rate_changes; /* the instant from which a dollar is worth less */
};

void world_furnish(struct world *w);
/* Something happens, up to three days later. */
void world_step(struct world *w);
/* What somebody worked on in a period, from what was noted when he did it. */
struct world_ask {
	const struct kpi_ask *ask;
	int64_t from, to, user_id;
};
void world_worked(struct world *w, const struct world_ask *a, int64_t *steps, int64_t *worked);
/* A figure of a contributor in the answer; 0 where it is not told. */
int64_t world_merit(json_t *k, int64_t user, const char *name);
int64_t world_below(struct world *w, int64_t n);
int64_t world_number(struct world *w, const char *sql); /* $1 is ws */
struct record *world_take(struct world *w, const struct entity *of, int64_t id);
