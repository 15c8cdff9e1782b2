/* join_parts - what the files of the merge need of one another. */
#pragma once

#include "record/join.h"

/* join_fill.c: the survivor's fields, from all of them and the choices. */
bool join_fill(struct ctx *cx, struct joining *j, const json_t *choices);
/* A field that may be chosen. */
bool join_may_choose(const struct field *f);

/* join_carry.c: links that led to the others lead to the survivor. */
bool join_carry(struct ctx *cx, const struct joining *j);
/* The survivor's own links: none to itself or to one of the others. */
bool join_own_links(struct ctx *cx, const struct joining *j);

/* One link field of an entity, and how many records it leads from. */
struct join_link {
	const struct entity *of;
	const struct field *field;
	int64_t n;
};
enum { JOIN_LINKS = 64 };
bool join_links(
	struct ctx *cx, const struct joining *j, struct join_link links[JOIN_LINKS], size_t *n);
bool join_has(const struct joining *j, int64_t id);

/* Load all of them, with the rights asked, and let the entity judge. */
bool join_load(struct ctx *cx, const struct join_ask *ask, bool to_write, struct joining *j);
