/* Two opportunities of one customer go into a folder: the proposal, and the
 * verb (S5.36). */
#include <string.h>

#include "base/arena.h"
#include "crm/company.h"
#include "crm/conversion_parts.h"
#include "crm/folder.h"
#include "record/list.h"
#include "record/op.h"
#include "record/search.h"

/* What is known of the customer beside the opportunity; NULL: nothing. */
struct customer {
	struct record *contact, *lead;
	struct record *draft; /* the company he would be */
};

static bool find_linked(struct ctx *cx, const struct record *opportunity, const struct entity *of,
	struct record **found)
{
	const char *link = textf(cx, "%s_id", of->name);

	*found = NULL;
	if (!record_has(opportunity, link))
		return true;
	if (record_load(cx, of, record_int(opportunity, link), RIGHT_READ, found))
		return true;
	if (cx->problem.kind != PROBLEM_NOT_FOUND)
		return false;
	ctx_clear(cx);
	*found = NULL;
	return true;
}

/* As conversion would make it of the lead, or of what the contact says. */
static bool know(struct ctx *cx, const struct record *opportunity, struct customer *c)
{
	static const char *const said[] = { "email", "phone", "vat_number", "tax_code" };
	struct draft draft;

	if (!find_linked(cx, opportunity, &contact_entity, &c->contact) ||
		!find_linked(cx, opportunity, &lead_entity, &c->lead))
		return false;
	if (c->lead) {
		if (!draft_make(cx, c->lead, &draft))
			return false;
		c->draft = draft.company;
		return true;
	}
	c->draft = record_new(cx, &company_entity);
	for (size_t i = 0; c->contact && i < COUNT(said); i++)
		record_copy(c->draft, c->contact, said[i]);
	return true;
}

static bool write_known(
	struct ctx *cx, struct json_out *j, const struct record *from, int64_t *told)
{
	struct record *company;

	*told = 0;
	if (!from || !find_linked(cx, from, &company_entity, &company))
		return !from;
	if (!company || record_has(company, "removed_at"))
		return true;
	*told = company->id;
	json_open(j, '{');
	json_put_text(j, "entity", company->of->name);
	json_put_int(j, "id", company->id);
	json_put_text(j, "title", record_title(cx, company));
	json_put_text(j, "subtitle", record_subtitle(cx, company));
	json_key(j, "why");
	json_open(j, '[');
	json_text(j, from->of->name);
	json_close(j, ']');
	json_close(j, '}');
	return true;
}

static bool write_companies(struct ctx *cx, struct json_out *j, const struct customer *c)
{
	static const struct entity *const among[] = { &company_entity, NULL };
	struct likeness *found;
	int64_t told[2];
	size_t n;

	if (!keys_find(cx, c->draft, among, &found, &n))
		return false;
	json_key(j, "companies");
	json_open(j, '[');
	if (!write_known(cx, j, c->contact, &told[0]) ||
		(!told[0] && !write_known(cx, j, c->lead, &told[1])))
		return false;
	if (told[0])
		told[1] = told[0];
	for (size_t i = 0; i < n; i++)
		if (found[i].id != told[1])
			likeness_write(cx, j, &found[i]);
	json_close(j, ']');
	return true;
}

/* A person without a firm's name may be a firm of his own name. */
static const char *name_of(struct ctx *cx, const struct customer *c)
{
	if (record_has(c->draft, "name"))
		return record_text(c->draft, "name");
	return c->contact ? record_title(cx, c->contact) : c->lead ? record_title(cx, c->lead) : "";
}

bool folder_proposal_write(struct ctx *cx, struct json_out *j, const struct record *opportunity)
{
	struct customer c = { 0 };

	if (record_has(opportunity, "company_id")) {
		json_none(j);
		return true;
	}
	if (!know(cx, opportunity, &c))
		return false;
	json_open(j, '{');
	json_put_text(j, "name", name_of(cx, &c));
	if (!write_companies(cx, j, &c))
		return false;
	json_close(j, '}');
	return true;
}

static bool must_have_none(struct ctx *cx, const struct record *opportunity)
{
	return !record_has(opportunity, "company_id") ||
	       refuse(cx, PROBLEM_CONFLICT, "opportunity.has_company");
}

static bool take_existing(struct ctx *cx, int64_t id, struct record **company)
{
	bool ok = record_load(cx, &company_entity, id, RIGHT_READ, company);

	if (!ok && cx->problem.kind != PROBLEM_NOT_FOUND)
		return false;
	if (ok && !record_has(*company, "removed_at"))
		return true;
	ctx_clear(cx);
	return refuse_field(cx, "company_id", "field.link");
}

/* What is wrong with it is told as "company.name". */
static bool make_company(struct ctx *cx, const json_t *fields, struct record **company)
{
	bool ok;

	*company = record_new(cx, &company_entity);
	ok = rights_demand(cx, &company_entity, RIGHT_WRITE) && record_fill(cx, *company, fields) &&
	     record_store(cx, *company);
	for (struct field_problem *p = cx->problem.fields; !ok && p; p = p->next)
		p->field = textf(cx, "company.%s", p->field);
	return ok;
}

static bool choose(struct ctx *cx, const struct folder_choice *choice, struct folder_outcome *made)
{
	if (choice->company)
		return make_company(cx, choice->company, &made->company);
	return take_existing(cx, choice->company_id, &made->company);
}

static bool may_write(struct ctx *cx, const struct record *rec)
{
	return rights_covers(cx->who, rec->of, RIGHT_WRITE, record_int(rec, "owner_id"));
}

/* The one it is a copy of, and their copies, where they have no company. */
static bool find_family(
	struct ctx *cx, const struct record *opportunity, struct folder_outcome *made)
{
	int64_t root = record_has(opportunity, "duplicate_of_id")
			       ? record_int(opportunity, "duplicate_of_id")
			       : opportunity->id;
	struct page page;
	struct args args;

	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(root));
	args_add(&args, v_int(opportunity->id));
	if (!list_select(cx, &opportunity_entity,
		    " where t.ws = $1 and t.removed_at is null and t.company_id is null"
		    " and (t.id in ($2, $3) or t.duplicate_of_id in ($2, $3)) order by t.id",
		    &args, FAMILY_MAX, &page))
		return false;
	for (size_t i = 0; i < page.n; i++)
		if (may_write(cx, page.items[i]))
			made->opportunities[made->n++] = page.items[i];
	return true;
}

/* The company first, so that an undo, newest first, sees which wins are left. */
static bool make_customer(struct ctx *cx, struct folder_outcome *made)
{
	bool won = false;

	for (size_t i = 0; i < made->n; i++)
		won = won || record_is(made->opportunities[i], "state", "won");
	return !won || company_become_customer(cx, made->company, "", &made->became_customer);
}

static bool put_in(struct ctx *cx, struct folder_outcome *made)
{
	for (size_t i = 0; i < made->n; i++) {
		record_set(made->opportunities[i], "company_id", v_int(made->company->id));
		if (!record_store(cx, made->opportunities[i]))
			return false;
	}
	return true;
}

static bool take_contact_along(
	struct ctx *cx, const struct record *opportunity, struct folder_outcome *made)
{
	struct record *contact;

	if (!find_linked(cx, opportunity, &contact_entity, &contact))
		return false;
	if (!contact || record_has(contact, "company_id") || !may_write(cx, contact))
		return true;
	record_set(contact, "company_id", v_int(made->company->id));
	return record_store(cx, contact);
}

bool folder_make(struct ctx *cx, int64_t opportunity_id, const struct folder_choice *choice,
	struct folder_outcome *made)
{
	struct record *opportunity;

	*made = (struct folder_outcome){ 0 };

	bool ok = op_begin(cx, "opportunity.folder") &&
		  record_load(cx, &opportunity_entity, opportunity_id, RIGHT_WRITE, &opportunity) &&
		  must_have_none(cx, opportunity) && choose(cx, choice, made) &&
		  find_family(cx, opportunity, made) && make_customer(cx, made) &&
		  put_in(cx, made) && take_contact_along(cx, opportunity, made) &&
		  op_about(cx, made->company);

	return op_end(cx, ok);
}
