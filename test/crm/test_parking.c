/* Leads laid aside and come back, requests to buy, and one open lead too many. */
#include "steps.h"

#include <stdio.h>

#include "base/words.h"
#include "crm/lead.h"
#include "crm/lead_park.h"
#include "crm/lead_temperature.h"

static struct record *lead_of(struct desk *d, const char *name)
{
	return make(d, &lead_entity, "last_name", name, NULL);
}

static struct record *park(struct desk *d, struct record *lead, const char *until)
{
	struct parking p = { .ids = &lead->id, .n = 1, .until = until, .note = "Ask again" };
	struct record **leads;

	went_well(d, lead_park(&d->cx, &p, &leads));
	return leads[0];
}

static void house_keeps(struct desk *d)
{
	went_well(d, lead_return(&d->cx));
}

/* S3.15 S3.16 C5 */
static void a_parked_lead_comes_back_on_its_day(void **state)
{
	struct desk *d = *state;
	struct record *lead = park(d, lead_of(d, "Rossi"), "2026-02-02"), *back;

	house_keeps(d);
	assert_string_equal(record_text(reload(d, lead), "status_type"), "frozen");
	d->cx.now += days(27); /* 2026-02-01 */
	house_keeps(d);
	assert_false(lead_return_is_due(&d->cx));
	assert_string_equal(record_text(reload(d, lead), "status_type"), "frozen");
	d->cx.now += days(1);
	assert_true(lead_return_is_due(&d->cx));
	house_keeps(d);
	assert_string_equal(op_done(&d->cx)->kind, "lead.return");
	back = reload(d, lead);
	assert_string_equal(record_text(back, "status_type"), "open");
	assert_string_equal(record_text(back, "agenda"), "todo");
	assert_string_equal(record_text(back, "next_action_note"), "Ask again");
	assert_false(record_has(back, "parked_until"));
	assert_int_equal(
		office_count(d->o, "select count(*) from op where ws = $1 and kind = 'lead.return'"
				   " and user_id is null"),
		1);
	house_keeps(d);
	assert_int_equal(reload(d, lead)->version, back->version);
}

/* C14: while it is parked it is of the campaign's audience, and then no more. */
static void who_comes_back_leaves_the_campaign(void **state)
{
	struct desk *d = *state;
	struct record *campaign = make(d, &campaign_entity, "name", "Care", NULL), **leads;
	struct record *lead = lead_of(d, "Rossi");
	struct parking p = { .ids = &lead->id,
		.n = 1,
		.until = "2026-02-02",
		.note = "",
		.campaign_id = campaign->id };

	went_well(d, lead_park(&d->cx, &p, &leads));
	assert_int_equal(record_int(reload(d, lead), "nurture_campaign_id"), campaign->id);
	d->cx.now += days(28);
	house_keeps(d);
	assert_false(record_has(reload(d, lead), "nurture_campaign_id"));
	undo_last(d);
	assert_int_equal(record_int(reload(d, lead), "nurture_campaign_id"), campaign->id);
}

/* S3.11 S3.16: who asks to buy does not sleep on; what was planned stays */
static void who_asks_to_buy_is_worked_on_again(void **state)
{
	struct desk *d = *state;
	struct plan plan = { .at = d->cx.now + days(3), .kind = "quote", .note = "" };
	struct record *lead = park(d, lead_of(d, "Rossi"), "2026-02-02");

	went_well(d, lead_purchase_request(&d->cx, lead->id, "two", &lead));
	assert_string_equal(record_text(lead, "status_type"), "open");
	assert_string_equal(record_text(lead, "agenda"), "todo");
	assert_string_equal(record_text(lead, "temperature"), "hot");
	assert_string_equal(record_text(lead, "next_action_note"), "Purchase request");
	went_well(d, lead_next_action(&d->cx, lead->id, &plan, &lead));
	went_well(d, lead_purchase_request(&d->cx, lead->id, "three", &lead));
	assert_string_equal(record_text(lead, "agenda"), "standby");
}

/* The program was off; each lead by an operation of its own. */
static void after_days_off_all_come_back(void **state)
{
	struct desk *d = *state;

	for (int i = 1; i <= 3; i++)
		park(d, lead_of(d, textf(&d->cx, "Lead %d", i)), textf(&d->cx, "2026-02-0%d", i));
	d->cx.now += days(90);
	for (int i = 0; i < 3; i++) {
		assert_true(lead_return_is_due(&d->cx));
		house_keeps(d);
	}
	assert_false(lead_return_is_due(&d->cx));
	assert_int_equal(
		office_count(
			d->o, "select count(*) from lead where ws = $1 and status_type = 'open'"),
		3);
	assert_int_equal(office_count(d->o,
				 "select count(*) from op where ws = $1 and kind = 'lead.return'"),
		3);
}

/* What somebody took back is not done to him again; another day is. */
static void a_return_that_was_undone_stays_undone(void **state)
{
	struct desk *d = *state;
	struct record *lead = park(d, lead_of(d, "Rossi"), "2026-02-02");

	d->cx.now += days(40);
	house_keeps(d);
	undo_last(d);
	assert_string_equal(record_text(reload(d, lead), "status_type"), "frozen");
	assert_string_equal(record_text(reload(d, lead), "parked_until"), "2026-02-02");
	assert_false(lead_return_is_due(&d->cx));
	house_keeps(d);
	assert_string_equal(record_text(reload(d, lead), "status_type"), "frozen");
	park(d, lead, "2026-03-01");
	d->cx.now += days(40);
	house_keeps(d);
	assert_string_equal(record_text(reload(d, lead), "status_type"), "open");
}

struct case_of {
	struct desk *d;
	int64_t ids[2], campaign;
};

static bool parks(struct ctx *cx, void *arg)
{
	struct case_of *c = arg;
	struct parking p = { .ids = c->ids,
		.n = 2,
		.until = "2026-02-02",
		.note = "x",
		.campaign_id = c->campaign };
	struct record **leads;

	return lead_park(cx, &p, &leads);
}

static bool returns(struct ctx *cx, void *arg)
{
	(void)arg;
	return lead_return(cx);
}

static bool requests(struct ctx *cx, void *arg)
{
	struct case_of *c = arg;
	struct record *lead;

	return lead_purchase_request(cx, c->ids[0], "two", &lead);
}

static void a_failure_anywhere_leaves_nothing(void **state)
{
	struct desk *d = *state;
	struct case_of c = { d, { lead_of(d, "A")->id, lead_of(d, "B")->id },
		make(d, &campaign_entity, "name", "Care", NULL)->id };

	fails_anywhere(d, parks, &c);
	d->cx.now += days(60);
	fails_anywhere(d, returns, &c);
	fails_anywhere(d, requests, &c);
}

/* S3.11 C14: whatever becomes of the activity becomes of the temperature. */
static void facts_follow_the_activities(void **state)
{
	struct desk *d = *state;
	struct record *lead = lead_of(d, "Rossi");
	struct record *call = make(d, &activity_entity, "kind", "call", "lead_id",
		textf(&d->cx, "%lld", (long long)lead->id), "direction", "in", "purchase_request",
		"1", NULL);

	assert_string_equal(record_text(reload(d, lead), "temperature"), "hot");
	went_well(d, edit(d, call, "purchase_request", v_int(0)));
	assert_string_equal(record_text(reload(d, lead), "temperature"), "warm");
	assert_true(record_has(reload(d, lead), "last_answer_at"));
	went_well(d, take_away(d, call));
	assert_false(record_has(reload(d, lead), "last_answer_at"));
	assert_int_equal(reload(d, lead)->version, 1);
}

static int warnings_of(const char *answer)
{
	json_t *tree = json_loads(answer, 0, NULL);
	int n = (int)json_array_size(json_object_get(tree, "warnings"));

	json_decref(tree);
	return n;
}

/* S5.18 C22: the hundredth is nobody's concern, the hundred and first is. */
static void the_hundred_and_first_open_lead_is_warned_of(void **state)
{
	struct desk *d = *state;
	const char *token = office_token(d->o, OFFICE_ADMIN), *answer;
	char body[60];

	for (int i = 1; i <= 101; i++) {
		snprintf(body, sizeof(body), "{\"last_name\":\"Lead %d\"}", i);
		assert_int_equal(
			office_ask(d->o, token, "POST", "/api/v1/leads", body, &answer), 201);
		assert_int_equal(warnings_of(answer), i > 100);
	}
	assert_non_null(strstr(answer, "has 101 open leads"));
}

/* S5.18 C22: beyond what is counted it says so in words */
static void a_great_many_are_told_as_more_than_so_many(void **state)
{
	struct desk *d = *state;
	struct saying many = { "open_leads.very_many", { "Zoe", "1100", "100" } };

	assert_non_null(strstr(words_say(d->cx.words, d->cx.mem, LANG_IT, &many),
		"Zoe ha più di 1.100 lead aperti: oltre 100 "));
	assert_non_null(strstr(words_say(d->cx.words, d->cx.mem, LANG_EN, &many),
		"Zoe has more than 1,100 open leads: beyond 100 "));
}

/* S5.18: an import says it once, when it is done. */
static void an_import_warns_of_those_it_gave_leads(void **state)
{
	struct desk *d = *state;
	const char *token = office_token(d->o, OFFICE_ADMIN), *answer;
	static const char file[] = "Cognome\nRossi\nBianchi\nVerdi\n";
	struct api_request req = { .method = "POST",
		.path = "/api/v1/imports",
		.query = "entity=leads&name=a.csv&run=true",
		.body = file,
		.body_len = sizeof(file) - 1,
		.content_type = "text/csv",
		.authorization = token,
		.host = "127.0.0.1",
		.peer = "127.0.0.1",
		.accept_language = "en" };
	struct api_answer got;

	assert_int_equal(office_send(d->o, &req, &got), 201);
	assert_int_equal(warnings_of(got.body), 0);
	assert_int_equal(office_ask(d->o, token, "PATCH", "/api/v1/settings",
				 "{\"open_leads_warning\":5}", &answer),
		200);
	assert_int_equal(office_send(d->o, &req, &got), 201);
	assert_int_equal(warnings_of(got.body), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(a_parked_lead_comes_back_on_its_day),
		AT_DESK(who_comes_back_leaves_the_campaign),
		AT_DESK(who_asks_to_buy_is_worked_on_again),
		AT_DESK(after_days_off_all_come_back),
		AT_DESK(a_return_that_was_undone_stays_undone),
		AT_DESK(a_failure_anywhere_leaves_nothing),
		AT_DESK(facts_follow_the_activities),
		AT_DESK(the_hundred_and_first_open_lead_is_warned_of),
		AT_DESK(a_great_many_are_told_as_more_than_so_many),
		AT_DESK(an_import_warns_of_those_it_gave_leads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
