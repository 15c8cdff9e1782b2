/* Fields of the firm's own under failure, undo and change (S2.12). */
#include "steps.h"

#include "record/custom.h"

struct filling {
	int64_t company;
	int n;
};

static struct record *field(struct desk *d, const char *name, const char *type)
{
	struct record *made = make(d, &custom_field_entity, "entity", "company", "name", name,
		"label_it", name, "type", type, NULL);

	went_well(d, custom_see(&d->cx));
	return made;
}

static int64_t keys(struct desk *d, const struct record *of, const char *value)
{
	int64_t n;

	went_well(d,
		db_int(&d->cx, &n, 0,
			"select count(*) from custom_value where ws = $1 and field = $2 and value = $3",
			ARGS(v_int(d->cx.ws), v_int(of->id), v_text(value))));
	return n;
}

static const char *column(struct desk *d, const struct record *company)
{
	struct rows *r =
		db_query(&d->cx, "select custom_values from company where ws = $1 and id = $2",
			ARGS(v_int(d->cx.ws), v_int(company->id)));
	const char *text = rows_next(r) ? rows_text(r, 0) : "?";

	went_well(d, rows_end(r));
	return text;
}

static void a_value_stands_in_its_record_and_in_the_index(void **state)
{
	struct desk *d = *state;
	struct record *plants = field(d, "plants", "int"), *motto = field(d, "motto", "text");
	struct record *company = make(d, &company_entity, "name", "Rossi srl", "plants", "12",
		"motto", "Città dell'Àlto", NULL);

	assert_string_equal(column(d, company), "{\"plants\":12,\"motto\":\"Città dell'Àlto\"}");
	assert_int_equal(keys(d, plants, "800000000000000c"), 1);
	assert_int_equal(keys(d, motto, "citta dellalto"), 1);
	went_well(d, edit(d, company, "plants", v_int(-1)));
	assert_int_equal(keys(d, plants, "800000000000000c"), 0);
	assert_int_equal(keys(d, plants, "7fffffffffffffff"), 1);
	went_well(d, edit(d, company, "plants", v_null()));
	went_well(d, edit(d, company, "motto", v_null()));
	assert_string_equal(column(d, company), "");
	assert_int_equal(keys(d, plants, "7fffffffffffffff"), 0);
}

static void a_record_without_values_has_no_column(void **state)
{
	struct desk *d = *state;

	field(d, "plants", "int");
	assert_string_equal(column(d, make(d, &company_entity, "name", "Rossi srl", NULL)), "");
}

/* As another program on the same PostgreSQL would, for a minute at most. */
static void who_has_not_seen_a_field_yet_keeps_its_values(void **state)
{
	struct desk *d = *state;
	const struct entity *const *before;
	struct record *company;

	field(d, "plants", "int");
	before = d->cx.entities;
	field(d, "motto", "text");
	company = make(d, &company_entity, "name", "Rossi", "plants", "1", "motto", "Avanti", NULL);
	d->cx.entities = before;
	company = reload(d, company);
	went_well(d, edit(d, company, "plants", v_int(2)));
	assert_string_equal(column(d, company), "{\"plants\":2,\"motto\":\"Avanti\"}");
	d->cx.entities = entities;
	company = reload(d, company);
	went_well(d, edit(d, company, "city", v_text("Lecco")));
	assert_string_equal(column(d, company), "{\"plants\":2,\"motto\":\"Avanti\"}");
}

static void undo_gives_back_value_and_index(void **state)
{
	struct desk *d = *state;
	struct record *plants = field(d, "plants", "int");
	struct record *company = make(d, &company_entity, "name", "Rossi", "plants", "1", NULL);

	went_well(d, edit(d, company, "plants", v_int(2)));
	undo_last(d);
	assert_int_equal(record_int(reload(d, company), "plants"), 1);
	assert_int_equal(keys(d, plants, "8000000000000001"), 1);
	assert_int_equal(keys(d, plants, "8000000000000002"), 0);
}

/* Before anybody used it its kind may change; what the history kept of the
 * other kind is nothing now. */
static void a_value_of_another_kind_in_the_history_is_none(void **state)
{
	struct desk *d = *state;
	struct record *plants = field(d, "plants", "int");
	struct record *company = make(d, &company_entity, "name", "Rossi", "plants", "1", NULL);

	went_well(d, edit(d, company, "plants", v_null()));
	went_well(d, edit(d, reload(d, plants), "type", v_text("text")));
	went_well(d, custom_see(&d->cx));
	company = reload(d, company);
	went_well(d, edit(d, company, "plants", v_text("due")));
	undo_last(d);
	assert_false(record_has(reload(d, company), "plants"));
	undo_last(d);
	assert_string_equal(record_text(reload(d, company), "plants"), "due");
}

static bool fills(struct ctx *cx, void *arg)
{
	struct filling *f = arg;
	struct record *company;
	bool ok = op_begin(cx, "record.edit") &&
		  record_load(cx, &company_entity, f->company, RIGHT_WRITE, &company);

	if (ok) {
		record_set(company, "plants", v_int(++f->n));
		record_set(company, "motto", v_text(textf(cx, "motto %d", f->n)));
		ok = record_store(cx, company);
	}
	return op_end(cx, ok);
}

static bool declares(struct ctx *cx, void *arg)
{
	struct record *made = record_new(cx, &custom_field_entity);
	bool ok = op_begin(cx, "record.create");

	(void)arg;
	record_set_text(made, "entity", "company");
	record_set_text(made, "label_it", "Sedi");
	record_set_text(made, "type", "int");
	return op_end(cx, ok && record_store(cx, made));
}

static bool sees(struct ctx *cx, void *arg)
{
	(void)arg;
	shared_outdate(cx->db);
	return tx_begin(cx) && tx_end(cx, true) && custom_see(cx);
}

static void a_failure_anywhere_leaves_nothing_half_done(void **state)
{
	struct desk *d = *state;
	struct record *company;
	struct filling f = { 0 };

	field(d, "plants", "int");
	field(d, "motto", "text");
	company = make(d, &company_entity, "name", "Rossi", "plants", "100", "motto", "x", NULL);
	f.company = company->id;
	fails_anywhere(d, fills, &f);
	fails_anywhere(d, declares, NULL);
	db_fail_after(d->cx.db, 0);
	assert_false(sees(&d->cx, NULL));
	db_fail_after(d->cx.db, -1);
	ctx_clear(&d->cx);
	went_well(d, custom_see(&d->cx));
	assert_int_equal(
		entity_of(&d->cx, &company_entity)->field_count, company_entity.field_count + 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(a_value_stands_in_its_record_and_in_the_index),
		AT_DESK(a_record_without_values_has_no_column),
		AT_DESK(who_has_not_seen_a_field_yet_keeps_its_values),
		AT_DESK(undo_gives_back_value_and_index),
		AT_DESK(a_value_of_another_kind_in_the_history_is_none),
		AT_DESK(a_failure_anywhere_leaves_nothing_half_done),
	};

	return cmocka_run_group_tests_name("crm/custom_field", tests, NULL, NULL);
}
