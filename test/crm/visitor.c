/* A visitor of web forms: opens the page, fills it in, sends it. */
#include "visitor.h"

#include <stdlib.h>

struct record *form_of(struct desk *d, const char *field, const char *value)
{
	return make(d, &web_form_entity, "name", "Contatti", "consent_it", "Accetto", field, value,
		NULL);
}

const char *path_of(struct desk *d, const struct record *form)
{
	return textf(&d->cx, "/f/%s", record_text(form, "key"));
}

int visit(struct desk *d, const char *method, const char *path, const char *body, const char **page)
{
	struct api_answer answer;
	struct api_request req = { .method = method,
		.path = path,
		.query = "",
		.body = body,
		.body_len = strlen(body),
		.content_type = *body ? "application/x-www-form-urlencoded" : NULL,
		.host = "crm.example.it",
		.peer = textf(&d->cx, "10.0.0.%d", rand() % 250),
		.accept_language = "it" };
	int status;

	d->o->now = d->cx.now;
	status = office_send(d->o, &req, &answer);
	*page = answer.body;
	assert_non_null(strstr(answer.type, "text/html"));
	return status;
}

const char *stamp_in(struct desk *d, const char *page)
{
	const char *at = strstr(page, "name=\"t\" value=\"");

	assert_non_null(at);
	at += strlen("name=\"t\" value=\"");
	return textf(&d->cx, "%.*s", (int)strcspn(at, "\""), at);
}

int send_after(struct desk *d, const struct record *form, int64_t ms, const char *fields,
	const char **page)
{
	const char *stamp;

	assert_int_equal(visit(d, "GET", path_of(d, form), "", page), 200);
	stamp = stamp_in(d, *page);
	d->cx.now += ms;
	return visit(d, "POST", path_of(d, form), textf(&d->cx, "%s&t=%s", fields, stamp), page);
}

int64_t leads_there(struct desk *d)
{
	return office_count(d->o, "select count(*) from lead where ws = $1");
}
