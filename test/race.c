/* Many at once on one store: who wins, what the others are told.  TAP; run by
 * tools/race.sh under ThreadSanitizer, on both engines. */
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "crm/lead_renewal.h"
#include "office.h"

enum { CLIENTS = 8, ROUNDS = 12, BODY = 200 };

/* What one client does, and what it hears. */
struct client {
	struct office *office;
	const char *token, *method, *key, *if_match;
	char path[100], body[BODY];
	int status;
	int64_t id, version;
	bool durable;
	pthread_mutex_t lock;
	pthread_cond_t told;
	int times_told;
};

static void hear(void *arg, bool durable)
{
	struct client *c = arg;

	pthread_mutex_lock(&c->lock);
	c->durable = durable;
	c->times_told++;
	pthread_cond_signal(&c->told);
	pthread_mutex_unlock(&c->lock);
}

static void wait_to_hear(struct client *c)
{
	pthread_mutex_lock(&c->lock);
	while (!c->times_told)
		pthread_cond_wait(&c->told, &c->lock);
	pthread_mutex_unlock(&c->lock);
}

/* One request, as the server's worker runs it. */
static void *run(void *arg)
{
	struct client *c = arg;
	struct arena *mem = arena_new();
	struct ctx cx = { .mem = mem,
		.words = c->office->words,
		.ws = 1,
		.now = clock_now(),
		.lang = LANG_EN,
		.request_id = "race",
		.zone = "Europe/Rome",
		.entities = c->office->api.entities };
	struct api_request req = { .method = c->method,
		.path = c->path,
		.query = "",
		.body = c->body,
		.body_len = strlen(c->body),
		.content_type = "application/json",
		.authorization = c->token,
		.host = "127.0.0.1",
		.peer = "127.0.0.1",
		.accept_language = "en",
		.idempotency_key = c->key,
		.if_match = c->if_match };
	struct api_answer answer;
	json_t *told;

	store_expect(c->office->store, 1);
	cx.db = db_session(c->office->store, mem);
	db_expected(cx.db);
	api_handle(&cx, &c->office->api, &req, &answer);
	db_rest(cx.db);
	db_when_durable(cx.db, hear, c);
	wait_to_hear(c);
	c->status = answer.status;
	if (answer.status >= 500)
		fprintf(stderr, "# %s %s: %d %s\n", c->method, c->path, answer.status,
			cx.problem.detail ? cx.problem.detail : cx.problem.text.key);
	told = json_loads(answer.body, 0, NULL);
	c->id = json_integer_value(json_object_get(told, "id"));
	c->version = json_integer_value(json_object_get(told, "version"));
	json_decref(told);
	arena_free(mem);
	return NULL;
}

static void all_at_once(struct client *clients, size_t n)
{
	pthread_t threads[CLIENTS];

	for (size_t i = 0; i < n; i++) {
		pthread_mutex_init(&clients[i].lock, NULL);
		pthread_cond_init(&clients[i].told, NULL);
	}
	for (size_t i = 0; i < n; i++)
		pthread_create(&threads[i], NULL, run, &clients[i]);
	for (size_t i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
}

static struct client client(
	struct office *o, const char *token, const char *method, const char *path)
{
	struct client c = { .office = o, .token = token, .method = method };

	snprintf(c.path, sizeof(c.path), "/api/v1%s", path);
	snprintf(c.body, sizeof(c.body), "{}");
	return c;
}

static int count(const struct client *clients, int status)
{
	int n = 0;

	for (int i = 0; i < CLIENTS; i++)
		n += clients[i].status == status && clients[i].durable &&
		     clients[i].times_told == 1;
	return n;
}

static int64_t new_lead(struct office *o, const char *token)
{
	struct client c = client(o, token, "POST", "/leads");

	snprintf(
		c.body, sizeof(c.body), "{\"last_name\":\"Rossi\",\"company_name\":\"Rossi srl\"}");
	all_at_once(&c, 1);
	return c.id;
}

static char *lead_path(char *path, int64_t id, const char *verb)
{
	snprintf(path, 90, "/leads/%" PRId64 "%s", id, verb);
	return path;
}

static bool one_converts_the_others_are_told(struct office *o, const char *token)
{
	struct client c[CLIENTS];
	char path[90];
	bool ok = true;

	for (int round = 0; round < ROUNDS; round++) {
		int64_t lead = new_lead(o, token);

		for (int i = 0; i < CLIENTS; i++)
			c[i] = client(o, token, "POST", lead_path(path, lead, "/convert"));
		all_at_once(c, CLIENTS);
		ok = ok && count(c, 200) == 1 && count(c, 409) == CLIENTS - 1;
	}
	return ok && office_count(o, "select count(*) from company where ws = $1") == ROUNDS;
}

static bool the_same_key_makes_one_record(struct office *o, const char *token)
{
	struct client c[CLIENTS];
	bool ok = true;

	for (int round = 0; round < ROUNDS; round++) {
		char key[30];

		snprintf(key, sizeof(key), "key-%d", round);
		for (int i = 0; i < CLIENTS; i++) {
			c[i] = client(o, token, "POST", "/companies");
			c[i].key = key;
			snprintf(c[i].body, BODY, "{\"name\":\"Keyed %d\"}", round);
		}
		all_at_once(c, CLIENTS);
		ok = ok && count(c, 201) == CLIENTS;
		for (int i = 1; i < CLIENTS; i++)
			ok = ok && c[i].id == c[0].id;
	}
	return ok && office_count(o,
			     "select count(*) from company where ws = $1 and name like 'Keyed%'") ==
			     ROUNDS;
}

static bool edits_of_different_fields_all_stay(struct office *o, const char *token)
{
	static const char *const fields[CLIENTS] = { "first_name", "job_title", "city", "province",
		"region", "sector", "need", "description" };
	struct client c[CLIENTS];
	char path[90];
	int64_t lead = new_lead(o, token), highest = 0;

	for (int i = 0; i < CLIENTS; i++) {
		c[i] = client(o, token, "PATCH", lead_path(path, lead, ""));
		c[i].if_match = "1";
		snprintf(c[i].body, BODY, "{\"%s\":\"changed\"}", fields[i]);
	}
	all_at_once(c, CLIENTS);
	for (int i = 0; i < CLIENTS; i++)
		highest = c[i].version > highest ? c[i].version : highest;
	return count(c, 200) == CLIENTS && highest == CLIENTS + 1 &&
	       office_count(o,
		       "select count(*) from lead where ws = $1 and first_name = 'changed'"
		       " and city = 'changed' and sector = 'changed' and description = 'changed'") ==
		       1;
}

static bool of_edits_of_one_field_one_stands(struct office *o, const char *token)
{
	struct client c[CLIENTS];
	char path[90];
	bool ok = true;

	for (int round = 0; round < ROUNDS; round++) {
		int64_t lead = new_lead(o, token);

		for (int i = 0; i < CLIENTS; i++) {
			c[i] = client(o, token, "PATCH", lead_path(path, lead, ""));
			c[i].if_match = "1";
			snprintf(c[i].body, BODY, "{\"city\":\"city %d\"}", i);
		}
		all_at_once(c, CLIENTS);
		ok = ok && count(c, 200) == 1 && count(c, 412) == CLIENTS - 1;
	}
	return ok;
}

static bool verbs_and_edits_mix(struct office *o, const char *token)
{
	struct client c[CLIENTS];
	char path[90];
	int64_t lead = new_lead(o, token);
	bool ok = true;

	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < CLIENTS; i++) {
			c[i] = client(o, token, i % 2 ? "PATCH" : "POST",
				lead_path(path, lead, i % 2 ? "" : "/next-action"));
			snprintf(c[i].body, BODY,
				i % 2 ? "{\"need\":\"%d %d\"}"
				      : "{\"at\":\"2031-01-31T09:00:00Z\",\"note\":\"%d %d\"}",
				round, i);
		}
		all_at_once(c, CLIENTS);
		ok = ok && count(c, 200) == CLIENTS;
	}
	return ok &&
	       office_count(o,
		       "select version - 1 - (select count(*) from change c where c.ws = $1"
		       " and c.record_id = lead.id and c.old is not null) from lead where ws = $1"
		       " order by id desc limit 1") == 0;
}

static bool creations_are_all_there(struct office *o, const char *token)
{
	struct client c[CLIENTS];
	int64_t before = office_count(o, "select count(*) from lead where ws = $1");
	bool ok = true;

	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < CLIENTS; i++) {
			c[i] = client(o, token, "POST", "/leads");
			snprintf(c[i].body, BODY, "{\"last_name\":\"n %d %d\"}", round, i);
		}
		all_at_once(c, CLIENTS);
		ok = ok && count(c, 201) == CLIENTS;
	}
	return ok &&
	       office_count(o, "select count(*) from lead where ws = $1") ==
		       before + ROUNDS * CLIENTS &&
	       office_count(o,
		       "select cast(sum(n) as bigint) from tally where ws = $1 and entity = 'lead'") ==
		       before + ROUNDS * CLIENTS;
}

static int64_t make_one(struct office *o, const char *token, const char *path, const char *body)
{
	struct client c = client(o, token, "POST", path);

	snprintf(c.body, BODY, "%s", body);
	all_at_once(&c, 1);
	return c.id;
}

static void end_all_rules(struct office *o, const char *token)
{
	int64_t id;

	while ((id = office_count(o,
			"select coalesce(max(id), 0) from qualification_rule where ws = $1"
			" and removed_at is null")) > 0) {
		struct client c = client(o, token, "DELETE", "");

		snprintf(c.path, sizeof(c.path), "/api/v1/qualification-rules/%" PRId64, id);
		all_at_once(&c, 1);
	}
}

/* What a chore of the serving program would do within a minute. */
static bool renewal_ends(struct office *o)
{
	struct ctx cx = office_ctx(o);
	bool ok = lead_renewal_finish(&cx);

	db_rest(cx.db);
	return ok;
}

/* Leads are made and changed while a rule changes and all are judged anew: in
 * the end each is judged by the rule as it stands, whoever came first. */
static bool leads_and_rules_change_at_once(struct office *o, const char *token)
{
	struct client c[CLIENTS];
	char path[90];
	int64_t lead = new_lead(o, token), rule;
	bool ok = true;

	end_all_rules(o, token);
	rule = make_one(o, token, "/qualification-rules",
		"{\"field\":\"employees\",\"operator\":\"at_least\",\"value\":\"50\"}");
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < CLIENTS; i++) {
			c[i] = client(o, token, i % 3 ? "PATCH" : "POST", "/leads");
			snprintf(c[i].body, BODY, "{\"last_name\":\"r\",\"employees\":%d}",
				(round * 37 + i * 13) % 100);
			if (i % 3 == 1)
				snprintf(c[i].path, sizeof(c[i].path), "/api/v1/leads/%" PRId64,
					lead);
			if (i % 3 != 2)
				continue;
			snprintf(path, sizeof(path), "/api/v1/qualification-rules/%" PRId64, rule);
			snprintf(c[i].path, sizeof(c[i].path), "%s", path);
			snprintf(
				c[i].body, BODY, "{\"value\":\"%d\"}", (round * 29 + i * 17) % 100);
		}
		all_at_once(c, CLIENTS);
		/* one that met others too often is told to come again */
		for (int i = 0; i < CLIENTS; i++)
			ok = ok && (c[i].status < 300 || c[i].status == 503);
	}
	return ok && renewal_ends(o) &&
	       office_count(o,
		       "select count(*) from lead l, qualification_rule r where l.ws = $1"
		       " and r.ws = $1 and r.removed_at is null and l.qualification <> case"
		       " when l.employees is null then 'unknown'"
		       " when l.employees >= cast(r.value as integer) then 'met' else 'not_met' end") ==
		       0;
}

static int64_t own_values(struct office *o, int64_t lead)
{
	char sql[100];

	snprintf(sql, sizeof(sql),
		"select count(*) from custom_value where ws = $1 and id = %" PRId64, lead);
	return office_count(o, sql);
}

static bool fields_come_while_records_are_written(struct office *o, const char *token)
{
	struct client c[CLIENTS], next;
	int64_t lead = new_lead(o, token);
	char path[90];
	bool ok = true;

	for (int round = 0; round < ROUNDS; round++) {
		c[0] = client(o, token, "POST", "/custom-fields");
		snprintf(c[0].body, BODY,
			"{\"entity\":\"lead\",\"name\":\"extra_%d\",\"label_it\":\"Extra\"}",
			round);
		for (int i = 1; i < CLIENTS; i++) {
			c[i] = client(o, token, "PATCH", lead_path(path, lead, ""));
			snprintf(c[i].body, BODY,
				round ? "{\"extra_%d\":\"%d\"}" : "{\"need\":\"%d %d\"}",
				round ? round - 1 : 0, i);
		}
		all_at_once(c, CLIENTS);
		ok = ok && count(c, 201) == 1 && count(c, 200) == CLIENTS - 1;
		next = client(o, token, "PATCH", lead_path(path, lead, ""));
		snprintf(next.body, BODY, "{\"extra_%d\":\"at once\"}", round);
		all_at_once(&next, 1);
		ok = ok && next.status == 200;
	}
	return ok && own_values(o, lead) == ROUNDS;
}

static const struct {
	const char *name;
	bool (*run)(struct office *o, const char *token);
} races[] = {
	{ "one converts, the others are told 409", one_converts_the_others_are_told },
	{ "the same key makes one record, all hear of it", the_same_key_makes_one_record },
	{ "edits of different fields all stay", edits_of_different_fields_all_stay },
	{ "of edits of one field from one version one stands", of_edits_of_one_field_one_stands },
	{ "verbs and edits mix, each is in the history", verbs_and_edits_mix },
	{ "creations are all there and counted", creations_are_all_there },
	{ "leads and rules change at once, all are judged by the last",
		leads_and_rules_change_at_once },
	{ "fields of the firm's own come while records are written, no value is lost",
		fields_come_while_records_are_written },
};

int main(void)
{
	struct office *o = office_open(OFFICE_EMPTY);
	const char *token = office_token(o, OFFICE_ADMIN);
	int failed = 0;

	printf("1..%zu\n", COUNT(races));
	for (size_t i = 0; i < COUNT(races); i++) {
		bool ok = races[i].run(o, token);

		failed += !ok;
		printf("%sok %zu - %s\n", ok ? "" : "not ", i + 1, races[i].name);
		fflush(stdout);
	}
	office_close(o);
	return failed > 0;
}
