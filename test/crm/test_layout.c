/* Cards as the firm has them (S2.12), and words of values that were there
 * before. */
#include "crm/field_layout.h"
#include "record/custom.h"
#include "record/search.h"
#include "steps.h"

static json_t *card(void)
{
	return json_loads("[{\"name\":\"person\",\"fields\":[\"last_name\",\"email\"]},"
			  "{\"title_it\":\"Sul posto\",\"fields\":[\"mobile\",\"city\"]}]",
		0, NULL);
}

static bool arranges(struct ctx *cx, void *arg)
{
	struct page panels;

	return layout_arrange(cx, "lead", arg, &panels);
}

static const struct field *of_lead(struct desk *d, const char *name)
{
	const struct entity *of = entity_of(&d->cx, &lead_entity);

	return entity_field(of, (size_t)entity_find(of, name));
}

static size_t order_of(struct desk *d, const char *name)
{
	const struct entity *of = entity_of(&d->cx, &lead_entity);
	size_t order[200], at = 0;

	assert_true(entity_width(of) <= COUNT(order));
	entity_order(of, order);
	while (strcmp(entity_field(of, order[at])->name, name) != 0)
		at++;
	return at;
}

static void a_card_is_put_in_order_or_stays_as_it_was(void **state)
{
	struct desk *d = *state;
	json_t *panels = card();

	fails_anywhere(d, arranges, panels);
	json_decref(panels);
	went_well(d, custom_see(&d->cx));
	assert_string_equal(of_lead(d, "mobile")->group, "sul_posto");
	assert_string_equal(of_lead(d, "email")->group, "person");
	assert_int_equal(order_of(d, "last_name"), 0);
	assert_int_equal(order_of(d, "email"), 1);
	/* the others of that panel come behind it, those of others behind all */
	assert_true(order_of(d, "first_name") < order_of(d, "mobile"));
	assert_true(order_of(d, "city") < order_of(d, "street"));
	undo_last(d);
	went_well(d, custom_see(&d->cx));
	assert_string_equal(of_lead(d, "mobile")->group, "contact");
	assert_true(of_lead(d, "mobile")->place == 0);
}

static void a_panel_that_is_gone_gives_its_fields_back(void **state)
{
	struct desk *d = *state;
	json_t *panels = card();
	struct record *own;

	went_well(d, arranges(&d->cx, panels));
	json_decref(panels);
	went_well(d, record_find(&d->cx, &field_panel_entity, "name", v_text("sul_posto"), &own));
	went_well(d, edit(d, own, "removed_at", v_int(1)));
	went_well(d, custom_see(&d->cx));
	assert_string_equal(of_lead(d, "mobile")->group, "contact");
}

/* How many records of the firm have that word. */
static size_t found(struct desk *d, const char *word)
{
	struct json_out j;
	json_t *answer;
	size_t n;

	json_init(&j, d->cx.mem);
	went_well(d, search_write(&d->cx, &j, word, 50, searchable_entities));
	answer = json_loads(j.text.s, 0, NULL);
	n = json_array_size(json_object_get(answer, "items"));
	json_decref(answer);
	return n;
}

static struct record *motto(struct desk *d)
{
	struct record *made = make(d, &custom_field_entity, "entity", "company", "name", "motto",
		"label_it", "Motto", "type", "text", NULL);

	went_well(d, custom_see(&d->cx));
	return made;
}

static void words_of_values_that_were_there_are_found(void **state)
{
	struct desk *d = *state;
	struct record *field = motto(d);

	for (int i = 0; i < 250; i++)
		make(d, &company_entity, "name", textf(&d->cx, "Ditta %d", i), "motto",
			i % 2 ? "festina lente" : NULL, NULL);
	assert_int_equal(found(d, "festina"), 0);
	went_well(d, edit(d, field, "searchable", v_int(1)));
	d->cx.now += 120000;
	/* as if the program ended after the first part */
	db_fail_after(d->cx.db, 9 + 2 * 100);
	(void)!search_renew(&d->cx);
	db_fail_after(d->cx.db, -1);
	ctx_clear(&d->cx);
	assert_true(office_count(d->o, "select count(*) from words_due where ws = $1") == 1);
	went_well(d, search_renew(&d->cx));
	assert_int_equal(office_count(d->o, "select count(*) from words_due where ws = $1"), 0);
	assert_int_equal(found(d, "festina"), 50);
	/* derived: nothing of it is in the history */
	assert_int_equal(
		office_count(
			d->o, "select count(*) from change where ws = $1 and entity = 'company'"),
		250);
	went_well(d, edit(d, reload(d, field), "searchable", v_int(0)));
	d->cx.now += 120000;
	went_well(d, search_renew(&d->cx));
	went_well(d, custom_see(&d->cx));
	assert_int_equal(found(d, "festina"), 0);
}

static void words_follow_the_labels_of_choices(void **state)
{
	struct desk *d = *state;
	struct record *field = make(d, &custom_field_entity, "entity", "company", "name", "size",
		"label_it", "Taglia", "type", "choice", "choices",
		"[{\"value\":\"a\",\"it\":\"Grande\",\"en\":\"Large\"}]", "searchable", "1", NULL);

	went_well(d, custom_see(&d->cx));
	make(d, &company_entity, "name", "Rossi", "size", "a", NULL);
	assert_int_equal(found(d, "grande"), 1);
	went_well(d, edit(d, field, "choices",
			     v_text("[{\"value\":\"a\",\"it\":\"Enorme\",\"en\":\"Huge\"}]")));
	d->cx.now += 120000;
	went_well(d, search_renew(&d->cx));
	assert_int_equal(found(d, "enorme"), 1);
	assert_int_equal(found(d, "grande"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(a_card_is_put_in_order_or_stays_as_it_was),
		AT_DESK(a_panel_that_is_gone_gives_its_fields_back),
		AT_DESK(words_of_values_that_were_there_are_found),
		AT_DESK(words_follow_the_labels_of_choices),
	};

	return cmocka_run_group_tests_name("crm/layout", tests, NULL, NULL);
}
