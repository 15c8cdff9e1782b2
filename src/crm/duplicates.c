/* Who is there already, while somebody types. */
#include "crm/duplicates.h"

#include "crm/entities.h"
#include "record/search.h"

bool duplicates_write(struct ctx *cx, struct json_out *j, const struct record *like)
{
	struct likeness *found;
	size_t n;

	if (!keys_find(cx, like, comparable_entities, &found, &n))
		return false;
	json_open(j, '{');
	json_key(j, "items");
	json_open(j, '[');
	for (size_t i = 0; i < n; i++)
		likeness_write(cx, j, &found[i]);
	json_close(j, ']');
	json_close(j, '}');
	return true;
}
