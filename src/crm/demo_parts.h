/* demo_parts - the invented firm while it is being made. */
#pragma once

#include "base/clock.h"
#include "crm/demo_data.h"
#include "record/record.h"

enum {
	DEMO_LEADS = 300,
	DEMO_CONVERTED = 50,
	DEMO_OLD_COMPANIES = 16,
	DEMO_COMPANIES = 60,
	DEMO_CONTACTS = 90,
	DEMO_DEALS = 80,
	DEMO_FAIR = 200,
	DEMO_USERS = 16,
	DEMO_EVENTS = 4000,
	DEMO_CAMPAIGNS = 3,
};

/* What becomes of a lead. */
enum demo_fate {
	FATE_NEW,
	FATE_CALLED,
	FATE_WORKED,
	FATE_QUALIFIED,
	FATE_CONVERTED,
	FATE_FROZEN,
	FATE_JUNK,
	FATE_ABANDONED,
};

enum demo_what {
	LEAD_NEW,
	LEAD_MOVE,
	LEAD_PLAN,
	LEAD_CONCLUDE,
	LEAD_CONVERT,
	LEAD_COMMENT,
	COMPANY_NEW,
	CONTACT_NEW,
	DEAL_NEW,
	DEAL_MOVE,
	DEAL_PLAN,
	DEAL_WIN,
	DEAL_LOSE,
	DEAL_COMMENT,
	DEAL_MEETING,
};

struct demo_event {
	int64_t at;
	enum demo_what what;
	int subject;   /* which lead, deal, company */
	int step;      /* the status or stage, by order */
	int64_t next;  /* when the next action is due */
	bool was_done; /* something was done just before */
	int order;     /* of equal instants */
};

struct demo_subject {
	int64_t id; /* 0: not made yet */
	int owner;  /* index of its user */
	enum demo_fate fate;
	bool is_person; /* no company: B2C */
	int64_t last;	/* the last instant planned for it */
	int deal;	/* of a converted lead: which deal */
};

struct demo {
	struct ctx *cx;
	struct arena *mem; /* what lasts until all is done */
	uint64_t seed;
	int64_t from, until;
	int days;
	char first_day[DATE_TEXT];
	const char *password_hash;
	struct who users[DEMO_USERS];
	size_t user_n;
	int64_t statuses[8], stages[8], sources[16];
	size_t status_n, stage_n, source_n;
	struct demo_subject leads[DEMO_LEADS], deals[DEMO_DEALS];
	int64_t campaigns[DEMO_CAMPAIGNS];
	size_t heard; /* leads of a source that a campaign brings */
	int64_t companies[DEMO_COMPANIES];
	size_t company_n, contact_n;
	struct demo_event *events;
	size_t event_n;
	const char **names; /* of companies given so far */
	size_t name_n;
};

/* The indexes of users: who belongs to marketing, who sells. */
enum { DEMO_MARKETING = 3, DEMO_SELLERS = 6, DEMO_FIRST_SELLER = 3 };

int demo_random(struct demo *d, int below); /* 0 to below - 1 */
const char *demo_pick(struct demo *d, const struct demo_list *list);
const char *demo_say(const struct demo *d, const char *it); /* in the firm's language */

/* The plan of the year, event by event, in the order of time. */
void demo_plan(struct demo *d);
/* Do one of them. */
bool demo_play(struct demo *d, const struct demo_event *e);

/* Campaigns at the year's beginning; which of them a new lead of that source
 * answered, if any; and at the end what they cost. */
bool demo_campaigns(struct demo *d);
bool demo_heard_of(struct demo *d, int64_t lead_id, size_t source);
bool demo_costs(struct demo *d);

/* A prospecting list, partly worked through. */
bool demo_fair(struct demo *d);

/* Somebody, a firm, an address: into the fields of that name. */
void demo_person(struct demo *d, struct record *rec);
const char *demo_company_name(struct demo *d, const struct demo_sector **sector);
/* The address, phone, e-mail, web site and VAT number of that firm. */
void demo_firm(
	struct demo *d, struct record *rec, const char *name, const struct demo_sector *sector);
void demo_private(struct demo *d, struct record *rec);
int64_t demo_amount(struct demo *d); /* cents */
