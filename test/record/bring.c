/* Imports for tests. */
#include "bring.h"

#include "record/custom.h"

/* As one who entered by a door. */
static struct ctx seen(struct office *o)
{
	struct ctx cx = office_ctx(o);

	assert_true(custom_see(&cx));
	return cx;
}

struct import_host host_of(struct office *o)
{
	return (struct import_host){
		.store = o->store, .words = o->words, .entities = entities, .ws = 1
	};
}

int64_t taken(struct ctx *cx, const struct entity *of, const char *text)
{
	const struct import_given given = { .name = "file.csv", .bytes = text, .n = strlen(text) };
	int64_t id = 0;

	if (!import_create(cx, of, &given, &id))
		fail_msg("not taken: %s",
			cx->problem.fields ? cx->problem.fields->text.key : cx->problem.text.key);
	return id;
}

struct import standing(struct office *o, int64_t id)
{
	struct ctx cx = seen(o);
	struct import im;

	assert_true(import_load(&cx, id, &im));
	db_rest(cx.db);
	return im;
}

struct import brought(struct office *o, const struct entity *of, const char *text)
{
	struct ctx cx = seen(o);
	struct import_host host = host_of(o);
	int64_t id = taken(&cx, of, text);
	struct import im;

	assert_true(import_run(&cx, &host, id));
	db_rest(cx.db);
	im = standing(o, id);
	if (strcmp(im.state, "done") != 0)
		fail_msg("%s: %s", im.state, im.problem);
	return im;
}

void changed(struct ctx *cx, int64_t id, const char *json)
{
	json_t *body = json_loads(json, 0, NULL);

	assert_non_null(body);
	assert_true(import_change(cx, id, body));
	json_decref(body);
}

const char *goes_to(const struct import *im, const char *heading)
{
	for (size_t i = 0; i < im->plan.n; i++)
		if (!strcmp(im->plan.columns[i].heading, heading))
			return im->plan.columns[i].field ? im->plan.columns[i].field->name : "";
	fail_msg("no column %s", heading);
	return "";
}

struct record *nth(struct office *o, const struct entity *of, size_t n)
{
	struct ctx cx = seen(o);
	struct record **all;
	size_t count;

	assert_true(record_all(&cx, of, &all, &count));
	db_rest(cx.db);
	assert_true(n < count);
	return all[n];
}

const char *kept(struct office *o, const struct record *rec, const char *heading)
{
	json_t *tree = json_loads(record_text(rec, "custom"), 0, NULL);
	const char *s = json_string_value(json_object_get(tree, heading));
	const char *found = arena_dup(o->mem, s ? s : "");

	json_decref(tree);
	return found;
}

const char *many(struct ctx *cx, size_t rows)
{
	struct buf b;

	buf_init(&b, cx->mem);
	buf_add(&b, "Cognome;E-mail;Telefono\n");
	for (size_t i = 0; i < rows; i++)
		buf_addf(&b, "Persona %zu;p%zu@prova.it;02 %07zu\n", i, i, i);
	return b.s;
}

int64_t leads(struct office *o)
{
	return office_count(o, "select count(*) from lead where ws = $1 and removed_at is null");
}

int setup(void **state)
{
	*state = office_open(OFFICE_EMPTY);
	return 0;
}

int teardown(void **state)
{
	office_close(*state);
	return 0;
}
