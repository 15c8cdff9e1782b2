/* A form's pages: HTML without a script, every text of a person's escaped. */
#include <string.h>

#include "base/words.h"
#include "crm/firm.h"
#include "crm/form_parts.h"

static const char *say(struct ctx *cx, const char *key, const char *arg)
{
	return words_say(cx->words, cx->mem, cx->lang, &(struct saying){ key, { arg } });
}

static void escaped(struct buf *html, const char *s)
{
	for (; *s; s++) {
		const char *as = *s == '&'    ? "&amp;"
				 : *s == '<'  ? "&lt;"
				 : *s == '>'  ? "&gt;"
				 : *s == '"'  ? "&quot;"
				 : *s == '\'' ? "&#39;"
					      : NULL;

		if (as)
			buf_add(html, as);
		else
			buf_addn(html, s, 1);
	}
}

/* before, the text, after: one element or attribute. */
static void put(struct buf *html, const char *before, const char *text, const char *after)
{
	buf_add(html, before);
	escaped(html, text);
	buf_add(html, after);
}

static void head(struct ctx *cx, const char *title, struct buf *html)
{
	put(html, "<!doctype html>\n<html lang=\"", cx->lang == LANG_IT ? "it" : "en",
		"\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
		" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\""
		" content=\"noindex\">");
	put(html, "<title>", title,
		"</title><link rel=\"stylesheet\" href=\"/form.css\"></head>\n<body><main>");
	put(html, "<h1>", title, "</h1>\n");
}

static void foot(struct buf *html)
{
	buf_add(html, "</main></body></html>\n");
}

static const char *title_of(struct ctx *cx, const struct record *form)
{
	const char *title = form_text(cx, form, "title");

	return *title ? title : record_text(form, "name");
}

static const char *problem_of(struct ctx *cx, const char *field)
{
	for (const struct field_problem *p = cx->problem.fields; p; p = p->next)
		if (!strcmp(p->field, field))
			return words_say(cx->words, cx->mem, cx->lang, &p->text);
	return NULL;
}

/* What browsers can do for the visitor by themselves. */
static const struct {
	const char *field, *type, *fills;
} kinds[] = {
	{ "email", "email", "email" },
	{ "phone", "tel", "tel" },
	{ "mobile", "tel", "tel" },
	{ "first_name", "text", "given-name" },
	{ "last_name", "text", "family-name" },
	{ "company_name", "text", "organization" },
	{ "job_title", "text", "organization-title" },
	{ "street", "text", "street-address" },
	{ "postal_code", "text", "postal-code" },
	{ "city", "text", "address-level2" },
	{ "country", "text", "country-name" },
};

static void add_kind(const char *name, struct buf *html)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (!strcmp(kinds[i].field, name)) {
			put(html, " type=\"", kinds[i].type, "\"");
			put(html, " autocomplete=\"", kinds[i].fills, "\"");
			return;
		}
	buf_add(html, " type=\"text\"");
}

static void add_ask(struct ctx *cx, const struct form_ask *ask, const char *value, struct buf *html)
{
	const char *name = ask->field->name, *wrong = problem_of(cx, name);
	bool is_long = ask->field->type == FIELD_LONGTEXT;

	put(html, "<div class=\"field\"><label for=\"", name, "\">");
	escaped(html, ask->label);
	buf_add(html, ask->required ? " <span aria-hidden=\"true\">*</span></label>" : "</label>");
	buf_add(html, is_long ? "<textarea rows=\"5\"" : "<input");
	put(html, " id=\"", name, "\"");
	put(html, " name=\"", name, "\"");
	if (!is_long)
		add_kind(name, html);
	if (ask->required)
		buf_add(html, " required");
	if (wrong)
		put(html, " aria-invalid=\"true\" aria-describedby=\"", name, "-wrong\"");
	if (is_long)
		put(html, ">", value, "</textarea>");
	else
		put(html, " value=\"", value, "\">");
	if (wrong) {
		put(html, "<p class=\"wrong\" id=\"", name, "-wrong\">");
		put(html, "", wrong, "</p>");
	}
	buf_add(html, "</div>\n");
}

static const char *sent_value(const struct params *sent, const char *name)
{
	const char *value = sent ? param_get(sent, name) : NULL;

	return value ? value : "";
}

/* Who never saw our page looks at it once before it goes: that moment counts
 * as spent. */
static void add_ends(
	struct ctx *cx, const struct record *form, const struct params *sent, struct buf *html)
{
	const char *consent = form_text(cx, form, "consent");
	int64_t made = sent ? cx->now - 3000 : cx->now;

	if (*consent) {
		buf_add(html, "<label class=\"consent\"><input type=\"checkbox\" name=\"consent\""
			      " value=\"yes\"");
		buf_add(html, !strcmp(sent_value(sent, "consent"), "yes") ? " checked> " : "> ");
		put(html, "<span>", consent, "</span></label>\n");
	}
	put(html, "<div class=\"bait\" aria-hidden=\"true\"><label for=\"homepage\">",
		say(cx, "form.bait", NULL),
		"</label><input id=\"homepage\" name=\"homepage\" tabindex=\"-1\""
		" autocomplete=\"off\"></div>\n");
	put(html, "<input type=\"hidden\" name=\"t\" value=\"", form_stamp(cx, form, made),
		"\">\n");
	put(html, "<button>", say(cx, "form.send", NULL), "</button></form>");
}

void form_page(
	struct ctx *cx, const struct record *form, const struct params *sent, struct buf *html)
{
	const char *intro = form_text(cx, form, "intro");
	struct form_ask *asks;
	size_t n = form_asks(cx, form, &asks);

	head(cx, title_of(cx, form), html);
	if (sent)
		put(html, "<p class=\"notice\" role=\"status\">",
			say(cx, cx->problem.kind ? "form.wrong" : "form.again", NULL), "</p>\n");
	else if (*intro)
		put(html, "<p class=\"text\">", intro, "</p>\n");
	put(html, "<form method=\"post\" action=\"/f/", record_text(form, "key"), "\">\n");
	for (size_t i = 0; i < n; i++)
		add_ask(cx, &asks[i], sent_value(sent, asks[i].field->name), html);
	add_ends(cx, form, sent, html);
	foot(html);
}

void form_page_thanks(struct ctx *cx, const struct record *form, struct buf *html)
{
	const char *thanks = form_text(cx, form, "thanks");

	head(cx, title_of(cx, form), html);
	put(html, "<p class=\"text\" role=\"status\">",
		*thanks ? thanks : say(cx, "form.thanks", NULL), "</p>");
	if (record_int(form, "double_opt_in"))
		put(html, "<p class=\"text\">", say(cx, "form.check_mail", NULL), "</p>");
	foot(html);
}

/* One question with one button, and where its answer goes. */
struct question {
	const char *title, *text, *button, *action;
};

static void ask(struct ctx *cx, const struct question *q, const char *token, struct buf *html)
{
	head(cx, say(cx, q->title, NULL), html);
	put(html, "<p class=\"text\">", say(cx, q->text, NULL), "</p>");
	put(html, "<form method=\"post\" action=\"", q->action, "");
	put(html, "", token, "\">");
	put(html, "<button>", say(cx, q->button, NULL), "</button></form>");
	foot(html);
}

void form_page_confirm(struct ctx *cx, const char *token, struct buf *html)
{
	static const struct question confirm = { "form.confirm_title", "form.confirm_text",
		"form.confirm", "/f/confirm/" };

	ask(cx, &confirm, token, html);
}

void form_page_leave(struct ctx *cx, const char *token, struct buf *html)
{
	static const struct question leave = { "form.leave_title", "form.leave_text", "form.leave",
		"/f/leave/" };

	ask(cx, &leave, token, html);
}

void form_page_notice(struct ctx *cx, const char *title, const char *text, struct buf *html)
{
	head(cx, say(cx, title, NULL), html);
	put(html, "<p class=\"text\" role=\"status\">", say(cx, text, NULL), "</p>");
	foot(html);
}
