/* Company names typed by hand, and how many of those that are one firm are
 * found to be: names FILE [signs]
 *
 * FILE is a CSV whose second column is the firm's number and whose third is a
 * name as somebody typed it.  Pairs that share a rare word are compared by
 * name alone; the firm's number says which are right.  Firms fall into two
 * halves by their number: what weighs how much (base/company_alike.c) was
 * found on the first, so the second is the honest figure.  "signs" prints
 * each compared pair of the first half, to find the weights anew. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/company_alike.h"
#include "base/csv.h"

enum { BLOCK_MAX = 300, SCORES = 101 };

/* A pair across the halves is no firm's, but may be taken for one. */
enum { TUNED_ON, HELD_OUT, ACROSS, PARTS };

struct typed {
	const char *firm;
	struct company_words words;
	bool is_held_out;
};

/* Who meets under a hash. */
struct meeting {
	uint64_t hash;
	uint32_t who;
};

struct word {
	const char *text;
	size_t names;
	uint32_t last; /* the name it was counted for last */
};

struct names {
	struct typed *all;
	size_t n;
	struct word *words; /* a table by hash */
	size_t size;
	struct meeting *meetings;
	size_t met;
};

/* By score: pairs found, those that are right; and all that are. */
struct counts {
	size_t found[SCORES], right[SCORES], pairs, compared, reached;
};

static uint64_t hash(const char *s)
{
	uint64_t h = 1469598103934665603u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return h ^ h >> 31;
}

static struct word *word_at(const struct names *names, const char *text)
{
	size_t at = hash(text) & (names->size - 1);

	while (names->words[at].text && strcmp(names->words[at].text, text) != 0)
		at = (at + 1) & (names->size - 1);
	return &names->words[at];
}

static size_t held(const void *arg, const char *text)
{
	return word_at(arg, text)->names;
}

static void count_words(struct names *names, uint32_t who)
{
	const struct company_name *name = &names->all[who].words.name;

	for (size_t i = 0; i < name->n; i++) {
		struct word *word = word_at(names, name->word[i]);

		word->text = name->word[i];
		word->names += !word->names || word->last != who;
		word->last = who;
	}
}

static void *more(void *p, size_t count, size_t size)
{
	p = realloc(p, count * size);
	if (!p)
		abort();
	return p;
}

static char *read_file(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	char *text = NULL;

	*n = 0;
	while (f && !feof(f)) {
		text = more(text, *n + 65536, 1);
		*n += fread(text + *n, 1, 65536, f);
	}
	if (f)
		fclose(f);
	return text;
}

static void read_names(struct names *names, struct arena *mem, const char *path)
{
	struct csv_row row;
	const char *why;
	size_t n, size = 0;
	char *text = read_file(path, &n);
	struct csv *csv = csv_open(mem, text ? text : "", n);

	names->size = 1u << 17;
	names->words = more(NULL, names->size, sizeof(*names->words));
	memset(names->words, 0, names->size * sizeof(*names->words));
	(void)csv_next(csv, mem, &row, &why);
	while (csv_next(csv, mem, &row, &why) == CSV_ROW) {
		struct typed *t;

		if (names->n == size)
			names->all = more(
				names->all, size = size ? size * 2 : 1024, sizeof(*names->all));
		t = &names->all[names->n];
		*t = (struct typed){ .firm = row.cells[1], .is_held_out = hash(row.cells[1]) & 1 };
		company_name_cut(mem, row.cells[2], &t->words.name);
		count_words(names, (uint32_t)names->n++);
	}
	free(text);
}

static int by_hash(const void *a, const void *b)
{
	const struct meeting *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->who < y->who ? -1 : x->who > y->who;
}

static void let_meet(struct names *names)
{
	const struct word_counts counts = { held, names, names->n };

	names->meetings = more(NULL, names->n * COMPANY_MEETS, sizeof(*names->meetings));
	for (uint32_t i = 0; i < names->n; i++) {
		uint64_t meets[COMPANY_MEETS];
		size_t n;

		company_weigh(&names->all[i].words, &counts);
		n = company_meets(&names->all[i].words, meets);
		for (size_t k = 0; k < n; k++)
			names->meetings[names->met++] = (struct meeting){ meets[k], i };
	}
	qsort(names->meetings, names->met, sizeof(*names->meetings), by_hash);
}

static void compare(
	struct counts part[PARTS], const struct typed *a, const struct typed *b, bool tell)
{
	bool same = !strcmp(a->firm, b->firm), within = a->is_held_out == b->is_held_out;
	struct counts *c = &part[within ? (a->is_held_out ? HELD_OUT : TUNED_ON) : ACROSS];
	int score = company_alike(&a->words, &b->words);
	float sign[COMPANY_SIGNS];

	c->compared++;
	c->reached += same;
	c->found[score]++;
	c->right[score] += same;
	if (!tell || c != &part[TUNED_ON])
		return;
	company_signs(&a->words, &b->words, sign);
	printf("%d", same);
	for (size_t i = 0; i < COMPANY_SIGNS; i++)
		printf(" %.4f", (double)sign[i]);
	printf("\n");
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Pairs that meet, each once. */
static void compare_all(struct names *names, struct counts part[PARTS], bool tell)
{
	uint64_t *pairs = NULL;
	size_t n = 0, size = 0;

	for (size_t from = 0, to; from < names->met; from = to) {
		for (to = from + 1;
			to < names->met && names->meetings[to].hash == names->meetings[from].hash;
			to++)
			;
		for (size_t i = from; i < to && to - from <= BLOCK_MAX; i++)
			for (size_t k = i + 1; k < to; k++) {
				if (n == size)
					pairs = more(pairs, size = size ? size * 2 : 1024,
						sizeof(*pairs));
				pairs[n++] = (uint64_t)names->meetings[i].who << 32 |
					     names->meetings[k].who;
			}
	}
	qsort(pairs, n, sizeof(*pairs), by_number);
	for (size_t i = 0; i < n; i++)
		if (!i || pairs[i] != pairs[i - 1])
			compare(part, &names->all[pairs[i] >> 32], &names->all[(uint32_t)pairs[i]],
				tell);
	free(pairs);
}

static int by_firm(const void *a, const void *b)
{
	return strcmp(((const struct typed *)a)->firm, ((const struct typed *)b)->firm);
}

/* All pairs that are one firm, whether they meet or not. */
static void count_pairs(const struct names *names, struct counts part[PARTS])
{
	struct typed *all = more(NULL, names->n, sizeof(*all));

	memcpy(all, names->all, names->n * sizeof(*all));
	qsort(all, names->n, sizeof(*all), by_firm);
	for (size_t from = 0, to; from < names->n; from = to) {
		for (to = from + 1; to < names->n && !by_firm(&all[from], &all[to]); to++)
			;
		part[all[from].is_held_out].pairs += (to - from) * (to - from - 1) / 2;
	}
	free(all);
}

static void print_half(const char *name, const struct counts *c, int least)
{
	size_t found = 0, right = 0;
	double p, r;

	for (int i = least; i < SCORES; i++) {
		found += c->found[i];
		right += c->right[i];
	}
	p = found ? (double)right / (double)found : 0;
	r = c->pairs ? (double)right / (double)c->pairs : 0;
	printf("| %s | %d | %zu | %zu | %zu | %.3f | %.3f | %.3f |\n", name, least, c->pairs,
		c->compared, c->reached, p, r, p + r > 0 ? 2 * p * r / (p + r) : 0);
}

static struct counts sum(const struct counts part[PARTS])
{
	struct counts all = { 0 };

	for (int p = 0; p < PARTS; p++) {
		all.pairs += part[p].pairs;
		all.compared += part[p].compared;
		all.reached += part[p].reached;
		for (int i = 0; i < SCORES; i++) {
			all.found[i] += part[p].found[i];
			all.right[i] += part[p].right[i];
		}
	}
	return all;
}

static void print_all(const struct names *names, const struct counts part[PARTS])
{
	static const int least[] = { 30, 40, 50, COMPANY_LIKELY, 70, 80, 90 };
	const struct counts all = sum(part);

	printf("%zu names; likely from a score of %d\n\n", names->n, COMPANY_LIKELY);
	printf("| names | score | pairs | compared | reached | precision | recall | F1 |\n"
	       "|---|---|---|---|---|---|---|---|\n");
	for (size_t i = 0; i < sizeof(least) / sizeof(*least); i++) {
		print_half("first half", &part[TUNED_ON], least[i]);
		print_half("second half, held out", &part[HELD_OUT], least[i]);
		print_half("all", &all, least[i]);
	}
}

int main(int argc, char **argv)
{
	struct counts part[PARTS] = { 0 };
	struct names names = { 0 };
	struct arena *mem = arena_new();
	bool tell = argc > 2 && !strcmp(argv[2], "signs");

	if (argc < 2) {
		fprintf(stderr, "names FILE [signs]\n");
		return 2;
	}
	read_names(&names, mem, argv[1]);
	let_meet(&names);
	compare_all(&names, part, tell);
	count_pairs(&names, part);
	if (!tell)
		print_all(&names, part);
	arena_free(mem);
	return 0;
}
