/* The doors of client folders. */
#include "api/handlers.h"
#include "crm/folder.h"

static bool write_folder(struct ctx *cx, struct api_call *call, const struct entity *of)
{
	struct folder_ask ask = {
		.of = of,
		.id = call->id,
		.cursor = param_get(&call->params, "cursor"),
		.phase = param_get(&call->params, "phase"),
	};

	return query_limit(cx, call, LIST_DEFAULT, &ask.limit) &&
	       folder_write(cx, &call->out, &ask);
}

bool companies_folder(struct ctx *cx, struct api_call *call)
{
	return write_folder(cx, call, &company_entity);
}

bool contacts_folder(struct ctx *cx, struct api_call *call)
{
	return write_folder(cx, call, &contact_entity);
}

static bool read_choice(struct ctx *cx, const struct api_call *call, struct folder_choice *choice)
{
	const json_t *company = json_object_get(call->body, "company");

	*choice = (struct folder_choice){ 0 };
	if (!body_only(cx, call, "company_id company") ||
		!body_int(cx, call, "company_id", &choice->company_id))
		return false;
	if (json_is_null(company))
		company = NULL;
	if (company && !json_is_object(company))
		return refuse_field(cx, "company", "field.object");
	if ((company != NULL) == (choice->company_id > 0))
		return refuse_field(cx, "company_id", "folder.one_company");
	choice->company = company;
	return true;
}

bool opportunities_folder(struct ctx *cx, struct api_call *call)
{
	struct json_out *j = &call->out;
	struct folder_choice choice;
	struct folder_outcome made;

	if (!read_choice(cx, call, &choice) || !folder_make(cx, call->id, &choice, &made))
		return false;
	json_open(j, '{');
	json_put_bool(j, "became_customer", made.became_customer);
	json_key(j, "company");
	record_write(cx, j, made.company);
	json_key(j, "opportunities");
	json_open(j, '[');
	for (size_t i = 0; i < made.n; i++)
		record_write(cx, j, made.opportunities[i]);
	json_close(j, ']');
	json_close(j, '}');
	return true;
}
