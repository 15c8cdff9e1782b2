/* The morning mail: who gets it, when, how often, and what it says. */
#include "steps.h"

#include "base/clock.h"
#include "crm/digest.h"
#include "crm/firm.h"

#define HOUR (INT64_C(3600) * 1000)
#define MINUTE (INT64_C(60) * 1000)

static int64_t at(const char *instant)
{
	int64_t ms = 0;

	assert_true(clock_read(instant, &ms));
	return ms;
}

static void set_up_mail(struct desk *d, const char *base_url)
{
	struct record *firm;

	went_well(d, firm_load(&d->cx, &firm));
	record_set_text(firm, "smtp_host", "127.0.0.1");
	record_set_text(firm, "mail_from", "crm@prova.it");
	went_well(d, edit(d, firm, "base_url", *base_url ? v_text(base_url) : v_null()));
}

/* One who reads Italian. */
static struct record *person(struct desk *d, const char *email, const char *role, int64_t team)
{
	int64_t id = office_user(d->o, email, role, team);
	struct record *user;

	went_well(d, record_find(&d->cx, &user_entity, "id", v_int(id), &user));
	went_well(d, edit(d, user, "lang", v_text("it")));
	return user;
}

static struct record *lead_of(struct desk *d, const struct record *owner, const char *name)
{
	return make(d, &lead_entity, "last_name", name, "company_name", "Ditta <& C.>", "owner_id",
		textf(&d->cx, "%lld", (long long)owner->id), NULL);
}

static void run(struct desk *d)
{
	struct ctx cx = d->cx;

	went_well(d, digest_send_due(&cx));
}

static int64_t mails(struct desk *d)
{
	return office_count(d->o, "select count(*) from mail where ws = $1 and purpose = 'digest'");
}

static void preview(struct desk *d, const struct record *user, struct mail *mail)
{
	bool due;

	went_well(d, digest_preview(&d->cx, user->id, mail, &due));
}

static void says(const char *text, const char *words)
{
	if (!strstr(text, words))
		fail_msg("\"%s\" is not in:\n%s", words, text);
}

static void says_not(const char *text, const char *words)
{
	if (strstr(text, words))
		fail_msg("\"%s\" is in:\n%s", words, text);
}

/* S4.26, C23: at his hour, once, and nothing while there is nothing. */
static void a_day_has_one_mail_and_none_when_empty(void **state)
{
	struct desk *d = *state;
	struct record *anna = person(d, "anna@example.it", "sales", 0);

	set_up_mail(d, "https://crm.prova.it");
	run(d);
	assert_int_equal(mails(d), 0);
	lead_of(d, anna, "Rossi");
	d->cx.now = at("2026-01-12T05:59:59Z"); /* 06:59 in Rome */
	run(d);
	assert_int_equal(mails(d), 0);
	d->cx.now = at("2026-01-12T06:00:00Z");
	for (int i = 0; i < 5; i++, d->cx.now += MINUTE)
		run(d);
	assert_int_equal(mails(d), 2); /* hers, and the admin's who reads all */
	d->cx.now = at("2026-01-12T22:59:00Z");
	run(d);
	assert_int_equal(mails(d), 2);
	d->cx.now = at("2026-01-13T06:00:00Z");
	run(d);
	assert_int_equal(mails(d), 4);
}

static void a_clock_that_jumps_sends_one_ahead_and_none_going_back(void **state)
{
	struct desk *d = *state;
	struct record *anna = person(d, "anna@example.it", "sales", 0);

	set_up_mail(d, "https://crm.prova.it");
	lead_of(d, anna, "Rossi");
	d->cx.now = at("2026-01-14T10:00:00Z");
	run(d);
	assert_int_equal(mails(d), 2);
	d->cx.now += days(40);
	run(d);
	assert_int_equal(mails(d), 4);
	d->cx.now -= days(40);
	run(d);
	assert_int_equal(mails(d), 4);
	d->cx.now += days(1);
	run(d);
	assert_int_equal(mails(d), 6);
	/* a day back, then two forward: of each day and person there is one */
	d->cx.now -= days(1);
	run(d);
	assert_int_equal(mails(d), 6);
	d->cx.now += days(2);
	run(d);
	assert_int_equal(mails(d), 8);
	run(d);
	assert_int_equal(mails(d), 8);
	assert_int_equal(
		office_count(d->o, "select count(*) from (select distinct recipient, once from"
				   " mail where ws = $1 and purpose = 'digest') x"),
		8);
}

/* Two in the morning does not come in spring, and comes twice in autumn. */
static void days_of_23_and_25_hours_have_one_each(void **state)
{
	struct desk *d = *state;
	struct record *anna = person(d, "anna@example.it", "sales", 0);
	static const char *const starts[] = { "2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z" };

	set_up_mail(d, "https://crm.prova.it");
	went_well(d, edit(d, anna, "digest_hour", v_int(2)));
	lead_of(d, anna, "Rossi");
	for (size_t i = 0; i < COUNT(starts); i++) {
		int64_t before;

		d->cx.now = at(starts[i]);
		run(d);
		before = office_count(d->o,
			"select count(*) from mail where ws = $1 and recipient = 'anna@example.it'");
		for (int step = 0; step < 48; step++) {
			d->cx.now += HOUR / 2;
			run(d);
		}
		assert_int_equal(
			office_count(d->o,
				"select count(*) from mail where ws = $1 and recipient = 'anna@example.it'"),
			before + 1);
	}
}

static void each_has_an_hour_a_zone_and_a_switch(void **state)
{
	struct desk *d = *state;
	struct record *anna = person(d, "anna@example.it", "sales", 0);
	struct record *bea = person(d, "bea@example.it", "sales", 0);
	struct record *carlo = person(d, "carlo@example.it", "sales", 0);

	set_up_mail(d, "https://crm.prova.it");
	record_set_text(anna, "time_zone", "Asia/Tokyo");
	went_well(d, edit(d, anna, "digest_hour", v_int(6)));
	went_well(d, edit(d, bea, "digest_hour", v_int(20)));
	went_well(d, edit(d, carlo, "digest", v_int(0)));
	lead_of(d, anna, "Rossi");
	lead_of(d, bea, "Verdi");
	lead_of(d, carlo, "Neri");
	d->cx.now = at("2026-01-13T21:00:00Z"); /* 06:00 of the 14th in Tokyo */
	run(d);
	assert_int_equal(office_count(d->o, "select count(*) from mail where ws = $1"
					    " and once like 'digest:%:2026-01-14'"),
		1);
	assert_int_equal(office_count(d->o, "select count(*) from mail where ws = $1"
					    " and recipient = 'bea@example.it'"),
		1);
	assert_int_equal(office_count(d->o, "select count(*) from mail where ws = $1"
					    " and recipient = 'carlo@example.it'"),
		0);
	was_invalid(d, edit(d, bea, "digest_hour", v_int(24)), "digest_hour");
	was_invalid(d, edit(d, carlo, "time_zone", v_text("Europe/Atlantis")), "time_zone");
}

static void a_manager_gets_the_teams_by_person_and_phase(void **state)
{
	struct desk *d = *state;
	struct record *team = make(d, &team_entity, "name", "Nord", NULL);
	struct record *marta = person(d, "marta@example.it", "manager", team->id);
	struct record *anna = person(d, "anna@example.it", "sales", team->id);
	struct record *ugo = person(d, "ugo@example.it", "sales", 0);
	struct mail mail;

	set_up_mail(d, "https://crm.prova.it/");
	went_well(d, edit(d, anna, "lang", v_text("en")));
	lead_of(d, marta, "Martelli");
	lead_of(d, anna, "Rossi");
	lead_of(d, ugo, "Altrove");
	d->cx.now += days(7);
	preview(d, marta, &mail);
	says(mail.subject, "tuoi 1, di altri 1");
	says(mail.text, "Martelli");
	says(mail.text, "Rossi");
	says_not(mail.text, "Altrove");
	says(mail.html, "anna@example.it");
	says(mail.html, "Ditta &lt;&amp; C.&gt;");
	preview(d, anna, &mail);
	assert_string_equal(mail.subject, "Expired leads: 1");
	says(mail.text, "Set next action: https://crm.prova.it/leads/");
	says(mail.text, "?do=next-action");
	says_not(mail.text, "Martelli");
	says_not(mail.text, "//leads");
}

/* Without an address there are no links, and the admin is told so, once. */
static void the_admin_is_told_once_that_links_lack_an_address(void **state)
{
	struct desk *d = *state;
	struct record *anna = person(d, "anna@example.it", "sales", 0), *admin;
	struct mail mail;

	set_up_mail(d, "");
	lead_of(d, anna, "Rossi");
	d->cx.now += days(7);
	went_well(d, record_find(&d->cx, &user_entity, "email", v_text(OFFICE_ADMIN), &admin));
	went_well(d, edit(d, admin, "lang", v_text("it")));
	preview(d, anna, &mail);
	says_not(mail.html, "href");
	says_not(mail.text, "indirizzo di Crisalide");
	preview(d, admin, &mail);
	says(mail.text, "indirizzo di Crisalide");
	run(d);
	d->cx.now += days(1);
	preview(d, admin, &mail);
	says_not(mail.text, "indirizzo di Crisalide");
	says(mail.text, "Rossi");
}

/* Long lists are cut, and say so. */
static void more_than_a_mail_holds_is_counted(void **state)
{
	struct desk *d = *state;
	struct record *anna = person(d, "anna@example.it", "sales", 0);
	struct mail mail;

	set_up_mail(d, "https://crm.prova.it");
	for (int i = 0; i < 103; i++)
		lead_of(d, anna, textf(&d->cx, "Numero %d", i));
	d->cx.now += days(7);
	preview(d, anna, &mail);
	assert_string_equal(mail.subject, "Lead scaduti: 103");
	says(mail.text, "e altri 3: https://crm.prova.it/leads?expired=true&owner_id=");
	says(mail.html, "expired=true&amp;owner_id=");
}

static bool sends(struct ctx *cx, void *arg)
{
	bool ok = digest_send_due(cx);

	(void)arg;
	return ok;
}

/* A failure leaves neither the mail without the day nor the day without it. */
static void sending_survives_a_failure_anywhere(void **state)
{
	struct desk *d = *state;
	struct record *anna = person(d, "anna@example.it", "sales", 0);
	bool ok = false;
	int n = 0;

	set_up_mail(d, "https://crm.prova.it");
	lead_of(d, anna, "Rossi");
	d->cx.now += days(8);
	for (; !ok; n++) {
		struct ctx cx = d->cx;

		db_fail_after(cx.db, n);
		ok = sends(&cx, NULL);
		db_fail_after(cx.db, -1);
		assert_true(mails(d) ==
			    office_count(d->o, "select count(*) from digest where ws = $1"));
		assert_true(n < 200);
	}
	assert_true(n > 6);
	assert_int_equal(mails(d), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(a_day_has_one_mail_and_none_when_empty),
		AT_DESK(a_clock_that_jumps_sends_one_ahead_and_none_going_back),
		AT_DESK(days_of_23_and_25_hours_have_one_each),
		AT_DESK(each_has_an_hour_a_zone_and_a_switch),
		AT_DESK(a_manager_gets_the_teams_by_person_and_phase),
		AT_DESK(the_admin_is_told_once_that_links_lack_an_address),
		AT_DESK(more_than_a_mail_holds_is_counted),
		AT_DESK(sending_survives_a_failure_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
