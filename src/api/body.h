/* body - what came with a request, read and checked at the door. */
#pragma once

#include "api/api.h"

enum {
	BODY_MAX = 1024 * 1024,
	BODY_LARGE = 16 * 1024 * 1024,
	BODY_DEPTH = 32,
	FILE_MAX = 100 * 1024 * 1024
};

/* The body as a JSON object; the query as decoded pairs. */
bool body_read(struct ctx *cx, struct api_call *call, size_t limit);
bool query_read(struct ctx *cx, struct api_call *call);
