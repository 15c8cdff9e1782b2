/* Two sketches compared: what they share, and what speaks against it. */
#include "record/alike.h"

#include <math.h>
#include <string.h>

#include "base/codes.h"
#include "base/mail_domain.h"
#include "base/words.h"

/* What each thing shared makes of a hundred pairs that share it, the rest
 * being unknown; a name says as much as its own comparison does. */
enum {
	SAYS_VAT = 97,
	SAYS_TAX = 98,
	SAYS_EMAIL = 88,
	SAYS_SHARED_EMAIL = 55,
	SAYS_PHONE = 55,
	SAYS_PERSON = 35,
	SAYS_PERSON_ALMOST = 25,
	SAYS_PERSON_AND_FIRM = 93,
	SAYS_PERSON_AND_DOMAIN = 80,
	SAYS_PERSON_AND_CITY = 62,
	SAYS_DOMAIN = 30,
	SAYS_DOMAIN_CITY = 48,
	SAYS_STREET = 35,
	SAYS_CITY = 4,
};

/* No more than this when something speaks against it. */
enum {
	LIMIT_OTHER_VAT = 30,
	LIMIT_OTHER_TAX = 25,
	LIMIT_OTHER_PERSON = 50,
	LIMIT_OTHER_NAME = 85,
	/* the name alone, in another city */
	PERCENT_OTHER_CITY = 88,
};

static const struct {
	unsigned why;
	const char *word;
} reasons[] = {
	{ ALIKE_VAT, "alike.vat_number" },
	{ ALIKE_TAX, "alike.tax_code" },
	{ ALIKE_EMAIL, "alike.email" },
	{ ALIKE_PHONE, "alike.phone" },
	{ ALIKE_NAME, "alike.name" },
	{ ALIKE_NAME_ALMOST, "alike.name_almost" },
	{ ALIKE_PERSON, "alike.person" },
	{ ALIKE_PERSON_ALMOST, "alike.person_almost" },
	{ ALIKE_DOMAIN_CITY, "alike.domain_city" },
	{ ALIKE_DOMAIN, "alike.domain" },
	{ ALIKE_STREET, "alike.street" },
	{ ALIKE_CITY, "alike.city" },
	{ ALIKE_OTHER_VAT, "alike.other_vat" },
	{ ALIKE_OTHER_TAX, "alike.other_tax" },
	{ ALIKE_OTHER_PERSON, "alike.other_person" },
	{ ALIKE_OTHER_NAME, "alike.other_name" },
	{ ALIKE_OTHER_CITY, "alike.other_city" },
};

/* The comparison while it is made: the chance that they are two, given all
 * that was found so far. */
struct weighing {
	const struct sketch *a, *b;
	double two;
	int limit;
	unsigned why;
};

static void says(struct weighing *w, unsigned why, int percent)
{
	w->why |= why;
	w->two *= 1.0 - percent / 100.0;
}

static void against(struct weighing *w, unsigned why, int limit)
{
	w->why |= why;
	w->limit = limit < w->limit ? limit : w->limit;
}

/* A key of that letter that both have, or NULL. */
static const char *shared_key(const struct sketch *a, const struct sketch *b, char letter)
{
	for (size_t i = 0; i < a->keys; i++)
		for (size_t k = 0; a->key[i][0] == letter && k < b->keys; k++)
			if (!strcmp(a->key[i], b->key[k]))
				return a->key[i] + 2;
	return NULL;
}

static bool has_good(const struct sketch *s, char letter)
{
	for (size_t i = 0; i < s->keys; i++)
		if (s->key[i][0] == letter &&
			(letter == 'v' ? vat_number_check(s->key[i] + 2, NULL)
				       : tax_code_check(s->key[i] + 2, NULL)) == CODE_GOOD)
			return true;
	return false;
}

static void weigh_code(struct weighing *w, char letter)
{
	bool is_vat = letter == 'v';

	if (shared_key(w->a, w->b, letter))
		says(w, is_vat ? ALIKE_VAT : ALIKE_TAX, is_vat ? SAYS_VAT : SAYS_TAX);
	else if (has_good(w->a, letter) && has_good(w->b, letter))
		against(w, is_vat ? ALIKE_OTHER_VAT : ALIKE_OTHER_TAX,
			is_vat ? LIMIT_OTHER_VAT : LIMIT_OTHER_TAX);
}

static void weigh_reach(struct weighing *w)
{
	const char *email = shared_key(w->a, w->b, 'e');

	if (email)
		says(w, ALIKE_EMAIL, mail_is_shared(email) ? SAYS_SHARED_EMAIL : SAYS_EMAIL);
	if (shared_key(w->a, w->b, 'p'))
		says(w, ALIKE_PHONE, SAYS_PHONE);
}

static bool shares_city(const struct weighing *w)
{
	return *w->a->city && !strcmp(w->a->city, w->b->city);
}

static bool has_other_city(const struct weighing *w)
{
	return *w->a->city && *w->b->city && strcmp(w->a->city, w->b->city) != 0;
}

/* Paolo is not Paola mistyped. */
static bool is_of_other_sex(const char *a, const char *b)
{
	size_t n = strlen(a);

	return n > 2 && n == strlen(b) && !strncmp(a, b, n - 1) && strchr("ao", a[n - 1]) &&
	       strchr("ao", b[n - 1]) && a[n - 1] != b[n - 1];
}

static float names_alike(const char *a, const char *b)
{
	return is_of_other_sex(a, b) ? 0 : word_alike(a, b);
}

/* How alike the two people's names are, word by word and in any order: 0 when
 * a word of the shorter has no counterpart. */
static float persons_alike(const struct sketch *a, const struct sketch *b)
{
	bool taken[SKETCH_PERSON] = { false };
	float least = 1.0f;

	if (a->persons > b->persons) {
		const struct sketch *longer = a;

		a = b;
		b = longer;
	}
	for (size_t i = 0; i < a->persons; i++) {
		float best = 0;
		size_t at = 0;

		for (size_t k = 0; k < b->persons; k++) {
			float alike = taken[k] ? 0 : names_alike(a->person[i], b->person[k]);

			if (alike > best) {
				best = alike;
				at = k;
			}
		}
		taken[at] = best > 0;
		least = best < least ? best : least;
	}
	/* a first name alone is many people's */
	return a->persons == 1 && b->persons > 1 ? least * 0.8f : least;
}

static void weigh_firm(struct weighing *w, int *firm)
{
	*firm = 0;
	if (!w->a->has_firm || !w->b->has_firm)
		return;
	*firm = company_alike(&w->a->firm, &w->b->firm);
	if (*firm >= ALIKE_LIKELY)
		w->why |= shared_key(w->a, w->b, 'n') ? ALIKE_NAME : ALIKE_NAME_ALMOST;
	if (*firm < 10)
		against(w, ALIKE_OTHER_NAME, LIMIT_OTHER_NAME);
}

static bool shares_domain(const struct sketch *a, const struct sketch *b)
{
	for (size_t i = 0; i < a->domains; i++)
		for (size_t k = 0; k < b->domains; k++)
			if (!strcmp(a->domain[i], b->domain[k]))
				return true;
	return false;
}

static void weigh_place(struct weighing *w, bool domain)
{
	bool city = shares_city(w);

	if (domain)
		says(w, city ? ALIKE_DOMAIN_CITY : ALIKE_DOMAIN,
			city ? SAYS_DOMAIN_CITY : SAYS_DOMAIN);
	if (city && *w->a->street && !strcmp(w->a->street, w->b->street))
		says(w, ALIKE_STREET, SAYS_STREET);
	if (city && !domain)
		says(w, ALIKE_CITY, SAYS_CITY);
}

/* One firm has many people: that the firm is the same says little of them. */
static void weigh_person(struct weighing *w, int firm, bool domain)
{
	float alike = persons_alike(w->a, w->b);
	bool same = alike >= 0.999f;
	/* one Mario Rossi of a town works here, another there */
	bool elsewhere = w->a->has_firm && w->b->has_firm && firm < 40;

	if (alike < 0.4f) {
		against(w, ALIKE_OTHER_PERSON, LIMIT_OTHER_PERSON);
		return;
	}
	w->why |= same ? ALIKE_PERSON : ALIKE_PERSON_ALMOST;
	/* an initial, a letter mistyped: a little less sure */
	alike = 0.6f + 0.4f * alike;
	if (firm >= ALIKE_LIKELY)
		says(w, 0, (int)(SAYS_PERSON_AND_FIRM * alike));
	else if (domain)
		says(w, 0, (int)(SAYS_PERSON_AND_DOMAIN * alike));
	else if (same && shares_city(w) && !elsewhere)
		says(w, 0, SAYS_PERSON_AND_CITY);
	else
		says(w, 0, same ? SAYS_PERSON : SAYS_PERSON_ALMOST);
}

struct alike sketch_compare(const struct sketch *a, const struct sketch *b)
{
	struct weighing w = { .a = a, .b = b, .two = 1.0, .limit = 100 };
	bool domain = shares_domain(a, b), people = a->persons && b->persons;
	int firm, score;

	weigh_code(&w, 'v');
	weigh_code(&w, 't');
	weigh_reach(&w);
	weigh_firm(&w, &firm);
	weigh_place(&w, domain);
	if (people)
		weigh_person(&w, firm, domain);
	else if (firm && has_other_city(&w))
		says(&w, 0, firm * PERCENT_OTHER_CITY / 100);
	else if (firm)
		says(&w, 0, firm);
	if (has_other_city(&w))
		w.why |= ALIKE_OTHER_CITY;
	score = (int)lround(100.0 * (1.0 - w.two));
	return (struct alike){ score < w.limit ? score : w.limit, w.why };
}

bool alike_is_contradicted(struct alike alike)
{
	return (alike.why & (ALIKE_OTHER_VAT | ALIKE_OTHER_TAX | ALIKE_OTHER_PERSON)) != 0;
}

struct alike record_alike(struct ctx *cx, const struct record *a, const struct record *b)
{
	struct word_counts counts;
	struct sketch x, y;

	rarity_of(cx, a->of, &counts);
	sketch_make(cx, a, &counts, &x);
	sketch_make(cx, b, &counts, &y);
	return sketch_compare(&x, &y);
}

void alike_write(struct ctx *cx, struct json_out *j, struct alike alike)
{
	json_put_int(j, "score", alike.score);
	json_put_bool(j, "likely", alike.score >= ALIKE_LIKELY);
	json_key(j, "reasons");
	json_open(j, '[');
	for (size_t i = 0; i < COUNT(reasons); i++) {
		struct saying text = { .key = reasons[i].word };

		if (alike.why & reasons[i].why)
			json_text(j, words_say(cx->words, cx->mem, cx->lang, &text));
	}
	json_close(j, ']');
}
