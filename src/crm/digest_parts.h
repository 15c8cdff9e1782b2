/* digest_parts - what the morning mail tells, before it is put into words. */
#pragma once

#include "crm/digest.h"

/* A person's expired leads of one status: how many, and the first of them,
 * longest expired first. */
struct digest_phase {
	const struct record *status;
	int64_t all;
	struct record **leads;
	size_t n;
};

struct digest_person {
	int64_t id, all;
	const char *name;
	struct digest_phase *phases;
	size_t n;
};

struct digest {
	const struct record *firm;
	const char *day; /* local, of who gets it */
	int64_t hour;	 /* of his: 7 */
	const char *email, *name;
	struct digest_person own, *others;
	size_t n; /* others */
	int64_t all_others;
	bool tells_address; /* that links lack the firm's base_url */
};

/* Subject, text and HTML, in cx's language. */
void digest_write(struct ctx *cx, const struct digest *d, struct mail *mail);
