/* duplicates - who is there already: leads, companies and contacts that share
 * an identifier with what is being typed. */
#pragma once

#include "record/record.h"

/* {"items":[{"entity","id","title","subtitle","why"}]}; like need not be
 * stored. */
bool duplicates_write(struct ctx *cx, struct json_out *j, const struct record *like);
