/* alike - whether two records are the same firm or person: a score with its
 * reasons, the same wherever duplicates are spoken of.
 *
 * A record is first taken apart into a sketch: what identifies it (VAT number,
 * tax code, mail, phones), its names, its own mail domain, its place.  Two
 * sketches of any entities are then compared in a microsecond or so.  Each
 * thing shared makes it likelier; what speaks against it (another VAT number,
 * another person) sets a limit. */
#pragma once

#include "base/company_alike.h"
#include "record/search.h"

/* From this score on two records are shown as duplicates; from the second one
 * there is hardly a doubt. */
enum { ALIKE_LIKELY = 60, ALIKE_SURE = 90 };

/* Bits of why, in the order they are told. */
enum alike_why {
	ALIKE_VAT = 1 << 0,
	ALIKE_TAX = 1 << 1,
	ALIKE_EMAIL = 1 << 2,
	ALIKE_PHONE = 1 << 3,
	ALIKE_NAME = 1 << 4,
	ALIKE_NAME_ALMOST = 1 << 5,
	ALIKE_PERSON = 1 << 6,
	ALIKE_PERSON_ALMOST = 1 << 7,
	ALIKE_DOMAIN_CITY = 1 << 8,
	ALIKE_DOMAIN = 1 << 9,
	ALIKE_STREET = 1 << 10,
	ALIKE_CITY = 1 << 11,
	/* from here on what speaks against it */
	ALIKE_OTHER_VAT = 1 << 12,
	ALIKE_OTHER_TAX = 1 << 13,
	ALIKE_OTHER_PERSON = 1 << 14,
	ALIKE_OTHER_NAME = 1 << 15,
	ALIKE_OTHER_CITY = 1 << 16,
};

struct alike {
	int score; /* 0 to 100 */
	unsigned why;
};

enum { SKETCH_PERSON = 6, SKETCH_DOMAINS = 4 };

struct sketch {
	const struct entity *of;
	int64_t id;
	const char *key[KEYS_MAX]; /* as keys_list gives them */
	size_t keys;
	bool has_firm;
	struct company_words firm;
	const char *person[SKETCH_PERSON]; /* words of first and last name */
	size_t persons;
	const char *domain[SKETCH_DOMAINS]; /* its own, no provider's */
	size_t domains;
	const char *city, *street; /* folded, "" for none */
};

/* How rare the words of firms' names are: as counted when the entity was last
 * searched for duplicates, before that as Italian firms go. */
void rarity_of(struct ctx *cx, const struct entity *of, struct word_counts *counts);
/* How many of RARITY_NAMES firms anywhere bear the word: added to what is
 * counted, so that a store of three firms does not think "srl" rare. */
enum { RARITY_NAMES = 10000 };
size_t rarity_before(const char *word);

void sketch_make(struct ctx *cx, const struct record *rec, const struct word_counts *counts,
	struct sketch *sketch);
/* The fields a sketch is made of: their positions; returns how many. */
size_t sketch_fields(const struct entity *of, size_t *at, size_t max);

struct alike sketch_compare(const struct sketch *a, const struct sketch *b);
/* The same from two records. */
struct alike record_alike(struct ctx *cx, const struct record *a, const struct record *b);
/* Whether something says that they are two: another VAT number, tax code or
 * person. */
bool alike_is_contradicted(struct alike alike);

/* "score":87,"likely":true,"reasons":["stessa partita IVA",...] */
void alike_write(struct ctx *cx, struct json_out *j, struct alike alike);
