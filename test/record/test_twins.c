/* The same firm or person, found over the whole store. */
#include "bring.h"

#include <stdio.h>

#include "record/alike.h"
#include "record/twins.h"

static json_t *groups(struct office *o, const struct entity *of)
{
	const char *body;
	json_t *tree;

	assert_int_equal(office_ask(o, office_token(o, OFFICE_ADMIN), "GET",
				 textf(&(struct ctx){ .mem = o->mem },
					 "/api/v1/duplicates/groups?entity=%s", of->name),
				 NULL, &body),
		200);
	tree = json_loads(body, 0, NULL);
	assert_non_null(tree);
	return tree;
}

static size_t group_count(struct office *o, const struct entity *of)
{
	json_t *tree = groups(o, of);
	size_t n = json_array_size(json_object_get(tree, "items"));

	json_decref(tree);
	return n;
}

static size_t size_of_group(struct office *o, const struct entity *of, size_t at)
{
	json_t *tree = groups(o, of);
	json_t *group = json_array_get(json_object_get(tree, "items"), at);
	size_t n = json_array_size(json_object_get(group, "records"));

	json_decref(tree);
	return n;
}

static void find(struct office *o, const struct entity *of)
{
	const struct import_host host = host_of(o);
	struct ctx cx = office_ctx(o);

	assert_true(twins_find(&cx, &host, of));
}

static int score_of(struct office *o, const char *a, const char *b)
{
	struct ctx cx = office_ctx(o);
	struct record *x = record_new(&cx, &company_entity), *y = record_new(&cx, &company_entity);

	record_set_text(x, "name", a);
	record_set_text(y, "name", b);
	return record_alike(&cx, x, y).score;
}

/* S1.25: a purchased list repeats what is there, typed otherwise */
static void one_firm_typed_in_many_ways_is_one_group(void **state)
{
	struct office *o = *state;

	brought(o, &lead_entity,
		"Azienda;Città\n"
		"Officine Meccaniche Brambilla S.r.l.;Milano\n"
		"OFF. MECC. BRAMBILLA SRL;Milano\n"
		"Officine meccanice Brambila;\n"
		"Brambilla Trasporti snc;Lecce\n"
		"Officine Meccaniche Colombo srl;Milano\n"
		"Pasticceria Zanzottera di Zanzottera Luca & C. snc;Pavia\n"
		"PASTICCERIA ZANZOTTERA SNC;Pavia\n");
	find(o, &lead_entity);
	assert_int_equal(group_count(o, &lead_entity), 2);
	assert_int_equal(size_of_group(o, &lead_entity, 0) + size_of_group(o, &lead_entity, 1), 5);
}

static void common_words_and_other_numbers_make_no_twins(void **state)
{
	struct office *o = *state;

	assert_true(score_of(o, "Costruzioni Generali srl", "Impresa Costruzioni Edili") < 60);
	assert_true(score_of(o, "Farmacia Comunale 2", "Farmacia Comunale 3") < 60);
	assert_true(score_of(o, "Edil Zanoletti srl", "Edilzanoletti s.r.l.") >= 60);
	assert_true(score_of(o, "Zanoletti & Figli snc", "Zanoleti e figli") >= 60);
	assert_true(score_of(o, "", "Zanoletti") == 0);
}

/* Who stands between two that differ goes with the likelier one. */
static void two_vat_numbers_are_never_one_group(void **state)
{
	struct office *o = *state;

	brought(o, &company_entity,
		"Ragione sociale;Partita IVA;E-mail\n"
		"Zanoletti Impianti srl;00743110157;info@zanoletti.it\n"
		"Zanoletti Impianti;;info@zanoletti.it\n"
		"Zanoletti Impianti srl;12345678903;\n");
	find(o, &company_entity);
	assert_int_equal(group_count(o, &company_entity), 1);
	assert_int_equal(size_of_group(o, &company_entity, 0), 2);
}

/* One firm has many people (S2.3, S2.29). */
static void colleagues_are_not_twins(void **state)
{
	struct office *o = *state;

	brought(o, &lead_entity,
		"Nome;Cognome;Azienda;Telefono;E-mail;Partita IVA\n"
		"Anna;Neri;Zanoletti srl;02 1234567;info@zanoletti.it;00743110157\n"
		"Luca;Blu;Zanoletti srl;02 1234567;info@zanoletti.it;00743110157\n"
		"ANNA;NERI;Zanoletti;;;\n"
		"A.;Neri;Zanoletti spa;;;\n");
	find(o, &lead_entity);
	assert_int_equal(group_count(o, &lead_entity), 1);
	assert_int_equal(size_of_group(o, &lead_entity, 0), 3);
}

/* The last slice of a search waits in vain: the program ends before it. */
struct waiting {
	void (*run)(void *job);
	void *job;
};

static bool wait(void *arg, void (*run)(void *job), void *job)
{
	*(struct waiting *)arg = (struct waiting){ run, job };
	return true;
}

static void a_search_starts_again_after_a_crash_and_can_be_stopped(void **state)
{
	struct office *o = *state;
	struct import_host host = host_of(o);
	struct waiting first = { 0 }, second = { 0 };
	struct ctx cx = office_ctx(o);

	brought(o, &lead_entity, "Azienda\nZanoletti srl\nZanoletti spa\n");
	host.later = wait;
	host.arg = &first;
	assert_true(twins_find(&cx, &host, &lead_entity));
	assert_false(twins_find(&cx, &host, &lead_entity));
	assert_int_equal(cx.problem.kind, PROBLEM_CONFLICT);
	ctx_clear(&cx);
	assert_int_equal(group_count(o, &lead_entity), 0);
	/* "crash": another takes it up, as at start */
	host.arg = &second;
	twins_resume(&host);
	while (second.run) {
		struct waiting w = second;

		second = (struct waiting){ 0 };
		w.run(w.job);
	}
	assert_int_equal(group_count(o, &lead_entity), 1);
	/* the first one finds that it is over, and ends without harm */
	while (first.run) {
		struct waiting w = first;

		first = (struct waiting){ 0 };
		w.run(w.job);
	}
	assert_int_equal(group_count(o, &lead_entity), 1);
	assert_true(twins_find(&cx, &host, &lead_entity));
	assert_true(twins_stop(&cx, &lead_entity));
	assert_int_equal(group_count(o, &lead_entity), 1);
	while (second.run) {
		struct waiting w = second;

		second = (struct waiting){ 0 };
		w.run(w.job);
	}
	assert_int_equal(office_count(o, "select count(*) from twin_run where ws = $1"
					 " and state in ('stopped', 'done')"),
		1);
}

/* A second search stands in the place of the first; nothing of it stays. */
static void searches_do_not_pile_up(void **state)
{
	struct office *o = *state;

	brought(o, &lead_entity, "Azienda\nZanoletti srl\nZanoletti spa\nZanoletti\n");
	find(o, &lead_entity);
	find(o, &lead_entity);
	assert_int_equal(office_count(o, "select count(*) from twin where ws = $1"), 3);
	assert_int_equal(group_count(o, &lead_entity), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			one_firm_typed_in_many_ways_is_one_group, setup, teardown),
		cmocka_unit_test_setup_teardown(
			common_words_and_other_numbers_make_no_twins, setup, teardown),
		cmocka_unit_test_setup_teardown(
			two_vat_numbers_are_never_one_group, setup, teardown),
		cmocka_unit_test_setup_teardown(colleagues_are_not_twins, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_search_starts_again_after_a_crash_and_can_be_stopped, setup, teardown),
		cmocka_unit_test_setup_teardown(searches_do_not_pile_up, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
