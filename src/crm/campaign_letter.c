/* The message itself: its places filled in, and the way to leave. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/words.h"
#include "crm/campaign_parts.h"
#include "crm/mail_server.h"
#include "crm/suppression.h"
#include "record/op.h"

enum { SIGNATURE = 32, TOKEN_MAX = 200 };

static const char *const places[] = { "salutation", "first_name", "last_name", "job_title",
	"company_name", "email", "city" };

/* "{first_name|friend}": its name, and what stands there when it is empty. */
struct place {
	const char *name, *otherwise;
	const char *end; /* after the brace */
};

static bool read_place(struct ctx *cx, const char *at, struct place *p)
{
	size_t n = strcspn(at + 1, "{}\n");
	const char *inside = textf(cx, "%.*s", (int)n, at + 1), *bar = strchr(inside, '|');

	if (at[1 + n] != '}')
		return false;
	p->end = at + n + 2;
	p->otherwise = bar ? bar + 1 : "";
	p->name = bar ? textf(cx, "%.*s", (int)(bar - inside), inside) : inside;
	return true;
}

static bool is_place(const char *name)
{
	for (size_t i = 0; i < COUNT(places); i++)
		if (!strcmp(places[i], name))
			return true;
	return false;
}

bool letter_check(struct ctx *cx, const struct record *campaign, const char *field)
{
	for (const char *at = strchr(record_text(campaign, field), '{'); at; at = strchr(at, '{')) {
		struct place p;

		if (!read_place(cx, at, &p) || !is_place(p.name))
			return refuse_field(cx, field, "campaign.place", textf(cx, "%.40s", at));
		at = p.end;
	}
	return true;
}

static const char *value_of(struct ctx *cx, const struct reader *reader, const char *name)
{
	(void)cx;
	if (!strcmp(name, "company_name"))
		return reader->company;
	if (entity_find(reader->rec->of, name) < 0)
		return "";
	return record_text(reader->rec, name);
}

static const char *filled_in(struct ctx *cx, const char *text, const struct reader *reader)
{
	struct buf b;
	struct place p;

	buf_init(&b, cx->mem);
	while (*text) {
		size_t n = strcspn(text, "{");

		buf_addn(&b, text, n);
		text += n;
		if (*text && read_place(cx, text, &p)) {
			const char *value = value_of(cx, reader, p.name);

			buf_add(&b, *value ? value : p.otherwise);
			text = p.end;
		} else if (*text) {
			buf_addn(&b, text++, 1);
		}
	}
	return b.s;
}

static const char *signature(struct ctx *cx, const struct record *campaign, const char *what)
{
	const char *text = textf(cx, "%s %s", record_text(campaign, "stamp"), what);
	char hash[HASH_TEXT];

	secret_digest(text, strlen(text), hash);
	return textf(cx, "%.*s", SIGNATURE, hash);
}

/* Whom a link speaks of, in one letter. */
static const struct {
	char letter;
	const struct entity *of;
} whom[] = {
	{ 'l', &lead_entity },
	{ 'c', &contact_entity },
	{ 'p', &prospect_entity },
};

static char letter_of(const struct entity *of)
{
	size_t i = 0;

	while (i + 1 < COUNT(whom) && !entity_is(of, whom[i].of))
		i++;
	return whom[i].letter;
}

static const struct entity *entity_by(char letter)
{
	for (size_t i = 0; i < COUNT(whom); i++)
		if (whom[i].letter == letter)
			return whom[i].of;
	return NULL;
}

/* "CAMPAIGN.l42.ADDRESS-HASH.SIGNATURE": good without any record of its own.
 * A trial's is the trial's, not that of the person it was filled in with. */
static const char *leave_link(
	struct ctx *cx, const struct sending *s, const struct reader *reader, const char *trial)
{
	const char *what = textf(cx, "%" PRId64 ".%c%" PRId64 ".%s", s->campaign->id,
		letter_of(reader->rec->of), trial ? INT64_C(0) : reader->rec->id,
		trial ? suppression_hash(cx, trial) : reader->hash);

	return firm_link(
		cx, s->firm, textf(cx, "/f/leave/%s.%s", what, signature(cx, s->campaign, what)));
}

static const char *one_line(struct ctx *cx, const char *s)
{
	char *line = arena_dup(cx->mem, s);

	for (char *p = line; *p; p++)
		if ((unsigned char)*p < ' ')
			*p = ' ';
	return line;
}

bool letter_queue(
	struct ctx *cx, const struct sending *s, const struct reader *reader, const char *trial)
{
	enum lang lang = record_is(s->firm, "lang", "en") ? LANG_EN : LANG_IT;
	const char *link = leave_link(cx, s, reader, trial);
	const char *foot = words_say(cx->words, cx->mem, lang,
		&(struct saying){ "campaign.leave", { record_text(s->firm, "name"), link } });
	const char *subject =
		one_line(cx, filled_in(cx, record_text(s->campaign, "subject"), reader));
	struct mail_header headers[] = {
		{ "List-Unsubscribe", textf(cx, "<%s>", link ? link : "") },
		{ "List-Unsubscribe-Post", "List-Unsubscribe=One-Click" },
	};
	struct mail mail = { .to = trial ? trial : reader->email,
		.subject = trial ? textf(cx, "[%s] %s",
					   words_say(cx->words, cx->mem, lang,
						   &(struct saying){ "campaign.trial", { 0 } }),
					   subject)
				 : subject,
		.text = textf(cx, "%s\n\n-- \n%s\n",
			filled_in(cx, record_text(s->campaign, "body"), reader), foot),
		.headers = headers,
		.header_n = COUNT(headers),
		.purpose = "campaign",
		.entity = "campaign",
		.record_id = s->campaign->id,
		.user_id = cx->who ? cx->who->id : 0,
		.once = trial ? NULL : reader_once(cx, s, reader) };

	return mail_queue(cx, &mail);
}

/* What a link says; only believed when the signature is the campaign's. */
struct leaving {
	int64_t campaign, id;
	const struct entity *of;
	const char *hash;
};

static bool read_token(struct ctx *cx, const char *token, struct leaving *l)
{
	struct record *campaign;
	char *end;
	const char *last = strrchr(token, '.'), *what;

	*l = (struct leaving){ .campaign = strtoll(token, &end, 10) };
	if (strlen(token) > TOKEN_MAX || !last || *end != '.' || l->campaign <= 0 ||
		!(l->of = entity_by(end[1])))
		return refuse(cx, PROBLEM_NOT_FOUND, "form.no_post");
	l->id = strtoll(end + 2, &end, 10);
	if (*end != '.' || end >= last)
		return refuse(cx, PROBLEM_NOT_FOUND, "form.no_post");
	l->hash = textf(cx, "%.*s", (int)(last - end - 1), end + 1);
	what = textf(cx, "%.*s", (int)(last - token), token);
	if (!db_int(cx, &l->campaign, 0, "select id from campaign where ws = $1 and id = $2",
		    ARGS(v_int(cx->ws), v_int(l->campaign))) ||
		!record_load(cx, &campaign_entity, l->campaign, RIGHT_READ, &campaign))
		return false;
	return (record_has(campaign, "stamp") &&
		       !strcmp(signature(cx, campaign, what), last + 1)) ||
	       refuse(cx, PROBLEM_NOT_FOUND, "form.no_post");
}

bool campaign_leave_find(struct ctx *cx, const char *token)
{
	struct leaving l;

	return read_token(cx, token, &l);
}

/* In the person's own history too, where there still is one. */
static bool withdraw(struct ctx *cx, const struct leaving *l)
{
	struct record *consent, *whose;

	if (!record_find(cx, l->of, "id", v_int(l->id), &whose))
		return false;
	if (!whose)
		return true;
	consent = record_new(cx, &consent_entity);
	record_set(consent, "given", v_int(0));
	record_set_text(consent, "how", "email");
	record_set(consent, reader_link(cx, l->of), v_int(whose->id));
	if (entity_is(l->of, &prospect_entity))
		record_copy(consent, whose, "lead_id");
	record_copy(consent, whose, "owner_id");
	return record_store(cx, consent) && op_about(cx, whose);
}

bool campaign_leave(struct ctx *cx, const char *token)
{
	struct leaving l;
	bool known = false;

	bool ok = op_begin(cx, "campaign.leave") && read_token(cx, token, &l) &&
		  suppression_has(cx, l.hash, &known) &&
		  (known || (suppression_put(cx, l.hash, "left", "") && withdraw(cx, &l)));

	return op_end(cx, ok);
}
