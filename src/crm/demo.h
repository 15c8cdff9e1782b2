/* demo - an invented Italian firm, a year of its work. */
#pragma once

#include "record/record.h"

/* Ten users in two teams, 300 leads, 60 companies, 90 contacts, 80
 * opportunities, activities, by the verbs themselves, as if done day by day
 * from cx->now until then.  Always the same for the same two.  All sign
 * in with password_hash. */
bool demo_fill(struct ctx *cx, int64_t until, const char *password_hash);
