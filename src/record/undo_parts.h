/* undo_parts - what the files of the undo need of one another. */
#pragma once

#include "record/parts.h"

struct clash;

struct undo {
	int64_t op_id;
	bool skip;	   /* leave what conflicts, undo the rest */
	bool again;	   /* look again while undoing: others may have been here */
	struct arena *mem; /* of clashes */
	struct clash *clashes;
	struct json_out told; /* "conflicts":[...] */
	size_t conflicts;
};

/* undo.c */
bool undo_find_conflicts(struct ctx *cx, struct undo *u);
/* Take one change back, but for what conflicts. */
bool undo_change(struct ctx *cx, struct undo *u, const struct change *c);
/* There, this user's (or an admin's), and not undone; *records: how many it
 * changed; *half: the undo of it that is not through yet, or 0. */
bool undo_may(struct ctx *cx, int64_t id, int64_t *records, int64_t *half);
/* The operation in hand undoes that one. */
bool undo_mark(struct ctx *cx, int64_t id);

/* undo_large.c: in slices; a crash between them, and it goes on later. */
bool undo_begin_large(struct ctx *cx, int64_t id, int64_t *undo_id);
bool undo_slice(struct ctx *cx, int64_t undo_id, bool *more);
/* All the slices that are left. */
bool undo_go_on(struct ctx *cx, int64_t undo_id);
/* At start: finish those that a crash interrupted. */
bool undo_resume_all(struct ctx *cx);
