/* steps - what tests of the business do again and again. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "crm/entities.h"
#include "office.h"
#include "record/op.h"

/* An office and the one who works in it: the program itself, in English. */
struct desk {
	struct office *o;
	struct ctx cx;
};

int desk_open(void **state);
int desk_close(void **state);
#define AT_DESK(test) cmocka_unit_test_setup_teardown(test, desk_open, desk_close)

/* A stored record of that entity: field, value, ... NULL; numbers as text. */
struct record *make(struct desk *d, const struct entity *of, ...) __attribute__((sentinel));
/* The same, whether it was stored or not. */
bool try_make(struct desk *d, struct record **rec, const struct entity *of, ...)
	__attribute__((sentinel));
/* Store changes of one field. */
bool edit(struct desk *d, struct record *rec, const char *field, struct val v);
bool take_away(struct desk *d, struct record *rec);
struct record *reload(struct desk *d, const struct record *rec);

int64_t status_named(struct desk *d, const char *name_en);
int64_t stage_named(struct desk *d, const char *name_en);
int64_t days(int n); /* in ms */

/* The verb ended well; or it was refused so, and the desk is clear again. */
void went_well(struct desk *d, bool ok);
void was_refused(struct desk *d, bool ok, enum problem_kind kind, const char *key);
void was_invalid(struct desk *d, bool ok, const char *field);

/* The store itself does not take this statement ($1 is ws). */
void breaks_a_rule(struct desk *d, const char *sql);

/* What was written, as a tree that lives as long as the office. */
json_t *told(struct desk *d, bool ok, struct json_out *j);
struct json_out *answer(struct desk *d);
json_t *inside(json_t *tree, const char *path); /* "leads.generated", "items.0" */
int64_t number(json_t *tree, const char *path);
const char *text(json_t *tree, const char *path); /* "" for null */

/* Whichever statement of the verb fails, nothing is left half done; at last it
 * ends well. */
void fails_anywhere(struct desk *d, bool (*verb)(struct ctx *cx, void *arg), void *arg);
void undo_last(struct desk *d);
