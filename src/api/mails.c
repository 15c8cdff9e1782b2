/* The doors of messages out, and of the server they go through. */
#include "api/handlers.h"
#include "crm/firm.h"
#include "crm/mail_server.h"

bool mails_list(struct ctx *cx, struct api_call *call)
{
	struct mail_ask ask = { .state = param_get(&call->params, "state") };

	return demand_admin(cx) && query_int(cx, call, "cursor", &ask.before) &&
	       query_limit(cx, call, LIST_DEFAULT, &ask.limit) &&
	       mail_write_page(cx, &call->out, &ask);
}

bool mails_retry(struct ctx *cx, struct api_call *call)
{
	return demand_admin(cx) && body_only(cx, call, "") && mail_retry(cx, call->id) &&
	       mail_write(cx, &call->out, call->id);
}

bool settings_smtp_password(struct ctx *cx, struct api_call *call)
{
	const char *password = "";
	struct record *firm;

	return demand_admin(cx) && body_only(cx, call, "password") &&
	       body_text(cx, call, "password", &password) &&
	       mail_server_password(cx, &call->api->mail, password ? password : "") &&
	       firm_load(cx, &firm) && write_record(cx, call, firm);
}

bool settings_test_mail(struct ctx *cx, struct api_call *call)
{
	const char *to = NULL, *said;

	if (!demand_admin(cx) || !body_only(cx, call, "to") || !body_text(cx, call, "to", &to))
		return false;
	if (!to || !*to)
		return refuse_field(cx, "to", "field.required");
	if (!mail_server_try(cx, &call->api->mail, to, &said))
		return false;
	json_open(&call->out, '{');
	json_put_bool(&call->out, "sent", true);
	json_put_text(&call->out, "said", said);
	json_close(&call->out, '}');
	return true;
}
