/* Who meets whom. */
#include "record/meets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	COUNTS = 1 << 25,
	PART = 4 << 20,	  /* entries of one part in memory, about */
	PAIRS = 2 << 20,  /* pairs of one batch */
	BUFFER = 1 << 16, /* entries read at once */
	WHO_BITS = 24,
};

#define WEAK (UINT64_C(1) << 63)

struct meets {
	FILE *file;
	uint8_t *counts; /* how often each hash was put, up to 255 */
	size_t put;
	unsigned parts, part;
	uint64_t *entries; /* of this part: hash above, ordinal below */
	size_t n, size, at;
	struct meets_pair *pairs;
};

static void *must(void *p)
{
	if (!p)
		abort();
	return p;
}

struct meets *meets_new(void)
{
	struct meets *m = must(calloc(1, sizeof(*m)));

	m->file = tmpfile();
	m->counts = must(calloc(COUNTS, 1));
	return m;
}

void meets_free(struct meets *m)
{
	if (!m)
		return;
	if (m->file)
		fclose(m->file);
	free(m->counts);
	free(m->entries);
	free(m->pairs);
	free(m);
}

static uint8_t *count_of(const struct meets *m, uint64_t entry)
{
	return &m->counts[(entry >> WHO_BITS) & (COUNTS - 1)];
}

bool meets_put(struct meets *m, uint32_t who, uint64_t hash, bool is_weak)
{
	uint64_t entry = (hash * 0x9e3779b97f4a7c15u & ~(uint64_t)(MEETS_MAX - 1)) | who;
	uint8_t *count;

	entry = is_weak ? entry | WEAK : entry & ~WEAK;
	count = count_of(m, entry);
	*count = (uint8_t)(*count + (*count < 255));
	m->put++;
	return m->file && fwrite(&entry, sizeof(entry), 1, m->file) == 1;
}

static bool says_something(const struct meets *m, uint64_t entry)
{
	uint8_t count = *count_of(m, entry);

	return count > 1 && count < 255;
}

static bool is_of_part(const struct meets *m, uint64_t entry)
{
	return (entry >> 44) % m->parts == m->part;
}

static void keep(struct meets *m, uint64_t entry)
{
	if (m->n == m->size) {
		m->size = m->size ? m->size * 3 / 2 : 1 << 16;
		m->entries = must(realloc(m->entries, m->size * sizeof(*m->entries)));
	}
	m->entries[m->n++] = entry;
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static bool read_part(struct meets *m)
{
	uint64_t *some = must(malloc(BUFFER * sizeof(*some)));
	size_t n;

	m->n = m->at = 0;
	rewind(m->file);
	while ((n = fread(some, sizeof(*some), BUFFER, m->file)) > 0)
		for (size_t i = 0; i < n; i++)
			if (is_of_part(m, some[i]) && says_something(m, some[i]))
				keep(m, some[i]);
	free(some);
	if (m->n)
		qsort(m->entries, m->n, sizeof(*m->entries), by_number);
	return !ferror(m->file);
}

/* The entries of one hash: from m->at up to here. */
static size_t block_end(const struct meets *m)
{
	size_t end = m->at + 1;

	while (end < m->n && m->entries[end] >> WHO_BITS == m->entries[m->at] >> WHO_BITS)
		end++;
	return end;
}

/* Pairs of as many hashes as a batch holds. */
static size_t gather(struct meets *m)
{
	size_t n = 0;

	while (m->at < m->n) {
		size_t end = block_end(m), count = end - m->at;
		size_t most = m->entries[m->at] & WEAK ? MEETS_WEAK_BLOCK : MEETS_BLOCK;

		if (n + count * (count - 1) / 2 > PAIRS)
			break;
		for (size_t i = m->at; i < end && count <= most; i++)
			for (size_t k = i + 1; k < end; k++) {
				uint32_t a = m->entries[i] & (MEETS_MAX - 1);
				uint32_t b = m->entries[k] & (MEETS_MAX - 1);

				if (a != b)
					m->pairs[n++] = (struct meets_pair){ a, b };
			}
		m->at = end;
	}
	return n;
}

bool meets_next(struct meets *m, const struct meets_pair **pairs, size_t *n)
{
	*n = 0;
	if (!m->file)
		return false;
	if (!m->parts) {
		m->parts = 1 + (unsigned)(m->put / PART / 2);
		m->pairs = must(malloc(PAIRS * sizeof(*m->pairs)));
		if (fflush(m->file) != 0 || !read_part(m))
			return false;
	}
	for (;;) {
		*n = gather(m);
		*pairs = m->pairs;
		if (*n || m->part == m->parts)
			return true;
		if (m->at < m->n)
			continue;
		if (++m->part == m->parts)
			return true;
		if (!read_part(m))
			return false;
	}
}

int meets_progress(const struct meets *m)
{
	if (!m->parts)
		return 0;
	return (int)((m->part * 1000 + (m->n ? m->at * 1000 / m->n : 0)) / m->parts);
}

struct seen {
	uint64_t hash; /* 0: nobody's */
	uint32_t n;
	bool asked;
};

struct tallies {
	struct seen *all;
	size_t n, size;
};

static uint64_t hash_of(const char *word)
{
	uint64_t h = 1469598103934665603u;

	for (; *word; word++)
		h = (h ^ (unsigned char)*word) * 1099511628211u;
	h ^= h >> 32;
	return h ? h : 1;
}

struct tallies *tallies_new(void)
{
	struct tallies *t = must(calloc(1, sizeof(*t)));

	t->size = 1 << 16;
	t->all = must(calloc(t->size, sizeof(*t->all)));
	return t;
}

void tallies_free(struct tallies *t)
{
	if (!t)
		return;
	free(t->all);
	free(t);
}

static struct seen *place(const struct tallies *t, uint64_t hash)
{
	size_t at = hash & (t->size - 1);

	while (t->all[at].hash && t->all[at].hash != hash)
		at = (at + 1) & (t->size - 1);
	return &t->all[at];
}

static void grow(struct tallies *t)
{
	struct tallies larger = { .size = t->size * 2 };

	larger.all = must(calloc(larger.size, sizeof(*larger.all)));
	for (size_t i = 0; i < t->size; i++)
		if (t->all[i].hash)
			*place(&larger, t->all[i].hash) = t->all[i];
	free(t->all);
	t->all = larger.all;
	t->size = larger.size;
}

void tallies_add(struct tallies *t, const char *word)
{
	struct seen *s;

	if (t->n * 5 > t->size * 3)
		grow(t);
	s = place(t, hash_of(word));
	if (!s->hash) {
		s->hash = hash_of(word);
		t->n++;
	}
	s->n++;
}

uint32_t tallies_of(const struct tallies *t, const char *word)
{
	return place(t, hash_of(word))->n;
}

bool tallies_first(struct tallies *t, const char *word)
{
	struct seen *s = place(t, hash_of(word));
	bool first = s->hash && !s->asked;

	s->asked = s->asked || first;
	return first;
}
