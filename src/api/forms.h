/* forms - the pages that visitors of a web site see: /f/KEY,
 * /f/confirm/TOKEN, and of a message /f/leave/TOKEN.  Outside /api/v1: HTML, no JSON; nobody signs
 * in. */
#pragma once

#include "api/api.h"

enum { FORM_BODY = 16 * 1024 };

bool form_is_path(const char *path);
/* Answer one request, as api_handle: never fails. */
void form_handle(struct ctx *cx, const struct api *api, const struct api_request *req,
	struct api_answer *answer);
