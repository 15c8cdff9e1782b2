/* Whom a campaign may write to, and whom not and why. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "crm/campaign_parts.h"
#include "crm/firm.h"
#include "crm/segment.h"
#include "crm/suppression.h"
#include "record/import.h"

enum { PAGE = 500 };

static const char *const names[VERDICT_COUNT] = { [READER_NO_ADDRESS] = "no_address",
	[READER_PEC] = "pec",
	[READER_SUPPRESSED] = "suppressed",
	[READER_NO_CONSENT] = "no_consent",
	[READER_SENT] = "sent" };

static bool is_people(const struct record *segment)
{
	return segment &&
	       (record_is(segment, "entity", "lead") || record_is(segment, "entity", "contact") ||
		       record_is(segment, "entity", "prospect"));
}

static bool any_parked(struct ctx *cx, struct sending *s)
{
	int64_t one;

	if (!db_int(cx, &one, 0,
		    "select id from lead where ws = $1 and nurture_campaign_id = $2"
		    " and status_type = 'frozen' and removed_at is null limit 1",
		    ARGS(v_int(cx->ws), v_int(s->campaign->id))))
		return false;
	s->nurtures = one;
	return true;
}

bool sending_load(struct ctx *cx, int64_t id, enum right right, struct sending *s)
{
	if (!record_load(cx, &campaign_entity, id, right, &s->campaign) || !firm_load(cx, &s->firm))
		return false;
	if (!record_find(cx, &segment_entity, "id", v_int(record_int(s->campaign, "segment_id")),
		    &s->segment))
		return false;
	if (!any_parked(cx, s))
		return false;
	return (s->segment ? is_people(s->segment) : s->nurtures) ||
	       refuse_field(cx, "segment_id", "campaign.no_segment");
}

static bool parked_page(
	struct ctx *cx, const struct sending *s, int64_t below, size_t limit, struct page *page)
{
	struct args args;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	if (!list_where(cx, &lead_entity, RIGHT_READ, &(struct params){ 0 }, &sql, &args))
		return false;
	buf_addf(&sql,
		" and t.nurture_campaign_id = $%zu and t.status_type = 'frozen' and t.id < $%zu"
		" order by t.id desc",
		args_add(&args, v_int(s->campaign->id)), args_add(&args, v_int(below)));
	return list_select(cx, &lead_entity, sql.s, &args, limit, page);
}

static bool segment_part(
	struct ctx *cx, const struct sending *s, int64_t *at, size_t limit, struct page *page)
{
	if (!segment_page(cx, s->segment, *at, limit, page))
		return false;
	if (page->n)
		*at = page->items[page->n - 1]->id;
	if (!page->more)
		*at = -INT64_MAX;
	return true;
}

/* Below zero: among the parked ones, who come last. */
bool audience_page(
	struct ctx *cx, const struct sending *s, int64_t *at, size_t limit, struct page *page)
{
	struct record **items = arena_alloc(cx->mem, (limit + 1) * sizeof(*items));
	struct page parked = { 0 };

	*page = (struct page){ 0 };
	if (!s->segment && !*at)
		*at = -INT64_MAX;
	if (*at >= 0 && !segment_part(cx, s, at, limit, page))
		return false;
	if (*at >= 0 || !s->nurtures)
		return true;
	if (page->n < limit && !parked_page(cx, s, -*at, limit - page->n, &parked))
		return false;
	for (size_t i = 0; i < page->n; i++)
		items[i] = page->items[i];
	for (size_t i = 0; i < parked.n; i++)
		items[page->n + i] = parked.items[i];
	if (parked.n)
		*at = -parked.items[parked.n - 1]->id;
	*page = (struct page){ items, page->n + parked.n, parked.more || page->n == limit };
	return true;
}

/* Certified addresses by the words their domains are known by. */
static bool is_pec(const struct record *rec, const char *email)
{
	static const char *const words[] = { "pec.", ".pec", "legalmail", "postacert", "postecert",
		"@cert.", ".cert." };
	const char *domain = strchr(email, '@');

	if (entity_find(rec->of, "pec") >= 0 && !strcasecmp(record_text(rec, "pec"), email))
		return true;
	for (size_t i = 0; domain && i < COUNT(words); i++)
		if (strcasestr(domain, words[i]))
			return true;
	return false;
}

/* -1: nothing was said; the newest word counts, also said as the lead or as
 * the row of a list. */
static bool last_consent(struct ctx *cx, const struct record *rec, int64_t *given)
{
	int64_t lead = 0, contact = 0, row = 0;

	if (entity_is(rec->of, &prospect_entity)) {
		row = rec->id;
		lead = record_int(rec, "lead_id");
	} else if (entity_is(rec->of, &lead_entity)) {
		lead = rec->id;
		contact = record_int(rec, "contact_id");
	} else {
		contact = rec->id;
	}
	/* By person and not by "or": each of the four goes by its index
	 * (which SQLite takes in the order of a cross join). */
	return db_int(cx, given, -1,
		"select c.given from consent c where c.ws = $1 and c.id in ("
		"select a.id from consent a where a.ws = $1 and a.lead_id = $2"
		" union all select a.id from consent a where a.ws = $1 and a.contact_id = $3"
		" union all select a.id from consent a where a.ws = $1 and a.prospect_id = $4"
		" union all select a.id from lead l cross join consent a where l.ws = $1"
		" and l.contact_id = $3 and a.ws = $1 and a.lead_id = l.id)"
		" and c.removed_at is null and c.purpose = 'marketing' and c.channel = 'email'"
		" order by c.at desc, c.id desc limit 1",
		ARGS(v_int(cx->ws), v_int(lead), v_int(contact), v_int(row)));
}

/* Art. 130 c. 4: one's own customers, where the firm says so. */
static bool may_be_written_to(
	struct ctx *cx, const struct sending *s, const struct record *rec, bool *may)
{
	struct record *company;
	int64_t given;

	if (!last_consent(cx, rec, &given))
		return false;
	*may = given == 1;
	if (given != -1 || !record_int(s->firm, "soft_spam") ||
		!entity_is(rec->of, &contact_entity) || !record_has(rec, "company_id"))
		return true;
	if (!record_find(cx, &company_entity, "id", v_int(record_int(rec, "company_id")), &company))
		return false;
	*may = company && record_is(company, "type", "customer");
	return true;
}

static bool was_written_to(
	struct ctx *cx, const struct sending *s, const struct reader *reader, bool *was)
{
	int64_t n = 0;

	if (!db_int(cx, &n, 0, "select count(*) from mail where ws = $1 and once = $2",
		    ARGS(v_int(cx->ws), v_text(reader_once(cx, s, reader)))))
		return false;
	*was = n > 0;
	return true;
}

const char *reader_link(struct ctx *cx, const struct entity *of)
{
	return textf(cx, "%s_id", of->name);
}

const char *reader_once(struct ctx *cx, const struct sending *s, const struct reader *reader)
{
	return textf(cx, "campaign:%" PRId64 ":%s", s->campaign->id, reader->hash);
}

static bool name_company(struct ctx *cx, const struct record *rec, const char **name)
{
	*name = "";
	if (entity_find(rec->of, "company_name") >= 0) {
		*name = record_text(rec, "company_name");
		return true;
	}
	return !record_has(rec, "company_id") ||
	       record_title_of(cx, &company_entity, record_int(rec, "company_id"), name);
}

/* A cell holds what was typed: the address in it, if there is one. */
static bool address_of(struct ctx *cx, const struct record *rec, const char **email)
{
	const struct field *f =
		entity_field(&lead_entity, (size_t)entity_find(&lead_entity, "email"));
	struct import_taken taken;

	*email = record_text(rec, "email");
	if (!entity_is(rec->of, &prospect_entity))
		return true;
	if (!import_cell_take(cx, &lead_entity, f, *email, &taken))
		return false;
	*email = taken.why || taken.v.type != VAL_TEXT ? "" : taken.v.s;
	return true;
}

bool reader_judge(struct ctx *cx, const struct sending *s, struct record *rec,
	struct reader *reader, enum verdict *verdict)
{
	const char *email;
	bool yes;

	if (!address_of(cx, rec, &email))
		return false;

	*reader = (struct reader){ rec, email, suppression_hash(cx, email), "" };
	*verdict = !*email ? READER_NO_ADDRESS : is_pec(rec, email) ? READER_PEC : READER_READY;
	if (*verdict != READER_READY)
		return true;
	if (!suppression_has(cx, reader->hash, &yes))
		return false;
	if (yes) {
		*verdict = READER_SUPPRESSED;
		return true;
	}
	if (!may_be_written_to(cx, s, rec, &yes))
		return false;
	if (!yes) {
		*verdict = READER_NO_CONSENT;
		return true;
	}
	if (!was_written_to(cx, s, reader, &yes) || !name_company(cx, rec, &reader->company))
		return false;
	if (yes)
		*verdict = READER_SENT;
	return true;
}

struct counts {
	int64_t n[VERDICT_COUNT], people, twice;
	const char **ready; /* hashes */
	size_t size;
};

static void note_ready(struct ctx *cx, struct counts *c, const char *hash)
{
	size_t n = (size_t)c->n[READER_READY];

	if (n == c->size) {
		const char **wider;

		c->size = c->size ? c->size * 2 : 1024;
		wider = arena_alloc(cx->mem, c->size * sizeof(*wider));
		if (n)
			memcpy(wider, c->ready, n * sizeof(*wider));
		c->ready = wider;
	}
	c->ready[n] = hash;
}

static bool count_page(
	struct ctx *cx, const struct sending *s, const struct page *page, struct counts *c)
{
	for (size_t i = 0; i < page->n; i++) {
		enum verdict verdict;
		struct reader reader;

		if (!reader_judge(cx, s, page->items[i], &reader, &verdict))
			return false;
		if (verdict == READER_READY)
			note_ready(cx, c, reader.hash);
		c->n[verdict]++;
		c->people++;
	}
	return true;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Two records of one address get one message. */
static void count_twice(struct counts *c)
{
	size_t n = (size_t)c->n[READER_READY];

	if (n)
		qsort(c->ready, n, sizeof(*c->ready), by_text);
	for (size_t i = 1; i < n; i++)
		c->twice += !strcmp(c->ready[i], c->ready[i - 1]);
	c->n[READER_READY] -= c->twice;
}

static void write_counts(struct json_out *j, const struct counts *c)
{
	json_open(j, '{');
	json_put_int(j, "people", c->people);
	json_put_int(j, "ready", c->n[READER_READY]);
	json_key(j, "left_out");
	json_open(j, '{');
	for (int v = READER_NO_ADDRESS; v < VERDICT_COUNT; v++)
		json_put_int(j, names[v], c->n[v]);
	json_put_int(j, "twice", c->twice);
	json_close(j, '}');
	json_close(j, '}');
}

bool campaign_audience_write(struct ctx *cx, struct json_out *j, int64_t id)
{
	struct counts counts = { 0 };
	struct sending s;
	struct page page;
	int64_t at = 0;

	if (!sending_load(cx, id, RIGHT_READ, &s))
		return false;
	do {
		if (!audience_page(cx, &s, &at, PAGE, &page) || !count_page(cx, &s, &page, &counts))
			return false;
	} while (page.more);
	count_twice(&counts);
	write_counts(j, &counts);
	return true;
}
