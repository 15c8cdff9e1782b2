/* conversion - a lead becomes company, contact and opportunity.
 *
 * What of the lead goes where stands in the table mapping.  Which of the three
 * are made by default follows from the data (C8): a company name makes a
 * company, and a contact if there is a person's name; without a company name
 * there is the contact alone.  The opportunity is made unless declined. */
#pragma once

#include "crm/entities.h"
#include "record/record.h"

enum part_wish {
	PART_DEFAULT,  /* said nothing: as the data suggest */
	PART_NONE,     /* null */
	PART_NEW,      /* an object of fields over those that the lead gives */
	PART_EXISTING, /* {"id":...} */
};

struct part {
	enum part_wish wish;
	int64_t id;	      /* PART_EXISTING */
	const json_t *fields; /* PART_NEW; may be NULL */
};

struct conversion {
	struct part company, contact, opportunity; /* the last is never EXISTING */
	int64_t owner_id;			   /* hand over to; 0: the lead's own */
};

struct conversion_outcome {
	struct record *lead, *company, *contact, *opportunity; /* NULL: none */
	bool is_handed_over; /* to another than the lead's owner */
};

/* The preview: see doc/API.md, GET /leads/{id}/conversion. */
bool conversion_write(struct ctx *cx, struct json_out *j, int64_t lead_id);

/* Convert a qualified lead, or an open one, which is then concluded as
 * qualified by the same operation.  An existing company or contact gets its
 * empty fields filled from the lead, if the user may write it.  Activities
 * stay with the lead; lead_id of the opportunity leads there.
 *
 * PROBLEM_NOT_FOUND, PROBLEM_FORBIDDEN
 * PROBLEM_CONFLICT   it is converted already, or frozen, not interested or
 *                    abandoned
 * PROBLEM_INVALID    fields named "company.name" and the like; neither company
 *                    nor contact; owner_id */
bool lead_convert(
	struct ctx *cx, int64_t id, const struct conversion *how, struct conversion_outcome *made);
