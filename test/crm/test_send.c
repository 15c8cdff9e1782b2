/* A campaign's message: to whom it goes, once, and how one leaves. */
#include "steps.h"

#include <stdio.h>
#include <unistd.h>

#include "crm/campaign_send.h"
#include "crm/mail_server.h"
#include "crm/suppression.h"

static const char *id_of(struct desk *d, const struct record *rec)
{
	return textf(&d->cx, "%lld", (long long)rec->id);
}

static struct record *the_firm(struct desk *d)
{
	struct record *firm;
	int64_t id;

	went_well(d, db_int(&d->cx, &id, 0, "select min(id) from firm where ws = $1",
			     ARGS(v_int(d->cx.ws))));
	went_well(d, record_load(&d->cx, &firm_entity, id, RIGHT_READ, &firm));
	return firm;
}

static void firm_writes_mail(struct desk *d, bool soft_spam)
{
	struct record *firm = the_firm(d);

	record_set_text(firm, "smtp_host", "127.0.0.1");
	record_set_text(firm, "smtp_security", "none");
	record_set_text(firm, "mail_from", "noi@example.it");
	record_set(firm, "soft_spam", v_int(soft_spam));
	went_well(d, edit(d, firm, "base_url", v_text("https://crm.example.it")));
}

static struct record *campaign_to(struct desk *d, const char *list, const char *query)
{
	struct record *segment =
		make(d, &segment_entity, "name", "Tutti", "entity", list, "query", query, NULL);

	return make(d, &campaign_entity, "name", "Novità", "subject", "Ciao {first_name|a te}",
		"body", "Gentile {first_name|cliente} di {company_name}", "segment_id",
		id_of(d, segment), NULL);
}

static struct record *lead_at(struct desk *d, const char *name, const char *email)
{
	return make(d, &lead_entity, "first_name", name, "last_name", "Rossi", "company_name",
		"Acme", "email", email, NULL);
}

static void says(struct desk *d, const struct record *lead, const char *given)
{
	make(d, &consent_entity, "lead_id", id_of(d, lead), "given", given, "at",
		textf(&d->cx, "%lld", (long long)d->cx.now), NULL);
}

static json_t *audience(struct desk *d, const struct record *campaign)
{
	struct json_out *j = answer(d);

	return told(d, campaign_audience_write(&d->cx, j, campaign->id), j);
}

static int64_t mails(struct desk *d)
{
	return office_count(d->o, "select count(*) from mail where ws = $1");
}

/* Five leads: one of each kind. */
static struct record *five_leads(struct desk *d)
{
	lead_at(d, "Senza", NULL);
	lead_at(d, "Muto", "muto@example.it");
	says(d, lead_at(d, "Certo", "ditta@pec.example.it"), "1");
	says(d, lead_at(d, "Anna", "anna@example.it"), "1");
	says(d, lead_at(d, "Doppia", "ANNA@example.it"), "1");
	says(d, lead_at(d, "Via", "via@example.it"), "1");
	went_well(d, tx_begin(&d->cx) &&
			     suppression_put(&d->cx, suppression_hash(&d->cx, "Via@Example.it"),
				     "by_hand", ""));
	went_well(d, tx_end(&d->cx, true));
	firm_writes_mail(d, false);
	return campaign_to(d, "lead", "");
}

/* S3.14: counted before anything goes out, each with its reason */
static void the_preview_says_who_is_left_out_and_why(void **state)
{
	struct desk *d = *state;
	json_t *seen = audience(d, five_leads(d));

	assert_int_equal(number(seen, "people"), 6);
	assert_int_equal(number(seen, "ready"), 1);
	assert_int_equal(number(seen, "left_out.no_address"), 1);
	assert_int_equal(number(seen, "left_out.no_consent"), 1);
	assert_int_equal(number(seen, "left_out.pec"), 1);
	assert_int_equal(number(seen, "left_out.suppressed"), 1);
	assert_int_equal(number(seen, "left_out.twice"), 1);
}

/* S3.3: once a person, with the way to leave in its head */
static void each_gets_it_once(void **state)
{
	struct desk *d = *state;
	struct record *campaign = five_leads(d);
	struct rows *r;

	went_well(d, campaign_send(&d->cx, campaign->id));
	assert_int_equal(mails(d), 1);
	assert_int_equal(office_count(d->o, "select count(*) from touch where ws = $1"
					    " and kind = 'sent'"),
		1);
	assert_int_equal(number(audience(d, campaign), "left_out.sent"), 2);
	went_well(d, campaign_send(&d->cx, campaign->id));
	assert_int_equal(mails(d), 1);
	r = db_query(
		&d->cx, "select subject, content from mail where ws = $1", ARGS(v_int(d->cx.ws)));
	assert_true(rows_next(r));
	assert_string_equal(rows_text(r, 0), "Ciao Doppia");
	assert_non_null(
		strstr(rows_text(r, 1), "List-Unsubscribe: <https://crm.example.it/f/leave/"));
	assert_non_null(
		strstr(rows_text(r, 1), "List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
	assert_non_null(strstr(rows_text(r, 1), "Gentile Doppia di Acme"));
	assert_true(rows_end(r));
}

/* The newest word counts; as a lead it holds for the contact too. */
static void a_consent_is_withdrawn_as_it_was_given(void **state)
{
	struct desk *d = *state;
	struct record *campaign, *lead;

	firm_writes_mail(d, false);
	campaign = campaign_to(d, "lead", "");
	lead = lead_at(d, "Anna", "anna@example.it");
	says(d, lead, "1");
	assert_int_equal(number(audience(d, campaign), "ready"), 1);
	says(d, lead, "0");
	assert_int_equal(number(audience(d, campaign), "ready"), 0);
	says(d, lead, "1");
	assert_int_equal(number(audience(d, campaign), "ready"), 1);
}

/* Art. 130 c. 4: customers, only when the firm says so, and not who said no */
static void customers_without_consent_are_the_firms_choice(void **state)
{
	struct desk *d = *state;
	struct record *firm = make(d, &company_entity, "name", "Cliente srl", "type", "customer",
		"customer_code", "C1", NULL);
	struct record *campaign, *person = make(d, &contact_entity, "last_name", "Bo", "email",
					 "bo@example.it", "company_id", id_of(d, firm), NULL);

	firm_writes_mail(d, false);
	campaign = campaign_to(d, "contact", "");
	assert_int_equal(number(audience(d, campaign), "ready"), 0);
	firm_writes_mail(d, true);
	assert_int_equal(number(audience(d, campaign), "ready"), 1);
	make(d, &consent_entity, "contact_id", id_of(d, person), "given", "0", NULL);
	assert_int_equal(number(audience(d, campaign), "ready"), 0);
}

static bool leaves(struct ctx *cx, void *arg)
{
	return campaign_leave(cx, arg);
}

/* RFC 8058: a look changes nothing, one post does, also after the lead is gone */
static void one_click_leaves_for_good(void **state)
{
	struct desk *d = *state;
	struct record *campaign, *lead;
	struct api_answer answer;
	struct api_request req = { .query = "",
		.body = "List-Unsubscribe=One-Click",
		.body_len = 26,
		.content_type = "application/x-www-form-urlencoded",
		.host = "crm.example.it",
		.origin = "https://mail.example",
		.peer = "10.0.0.1",
		.accept_language = "en" };
	const char *at;
	struct rows *r;

	firm_writes_mail(d, false);
	campaign = campaign_to(d, "lead", "");
	lead = lead_at(d, "Anna", "anna@example.it");
	says(d, lead, "1");
	went_well(d, campaign_send(&d->cx, campaign->id));
	r = db_query(&d->cx, "select content from mail where ws = $1", ARGS(v_int(d->cx.ws)));
	assert_true(rows_next(r));
	at = strstr(rows_text(r, 0), "/f/leave/");
	req.path = textf(&d->cx, "%.*s", (int)strcspn(at, ">"), at);
	assert_true(rows_end(r));
	d->o->now = d->cx.now;
	req.method = "GET";
	assert_int_equal(office_send(d->o, &req, &answer), 200);
	assert_non_null(strstr(answer.body, "<button>"));
	assert_int_equal(number(audience(d, campaign), "left_out.suppressed"), 0);
	fails_anywhere(d, leaves, strrchr(textf(&d->cx, "%s", req.path), '/') + 1);
	req.method = "POST";
	assert_int_equal(office_send(d->o, &req, &answer), 200);
	assert_int_equal(number(audience(d, campaign), "left_out.suppressed"), 1);
	assert_int_equal(office_count(d->o, "select count(*) from consent where ws = $1"
					    " and given = 0"),
		1);
	went_well(d, take_away(d, reload(d, lead)));
	says(d, lead_at(d, "Anna", "Anna@example.it"), "1");
	assert_int_equal(number(audience(d, campaign), "ready"), 0);
	req.path = textf(&d->cx, "%.*sx", (int)strlen(req.path) - 1, req.path);
	assert_int_equal(office_send(d->o, &req, &answer), 404);
}

static void trials_and_unready_campaigns(void **state)
{
	struct desk *d = *state;
	struct record *campaign = campaign_to(d, "lead", ""), *wrong;

	was_refused(d, campaign_send(&d->cx, campaign->id), PROBLEM_CONFLICT, "mail.not_ready");
	firm_writes_mail(d, false);
	went_well(d, campaign_try(&d->cx, campaign->id, "io@example.it"));
	went_well(d, campaign_try(&d->cx, campaign->id, "io@example.it"));
	assert_int_equal(mails(d), 2);
	was_invalid(d,
		try_make(d, &wrong, &campaign_entity, "name", "X", "body", "{password}", NULL),
		"body");
	was_invalid(d, try_make(d, &wrong, &segment_entity, "name", "X", "query", "shoe=1", NULL),
		"query");
	was_invalid(d,
		try_make(d, &wrong, &segment_entity, "name", "X", "query", "sort=need", NULL),
		"query");
	was_refused(
		d, campaign_stop(&d->cx, campaign->id), PROBLEM_CONFLICT, "campaign.not_running");
}

/* Ten thousand, a few at a time, stopped in between and begun again. */
static void ten_thousand_go_out_in_small_turns(void **state)
{
	struct desk *d = *state;
	struct record *campaign;
	struct json_out *j;
	bool ok;

	ok = op_begin(&d->cx, "record.create");
	for (int i = 0; ok && i < 10000; i++) {
		struct record *lead = record_new(&d->cx, &lead_entity);
		struct record *consent = record_new(&d->cx, &consent_entity);

		record_set_text(lead, "last_name", "Rossi");
		record_set_text(lead, "email", textf(&d->cx, "l%d@example.it", i));
		ok = record_store(&d->cx, lead);
		record_set(consent, "lead_id", v_int(lead->id));
		ok = ok && record_store(&d->cx, consent);
	}
	went_well(d, op_end(&d->cx, ok));
	firm_writes_mail(d, false);
	campaign = campaign_to(d, "lead", "");
	went_well(d, campaign_send(&d->cx, campaign->id));
	assert_int_equal(mails(d), 25);
	assert_true(campaigns_have_more(&d->cx));
	went_well(d, edit(d, the_firm(d), "mails_per_minute", v_int(25)));
	assert_false(campaigns_have_more(&d->cx));
	went_well(d, edit(d, the_firm(d), "mails_per_minute", v_int(26)));
	assert_true(campaigns_have_more(&d->cx));
	was_refused(
		d, campaign_send(&d->cx, campaign->id), PROBLEM_CONFLICT, "campaign.is_running");
	went_well(d, campaigns_go_on(&d->cx));
	went_well(d, campaign_stop(&d->cx, campaign->id));
	assert_int_equal(mails(d), 25 * 61);
	went_well(d, campaigns_go_on(&d->cx));
	assert_int_equal(mails(d), 25 * 61);
	went_well(d, campaign_send(&d->cx, campaign->id));
	for (int i = 0; i < 7; i++)
		went_well(d, campaigns_go_on(&d->cx));
	assert_int_equal(mails(d), 10000);
	assert_false(campaigns_have_more(&d->cx));
	j = answer(d);
	assert_string_equal(
		text(told(d, campaign_run_write(&d->cx, j, campaign->id), j), "state"), "done");
}

static bool send_it(struct ctx *cx, void *arg)
{
	const struct record *campaign = arg;

	return campaign_send(cx, campaign->id);
}

static bool leave_alone(struct ctx *cx, void *arg)
{
	(void)arg;
	return suppression_add(cx, "a@example.it", "Asked");
}

static bool let_in(struct ctx *cx, void *arg)
{
	(void)arg;
	return suppression_lift(cx, "A@example.it", "Asked again");
}

static bool try_again(struct ctx *cx, void *arg)
{
	return mail_retry(cx, *(int64_t *)arg);
}

static bool keep_password(struct ctx *cx, void *arg)
{
	const struct mail_means *means = arg;

	return mail_server_password(cx, means, "segreta");
}

static void a_failure_anywhere_leaves_the_queue_and_the_password(void **state)
{
	struct desk *d = *state;
	struct mail mail = { .to = "a@example.it", .text = "x", .purpose = "test" };
	char key[320];
	struct mail_means means = { .key_file = key };
	int64_t id;

	went_well(d, tx_begin(&d->cx) && mail_queue(&d->cx, &mail));
	went_well(d, db_run(&d->cx, "update mail set state = 'in_doubt', tries = 2 where ws = $1",
			     ARGS(v_int(1))));
	went_well(d, tx_end(&d->cx, true));
	went_well(d, db_int(&d->cx, &id, 0, "select id from mail where ws = $1", ARGS(v_int(1))));
	fails_anywhere(d, try_again, &id);
	was_refused(d, mail_retry(&d->cx, id), PROBLEM_CONFLICT, "mail.not_failed");
	firm_writes_mail(d, false);
	snprintf(key, sizeof(key), "/tmp/key-%ld", (long)getpid());
	fails_anywhere(d, keep_password, &means);
	unlink(key);
}

/* S3.14: with each change stands who made it, and why. */
static void a_failure_anywhere_leaves_an_address_as_it_was(void **state)
{
	struct desk *d = *state;

	fails_anywhere(d, leave_alone, NULL);
	assert_int_equal(office_count(d->o, "select count(*) from suppression where ws = $1"), 1);
	fails_anywhere(d, let_in, NULL);
	assert_int_equal(office_count(d->o, "select count(*) from suppression where ws = $1"), 0);
	assert_int_equal(
		office_count(d->o, "select count(*) from suppression_change where ws = $1"), 2);
}

static void a_failure_anywhere_leaves_nothing_of_a_sending(void **state)
{
	struct desk *d = *state;
	struct record *campaign = five_leads(d);

	fails_anywhere(d, send_it, campaign);
	assert_int_equal(mails(d), 1);
	assert_int_equal(office_count(d->o, "select count(*) from campaign_run where ws = $1"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(the_preview_says_who_is_left_out_and_why),
		AT_DESK(each_gets_it_once),
		AT_DESK(a_consent_is_withdrawn_as_it_was_given),
		AT_DESK(customers_without_consent_are_the_firms_choice),
		AT_DESK(one_click_leaves_for_good),
		AT_DESK(trials_and_unready_campaigns),
		AT_DESK(ten_thousand_go_out_in_small_turns),
		AT_DESK(a_failure_anywhere_leaves_an_address_as_it_was),
		AT_DESK(a_failure_anywhere_leaves_the_queue_and_the_password),
		AT_DESK(a_failure_anywhere_leaves_nothing_of_a_sending),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
