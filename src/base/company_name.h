/* company_name - what makes two company names the same firm. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* The core of the name: folded, legal form (SRL, S.p.A., snc ...),
 * "unipersonale", "in liquidazione" and an address tail dropped, F.lli =
 * fratelli and the like written out.  "ROSSI F.LLI S.R.L." -> "rossi fratelli".
 * When nothing would be left the folded name itself. */
const char *company_name_key(struct arena *mem, const char *name);

enum { COMPANY_WORDS = 16 };

/* The same, word by word, for comparing (base/company_alike.h). */
struct company_name {
	const char *word[COMPANY_WORDS];
	size_t n, core;	   /* words from core on are the partners' names */
	const char *form;  /* "srl", "snc", ...; "" for none */
	bool has_partners; /* "& C." */
};

/* Belongs to mem.  Words past the sixteenth say nothing. */
void company_name_cut(struct arena *mem, const char *name, struct company_name *cut);
