/* A record taken apart into what makes it the same as another. */
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "base/mail_domain.h"
#include "record/alike.h"

static const char *const places[] = { "city", "street", "website", "first_name", "last_name",
	"removed_at" };

size_t sketch_fields(const struct entity *of, size_t *at, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < entity_width(of) && n < max; i++) {
		const struct field *f = entity_field(of, i);
		bool wanted = f->match != '\0';

		for (size_t k = 0; k < COUNT(places); k++)
			wanted = wanted || !strcmp(f->name, places[k]);
		if (wanted)
			at[n++] = i;
	}
	return n;
}

static const char *text_of(const struct record *rec, const char *field)
{
	int at = entity_find(rec->of, field);

	return at >= 0 && rec->v[at].type == VAL_TEXT ? rec->v[at].s : "";
}

static void add_domain(struct ctx *cx, struct sketch *s, const char *address)
{
	const char *domain = *address ? mail_domain_own(cx->mem, address) : "";

	for (size_t i = 0; i < s->domains; i++)
		if (!strcmp(s->domain[i], domain))
			return;
	if (*domain && s->domains < SKETCH_DOMAINS)
		s->domain[s->domains++] = domain;
}

static void add_words(struct ctx *cx, struct sketch *s, const char *name)
{
	char *word = fold(cx->mem, name);

	while (*word && s->persons < SKETCH_PERSON) {
		char *end = word + strcspn(word, " ");

		if (*end)
			*end++ = '\0';
		s->person[s->persons++] = word;
		word = end;
	}
}

static const char *firm_of(const struct record *rec)
{
	for (size_t i = 0; i < rec->of->field_count; i++)
		if (rec->of->fields[i].match == 'n' && rec->v[i].type == VAL_TEXT)
			return rec->v[i].s;
	return "";
}

void sketch_make(struct ctx *cx, const struct record *rec, const struct word_counts *counts,
	struct sketch *s)
{
	const char *firm = firm_of(rec);

	*s = (struct sketch){ .of = rec->of, .id = rec->id, .has_firm = *firm };
	s->keys = keys_list(cx, rec, s->key);
	if (*firm) {
		company_name_cut(cx->mem, firm, &s->firm.name);
		company_weigh(&s->firm, counts);
	}
	add_words(cx, s, text_of(rec, "first_name"));
	add_words(cx, s, text_of(rec, "last_name"));
	for (size_t i = 0; i < rec->of->field_count; i++)
		if (rec->of->fields[i].type == FIELD_EMAIL && rec->v[i].type == VAL_TEXT)
			add_domain(cx, s, rec->v[i].s);
	add_domain(cx, s, text_of(rec, "website"));
	s->city = fold(cx->mem, text_of(rec, "city"));
	s->street = fold(cx->mem, text_of(rec, "street"));
}
