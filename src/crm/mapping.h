/* mapping - which field of a lead goes into which field of the company, the
 * contact and the opportunity made of it.
 *
 * Rows in order: of several that lead to one field the first with a value is
 * taken. */
#pragma once

#include "crm/entities.h"
#include "record/record.h"

struct mappings {
	struct record **all;
	size_t n;
};

/* {"email":{"company":["email",…],"contact":[…],"opportunity":[…]},…}: for
 * each field of a lead those that take its kind of value. */
bool mapping_targets_write(struct ctx *cx, struct json_out *j);
bool mapping_load(struct ctx *cx, struct mappings *m);
/* The lead's values into the empty fields of a company, contact or
 * opportunity. */
void mapping_apply(const struct mappings *m, const struct record *lead, struct record *to);
