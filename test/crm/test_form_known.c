/* Web forms sent by somebody who is known already. */
#include "visitor.h"

#include "crm/lead.h"
#include "crm/opportunity.h"

static bool lead_aside(struct desk *d, struct record *lead, const char *name)
{
	int64_t status = status_named(d, name);

	return strcmp(name, "Junk") != 0
		       ? lead_move(&d->cx, lead->id, status, &lead)
		       : lead_conclude(&d->cx, lead->id, status, "too dear", &lead);
}

static struct record *only_lead(struct desk *d, const char *email)
{
	struct record *lead;

	went_well(d, record_find(&d->cx, &lead_entity, "email", v_text(email), &lead));
	assert_non_null(lead);
	return lead;
}

/* S5.14 S3.16: what somebody writes is seen, whatever his lead was waiting for */
static void who_writes_again_is_to_do_at_once(void **state)
{
	static const char *const aside[] = { "Not engaged", "Junk", "Ignored" };
	struct desk *d = *state;
	struct record *form = form_of(d, "lang", "it"), *lead;
	struct plan plan = { .kind = "meeting", .note = "bring the plan" };
	const char *page;

	assert_int_equal(send_after(d, form, 5000, GOOD, &page), 200);
	lead = only_lead(d, "anna@example.it");
	plan.at = d->cx.now + days(9);
	went_well(d, lead_next_action(&d->cx, lead->id, &plan, &lead));
	assert_string_equal(record_text(reload(d, lead), "agenda"), "standby");
	assert_int_equal(send_after(d, form, 5000, GOOD, &page), 200);
	d->cx.now += 60000;
	lead = reload(d, lead);
	assert_string_equal(record_text(lead, "agenda"), "todo");
	/* nothing of what was planned is lost */
	assert_non_null(strstr(record_text(lead, "next_action_note"), "Contatti · 14/01/2026"));
	assert_non_null(strstr(record_text(lead, "next_action_note"), "bring the plan"));
	assert_true(record_has(lead, "last_answer_at"));
	for (size_t i = 0; i < COUNT(aside); i++) {
		went_well(d, lead_aside(d, lead, aside[i]));
		assert_int_equal(send_after(d, form, 5000, GOOD, &page), 200);
		d->cx.now += 60000;
		lead = reload(d, lead);
		assert_string_equal(record_text(lead, "status_type"), "open");
		assert_string_equal(record_text(lead, "agenda"), "todo");
		assert_string_equal(record_text(lead, "next_action_note"), "Contatti");
		assert_false(record_has(lead, "conclusion_reason"));
	}
	assert_int_equal(leads_there(d), 1);
}

/* S5.14: a firm's switchboard is not a person; nor is one's consent another's */
static void who_shares_a_telephone_is_somebody_else(void **state)
{
	struct desk *d = *state;
	struct record *form = form_of(d, "lang", "it"), *anna, *bo;
	const char *page;

	assert_int_equal(send_after(d, form, 5000, GOOD "&phone=051+2345678", &page), 200);
	assert_int_equal(
		send_after(d, form, 5000,
			"last_name=Bo&email=bo%40example.it&phone=0512345678&consent=yes", &page),
		200);
	assert_int_equal(leads_there(d), 2);
	anna = only_lead(d, "anna@example.it");
	bo = only_lead(d, "bo@example.it");
	assert_int_equal(office_count(d->o, textf(&d->cx,
						    "select count(*) from consent where ws = $1"
						    " and lead_id = %lld",
						    (long long)bo->id)),
		1);
	assert_int_equal(office_count(d->o, textf(&d->cx,
						    "select count(*) from consent where ws = $1"
						    " and lead_id = %lld",
						    (long long)anna->id)),
		0);
	/* the same person by telephone, with another address */
	assert_int_equal(send_after(d, form, 5000,
				 "first_name=Anna&last_name=D%27AMICO&email=a%40home.example"
				 "&phone=0512345678",
				 &page),
		200);
	assert_int_equal(leads_there(d), 2);
}

/* S5.14 S5.29: a customer's request is seen by who deals with him */
static void a_contact_who_writes_is_not_overlooked(void **state)
{
	struct desk *d = *state;
	struct record *form = form_of(d, "lang", "it");
	int64_t user = office_user(d->o, "a@example.it", "sales", 0);
	struct record *bo = make(d, &contact_entity, "last_name", "Bo", "email", "bo@example.it",
		"owner_id", textf(&d->cx, "%lld", (long long)user), NULL);
	const char *id = textf(&d->cx, "%lld", (long long)bo->id), *page;
	const char *post = "last_name=Bo&email=bo%40example.it&consent=yes";
	struct record *deal, *lead;
	struct plan plan = { .at = d->cx.now + days(30), .kind = "call", .note = "" };

	deal = make(d, &opportunity_entity, "name", "Press", "contact_id", id, NULL);
	went_well(d, opportunity_next_action(&d->cx, deal->id, &plan, &deal));
	assert_int_equal(send_after(d, form, 5000, post, &page), 200);
	assert_int_equal(leads_there(d), 0);
	d->cx.now += 60000;
	assert_string_equal(record_text(reload(d, deal), "agenda"), "todo");
	assert_int_equal(office_count(d->o, "select count(*) from activity where ws = $1"
					    " and contact_id is not null"
					    " and opportunity_id is not null"),
		1);
	went_well(d, take_away(d, reload(d, deal)));
	assert_int_equal(send_after(d, form, 5000, post, &page), 200);
	lead = only_lead(d, "bo@example.it");
	assert_true(record_int(lead, "owner_id") == user);
	assert_int_equal(office_count(d->o, "select count(*) from activity where ws = $1"
					    " and contact_id is not null and lead_id is not null"),
		1);
	/* and that lead hears the next word */
	assert_int_equal(send_after(d, form, 5000, post, &page), 200);
	assert_int_equal(leads_there(d), 1);
	assert_int_equal(office_count(d->o, "select count(*) from consent where ws = $1"
					    " and contact_id is not null"),
		2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(who_writes_again_is_to_do_at_once),
		AT_DESK(who_shares_a_telephone_is_somebody_else),
		AT_DESK(a_contact_who_writes_is_not_overlooked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
