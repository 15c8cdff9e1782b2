/* What an opportunity is counted by. */
#include <string.h>

#include "crm/counts.h"
#include "record/stay.h"

const char *count_kind_name(int64_t kind)
{
	static const struct {
		enum count_kind kind;
		const char *name;
	} names[] = {
		{ COUNT_LEAD_MADE, "leads made" },
		{ COUNT_LEAD_CONVERTED, "leads converted" },
		{ COUNT_LEAD_STANDING, "leads by status" },
		{ COUNT_LEAD_LOST, "leads not interested" },
		{ COUNT_LEAD_LOST_ALL, "leads not interested, all sources" },
		{ COUNT_LEAD_LEFT, "statuses left" },
		{ COUNT_LEAD_LEFT_ALL, "statuses left, all sources" },
		{ COUNT_LEAD_CONVERTER, "leads converted by a person" },
		{ COUNT_LEAD_CONVERTER_ALL, "leads converted by a person, all sources" },
		{ COUNT_DEAL_STANDING, "opportunities by stage" },
		{ COUNT_DEAL_FORECAST, "opportunities to come" },
		{ COUNT_DEAL_CLOSED, "opportunities closed" },
		{ COUNT_DEAL_LOST, "opportunities lost" },
		{ COUNT_DEAL_LOST_ALL, "opportunities lost, all sources" },
		{ COUNT_DEAL_LEFT, "stages left" },
		{ COUNT_DEAL_LEFT_ALL, "stages left, all sources" },
		{ COUNT_DEAL_WINNER, "opportunities won by a person" },
		{ COUNT_DEAL_WINNER_ALL, "opportunities won by a person, all sources" },
	};

	for (size_t i = 0; i < COUNT(names); i++)
		if (names[i].kind == kind)
			return names[i].name;
	return "an unknown kind";
}

int64_t currency_number(const char *code)
{
	int64_t n = 0;

	for (int i = 0; i < 3; i++)
		n = n << 8 | (*code ? (unsigned char)*code++ : 0);
	return n;
}

void currency_text(int64_t number, char *code)
{
	for (int i = 0; i < 3; i++)
		code[i] = (char)(number >> (16 - 8 * i) & 0xff);
	code[3] = '\0';
}

int64_t deal_state_number(enum deal_state state, const char *currency)
{
	return (int64_t)state << 24 | currency_number(currency);
}

int64_t weighted_amount(int64_t cents, int64_t percent)
{
	return cents / 100 * percent + cents % 100 * percent / 100;
}

static int64_t number(const struct record *rec, const struct val *v, const char *field)
{
	return v[record_at(rec, field)].i;
}

static const char *text(const struct record *rec, const struct val *v, const char *field)
{
	const struct val *one = &v[record_at(rec, field)];

	return one->type == VAL_TEXT ? one->s : "";
}

static enum deal_state state_of(const struct record *deal, const struct val *v)
{
	const char *state = text(deal, v, "state");

	if (!strcmp(state, "won"))
		return DEAL_WON;
	return strcmp(state, "lost") ? DEAL_OPEN : DEAL_LOST;
}

/* One under its owner, source and campaign, with its amount. */
static struct counted one_of(const struct record *deal, const struct val *v, int64_t kind)
{
	return (struct counted){ .kind = kind,
		.owner_id = number(deal, v, "owner_id"),
		.by = { number(deal, v, "source_id"), number(deal, v, "campaign_id") },
		.n = 1,
		.sum = { count_amount(number(deal, v, "amount")) } };
}

static struct counted all_of(struct counted row, int64_t kind)
{
	row.kind = kind;
	row.by[0] = row.by[1] = 0;
	return row;
}

static int64_t since(const struct record *deal, const struct val *v)
{
	int64_t at = number(deal, v, "stage_since");

	return at ? at : deal->created_at;
}

static void count_standing(const struct record *deal, const struct val *v, struct counts *c)
{
	struct counted row = one_of(deal, v, COUNT_DEAL_STANDING);
	enum deal_state state = state_of(deal, v);

	row.by[2] = number(deal, v, "stage_id");
	row.by[3] = deal_state_number(state, text(deal, v, "currency"));
	if (state == DEAL_OPEN) {
		row.sum[1] = weighted_amount(row.sum[0], number(deal, v, "probability"));
		row.sum[2] = since(deal, v) / 1000;
	}
	counts_add(c, &row);
}

static void count_forecast(const struct record *deal, const struct val *v, struct counts *c)
{
	struct counted row = one_of(deal, v, COUNT_DEAL_FORECAST);
	const char *day = text(deal, v, "close_on");

	row.by[2] = currency_number(text(deal, v, "currency"));
	row.sum[1] = weighted_amount(row.sum[0], number(deal, v, "probability"));
	if (*day)
		counts_add_on(c, row, day);
	else
		counts_add(c, &row);
}

static void count_winner(
	const struct record *deal, const struct val *v, struct counts *c, int64_t at)
{
	struct counted row = one_of(deal, v, COUNT_DEAL_WINNER);

	row.by[2] = number(deal, v, "closed_by");
	row.sum[0] = 0;
	if (!row.by[2])
		return;
	counts_add_at(c, row, at);
	counts_add_at(c, all_of(row, COUNT_DEAL_WINNER_ALL), at);
}

static void count_closed(const struct record *deal, const struct val *v, struct counts *c)
{
	struct counted row = one_of(deal, v, COUNT_DEAL_CLOSED);
	int64_t currency = currency_number(text(deal, v, "currency"));
	int64_t at = number(deal, v, "closed_at");

	row.by[2] = state_of(deal, v) == DEAL_WON;
	row.by[3] = currency;
	counts_add_at(c, row, at);
	if (row.by[2]) {
		count_winner(deal, v, c, at);
		return;
	}
	row.kind = COUNT_DEAL_LOST;
	row.by[2] = number(deal, v, "lost_reason_id");
	counts_add_at(c, row, at);
	counts_add_at(c, all_of(row, COUNT_DEAL_LOST_ALL), at);
}

void opportunity_count(const struct record *deal, const struct val *v, struct counts *c)
{
	count_standing(deal, v, c);
	if (state_of(deal, v) == DEAL_OPEN)
		count_forecast(deal, v, c);
	else
		count_closed(deal, v, c);
}

void opportunity_count_stay(
	const struct record *deal, const struct val *v, const struct stay *s, struct counts *c)
{
	struct counted row = one_of(deal, v, COUNT_DEAL_LEFT);

	row.by[2] = s->step_id;
	row.sum[0] = (s->left_at - s->entered_at) / 1000;
	counts_add_at(c, row, s->left_at);
	counts_add_at(c, all_of(row, COUNT_DEAL_LEFT_ALL), s->left_at);
}

void opportunity_stand(const struct record *deal, const struct val *v, struct stand *s)
{
	*s = (struct stand){ number(deal, v, "stage_id"), since(deal, v),
		number(deal, v, "closed_at") };
}
