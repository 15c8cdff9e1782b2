/* Records that are the same become one, and are parted again. */
#include "steps.h"

#include "record/distinct.h"
#include "record/join.h"

static bool merge(
	struct desk *d, const struct record *into, const struct record *other, const char *choices)
{
	json_t *fields = choices ? json_loads(choices, 0, NULL) : NULL;
	struct join_ask ask = {
		.of = into->of, .id = into->id, .with = &other->id, .n = 1, .fields = fields
	};
	struct record *survivor;
	bool ok;

	d->cx.now += 1000;
	ok = record_join(&d->cx, &ask, &survivor);
	json_decref(fields);
	return ok;
}

static const char *id_of(struct desk *d, const struct record *rec)
{
	return textf(&d->cx, "%lld", (long long)rec->id);
}

/* Every link field of every entity that leads to such a record: set on some
 * record of that entity, in the store itself, whatever it is for. */
static int64_t leading_to(struct desk *d, const struct record *rec)
{
	int64_t all = 0, n;

	for (const struct entity *const *e = entities; *e; e++)
		for (size_t i = 0; i < (*e)->field_count; i++) {
			const struct field *f = &(*e)->fields[i];

			if (f->type != FIELD_LINK || f->to != rec->of ||
				!strcmp(f->name, "merged_into_id"))
				continue;
			assert_true(db_int(&d->cx, &n, 0,
				textf(&d->cx, "select count(*) from %s where ws = $1 and %s = $2",
					entity_table(*e), f->name),
				ARGS(v_int(d->cx.ws), v_int(rec->id))));
			all += n;
		}
	return all;
}

/* A company with something of every kind that may lead to one. */
static struct record *busy_company(struct desk *d, const char *name)
{
	struct record *company = make(d, &company_entity, "name", name, NULL);
	struct record *contact = make(
		d, &contact_entity, "last_name", "Neri", "company_id", id_of(d, company), NULL);
	struct record *gone =
		make(d, &contact_entity, "last_name", "Blu", "company_id", id_of(d, company), NULL);

	make(d, &opportunity_entity, "name", "Pressa", "company_id", id_of(d, company),
		"contact_id", id_of(d, contact), NULL);
	make(d, &activity_entity, "kind", "comment", "body", "Ciao", "company_id",
		id_of(d, company), NULL);
	assert_true(take_away(d, gone));
	return company;
}

/* S2.48 S1.29: found from the tables of fields, removed ones too */
static void every_link_leads_to_the_survivor(void **state)
{
	struct desk *d = *state;
	struct record *keep = make(d, &company_entity, "name", "Rossi srl", NULL);
	struct record *other = busy_company(d, "Rossi S.r.l.");
	int64_t links = leading_to(d, other);

	assert_int_equal(links, 4);
	went_well(d, merge(d, keep, other, NULL));
	assert_int_equal(leading_to(d, other), 0);
	assert_int_equal(leading_to(d, keep), links);
	other = reload(d, other);
	assert_true(record_has(other, "removed_at"));
	assert_int_equal(record_int(other, "merged_into_id"), keep->id);
}

static bool merges(struct ctx *cx, void *arg)
{
	struct record *const *pair = arg;
	struct join_ask ask = {
		.of = pair[0]->of, .id = pair[0]->id, .with = &pair[1]->id, .n = 1
	};
	struct record *survivor;

	return record_join(cx, &ask, &survivor);
}

static void a_failure_anywhere_leaves_nothing(void **state)
{
	struct desk *d = *state;
	struct record *pair[2] = { make(d, &company_entity, "name", "Rossi srl", NULL),
		busy_company(d, "Rossi S.r.l.") };

	fails_anywhere(d, merges, pair);
	assert_int_equal(leading_to(d, pair[1]), 0);
}

static void undo_parts_them_as_they_were(void **state)
{
	struct desk *d = *state;
	struct record *keep = make(d, &company_entity, "name", "Rossi srl", NULL);
	struct record *other = busy_company(d, "Rossi S.r.l.");

	assert_true(edit(d, other, "phone", v_text("02 1234567")));
	went_well(d, merge(d, keep, other, NULL));
	assert_string_equal(record_text(reload(d, keep), "phone"), "02 1234567");
	undo_last(d);
	assert_int_equal(leading_to(d, keep), 0);
	assert_int_equal(leading_to(d, other), 4);
	assert_false(record_has(reload(d, keep), "phone"));
	other = reload(d, other);
	assert_false(record_has(other, "removed_at"));
	assert_false(record_has(other, "merged_into_id"));
}

/* More links than a page holds, and more changes than one undo does at once. */
static void many_links_go_and_come_back(void **state)
{
	struct desk *d = *state;
	struct record *keep = make(d, &contact_entity, "last_name", "Neri", NULL);
	struct record *other = make(d, &contact_entity, "last_name", "Neri", NULL);

	for (int i = 0; i < 620; i++)
		make(d, &activity_entity, "subject", "Chiamata", "contact_id", id_of(d, other),
			NULL);
	went_well(d, merge(d, keep, other, NULL));
	assert_int_equal(leading_to(d, keep), 620);
	undo_last(d);
	assert_int_equal(leading_to(d, keep), 0);
	assert_int_equal(leading_to(d, other), 620);
}

/* S2.34 */
static void nobody_reports_to_himself(void **state)
{
	struct desk *d = *state;
	struct record *keep = make(d, &contact_entity, "last_name", "Neri", NULL);
	struct record *other = make(d, &contact_entity, "last_name", "Neri", NULL);
	struct record *between = make(
		d, &contact_entity, "last_name", "Blu", "reports_to_id", id_of(d, other), NULL);

	assert_true(edit(d, keep, "reports_to_id", v_int(between->id)));
	went_well(d, merge(d, keep, other, NULL));
	assert_false(record_has(reload(d, keep), "reports_to_id"));
	assert_int_equal(record_int(reload(d, between), "reports_to_id"), keep->id);
}

static void no_street_stands_in_another_town(void **state)
{
	struct desk *d = *state;
	struct record *keep = make(d, &company_entity, "name", "Rossi", "city", "Torino", NULL);
	struct record *far = make(
		d, &company_entity, "name", "Rossi", "city", "Bari", "street", "Via Po 1", NULL);
	struct record *near = make(d, &company_entity, "name", "Rossi", "city", "TORINO", "street",
		"Via Roma 2", NULL);

	went_well(d, merge(d, keep, far, NULL));
	assert_false(record_has(reload(d, keep), "street"));
	went_well(d, merge(d, keep, near, NULL));
	assert_string_equal(record_text(reload(d, keep), "street"), "Via Roma 2");
}

/* An amount comes with its currency; each phone once, however typed; S2.15 */
static void amounts_and_phones_are_whole(void **state)
{
	struct desk *d = *state;
	struct record *keep = make(d, &lead_entity, "company_name", "Rossi", "turnover_currency",
		"EUR", "phone", "02 1234567", "mobile", "347 1112223", NULL);
	struct record *other = make(d, &lead_entity, "company_name", "Rossi srl", "turnover",
		"5000", "turnover_currency", "CHF", "phone", "+39 02 123 4567", "mobile",
		"348 5556667", "email", "a@rossi.it", "custom", "{\"Colore\":\"blu\"}", NULL);

	went_well(d, merge(d, keep, other, NULL));
	keep = reload(d, keep);
	assert_int_equal(record_int(keep, "turnover"), 5000);
	assert_string_equal(record_text(keep, "turnover_currency"), "CHF");
	assert_string_equal(record_text(keep, "phone"), "02 1234567");
	assert_string_equal(
		record_text(keep, "phones"), "[{\"kind\":\"mobile\",\"value\":\"348 5556667\"}]");
	assert_string_equal(record_text(keep, "email"), "a@rossi.it");
	assert_string_equal(record_text(keep, "custom"), "{\"Colore\":\"blu\"}");
}

/* C11: the ERP's code goes back to whom it came from */
static void a_win_of_its_own_is_kept_by_undo(void **state)
{
	struct desk *d = *state;
	struct record *keep = make(d, &company_entity, "name", "Verdi", NULL);
	struct record *other =
		make(d, &company_entity, "name", "Verdi spa", "customer_code", "C7", NULL);

	went_well(d, merge(d, keep, other, NULL));
	assert_string_equal(record_text(reload(d, keep), "customer_code"), "C7");
	undo_last(d);
	assert_string_equal(record_text(reload(d, keep), "type"), "potential");
	assert_string_equal(record_text(reload(d, other), "customer_code"), "C7");
}

/* What was said not to be one of them is not the survivor either. */
static void distinctions_go_along(void **state)
{
	struct desk *d = *state;
	struct record *keep = make(d, &contact_entity, "last_name", "Neri", NULL);
	struct record *other = make(d, &contact_entity, "last_name", "Neri", NULL);
	struct record *third = make(d, &contact_entity, "last_name", "Neri", NULL);
	struct record *both[2] = { keep, third };
	struct distinct_pair *pairs;
	bool said = false, ok;
	size_t n;

	ok = op_begin(&d->cx, "duplicates.dismiss") &&
	     distinct_say(&d->cx, &contact_entity, (struct distinct_pair){ third->id, other->id },
		     &said);
	went_well(d, op_end(&d->cx, ok));
	assert_true(said);
	assert_true(distinct_among(&d->cx, both, 2, &pairs, &n));
	went_well(d, merge(d, keep, other, NULL));
	assert_true(distinct_among(&d->cx, both, 2, &pairs, &n));
	assert_int_equal(pairs[0].a == keep->id && pairs[0].b == third->id, 1);
}

/* Merged into one that was merged itself: links lead on to the last. */
static void the_way_leads_to_the_last(void **state)
{
	struct desk *d = *state;
	struct record *a = make(d, &lead_entity, "company_name", "Rossi", NULL);
	struct record *b = make(d, &lead_entity, "company_name", "Rossi", NULL);
	struct record *c = make(d, &lead_entity, "company_name", "Rossi", NULL);
	int64_t last;

	went_well(d, merge(d, b, a, NULL));
	went_well(d, merge(d, c, b, NULL));
	assert_true(join_survivor(&d->cx, &lead_entity, a->id, &last));
	assert_int_equal(last, c->id);
	was_refused(d, merge(d, c, a, NULL), PROBLEM_NOT_FOUND, "problem.not_found");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(every_link_leads_to_the_survivor),
		AT_DESK(a_failure_anywhere_leaves_nothing),
		AT_DESK(undo_parts_them_as_they_were),
		AT_DESK(many_links_go_and_come_back),
		AT_DESK(nobody_reports_to_himself),
		AT_DESK(no_street_stands_in_another_town),
		AT_DESK(amounts_and_phones_are_whole),
		AT_DESK(a_win_of_its_own_is_kept_by_undo),
		AT_DESK(distinctions_go_along),
		AT_DESK(the_way_leads_to_the_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
