/* visitor - a visitor of web forms, as tests send him. */
#pragma once

#include "steps.h"

#define GOOD "first_name=Anna&last_name=D%27Amico&email=anna%40example.it&need=%3Cscript%3E"

/* A form that asks for consent, with one more field. */
struct record *form_of(struct desk *d, const char *field, const char *value);
const char *path_of(struct desk *d, const struct record *form);
/* One request; *page is what he sees. */
int visit(
	struct desk *d, const char *method, const char *path, const char *body, const char **page);
/* The signed time in a page. */
const char *stamp_in(struct desk *d, const char *page);
/* The page is opened, filled in for so long, and sent. */
int send_after(struct desk *d, const struct record *form, int64_t ms, const char *fields,
	const char **page);
int64_t leads_there(struct desk *d);
