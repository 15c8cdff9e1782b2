/* The set-up guards itself; companies, contacts and activities their rules. */
#include "steps.h"

#include "crm/seed.h"

static struct record *found(
	struct desk *d, const struct entity *of, const char *field, const char *value)
{
	struct record *rec;

	went_well(d, record_find(&d->cx, of, field, v_text(value), &rec));
	assert_non_null(rec);
	return rec;
}

static const char *id_of(struct desk *d, const struct record *rec)
{
	return textf(&d->cx, "%lld", (long long)rec->id);
}

static void the_last_administrator_stays(void **state)
{
	struct desk *d = *state;
	struct record *admin = found(d, &user_entity, "email", OFFICE_ADMIN);
	struct record *role = found(d, &role_entity, "name_en", "Admin");
	struct record *sales = found(d, &role_entity, "name_en", "Sales");

	was_refused(d, edit(d, admin, "active", v_int(0)), PROBLEM_CONFLICT, "user.last_admin");
	admin = reload(d, admin);
	was_refused(d, edit(d, admin, "role_id", v_int(sales->id)), PROBLEM_CONFLICT,
		"user.last_admin");
	admin = reload(d, admin);
	was_refused(d, take_away(d, admin), PROBLEM_CONFLICT, "user.last_admin");
	was_refused(d, edit(d, role, "rights", v_text("{\"*\":{\"read\":\"all\"}}")),
		PROBLEM_CONFLICT, "user.last_admin");
	office_user(d->o, "second@prova.it", "admin", 0);
	went_well(d, edit(d, reload(d, admin), "active", v_int(0)));
}

static void roles_must_be_readable(void **state)
{
	struct desk *d = *state;
	struct record *role;

	was_invalid(d,
		try_make(d, &role, &role_entity, "name_it", "X", "rights",
			"{\"lead\":{\"read\":\"some\"}}", NULL),
		"rights");
	was_invalid(d,
		try_make(d, &role, &role_entity, "name_it", "X", "rights", "{}", "fields",
			"{\"lead\":{\"budget\":\"maybe\"}}", NULL),
		"fields");
	was_refused(d, take_away(d, found(d, &role_entity, "name_en", "Admin")), PROBLEM_CONFLICT,
		"role.in_use");
}

/* C1 S4.20 */
static void a_status_in_use_keeps_its_type(void **state)
{
	struct desk *d = *state;
	struct record *open = found(d, &lead_status_entity, "name_en", "Open");

	make(d, &lead_entity, "last_name", "Rossi", NULL);
	was_refused(
		d, edit(d, open, "type", v_text("frozen")), PROBLEM_CONFLICT, "lead_status.in_use");
	was_refused(d, take_away(d, reload(d, open)), PROBLEM_CONFLICT, "lead_status.in_use");
	went_well(d, edit(d, reload(d, open), "name_en", v_text("New")));
	was_refused(d,
		edit(d, found(d, &lead_status_entity, "name_en", "Qualified"), "active", v_int(0)),
		PROBLEM_CONFLICT, "lead_status.last");
}

/* S4.14-S4.19 */
static void a_status_needs_only_a_name(void **state)
{
	struct desk *d = *state;
	struct record *status = make(d, &lead_status_entity, "name_it", "In prova", NULL);

	assert_string_equal(record_text(status, "type"), "open");
	assert_int_equal(record_int(status, "position"), 8);
	assert_int_equal(record_int(status, "expiry_days"), 0);
	assert_int_equal(record_int(status, "active"), 1);
	was_invalid(d, edit(d, status, "expiry_days", v_int(-1)), "expiry_days");
}

/* S5.28 */
static void a_stage_in_use_is_not_removed(void **state)
{
	struct desk *d = *state;
	struct record *stage = make(d, &stage_entity, "name_it", "Prova", NULL);

	assert_int_equal(record_int(stage, "position"), 5);
	went_well(d, take_away(d, stage));
	make(d, &opportunity_entity, "name", "X", NULL);
	was_refused(d, take_away(d, found(d, &stage_entity, "name_en", "Analysis")),
		PROBLEM_CONFLICT, "stage.in_use");
}

/* S2.8 */
static void a_mapping_joins_fields_that_fit(void **state)
{
	struct desk *d = *state;
	struct record *m;

	was_invalid(d,
		try_make(d, &m, &mapping_entity, "lead_field", "nose", "entity", "company", "field",
			"name", NULL),
		"lead_field");
	was_invalid(d,
		try_make(d, &m, &mapping_entity, "lead_field", "city", "entity", "company", "field",
			"type", NULL),
		"field");
	was_invalid(d,
		try_make(d, &m, &mapping_entity, "lead_field", "city", "entity", "company", "field",
			"employees", NULL),
		"field");
	went_well(d, try_make(d, &m, &mapping_entity, "lead_field", "sector", "entity",
			     "opportunity", "field", "description", NULL));
}

static void a_rate_is_above_zero(void **state)
{
	struct desk *d = *state;
	struct record *rate;

	was_invalid(d,
		try_make(d, &rate, &rate_entity, "currency", "JPY", "day", "2026-01-01", "rate",
			"0", NULL),
		"rate");
}

/* S2.34 */
static void nobody_reports_to_himself_in_the_end(void **state)
{
	struct desk *d = *state;
	struct record *a = make(d, &contact_entity, "last_name", "A", NULL);
	struct record *b =
		make(d, &contact_entity, "last_name", "B", "reports_to_id", id_of(d, a), NULL);
	struct record *c =
		make(d, &contact_entity, "last_name", "C", "reports_to_id", id_of(d, b), NULL);

	was_invalid(d, edit(d, a, "reports_to_id", v_int(c->id)), "reports_to_id");
	a = reload(d, a);
	was_invalid(d, edit(d, a, "reports_to_id", v_int(a->id)), "reports_to_id");
}

/* S2.30 S2.43 S2.44 */
static void a_contact_needs_a_name_or_an_email_and_no_company(void **state)
{
	struct desk *d = *state;
	struct record *contact;

	was_invalid(d, try_make(d, &contact, &contact_entity, "city", "Como", NULL), "last_name");
	went_well(d, try_make(d, &contact, &contact_entity, "email", "a@b.it", NULL));
	assert_string_equal(record_title(&d->cx, contact), "a@b.it");
}

/* S2.40 S2.41 S2.58 S2.59 */
static void an_activity_is_about_something_and_ends_after_it_starts(void **state)
{
	struct desk *d = *state;
	struct record *lead = make(d, &lead_entity, "last_name", "Rossi", NULL), *activity;
	const char *id = id_of(d, lead);

	was_invalid(
		d, try_make(d, &activity, &activity_entity, "subject", "Call", NULL), "lead_id");
	was_invalid(d,
		try_make(d, &activity, &activity_entity, "kind", "meeting", "lead_id", id,
			"starts_at", "2000", "ends_at", "1000", NULL),
		"ends_at");
	was_invalid(d,
		try_make(d, &activity, &activity_entity, "kind", "comment", "lead_id", id, NULL),
		"body");
	went_well(d, try_make(d, &activity, &activity_entity, "subject", "Send quote", "lead_id",
			     id, NULL));
	breaks_a_rule(d, "update activity set lead_id = null where ws = $1");
}

static void a_workspace_is_seeded_once(void **state)
{
	struct desk *d = *state;
	struct seed seed = { .email = "a@b.it", .lang = "it", .password_hash = "x" };

	was_refused(d, seed_workspace(&d->cx, &seed), PROBLEM_CONFLICT, "seed.twice");
}

static bool seeds(struct ctx *cx, void *arg)
{
	return seed_workspace(cx, arg);
}

static void a_seed_that_fails_leaves_nothing(void **state)
{
	struct desk d = { .o = office_open(OFFICE_BARE) };
	struct seed seed = { .email = "a@b.it", .lang = "it", .password_hash = "x" };

	(void)state;
	d.cx = office_ctx(d.o);
	seed.email = "nobody";
	was_invalid(&d, seed_workspace(&d.cx, &seed), "email");
	seed.email = "a@b.it";
	fails_anywhere(&d, seeds, &seed);
	office_close(d.o);
}

static void names_are_told_in_the_callers_language(void **state)
{
	struct desk *d = *state;
	struct record *status = found(d, &lead_status_entity, "name_en", "Working");

	assert_string_equal(record_title(&d->cx, status), "Working");
	d->cx.lang = LANG_IT;
	assert_string_equal(record_title(&d->cx, status), "In lavoro");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(the_last_administrator_stays),
		AT_DESK(roles_must_be_readable),
		AT_DESK(a_status_in_use_keeps_its_type),
		AT_DESK(a_status_needs_only_a_name),
		AT_DESK(a_stage_in_use_is_not_removed),
		AT_DESK(a_mapping_joins_fields_that_fit),
		AT_DESK(a_rate_is_above_zero),
		AT_DESK(nobody_reports_to_himself_in_the_end),
		AT_DESK(a_contact_needs_a_name_or_an_email_and_no_company),
		AT_DESK(an_activity_is_about_something_and_ends_after_it_starts),
		AT_DESK(a_workspace_is_seeded_once),
		AT_DESK(names_are_told_in_the_callers_language),
		cmocka_unit_test(a_seed_that_fails_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
