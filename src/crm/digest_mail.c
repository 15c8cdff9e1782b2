/* The morning mail in words: subject, plain text and HTML.
 *
 * The HTML is a single column with its few rules in the head, readable without
 * them, on a phone, and in the dark; nothing is loaded from elsewhere. */
#include <string.h>

#include "base/clock.h"
#include "base/words.h"
#include "crm/digest_parts.h"
#include "crm/lead_status.h"
#include "crm/mail_server.h"

static const char *say(struct ctx *cx, const char *key, const char *a, const char *b)
{
	return words_say(cx->words, cx->mem, cx->lang, &(struct saying){ key, { a, b } });
}

static const char *number(struct ctx *cx, int64_t n)
{
	return textf(cx, "%lld", (long long)n);
}

/* "2026-01-31" as both languages write it here: 31/01/2026. */
static const char *date_shown(struct ctx *cx, const char *date)
{
	return textf(cx, "%.2s/%.2s/%.4s", date + 8, date + 5, date);
}

static const char *subject(struct ctx *cx, const struct digest *d)
{
	const char *own = number(cx, d->own.all), *others = number(cx, d->all_others);

	if (!d->all_others)
		return say(cx, "digest.subject_own", own, NULL);
	if (!d->own.all)
		return say(cx, "digest.subject_others", others, NULL);
	return say(cx, "digest.subject_both", own, others);
}

static const char *why(struct ctx *cx, const struct digest *d)
{
	return say(cx, "digest.why", textf(cx, "%02d:00", (int)d->hour), NULL);
}

static const char *lead_link(
	struct ctx *cx, const struct digest *d, const struct record *lead, const char *tail)
{
	return firm_link(cx, d->firm, textf(cx, "/leads/%lld%s", (long long)lead->id, tail));
}

/* Frozen leads and concluded ones have no next action. */
static const char *action_link(struct ctx *cx, const struct digest *d, const struct record *lead)
{
	return record_is(lead, "status_type", "open") ? lead_link(cx, d, lead, "?do=next-action")
						      : NULL;
}

static const char *list_link(
	struct ctx *cx, const struct digest *d, int64_t owner_id, int64_t status_id)
{
	return firm_link(cx, d->firm,
		textf(cx, "/leads?expired=true&owner_id=%lld&status_id=%lld", (long long)owner_id,
			(long long)status_id));
}

static const char *since(struct ctx *cx, const struct record *lead)
{
	return say(cx, "digest.expired_on", date_shown(cx, record_text(lead, "expires_on")), NULL);
}

/* Plain text */

static void text_lead(
	struct ctx *cx, struct buf *b, const struct digest *d, const struct record *lead)
{
	const char *small = record_subtitle(cx, lead), *link = lead_link(cx, d, lead, "");
	const char *action = action_link(cx, d, lead);

	buf_addf(b, "- %s%s%s, %s\n", record_title(cx, lead), *small ? ", " : "", small,
		since(cx, lead));
	if (link)
		buf_addf(b, "  %s\n", link);
	if (action)
		buf_addf(b, "  %s: %s\n", say(cx, "digest.next_action", NULL, NULL), action);
}

static void text_person(
	struct ctx *cx, struct buf *b, const struct digest *d, const struct digest_person *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct digest_phase *phase = &p->phases[i];
		int64_t rest = phase->all - (int64_t)phase->n;
		const char *link = list_link(cx, d, p->id, phase->status->id);

		buf_addf(b, "\n%s (%lld)\n", lead_status_name(cx, phase->status),
			(long long)phase->all);
		for (size_t k = 0; k < phase->n; k++)
			text_lead(cx, b, d, phase->leads[k]);
		if (rest)
			buf_addf(b, "- %s%s%s\n", say(cx, "digest.more", number(cx, rest), NULL),
				link ? ": " : "", link ? link : "");
	}
}

static const char *text_of(struct ctx *cx, const struct digest *d)
{
	struct buf b;

	buf_init(&b, cx->mem);
	buf_addf(&b, "%s, %s\n", say(cx, "digest.title", NULL, NULL), date_shown(cx, d->day));
	if (d->own.all)
		text_person(cx, &b, d, &d->own);
	for (size_t i = 0; i < d->n; i++) {
		buf_addf(&b, "\n\n%s: %lld\n", d->others[i].name, (long long)d->others[i].all);
		text_person(cx, &b, d, &d->others[i]);
	}
	if (d->tells_address)
		buf_addf(&b, "\n%s\n", say(cx, "digest.no_address", NULL, NULL));
	buf_addf(&b, "\n-- \n%s\n", why(cx, d));
	return b.s;
}

/* HTML */

/* clang-format off */
static const char head[] =
	"<meta charset=\"utf-8\">\n"
	"<meta name=\"viewport\" content=\"width=device-width\">\n"
	"<meta name=\"color-scheme\" content=\"light dark\">\n"
	"<meta name=\"supported-color-schemes\" content=\"light dark\">\n"
	"<style>\n"
	"body{margin:0;background:#f4f5f8;color:#1d2230;font:15px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif}\n"
	".page{max-width:640px;margin:0 auto;padding:24px 12px 40px}\n"
	".card{padding:4px 20px 16px;border:1px solid #e2e5ec;border-radius:10px;background:#fff;margin-top:16px}\n"
	"h1{margin:0;font-size:21px;line-height:1.3}h2{margin:16px 0 0;font-size:17px}\n"
	"h3{margin:18px 0 2px;font-size:13px;font-weight:600;color:#5a6275}\n"
	".n{display:inline-block;min-width:12px;padding:0 6px;border-radius:9px;background:#fbe9e7;color:#a3261a;text-align:center}\n"
	"table{width:100%;border-collapse:collapse}td{padding:9px 0;border-top:1px solid #edeff4;vertical-align:top}\n"
	"tr:first-child td{border-top:0}.do{padding-left:12px;text-align:right;white-space:nowrap;width:1%}\n"
	"a{color:#2b53c8}.who{font-weight:600;text-decoration:none}.small{font-size:13px;color:#5a6275}\n"
	".go{display:inline-block;padding:4px 10px;border:1px solid #c9d2ea;border-radius:7px;font-size:13px;text-decoration:none}\n"
	".note{padding:12px 16px;border-radius:8px;background:#fff5da;color:#5c4300}\n"
	"@media(max-width:480px){.card{padding:2px 14px 12px}.do,.line{display:block;width:auto;padding-left:0;text-align:left}"
	".line{padding-bottom:4px}.do{border-top:0;padding-top:0}}\n"
	"@media(prefers-color-scheme:dark){body{background:#14161b;color:#e7e9ee}.card{background:#1c1f26;border-color:#2e323c}"
	"h3,.small{color:#a2a9b8}td{border-color:#2a2e37}a{color:#9db6ff}.go{border-color:#3c4763}"
	".n{background:#47201c;color:#ffb4a9}.note{background:#3a3016;color:#f3dc9c}}\n"
	"</style>\n";
/* clang-format on */

static void plain(struct buf *b, const char *s)
{
	for (; *s; s++)
		switch (*s) {
		case '&':
			buf_add(b, "&amp;");
			break;
		case '<':
			buf_add(b, "&lt;");
			break;
		case '>':
			buf_add(b, "&gt;");
			break;
		case '"':
			buf_add(b, "&quot;");
			break;
		default:
			buf_addn(b, s, 1);
		}
}

/* <tag class="name">text</tag> */
static void element(struct buf *b, const char *tag, const char *name, const char *text)
{
	buf_addf(b, "<%s%s%s%s>", tag, *name ? " class=\"" : "", name, *name ? "\"" : "");
	plain(b, text);
	buf_addf(b, "</%s>", tag);
}

/* Without somewhere to lead to it is text alone. */
static void anchor(struct buf *b, const char *name, const char *to, const char *text)
{
	if (!to) {
		element(b, "span", name, text);
		return;
	}
	buf_addf(b, "<a class=\"%s\" href=\"", name);
	plain(b, to);
	buf_add(b, "\">");
	plain(b, text);
	buf_add(b, "</a>");
}

static void html_lead(
	struct ctx *cx, struct buf *b, const struct digest *d, const struct record *lead)
{
	const char *small = record_subtitle(cx, lead), *action = action_link(cx, d, lead);

	buf_add(b, "<tr><td class=\"line\">");
	anchor(b, "who", lead_link(cx, d, lead, ""), record_title(cx, lead));
	buf_add(b, "<br><span class=\"small\">");
	if (*small) {
		plain(b, small);
		buf_add(b, " · ");
	}
	plain(b, since(cx, lead));
	buf_add(b, "</span></td>");
	if (action) {
		buf_add(b, "<td class=\"do\">");
		anchor(b, "go", action, say(cx, "digest.next_action", NULL, NULL));
		buf_add(b, "</td>");
	}
	buf_add(b, "</tr>\n");
}

static void html_phase(struct ctx *cx, struct buf *b, const struct digest *d, int64_t owner_id,
	const struct digest_phase *phase)
{
	int64_t rest = phase->all - (int64_t)phase->n;

	buf_add(b, "<h3>");
	plain(b, lead_status_name(cx, phase->status));
	buf_add(b, " ");
	element(b, "span", "n", number(cx, phase->all));
	buf_add(b, "</h3>\n<table role=\"presentation\">\n");
	for (size_t i = 0; i < phase->n; i++)
		html_lead(cx, b, d, phase->leads[i]);
	if (rest) {
		buf_add(b, "<tr><td>");
		anchor(b, "small", list_link(cx, d, owner_id, phase->status->id),
			say(cx, "digest.more", number(cx, rest), NULL));
		buf_add(b, "</td></tr>\n");
	}
	buf_add(b, "</table>\n");
}

static void html_person(
	struct ctx *cx, struct buf *b, const struct digest *d, const struct digest_person *p)
{
	if (!p->all)
		return;
	buf_add(b, "<div class=\"card\">\n");
	if (p != &d->own)
		element(b, "h2", "", p->name);
	for (size_t i = 0; i < p->n; i++)
		html_phase(cx, b, d, p->id, &p->phases[i]);
	buf_add(b, "</div>\n");
}

static const char *html_of(struct ctx *cx, const struct digest *d)
{
	const char *title = say(cx, "digest.title", NULL, NULL);
	struct buf b;

	buf_init(&b, cx->mem);
	buf_addf(&b, "<!doctype html>\n<html lang=\"%s\">\n<head>\n", lang_code(cx->lang));
	element(&b, "title", "", title);
	buf_addf(&b, "\n%s</head>\n<body>\n<div class=\"page\">\n", head);
	element(&b, "h1", "", title);
	element(&b, "div", "small", date_shown(cx, d->day));
	html_person(cx, &b, d, &d->own);
	for (size_t i = 0; i < d->n; i++)
		html_person(cx, &b, d, &d->others[i]);
	if (d->tells_address)
		element(&b, "p", "note", say(cx, "digest.no_address", NULL, NULL));
	buf_add(&b, "<p class=\"small\">");
	plain(&b, why(cx, d));
	buf_add(&b, "</p>\n</div>\n</body>\n</html>\n");
	return b.s;
}

void digest_write(struct ctx *cx, const struct digest *d, struct mail *mail)
{
	mail->subject = subject(cx, d);
	mail->text = text_of(cx, d);
	mail->html = html_of(cx, d);
}
