/* json - answers are written straight into a buf, never built as a tree. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct json_out {
	struct buf text;
	bool comma; /* the next thing needs one before it */
};

void json_init(struct json_out *j, struct arena *mem);
void json_open(struct json_out *j, char bracket);  /* '{' or '[' */
void json_close(struct json_out *j, char bracket); /* '}' or ']' */
void json_key(struct json_out *j, const char *key);
void json_text(struct json_out *j, const char *s); /* NULL writes null */
void json_int(struct json_out *j, int64_t i);
void json_bool(struct json_out *j, bool b);
void json_none(struct json_out *j);
void json_raw(struct json_out *j, const char *json);	   /* JSON already */
void json_number(struct json_out *j, const char *decimal); /* as it stands */
void json_money(struct json_out *j, int64_t cents);	   /* 1234.5 -> 1234.50 */
void json_time(struct json_out *j, int64_t ms);		   /* RFC 3339, UTC */

/* "key": value, in one line. */
void json_put_text(struct json_out *j, const char *key, const char *s);
void json_put_int(struct json_out *j, const char *key, int64_t i);
void json_put_bool(struct json_out *j, const char *key, bool b);
/* 0 writes null: for ids and instants that may be none. */
void json_put_id(struct json_out *j, const char *key, int64_t id);
void json_put_time(struct json_out *j, const char *key, int64_t ms);
