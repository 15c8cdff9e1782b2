/* From a lead to company, contact and opportunity. */
#include "steps.h"

#include <stdio.h>

#include "crm/conversion.h"
#include "crm/lead.h"
#include "crm/timeline.h"

static struct record *ada(struct desk *d)
{
	return make(d, &lead_entity, "first_name", "Ada", "last_name", "Bianchi", "job_title",
		"Titolare", "company_name", "Officine Bianchi srl", "email", "ada@bianchi.it",
		"phone", "02 1234567", "vat_number", "00743110157", "city", "Milano", "need",
		"Una pressa nuova", "budget", "1250000", NULL);
}

static bool convert(struct desk *d, int64_t id, struct conversion_outcome *made)
{
	struct conversion how = { 0 };

	d->cx.now += 1000;
	return lead_convert(&d->cx, id, &how, made);
}

/* S1.26 S1.27 S2.5-S2.8 S3.12 S3.18 C8 */
static void converting_makes_all_three(void **state)
{
	struct desk *d = *state;
	struct conversion_outcome made;
	struct record *lead = ada(d);

	went_well(d, convert(d, lead->id, &made));
	assert_string_equal(record_text(made.company, "name"), "Officine Bianchi srl");
	assert_string_equal(record_text(made.company, "type"), "potential");
	assert_false(record_has(made.company, "customer_code"));
	assert_string_equal(record_text(made.contact, "last_name"), "Bianchi");
	assert_int_equal(record_int(made.contact, "company_id"), made.company->id);
	assert_string_equal(record_text(made.opportunity, "name"), "Una pressa nuova");
	assert_int_equal(record_int(made.opportunity, "amount"), 1250000);
	assert_int_equal(record_int(made.opportunity, "company_id"), made.company->id);
	assert_int_equal(record_int(made.opportunity, "contact_id"), made.contact->id);
	assert_int_equal(record_int(made.opportunity, "lead_id"), lead->id);
	assert_string_equal(record_text(made.opportunity, "agenda"), "todo");
}

/* S1.12 S4.30 S1.17 */
static void the_lead_stays_linked_and_changes_no_more(void **state)
{
	struct desk *d = *state;
	struct conversion_outcome made;
	struct record *lead = ada(d);

	went_well(d, convert(d, lead->id, &made));
	lead = reload(d, lead);
	assert_string_equal(record_text(lead, "status_type"), "qualified");
	assert_int_equal(record_int(lead, "company_id"), made.company->id);
	assert_int_equal(record_int(lead, "contact_id"), made.contact->id);
	assert_int_equal(record_int(lead, "opportunity_id"), made.opportunity->id);
	was_refused(d, edit(d, lead, "city", v_text("Como")), PROBLEM_CONFLICT, "lead.converted");
	was_refused(d, lead_reopen(&d->cx, lead->id, 0, &lead), PROBLEM_CONFLICT, "lead.converted");
	was_refused(d, convert(d, lead->id, &made), PROBLEM_CONFLICT, "lead.converted");
	assert_int_equal(office_count(d->o, "select count(*) from company where ws = $1"), 1);
}

/* S2.4 S2.44 S4.3 C8 */
static void a_person_without_a_firm_becomes_a_contact_alone(void **state)
{
	struct desk *d = *state;
	struct conversion_outcome made;
	struct record *lead =
		make(d, &lead_entity, "last_name", "Verdi", "email", "v@posta.it", NULL);

	went_well(d, convert(d, lead->id, &made));
	assert_null(made.company);
	assert_non_null(made.contact);
	assert_string_equal(record_text(made.opportunity, "name"), "Verdi");
	lead = make(d, &lead_entity, "phone", "347 1234567", NULL);
	went_well(d, convert(d, lead->id, &made));
	assert_string_equal(record_text(made.contact, "last_name"), "347 1234567");
}

/* S1.10 S2.3 C8 */
static void a_firm_without_a_person_becomes_a_company_alone(void **state)
{
	struct desk *d = *state;
	struct conversion_outcome made;
	struct record *lead = make(d, &lead_entity, "company_name", "Comune di Prova", NULL);

	went_well(d, convert(d, lead->id, &made));
	assert_non_null(made.company);
	assert_null(made.contact);
	assert_string_equal(record_text(made.opportunity, "name"), "Comune di Prova");
}

/* S4.30 S4.24 S4.25 S4.22 */
static void red_frozen_and_abandoned_ones_are_not_converted(void **state)
{
	struct desk *d = *state;
	struct conversion_outcome made;
	struct record *lead = ada(d);

	went_well(d, lead_move(&d->cx, lead->id, status_named(d, "Not engaged"), &lead));
	was_refused(d, convert(d, lead->id, &made), PROBLEM_CONFLICT, "conversion.not_qualified");
	went_well(d, lead_move(&d->cx, lead->id, status_named(d, "Ignored"), &lead));
	was_refused(d, convert(d, lead->id, &made), PROBLEM_CONFLICT, "conversion.not_qualified");
	went_well(d, lead_conclude(&d->cx, lead->id, status_named(d, "Junk"), "", &lead));
	was_refused(d, convert(d, lead->id, &made), PROBLEM_CONFLICT, "conversion.not_qualified");
	went_well(d, lead_conclude(&d->cx, lead->id, status_named(d, "Qualified"), "", &lead));
	went_well(d, convert(d, lead->id, &made));
}

/* S2.9 */
static void parts_can_be_chosen_and_corrected(void **state)
{
	struct desk *d = *state;
	struct conversion_outcome made;
	json_t *company = json_loads("{\"name\":\"Bianchi 2 srl\",\"city\":null}", 0, NULL);
	json_t *deal = json_pack("{s:s,s:i,s:I}", "name", "Pressa", "amount", 9, "stage_id",
		(json_int_t)stage_named(d, "Proposal"));
	struct conversion how = { .company = { PART_NEW, 0, company },
		.contact = { PART_NONE },
		.opportunity = { PART_NEW, 0, deal } };

	went_well(d, lead_convert(&d->cx, ada(d)->id, &how, &made));
	assert_string_equal(record_text(made.company, "name"), "Bianchi 2 srl");
	assert_false(record_has(made.company, "city"));
	assert_string_equal(record_text(made.company, "vat_number"), "00743110157");
	assert_null(made.contact);
	assert_int_equal(record_int(made.opportunity, "amount"), 900);
	assert_int_equal(record_int(made.opportunity, "probability"), 40);
	json_decref(company);
	json_decref(deal);
}

static void what_is_wrong_is_told_by_part_and_field(void **state)
{
	struct desk *d = *state;
	struct conversion_outcome made;
	json_t *company = json_loads("{\"name\":null,\"email\":\"nobody\"}", 0, NULL);
	json_t *deal = json_loads("{\"amount\":\"much\",\"state\":\"won\"}", 0, NULL);
	struct conversion how = { .company = { PART_NEW, 0, company },
		.opportunity = { PART_NEW, 0, deal } };
	struct record *lead = ada(d);

	was_invalid(d, lead_convert(&d->cx, lead->id, &how, &made), "company.name");
	was_invalid(d, lead_convert(&d->cx, lead->id, &how, &made), "company.email");
	was_invalid(d, lead_convert(&d->cx, lead->id, &how, &made), "opportunity.amount");
	was_invalid(d, lead_convert(&d->cx, lead->id, &how, &made), "opportunity.state");
	how = (struct conversion){ .company = { PART_NONE }, .contact = { PART_NONE } };
	was_invalid(d, lead_convert(&d->cx, lead->id, &how, &made), "company");
	how = (struct conversion){ .company = { PART_EXISTING, 4711, NULL } };
	was_invalid(d, lead_convert(&d->cx, lead->id, &how, &made), "company");
	how = (struct conversion){ .owner_id = 4711 };
	was_invalid(d, lead_convert(&d->cx, lead->id, &how, &made), "owner_id");
	json_decref(company);
	json_decref(deal);
}

/* S3.13 C8 */
static void an_existing_company_gets_only_what_it_lacks(void **state)
{
	struct desk *d = *state;
	struct conversion_outcome made;
	struct record *old =
		make(d, &company_entity, "name", "Bianchi Officine", "city", "Lodi", NULL);
	struct conversion how = { .company = { PART_EXISTING, old->id, NULL } };

	went_well(d, lead_convert(&d->cx, ada(d)->id, &how, &made));
	assert_int_equal(made.company->id, old->id);
	assert_string_equal(record_text(made.company, "name"), "Bianchi Officine");
	assert_string_equal(record_text(made.company, "city"), "Lodi");
	assert_string_equal(record_text(made.company, "vat_number"), "00743110157");
	assert_int_equal(record_int(made.contact, "company_id"), old->id);
	undo_last(d);
	assert_false(record_has(reload(d, old), "vat_number"));
}

/* S2.9: what will happen, and who is there already */
static void the_preview_tells_what_would_be_made(void **state)
{
	struct desk *d = *state;
	struct record *old =
		make(d, &company_entity, "name", "OFFICINE BIANCHI S.P.A.", "city", "Lodi", NULL);
	struct record *lead = ada(d);
	struct json_out *j = answer(d);
	json_t *preview = told(d, conversion_write(&d->cx, j, lead->id), j);

	assert_true(json_is_true(inside(preview, "possible")));
	assert_true(json_is_true(inside(preview, "company.default")));
	assert_string_equal(text(preview, "company.fields.name"), "Officine Bianchi srl");
	assert_int_equal(number(preview, "company.duplicates.0.id"), old->id);
	assert_string_equal(text(preview, "company.duplicates.0.why.0"), "name");
	assert_string_equal(text(preview, "company.duplicates.0.fill.vat_number"), "00743110157");
	assert_string_equal(text(preview, "company.duplicates.0.differs.city.ours"), "Lodi");
	assert_string_equal(text(preview, "company.duplicates.0.differs.city.theirs"), "Milano");
	assert_string_equal(text(preview, "opportunity.fields.name"), "Una pressa nuova");
	assert_string_equal(text(preview, "rows.0.to"), "company.name");
	went_well(d, lead_conclude(&d->cx, lead->id, status_named(d, "Junk"), "", &lead));
	j = answer(d);
	preview = told(d, conversion_write(&d->cx, j, lead->id), j);
	assert_true(json_is_false(inside(preview, "possible")));
	assert_true(*text(preview, "why"));
}

/* S2.8 */
static void the_mapping_table_decides(void **state)
{
	struct desk *d = *state;
	struct conversion_outcome made;

	make(d, &mapping_entity, "lead_field", "job_title", "entity", "company", "field", "rating",
		"position", "99", NULL);
	went_well(d, convert(d, ada(d)->id, &made));
	assert_string_equal(record_text(made.company, "rating"), "Titolare");
}

/* S3.19 S5.10 S5.11 S1.23 */
static void marketing_hands_over_to_sales(void **state)
{
	struct desk *d = *state;
	struct desk mara = { .o = d->o }, sara = { .o = d->o };
	struct conversion_outcome made;
	struct conversion how = { 0 };
	struct record *lead, *seen;

	office_user(d->o, "mara@prova.it", "marketing", 0);
	how.owner_id = office_user(d->o, "sara@prova.it", "sales", 0);
	mara.cx = office_ctx_of(d->o, "mara@prova.it");
	sara.cx = office_ctx_of(d->o, "sara@prova.it");
	lead = ada(&mara);
	was_refused(&sara, record_load(&sara.cx, &lead_entity, lead->id, RIGHT_READ, &seen),
		PROBLEM_NOT_FOUND, "problem.not_found");
	went_well(&mara, lead_convert(&mara.cx, lead->id, &how, &made));
	went_well(&sara, record_load(&sara.cx, &lead_entity, lead->id, RIGHT_READ, &seen));
	went_well(&sara,
		record_load(&sara.cx, &company_entity, made.company->id, RIGHT_WRITE, &seen));
	went_well(&sara,
		record_load(&sara.cx, &contact_entity, made.contact->id, RIGHT_WRITE, &seen));
	went_well(&sara, record_load(&sara.cx, &opportunity_entity, made.opportunity->id,
				 RIGHT_WRITE, &seen));
}

static bool timeline_holds(struct desk *d, const struct record *rec, const char *body)
{
	struct timeline_ask ask = { rec->of, rec->id, 0, "" };
	struct json_out *j = answer(d);
	json_t *items = inside(told(d, timeline_write(&d->cx, j, &ask), j), "items"), *item;
	size_t i;

	json_array_foreach(items, i, item)
	{
		const char *found = json_string_value(inside(item, "activity.body"));

		if (found && !strcmp(found, body))
			return true;
	}
	return false;
}

/* S1.30 S5.34 S3.8: by reference, not by copy */
static void what_was_said_is_reached_from_all_four(void **state)
{
	struct desk *d = *state;
	struct conversion_outcome made;
	struct record *lead = ada(d);
	char id[32];

	snprintf(id, sizeof(id), "%lld", (long long)lead->id);
	make(d, &activity_entity, "kind", "comment", "body", "Met at the fair", "lead_id", id,
		NULL);
	went_well(d, convert(d, lead->id, &made));
	assert_true(timeline_holds(d, made.lead, "Met at the fair"));
	assert_true(timeline_holds(d, made.company, "Met at the fair"));
	assert_true(timeline_holds(d, made.contact, "Met at the fair"));
	assert_true(timeline_holds(d, made.opportunity, "Met at the fair"));
	assert_int_equal(office_count(d->o, "select count(*) from activity where ws = $1"), 1);
}

/* Issue 5, 10: one operation, undone as one */
static void undo_takes_the_whole_conversion_back(void **state)
{
	struct desk *d = *state;
	struct conversion_outcome made;
	struct record *lead = ada(d);

	went_well(d, convert(d, lead->id, &made));
	undo_last(d);
	lead = reload(d, lead);
	assert_false(record_has(lead, "converted_at"));
	assert_false(record_has(lead, "opportunity_id"));
	assert_string_equal(record_text(lead, "status_type"), "open");
	assert_string_equal(record_text(lead, "agenda"), "todo");
	assert_true(record_has(reload(d, made.company), "removed_at"));
	assert_true(record_has(reload(d, made.contact), "removed_at"));
	assert_true(record_has(reload(d, made.opportunity), "removed_at"));
	went_well(d, convert(d, lead->id, &made));
}

static bool converts(struct ctx *cx, void *arg)
{
	struct conversion how = { 0 };
	struct conversion_outcome made;

	return lead_convert(cx, *(int64_t *)arg, &how, &made);
}

static void a_failure_anywhere_leaves_nothing(void **state)
{
	struct desk *d = *state;
	int64_t id = ada(d)->id;

	fails_anywhere(d, converts, &id);
	assert_int_equal(office_count(d->o, "select count(*) from opportunity where ws = $1"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(converting_makes_all_three),
		AT_DESK(the_lead_stays_linked_and_changes_no_more),
		AT_DESK(a_person_without_a_firm_becomes_a_contact_alone),
		AT_DESK(a_firm_without_a_person_becomes_a_company_alone),
		AT_DESK(red_frozen_and_abandoned_ones_are_not_converted),
		AT_DESK(parts_can_be_chosen_and_corrected),
		AT_DESK(what_is_wrong_is_told_by_part_and_field),
		AT_DESK(an_existing_company_gets_only_what_it_lacks),
		AT_DESK(the_preview_tells_what_would_be_made),
		AT_DESK(the_mapping_table_decides),
		AT_DESK(marketing_hands_over_to_sales),
		AT_DESK(what_was_said_is_reached_from_all_four),
		AT_DESK(undo_takes_the_whole_conversion_back),
		AT_DESK(a_failure_anywhere_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
