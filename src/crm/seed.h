/* seed - what a new workspace begins with. */
#pragma once

#include "record/record.h"

struct seed {
	const char *email;	   /* of the first administrator */
	const char *name;	   /* "": the e-mail's first part */
	const char *password_hash; /* see base/secret.h */
	const char *lang;	   /* "it", "en" */
	const char *firm;	   /* its name, "" for none */
	bool demo;		   /* with the invented firm */
};

/* Roles, statuses, stages, sources, mapping, series, rates, settings, rules of
 * qualification and the administrator; with demo the invented firm too, its people signing in with
 * the administrator's password.  The schema must be there; once only.
 *
 * PROBLEM_CONFLICT   the workspace has users already
 * PROBLEM_INVALID    email, lang */
bool seed_workspace(struct ctx *cx, const struct seed *s);
