/* The invented firm looks like a firm. */
#include "steps.h"

#include "base/codes.h"
#include "crm/agenda.h"
#include "crm/campaign.h"
#include "crm/demo_data.h"

static int64_t count(struct desk *d, const char *sql)
{
	return office_count(d->o, sql);
}

static void it_has_all_that_was_promised(struct desk *d)
{
	assert_int_equal(count(d, "select count(*) from member where ws = $1"), 10);
	assert_int_equal(
		count(d, "select count(*) from member where ws = $1 and team_id is not null"), 10);
	assert_int_equal(count(d, "select count(*) from team where ws = $1"), 2);
	assert_int_equal(count(d, "select count(*) from lead where ws = $1"), 300);
	assert_int_equal(count(d, "select count(*) from company where ws = $1"), 60);
	assert_int_equal(count(d, "select count(*) from contact where ws = $1"), 90);
	assert_int_equal(count(d, "select count(*) from opportunity where ws = $1"), 80);
	assert_true(count(d, "select count(*) from activity where ws = $1") > 300);
	/* a list that is being worked through (S5.37) */
	assert_int_equal(count(d, "select count(*) from prospect where ws = $1"), 200);
	assert_int_equal(count(d, "select count(distinct state) from prospect where ws = $1"), 4);
	assert_true(count(d, "select count(*) from prospect where ws = $1"
			     " and removed_reason is not null") > 5);
}

/* S3.24 S5.46: each campaign brought something, and cost something */
static void campaigns_have_a_return_to_look_at(struct desk *d)
{
	struct json_out *j = answer(d);
	json_t *table = told(d, campaign_roi_table(&d->cx, j, ATTRIBUTION_FIRST), j);

	assert_int_equal(json_array_size(inside(table, "items")), 3);
	for (int i = 0; i < 3; i++) {
		json_t *line = inside(table, textf(&d->cx, "items.%d", i));

		assert_true(number(line, "wins") > 0);
		assert_true(json_number_value(inside(line, "cost")) > 0);
		assert_true(json_is_number(inside(line, "roi")));
	}
	assert_true(count(d, "select count(*) from lead where ws = $1"
			     " and campaign_id is not null") > 40);
}

static void every_state_and_list_has_some(struct desk *d)
{
	assert_int_equal(count(d, "select count(distinct status_id) from lead where ws = $1"), 7);
	assert_int_equal(
		count(d, "select count(distinct state) from opportunity where ws = $1"), 3);
	assert_int_equal(count(d, "select count(distinct stage_id) from opportunity where ws = $1"
				  " and state = 'open'"),
		4);
	assert_int_equal(count(d, "select count(distinct type) from company where ws = $1"), 2);
	assert_true(count(d, "select count(*) from lead where ws = $1 and next_action_at"
			     " < (select max(at) from op where ws = $1)") > 20);
	assert_true(count(d, "select count(*) from lead where ws = $1 and next_action_at"
			     " > (select max(at) from op where ws = $1)") > 20);
}

static void nothing_happened_in_the_future(struct desk *d)
{
	int64_t last = count(d, "select max(at) from op where ws = $1");

	assert_true(last <= d->cx.now);
	assert_true(last > d->cx.now - days(10));
	assert_int_equal(count(d, "select count(*) from change c where c.ws = $1 and not exists"
				  " (select 1 from op o where o.ws = c.ws and o.id = c.op_id)"),
		0);
}

static void vat_numbers_pass(struct desk *d)
{
	struct rows *r = db_query(&d->cx,
		"select vat_number from company where ws = $1"
		" and vat_number is not null",
		ARGS(v_int(1)));
	char proposal[CODE_TEXT];
	int n = 0;

	for (; rows_next(r); n++)
		assert_int_equal(vat_number_check(rows_text(r, 0), proposal), CODE_GOOD);
	went_well(d, rows_end(r));
	assert_true(n > 50);
}

static void towns_lie_in_their_provinces(struct desk *d)
{
	(void)d;
	for (size_t i = 0; i < demo_city_n; i++) {
		assert_int_equal(strlen(demo_cities[i].province), 2);
		assert_int_equal(strlen(demo_cities[i].postal_code), 5);
		assert_int_equal(demo_cities[i].area_code[0], '0');
	}
}

static void all_speak(const struct demo_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (!demo_english(list->text[i]))
			fail_msg("not in English: %s", list->text[i]);
}

/* S5.46: who tries it in English reads English; names stay Italian. */
static void its_sentences_are_there_in_english(void **state)
{
	static const struct demo_list *const lists[] = { &demo_titles, &demo_needs, &demo_extras,
		&demo_calls, &demo_mails, &demo_meetings, &demo_comments, &demo_notes, &demo_junk,
		&demo_lost };

	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++)
		all_speak(lists[i]);
	for (size_t i = 0; i < demo_sector_n; i++)
		assert_non_null(demo_english(demo_sectors[i].name));
	assert_non_null(demo_english(DEMO_SCRIPT));
	assert_null(demo_english("Officine Adda"));
}

static void the_invented_firm_looks_alive(void **state)
{
	struct desk d = { .o = office_open(OFFICE_DEMO) };

	(void)state;
	d.cx = office_ctx(d.o);
	it_has_all_that_was_promised(&d);
	every_state_and_list_has_some(&d);
	campaigns_have_a_return_to_look_at(&d);
	nothing_happened_in_the_future(&d);
	vat_numbers_pass(&d);
	towns_lie_in_their_provinces(&d);
	office_close(d.o);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(its_sentences_are_there_in_english),
		cmocka_unit_test(the_invented_firm_looks_alive) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
