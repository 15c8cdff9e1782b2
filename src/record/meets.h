/* meets - records put under hashes of what they say, so that only those that
 * share one are compared: a million of them within a hundred megabytes.
 *
 * What is put goes to a file without a name; a small count for each hash tells
 * afterwards which were put twice, and those alone are read back, a part at a
 * time.  A hash that too many share says nothing, and is left out. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct meets;

/* Ordinals of records have 24 bits. */
enum { MEETS_MAX = 1 << 24, MEETS_BLOCK = 240, MEETS_WEAK_BLOCK = 40 };

struct meets_pair {
	uint32_t a, b; /* a < b */
};

struct meets *meets_new(void);
void meets_free(struct meets *m);

/* Put the record of that ordinal under a hash; a weak one says less, so that
 * fewer may share it.  False: the disk is full. */
bool meets_put(struct meets *m, uint32_t who, uint64_t hash, bool is_weak);

/* Pairs, those of one hash together: *n of them, 0 when there are no more.  A
 * pair comes again for each hash that it shares.  They belong to m, until the
 * next batch.  False: the file cannot be read. */
bool meets_next(struct meets *m, const struct meets_pair **pairs, size_t *n);

/* Of all that was put, the share whose pairs were given out: 0 to 1000. */
int meets_progress(const struct meets *m);

/* How often each word was seen, by hash. */
struct tallies;
struct tallies *tallies_new(void);
void tallies_free(struct tallies *t);
void tallies_add(struct tallies *t, const char *word);
uint32_t tallies_of(const struct tallies *t, const char *word);
/* True the first time it is asked of a word. */
bool tallies_first(struct tallies *t, const char *word);
