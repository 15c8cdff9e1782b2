/* timeline_parts - whose story a record's is: itself and those that belong to
 * it, each an anchor to which activities and changes are tied. */
#pragma once

#include "record/list.h"
#include "record/op.h"

struct anchor {
	const struct entity *of;
	int64_t id;
	struct history_walk *walk; /* where the telling of its history stands */
	struct change *changes;
	size_t change_n, told;
};

struct story {
	struct anchor *anchors;
	size_t n;
	int64_t since;	/* when the first of them was created */
	int64_t before; /* the cursor */
	size_t limit;
	struct names *names;
};

/* The record and what belongs to it, as far as the user may read it. */
bool story_find(struct ctx *cx, struct story *s, const struct record *rec);
/* "$4, $5": the anchors of an entity, or of all; false when there are none. */
bool story_ids(const struct story *s, const struct entity *of, struct buf *sql, struct args *args);
/* " and (...)": an activity t is about one of them. */
void story_where(struct ctx *cx, const struct story *s, struct buf *sql, struct args *args);
/* The same for a touch t of a campaign. */
void story_touched(const struct story *s, struct buf *sql, struct args *args);
/* Reads limit and cursor.  PROBLEM_INVALID on them. */
bool story_page(struct ctx *cx, struct story *s, size_t limit, const char *cursor);
