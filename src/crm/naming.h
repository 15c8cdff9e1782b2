/* naming - what people and things are called. */
#pragma once

#include "record/record.h"

/* "first last" of a record with first_name and last_name. */
const char *person_name(struct ctx *cx, const struct record *rec);
/* "a, b", or the one that is there. */
const char *both(struct ctx *cx, const char *a, const char *b);
/* name_it or name_en, as the caller reads. */
/* Whoever speaks one language says one name (S4.15): without an Italian one the
 * English one stands for it, in fields such as name_it and name_en. */
void name_in_both(struct record *rec, const char *it, const char *en);
const char *local_name(struct ctx *cx, const struct record *rec);
