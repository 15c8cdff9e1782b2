/* api - every door of the server, and what is asked of those who enter.
 *
 * It knows nothing of sockets: a request comes as texts, an answer goes as
 * texts, so that tests and the server use the same doors. */
#pragma once

#include <jansson.h>

#include "base/ctx.h"
#include "base/json.h"
#include "crm/mail_server.h"
#include "record/list.h"

struct limiter;
struct op;
struct store;
struct welcome;

/* What the doors need beyond the request; one for the whole server. */
struct api {
	struct store *store;
	const struct words *words;
	const struct entity *const *entities;
	struct limiter *limiter; /* of sign-ins and exports */
	struct welcome *welcome; /* the link of a trial; NULL: there is none */
	int64_t ws;
	bool no_limits; /* for tests of other things */
	struct mail_means mail;
	const char *fetch_allow; /* "host:port,...": for tests; see fetch/fetch.h */
	/* Have large work go on after the answer: run(arg) on a worker; NULL:
	 * it is done at once. */
	bool (*later)(void *arg, void (*run)(void *job), void *job);
	/* Tell a user's streams; text is a whole event.  NULL: nobody listens. */
	void (*tell)(void *arg, int64_t user_id, const char *text);
	void *arg;
};

/* One that comes in; NULL where a header is not there. */
struct api_request {
	const char *method, *path, *query;
	const char *body;
	size_t body_len;
	const char *content_type, *authorization, *cookie, *origin, *fetch_site, *host;
	const char *if_match, *idempotency_key, *accept_language, *agent;
	const char *peer; /* address */
	bool is_secure;
};

struct api_answer {
	int status;
	const char *type, *body;
	size_t len;
	int file;	      /* instead of a body: a descriptor and 1; who sends it closes it */
	const char *cookie;   /* Set-Cookie, or NULL */
	int64_t operation_id; /* 0: nothing was written */
	int retry_after;
	const char *allow;     /* of 405 */
	const char *filename;  /* of a download */
	const struct op *done; /* to be announced once it is durable */
};

enum route_flags {
	ROUTE_OPEN = 1,	   /* without signing in */
	ROUTE_WRITES = 2,  /* changes something: through the write queue */
	ROUTE_SLOW = 4,	   /* takes long: on a worker */
	ROUTE_FILE = 8,	   /* the body is a file, not JSON */
	ROUTE_EVENTS = 16, /* the stream of events; serve answers it */
	ROUTE_LIST = 32,   /* takes the query names of a list */
	ROUTE_LARGE = 64,  /* takes a body of up to 16 MiB */
};

struct api_call {
	const struct api *api;
	const struct api_request *req;
	int64_t id;		 /* the {id} of the path, or 0 */
	const struct entity *of; /* the {plural} of the path, or NULL */
	struct params params;	 /* of the query */
	json_t *body;		 /* an object; empty when none was sent */
	struct json_out out;	 /* the answer, if it goes well */
	struct api_answer *answer;
	bool by_cookie;
};

struct route {
	const char *method, *path;
	bool (*run)(struct ctx *cx, struct api_call *call);
	int ok; /* the status when run() is true */
	unsigned flags;
	const char *about; /* for the OpenAPI document */
	const char *takes; /* JSON members of the body: "status_id!:int reason:text" */
	const char *query; /* names of the query: "from to" */
};

/* All of them; ends without a method. */
extern const struct route routes[];

/* The route of a request; NULL when there is none (then *allow names the
 * methods that would do, or NULL). */
const struct route *api_route(struct arena *mem, const struct api *api, const char *method,
	const char *path, struct api_call *call, const char **allow);

/* Answer one request.  Never fails: a problem becomes an answer too.  cx comes
 * with mem, db, words, ws, now, entities, zone, request_id. */
void api_handle(struct ctx *cx, const struct api *api, const struct api_request *req,
	struct api_answer *answer);

/* Only who asks: for the stream of events.  false: answer holds a problem. */
bool api_enter(struct ctx *cx, const struct api *api, const struct api_request *req,
	struct api_answer *answer);

/* The body of a problem, as the doors write it. */
const char *api_problem_body(struct ctx *cx, int status, const char *word, const char *key);
/* Who asks, from cookie or bearer token; sets cx->who and the language.
 * false with PROBLEM_SIGNED_OUT when nobody does. */
bool api_sign_in(struct ctx *cx, struct api_call *call);

/* For handlers: texts and numbers of the body; a wrong kind is refused by
 * name, an absent one leaves the value alone. */
bool body_text(struct ctx *cx, const struct api_call *call, const char *name, const char **text);
bool body_int(struct ctx *cx, const struct api_call *call, const char *name, int64_t *n);
bool body_bool(struct ctx *cx, const struct api_call *call, const char *name, bool *b);
bool body_time(struct ctx *cx, const struct api_call *call, const char *name, int64_t *ms);
bool body_money(
	struct ctx *cx, const struct api_call *call, const char *name, int64_t *cents, bool *given);
/* An array of 1 to max ids, in the arena. */
bool body_ids(
	struct ctx *cx, const struct api_call *call, const char *name, size_t max, int64_t **ids);
/* Refuse members of the body that are not in names ("a b c"). */
bool body_only(struct ctx *cx, const struct api_call *call, const char *names);
/* The query's names are all in names. */
bool query_only(struct ctx *cx, const struct api_call *call, const char *names);
bool query_int(struct ctx *cx, const struct api_call *call, const char *name, int64_t *n);
/* limit=, 1 to LIST_MAX. */
bool query_limit(struct ctx *cx, const struct api_call *call, size_t fallback, size_t *limit);
/* What the doors demand of administrators. */
bool demand_admin(struct ctx *cx);
bool write_record(struct ctx *cx, struct api_call *call, const struct record *rec);
