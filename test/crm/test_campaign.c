/* Campaigns: the figure they are judged by, against the plainest SQL. */
#include "steps.h"

#include "crm/campaign.h"
#include "crm/conversion.h"
#include "crm/lead_park.h"
#include "crm/opportunity.h"

static const char *id_of(struct desk *d, const struct record *rec)
{
	return textf(&d->cx, "%lld", (long long)rec->id);
}

static struct record *campaign_named(struct desk *d, const char *name)
{
	return make(d, &campaign_entity, "name", name, NULL);
}

static void costs(
	struct desk *d, const struct record *campaign, const char *cents, const char *currency)
{
	make(d, &campaign_cost_entity, "campaign_id", id_of(d, campaign), "amount", cents,
		"currency", currency, NULL);
}

static void touches(struct desk *d, const struct record *campaign, const struct record *lead)
{
	struct touch_ask ask = { .lead_id = lead->id, .kind = "call", .note = "" };
	struct touch_made made;

	d->cx.now += 1000;
	went_well(d, campaign_touch(&d->cx, campaign->id, &ask, &made));
}

/* A lead that both touch in that order, converted and won. */
static struct record *won_after(struct desk *d, const struct record *first,
	const struct record *second, const char *cents, const char *currency)
{
	struct record *lead = make(d, &lead_entity, "last_name", "Rossi", "budget", cents,
		"budget_currency", currency, NULL);
	struct conversion how = { 0 };
	struct conversion_outcome made;
	struct win win = { .closed_on = "", .customer_code = "" };
	struct win_outcome outcome;

	touches(d, first, lead);
	if (second)
		touches(d, second, lead);
	went_well(d, lead_convert(&d->cx, lead->id, &how, &made));
	d->cx.now += 1000;
	went_well(d, opportunity_win(&d->cx, made.opportunity->id, &win, &outcome));
	return outcome.opportunity;
}

static struct record *touched_by(
	struct desk *d, const struct record *campaign, struct record *lead, const char *kind)
{
	struct touch_ask ask = { .lead_id = lead->id, .kind = kind, .note = "" };
	struct touch_made made;

	d->cx.now += 1000;
	went_well(d, campaign_touch(&d->cx, campaign->id, &ask, &made));
	return reload(d, lead);
}

/* S3.16 S3.6: nurture bears fruit; what we do ourselves is no answer */
static void who_answers_is_worked_on_again(void **state)
{
	struct desk *d = *state;
	struct record *care = campaign_named(d, "Care"), **leads;
	struct record *lead = make(d, &lead_entity, "last_name", "Rossi", NULL);
	struct parking p = {
		.ids = &lead->id, .n = 1, .until = "2026-06-02", .note = "", .campaign_id = care->id
	};
	struct touch_ask old = {
		.lead_id = lead->id, .kind = "", .note = "", .at = d->cx.now - days(90)
	};
	struct touch_made made;

	went_well(d, lead_park(&d->cx, &p, &leads));
	assert_string_equal(
		record_text(touched_by(d, care, lead, "sent"), "status_type"), "frozen");
	assert_false(record_has(reload(d, lead), "last_activity_at"));
	lead = touched_by(d, care, lead, "call");
	assert_string_equal(record_text(lead, "status_type"), "frozen");
	assert_true(record_int(lead, "last_activity_at") == d->cx.now);
	assert_false(record_has(lead, "last_answer_at"));
	/* what was long before it was laid aside */
	went_well(d, campaign_touch(&d->cx, care->id, &old, &made));
	assert_string_equal(record_text(reload(d, lead), "status_type"), "frozen");
	lead = touched_by(d, care, lead, "answered");
	assert_string_equal(record_text(lead, "status_type"), "open");
	assert_string_equal(record_text(lead, "agenda"), "todo");
	assert_string_equal(record_text(lead, "temperature"), "warm");
	assert_string_equal(record_text(lead, "next_action_note"), "Care");
	assert_false(record_has(lead, "nurture_campaign_id"));
	assert_true(record_int(lead, "last_answer_at") == d->cx.now);
	undo_last(d);
	lead = reload(d, lead);
	assert_string_equal(record_text(lead, "status_type"), "frozen");
	assert_string_equal(record_text(lead, "parked_until"), "2026-06-02");
	assert_true(record_int(lead, "nurture_campaign_id") == care->id);
	assert_true(record_int(lead, "last_answer_at") == old.at);
}

static json_t *roi(struct desk *d, const struct record *campaign, enum attribution how)
{
	struct json_out *j = answer(d);

	return told(d, campaign_roi_write(&d->cx, j, campaign->id, how), j);
}

static int64_t cents(json_t *tree, const char *path)
{
	double units = json_number_value(inside(tree, path));

	return (int64_t)(units * 100 + (units < 0 ? -0.5 : 0.5));
}

/* Straight from the tables: revenue of the deals whose first touch is this
 * campaign's, in cents of the base currency. */
static int64_t revenue_by_sql(struct desk *d, const struct record *campaign)
{
	return office_count(d->o,
		textf(&d->cx,
			"select cast(coalesce(sum(case o.currency when 'EUR' then o.amount"
			" else round(o.amount * (select r.rate from rate r where r.ws = $1"
			" and r.currency = o.currency order by r.day limit 1) / 1000000.0) end), 0)"
			" as bigint) from opportunity o where o.ws = $1 and o.state = 'won'"
			" and %lld = (select t.campaign_id from touch t where t.ws = $1"
			" and t.lead_id = o.lead_id order by t.at, t.id limit 1)",
			(long long)campaign->id));
}

/* S3.24 C17 C21 */
static void the_figure_is_what_plain_sql_says(void **state)
{
	static const char *const currencies[] = { "EUR", "USD", "GBP", "CHF" };
	struct desk *d = *state;
	struct record *c[3];
	int64_t sum = 0;

	for (int i = 0; i < 3; i++) {
		c[i] = campaign_named(d, textf(&d->cx, "C%d", i));
		costs(d, c[i], "10000", "EUR");
		costs(d, c[i], "10000", "USD");
	}
	for (int i = 0; i < 12; i++)
		won_after(d, c[i % 3], i % 2 ? c[(i + 1) % 3] : NULL,
			textf(&d->cx, "%d", 10001 + 777 * i), currencies[i % 4]);
	for (int i = 0; i < 3; i++) {
		json_t *first = roi(d, c[i], ATTRIBUTION_FIRST);

		assert_int_equal(cents(first, "revenue"), revenue_by_sql(d, c[i]));
		assert_int_equal(number(first, "wins"), 4);
		assert_int_equal(cents(first, "cost"), 19000);
		sum += cents(first, "revenue") - cents(roi(d, c[i], ATTRIBUTION_LAST), "revenue");
		sum += cents(first, "revenue") - cents(roi(d, c[i], ATTRIBUTION_EVEN), "revenue");
	}
	assert_int_equal(sum, 0); /* each way gives all of it to somebody, once */
}

/* C17: two wins, one cost */
static void two_wins_count_the_cost_once(void **state)
{
	struct desk *d = *state;
	struct record *fair = campaign_named(d, "Fair");
	json_t *figure;

	costs(d, fair, "100000", "EUR");
	won_after(d, fair, NULL, "150000", "EUR");
	won_after(d, fair, NULL, "150000", "EUR");
	figure = roi(d, fair, ATTRIBUTION_FIRST);
	assert_int_equal(cents(figure, "cost"), 100000);
	assert_int_equal(cents(figure, "revenue"), 300000);
	assert_int_equal(cents(figure, "roi"), 200);
	undo_last(d);
	figure = roi(d, fair, ATTRIBUTION_FIRST);
	assert_int_equal(cents(figure, "revenue"), 150000);
	assert_int_equal(cents(figure, "roi"), 50);
}

/* C17: to the cent */
static void an_even_split_loses_no_cent(void **state)
{
	struct desk *d = *state;
	struct record *a = campaign_named(d, "A"), *b = campaign_named(d, "B");

	won_after(d, a, b, "10001", "EUR");
	assert_int_equal(cents(roi(d, a, ATTRIBUTION_EVEN), "revenue"), 5001);
	assert_int_equal(cents(roi(d, b, ATTRIBUTION_EVEN), "revenue"), 5000);
	assert_true(json_is_null(inside(roi(d, a, ATTRIBUTION_EVEN), "roi")));
}

/* C17: what came after the win has not brought it */
static void a_touch_after_the_win_has_no_part(void **state)
{
	struct desk *d = *state;
	struct record *a = campaign_named(d, "A"), *late = campaign_named(d, "Late");
	struct record *deal = won_after(d, a, NULL, "10000", "EUR");
	struct record *lead;

	went_well(d,
		record_load(&d->cx, &lead_entity, record_int(deal, "lead_id"), RIGHT_READ, &lead));
	d->cx.now += days(2);
	touches(d, late, lead);
	assert_int_equal(cents(roi(d, late, ATTRIBUTION_LAST), "revenue"), 0);
	assert_int_equal(cents(roi(d, a, ATTRIBUTION_LAST), "revenue"), 10000);
}

static bool meet_somebody(struct ctx *cx, void *arg)
{
	const struct record *fair = arg;
	json_t *lead = json_pack("{s:s}", "last_name", "Conti");
	struct touch_ask ask = { .lead = lead, .kind = "visit", .note = "" };
	struct touch_made made;
	bool ok = campaign_touch(cx, fair->id, &ask, &made);

	json_decref(lead);
	return ok;
}

static bool meet_again(struct ctx *cx, void *arg)
{
	const struct record *lead = arg;
	struct touch_ask ask = { .lead_id = lead->id, .kind = "", .note = "" };
	struct touch_made made;
	struct record *fair;

	return record_find(cx, &campaign_entity, "name", v_text("Fair"), &fair) &&
	       campaign_touch(cx, fair->id, &ask, &made);
}

/* S3.6 S3.8 */
static void a_failure_anywhere_leaves_nothing_of_a_touch(void **state)
{
	struct desk *d = *state;
	struct record *fair = campaign_named(d, "Fair");

	fails_anywhere(d, meet_somebody, fair);
	fails_anywhere(d, meet_again, make(d, &lead_entity, "last_name", "Neri", NULL));
	assert_int_equal(office_count(d->o, "select count(*) from touch where ws = $1"), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(who_answers_is_worked_on_again),
		AT_DESK(the_figure_is_what_plain_sql_says),
		AT_DESK(two_wins_count_the_cost_once),
		AT_DESK(an_even_split_loses_no_cent),
		AT_DESK(a_touch_after_the_win_has_no_part),
		AT_DESK(a_failure_anywhere_leaves_nothing_of_a_touch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
