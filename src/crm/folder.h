/* folder - the client folder: all that was sold to one customer or may be, and
 * all that was ever said to him (S5.30-S5.34).
 *
 * The company is the folder (C10), and a contact without a company is his own;
 * nobody creates one.  It is there from the second opportunity on: until then
 * the lead, or the one opportunity, holds enough.  What was said is catalogued
 * by the phase it was said in: lead, negotiation (until the first win),
 * customer (S1.30). */
#pragma once

#include "crm/entities.h"
#include "record/record.h"

struct folder_ask {
	const struct entity *of; /* company or contact */
	int64_t id;
	size_t limit;	    /* of exchanges; 0: LIST_DEFAULT */
	const char *cursor; /* "" or NULL: the newest */
	const char *phase;  /* exchanges of one phase alone; "" or NULL: of all */
};

/* {"is_folder","currency","totals",...}: see doc/API.md.  Sums are in the
 * firm's currency: what is won by the rate of the day it was closed, what is
 * open by today's; weighted is the sum of amount times probability.
 *
 * PROBLEM_NOT_FOUND  no such record, or not for this user
 * PROBLEM_INVALID    limit, cursor, phase */
bool folder_write(struct ctx *cx, struct json_out *j, const struct folder_ask *ask);

/* For an opportunity without a company: the companies it may belong to, and
 * what a new one would be called; null for one that has a company (S5.36). */
bool folder_proposal_write(struct ctx *cx, struct json_out *j, const struct record *opportunity);

/* Which company: one that is there, or a new one of these fields. */
struct folder_choice {
	int64_t company_id;    /* 0: a new one */
	const json_t *company; /* its fields; NULL: one that is there */
};

enum { FAMILY_MAX = 50 };

struct folder_outcome {
	struct record *company;
	struct record *opportunities[FAMILY_MAX];
	size_t n;
	bool became_customer;
};

/* Put an opportunity, and those it is a copy of or that are copies of it, into
 * one company's folder, with its contact; a won one among them makes the
 * company a customer (S1.28).  Those of others that the user may not write
 * stay as they are.
 *
 * PROBLEM_NOT_FOUND, PROBLEM_FORBIDDEN
 * PROBLEM_CONFLICT   it has a company already
 * PROBLEM_INVALID    company_id; company, or fields of it named
 *                    "company.name" */
bool folder_make(struct ctx *cx, int64_t opportunity_id, const struct folder_choice *choice,
	struct folder_outcome *made);
