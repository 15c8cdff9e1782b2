/* web_form - a form that visitors of a web site fill in, and become leads.
 *
 * Who has its key may see the form and send it; the key gives nothing else.
 * What is sent makes a lead, To do at once, for the form's owner or the next of
 * its team.  Somebody we know already, by e-mail or phone, is no second lead:
 * what he sent stands in the timeline of his lead, or of his contact.  A post
 * that a robot may have sent, and one whose address is still to be confirmed,
 * wait in a table of their own: they are no leads yet, and go after a while. */
#pragma once

#include "crm/entities.h"
#include "record/list.h"
#include "record/record.h"

/* The form of that key.
 *
 * PROBLEM_NOT_FOUND  there is none
 * PROBLEM_FORBIDDEN  it is switched off */
bool form_load(struct ctx *cx, const char *key, struct record **form);
/* Whether a page of that site ("https://www.example.it") may send it. */
bool form_is_at_home(const struct record *form, const char *origin);
/* Another key: the old address ends.  PROBLEM_NOT_FOUND. */
bool form_renew(struct ctx *cx, int64_t id, struct record **form);

enum form_end {
	FORM_TAKEN, /* also when it waits for somebody to look at it */
	FORM_AGAIN, /* to be looked at and sent once more: the page is too old */
};

/* Take what was sent.  consent=yes, t (when the page was made, signed) and
 * homepage (left empty by people) come beside the fields; other names are
 * ignored.
 *
 * PROBLEM_INVALID  by field: what is required, and what a lead does not take */
bool form_take(struct ctx *cx, struct record *form, const struct params *sent, enum form_end *end);

/* The link in the message was followed.
 *
 * PROBLEM_NOT_FOUND  no such link, or it was used, or is more than 2 days old */
bool form_confirm_find(struct ctx *cx, const char *token, struct record **form);
bool form_confirm(struct ctx *cx, const char *token, struct record **form);

/* What waits: {"items":[{"id","form_id","state","why","answers","consent",
 * "created_at"}]}, the newest 200; take one for a lead; let one go.
 *
 * PROBLEM_NOT_FOUND  there is no such post any more */
bool form_posts_write(struct ctx *cx, struct json_out *j, int64_t form_id);
bool form_post_accept(struct ctx *cx, int64_t id, struct record **lead);
bool form_post_drop(struct ctx *cx, int64_t id);
/* Once a minute: doubtful ones go after 30 days, unconfirmed ones after 2. */
bool form_sweep(struct ctx *cx);

/* The pages, in cx's language; sent: what was filled in, or NULL.  The reasons
 * of cx->problem stand beside their fields. */
void form_page(
	struct ctx *cx, const struct record *form, const struct params *sent, struct buf *html);
void form_page_thanks(struct ctx *cx, const struct record *form, struct buf *html);
void form_page_confirm(struct ctx *cx, const char *token, struct buf *html);
/* title and text: keys of the locales. */
void form_page_notice(struct ctx *cx, const char *title, const char *text, struct buf *html);
