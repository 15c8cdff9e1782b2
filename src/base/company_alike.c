/* Two names compared word by word: what they share, and what each has alone. */
#include "base/company_alike.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { LONGEST_WORD = 40, SQUEEZED = 120 };

/* Each word of a name, and how much of it the other name has. */
struct side {
	const struct company_words *words;
	float found[COMPANY_WORDS];
};

void company_weigh(struct company_words *words, const struct word_counts *counts)
{
	float all = logf((float)counts->names + 2.0f);

	words->whole = 0;
	for (size_t i = 0; i < words->name.n; i++) {
		const char *word = words->name.word[i];
		float held = (float)counts->of(counts->arg, word);
		float weight = (all - logf(held + 1.0f)) / all;

		/* a single letter is an initial of many words */
		if (!word[1] || weight < 0.05f)
			weight = weight < 0.3f ? 0.05f : 0.25f;
		if (i >= words->name.core)
			weight *= 0.4f;
		words->weight[i] = weight;
		words->whole += weight;
	}
}

/* Letters typed wrong, left out, doubled or swapped (Damerau-Levenshtein, the
 * optimal alignment); more than limit is limit + 1. */
static int mistypes(const char *a, const char *b, int limit)
{
	int n = (int)strlen(a), m = (int)strlen(b);
	uint8_t rows[3][LONGEST_WORD + 1];
	uint8_t *before = rows[0], *last = rows[1], *row = rows[2];

	if (n > LONGEST_WORD || m > LONGEST_WORD || n - m > limit || m - n > limit)
		return limit + 1;
	for (int k = 0; k <= m; k++)
		last[k] = (uint8_t)k;
	for (int i = 1; i <= n; i++) {
		uint8_t *spare = before;
		int least = i;

		row[0] = (uint8_t)i;
		for (int k = 1; k <= m; k++) {
			int cost = last[k - 1] + (a[i - 1] != b[k - 1]);

			if (last[k] + 1 < cost)
				cost = last[k] + 1;
			if (row[k - 1] + 1 < cost)
				cost = row[k - 1] + 1;
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1] &&
				before[k - 2] + 1 < cost)
				cost = before[k - 2] + 1;
			row[k] = (uint8_t)cost;
			least = cost < least ? cost : least;
		}
		if (least > limit)
			return limit + 1;
		before = last;
		last = row;
		row = spare;
	}
	return last[m];
}

static bool has_digit(const char *word)
{
	return word[strcspn(word, "0123456789")] != '\0';
}

float word_alike(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b), less = n < m ? n : m, more = n < m ? m : n;
	int wrong;

	if (n == m && !memcmp(a, b, n))
		return 1.0f;
	/* the first letter is hardly ever mistyped, but swapped */
	if (!less || (a[0] != b[0] && a[1] != b[0] && a[0] != b[1]))
		return 0.0f;
	if (has_digit(a) || has_digit(b))
		return 0.0f;
	if (less < more && !memcmp(a, b, less))
		return less == 1 ? 0.5f : less == 2 ? 0.4f : more - less <= 1 ? 0.9f : 0.7f;
	if (less < 4)
		return 0.0f;
	wrong = mistypes(a, b, less >= 8 ? 2 : 1);
	return wrong == 1 ? (less < 5 ? 0.6f : 0.85f) : wrong == 2 && less >= 8 ? 0.7f : 0.0f;
}

/* "edil tecno" and "ediltecno": two words in a row that are one of the other. */
static bool is_both(const char *first, const char *second, const char *one)
{
	size_t n = strlen(first);

	return !strncmp(one, first, n) && !strcmp(one + n, second);
}

static void match_joined(struct side *a, struct side *b)
{
	const struct company_name *x = &a->words->name, *y = &b->words->name;

	for (size_t i = 0; i + 1 < x->n; i++)
		for (size_t k = 0; k < y->n; k++)
			if (is_both(x->word[i], x->word[i + 1], y->word[k]))
				a->found[i] = a->found[i + 1] = b->found[k] = 1.0f;
}

/* Each word takes the one of the other name that is most like it and that no
 * word took before; those that are equal first. */
static void match_words(struct side *a, struct side *b)
{
	const struct company_name *x = &a->words->name, *y = &b->words->name;

	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < y->n && a->found[i] < 1.0f; k++)
			if (b->found[k] == 0.0f && !strcmp(x->word[i], y->word[k]))
				a->found[i] = b->found[k] = 1.0f;
	for (size_t i = 0; i < x->n; i++) {
		float best = 0;
		size_t at = 0;

		for (size_t k = 0; k < y->n && a->found[i] == 0.0f; k++) {
			float alike = b->found[k] == 0.0f ? word_alike(x->word[i], y->word[k]) : 0;

			if (alike > best) {
				best = alike;
				at = k;
			}
		}
		if (best > 0.0f)
			a->found[i] = b->found[at] = best;
	}
}

/* The weight found, the heaviest found, the heaviest missing. */
struct tally {
	float found, most, missing;
};

static struct tally tally(const struct side *s)
{
	struct tally t = { 0 };

	for (size_t i = 0; i < s->words->name.n; i++) {
		float has = s->words->weight[i] * s->found[i];
		float lacks = s->words->weight[i] * (1.0f - s->found[i]);

		t.found += has;
		t.most = has > t.most ? has : t.most;
		t.missing = lacks > t.missing ? lacks : t.missing;
	}
	return t;
}

static size_t squeeze(const struct company_name *name, char out[SQUEEZED])
{
	size_t n = 0;

	for (size_t i = 0; i < name->core; i++)
		for (const char *c = name->word[i]; *c && n + 1 < SQUEEZED; c++)
			out[n++] = *c;
	out[n] = '\0';
	return n;
}

static bool is_squeezed_alike(const struct company_name *a, const struct company_name *b)
{
	char x[SQUEEZED], y[SQUEEZED];
	size_t n = squeeze(a, x), m = squeeze(b, y);

	return n >= 4 && (n == m ? !memcmp(x, y, n) : n <= LONGEST_WORD && mistypes(x, y, 1) <= 1);
}

/* "igc" and "impresa generale costruzioni" */
static bool is_acronym(const struct company_name *shorter, const struct company_name *longer)
{
	for (size_t i = 0; i < shorter->core; i++) {
		const char *letters = shorter->word[i];
		size_t n = strlen(letters), k;

		for (size_t at = 0; n >= 3 && at + n <= longer->n; at++) {
			for (k = 0; k < n && longer->word[at + k][0] == letters[k]; k++)
				;
			if (k == n)
				return true;
		}
	}
	return false;
}

/* "Torino 2" is not "Torino 3". */
static bool has_other_numbers(const struct side *a, const struct side *b)
{
	const struct side *sides[] = { a, b };
	bool lacks[2] = { false, false };

	for (int s = 0; s < 2; s++)
		for (size_t i = 0; i < sides[s]->words->name.n; i++)
			if (sides[s]->found[i] < 1.0f && has_digit(sides[s]->words->name.word[i]))
				lacks[s] = true;
	return lacks[0] && lacks[1];
}

static bool is_partnership(const struct company_name *name)
{
	return !strcmp(name->form, "snc") || !strcmp(name->form, "sas") || name->has_partners;
}

void company_signs(
	const struct company_words *a, const struct company_words *b, float sign[COMPANY_SIGNS])
{
	struct side x = { .words = a }, y = { .words = b };
	const struct company_name *p = &a->name, *q = &b->name;
	bool both = *p->form && *q->form;
	float less, more, dice;
	struct tally t, u;

	match_joined(&x, &y);
	match_joined(&y, &x);
	match_words(&x, &y);
	t = tally(&x);
	u = tally(&y);
	less = t.found / (a->whole + 0.001f);
	more = u.found / (b->whole + 0.001f);
	dice = (t.found + u.found) / (a->whole + b->whole + 0.001f);
	sign[0] = 1.0f;
	sign[1] = dice;
	sign[2] = less < more ? less : more;
	sign[3] = less < more ? more : less;
	sign[4] = fminf(t.found, u.found) / 3.0f;
	sign[5] = fminf(t.most, u.most);
	sign[6] = fmaxf(t.missing, u.missing);
	sign[7] = fminf(t.missing, u.missing);
	sign[8] = both && !strcmp(p->form, q->form);
	sign[9] = both && strcmp(p->form, q->form) != 0;
	sign[10] = is_partnership(p) != is_partnership(q);
	sign[11] = is_squeezed_alike(p, q);
	sign[12] = is_acronym(p, q) || is_acronym(q, p);
	sign[13] = has_other_numbers(&x, &y);
}

/* Where names meet. */

enum { RARE_WORDS = 4, SKELETON_MIN = 3 };

static uint64_t hash(char kind, const char *s, size_t n)
{
	uint64_t h = (1469598103934665603u ^ (unsigned char)kind) * 1099511628211u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 1099511628211u;
	return h ^ h >> 29;
}

/* What is left of a word when it is mistyped most often: its consonants. */
static size_t skeleton(const char *word, char out[LONGEST_WORD])
{
	size_t n = 0;

	for (const char *c = word; *c && n < LONGEST_WORD; c++)
		if ((c == word || !strchr("aeiouhy", *c)) && (!n || out[n - 1] != *c))
			out[n++] = *c;
	return n;
}

static size_t put(uint64_t meets[COMPANY_MEETS], size_t n, uint64_t meet)
{
	for (size_t i = 0; i < n; i++)
		if (meets[i] == meet)
			return n;
	if (n < COMPANY_MEETS)
		meets[n++] = meet;
	return n;
}

/* The words, heaviest first; of those as heavy the first. */
static size_t rarest(const struct company_words *words, size_t at[RARE_WORDS])
{
	size_t n = 0;

	for (size_t i = 0; i < words->name.n; i++) {
		size_t k = n;

		while (k > 0 && words->weight[at[k - 1]] < words->weight[i])
			k--;
		if (k == RARE_WORDS)
			continue;
		memmove(at + k + 1, at + k,
			((n < RARE_WORDS ? n : RARE_WORDS - 1) - k) * sizeof(*at));
		at[k] = i;
		n += n < RARE_WORDS;
	}
	return n;
}

size_t company_meets(const struct company_words *words, uint64_t meets[COMPANY_MEETS])
{
	char bones[LONGEST_WORD], whole[SQUEEZED];
	size_t at[RARE_WORDS], n = 0, length;
	size_t count = rarest(words, at);

	for (size_t i = 0; i < count; i++) {
		const char *word = words->name.word[at[i]];

		if (word[1])
			n = put(meets, n, hash('w', word, strlen(word)));
	}
	for (size_t i = 0; i < count && !has_digit(words->name.word[at[i]]); i++) {
		length = skeleton(words->name.word[at[i]], bones);
		if (length >= SKELETON_MIN)
			n = put(meets, n, hash('s', bones, length));
	}
	squeeze(&words->name, whole);
	length = skeleton(whole, bones);
	return length >= SKELETON_MIN ? put(meets, n, hash('q', bones, length)) : n;
}

/* How much each sign says, as log odds: found by logistic regression on the
 * first half of names typed by hand (bench/names.c signs), but for the last,
 * which those names do not show. */
/* clang-format off */
static const float says[COMPANY_SIGNS] = {
	-6.41f, /* two names at random */
	-0.97f, /* what both share, of both */
	-1.67f, /* of the one that has less of it */
	4.48f,  /* of the one that has more */
	8.72f,  /* how much that is */
	6.37f,  /* the rarest word shared */
	-4.23f, /* the rarest word that one lacks, at most */
	-2.99f, /* ... and the other */
	-0.17f, /* the same legal form */
	-2.36f, /* another */
	0.64f,  /* partners on one side alone */
	3.12f,  /* the same letters, but for blanks and one */
	2.32f,  /* one's initials stand in the other */
	-8.0f,  /* both have numbers, and others */
};
/* clang-format on */

int company_alike(const struct company_words *a, const struct company_words *b)
{
	float sign[COMPANY_SIGNS], sum = 0;

	company_signs(a, b, sign);
	for (size_t i = 0; i < COMPANY_SIGNS; i++)
		sum += says[i] * sign[i];
	return (int)lroundf(100.0f / (1.0f + expf(-sum)));
}
