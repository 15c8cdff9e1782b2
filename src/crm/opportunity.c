/* An opportunity: a negotiation with a company or a person. */
#include "crm/opportunity.h"

#include <string.h>

#include "crm/counts.h"
#include "crm/customer.h"
#include "crm/ended_by.h"
#include "crm/firm.h"
#include "crm/headings.h"
#include "crm/naming.h"
#include "crm/opportunity_parts.h"
#include "crm/stage.h"
#include "record/op.h"
#include "record/stay.h"

static const struct choice states[] = {
	{ "open", "Aperta", "Open" },
	{ "won", "Chiusa vinta", "Closed won" },
	{ "lost", "Chiusa persa", "Closed lost" },
	{ NULL },
};

static const struct field fields[] = {
	{ "name", FIELD_TEXT, "Nome", "Name", "sales", .max = 500, .required = true,
		.searchable = true, .quick = true,
		.also = "Opportunità|Nome opportunità|Trattativa|Titolo|Opportunity Name|Deal Name|Deal|"
			"Deal - Title|Deal Title|Title|Potential Name" },
	{ "amount", FIELD_MONEY, "Valore", "Amount", "sales", .quick = true, .list = true,
		.sort = true,
		.also = "Importo|Ammontare|Prezzo|Value|Deal Value|Deal - Value|Deal Amount|Expected Revenue" },
	{ "currency", FIELD_CURRENCY, "Valuta", "Currency", "sales", .max = 3, .required = true,
		.also = "Divisa|Deal - Currency of Value|Deal Currency|Opportunity Currency" },
	{ "close_on", FIELD_DATE, "Data di chiusura prevista", "Expected close date", "sales",
		.quick = true, .list = true, .sort = true,
		.also = "Chiusura prevista|Data chiusura|Close Date|Closing Date|Expected Close|"
			"Deal - Expected close date" },
	{ "probability", FIELD_PERCENT, "Probabilità", "Probability", "sales", .list = true,
		.also = "Probabilità (%)|Probability (%)|Deal probability|Deal - Probability" },
	{ "company_id", FIELD_LINK, "Azienda", "Company", "company", .to = &company_entity,
		.quick = true, .list = true, .also = ALSO_COMPANY_NAME },
	{ "contact_id", FIELD_LINK, "Contatto", "Contact", "company", .to = &contact_entity,
		.quick = true, .list = true,
		.also = "Referente|Nome contatto|Contact Name|Primary Contact|Deal - Contact person|"
			"Associated Contact" },
	{ "renewal_months", FIELD_INT, "Rinnovo ogni (mesi)", "Renewal every (months)", "sales",
		.also = "Rinnovo|Durata contratto (mesi)|Renewal|Contract Term (Months)" },
	{ "renewal_on", FIELD_DATE, "Data del rinnovo", "Renewal date", "sales",
		.also = "Scadenza contratto|Data rinnovo|Contract End Date|Renewal Date" },
	{ "source_id", FIELD_LINK, "Origine", "Lead source", "origin", .to = &source_entity,
		.also = ALSO_SOURCE },
	{ "campaign_id", FIELD_LINK, "Campagna", "Campaign", "origin", .to = &campaign_entity,
		.readonly = true, .carried = true },
	{ "owner_id", FIELD_LINK, "Assegnato a", "Assigned to", "origin", .to = &user_entity,
		.required = true, .list = true, .also = ALSO_OWNER },
	{ "description", FIELD_LONGTEXT, "Descrizione", "Description", "notes",
		.also = ALSO_DESCRIPTION },
	{ "pipeline_id", FIELD_LINK, "Pipeline", "Pipeline", "sales", .to = &pipeline_entity },
	{ "stage_id", FIELD_LINK, "Fase", "Stage", "sales", .to = &stage_entity, .required = true,
		.readonly = true, .list = true },
	{ "stage_since", FIELD_TIME, "In questa fase dal", "In this stage since", "sales",
		.readonly = true, .carried = true },
	{ "state", FIELD_CHOICE, "Stato", "State", "sales", .choices = states, .required = true,
		.initial = "open", .readonly = true, .list = true },
	{ "closed_at", FIELD_TIME, "Chiusa il", "Closed on", "sales", .readonly = true },
	{ "closed_by", FIELD_LINK, "Chiusa da", "Closed by", "sales", .to = &user_entity,
		.readonly = true, .carried = true },
	{ "lost_reason", FIELD_TEXT, "Motivo della perdita", "Lost reason", "sales", .max = 500,
		.readonly = true, .suggest = "lost" },
	{ "lost_reason_id", FIELD_LINK, "Motivo", "Reason", "sales", .to = &reason_entity,
		.readonly = true },
	{ "lead_id", FIELD_LINK, "Lead di origine", "Source lead", "origin", .to = &lead_entity,
		.readonly = true },
	{ "duplicate_of_id", FIELD_LINK, "Copia di", "Copy of", "origin", .to = &opportunity_entity,
		.readonly = true },
	{ "renewal_of_id", FIELD_LINK, "Rinnovo di", "Renewal of", "origin",
		.to = &opportunity_entity, .readonly = true },
	{ "next_action_at", FIELD_TIME, "Prossima azione il", "Next action on", "sales",
		.readonly = true, .list = true },
	{ "next_action_kind", FIELD_CHOICE, "Prossima azione", "Next action", "sales",
		.choices = action_kinds, .readonly = true },
	{ "next_action_note", FIELD_TEXT, "Nota della prossima azione", "Note on the next action",
		"sales", .max = 500, .readonly = true },
	{ "agenda", FIELD_CHOICE, "Da fare o in attesa", "To do or stand-by", "sales",
		.choices = agenda_lists, .readonly = true, .derived = true },
	COUNTED_IN,
};

static const char *const indexes[] = {
	"stage_id, id",
	"pipeline_id, id",
	"amount, id",
	"removed_at, id where removed_at is not null",
	"close_on, id",
	"company_id, id where company_id is not null",
	"contact_id, id where contact_id is not null",
	"lead_id, id where lead_id is not null",
	"duplicate_of_id, id where duplicate_of_id is not null",
	"renewal_of_id, id where renewal_of_id is not null",
	"owner_id, next_action_at, id where next_action_at is not null",
	"next_action_at, id where next_action_at is not null",
	/* the lists behind the figures: whatever narrows them stands in the index */
	"closed_at, id, state, closed_by, lost_reason_id, owner_id, source_id, campaign_id,"
	" removed_at where closed_at is not null",
	NULL,
};

static const char *const work[] = { "opportunity.next_action", "opportunity.move",
	"opportunity.reopen", "record.edit", NULL };

static const char *const verbs[] = { "move", "next_action", "win", "lose", "reopen", "duplicate",
	"folder", NULL };

static bool is_open(const struct record *opportunity, const struct val *v)
{
	const struct val *state = &v[record_at(opportunity, "state")];

	return state->type == VAL_TEXT && !strcmp(state->s, "open");
}

/* A closed one's renewal is an opportunity of its own by now. */
static bool renewal_must_be_sound(struct ctx *cx, const struct record *opportunity)
{
	int64_t months = record_int(opportunity, "renewal_months");
	bool settled = opportunity->was && !is_open(opportunity, opportunity->was) &&
		       !is_open(opportunity, opportunity->v) && !(cx->op && cx->op->undoes);

	if (months < 0 || months > RENEWAL_MONTHS_MAX)
		return refuse_field(cx, "renewal_months", "opportunity.renewal_months");
	if (settled && (record_changed(opportunity, "renewal_months") ||
			       record_changed(opportunity, "renewal_on")))
		return refuse_field(cx, "renewal_on", "opportunity.renewal_settled");
	return true;
}

/* The pipeline is that of the stage: chosen at the beginning, later changed by
 * a move. */
static bool must_move_by_stage(struct ctx *cx, const struct record *opportunity)
{
	return !opportunity->was || !record_changed(opportunity, "pipeline_id") ||
	       record_changed(opportunity, "stage_id") ||
	       refuse_field(cx, "pipeline_id", "opportunity.pipeline");
}

/* Also the first stage may ask for something. */
static bool begins_ready(struct ctx *cx, const struct record *opportunity)
{
	struct record *stage;

	return record_find(cx, &stage_entity, "id", v_int(record_int(opportunity, "stage_id")),
		       &stage) &&
	       (!stage || stage_is_ready(cx, opportunity, stage));
}

/* From the move on, or from when it is opened again; an undo brings the instant
 * of before with it. */
static void settle_since(const struct ctx *cx, struct record *opportunity)
{
	bool undoes = cx->op && cx->op->undoes;
	bool reopened = opportunity->was && !undoes && is_open(opportunity, opportunity->v) &&
			!is_open(opportunity, opportunity->was);

	if ((reopened || record_changed(opportunity, "stage_id")) &&
		(!opportunity->was || !record_changed(opportunity, "stage_since")))
		record_set(opportunity, "stage_since", v_int(cx->now));
}

static bool check(struct ctx *cx, struct record *opportunity)
{
	if (!opportunity->was &&
		!(opportunity_complete(cx, opportunity) && begins_ready(cx, opportunity)))
		return false;
	settle_since(cx, opportunity);
	return ended_by_settle(opportunity, "closed_at", "closed_by") &&
	       must_move_by_stage(cx, opportunity) && renewal_must_be_sound(cx, opportunity) &&
	       currency_beside(cx, opportunity, "amount", "currency");
}

static const char *title(struct ctx *cx, const struct record *opportunity)
{
	(void)cx;
	return record_text(opportunity, "name");
}

static const char *subtitle(struct ctx *cx, const struct record *opportunity)
{
	const char *of = "";
	bool ok = true;

	if (record_has(opportunity, "company_id"))
		ok = record_title_of(
			cx, &company_entity, record_int(opportunity, "company_id"), &of);
	else if (record_has(opportunity, "contact_id"))
		ok = record_title_of(
			cx, &contact_entity, record_int(opportunity, "contact_id"), &of);
	return ok ? of : "";
}

/* Of before it was written down: since when it stands in its stage, the
 * campaign of its lead, and who closed it. */
static bool catch_up(struct ctx *cx, struct record *opportunity)
{
	int64_t since, campaign;

	if (!ended_by_find(cx, opportunity, "closed_at", "closed_by"))
		return false;
	if (record_has(opportunity, "counted_in"))
		return true;
	if (!stay_since(cx, opportunity, &since) ||
		!db_int(cx, &campaign, 0, "select campaign_id from lead where ws = $1 and id = $2",
			ARGS(v_int(cx->ws), v_int(record_int(opportunity, "lead_id")))))
		return false;
	if (!record_has(opportunity, "stage_since"))
		record_set(opportunity, "stage_since", v_int(since));
	if (!record_has(opportunity, "campaign_id"))
		record_set(opportunity, "campaign_id", v_id(campaign));
	return true;
}

/* Exactly one next action while it is open, on both engines (C5, C9). */
const struct entity opportunity_entity = {
	.name = "opportunity",
	.plural = "opportunities",
	.it = "Opportunità",
	.en = "Opportunity",
	.its = "Opportunità",
	.ens = "Opportunities",
	.fields = fields,
	.field_count = COUNT(fields),
	.extensible = true,
	.owned = true,
	.constraints = "check ((state = 'open') = (next_action_at is not null)),\n"
		       "check ((state = 'open') = (closed_at is null))",
	.indexes = indexes,
	.verbs = verbs,
	.check = check,
	.title = title,
	.subtitle = subtitle,
	.derive = derive_agenda,
	.count = opportunity_count,
	.count_stay = opportunity_count_stay,
	.stand = opportunity_stand,
	.stored = customer_deal_stored,
	.catch_up = catch_up,
	.work = work,
};

void opportunity_enter(struct record *opportunity, const struct record *stage)
{
	record_set(opportunity, "stage_id", v_int(stage->id));
	record_copy(opportunity, stage, "pipeline_id");
}

static bool enter_first_stage(struct ctx *cx, struct record *opportunity)
{
	struct record *stage;

	if (!stage_first(cx, record_int(opportunity, "pipeline_id"), &stage))
		return false;
	if (!stage && record_has(opportunity, "pipeline_id"))
		return refuse_field(cx, "pipeline_id", "opportunity.no_stage");
	if (!stage)
		return refuse(cx, PROBLEM_CONFLICT, "opportunity.no_stage");
	opportunity_enter(opportunity, stage);
	if (!record_has(opportunity, "probability"))
		record_copy(opportunity, stage, "probability");
	return true;
}

/* A pipeline that was chosen counts more than the stage of a preview. */
static bool settle_stage(struct ctx *cx, struct record *opportunity)
{
	struct record *stage = NULL;

	if (record_has(opportunity, "stage_id") &&
		!record_find(cx, &stage_entity, "id", v_int(record_int(opportunity, "stage_id")),
			&stage))
		return false;
	if (stage && !record_has(opportunity, "pipeline_id"))
		record_copy(opportunity, stage, "pipeline_id");
	return (stage && record_int(stage, "pipeline_id") ==
				 record_int(opportunity, "pipeline_id")) ||
	       enter_first_stage(cx, opportunity);
}

bool opportunity_complete(struct ctx *cx, struct record *opportunity)
{
	const char *currency;

	if (!owner_complete(cx, opportunity) || !firm_currency(cx, &currency))
		return false;
	if (!record_has(opportunity, "currency"))
		record_set_text(opportunity, "currency", currency);
	if (record_is(opportunity, "state", "open") && !record_has(opportunity, "next_action_at"))
		next_action_now(cx, opportunity);
	return settle_stage(cx, opportunity);
}
