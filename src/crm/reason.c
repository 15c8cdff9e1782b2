/* The reasons why something came to nothing. */
#include "crm/reason.h"

#include <string.h>

#include "base/fold.h"
#include "crm/naming.h"
#include "crm/step.h"

static const struct choice kinds[] = {
	{ "not_interested", "Lead non interessato", "Lead not interested" },
	{ "lost", "Opportunità persa", "Opportunity lost" },
	{ "discarded", "Prospect scartato", "Prospect discarded" },
	{ NULL },
};

static const struct field fields[] = {
	{ "kind", FIELD_CHOICE, "Per", "For", "sales", .choices = kinds, .required = true,
		.list = true },
	{ "name_it", FIELD_TEXT, "Nome (italiano)", "Name (Italian)", "sales", .max = 150,
		.required = true, .list = true },
	{ "name_en", FIELD_TEXT, "Nome (inglese)", "Name (English)", "sales", .max = 150,
		.list = true },
	{ "position", FIELD_INT, "Ordine", "Order", "sales", .list = true },
	{ "active", FIELD_BOOL, "Attivo", "Active", "sales", .required = true, .initial = "1",
		.list = true },
};

static const char *const indexes[] = { "position, id", NULL };

const struct entity reason_entity = {
	.name = "reason",
	.plural = "reasons",
	.it = "Motivo",
	.en = "Reason",
	.its = "Motivi",
	.ens = "Reasons",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.indexes = indexes,
	.check = step_complete,
	.title = local_name,
};

static const struct {
	const char *kind, *it, *en;
} usual[] = {
	{ "not_interested", "Nessun bisogno", "No need" },
	{ "not_interested", "Prezzo troppo alto", "Price too high" },
	{ "not_interested", "Ha scelto un concorrente", "Chose a competitor" },
	{ "not_interested", "Non risponde", "Does not answer" },
	{ "not_interested", "Dati sbagliati", "Wrong data" },
	{ "lost", "Prezzo troppo alto", "Price too high" },
	{ "lost", "Ha scelto un concorrente", "Chose a competitor" },
	{ "lost", "Rimandata", "Postponed" },
	{ "lost", "Manca il budget", "No budget" },
	{ "lost", "Nessuna decisione", "No decision" },
	{ "discarded", "Non interessato", "Not interested" },
	{ "discarded", "Fuori target", "Not our target" },
	{ "discarded", "Dati sbagliati", "Wrong data" },
	{ "discarded", "È già cliente", "Already a customer" },
	{ "discarded", "Non contattare", "Do not contact" },
};

static bool is_named(struct ctx *cx, const struct record *reason, const char *folded)
{
	return !strcmp(fold(cx->mem, record_text(reason, "name_it")), folded) ||
	       !strcmp(fold(cx->mem, record_text(reason, "name_en")), folded);
}

bool reason_named(struct ctx *cx, const char *kind, const char *text, int64_t *id)
{
	const char *folded = fold(cx->mem, text);
	struct record **all;
	size_t n;

	*id = 0;
	if (!*folded)
		return true;
	if (!record_all(cx, &reason_entity, &all, &n))
		return false;
	for (size_t i = 0; i < n && !*id; i++)
		if (record_is(all[i], "kind", kind) && is_named(cx, all[i], folded))
			*id = all[i]->id;
	return true;
}

bool reasons_found(struct ctx *cx)
{
	int64_t n;

	if (!db_int(cx, &n, 0, "select count(*) from reason where ws = $1", ARGS(v_int(cx->ws))))
		return false;
	for (size_t i = 0; !n && i < COUNT(usual); i++) {
		struct record *reason = record_new(cx, &reason_entity);

		record_set_text(reason, "kind", usual[i].kind);
		record_set_text(reason, "name_it", usual[i].it);
		record_set_text(reason, "name_en", usual[i].en);
		if (!record_store(cx, reason))
			return false;
	}
	return true;
}
