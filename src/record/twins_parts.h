/* twins_parts - what the files of the search for twins need of one another. */
#pragma once

#include "record/alike.h"
#include "record/meets.h"
#include "record/twins.h"

enum twins_phase { TWINS_COUNT, TWINS_PUT, TWINS_COMPARE, TWINS_WRITE };

/* A record in a group: the group is named by the ordinal of one of it. */
struct twins_member {
	uint32_t group, who;
	int score;
};

struct twins_job {
	struct import_host host;
	const struct entity *of;
	int64_t id, user_id;
	struct arena *mem; /* lives as long as the job */
	enum twins_phase phase;
	int64_t done, all, after; /* after: the last id of the slice before */
	int64_t saved_at;
	struct tallies *words;
	int64_t names;
	const char **common; /* words that many names hold */
	size_t common_n, word_at;
	struct meets *meets;
	int64_t *ids; /* by ordinal */
	size_t id_n, id_size;
	const struct meets_pair *pairs; /* the batch, and where it stands in it */
	size_t pair_n, pair_at;
	uint64_t *found; /* pairs likely the same: score, ordinal, ordinal */
	size_t found_n, found_size;
	struct twins_member *groups; /* all of one group together */
	size_t member_n, member_at, group_n;
	bool is_written; /* a slice of it, at least */
};

/* The phases, a slice each; more: it goes on. */
bool twins_count(struct ctx *cx, struct twins_job *job, bool *more);
bool twins_put(struct ctx *cx, struct twins_job *job, bool *more);
bool twins_compare(struct ctx *cx, struct twins_job *job, bool *more);
bool twins_store(struct ctx *cx, struct twins_job *job, bool *more);

/* How rare a word is among those counted by the job. */
void twins_rarity(const struct twins_job *job, struct word_counts *counts);

/* Read some records as far as a sketch needs them: those after an id, or those
 * of the ids given. */
struct twins_read {
	int64_t after;
	const int64_t *ids;
	size_t n; /* of ids, or the most to read */
};
bool twins_read(struct ctx *cx, const struct entity *of, const struct twins_read *what,
	struct record **records, size_t *n);
/* Groups out of pairs: likeliest first, none larger than TWINS_GROUP. */
enum { TWINS_GROUP = 50 };
void twins_group(struct twins_job *job);
