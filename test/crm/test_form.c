/* Web forms, as visitors and robots meet them. */
#include "visitor.h"

#include <stdio.h>
#include <stdlib.h>

#include "crm/web_form.h"
#include "mail/mail.h"

static int64_t posts(struct desk *d)
{
	return office_count(d->o, "select count(*) from form_post where ws = $1");
}

/* S5.14 S3.6 S3.8 S3.9: to do at once, of the form's source and campaign */
static void a_post_is_a_lead(void **state)
{
	struct desk *d = *state;
	struct record *fair = make(d, &campaign_entity, "name", "Fiera", NULL), *lead;
	struct record *source = make(d, &source_entity, "name", "Pagina", NULL);
	struct record *form = make(d, &web_form_entity, "name", "Contatti", "consent_it", "Accetto",
		"campaign_id", textf(&d->cx, "%lld", (long long)fair->id), "source_id",
		textf(&d->cx, "%lld", (long long)source->id), NULL);
	const char *page;

	assert_int_equal(send_after(d, form, 5000, GOOD "&consent=yes&role=admin", &page), 200);
	assert_non_null(strstr(page, "Grazie"));
	went_well(d, record_find(&d->cx, &lead_entity, "email", v_text("anna@example.it"), &lead));
	assert_non_null(lead);
	assert_string_equal(record_text(lead, "last_name"), "D'Amico");
	assert_string_equal(record_text(lead, "need"), "<script>");
	assert_true(record_int(lead, "campaign_id") == fair->id);
	assert_true(record_int(lead, "source_id") == source->id);
	d->cx.now += 60000;
	assert_string_equal(record_text(reload(d, lead), "agenda"), "todo");
	assert_int_equal(office_count(d->o, "select count(*) from consent where ws = $1"
					    " and given = 1 and text_version = 1 and how = 'form'"),
		1);
	assert_int_equal(office_count(d->o, "select count(*) from touch where ws = $1"
					    " and kind = 'form'"),
		1);
}

/* S5.14: no second lead, and no word of it to the visitor */
static void the_same_person_is_no_second_lead(void **state)
{
	struct desk *d = *state;
	struct record *form = form_of(d, "lang", "it");
	const char *first, *second;

	assert_int_equal(send_after(d, form, 5000, GOOD, &first), 200);
	assert_int_equal(send_after(d, form, 5000, GOOD, &second), 200);
	assert_string_equal(first, second);
	assert_int_equal(leads_there(d), 1);
	assert_int_equal(office_count(d->o, "select count(*) from activity where ws = $1"
					    " and lead_id is not null and body like '%<script>%'"),
		1);
}

static struct record *row_of(struct desk *d, const char *email)
{
	struct record *source = make(d, &source_entity, "name", "Lista", NULL);
	struct record *list = make(d, &prospect_list_entity, "name", "Fiera", "source_id",
		textf(&d->cx, "%lld", (long long)source->id), NULL);

	return make(d, &prospect_entity, "list_id", textf(&d->cx, "%lld", (long long)list->id),
		"company_name", "Conti srl", "last_name", "Contti", "employees", "molti", "email",
		email, NULL);
}

/* S3.6: the form is the first manifestation of interest of a suspect */
static void who_stands_in_a_list_becomes_a_lead_by_the_form(void **state)
{
	struct desk *d = *state;
	struct record *fair = make(d, &campaign_entity, "name", "Fiera", NULL), *lead;
	struct record *row = row_of(d, "c@example.it");
	struct record *form = form_of(d, "campaign_id", textf(&d->cx, "%lld", (long long)fair->id));
	const char *post = "last_name=Conti&email=c%40example.it&consent=yes", *page;

	assert_int_equal(send_after(d, form, 5000, post, &page), 200);
	row = reload(d, row);
	assert_string_equal(record_text(row, "state"), "lead");
	went_well(d,
		record_load(&d->cx, &lead_entity, record_int(row, "lead_id"), RIGHT_READ, &lead));
	/* what they wrote themselves goes over the cells, and no cell is lost */
	assert_string_equal(record_text(lead, "last_name"), "Conti");
	assert_string_equal(record_text(lead, "company_name"), "Conti srl");
	assert_non_null(strstr(record_text(lead, "custom"), "molti"));
	assert_true(record_int(lead, "campaign_id") == fair->id);
	assert_true(record_has(lead, "source_id"));
	assert_int_equal(office_count(d->o, "select count(*) from touch where ws = $1 and"
					    " kind = 'form' and lead_id is not null"
					    " and prospect_id is not null"),
		1);
	assert_int_equal(office_count(d->o, "select count(*) from consent where ws = $1"
					    " and lead_id is not null"),
		1);
	/* again: no second lead */
	assert_int_equal(send_after(d, form, 5000, post, &page), 200);
	assert_int_equal(leads_there(d), 1);
}

/* S5.14: what people write stays text, and what is missing is said by its field */
static void the_page_is_shown_again_with_what_is_wrong(void **state)
{
	struct desk *d = *state;
	struct record *form = form_of(d, "lang", "it");
	const char *page;

	assert_int_equal(
		send_after(d, form, 5000, "last_name=%22%3E%3Cb%3E&email=nothing", &page), 422);
	assert_non_null(strstr(page, "value=\"&quot;&gt;&lt;b&gt;\""));
	assert_non_null(strstr(page, "id=\"email-wrong\""));
	assert_null(strstr(page, "<b>"));
	assert_int_equal(leads_there(d), 0);
	assert_int_equal(send_after(d, form, 5000, "email=a%40example.it", &page), 422);
	assert_non_null(strstr(page, "id=\"last_name-wrong\""));
}

static bool accepts(struct ctx *cx, void *arg)
{
	struct record *lead;

	return form_post_accept(cx, *(int64_t *)arg, &lead);
}

/* S5.14: robots see the same thanks, and are put aside for 30 days */
static void what_a_robot_sends_is_put_aside(void **state)
{
	struct desk *d = *state;
	struct record *form = form_of(d, "lang", "it"), *lead;
	const char *page, *fine;
	int64_t id;

	assert_int_equal(send_after(d, form, 2999, GOOD, &page), 200);
	assert_int_equal(send_after(d, form, 5000, GOOD "&homepage=x", &page), 200);
	assert_int_equal(leads_there(d), 0);
	assert_int_equal(posts(d), 2);
	went_well(d, db_int(&d->cx, &id, 0, "select min(id) from form_post where ws = $1",
			     ARGS(v_int(d->cx.ws))));
	fails_anywhere(d, accepts, &id);
	went_well(d, record_load(&d->cx, &lead_entity,
			     office_count(d->o, "select max(id) from lead where ws = $1"),
			     RIGHT_READ, &lead));
	assert_string_equal(record_text(lead, "email"), "anna@example.it");
	assert_int_equal(send_after(d, form, 5000, GOOD, &fine), 200);
	assert_string_equal(page, fine);
	d->cx.now += days(29);
	went_well(d, form_sweep(&d->cx));
	assert_int_equal(posts(d), 1);
	d->cx.now += days(2);
	went_well(d, form_sweep(&d->cx));
	assert_int_equal(posts(d), 0);
}

/* S5.14: no time, a forged one, one of another form, one of yesterday */
static void a_page_that_is_not_ours_or_old_is_looked_at_again(void **state)
{
	struct desk *d = *state;
	struct record *form = form_of(d, "lang", "it"), *other = form_of(d, "lang", "it");
	const char *page, *stamp, *forged[3];

	assert_int_equal(visit(d, "GET", path_of(d, other), "", &page), 200);
	forged[0] = GOOD;
	forged[1] = GOOD "&t=1767603600000.0123456789abcdef";
	forged[2] = textf(&d->cx, "%s&t=%s", GOOD, stamp_in(d, page));
	d->cx.now += 5000;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(visit(d, "POST", path_of(d, form), forged[i], &page), 200);
		assert_non_null(strstr(page, "value=\"anna@example.it\""));
		assert_int_equal(leads_there(d), 0);
	}
	stamp = stamp_in(d, page);
	assert_int_equal(send_after(d, form, days(2), GOOD, &page), 200);
	assert_int_equal(leads_there(d), 0);
	assert_int_equal(visit(d, "POST", path_of(d, form),
				 textf(&d->cx, "%s&t=%s", GOOD, stamp_in(d, page)), &page),
		200);
	assert_int_equal(leads_there(d), 1);
	assert_non_null(stamp);
}

/* S5.14: switched off, renewed, unknown, from elsewhere */
static void the_key_opens_its_form_alone(void **state)
{
	struct desk *d = *state;
	struct record *form = form_of(d, "origins", "https://www.example.it/\nhttps://b.example");
	const char *page, *old = path_of(d, form);
	struct api_answer answer;
	struct api_request req = { .method = "POST",
		.path = old,
		.query = "",
		.body = GOOD,
		.body_len = strlen(GOOD),
		.content_type = "application/x-www-form-urlencoded",
		.host = "crm.example.it",
		.peer = "10.9.9.9",
		.origin = "https://evil.example" };

	assert_int_equal(office_send(d->o, &req, &answer), 403);
	req.origin = "https://www.example.it";
	assert_int_equal(office_send(d->o, &req, &answer), 200);
	req.content_type = "application/json";
	assert_int_equal(office_send(d->o, &req, &answer), 415);
	assert_int_equal(visit(d, "DELETE", old, "", &page), 405);
	assert_int_equal(visit(d, "GET", "/f/", "", &page), 404);
	assert_int_equal(visit(d, "GET", "/f/confirm/nothing", "", &page), 404);
	went_well(d, form_renew(&d->cx, form->id, &form));
	assert_int_equal(visit(d, "GET", old, "", &page), 404);
	assert_int_equal(visit(d, "GET", path_of(d, form), "", &page), 200);
	went_well(d, edit(d, reload(d, form), "active", v_int(0)));
	assert_int_equal(visit(d, "GET", path_of(d, form), "", &page), 403);
	assert_int_equal(leads_there(d), 0);
}

/* S5.14: row 79 of the requirements on hostile posts */
static void a_thousand_posts_of_one_address_are_ten(void **state)
{
	struct desk *d = *state;
	struct record *form = form_of(d, "lang", "it");
	struct api_answer answer;
	struct api_request req = { .method = "POST",
		.path = path_of(d, form),
		.query = "",
		.body = GOOD,
		.body_len = strlen(GOOD),
		.content_type = "application/x-www-form-urlencoded",
		.host = "crm.example.it",
		.peer = "10.8.8.8" };
	int taken = 0;

	d->o->api.no_limits = false;
	for (int i = 0; i < 100; i++) {
		int status = office_send(d->o, &req, &answer);

		taken += status == 200;
		assert_true(status == 200 || (status == 429 && answer.retry_after > 0));
	}
	assert_int_equal(taken, 10);
	req.body_len = 16 * 1024 + 1;
	req.body = calloc(1, req.body_len + 1);
	req.peer = "10.8.8.7";
	assert_int_equal(office_send(d->o, &req, &answer), 413);
	free((char *)(uintptr_t)req.body);
}

/* The first n characters of quoted-printable, its soft line ends taken out. */
static const char *unwrapped(struct desk *d, const char *at, size_t n)
{
	char *text = arena_alloc(d->cx.mem, n + 1);
	size_t len = 0;

	for (; *at && len < n; at++)
		if (*at == '=')
			at += strspn(at + 1, "\r\n");
		else
			text[len++] = *at;
	text[len] = '\0';
	return text;
}

static bool confirms(struct ctx *cx, void *arg)
{
	struct record *form;

	return form_confirm(cx, arg, &form);
}

/* S5.14: no lead until the link was followed; looking at it changes nothing */
static void an_address_is_confirmed_first(void **state)
{
	struct desk *d = *state;
	struct record *form, *firm;
	const char *page, *at, *link;
	struct rows *r;

	went_well(d, record_find(&d->cx, &firm_entity, "lang", v_text("en"), &firm));
	if (!firm)
		went_well(d, record_find(&d->cx, &firm_entity, "lang", v_text("it"), &firm));
	was_invalid(d,
		try_make(d, &form, &web_form_entity, "name", "X", "double_opt_in", "1", NULL),
		"double_opt_in");
	went_well(d, edit(d, firm, "base_url", v_text("https://crm.example.it")));
	form = form_of(d, "double_opt_in", "1");
	assert_int_equal(send_after(d, form, 5000, GOOD, &page), 200);
	assert_int_equal(send_after(d, form, 5000, GOOD "&phone=0512345", &page), 200);
	assert_int_equal(leads_there(d), 0);
	assert_int_equal(office_count(d->o, "select count(*) from mail where ws = $1"), 1);
	r = db_query(&d->cx, "select content from mail where ws = $1", ARGS(v_int(d->cx.ws)));
	assert_true(rows_next(r));
	at = strstr(rows_text(r, 0), "/f/confirm/");
	assert_non_null(at);
	link = unwrapped(d, at, strlen("/f/confirm/crm_") + 43);
	assert_true(rows_end(r));
	assert_int_equal(visit(d, "GET", link, "", &page), 200);
	assert_non_null(strstr(page, "<button>"));
	assert_int_equal(leads_there(d), 0);
	fails_anywhere(d, confirms, strrchr(link, '/') + 1);
	assert_int_equal(leads_there(d), 1);
	assert_int_equal(posts(d), 0);
	assert_int_equal(visit(d, "POST", link, "", &page), 404);
}

/* S5.14: by turns */
static void leads_go_round_the_team(void **state)
{
	struct desk *d = *state;
	struct record *team = make(d, &team_entity, "name", "Nord", NULL);
	const char *id = textf(&d->cx, "%lld", (long long)team->id), *page;
	struct record *form;

	office_user(d->o, "a@example.it", "sales", team->id);
	office_user(d->o, "b@example.it", "sales", team->id);
	form = form_of(d, "team_id", id);
	for (int i = 0; i < 4; i++)
		assert_int_equal(
			send_after(d, form, 5000,
				textf(&d->cx, "last_name=L%d&email=l%d%%40example.it", i, i),
				&page),
			200);
	assert_int_equal(
		office_count(d->o, "select count(distinct owner_id) from lead where ws = $1"), 2);
	assert_int_equal(office_count(d->o, "select max(n) from (select count(*) as n from lead"
					    " where ws = $1 group by owner_id) x"),
		2);
}

struct sent {
	struct record *form;
	struct params params;
};

static bool take_it(struct ctx *cx, void *arg)
{
	struct sent *sent = arg;
	enum form_end end;

	return form_take(cx, sent->form, &sent->params, &end);
}

static bool renew_it(struct ctx *cx, void *arg)
{
	struct record *form = arg, *renewed;

	return form_renew(cx, form->id, &renewed);
}

static void a_failure_anywhere_leaves_nothing_of_a_post(void **state)
{
	struct desk *d = *state;
	struct record *form = form_of(d, "lang", "it");
	const char *page;

	assert_int_equal(visit(d, "GET", path_of(d, form), "", &page), 200);

	struct param p[] = { { "last_name", "Conti" }, { "email", "c@example.it" },
		{ "consent", "yes" }, { "t", stamp_in(d, page) } };
	struct sent sent = { form, { p, COUNT(p) } };

	d->cx.now += 5000;
	fails_anywhere(d, take_it, &sent);
	fails_anywhere(d, take_it, &sent);
	p[1].value = "row@example.it";
	row_of(d, "row@example.it");
	fails_anywhere(d, take_it, &sent);
	p[1].value = "bo@example.it";
	make(d, &contact_entity, "last_name", "Conti", "email", "bo@example.it", NULL);
	fails_anywhere(d, take_it, &sent);
	fails_anywhere(d, renew_it, form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(a_post_is_a_lead),
		AT_DESK(the_same_person_is_no_second_lead),
		AT_DESK(who_stands_in_a_list_becomes_a_lead_by_the_form),
		AT_DESK(the_page_is_shown_again_with_what_is_wrong),
		AT_DESK(what_a_robot_sends_is_put_aside),
		AT_DESK(a_page_that_is_not_ours_or_old_is_looked_at_again),
		AT_DESK(the_key_opens_its_form_alone),
		AT_DESK(a_thousand_posts_of_one_address_are_ten),
		AT_DESK(an_address_is_confirmed_first),
		AT_DESK(leads_go_round_the_team),
		AT_DESK(a_failure_anywhere_leaves_nothing_of_a_post),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
