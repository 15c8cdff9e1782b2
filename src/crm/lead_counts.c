/* What a lead is counted by. */
#include <string.h>

#include "crm/counts.h"
#include "record/stay.h"

static int64_t number(const struct record *rec, const struct val *v, const char *field)
{
	return v[record_at(rec, field)].i;
}

static bool is(const struct record *rec, const struct val *v, const char *field, const char *text)
{
	const struct val *one = &v[record_at(rec, field)];

	return one->type == VAL_TEXT && !strcmp(one->s, text);
}

/* One lead under its owner, source and campaign. */
static struct counted one_of(const struct record *lead, const struct val *v, int64_t kind)
{
	return (struct counted){ .kind = kind,
		.owner_id = number(lead, v, "owner_id"),
		.by = { number(lead, v, "source_id"), number(lead, v, "campaign_id") },
		.n = 1 };
}

/* The same under its owner alone. */
static struct counted all_of(struct counted row, int64_t kind)
{
	row.kind = kind;
	row.by[0] = row.by[1] = 0;
	return row;
}

static void count_made(const struct record *lead, const struct val *v, struct counts *c)
{
	struct counted row = one_of(lead, v, COUNT_LEAD_MADE);

	row.by[2] = number(lead, v, "created_by");
	row.sum[0] = number(lead, v, "converted_at") != 0;
	row.sum[1] = number(lead, v, "customer_at") != 0;
	counts_add_at(c, row, lead->created_at);
}

static void count_lost(const struct record *lead, const struct val *v, struct counts *c)
{
	struct counted row = one_of(lead, v, COUNT_LEAD_LOST);
	int64_t at = number(lead, v, "status_since");

	row.by[2] = number(lead, v, "conclusion_reason_id");
	counts_add_at(c, row, at);
	counts_add_at(c, all_of(row, COUNT_LEAD_LOST_ALL), at);
}

static void count_standing(const struct record *lead, const struct val *v, struct counts *c)
{
	struct counted row = one_of(lead, v, COUNT_LEAD_STANDING);

	row.by[2] = number(lead, v, "status_id");
	row.sum[0] = number(lead, v, "status_since") / 1000;
	counts_add(c, &row);
	if (is(lead, v, "status_type", "not_interested"))
		count_lost(lead, v, c);
}

static void count_converted(
	const struct record *lead, const struct val *v, struct counts *c, int64_t at)
{
	struct counted row = one_of(lead, v, COUNT_LEAD_CONVERTED);

	counts_add_at(c, row, at);
	row.kind = COUNT_LEAD_CONVERTER;
	row.by[2] = number(lead, v, "converted_by");
	if (!row.by[2])
		return;
	counts_add_at(c, row, at);
	counts_add_at(c, all_of(row, COUNT_LEAD_CONVERTER_ALL), at);
}

void lead_count(const struct record *lead, const struct val *v, struct counts *c)
{
	int64_t converted = number(lead, v, "converted_at");

	count_made(lead, v, c);
	if (converted)
		count_converted(lead, v, c, converted);
	else
		count_standing(lead, v, c);
}

void lead_count_stay(
	const struct record *lead, const struct val *v, const struct stay *s, struct counts *c)
{
	struct counted row = one_of(lead, v, COUNT_LEAD_LEFT);

	row.by[2] = s->step_id;
	row.sum[0] = (s->left_at - s->entered_at) / 1000;
	counts_add_at(c, row, s->left_at);
	counts_add_at(c, all_of(row, COUNT_LEAD_LEFT_ALL), s->left_at);
}

void lead_stand(const struct record *lead, const struct val *v, struct stand *s)
{
	*s = (struct stand){ number(lead, v, "status_id"), number(lead, v, "status_since"),
		number(lead, v, "converted_at") };
}
