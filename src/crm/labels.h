/* labels - what an administrator calls the parts of a card. */
#pragma once

#include "record/record.h"

/* Nothing that ends a cell, a quote or a tag: it becomes a heading of files
 * and of pages.  Refused by the field's name; none is fine. */
bool label_check(struct ctx *cx, const struct record *rec, const char *field);
/* A name of [a-z][a-z0-9_]*, 60 characters at most, made of a label. */
const char *label_name(struct ctx *cx, const char *label);
bool label_is_name(const char *name);
/* The row of such a table that speaks of a part of an entity's card: one that
 * is not removed before others, then the newest; NULL when there is none. */
struct part {
	const char *entity;
	const char *by; /* the column that names the part */
	const char *name;
};
bool part_find(
	struct ctx *cx, const struct entity *of, const struct part *part, struct record **found);
/* label_it, or label_en for who reads English and where there is one. */
const char *label_of(struct ctx *cx, const struct record *rec);
