/* demo - an invented Italian firm, a year of its work. */
#pragma once

#include "record/record.h"

/* Ten users in two teams, 300 leads, 60 companies, 90 contacts, 80
 * opportunities, activities, by the verbs themselves, as if done day by day
 * over the year before cx->now.  Always the same for the same now.  All sign
 * in with password_hash. */
bool demo_fill(struct ctx *cx, const char *password_hash);
