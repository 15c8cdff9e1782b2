/* A field added to a table of fields arrives everywhere by itself: SQL, API,
 * OpenAPI, CSV, what the UI draws from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "crm/entities.h"
#include "office.h"
#include "record/import.h"
#include "record/schema.h"

enum { FIELDS_MAX = 100 };

/* Leads with one more field, and all the others as they are. */
struct changed {
	struct field fields[FIELDS_MAX];
	struct entity lead;
	const struct entity *all[32];
	struct office *office;
	const char *token;
};

static const struct field shoe_size = {
	"shoe_size",
	FIELD_INT,
	"Numero di scarpe",
	"Shoe size",
	"person",
	.list = true,
	.also = "Taglia|Shoe",
};

static int open_changed(void **state)
{
	struct changed *c = calloc(1, sizeof(*c));
	struct ctx cx;

	if (!c)
		abort();
	memcpy(c->fields, lead_entity.fields, lead_entity.field_count * sizeof(*c->fields));
	c->fields[lead_entity.field_count] = shoe_size;
	c->lead = lead_entity;
	c->lead.fields = c->fields;
	c->lead.field_count++;
	for (size_t i = 0; entities[i]; i++)
		c->all[i] = entities[i] == &lead_entity ? &c->lead : entities[i];
	c->office = office_open(OFFICE_EMPTY);
	c->office->api.entities = c->all;
	cx = office_ctx(c->office);
	cx.entities = c->all;
	assert_true(schema_apply(&cx, c->all));
	db_rest(cx.db);
	c->token = office_token(c->office, OFFICE_ADMIN);
	*state = c;
	return 0;
}

static int close_changed(void **state)
{
	struct changed *c = *state;

	office_close(c->office);
	free(c);
	return 0;
}

static const char *ask(struct changed *c, const char *method, const char *path, const char *body)
{
	const char *answer;
	int status = office_ask(c->office, c->token, method, path, body, &answer);

	if (status != 200 && status != 201)
		print_message("# %s %s: %d %s\n", method, path, status, answer);
	assert_true(status == 200 || status == 201);
	return answer;
}

static void a_table_that_was_there_gets_its_column(void **state)
{
	struct changed *c = *state;

	assert_int_equal(office_count(c->office,
				 "select count(*) from lead where ws = $1 and shoe_size is null"),
		0);
}

static void the_tables_as_printed_have_it(void **state)
{
	struct changed *c = *state;

	for (int pg = 0; pg < 2; pg++) {
		struct buf sql;

		buf_init(&sql, c->office->mem);
		schema_write(&sql, c->all, pg);
		assert_non_null(strstr(sql.s, pg ? "\tshoe_size bigint" : "\tshoe_size integer"));
	}
}

static void the_doors_take_it_filter_by_it_and_remember_it(void **state)
{
	struct changed *c = *state;
	const char *lead =
		ask(c, "POST", "/api/v1/leads", "{\"last_name\":\"Rossi\",\"shoe_size\":43}");
	json_t *tree = json_loads(lead, 0, NULL);
	long long id = json_integer_value(json_object_get(tree, "id"));
	char path[100];

	assert_int_equal(json_integer_value(json_object_get(tree, "shoe_size")), 43);
	json_decref(tree);
	assert_non_null(strstr(ask(c, "GET", "/api/v1/leads?shoe_size%5Bgt%5D=42", NULL), "Rossi"));
	assert_null(strstr(ask(c, "GET", "/api/v1/leads?shoe_size=42", NULL), "Rossi"));
	snprintf(path, sizeof(path), "/api/v1/leads/%lld", id);
	ask(c, "PATCH", path, "{\"shoe_size\":44}");
	snprintf(path, sizeof(path), "/api/v1/history?entity=lead&id=%lld", id);
	assert_non_null(strstr(ask(c, "GET", path, NULL), "Shoe size"));
}

static void what_the_ui_draws_from_has_it(void **state)
{
	assert_non_null(strstr(ask(*state, "GET", "/api/v1/meta", NULL),
		"\"name\":\"shoe_size\",\"type\":\"int\",\"label\":\"Shoe size\""));
}

static void the_document_has_it(void **state)
{
	assert_non_null(
		strstr(ask(*state, "GET", "/api/v1/openapi.json", NULL), "\"shoe_size\":{"));
}

static void it_goes_out_as_csv(void **state)
{
	struct changed *c = *state;
	const char *csv;

	ask(c, "POST", "/api/v1/leads", "{\"last_name\":\"Bianchi\",\"shoe_size\":38}");
	csv = ask(c, "GET", "/api/v1/leads/export", NULL);
	assert_non_null(strstr(csv, ";Shoe size;"));
	assert_non_null(strstr(csv, ";38;"));
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, open_changed, close_changed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_table_that_was_there_gets_its_column),
		EACH(the_tables_as_printed_have_it),
		EACH(the_doors_take_it_filter_by_it_and_remember_it),
		EACH(what_the_ui_draws_from_has_it),
		EACH(the_document_has_it),
		EACH(it_goes_out_as_csv),
	};

	return cmocka_run_group_tests_name("record/new_field", tests, NULL, NULL);
}
