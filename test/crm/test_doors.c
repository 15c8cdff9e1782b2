/* Verbs that doors speak by themselves: each whole, or not at all. */
#include "steps.h"

#include "api/handlers.h"

struct door {
	bool (*run)(struct ctx *cx, struct api_call *call);
	const struct entity *of;
	int64_t id;
	json_t *body;
	struct api *api;
};

/* Asked with an Idempotency-Key, verb and answer are one transaction. */
static bool passes(struct ctx *cx, void *arg)
{
	const struct door *door = arg;
	const struct api_request req = { .method = "POST", .path = "/", .query = "" };
	struct api_answer answer = { 0 };
	struct api_call call = { .api = door->api,
		.req = &req,
		.id = door->id,
		.of = door->of,
		.body = door->body,
		.answer = &answer };

	bool ok;

	json_init(&call.out, cx->mem);
	ok = tx_begin(cx) && door->run(cx, &call);
	return tx_end(cx, ok);
}

/* Whichever statement fails; the body is given away. */
static void survives(struct desk *d, struct door door, json_t *body)
{
	door.body = body;
	door.api = &d->o->api;
	d->cx.now += 1000;
	fails_anywhere(d, passes, &door);
	json_decref(body);
}

static void a_failure_anywhere_leaves_a_record_as_it_was(void **state)
{
	struct desk *d = *state;
	const struct entity *of = &company_entity;
	int64_t id;

	survives(d, (struct door){ records_create, of }, json_pack("{s:s}", "name", "Rossi srl"));
	id = office_count(d->o, "select max(id) from company where ws = $1");
	survives(d, (struct door){ records_change, of, id }, json_pack("{s:s}", "city", "Bari"));
	survives(
		d, (struct door){ records_remove, of, id }, json_pack("{s:s}", "reason", "chiusa"));
	survives(d, (struct door){ records_restore, of, id }, json_object());
	assert_int_equal(
		office_count(d->o, "select count(*) from company where ws = $1 and city = 'Bari'"
				   " and removed_at is null"),
		1);
}

/* S4.14 */
static void a_failure_anywhere_leaves_the_order(void **state)
{
	struct desk *d = *state;
	int64_t working = status_named(d, "Working"), open = status_named(d, "Open");

	survives(d, (struct door){ steps_put_in_order, &lead_status_entity },
		json_pack("{s:[I,I]}", "ids", (json_int_t)working, (json_int_t)open));
}

/* The password and the sessions of before go together. */
static void a_failure_anywhere_leaves_the_password_and_its_sessions(void **state)
{
	struct desk *d = *state;
	int64_t user = office_user(d->o, "vera@prova.it", "sales", 0);
	static const char hers[] = "select count(*) from session where ws = $1 and hash = 'old'";

	went_well(d, tx_begin(&d->cx) &&
			     db_run(&d->cx,
				     "insert into session (ws, hash, user_id, created_at, seen_at)"
				     " values ($1, 'old', $2, $3, $3)",
				     ARGS(v_int(d->cx.ws), v_int(user), v_int(d->cx.now))));
	went_well(d, tx_end(&d->cx, true));
	d->o->system.session = "";
	assert_int_equal(office_count(d->o, hers), 1);
	survives(d, (struct door){ users_password, &user_entity, user },
		json_pack("{s:s}", "password", "un'altra parola lunga"));
	assert_int_equal(office_count(d->o, hers), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_DESK(a_failure_anywhere_leaves_a_record_as_it_was),
		AT_DESK(a_failure_anywhere_leaves_the_order),
		AT_DESK(a_failure_anywhere_leaves_the_password_and_its_sessions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
