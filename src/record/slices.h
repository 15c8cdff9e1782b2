/* slices - one operation that changes very many records, a part at a time, so
 * that others get their turn at writing.
 *
 * Each part has a transaction and memory of its own; all of them are one
 * operation in the history and are undone as one.  When a part fails, or the
 * program ends in between, what was done is taken back: at once, or at the
 * next start. */
#pragma once

#include "record/op.h"

/* One part: *more is true on entry, and says on return whether others follow. */
typedef bool slice_fn(struct ctx *cx, void *arg, bool *more);

/* Not inside another transaction.  Problems are those of the parts; what the
 * last part allocated lives as long as cx's arena. */
bool op_in_slices(struct ctx *cx, const char *kind, slice_fn *part, void *arg);

/* A part of work that is no operation, or an operation each time: with memory
 * of its own, and again when it clashed with other writers.  That memory is
 * freed; where fn failed it holds the reasons and lives as long as cx's. */
typedef bool part_fn(struct ctx *part, void *arg);
bool in_part(struct ctx *cx, part_fn *fn, void *arg);

/* At start: take back what was left half done.  On PostgreSQL, where another
 * program may be at it, only what began more than an hour ago. */
bool slices_sweep(struct ctx *cx);
