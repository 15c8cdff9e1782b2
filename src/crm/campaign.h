/* campaign - what the firm does to be heard of: a newsletter, a fair, an
 * advert.
 *
 * A campaign costs (campaign_cost: what was really spent) and meets people
 * (touch: a fact about one prospect, one lead or one contact).  Who answers it
 * is a suspect no longer but a lead (S3.6), and the lead keeps the campaign
 * that he answered first (S3.8).  What a row of a list was touched by is the
 * lead's too once it became one: the fact then names both.  From costs, touches and won
 * opportunities comes what it brought (S3.24). */
#pragma once

#include "crm/entities.h"
#include "record/record.h"

/* sent, answered, form, call, visit: all but the first show interest. */
extern const struct choice touch_kinds[];

/* One contact; or a lead, a prospect, or both: the row and what became of it.
 * So are touches and consents. */
#define MET_IS_ONE \
	"check ((contact_id is not null) <> (lead_id is not null or prospect_id is not null))"
bool met_is_one(const struct record *rec);

/* One of lead_id, contact_id, prospect_id and lead. */
struct touch_ask {
	int64_t lead_id, contact_id, prospect_id;
	const json_t *lead; /* fields of somebody new, or NULL */
	const char *kind;   /* "": answered */
	int64_t at;	    /* 0: now */
	const char *note;   /* "": none */
};

struct touch_made {
	struct record *touch, *lead; /* the lead as stored; NULL: a contact's */
	struct record *prospect;     /* the row as it is now, or NULL */
};

/* Note down that the campaign met somebody.  Somebody new, who shows interest,
 * becomes a lead of the campaign's source; so does a prospect, by the way rows
 * do (crm/prospect.h), once.  The first touch that shows
 * interest is the lead's campaign; a converted lead changes no more.
 *
 * PROBLEM_NOT_FOUND  no such campaign, or not for this user
 * PROBLEM_CONFLICT   the campaign, the lead, the contact or the row was removed
 * PROBLEM_INVALID    lead_id: none or several of the four, or no such one;
 *                    kind, at, note; fields of the lead; cells of the row */
bool campaign_touch(
	struct ctx *cx, int64_t id, const struct touch_ask *ask, struct touch_made *made);

/* Which campaign has earned a won opportunity that several have touched. */
enum attribution {
	ATTRIBUTION_FIRST, /* the one that touched first */
	ATTRIBUTION_LAST,
	ATTRIBUTION_EVEN, /* each the same part, to the cent */
};
/* "first", "last", "even"; NULL or "": first.  PROBLEM_INVALID on attribution. */
bool attribution_read(struct ctx *cx, const char *word, enum attribution *how);

/* What one campaign brought, with the deals and the costs behind the figure;
 * and what all of them did.  (revenue - cost) / cost, null without costs (C17).
 * Revenue are the won opportunities the user may read, in the base currency by
 * the rate of the closing day, whose lead or contact the campaign has touched
 * up to that day in a way that shows interest.  Costs by the rate of their day.
 *
 * PROBLEM_NOT_FOUND  no such campaign, or not for this user */
bool campaign_roi_write(struct ctx *cx, struct json_out *j, int64_t id, enum attribution how);
bool campaign_roi_table(struct ctx *cx, struct json_out *j, enum attribution how);
