/* form_parts - a web form from the inside. */
#pragma once

#include "crm/web_form.h"

enum { STAMP_TEXT = 96 };

/* The fields of a lead that a form may ask for; ends in NULL. */
extern const char *const form_fields[];
/* What the form asks for, in its order: a field of the lead, how it is called
 * in cx's language, and whether it must be filled in. */
struct form_ask {
	const struct field *field;
	const char *label;
	bool required;
};
size_t form_asks(struct ctx *cx, const struct record *form, struct form_ask **asks);

/* The form's text in cx's language, or in the other: "title" -> title_it. */
const char *form_text(struct ctx *cx, const struct record *form, const char *name);
void form_speak(struct ctx *cx, const struct record *form);
/* When a page was made, signed. */
const char *form_stamp(struct ctx *cx, const struct record *form, int64_t at);
/* How many ms old; -1: none, or not of ours. */
int64_t form_stamp_age(struct ctx *cx, const struct record *form, const char *stamp);

/* A lead of what was answered, not stored; what is wrong is told by field. */
struct record *form_answers(
	struct ctx *cx, const struct record *form, const struct params *sent, json_t **answers);
/* The lead, or another word in the timeline of somebody we know, whose lead or
 * negotiation is then to do at once; *lead is NULL when there is none.  Inside
 * an operation. */
bool form_make_lead(struct ctx *cx, const struct record *form, struct record *answered,
	bool consent, struct record **lead);
bool form_put_aside(struct ctx *cx, const struct record *form, const json_t *answers,
	const char *why, bool consent);
bool form_ask_to_confirm(
	struct ctx *cx, const struct record *form, const json_t *answers, bool consent);
