/* What a visitor sent, judged: a lead, a word about somebody we know, or
 * something that waits for people to look at it. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "crm/campaign.h"
#include "crm/form_parts.h"
#include "crm/lead.h"
#include "crm/prospect_parts.h"
#include "record/list.h"
#include "record/op.h"
#include "record/search.h"

enum { SOONEST = 3000, LATEST = 24 * 3600 * 1000, VALUE_MAX = 4000 };

static void drop(void *tree)
{
	json_decref(tree);
}

/* Without the blanks around it; line breaks as they come from browsers. */
static const char *trimmed(struct ctx *cx, const char *s)
{
	struct buf b;
	size_t n;

	s += strspn(s, " \t\r\n");
	n = strlen(s);
	while (n && strchr(" \t\r\n", s[n - 1]))
		n--;
	buf_init(&b, cx->mem);
	for (size_t i = 0; i < n; i++)
		if (s[i] != '\r')
			buf_addn(&b, s + i, 1);
	return b.s;
}

struct record *form_answers(
	struct ctx *cx, const struct record *form, const struct params *sent, json_t **answers)
{
	struct record *lead = record_new(cx, &lead_entity);
	struct form_ask *asks;
	size_t n = form_asks(cx, form, &asks);

	*answers = json_object();
	arena_defer(cx->mem, drop, *answers);
	for (size_t i = 0; i < n; i++) {
		const char *name = asks[i].field->name, *given = param_get(sent, name);
		const char *value = given ? trimmed(cx, given) : "";
		json_t *text = json_string(value);

		if (strlen(value) > VALUE_MAX)
			refuse_field(cx, name, "field.too_long", textf(cx, "%d", VALUE_MAX));
		else if (*value && text && record_fill_field(cx, lead, asks[i].field, text))
			json_object_set_new(*answers, name, json_string(value));
		else if (!*value && asks[i].required)
			refuse_field(cx, name, "field.required");
		json_decref(text);
	}
	if (!json_object_size(*answers) && cx->problem.kind == PROBLEM_NONE && n)
		refuse_field(cx, asks[0].field->name, "field.required");
	return lead;
}

/* The next member of the team, else the form's owner, else whoever is first. */
static bool choose_owner(struct ctx *cx, const struct record *form, struct record *lead)
{
	int64_t turn, members, id, team = record_int(form, "team_id");

	record_copy(lead, form, "owner_id");
	if (!team)
		return true;
	if (!db_int(cx, &turn, 0,
		    "update web_form set turn = coalesce(turn, 0) + 1 where ws = $1 and id = $2"
		    " returning turn",
		    ARGS(v_int(cx->ws), v_int(form->id))) ||
		!db_int(cx, &members, 0,
			"select count(*) from member where ws = $1 and team_id = $2"
			" and active = 1 and removed_at is null",
			ARGS(v_int(cx->ws), v_int(team))))
		return false;
	if (!members)
		return true;
	if (!db_int(cx, &id, 0,
		    textf(cx,
			    "select id from member where ws = $1 and team_id = $2 and active = 1"
			    " and removed_at is null order by id limit 1 offset %" PRId64,
			    turn % members),
		    ARGS(v_int(cx->ws), v_int(team))))
		return false;
	record_set(lead, "owner_id", v_id(id));
	return true;
}

/* Whom we know by that e-mail or phone: a lead, a contact, perhaps with a
 * negotiation under way, or a row of a list that is no lead yet. */
struct known {
	struct record *lead, *contact, *deal, *prospect;
};

static bool differ(
	struct ctx *cx, const struct record *a, const struct record *b, const char *field)
{
	return record_has(a, field) && record_has(b, field) &&
	       strcmp(fold(cx->mem, record_text(a, field)), fold(cx->mem, record_text(b, field))) !=
		       0;
}

/* Colleagues share a switchboard: what one asks for and consents to must not be
 * put down to another.  A row without a name is a firm's, whoever writes. */
static bool is_somebody_else(
	struct ctx *cx, const struct record *answered, const struct record *like)
{
	if (differ(cx, answered, like, "last_name") || differ(cx, answered, like, "first_name"))
		return true;
	if (record_has(answered, "last_name") && record_has(like, "last_name"))
		return false;
	return !entity_is(like->of, &prospect_entity) && differ(cx, answered, like, "email");
}

/* The later, the less it says: an open lead before a contact, a contact before
 * a lead that became one, and rows of lists last; an e-mail before a phone. */
static int rank_of(const struct likeness *l, const struct record *like)
{
	int rank = strchr(l->why, 'e') ? 0 : 10;

	if (entity_is(l->of, &prospect_entity))
		return rank + 3;
	if (entity_is(l->of, &contact_entity))
		return rank + 1;
	return rank + (record_has(like, "converted_at") ? 2 : 0);
}

/* The best, of these the oldest. */
static bool find_like(struct ctx *cx, const struct record *answered, struct record **best)
{
	static const char *const ways[] = { "email", "phone", "mobile" };
	static const struct entity *const among[] = { &lead_entity, &contact_entity,
		&prospect_entity, NULL };
	struct record *sought = record_new(cx, &lead_entity), *like;
	int rank, best_rank = 0;
	struct likeness *found;
	size_t n;

	*best = NULL;
	for (size_t i = 0; i < COUNT(ways); i++)
		record_copy(sought, answered, ways[i]);
	if (!keys_find(cx, sought, among, &found, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!record_load(cx, found[i].of, found[i].id, RIGHT_READ, &like))
			return false;
		rank = rank_of(&found[i], like);
		if (record_has(like, "removed_at") ||
			(rank >= 10 && is_somebody_else(cx, answered, like)) ||
			(*best && (rank > best_rank ||
					  (rank == best_rank && like->id > (*best)->id))))
			continue;
		*best = like;
		best_rank = rank;
	}
	return true;
}

/* What is being negotiated with him, the newest. */
static bool take_contact(struct ctx *cx, int64_t id, struct known *known)
{
	struct args args;
	struct page page;

	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(id));
	if (!record_load(cx, &contact_entity, id, RIGHT_READ, &known->contact) ||
		!list_select(cx, &opportunity_entity,
			" where t.ws = $1 and t.contact_id = $2 and t.state = 'open'"
			" and t.removed_at is null order by t.id desc",
			&args, 1, &page))
		return false;
	known->deal = page.n ? page.items[0] : NULL;
	return true;
}

/* A converted lead speaks through its contact. */
static bool take_lead(struct ctx *cx, struct record *lead, struct known *known)
{
	int64_t contact = record_int(lead, "contact_id");

	if (contact && record_has(lead, "converted_at"))
		return take_contact(cx, contact, known);
	known->lead = lead;
	return true;
}

/* One that is a lead already speaks through it. */
static bool take_row(struct ctx *cx, struct record *row, struct known *known)
{
	struct record *lead;
	bool is_lead;

	if (!prospect_is_lead(cx, row, &is_lead))
		return false;
	if (!is_lead) {
		known->prospect = row;
		return true;
	}
	return record_load(cx, &lead_entity, record_int(row, "lead_id"), RIGHT_READ, &lead) &&
	       take_lead(cx, lead, known);
}

static bool find_known(struct ctx *cx, const struct record *answered, struct known *known)
{
	struct record *like;

	*known = (struct known){ 0 };
	if (!find_like(cx, answered, &like) || !like)
		return cx->problem.kind == PROBLEM_NONE;
	if (entity_is(like->of, &prospect_entity))
		return take_row(cx, like, known);
	if (entity_is(like->of, &contact_entity))
		return take_contact(cx, like->id, known);
	return take_lead(cx, like, known);
}

static const char *as_text(struct ctx *cx, const struct record *form, const struct record *answered)
{
	struct form_ask *asks;
	size_t n = form_asks(cx, form, &asks);
	struct buf b;

	buf_init(&b, cx->mem);
	for (size_t i = 0; i < n; i++)
		if (record_has(answered, asks[i].field->name))
			buf_addf(&b, "%s%s: %s", b.len ? "\n" : "", asks[i].label,
				record_text(answered, asks[i].field->name));
	return b.s;
}

/* What they wrote, where those who know them see it. */
static bool note_again(struct ctx *cx, const struct record *form, const struct record *answered,
	const struct known *known)
{
	const struct record *whose = known->lead ? known->lead : known->contact;
	struct record *activity = record_new(cx, &activity_entity);

	activity->unasked = true;
	record_set_text(activity, "kind", "comment");
	record_set_text(activity, "direction", "in");
	record_copy(activity, whose, "owner_id");
	record_set(activity, "lead_id", v_id(known->lead ? known->lead->id : 0));
	record_set(activity, "contact_id", v_id(known->contact ? known->contact->id : 0));
	record_set(activity, "opportunity_id", v_id(known->deal ? known->deal->id : 0));
	record_set_text(activity, "subject", record_text(form, "name"));
	record_set_text(activity, "body", as_text(cx, form, answered));
	return record_store(cx, activity);
}

/* Nobody looks at a timeline without a reason: it is to do at once. */
static bool hurry(struct ctx *cx, const struct record *form, struct known *known)
{
	struct answer answer = { .what = record_text(form, "name"), .at = cx->now };

	if (known->lead)
		return lead_answered(cx, known->lead, &answer);
	next_action_hurry(cx, known->deal, answer.what);
	return record_store(cx, known->deal);
}

static bool make_new(
	struct ctx *cx, const struct record *form, struct record *answered, struct known *known)
{
	known->lead = answered;
	record_copy(answered, form, "source_id");
	return choose_owner(cx, form, answered) && record_store(cx, answered);
}

static bool is_at_work(struct ctx *cx, int64_t user_id, bool *works)
{
	int64_t n = 0;
	bool ok = db_int(cx, &n, 0,
		"select count(*) from member where ws = $1 and id = $2 and active = 1"
		" and removed_at is null",
		ARGS(v_int(cx->ws), v_int(user_id)));

	*works = n > 0;
	return ok;
}

/* A customer who asks again, with nothing under way, is a lead of who knows
 * him; both cards tell it. */
static bool make_of_contact(
	struct ctx *cx, const struct record *form, struct record *answered, struct known *known)
{
	int64_t owner = record_int(known->contact, "owner_id");
	bool works;

	known->lead = answered;
	record_copy(answered, form, "source_id");
	if (!is_at_work(cx, owner, &works))
		return false;
	if (works)
		record_set(answered, "owner_id", v_int(owner));
	return (works || choose_owner(cx, form, answered)) && record_store(cx, answered) &&
	       note_again(cx, form, answered, known);
}

/* A row of a list shows interest: it becomes a lead (S3.6), of who works on it. */
static bool make_of_row(
	struct ctx *cx, const struct record *form, struct record *answered, struct known *known)
{
	struct prospect_turn turn = { .answered = answered,
		.source_id = record_int(form, "source_id") };
	struct prospect_outcome made = { .prospect = known->prospect };

	if (!prospect_make_lead(cx, &turn, &made))
		return false;
	known->lead = made.lead;
	return true;
}

static bool take_in(
	struct ctx *cx, const struct record *form, struct record *answered, struct known *known)
{
	if (known->prospect)
		return make_of_row(cx, form, answered, known);
	if (known->lead || known->deal)
		return note_again(cx, form, answered, known) && hurry(cx, form, known);
	if (known->contact)
		return make_of_contact(cx, form, answered, known);
	return make_new(cx, form, answered, known);
}

/* A campaign that was removed meanwhile is no reason to lose a lead. */
static bool touch(struct ctx *cx, const struct record *form, const struct known *known)
{
	int64_t id = record_int(form, "campaign_id");
	struct touch_ask ask = { .kind = "form", .note = record_text(form, "name") };
	struct record *campaign;
	struct touch_made made;

	if (!id)
		return true;
	if (!record_find(cx, &campaign_entity, "id", v_int(id), &campaign))
		return false;
	if (known->prospect)
		ask.prospect_id = known->prospect->id;
	else if (known->lead)
		ask.lead_id = known->lead->id;
	else
		ask.contact_id = known->contact->id;
	return !campaign || campaign_touch(cx, id, &ask, &made);
}

static bool keep_consent(struct ctx *cx, const struct record *form, const struct known *known)
{
	const struct record *whose = known->contact ? known->contact : known->lead;
	struct record *consent = record_new(cx, &consent_entity);

	record_set_text(consent, "how", "form");
	record_set_text(consent, "text", form_text(cx, form, "consent"));
	record_set(consent, "text_version", v_int(record_int(form, "consent_version")));
	record_set(consent, "web_form_id", v_int(form->id));
	record_set(consent, known->contact ? "contact_id" : "lead_id", v_int(whose->id));
	record_copy(consent, whose, "owner_id");
	return record_store(cx, consent);
}

bool form_make_lead(struct ctx *cx, const struct record *form, struct record *answered,
	bool consent, struct record **lead)
{
	struct known known;
	bool ok = find_known(cx, answered, &known) && take_in(cx, form, answered, &known) &&
		  touch(cx, form, &known) && (!consent || keep_consent(cx, form, &known));

	*lead = known.lead;
	return ok && op_about(cx, known.lead ? known.lead : known.contact);
}

/* A robot fills in everything, and at once. */
static const char *doubt(const struct params *sent, int64_t age)
{
	const char *bait = param_get(sent, "homepage");

	if (bait && *bait)
		return "bait";
	return age < SOONEST ? "too_fast" : NULL;
}

static bool has_agreed(struct ctx *cx, const struct record *form, const struct params *sent)
{
	const char *said = param_get(sent, "consent");

	return said && !strcmp(said, "yes") && *form_text(cx, form, "consent");
}

static bool take(struct ctx *cx, struct record *form, const struct params *sent, int64_t age)
{
	json_t *answers;
	struct record *lead, *answered = form_answers(cx, form, sent, &answers);
	const char *why = doubt(sent, age);
	bool consent = has_agreed(cx, form, sent);

	if (cx->problem.kind != PROBLEM_NONE)
		return false;
	if (why)
		return form_put_aside(cx, form, answers, why, consent);
	if (record_int(form, "double_opt_in"))
		return form_ask_to_confirm(cx, form, answers, consent);
	return form_make_lead(cx, form, answered, consent, &lead);
}

bool form_take(struct ctx *cx, struct record *form, const struct params *sent, enum form_end *end)
{
	int64_t age = form_stamp_age(cx, form, param_get(sent, "t"));
	bool ok;

	*end = age < 0 || age > LATEST ? FORM_AGAIN : FORM_TAKEN;
	if (*end == FORM_AGAIN)
		return true;
	ok = op_begin(cx, "form.post") && take(cx, form, sent, age);
	return op_end(cx, ok);
}
