/* campaign_roi_parts - what campaigns brought, while it is gathered. */
#pragma once

#include "crm/campaign.h"
#include "crm/rates.h"

/* One won opportunity's part for one campaign. */
struct roi_deal {
	int64_t id, closed_at, touched_at;
	const char *name, *currency;
	int64_t amount;	     /* in its own currency */
	int64_t base, share; /* in the base currency: all of it, and the campaign's */
	bool is_told;	     /* in the base currency too: there is a rate */
};

struct roi_cost {
	int64_t id, amount, base;
	const char *spent_on, *what, *currency;
	bool is_told;
};

struct roi_line {
	int64_t campaign, revenue, cost, wins;
	bool lacks; /* a rate: not all of it is summed up, and there is no ROI */
};

struct roi {
	enum attribution how;
	int64_t only; /* the campaign whose deals and costs are kept, or 0 */
	struct rates *rates;
	struct roi_line *lines; /* one for each campaign there is, by id */
	size_t line_n;
	struct roi_deal *deals; /* of only */
	size_t deal_n, deal_size;
	struct roi_cost *costs; /* of only */
	size_t cost_n, cost_size;
};

bool roi_gather(struct ctx *cx, struct roi *roi);
/* NULL: there is no such campaign any more. */
const struct roi_line *roi_line(const struct roi *roi, int64_t campaign);
