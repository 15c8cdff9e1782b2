/* The door by which a whole card is put in order. */
#include "api/handlers.h"
#include "crm/field_layout.h"

bool layouts_arrange(struct ctx *cx, struct api_call *call)
{
	struct json_out *j = &call->out;
	const char *entity = "";
	struct page panels;

	if (!body_only(cx, call, "entity panels") || !body_text(cx, call, "entity", &entity) ||
		!layout_arrange(cx, entity, json_object_get(call->body, "panels"), &panels))
		return false;
	json_open(j, '{');
	json_put_text(j, "entity", entity);
	json_key(j, "panels");
	json_open(j, '[');
	for (size_t i = 0; i < panels.n; i++)
		record_write(cx, j, panels.items[i]);
	json_close(j, ']');
	json_close(j, '}');
	return true;
}
