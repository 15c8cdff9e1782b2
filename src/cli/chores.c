/* What the serving program does by itself, once a minute. */
#include "cli/serve.h"
#include "crm/campaign_send.h"
#include "crm/web_form.h"
#include "crm/lead_park.h"
#include "crm/lead_renewal.h"
#include "crm/digest.h"
#include "crm/lead_expiry.h"
#include "mail/mail.h"
#include "record/count.h"
#include "record/list.h"
#include "record/search.h"

#define DAY (INT64_C(86400) * 1000)

static bool old_keys(struct ctx *cx)
{
	bool ok = tx_begin(cx) && db_run(cx, "delete from idempotency where ws = $1 and at < $2",
					  ARGS(v_int(cx->ws), v_int(cx->now - DAY)));

	return tx_end(cx, ok);
}

static bool old_sessions(struct ctx *cx)
{
	bool ok = tx_begin(cx) &&
		  db_run(cx,
			  "delete from session where ws = $1 and (created_at < $2 or seen_at < $3)",
			  ARGS(v_int(cx->ws), v_int(cx->now - 30 * DAY), v_int(cx->now - DAY / 2)));

	return tx_end(cx, ok);
}

/* PostgreSQL's counts are summed up. */
static bool counts(struct ctx *cx)
{
	return !db_is_postgres(cx->db) || (tally_compact(cx) && count_compact(cx));
}

static bool is_count_due(struct ctx *cx)
{
	bool due = false;

	return count_anew_is_due(cx, &due) && due;
}

static bool is_leads_due(struct ctx *cx)
{
	bool due = false;

	return lead_renewal_is_due(cx, &due) && due;
}

const struct chore chores[] = {
	{ "old keys", old_keys },
	{ "old sessions", old_sessions },
	{ "counts", counts },
	{ "counting anew", count_anew_turn, is_count_due },
	{ "leads", lead_renewal_turn, is_leads_due },
	{ "parked leads", lead_return, lead_return_is_due },
	{ "mails", mail_tidy },
	{ "web forms", form_sweep },
	{ "campaigns", campaigns_go_on, campaigns_have_more },
	{ "expired leads", lead_expire_due },
	{ "morning mail", digest_send_due },
	{ "words", search_renew },
	{ 0 },
};
