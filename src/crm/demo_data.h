/* demo_data - what the invented firm is invented from. */
#pragma once

#include <stddef.h>

struct demo_user {
	const char *first, *last, *role; /* the role's English name */
	int team;			 /* 0 marketing, 1 sales */
};

struct demo_city {
	const char *name, *province, *region, *postal_code, *area_code;
};

struct demo_sector {
	const char *name;
	const char *patterns[6]; /* "Officine %": % is the family or the place */
};

struct demo_list {
	const char *const *text;
	size_t n;
};

extern const char *const demo_teams[2][2]; /* it, en */
extern const struct demo_user demo_users[];
extern const size_t demo_user_n;
extern const struct demo_city demo_cities[];
extern const size_t demo_city_n;
extern const struct demo_sector demo_sectors[];
extern const size_t demo_sector_n;

extern const struct demo_list demo_women, demo_men, demo_families, demo_places, demo_forms;
extern const struct demo_list demo_titles, demo_streets, demo_needs, demo_calls, demo_mails;
extern const struct demo_list demo_meetings, demo_comments, demo_notes, demo_junk, demo_lost;
extern const struct demo_list demo_extras;

#define DEMO_SCRIPT                                                                     \
	"Buongiorno, sono … di Ginestra Automazioni. Ci siamo visti in fiera: state " \
	"ancora pensando di automatizzare una linea?\n\n"                               \
	"1. Chi se ne occupa da voi?\n2. Che cosa vi rallenta oggi?\n"                  \
	"3. C'è già un'idea di spesa per quest'anno?"

/* A sentence of these lists in English; NULL for a name. */
const char *demo_english(const char *it);
