/* figures_world - a firm with people, sources and campaigns, and what may happen
 * there in any order: leads are made, edited, moved, concluded, converted, won,
 * merged, removed, restored; and any of it is undone. */
#pragma once

#include "steps.h"

enum { WORLD_OPS = 400 };

struct world {
	struct desk *d;
	uint64_t random;
	int64_t users[4], teams[2], sources[3], campaigns[2], list;
	int64_t ops[WORLD_OPS];
	size_t op_n;
	int64_t rate_changes; /* the instant from which a dollar is worth less */
};

void world_furnish(struct world *w);
/* Something happens, up to three days later. */
void world_step(struct world *w);
int64_t world_below(struct world *w, int64_t n);
int64_t world_number(struct world *w, const char *sql); /* $1 is ws */
struct record *world_take(struct world *w, const struct entity *of, int64_t id);
