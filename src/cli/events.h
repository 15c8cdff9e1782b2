/* events - who listens to what changes, and telling them. */
#pragma once

#include "http/http.h"
#include "record/op.h"

struct hub;

struct hub *hub_new(void);
void hub_free(struct hub *h);
/* A new listener; mem holds who and ends with the stream. */
void hub_join(struct hub *h, struct http_call *call, struct arena *mem, const struct who *who);
/* An operation is on disk: each hears of the records that he may read. */
void hub_tell_op(struct hub *h, const struct op *op, int64_t user_id, const char *user);
/* A whole event, to the streams of one user. */
void hub_tell_user(struct hub *h, int64_t user_id, const char *text);
