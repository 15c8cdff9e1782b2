/* What the figures are read from: carried over, counted anew, told as lists and
 * as a table, and kept whatever fails. */
#include "figures_world.h"

#include "base/clock.h"
#include "crm/kpi.h"
#include "crm/lead.h"
#include "crm/opportunity.h"
#include "record/count.h"
#include "record/stay.h"

enum { SOME = 150 };

static void live(struct world *w, int steps)
{
	world_furnish(w);
	for (int i = 0; i < steps; i++)
		world_step(w);
}

static void differs(void *arg, const struct counted *kept, const struct counted *found)
{
	(void)kept;
	(void)found;
	++*(int *)arg;
}

static int differences(struct desk *d)
{
	int n = 0;

	went_well(d, count_compare(&d->cx, differs, &n));
	return n;
}

static int64_t kept(struct world *w)
{
	return world_number(w,
		"select cast(coalesce(sum((kind * 31 + period % 977 + owner_id % 101 + by3 % 13)"
		" * (n * 3 + sum1 + sum2 * 7)), 0) as bigint) from counted where ws = $1");
}

static bool run(struct desk *d, const char *sql)
{
	return db_run(&d->cx, sql, ARGS(v_int(d->cx.ws)));
}

/* As if a program had written it that knew nothing of all this. */
static void make_older(struct desk *d)
{
	bool ok = tx_begin(&d->cx) && run(d, "delete from counted where ws = $1") &&
		  run(d, "delete from stay where ws = $1") &&
		  run(d, "update lead set counted_in = null, customer_at = null,"
			 " converted_by = null where ws = $1") &&
		  run(d, "update opportunity set counted_in = null, campaign_id = null,"
			 " closed_by = null where ws = $1") &&
		  count_anew_ask(&d->cx);

	went_well(d, tx_end(&d->cx, ok));
}

/* RELIABILITY: a store of an earlier version opens, and has the same figures */
static void a_store_of_before_is_counted(void **state)
{
	struct world w = { .d = *state, .random = 11 };
	int64_t before, stays;
	bool due;

	live(&w, SOME);
	before = kept(&w);
	stays = world_number(&w, "select count(*) from stay where ws = $1");
	assert_true(stays > 10);
	make_older(w.d);
	went_well(w.d, count_anew_is_due(&w.d->cx, &due) && count_anew_finish(&w.d->cx));
	assert_true(due);
	assert_int_equal(kept(&w), before);
	assert_int_equal(world_number(&w, "select count(*) from stay where ws = $1"), stays);
	went_well(w.d, count_anew_is_due(&w.d->cx, &due));
	assert_false(due);
}

/* As if a program had written it that counted, but noted nobody down. */
static void forget_who(struct desk *d)
{
	bool ok = tx_begin(&d->cx) &&
		  run(d, "delete from counted where ws = $1"
			 " and kind in (8, 9, 18, 19)") &&
		  run(d, "update lead set converted_by = null where ws = $1") &&
		  run(d, "update opportunity set closed_by = null where ws = $1") &&
		  count_anew_ask(&d->cx);

	went_well(d, tx_end(&d->cx, ok));
}

/* S1.16: who converted and who won is found in the history, while others go on */
static void who_did_it_before_is_found_in_the_history(void **state)
{
	struct world w = { .d = *state, .random = 11 };
	int64_t before, version;

	live(&w, SOME);
	before = kept(&w);
	version = world_number(&w, "select cast(sum(version) as bigint) from lead where ws = $1");
	forget_who(w.d);
	assert_int_equal(differences(w.d), 0);
	assert_true(kept(&w) != before);
	went_well(w.d, count_anew_finish(&w.d->cx));
	assert_int_equal(kept(&w), before);
	assert_int_equal(
		world_number(&w, "select cast(sum(version) as bigint) from lead where ws = $1"),
		version);
	forget_who(w.d);
	for (int i = 0; i < SOME; i++)
		world_step(&w);
	went_well(w.d, count_anew_finish(&w.d->cx));
	assert_int_equal(differences(w.d), 0);
	assert_int_equal(world_number(&w, "select count(*) from lead where ws = $1"
					  " and converted_at is null and converted_by is not null"),
		0);
}

/* Writers go on meanwhile: whoever is stored first is counted first. */
static void what_is_stored_meanwhile_is_counted_once(void **state)
{
	struct world w = { .d = *state, .random = 12 };

	live(&w, SOME);
	make_older(w.d);
	for (int i = 0; i < SOME; i++)
		world_step(&w);
	went_well(w.d, count_anew_finish(&w.d->cx));
	assert_int_equal(differences(w.d), 0);
}

/* A slice that fails is not there; the next begins where it would have. */
static bool go_on(struct ctx *cx, void *arg)
{
	(void)arg;
	return count_anew_finish(cx);
}

static void a_failure_anywhere_loses_no_count(void **state)
{
	struct world w = { .d = *state, .random = 13 };
	bool ok = false;

	live(&w, 60);
	make_older(w.d);
	for (int n = 0; !ok; n += 7) {
		db_fail_after(w.d->cx.db, n);
		ok = go_on(&w.d->cx, NULL);
		db_fail_after(w.d->cx.db, -1);
		ctx_clear(&w.d->cx);
		assert_int_equal(differences(w.d), 0);
	}
}

/* The firm moves: its days are others, in slices, while it works. */
static void another_zone_has_other_days(void **state)
{
	struct world w = { .d = *state, .random = 14 };
	int64_t before;

	live(&w, SOME);
	before = kept(&w);
	w.d->cx.zone = "Pacific/Auckland";
	for (int i = 0; i < 40; i++)
		world_step(&w);
	assert_int_equal(differences(w.d), 0);
	went_well(w.d, tx_end(&w.d->cx, tx_begin(&w.d->cx) && count_anew_ask(&w.d->cx)) &&
			       count_anew_finish(&w.d->cx));
	assert_int_equal(differences(w.d), 0);
	assert_true(kept(&w) != before);
	assert_int_equal(world_number(&w, "select count(*) from lead where ws = $1"
					  " and counted_in <> 'Pacific/Auckland'"),
		0);
}

static void what_is_kept_wrongly_is_found_and_put_right(void **state)
{
	struct world w = { .d = *state, .random = 15 };
	bool ok;

	live(&w, 60);
	assert_int_equal(differences(w.d), 0);
	ok = tx_begin(&w.d->cx) &&
	     run(w.d, "update counted set n = n + 1 where ws = $1 and kind = 3");
	went_well(w.d, tx_end(&w.d->cx, ok));
	assert_true(differences(w.d) > 0);
	went_well(w.d, count_all(&w.d->cx));
	assert_int_equal(differences(w.d), 0);
}

/* PostgreSQL appends, and sums up now and then. */
static void summing_up_changes_no_sum(void **state)
{
	struct world w = { .d = *state, .random = 16 };
	int64_t rows;

	live(&w, 60);
	rows = world_number(&w, "select count(*) from counted where ws = $1");
	went_well(w.d, count_compact(&w.d->cx));
	assert_int_equal(differences(w.d), 0);
	assert_true(world_number(&w, "select count(*) from counted where ws = $1") <= rows);
	assert_int_equal(
		world_number(&w,
			"select count(*) from (select 1 from counted where ws = $1 group by"
			" kind, period, owner_id, by1, by2, by3, by4 having count(*) > 1) x"),
		0);
}

/* What is kept as stays is what the history says. */
static void stays_are_what_the_history_says(void **state)
{
	static const struct entity *const ways[] = { &lead_entity, &opportunity_entity };
	struct world w = { .d = *state, .random = 42 };

	live(&w, SOME);
	for (size_t e = 0; e < COUNT(ways); e++) {
		struct rows *r = db_query(&w.d->cx,
			textf(&w.d->cx, "select id from %s where ws = $1", entity_table(ways[e])),
			ARGS(v_int(w.d->cx.ws)));

		while (rows_next(r)) {
			struct record *rec = world_take(&w, ways[e], rows_int(r, 0));
			struct stay *told;
			size_t n;
			int64_t kept = world_number(&w,
				textf(&w.d->cx,
					"select count(*) from stay where ws = $1 and record_id = %lld",
					(long long)rec->id));

			went_well(w.d, stays_of(&w.d->cx, rec, &told, &n));
			assert_int_equal(kept, n);
			for (size_t i = 0; i < n; i++)
				assert_int_equal(
					world_number(&w,
						textf(&w.d->cx,
							"select count(*) from stay where ws = $1"
							" and record_id = %lld and entered_at = %lld"
							" and left_at = %lld and step_id = %lld",
							(long long)rec->id,
							(long long)told[i].entered_at,
							(long long)told[i].left_at,
							(long long)told[i].step_id)),
					1);
		}
		went_well(w.d, rows_end(r));
	}
}

static bool is_count(const char *figure)
{
	static const char *const counts[] = { "generated", "converted", "converted_cohort",
		"converted_flow", "customers", "not_interested", "open", "won", "lost", "count",
		"created", "steps" };

	for (size_t i = 0; i < COUNT(counts); i++)
		if (!strcmp(counts[i], figure))
			return true;
	return false;
}

struct follower {
	struct desk *d;
	const char *token;
	int followed;
};

static void follow(struct follower *f, const char *figure, int64_t n, const char *list)
{
	const char *path = textf(&f->d->cx, "/api/v1/%s&limit=1&count=true", list), *body;
	json_t *got;

	f->d->o->now = f->d->cx.now;
	if (office_ask(f->d->o, f->token, "GET", path, NULL, &body) != 200)
		fail_msg("%s: %s", path, body);
	got = json_loads(body, 0, NULL);
	if (is_count(figure) && json_integer_value(json_object_get(got, "total")) != n)
		fail_msg("%s is %lld, but %s has %lld", figure, (long long)n, list,
			(long long)json_integer_value(json_object_get(got, "total")));
	if (!strcmp(figure, "left"))
		assert_true(json_integer_value(json_object_get(got, "total")) <= n);
	if (!strcmp(figure, "worked"))
		assert_true(json_integer_value(json_object_get(got, "total")) >= n);
	json_decref(got);
	f->followed++;
}

static void follow_all(struct follower *f, json_t *tree)
{
	json_t *behind = json_object_get(tree, "behind"), *value;
	const char *key;
	size_t i;

	json_object_foreach(behind, key, value) follow(
		f, key, json_integer_value(json_object_get(tree, key)), json_string_value(value));
	if (json_is_object(tree))
		json_object_foreach(tree, key, value) follow_all(f, value);
	json_array_foreach(tree, i, value) follow_all(f, value);
}

/* S1.18 S1.19 S3.21: whatever was asked, each number opens its own list */
static void each_number_opens_the_list_of_its_count(void **state)
{
	struct world w = { .d = *state, .random = 17 };
	struct follower f = { .d = w.d };
	struct kpi_ask asks[5] = { { .from = "2026-01-01", .to = "2027-12-31" },
		{ .from = "2026-02-03", .to = "2026-04-20" },
		{ .from = "2026-01-01", .to = "2026-12-31" },
		{ .from = "2026-01-01", .to = "2026-12-31" },
		{ .from = "2026-01-01", .to = "2026-12-31" } };

	live(&w, SOME);
	f.token = office_token(w.d->o, OFFICE_ADMIN);
	asks[2].owner_id = w.users[1];
	asks[3].team_id = w.teams[0];
	asks[4].source_id = w.sources[0];
	asks[4].campaign_id = w.campaigns[0];
	for (size_t i = 0; i < COUNT(asks); i++) {
		struct json_out *j = answer(w.d);

		follow_all(&f, told(w.d, kpi_write(&w.d->cx, j, &asks[i]), j));
	}
	assert_true(f.followed > 400);
}

static bool keep(void *csv, const char *bytes, size_t n)
{
	buf_addn(csv, bytes, n);
	return true;
}

static const char *table(struct desk *d, const struct kpi_ask *ask)
{
	struct buf *csv = arena_alloc(d->cx.mem, sizeof(*csv));
	const struct sheet_to to = { .out = keep, .arg = csv };

	buf_init(csv, d->cx.mem);
	went_well(d, kpi_export(&d->cx, ask, SHEET_CSV, &to));
	return csv->s;
}

/* The same numbers, in the reader's language; no cell is a formula. */
static void figures_go_into_a_spreadsheet(void **state)
{
	struct kpi_ask ask = { .from = "2026-01-01", .to = "2026-12-31" };
	struct desk *d = *state;
	struct record *evil = make(d, &source_entity, "name", "=cmd()", NULL);
	const char *csv;

	make(d, &lead_entity, "last_name", "A", "source_id",
		textf(&d->cx, "%lld", (long long)evil->id), NULL);
	make(d, &opportunity_entity, "name", "D", "amount", "123450", NULL);
	csv = table(d, &ask);
	assert_non_null(strstr(csv, "Section;Line;Figure;Value;Definition\r\n"));
	assert_non_null(strstr(csv, "Leads;;Leads generated;1;"));
	assert_non_null(strstr(csv, "Opportunities;;Open amount;1234.50;"));
	assert_non_null(strstr(csv, "By source;'=cmd();Leads generated;1;"));
	assert_non_null(strstr(csv, "By phase of acquisition;Suspect;Count;0;"));
	assert_non_null(strstr(csv, "Forecast;Without a date;Count;1;"));
	d->cx.lang = LANG_IT;
	csv = table(d, &ask);
	assert_non_null(strstr(csv, "Opportunità;;Valore aperto;1234,50;"));
	assert_non_null(strstr(csv, "Tasso di conversione;0,0000;"));
}

static struct record *of_admin(struct desk *d, const char *name)
{
	return make(d, &lead_entity, "last_name", name, NULL);
}

static json_t *figures(struct desk *d, const struct kpi_ask *ask)
{
	struct json_out *j = answer(d);

	return told(d, kpi_write(&d->cx, j, ask), j);
}

/* S1.16 S1.19: those who warmed a lead are told, whoever has it now */
static void who_worked_is_told_once_a_record(void **state)
{
	struct kpi_ask ask = { .from = "2026-01-01", .to = "2026-12-31" };
	struct plan plan = { .kind = "call", .note = "" };
	struct desk *d = *state, mara = { .o = d->o };
	struct record *lead, *gone, *web = make(d, &source_entity, "name", "Web", NULL);
	struct record *other = make(d, &source_entity, "name", "Other", NULL);
	json_t *k;

	office_user(d->o, "mara@prova.it", "manager", 0);
	mara.cx = office_ctx_of(d->o, "mara@prova.it");
	lead = of_admin(&mara, "Warm");
	gone = of_admin(&mara, "Gone");
	for (int i = 0; i < 3; i++) {
		plan.at = mara.cx.now + days(i + 1);
		went_well(&mara, lead_next_action(&mara.cx, lead->id, &plan, &lead));
		went_well(&mara, lead_next_action(&mara.cx, gone->id, &plan, &gone));
		mara.cx.now += 1000;
	}
	went_well(&mara, take_away(&mara, gone));
	d->cx.now = mara.cx.now;
	k = figures(d, &ask);
	assert_string_equal(text(k, "contributors.0.name"), "mara@prova.it");
	assert_int_equal(number(k, "contributors.0.created"), 1);
	/* what was done on one that was removed since was work all the same; so was
	 * taking it away, by an edit */
	assert_int_equal(number(k, "contributors.0.worked"), 2);
	assert_int_equal(number(k, "contributors.0.steps"), 7);
	/* of a source is what was of it then: the edit that gave it one */
	went_well(&mara, edit(&mara, reload(&mara, lead), "source_id", v_int(web->id)));
	d->cx.now = mara.cx.now;
	ask.source_id = web->id;
	k = figures(d, &ask);
	assert_int_equal(number(k, "contributors.0.worked"), 1);
	assert_int_equal(number(k, "contributors.0.steps"), 1);
	ask.source_id = other->id;
	k = figures(d, &ask);
	assert_int_equal(json_array_size(inside(k, "contributors")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(a_store_of_before_is_counted),
		AT_DESK(who_did_it_before_is_found_in_the_history),
		AT_DESK(what_is_stored_meanwhile_is_counted_once),
		AT_DESK(a_failure_anywhere_loses_no_count),
		AT_DESK(another_zone_has_other_days),
		AT_DESK(what_is_kept_wrongly_is_found_and_put_right),
		AT_DESK(summing_up_changes_no_sum),
		AT_DESK(stays_are_what_the_history_says),
		AT_DESK(each_number_opens_the_list_of_its_count),
		AT_DESK(figures_go_into_a_spreadsheet),
		AT_DESK(who_worked_is_told_once_a_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
