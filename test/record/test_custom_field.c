/* A field that the firm adds arrives everywhere by itself, as one of the
 * program's own does: API, CSV in and out, lists, search, mapping, what the UI
 * draws from (S2.12). */
#include "bring.h"

#include <stdlib.h>

#include "record/custom.h"

struct firm {
	struct office *office;
	const char *token;
};

static const char *ask(struct firm *f, const char *method, const char *path, const char *body)
{
	const char *answer;
	int status = office_ask(f->office, f->token, method, path, body, &answer);

	if (status != 200 && status != 201)
		print_message("# %s %s: %d %s\n", method, path, status, answer);
	assert_true(status == 200 || status == 201);
	return answer;
}

static int open_firm(void **state)
{
	struct firm *f = calloc(1, sizeof(*f));

	if (!f)
		abort();
	f->office = office_open(OFFICE_EMPTY);
	f->token = office_token(f->office, OFFICE_ADMIN);
	ask(f, "POST", "/api/v1/custom-fields",
		"{\"entity\":\"lead\",\"name\":\"shoe_size\",\"label_it\":\"Numero di scarpe\","
		"\"label_en\":\"Shoe size\",\"type\":\"int\",\"list\":true}");
	ask(f, "POST", "/api/v1/custom-fields",
		"{\"entity\":\"lead\",\"name\":\"tone\",\"label_it\":\"Tono\",\"label_en\":\"Tone\","
		"\"type\":\"choice\",\"searchable\":true,\"choices\":["
		"{\"value\":\"du\",\"it\":\"Amichevole\",\"en\":\"Friendly\"},"
		"{\"value\":\"sie\",\"it\":\"Formale\",\"en\":\"Formal\"}]}");
	*state = f;
	return 0;
}

static int close_firm(void **state)
{
	struct firm *f = *state;

	office_close(f->office);
	free(f);
	return 0;
}

static void a_file_brings_it_under_its_label_in_either_language(void **state)
{
	struct firm *f = *state;
	struct import im = brought(f->office, &lead_entity,
		"Cognome;Numero di scarpe;Tono\nRossi;43;Amichevole\nVerdi;44;formal\n");

	assert_string_equal(goes_to(&im, "Numero di scarpe"), "shoe_size");
	assert_string_equal(goes_to(&im, "Tono"), "tone");
	brought(f->office, &lead_entity, "Last name;Shoe size\nBianchi;39\nNeri;none\n");
	assert_non_null(strstr(
		ask(f, "GET", "/api/v1/leads?shoe_size%5Bgte%5D=43&tone=du", NULL), "Rossi"));
	assert_non_null(strstr(ask(f, "GET", "/api/v1/leads?tone=sie", NULL), "Verdi"));
	assert_non_null(strstr(ask(f, "GET", "/api/v1/leads?shoe_size=39", NULL), "Bianchi"));
	/* what does not fit stays under its heading, and is lost to nobody */
	assert_string_equal(kept(f->office, nth(f->office, &lead_entity, 3), "Shoe size"), "none");
}

static void it_goes_out_as_csv_and_comes_in_again(void **state)
{
	struct firm *f = *state;
	const char *csv;

	ask(f, "POST", "/api/v1/leads",
		"{\"last_name\":\"Rossi\",\"shoe_size\":43,\"tone\":\"sie\"}");
	csv = ask(f, "GET", "/api/v1/leads/export", NULL);
	assert_non_null(strstr(csv, ";Shoe size;Tone;"));
	assert_non_null(strstr(csv, ";43;Formal;"));
	brought(f->office, &lead_entity, csv);
	assert_non_null(
		strstr(ask(f, "GET", "/api/v1/leads?shoe_size=43&tone=sie&count=true", NULL),
			"\"total\":2"));
}

static void lists_sort_by_it(void **state)
{
	struct firm *f = *state;
	const char *answer, *small, *large, *none;

	ask(f, "POST", "/api/v1/leads", "{\"last_name\":\"Grande\",\"shoe_size\":100}");
	ask(f, "POST", "/api/v1/leads", "{\"last_name\":\"Niente\"}");
	ask(f, "POST", "/api/v1/leads", "{\"last_name\":\"Piccolo\",\"shoe_size\":9}");
	answer = ask(f, "GET", "/api/v1/leads?sort=shoe_size", NULL);
	small = strstr(answer, "Piccolo");
	large = strstr(answer, "Grande");
	none = strstr(answer, "Niente");
	assert_true(small && large && none && small < large && large < none);
}

static void the_search_knows_its_words(void **state)
{
	struct firm *f = *state;

	ask(f, "POST", "/api/v1/leads", "{\"last_name\":\"Rossi\",\"tone\":\"du\"}");
	assert_non_null(strstr(ask(f, "GET", "/api/v1/search?q=amichev", NULL), "Rossi"));
	assert_null(strstr(ask(f, "GET", "/api/v1/search?q=formale", NULL), "Rossi"));
}

static void what_the_ui_draws_from_and_the_document_have_it(void **state)
{
	struct firm *f = *state;
	const char *open;

	assert_non_null(strstr(ask(f, "GET", "/api/v1/meta", NULL),
		"\"name\":\"shoe_size\",\"type\":\"int\",\"label\":\"Shoe size\""));
	assert_non_null(strstr(ask(f, "GET", "/api/v1/openapi.json", NULL), "\"shoe_size\":{"));
	/* not to strangers */
	assert_int_equal(
		office_ask(f->office, NULL, "GET", "/api/v1/openapi.json", NULL, &open), 200);
	assert_null(strstr(open, "shoe_size"));
}

/* A job sees what stood when it began: a field made while it runs changes
 * nothing of it, and one taken away stays till its end. */
static void an_import_goes_on_while_fields_come_and_go(void **state)
{
	struct firm *f = *state;
	struct ctx cx = office_ctx(f->office);
	struct import_host host = host_of(f->office);
	struct buf b;
	int64_t id;

	buf_init(&b, f->office->mem);
	buf_add(&b, "Cognome;Numero di scarpe\n");
	for (int i = 0; i < 300; i++)
		buf_addf(&b, "Persona %d;%d\n", i, i);
	assert_true(custom_see(&cx));
	id = taken(&cx, &lead_entity, b.s);
	db_rest(cx.db);
	ask(f, "POST", "/api/v1/custom-fields",
		"{\"entity\":\"lead\",\"name\":\"late\",\"label_it\":\"Tardi\",\"required\":true}");
	cx = office_ctx(f->office);
	assert_true(import_run(&cx, &host, id));
	db_rest(cx.db);
	assert_string_equal(standing(f->office, id).state, "done");
	/* it began after: each row is told what it lacks */
	assert_int_equal(
		office_count(f->office,
			"select count(*) from import_refused where ws = $1 and why like '%late%'"),
		300);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, open_firm, close_firm)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_file_brings_it_under_its_label_in_either_language),
		EACH(it_goes_out_as_csv_and_comes_in_again),
		EACH(lists_sort_by_it),
		EACH(the_search_knows_its_words),
		EACH(what_the_ui_draws_from_and_the_document_have_it),
		EACH(an_import_goes_on_while_fields_come_and_go),
	};

	return cmocka_run_group_tests_name("record/custom_field", tests, NULL, NULL);
}
